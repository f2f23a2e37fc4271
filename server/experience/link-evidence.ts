// How strong the link is between a measure and what people do or say: by ranks, with an interval, and able to say "not shown".

import type { Said } from '../model/finding.ts';

export type Outcome = 'left' | 'dissatisfied';
export type LinkMeasure = 'network' | 'complaints';
export type LinkStrength = 'not-shown' | 'weak' | 'moderate' | 'strong';

export interface Link {
  outcome: Outcome;
  measure: LinkMeasure;
  people: number;
  /** Of them with that outcome. */
  cases: number;
  /** Area under the ROC curve with its 95 % interval; 0.5 says nothing. */
  auc: number;
  low: number;
  high: number;
  strength: LinkStrength;
  text: Said;
}

/** Fewer people with the outcome say nothing yet. *Default.* */
export const LEAST_CASES = 50;
/** From here on it is more than weak, more than moderate. *Default.* */
const MODERATE = 0.6;
const STRONG = 0.7;
/** Two-sided 95 % of a normal distribution. */
const Z95 = 1.959964;

/** @param risks of each person, larger where the measure is worse; @param hasOutcome 1 for those with the outcome */
export function linkOf(
  outcome: Outcome,
  measure: LinkMeasure,
  risks: Float64Array,
  hasOutcome: Uint8Array,
): Link | undefined {
  const cases = risks.filter((_, i) => hasOutcome[i] === 1);
  const others = risks.filter((_, i) => hasOutcome[i] !== 1);
  if (cases.length === 0 || others.length === 0) return undefined;
  const auc = aucOf(cases, others);
  const half = Z95 * aucError(auc, cases.length, others.length);
  const [low, high] = [Math.max(0, auc - half), Math.min(1, auc + half)];
  const strength = strengthOf(auc, low, cases.length);
  const counts = { people: risks.length, cases: cases.length };
  const values = { outcome, measure, ...counts, auc, low, high, strength };
  return { outcome, measure, ...counts, auc, low, high, strength, text: { code: 'link-evidence', values } };
}

function strengthOf(auc: number, low: number, cases: number): LinkStrength {
  // A link that points the other way is none that we claim.
  if (cases < LEAST_CASES || low <= 0.5) return 'not-shown';
  return auc < MODERATE ? 'weak' : auc < STRONG ? 'moderate' : 'strong';
}

/** The chance that someone with the outcome has the larger risk than someone without, ties by half (Mann–Whitney). */
export function aucOf(cases: Float64Array, others: Float64Array): number {
  const [above, below] = [cases.slice().sort(), others.slice().sort()];
  let wins = 0;
  let [less, notMore] = [0, 0];
  for (const value of above) {
    while (less < below.length && below[less]! < value) less++;
    while (notMore < below.length && below[notMore]! <= value) notMore++;
    wins += (less + notMore) / 2;
  }
  return wins / (above.length * below.length);
}

/** Standard error of an AUC: Hanley and McNeil, Radiology 143 (1982), 29–36. */
export function aucError(auc: number, cases: number, others: number): number {
  const [q1, q2] = [auc / (2 - auc), (2 * auc ** 2) / (1 + auc)];
  const variance = auc * (1 - auc) + (cases - 1) * (q1 - auc ** 2) + (others - 1) * (q2 - auc ** 2);
  return Math.sqrt(Math.max(0, variance) / (cases * others));
}
