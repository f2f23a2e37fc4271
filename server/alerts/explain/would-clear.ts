// What would end an alert about one KPI: the value at which it clears, with the counts behind it. Told with the alert, and nowhere else.

import type { AlertRecord } from '../../model/alert.ts';
import { findKpi } from '../../model/catalogue.ts';
import type { WouldClear } from '../../model/explanation.ts';
import type { Finding, Said } from '../../model/finding.ts';
import type { Kpi } from '../../model/kpi.ts';
import type { Range } from './moved.ts';

/**
 * How far out of the middle of its range a value may stand and still clear. A detector lets go only well inside the line,
 * lest the alert flutter (at 0.7 of the way, of what has shifted for hours at 0.3); scales are not straight, so a little more
 * is asked for.
 */
const LETS_GO_AT = 0.6;
const SHIFT_LETS_GO_AT = 0.25;

/**
 * What the finding says would clear it, with the value at which it does and, of a percentage over attempts, how many fewer
 * failures that is. What clears in another way than by a value is left as it is.
 */
export function clearingOf({ kpi: id, evidence, why, wouldClear }: Finding): Said {
  if (why.code === 'stands-still') return { code: 'varies-again', values: { ...wouldClear.values } };
  const kpi = id === undefined ? undefined : findKpi(id);
  const { observed, expected: mid, low, high, attempts } = evidence;
  if (wouldClear.code !== 'back-in-range' || !kpi) return wouldClear;
  if (observed === null || mid === null || low === null || high === null) return wouldClear;
  const isHigh = observed > mid;
  const share = why.code.startsWith('shift-') ? SHIFT_LETS_GO_AT : LETS_GO_AT;
  const target = asTold(kpi, targetOf({ low, mid, high }, isHigh, share), mid);
  const counted = countedOf(kpi, observed, target, attempts);
  const values = { ...wouldClear.values, observed, side: isHigh ? 'most' : 'least', value: target };
  return { code: 'back-in-range', values: { ...values, ...(counted && { ...counted, attempts: attempts! }) } };
}

/** The same for those who reckon with it; null where no value of one KPI would do, and where it clears already if it lasts. */
export function wouldClearIn({ kpi, wouldClear: said, evidence: { observed } }: AlertRecord): WouldClear | null {
  const { value, side } = said.values;
  if (kpi === undefined || observed === null || typeof value !== 'number') return null;
  if (side === 'most' ? observed <= value : observed >= value) return null;
  return { kpi, value, change: value - observed, said };
}

/** Above, by the root of the way where all is positive: on a logarithmic scale that is as far; below, by the straight way. */
function targetOf({ low, mid, high }: Range, isHigh: boolean, share: number): number {
  if (!isHigh) return mid - share * (mid - low);
  return low > 0 ? mid * (high / mid) ** share : mid + share * (high - mid);
}

/** In the digits that people read, on the safe side, unless that would be beyond the usual middle. */
function asTold({ decimals }: Kpi, target: number, mid: number): number {
  const power = 10 ** decimals;
  const told = (target > mid ? Math.floor(target * power + 1e-9) : Math.ceil(target * power - 1e-9)) / power;
  return target > mid === told > mid ? told : target;
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
