// The hour of the local week of a moment, by IANA zone name, fast enough to be asked for every reading.

import { zoneOffset } from './zone-offset.ts';

const HOUR_MS = 3_600_000;
/** 1970-01-01 was a Thursday: three days after a Monday. */
const MONDAY_SHIFT_DAYS = 3;

export const HOURS_PER_WEEK = 168;

/**
 * A function from epoch milliseconds to the hour of the local week: 0 is Monday 00:00–01:00, 167 Sunday 23:00–24:00.
 * `zone` is an IANA name (`Asia/Shanghai`); throws a RangeError for a name that is none.
 */
export function localHourOfWeek(zone: string): (atMs: number) => number {
  const offsetMs = zoneOffset(zone);
  return (atMs) => {
    const hours = Math.floor((atMs + offsetMs(atMs)) / HOUR_MS) + MONDAY_SHIFT_DAYS * 24;
    return ((hours % HOURS_PER_WEEK) + HOURS_PER_WEEK) % HOURS_PER_WEEK;
  };
}
