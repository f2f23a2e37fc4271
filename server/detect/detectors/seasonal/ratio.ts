// Judges a share of failures by the attempts behind it: how surprising so many failures are, given the usual share.

import { binomialDeviance } from '../../../maths/binomial-deviance.ts';
import { crossing } from '../../../maths/crossing.ts';
import { STAGE } from './baseline.ts';
import { fromScale, toScale } from './kpi-rule.ts';
import type { Pace } from './pace.ts';
import { type Band, Series } from './series.ts';

/** Even a cell that never failed is taken to fail at least this share of a least change. */
const LEAST_USUAL_SHARE = 1 / 3;
/** A single period's squared deviation counts at most as so many variances. */
const MOST_VARIANCES = 9;
/** Expected failures at which a period tells half of what it could about the scatter beyond chance. */
const TELLING_FAILURES = 5;

/** Scatter beyond chance that a new series is taken to have, in least changes. */
const FIRST_SCATTER = 0.5;

/** Everything inside is in percent of failures. */
export class Ratio extends Series {
  private readonly floor = this.rule.kpi.leastChange * LEAST_USUAL_SHARE;
  /** Usual share of failures, and the attempts it is judged by. */
  private usual = 0;
  private attempts = 1;
  private excessVariance = 0;
  private binomialVariance = 0;
  private widening = 1;

  override judge(series: number, bin: number, pace: Pace, value: number, attempts: number): number {
    const { profile } = this;
    this.x = toScale(this.rule, value);
    this.measure(series, bin, pace, attempts);
    if (attempts < profile.leastAttempts) return Number.NaN;
    const excess = this.x - this.usual;
    if (this.stage === STAGE.cold) return Math.min(this.beyondHardLine(value), this.eventStrength(excess, attempts));
    // The plain z is never below the deviance on this side: most values need no logarithm.
    if (excess < this.profile.releaseStrength * this.half) return excess / this.half;
    return this.strength(this.x, attempts);
  }

  override learn(series: number, bin: number, pace: Pace, at: number, attempts: number): void {
    const { columns, profile } = this;
    const usualAttempts = columns.fields.attempts;
    const age = columns.fields.hours[series]!;
    const rate = Math.max(pace.hours / (age + pace.hours), pace.scale);
    usualAttempts[series]! += rate * (attempts - usualAttempts[series]!);
    const weight = Math.min(1, attempts / Math.max(1, usualAttempts[series]!));
    const limit = this.stage === STAGE.cold ? Number.POSITIVE_INFINITY : profile.clipSigmas * this.widening * this.sd;
    const step = Math.min(limit, Math.max(-limit, this.x - this.mid));
    this.learnHour(series, bin, pace, at, this.mid, weight * step);
    this.learnExcess(series, rate, attempts);
    this.learnOverall(series, pace, step, weight);
  }

  protected override band(): Band {
    const worst = crossing((share) => this.strength(share, this.attempts), 1, this.usual, 100);
    const best = Math.max(0, this.usual - this.half);
    const ends = [fromScale(this.rule, best), fromScale(this.rule, worst)];
    return { low: Math.min(...ends), mid: fromScale(this.rule, this.mid), high: Math.max(...ends) };
  }

  protected override look(series: number, bin: number, pace: Pace): boolean {
    this.measure(series, bin, pace, Number.NaN);
    return this.stage !== STAGE.cold;
  }

  private measure(series: number, bin: number, pace: Pace, attempts: number): void {
    this.expect(series, bin, pace);
    this.mid = Math.min(100, Math.max(0, this.mid));
    this.usual = Math.min(99.9, Math.max(this.floor, this.mid));
    this.attempts = Math.max(1, !Number.isNaN(attempts) ? attempts : this.columns.fields.attempts[series]!);
    this.binomialVariance = (this.usual * (100 - this.usual)) / this.attempts;
    this.excessVariance = this.columns.fields.scale[series]!;
    this.sd = Math.sqrt(this.binomialVariance + this.excessVariance);
    this.widening = this.stage < STAGE.ownHour ? this.profile.newHourWidening : 1;
    this.half = Math.max(this.profile.ratioSigmas * this.widening * this.sd, this.rule.kpi.leastChange);
  }

  /** A share must be surprising, differ enough to matter, and rest on enough failures; 1 = all three just do. */
  private strength(share: number, attempts: number): number {
    const { profile } = this;
    const excess = share - this.usual;
    const overdispersion = 1 + this.excessVariance / this.binomialVariance;
    const sigmas = binomialDeviance(share / 100, this.usual / 100, attempts) / Math.sqrt(overdispersion);
    const surprise = sigmas / (profile.ratioSigmas * this.widening);
    return Math.min(surprise, excess / this.rule.kpi.leastChange, this.eventStrength(excess, attempts));
  }

  private eventStrength(excess: number, attempts: number): number {
    return (attempts * excess) / (100 * this.profile.leastExcessEvents);
  }

  /** Scatter beyond chance: what is left of the squared deviation when the binomial part is taken off. */
  private learnExcess(series: number, rate: number, attempts: number): void {
    const { scale, hours } = this.columns.fields;
    if (hours[series] === 0) scale[series] = (FIRST_SCATTER * this.rule.kpi.leastChange) ** 2;
    const squared = Math.min((this.x - this.mid) ** 2, MOST_VARIANCES * this.sd ** 2);
    const expected = (attempts * this.usual) / 100;
    const weight = expected / (expected + TELLING_FAILURES);
    const next = scale[series]! + rate * weight * (squared - this.binomialVariance - scale[series]!);
    scale[series] = Math.max(0, next);
  }
}
