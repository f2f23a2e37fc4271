// A case: signs of one way of failing on one cell or site, from the first sign until it is over.

import type { Subject } from '../../../model/finding.ts';
import type { FaultMode, Prediction } from '../../../model/prediction.ts';
import type { CourseState } from '../first-passage/course-book.ts';

export interface Case {
  mode: FaultMode;
  subject: Subject;
  /** Data time of the first sign and of the newest word of it, epoch milliseconds. */
  since: number;
  lastAt: number;
  /** Of a trend: its points. */
  course?: CourseState;
  /** Of signs without a level: when they came. */
  times: number[];
  /** Of alarms that follow each other: which, how often they were seen, and how often a fault followed. */
  sequence?: { sign: string; times: number; followed: number };
  /** How near to its limit it has been, 1 at the limit. */
  most: number;
  /** What its model was asked at the moments that decide, and how many of these moments have passed. */
  seen: number[][];
  decided: number;
  /** Of a unit: since when its cell is off the air. */
  downSince?: number;
  /** Data time at which the fault was found on it. */
  cameAt?: number;
  /** How many judgements in a row would tell it. */
  agreed: number;
  told?: ToldPrediction;
}

/** As it was last told. */
export interface ToldPrediction {
  prediction: Prediction;
  since: number;
  /** Where the deadline was set when it was first told: a date that is put off does not put that off for ever. */
  firstLatestAt: number;
}

/** What is thought of a case at a moment; times in epoch milliseconds. */
export interface Judgement {
  features: number[];
  probability: number;
  earliestAt: number;
  expectedAt: number;
  latestAt: number;
}

export function newCase(mode: FaultMode, subject: Subject, since: number): Case {
  return { mode, subject, since, lastAt: since, times: [], most: 0, seen: [], decided: 0, agreed: 0 };
}

/** From as early as anything may be told: what a model has never been held to it must not be asked. */
const DECIDING = [0.04, 0.08, 0.12, 0.2, 0.3, 0.45, 0.6, 0.75];
/** Moments of a case that its model is held to. */
export const MOST_SEEN = DECIDING.length;

/** Keeps what the model is asked when a case is as near to its end as has to be decided at: each moment once. */
export function noteDeciding(one: Case, nearness: number, features: number[]): void {
  let passed = 0;
  while (passed < DECIDING.length && nearness >= DECIDING[passed]!) passed += 1;
  if (passed <= one.decided) return;
  one.decided = passed;
  one.seen.push(features);
}
