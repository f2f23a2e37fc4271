// The windows of a mute: one, or one each day or week at the same local times, also where clocks change.

import { DAY_MS, type LocalTime } from '../maths/local-time.ts';
import type { MuteRecord, Repeat } from '../model/mute.ts';

/** Data time, epoch milliseconds, both ends included. */
export interface Window {
  from: number;
  to: number;
}

export const STEP_MS: Record<Repeat, number> = { daily: DAY_MS, weekly: 7 * DAY_MS };

type Times = Pick<MuteRecord, 'from' | 'to' | 'repeat' | 'until' | 'endedAt' | 'ended'>;

/** The windows that have begun at `at`, at most `most`, the newest first. */
export function windowsBegun(mute: Times, at: number, time: LocalTime, most: number): Window[] {
  const found: Window[] = [];
  const newest = Math.min(at, mute.endedAt ?? at, mute.until ?? at);
  for (let n = numberAt(mute, newest, time) + 1; n >= 0 && found.length < most; n--) {
    const window = windowOf(mute, n, time);
    if (window && window.from <= at) found.push(window);
  }
  return found;
}

/** The first window that begins after `at`; undefined: there is none any more. */
export function nextWindow(mute: Times, at: number, time: LocalTime): Window | undefined {
  const first = Math.max(0, numberAt(mute, at, time) - 1);
  for (let n = first; n <= first + 3; n++) {
    const window = windowOf(mute, n, time);
    if (window && window.from > at) return window;
  }
  return undefined;
}

/** Windows that touch a span, the newest ones if there are more than `most`, oldest first. */
export function windowsBetween(mute: Times, span: Window, time: LocalTime, most: number): Window[] {
  return windowsBegun(mute, span.to, time, most)
    .filter(({ to }) => to >= span.from)
    .reverse();
}

/** About which window a moment falls into; where clocks change it may be the one before or after. */
function numberAt({ from, repeat }: Times, at: number, time: LocalTime): number {
  return repeat ? Math.max(-1, Math.floor((time.local(at) - time.local(from)) / STEP_MS[repeat])) : 0;
}

/** The n-th window, 0 the first, as it is after all that ends a mute; undefined: it never begins. */
function windowOf(mute: Times, n: number, time: LocalTime): Window | undefined {
  const { repeat, until = Number.POSITIVE_INFINITY, endedAt = Number.POSITIVE_INFINITY, ended } = mute;
  if (n > 0 && !repeat) return undefined;
  const shift = (at: number) => (n === 0 || !repeat ? at : time.moment(time.local(at) + n * STEP_MS[repeat]));
  const from = shift(mute.from);
  // A local time that is skipped may lie before the beginning: then the window is as long as the first.
  const to = shift(mute.to) > from ? shift(mute.to) : from + mute.to - mute.from;
  if (from > until || from > endedAt) return undefined;
  // Ended at once: it is as if what was open had never been.
  if (ended?.atOnce && to >= endedAt) return undefined;
  return { from, to: Math.min(to, endedAt) };
}
