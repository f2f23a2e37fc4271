// The smallest change of the leading KPI, and of the counts behind it, that would bring an alert to its end.

import type { WouldClear } from '../../model/explanation.ts';
import type { Said } from '../../model/finding.ts';
import type { Kpi } from '../../model/kpi.ts';
import type { Range } from './moved.ts';

/**
 * How far out of the middle of its range a value may stand and still clear. A detector lets go only well inside the line,
 * lest the alert flutter (at 0.7 of the way); scales are not straight, so a little more is asked for.
 */
const LETS_GO_AT = 0.6;

export interface Leading {
  kpi: Kpi;
  observed: number;
  range: Range;
  attempts?: number;
  /** Periods in a row for which it must hold, and the length of one. */
  periods: number;
  periodSeconds: number;
}

/** Null when the value stands where it would clear already. */
export function wouldClearOf({ kpi, observed, range, attempts, periods, periodSeconds }: Leading): WouldClear | null {
  const isHigh = observed > range.mid;
  const target = targetOf(range, isHigh);
  if (isHigh ? observed <= target : observed >= target) return null;
  const values = { kpi: kpi.id, observed, value: target, change: target - observed, periods, periodSeconds };
  const counted = countedOf(kpi, observed, target, attempts);
  const value = counted?.value ?? target;
  const said: Said = counted
    ? { code: 'fewer-would-do', values: { ...values, value, fewer: counted.fewer, attempts: attempts! } }
    : { code: 'change-would-do', values: { ...values, side: isHigh ? 'most' : 'least' } };
  return { kpi: kpi.id, value, change: value - observed, said };
}

/** Above, by the root of the way where all is positive: on a logarithmic scale that is as far; below, by the straight way. */
function targetOf({ low, mid, high }: Range, isHigh: boolean): number {
  if (!isHigh) return mid - LETS_GO_AT * (mid - low);
  return low > 0 ? mid * (high / mid) ** LETS_GO_AT : mid + LETS_GO_AT * (high - mid);
}

/** Of a percentage over attempts: so many fewer failures, whole ones, and what the percentage then is. */
function countedOf(kpi: Kpi, observed: number, target: number, attempts: number | undefined) {
  if (!attempts || kpi.unit !== '%' || kpi.aggregation !== 'ratio-of-sums' || kpi.worse === 'none') return undefined;
  const failing = (value: number) => ((kpi.worse === 'lower' ? 100 - value : value) / 100) * attempts;
  const left = Math.floor(failing(target) + 1e-9);
  const fewer = Math.round(failing(observed)) - left;
  const share = (100 * left) / attempts;
  return fewer > 0 ? { fewer, value: kpi.worse === 'lower' ? 100 - share : share } : undefined;
}
