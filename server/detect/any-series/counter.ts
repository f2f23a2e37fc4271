// Tells a running total (packets since the start) from a level, and gives what came in since the row before.

import type { AnySeriesProfile } from './profile.ts';

export class Counter {
  /** Whether the series is taken for a running total by now. */
  isTotal = false;
  private rows = 0;
  /** Shares of rows that rose and that fell. */
  private rises = 0;
  private falls = 0;
  private last = Number.NaN;
  private begunAt = Number.NaN;

  constructor(private readonly profile: AnySeriesProfile) {}

  /** What is to be judged of the value: itself, or for a total its growth; after a reset all that it holds. */
  flow(at: number, value: number): number {
    const growth = value - this.last;
    this.last = value;
    if (Number.isNaN(growth)) {
      this.begunAt = at;
      return value;
    }
    this.learn(growth);
    const { totalRows, totalHours, totalFalls } = this.profile;
    const isLong = this.rows >= totalRows && at - this.begunAt >= totalHours * 3_600_000;
    if (!this.isTotal) this.isTotal = isLong && this.rises > 0.5 && this.falls < totalFalls;
    else if (this.falls > 4 * totalFalls) this.isTotal = false;
    if (!this.isTotal) return value;
    return growth >= 0 ? growth : value;
  }

  private learn(growth: number): void {
    const rate = 1 / Math.min(++this.rows, this.profile.totalRows);
    this.rises += rate * (Number(growth > 0) - this.rises);
    this.falls += rate * (Number(growth < 0) - this.falls);
  }
}
