// One training: of each mode a new model from the older cases, compared on the weeks held back with the one in force, and taken only if it is better.

import type {
  CaseParameters,
  Comparison,
  Example,
  LearnedModel,
  ModelScore,
  SequenceParameters,
} from '../../model/learning.ts';
import type { FaultMode } from '../../model/prediction.ts';
import { caseFit, scoresOf } from './case-fit.ts';
import { heldBack, LEAST } from './held-back.ts';
import { type FollowedAlarm, followedScores, sequenceFit } from './sequences.ts';

/** What a training is made from; data times in epoch milliseconds. */
export interface TrainingAsk {
  /** Newest data time of the network. */
  now: number;
  examples: readonly Example[];
  /** Alarms of this network, and whether a fault followed. */
  alarms: readonly FollowedAlarm[];
  /** One of each mode. */
  inForce: readonly LearnedModel[];
  /** Nothing that ended up to then is held against the model in force: it has learned from it, or a person chose it since. */
  learnedTo: readonly [FaultMode, number][];
  /** The version that each mode's next model gets. */
  next: readonly [FaultMode, number][];
}

export interface Trained {
  comparisons: Comparison[];
  /** Those that are better than what is in force. */
  better: LearnedModel[];
}

/** `progress`: modes that are done, of how many. */
export function train(ask: TrainingAsk, progress: (done: number, of: number) => void): Trained {
  const trained: Trained = { comparisons: [], better: [] };
  const { inForce } = ask;
  inForce.forEach((model, i) => {
    progress(i, inForce.length);
    const { comparison, candidate } = isOfSequences(model)
      ? ofSequences(model, ask)
      : ofCases(model as LearnedModel<CaseParameters>, ask);
    trained.comparisons.push(comparison);
    if (comparison.verdict === 'replaced') trained.better.push(candidate!);
  });
  progress(inForce.length, inForce.length);
  return trained;
}

const isOfSequences = (model: LearnedModel): model is LearnedModel<SequenceParameters> => 'counts' in model.parameters;

interface Compared {
  comparison: Comparison;
  candidate?: LearnedModel;
}

/** How one sort of model is made and judged. */
interface Craft<T, P> {
  fit(learned: readonly T[]): P;
  scores(example: T, parameters: P): { logScore: number; brier: number };
}

function ofCases(inForce: LearnedModel<CaseParameters>, ask: TrainingAsk): Compared {
  const examples = ask.examples.filter(({ mode }) => mode === inForce.mode);
  return compared(examples, inForce, ask, { fit: (learned) => caseFit(inForce.mode, learned), scores: scoresOf });
}

function ofSequences(inForce: LearnedModel<SequenceParameters>, ask: TrainingAsk): Compared {
  return compared(ask.alarms, inForce, ask, { fit: sequenceFit, scores: followedScores });
}

function compared<T extends { endedAt: number; came: boolean }, P extends LearnedModel['parameters']>(
  examples: readonly T[],
  inForce: LearnedModel<P>,
  { now, learnedTo, next }: TrainingAsk,
  { fit, scores }: Craft<T, P>,
): Compared {
  const { mode } = inForce;
  const seenTo = new Map(learnedTo).get(mode) ?? Number.NEGATIVE_INFINITY;
  const { learned, held, heldFrom } = heldBack(examples, now, seenTo);
  const comparison = {
    ...{ mode, at: now, learned: learned.length, held: held.length, heldFrom: held.length > 0 ? heldFrom : null },
    came: held.filter(({ came }) => came).length,
  };
  if (learned.length < LEAST.learned || held.length < LEAST.held)
    return { comparison: { ...comparison, verdict: 'too-few' } };
  const parameters = fit(learned);
  const version = new Map(next).get(mode)!;
  const score = (of: number, by: P): ModelScore => ({ version: of, ...meanOf(held.map((one) => scores(one, by))) });
  const [before, after] = [score(inForce.version, inForce.parameters), score(version, parameters)];
  const verdict = after.logScore < before.logScore ? 'replaced' : 'kept';
  const came = learned.filter((one) => one.came).length;
  return {
    comparison: { ...comparison, inForce: before, candidate: after, verdict },
    candidate: { mode, version, madeAt: now, learnedTo: heldFrom, examples: learned.length, came, parameters },
  };
}

function meanOf(scores: readonly { logScore: number; brier: number }[]): { logScore: number; brier: number } {
  const mean = (of: (one: (typeof scores)[number]) => number) =>
    scores.reduce((sum, one) => sum + of(one), 0) / scores.length;
  return { logScore: mean(({ logScore }) => logScore), brier: mean(({ brier }) => brier) };
}
