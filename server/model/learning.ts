// Learning from a network's own history: the examples, the models by mode and version, and how a new one was compared with the old.

import type { FaultMode } from './prediction.ts';

/** A case of signs that is over: what the model was asked at the moments that decide, and what came of it. Times: data time, epoch milliseconds. */
export interface Example {
  mode: FaultMode;
  /** Cell or site. */
  subject: string;
  since: number;
  endedAt: number;
  /** Features at each moment that decides. */
  seen: number[][];
  came: boolean;
  /** From the first sign to the fault; null where it did not come, or nobody knows when. */
  leadHours: number | null;
  /** How far it got on its way to the limit as shipped: 1 at the limit. */
  most: number;
}

/** What a person found on the spot, or said of a warning. */
export interface ConfirmedCause {
  /** Data time of the trouble, epoch milliseconds. */
  at: number;
  /** Cells, or sites. */
  subjects: readonly string[];
  /** Null: nothing was found. */
  mode: FaultMode | null;
  /** What was foretold, where it is said of a warning: that nothing was found speaks of this alone. */
  foretold?: FaultMode;
  /** Whether something was mended: what was learned of the trend so far holds no more. */
  isMended: boolean;
}

/** A logistic model over the features of a case, with what else was learned of its mode. */
export interface CaseParameters {
  weights: number[];
  /** Calibration: `a + b · log odds`. */
  line: [a: number, b: number];
  /** By what factor limits lie farther off here than shipped. */
  reach: number;
  /** Median hours from the first sign to the fault; null: as shipped. */
  leadHours: number | null;
}

/** How often a fault followed a sign, and how soon: sums of the logarithm of the hours, and of its square. */
export type FollowedCount = [sign: string, times: number, followed: number, logHours: number, logHoursSquared: number];

/** Alarms, and alarms after alarms, by how often a fault of the site followed within the horizon. */
export interface SequenceParameters {
  /** Share of all alarms that a fault followed. */
  base: number;
  counts: FollowedCount[];
}

/** One model as one training made it; what each mode starts from is version 1. */
export interface LearnedModel<Parameters = CaseParameters | SequenceParameters> {
  mode: FaultMode;
  version: number;
  /** Data time of the training; null: as shipped. */
  madeAt: number | null;
  /** It has seen nothing that ended later. */
  learnedTo: number | null;
  /** Examples that it was made from, and those of them in which the fault came. */
  examples: number;
  came: number;
  parameters: Parameters;
}

/** Mean over the cases held back; of both, less is better. */
export interface ModelScore {
  version: number;
  /** − log of the probability that was given to what came. */
  logScore: number;
  brier: number;
}

export const VERDICTS = ['replaced', 'kept', 'too-few'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** How a new model was compared with the one in force, on weeks that neither has seen. */
export interface Comparison {
  mode: FaultMode;
  /** Data time of the training. */
  at: number;
  /** Older cases, that the new one was made from; those held back, from when on, and in how many of them the fault came. */
  learned: number;
  held: number;
  heldFrom: number | null;
  came: number;
  /** Absent where there were too few to compare. */
  inForce?: ModelScore;
  candidate?: ModelScore;
  verdict: Verdict;
}
