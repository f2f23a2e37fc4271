// The seasons of a series: its day, and what the week adds to it, each by itself believed or not.

import { Cycle } from './cycle.ts';
import type { AnySeriesProfile } from './profile.ts';

const DAY_MS = 86_400_000;

export class Season {
  private readonly day: Cycle;
  private readonly week: Cycle;
  private mean = 0;
  /** How far the mean lags behind a trend. */
  private lag = 0;
  private rows = 0;
  private dayPart = 0;

  constructor(private readonly profile: AnySeriesProfile) {
    const { gateFrom, gateTo, day, week } = profile;
    this.day = new Cycle({ lengthMs: DAY_MS, gateFrom, gateTo, ...day });
    this.week = new Cycle({ lengthMs: 7 * DAY_MS, gateFrom, gateTo, ...week });
  }

  /** What the season adds to the level at a time in epoch milliseconds. */
  partAt(at: number): number {
    this.dayPart = this.day.partAt(at);
    return this.dayPart + this.week.partAt(at);
  }

  /** How far off the season may be around the time last asked for, where it is steep. */
  slack(): number {
    return this.day.slack() + this.week.slack();
  }

  /** How far a value lies from the mean of the last days, trend and all, seasons left in. */
  deviation(value: number): number {
    return this.rows === 0 ? 0 : value - this.mean - this.lag;
  }

  /** Takes in the value of the time last asked for. */
  learn(value: number, periodMs: number, weight: number): void {
    const deviation = this.deviation(value);
    this.rows++;
    const memory = Math.max(100, (this.profile.meanDays * DAY_MS) / periodMs);
    if (this.rows === 1) this.mean = value;
    this.lag += (value - this.mean - this.lag) / Math.max(memory, 1);
    this.mean += (value - this.mean) / Math.min(this.rows, memory);
    this.day.learn(deviation, periodMs, weight);
    this.week.learn(deviation - this.dayPart, periodMs, weight);
  }
}
