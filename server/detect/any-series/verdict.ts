// From surprise to a score: 0.5 is the alarm line, and what an alarm was given for is not told again.

import type { AnySeriesProfile } from './profile.ts';

const HOUR_MS = 3_600_000;
const MONTH_MS = 30 * 24 * HOUR_MS;

export class Verdict {
  /** The surprise that one is used to by now; it fades. */
  private habit = 0;
  private rows = 0;

  constructor(private readonly profile: AnySeriesProfile) {}

  /** The surprise from which a row is an alarm: the more rows a month, the rarer one must be. */
  line(periodMs: number): number {
    const { line, linePerRate, leastRate } = this.profile;
    return line + linePerRate * Math.log10(Math.max(leastRate, MONTH_MS / periodMs) / 1000);
  }

  /** The score of a row; surprise no greater than what was just there is none, greater surprise is. */
  score(surprise: number, periodMs: number): number {
    const { habitHours, habitRows, habitPower, untoldHabit, warmRows } = this.profile;
    this.rows++;
    this.habit *= Math.exp(-1 / Math.max(habitRows, (habitHours * HOUR_MS) / periodMs));
    const fresh = surprise > this.habit ? surprise * (1 - (this.habit / surprise) ** habitPower) : 0;
    const warm = Math.min(1, this.rows / warmRows);
    const beyond = warm * fresh - this.line(periodMs);
    // What grows slowly must come to be told some time: as long as it is not, only part of it is a habit.
    this.habit = Math.max(this.habit, beyond >= 0 ? surprise : untoldHabit * surprise);
    return 1 / (1 + Math.exp(-beyond));
  }
}
