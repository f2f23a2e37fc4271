// When a growing level meets its limit: a date with its interval, and how likely it is that it comes to that at all.

import type { Growth } from './growth.ts';

/** Days from today. */
export interface Passage {
  expected: number;
  /** Earlier in one of ten cases, later in one of ten, if it comes at all. */
  earliest: number;
  latest: number;
  /** 0…1: that it comes no later than `latest`. */
  probability: number;
}

/** Half a year: nobody knows more. */
export const HORIZON_DAYS = 182;
/** Of a normal distribution, for one in ten. */
const Z_TENTH = 1.2816;

/** What is known of how long growth goes on. */
export interface Lasting {
  /** What is no older than this may be a swing: a fair, a building site, a school term. These days do not count. */
  swingDays: number;
  /** How hard what is old dies: the exponent of a Lomax law. */
  exponent: number;
}

/**
 * `room` is what lies between the level and its limit, in logarithms. Undefined where it does not come to that within the horizon.
 * Growth that has lasted goes on lasting: a spell that has outlived a swing by a days is still there after t more with chance
 * (a/(a+t))^k.
 */
export function firstPassage(growth: Growth, room: number, { swingDays, exponent }: Lasting): Passage | undefined {
  const timely = (days: number) => days <= HORIZON_DAYS;
  const expected = room <= 0 ? 0 : dayOf(growth, room, 0);
  if (!timely(expected)) return undefined;
  const earliest = dayOf(growth, room, -Z_TENTH);
  const latest = dayOf(growth, room, Z_TENTH);
  const age = Math.max(1, growth.days - swingDays);
  const goesOn = (age / (age + expected)) ** exponent;
  return {
    expected,
    earliest: Math.min(expected, earliest),
    latest: Math.max(expected, latest),
    probability: 0.9 * goesOn,
  };
}

/** The first day on which the level, `z` of its standard errors below what is expected, meets the limit; Infinity: never. */
function dayOf({ perDay, levelVariance, covariance, perDayVariance }: Growth, room: number, z: number): number {
  const excess = (t: number) =>
    perDay * t - room - z * Math.sqrt(Math.max(0, levelVariance + 2 * covariance * t + perDayVariance * t * t));
  let [low, high] = [0, 1];
  if (excess(0) >= 0) return 0;
  while (excess(high) < 0) {
    low = high;
    high *= 1.5;
    if (high > 8 * HORIZON_DAYS) return Number.POSITIVE_INFINITY;
  }
  for (let i = 0; i < 24; i++) {
    const middle = (low + high) / 2;
    if (excess(middle) >= 0) high = middle;
    else low = middle;
  }
  return high;
}
