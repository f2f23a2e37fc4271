// A training of what foretells faults of equipment, with as many examples as a large network may keep: time, and what is handed to its thread.

import { serialize } from 'node:v8';
import { shippedModel } from '../../server/detect/foretellers/hazard/priors.ts';
import { LEARNING_MODES } from '../../server/detect/learning/model-shelf.ts';
import { type FollowedAlarm, SHIPPED_BASE } from '../../server/detect/learning/sequences.ts';
import { type TrainingAsk, train } from '../../server/detect/learning/training.ts';
import { logisticFit } from '../../server/maths/logistic-fit.ts';
import type { CaseParameters, Example, LearnedModel } from '../../server/model/learning.ts';
import { type Bench, bestInTurns, resultOf } from './measuring.ts';

const HOUR_MS = 3_600_000;
const START = Date.UTC(2026, 0, 5);
/** Cases that a network of any size keeps of a mode, and moments of each at which a model is asked. */
const MOST_EXAMPLES = 1500;
const MOMENTS = 6;
/** Of 100,000 cells in half a year. */
const ALARMS = 100_000;

export const foretellTraining: Bench = {
  name: 'foretell-training',
  async run({ small }) {
    const ask = madeAsk(small ? 60 : MOST_EXAMPLES, small ? 200 : ALARMS);
    const numbers = ask.examples.flatMap(({ seen }) => seen).reduce((sum, { length }) => sum + length, 0);
    const best = await bestInTurns(
      small ? 1 : 3,
      () => train(ask, () => undefined),
      () => bareFits(ask),
    );
    return [
      resultOf({
        ...{ bench: 'foretell-training', value: best.act / 1000, unit: 's a training' },
        ...{ baseline: best.baseline / 1000, baselineIs: 'one fit of each mode, nothing held back, nothing compared' },
        under: `${ask.examples.length} cases and ${ask.alarms.length} alarms, as of 100,000 cells`,
        target: { of: 'value', is: '≤', figure: 60 },
      }),
      resultOf({
        ...{ bench: 'foretell-training-memory', value: serialize(ask).length / 2 ** 20, unit: 'MB handed over' },
        ...{ baseline: (8 * numbers) / 2 ** 20, baselineIs: 'the features alone' },
        target: { of: 'value', is: '≤', figure: 64 },
      }),
    ];
  },
};

const wobble = (n: number) => ((n * 7919) % 1000) / 1000;

function madeAsk(examples: number, alarms: number): TrainingAsk {
  const inForce = LEARNING_MODES.map(
    (mode): LearnedModel =>
      mode === 'other' ? { ...shippedModel(mode), parameters: { base: SHIPPED_BASE, counts: [] } } : shippedModel(mode),
  );
  return {
    now: START + 200 * 24 * HOUR_MS,
    examples: inForce.filter(isOfCases).flatMap((model) => madeExamples(model, examples)),
    alarms: Array.from({ length: alarms }, (_, n) => madeAlarm(n, alarms)),
    ...{ inForce, learnedTo: [], next: LEARNING_MODES.map((mode) => [mode, 2]) },
  };
}

const isOfCases = (model: LearnedModel): model is LearnedModel<CaseParameters> => 'weights' in model.parameters;

function madeExamples({ mode, parameters }: LearnedModel<CaseParameters>, count: number): Example[] {
  return Array.from({ length: count }, (_, n) => {
    const since = START + (n / count) * 180 * 24 * HOUR_MS;
    const came = wobble(n) < 0.5;
    const seen = Array.from({ length: MOMENTS }, (_, moment) =>
      parameters.weights.map((_, i) => (i === 0 ? 1 : wobble(31 * n + 17 * moment + 101 * i) + (came ? 0.4 : 0))),
    );
    return {
      ...{ mode, subject: `cell-${n}`, since, endedAt: since + 48 * HOUR_MS, seen, came },
      ...{ leadHours: came ? 24 : null, most: 1 },
    };
  });
}

function madeAlarm(n: number, count: number): FollowedAlarm {
  const came = wobble(n) < 0.2;
  const condition = `condition-${n % 40}`;
  return {
    signs: [condition, `condition-${(n * 13) % 40} → ${condition}`],
    endedAt: START + (n / count) * 180 * 24 * HOUR_MS,
    ...{ came, leadHours: came ? 1 + 10 * wobble(n + 1) : null },
  };
}

function bareFits({ inForce, examples }: TrainingAsk): void {
  for (const { mode, parameters } of inForce.filter(isOfCases)) {
    const own = examples.filter((one) => one.mode === mode);
    const prior = { mean: parameters.weights, precision: parameters.weights.map(() => 1) };
    logisticFit(
      own.flatMap(({ seen, came }) =>
        seen.map((features) => ({ features, outcome: Number(came), weight: 1 / seen.length })),
      ),
      prior,
    );
  }
}
