// Judges a level (speed, delay, load, dBm, degrees) against its usual at this hour.

import { STAGE } from './baseline.ts';
import { fromScale, toScale } from './kpi-rule.ts';
import type { Pace } from './pace.ts';
import { type Band, Series } from './series.ts';

/** Mean absolute deviation to standard deviation of a normal distribution: √(π/2). */
const MEAN_DEVIATION_TO_SIGMA = Math.sqrt(Math.PI / 2);
/** Weight, in days, of the scale over all hours against the scale of one hour of the day. */
const OVERALL_SCALE_DAYS = 2;

export class Level extends Series {
  private readonly leastRelativeHalf = stepOnLog(this.profile.leastRelativeChange, this.rule.harm);
  private readonly relativeFrom = Math.log(this.rule.kpi.leastChange / this.profile.leastRelativeChange);
  /** How much more a mean over few users wavers than one over many. */
  private fewUsers = 1;

  override judge(series: number, bin: number, pace: Pace, value: number, users: number): number {
    const { rule, profile } = this;
    this.x = toScale(rule, value);
    this.fewUsers = !Number.isNaN(users) ? Math.sqrt(1 + profile.usersForHalfWeight / Math.max(1, users)) : 1;
    this.measure(series, bin, pace);
    if (users < profile.leastUsers) return Number.NaN;
    if (this.stage === STAGE.cold) return this.beyondHardLine(value);
    const residual = this.x - this.mid;
    return (rule.harm === 0 ? Math.abs(residual) : rule.harm * residual) / this.half;
  }

  override learn(series: number, bin: number, pace: Pace, at: number, users: number): void {
    const { profile } = this;
    const residual = this.x - this.mid;
    const limit = this.clipAt();
    const clipped = Math.min(limit, Math.max(-limit, residual));
    const weight = !Number.isNaN(users) ? users / (users + profile.usersForHalfWeight) : 1;
    // Nothing known of this hour of the day: its first value is the best guess.
    const known = this.knowsHour;
    this.learnHour(series, bin, pace, at, known ? this.mid : this.x, known ? weight * clipped : 0);
    this.learnScale(series, bin % 24, pace, Math.abs(clipped) / this.fewUsers);
    this.learnOverall(series, pace, clipped, weight);
  }

  protected override band(): Band {
    const ends = [fromScale(this.rule, this.mid - this.half), fromScale(this.rule, this.mid + this.half)];
    return { low: Math.min(...ends), mid: fromScale(this.rule, this.mid), high: Math.max(...ends) };
  }

  protected override look(series: number, bin: number, pace: Pace): boolean {
    this.fewUsers = 1;
    this.measure(series, bin, pace);
    return this.stage !== STAGE.cold;
  }

  /** Sets mid, sd and half for this hour. */
  private measure(series: number, bin: number, pace: Pace): void {
    this.expect(series, bin, pace);
    const { spread, scale, hours } = this.columns.fields;
    const hour = bin % 24;
    const days = hours[series]! / 24;
    const ofHour = spread[hour * this.columns.capacity + series]! * this.rule.quantum;
    this.sd = ((OVERALL_SCALE_DAYS * scale[series]! + days * ofHour) / (OVERALL_SCALE_DAYS + days)) * this.fewUsers;
    const young = this.stage < STAGE.ownHour ? this.profile.newHourWidening : 1;
    this.half = Math.max(this.profile.bandSigmas * this.sd * young, this.leastHalf());
  }

  /** The least change that means anything, on the scale worked on and in the harmful direction. */
  private leastHalf(): number {
    const { kpi, log, harm } = this.rule;
    if (!log) return kpi.leastChange;
    // Well above the least change only the relative one matters, and no exponential is needed.
    if (this.mid > this.relativeFrom) return this.leastRelativeHalf;
    // leastChange / (expected + leastChange): mid is the log of the denominator.
    return stepOnLog(kpi.leastChange * Math.exp(-this.mid), harm);
  }

  private clipAt(): number {
    if (this.stage === STAGE.cold) return Number.POSITIVE_INFINITY;
    const sigmas = this.stage < STAGE.ownHour ? this.profile.newHourWidening : 1;
    return this.profile.clipSigmas * sigmas * Math.max(this.sd, this.rule.quantum);
  }

  private learnScale(series: number, hour: number, pace: Pace, deviation: number): void {
    const { spread, scale, hours } = this.columns.fields;
    const { rule } = this;
    const age = hours[series]!;
    const sigma = deviation * MEAN_DEVIATION_TO_SIGMA;
    const overall = Math.max(pace.hours / (age + pace.hours), pace.scale);
    scale[series]! += overall * (sigma - scale[series]!);
    const index = hour * this.columns.capacity + series;
    const ofHour = Math.max(pace.hours / (age / 24 + pace.hours), pace.spread);
    const known = spread[index]! * rule.quantum;
    const next = known === 0 ? sigma : known + ofHour * (sigma - known);
    spread[index] = Math.min(65_535, Math.max(1, Math.round(next / rule.quantum)));
  }
}

/** How far a rise (or, for harm −1, a fall) by this share goes on a log scale. */
function stepOnLog(share: number, harm: number): number {
  return harm > 0 ? Math.log(1 + share) : -Math.log(1 - Math.min(0.999, share));
}
