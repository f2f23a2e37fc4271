// The usage dimension: a person's newest whole month against that person's own months before.

import type { StarReason } from '../../model/star.ts';
import type { UseOfMonth } from '../months-of-use.ts';

/** As much as before is this good; a quarter more is the best. *Default.* */
const AS_BEFORE = 80;

export interface Usage {
  /** 0…100. */
  score: number;
  /** Newest month against the mean of those before; of minutes and data, where both are known their mean. */
  ratio: number;
  /** Months since the year 0. */
  month: number;
  months: number;
}

/**
 * Months that are over. @param until months since the year 0: the month that is under way, and for the past all later ones,
 * are left out
 */
export function wholeMonths(months: readonly UseOfMonth[], until: number, isPast: boolean): UseOfMonth[] {
  return months.filter(({ month }) => (isPast ? month < until : month !== until));
}

/** Null with fewer than two months, or when nothing was used before. */
export function usageOf(months: readonly UseOfMonth[]): Usage | null {
  const newest = months.at(-1);
  const before = months.slice(0, -1);
  if (!newest || before.length === 0) return null;
  const ratios = (['minutes', 'dataGb'] as const).flatMap((measure) => {
    const known = before.map((month) => month[measure]).filter((value) => !Number.isNaN(value));
    const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
    return mean > 0 && !Number.isNaN(newest[measure]) ? [newest[measure] / mean] : [];
  });
  if (ratios.length === 0) return null;
  const ratio = ratios.reduce((sum, each) => sum + each, 0) / ratios.length;
  return { score: Math.min(100, AS_BEFORE * ratio), ratio, month: newest.month, months: before.length };
}

/** A fall that the network explains counts neither way. */
export function isExcused(usage: Usage | null, network: number | null, badNetwork: number): boolean {
  return usage !== null && usage.ratio < 1 && network !== null && network < badNetwork;
}

export function usageReasons(usage: Usage | null, isNeutral: boolean): StarReason[] {
  if (!usage) return [{ why: { code: 'star-no-usage', values: {} } }];
  const values = { ratio: usage.ratio, months: usage.months };
  return [{ why: { code: isNeutral ? 'star-usage-excused' : 'star-usage', values } }];
}
