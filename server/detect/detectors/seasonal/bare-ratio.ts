// Judges a share of failures whose attempts nobody told: against the worst that this hour of the day has shown of late.

import { STAGE } from './baseline.ts';
import { fromScale, toScale } from './kpi-rule.ts';
import type { Pace } from './pace.ts';
import { type Band, Series } from './series.ts';

/**
 * One failure in ten attempts at night reads 10 %, by chance, again and again; so no average deviation will do. Per hour of the day
 * the largest deviation is kept, fading over some weeks, and only what goes well beyond it, more than once, counts.
 */
export class BareRatio extends Series {
  override judge(series: number, bin: number, pace: Pace, value: number): number {
    this.x = toScale(this.rule, value);
    this.measure(series, bin, pace);
    if (this.columns.fields.hours[series]! < this.profile.bareRatioColdHours) return Number.NaN;
    // A single period never suffices here, however far out.
    return Math.min((this.x - this.mid) / this.half, this.profile.overwhelmingStrength * 0.99);
  }

  override learn(series: number, bin: number, pace: Pace, at: number): void {
    const { spread } = this.columns.fields;
    const { profile, rule } = this;
    const limit = this.stage === STAGE.cold ? Number.POSITIVE_INFINITY : this.half;
    const step = Math.min(limit, Math.max(-limit, this.x - this.mid));
    this.learnHour(series, bin, pace, at, this.mid, step);
    const index = (bin % 24) * this.columns.capacity + series;
    const faded = spread[index]! * (1 - Math.min(0.5, pace.hours / (profile.spreadMemoryHours * 2)));
    spread[index] = Math.min(65_535, Math.max(faded, Math.abs(step) / rule.quantum));
    this.learnOverall(series, pace, step, 1);
  }

  protected override band(): Band {
    const ends = [fromScale(this.rule, this.mid - this.half), fromScale(this.rule, this.mid + this.half)];
    return { low: Math.min(...ends), mid: fromScale(this.rule, this.mid), high: Math.max(...ends) };
  }

  protected override look(series: number, bin: number, pace: Pace): boolean {
    this.measure(series, bin, pace);
    return this.stage !== STAGE.cold;
  }

  private measure(series: number, bin: number, pace: Pace): void {
    this.expect(series, bin, pace);
    this.mid = Math.min(100, Math.max(0, this.mid));
    const worst = Math.max(this.worstAt(series, bin + 23), this.worstAt(series, bin), this.worstAt(series, bin + 1));
    this.half = Math.max(this.profile.bareRatioPeaks * worst, this.rule.kpi.leastChange);
  }

  private worstAt(series: number, hour: number): number {
    return this.columns.fields.spread[(hour % 24) * this.columns.capacity + series]! * this.rule.quantum;
  }
}
