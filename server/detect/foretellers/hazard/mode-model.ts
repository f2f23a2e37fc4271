// How likely a sign leads to its fault: a logistic model of its features, calibrated by a line over the log odds.

import { dot, logistic } from '../../../maths/logistic-fit.ts';
import type { CaseParameters } from '../../../model/learning.ts';

/** Nothing is certain. */
const MOST = 0.97;

/** 0…1, calibrated. */
export function probabilityOf({ weights, line }: CaseParameters, features: readonly number[]): number {
  const p = logistic(line[0] + line[1] * dot(weights, features));
  return Math.min(MOST, Math.max(1 - MOST, p));
}

export function logit(p: number): number {
  const held = Math.min(0.98, Math.max(0.02, p));
  return Math.log(held / (1 - held));
}
