// Carriers that sleep at night to save energy: when each usually wakes, and which has overslept.

import type { Cells } from './cells.ts';
import type { SeasonalProfile } from './profile.ts';

const MINUTE_MS = 60_000;
const MINUTES_PER_DAY = 1440;
/** Weight of one more night. */
const RATE = 0.2;
/** A wake so many minutes off the usual is another habit, or works: it moves nothing. */
const FAR_OFF = 240;

export interface Overslept {
  /** When it usually wakes, local minute of the day, and how long it is overdue. */
  wakeMinute: number;
  overdueMinutes: number;
  sinceMs: number;
}

export class Waking {
  constructor(
    private readonly cells: Cells,
    private readonly profile: SeasonalProfile,
    /** Local minute of the day of a moment in epoch milliseconds. */
    private readonly minuteOfDay: (atMs: number) => number,
  ) {}

  /** The cell slept through this period: how long it is overdue, where it has overslept. */
  slept(slot: number, at: number, periodSeconds: number): Overslept | undefined {
    const f = this.cells.columns.fields;
    const isNew = at - f.savingAt[slot]! > 1500 * periodSeconds;
    if (isNew) f.savingSince[slot] = at;
    f.savingAt[slot] = Math.max(f.savingAt[slot]!, at);
    const { wakesKnown, overdueSwings, overduePeriods } = this.profile;
    if (f.wakes[slot]! < wakesKnown) return undefined;
    const periodMinutes = periodSeconds / 60;
    const wakeMinute = f.wakeMinute[slot]!;
    const overdue = turned(this.minuteOfDay(at) - wakeMinute);
    const spellMinutes = (at - f.savingSince[slot]!) / MINUTE_MS + periodMinutes;
    const tolerance = Math.max(overduePeriods * periodMinutes, overdueSwings * f.wakeSwing[slot]!);
    // What fell asleep after its usual time to wake is on another schedule.
    if (overdue < tolerance || spellMinutes <= overdue) return undefined;
    return { wakeMinute, overdueMinutes: overdue, sinceMs: at - (overdue - periodMinutes) * MINUTE_MS };
  }

  /** The cell was awake in this period. */
  awake(slot: number, at: number, periodSeconds: number): void {
    const f = this.cells.columns.fields;
    const slept = f.savingAt[slot]!;
    if (slept === 0 || at - slept > 1500 * periodSeconds || at <= slept) return;
    const minute = this.minuteOfDay(slept);
    if (f.wakes[slot] === 0) f.wakeMinute[slot] = minute;
    const off = turned(minute - f.wakeMinute[slot]!);
    if (Math.abs(off) > FAR_OFF) return;
    f.wakeMinute[slot] = (f.wakeMinute[slot]! + RATE * off + MINUTES_PER_DAY) % MINUTES_PER_DAY;
    f.wakeSwing[slot]! += RATE * (Math.abs(off) - f.wakeSwing[slot]!);
    if (f.wakes[slot]! < 255) f.wakes[slot]!++;
  }
}

/** Minutes around the clock, −720…720. */
function turned(minutes: number): number {
  return ((((minutes + 720) % MINUTES_PER_DAY) + MINUTES_PER_DAY) % MINUTES_PER_DAY) - 720;
}
