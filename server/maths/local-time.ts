// Between moments and the local days and hours of a zone: a local time is written as if it were UTC.

import { zoneOffset } from './zone-offset.ts';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

export interface LocalTime {
  /** What the zone's clocks show at a moment, as if that were UTC, epoch milliseconds. */
  local(at: number): number;
  /** The moment at which they show it; in the hour that is skipped or lived twice, by the offset after the change. */
  moment(localMs: number): number;
  /** Number of the local day of a moment: 0 is 1970-01-01. */
  day(at: number): number;
}

/** `zone` is an IANA name; throws a RangeError for a name that is none. */
export function localTime(zone: string): LocalTime {
  const offsetMs = zoneOffset(zone);
  const local = (at: number) => at + offsetMs(at);
  return {
    local,
    moment: (localMs) => localMs - offsetMs(localMs - offsetMs(localMs)),
    day: (at) => Math.floor(local(at) / DAY_MS),
  };
}

/** `2026-03-17` of the number of a day, and back. */
export const dayName = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);
export const dayNumber = (name: string): number => Math.floor(Date.parse(`${name}T00:00:00Z`) / DAY_MS);
