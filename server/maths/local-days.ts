// Local days as stretches of moments, `(from, to]`: 24 hours long, or 23 or 25 where clocks change.

import { DAY_MS, HOUR_MS, localTime } from './local-time.ts';

/** A local day: what ends at midnight is of the day before. */
export interface LocalDay {
  /** Epoch milliseconds, exclusive. */
  from: number;
  /** Epoch milliseconds, inclusive: its name among pooled values, which are named by their END. */
  to: number;
}

/** Zones change their clocks on quarters of an hour. */
const QUARTER_MS = 900_000;
/** A midnight that is skipped or lived twice is looked for this far around where it would be. */
const AROUND_MS = 3 * HOUR_MS;
const MOST_STARTS_KEPT = 4096;

export interface LocalDays {
  /** The day that holds a moment. */
  of(at: number): LocalDay;
  /** Its number: 0 is 1970-01-01. */
  numberOf(at: number): number;
  /** The day of a number. */
  day(number: number): LocalDay;
}

/** `zone` is an IANA name; throws a RangeError for a name that is none. */
export function localDays(zone: string): LocalDays {
  const time = localTime(zone);
  const starts = new Map<number, number>();
  const startOf = (day: number): number => {
    let start = starts.get(day);
    if (start === undefined) {
      if (starts.size >= MOST_STARTS_KEPT) starts.clear();
      start = firstMoment(day, (at) => time.day(at), time.moment(day * DAY_MS));
      starts.set(day, start);
    }
    return start;
  };
  const day = (number: number) => ({ from: startOf(number), to: startOf(number + 1) });
  let last = { number: 0, day: { from: 0, to: 0 } };
  const find = (at: number): typeof last => {
    // Readings that follow each other are mostly of one day.
    if (at > last.day.from && at <= last.day.to) return last;
    let number = time.day(at - 1);
    while (at <= startOf(number)) number--;
    while (at > startOf(number + 1)) number++;
    last = { number, day: day(number) };
    return last;
  };
  return { of: (at) => find(at).day, numberOf: (at) => find(at).number, day };
}

/** Where midnight is skipped the day begins with the first moment that its date is shown. */
function firstMoment(day: number, dayOf: (at: number) => number, midnight: number): number {
  if (dayOf(midnight) === day && dayOf(midnight - 1) < day) return midnight;
  let at = midnight - AROUND_MS;
  while (dayOf(at) < day) at += QUARTER_MS;
  return at;
}
