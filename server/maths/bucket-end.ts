// Where the buckets of a series end: local days, parts of a local day, or whole steps since 1970 UTC.

import type { LocalDays } from './local-days.ts';
import { DAY_MS, HOUR_MS } from './local-time.ts';

/** Steps that hourly values can be pooled to: they are counted from local midnight and fill a day. */
export const dividesDay = (stepMs: number): boolean => stepMs % HOUR_MS === 0 && DAY_MS % stepMs === 0;
/** Steps that daily values can be pooled to. */
export const isDays = (stepMs: number): boolean => stepMs % DAY_MS === 0;

/**
 * The END of the bucket `(start, end]` that a moment falls into. Days are local days, several of them by whole numbers of days
 * since 1970; hours that fill a day are counted from its midnight (its last bucket is shorter or longer where clocks change);
 * all others lie at multiples of the step since 1970 UTC.
 */
export function bucketEnd(stepMs: number, days: LocalDays): (at: number) => number {
  if (stepMs === DAY_MS) return (at) => days.of(at).to;
  if (isDays(stepMs)) {
    const count = stepMs / DAY_MS;
    return (at) => days.day(Math.floor(days.numberOf(at) / count) * count + count - 1).to;
  }
  if (dividesDay(stepMs)) {
    return (at) => {
      const { from, to } = days.of(at);
      return Math.min(to, from + Math.ceil((at - from) / stepMs) * stepMs);
    };
  }
  return (at) => Math.ceil(at / stepMs) * stepMs;
}
