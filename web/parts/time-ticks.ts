// Where the marks of a time axis stand: on whole hours or days of the network's zone, summer time included.

import { zoneOffsetMinutes } from '../text/format.ts';

export interface TimeTick {
  at: number;
  /** The local day begins here. */
  midnight: boolean;
}

const HOUR_MS = 3_600_000;

/** Every time between the two (inclusive) whose local hour is a multiple of `hours`; whole days from 24 on. */
export function timeTicks(from: number, to: number, hours: number, zone: string): TimeTick[] {
  const ticks: TimeTick[] = [];
  // The local hours are walked one by one: a day may have 23 or 25 of them.
  const minutesPast = ((zoneOffsetMinutes(zone, from) % 60) + 60) % 60;
  const shift = minutesPast * 60_000;
  const first = Math.ceil((from + shift) / HOUR_MS) * HOUR_MS - shift;
  const start = new Map<number, number>();
  for (let at = first; at <= to; at += HOUR_MS) {
    const local = at + zoneOffsetMinutes(zone, at) * 60_000;
    const hour = Math.round(local / HOUR_MS);
    if (start.has(hour)) continue;
    start.set(hour, at);
    const hourOfDay = ((hour % 24) + 24) % 24;
    const wanted =
      hours < 24 ? hourOfDay % hours === 0 : hourOfDay === 0 && Math.floor(hour / 24) % Math.round(hours / 24) === 0;
    if (wanted) ticks.push({ at, midnight: hourOfDay === 0 });
  }
  return ticks;
}

/** Hours between marks so that at most `most` stand on a span. */
export function tickHours(spanMs: number, most: number): number {
  const steps = [1, 2, 3, 6, 12, 24, 48, 72, 120, 168, 240, 336, 720];
  return steps.find((hours) => spanMs / (hours * HOUR_MS) <= most) ?? 720;
}
