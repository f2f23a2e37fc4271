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

/** A label's middle and width in pixels. */
export interface Label {
  middle: number;
  width: number;
  /** Stays where others must give way. */
  first: boolean;
}

const APART_PX = 8;

/** The labels that can be read beside each other, none reaching beyond `room` pixels; in their order. */
export function withoutCollisions<T extends Label>(labels: readonly T[], room: number): T[] {
  const kept: T[] = [];
  const meets = (a: T, b: T) => Math.abs(a.middle - b.middle) < (a.width + b.width) / 2 + APART_PX;
  for (const label of [...labels].sort((a, b) => Number(b.first) - Number(a.first))) {
    if (label.middle < label.width / 2 || label.middle + label.width / 2 > room) continue;
    if (!kept.some((other) => meets(label, other))) kept.push(label);
  }
  return kept.sort((a, b) => a.middle - b.middle);
}

/** About how wide a text is, in pixels: an East Asian letter is a square, a digit about half of one. */
export function widthOf(text: string, sizePx: number): number {
  return [...text].reduce((sum, letter) => sum + (letter > '\u2e80' ? 1 : 0.62), 0) * sizePx;
}

/** Hours between marks so that at most `most` stand on a span. */
export function tickHours(spanMs: number, most: number): number {
  const steps = [1, 2, 3, 6, 12, 24, 48, 72, 120, 168, 240, 336, 720, 1440, 2160, 4380];
  return steps.find((hours) => spanMs / (hours * HOUR_MS) <= most) ?? 8760;
}
