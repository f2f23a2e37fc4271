// The upper tail of a stream of sizes: how rare one of this size is, in constant memory, for light tails and heavy ones.

/** Share of the positive sizes that lies beyond the tracked quantile. */
const BEYOND = 0.1;
/** The density of log-sizes at that quantile is about a third, and its inverse the step of least error (Robbins and Monro, 1951). */
const QUANTILE_GAIN = 3;
/** One excess teaches no more than this, in log-sizes: a single monster does not make the tail heavy. */
const MOST_LOG_EXCESS = 2.5;
/** One excess speaks against the light tail no louder than this (natural logarithm of a ratio of chances). */
const MOST_AGAINST_LIGHT = 2;
/** Mean log-excess of a Weibull tail beyond its 90 % quantile times its power: the mean of ln(1 + E / ln 10) for E exponential. */
const LIGHT_MEAN = 0.3239;
/** Log-excesses beyond this are of no further interest: the light tail's chance is nought long before. */
const FAR = 8;

export interface TailOptions {
  /** Values after which one is forgotten to 1/e. */
  memory: number;
  /** Mean log-excess before anything was seen: about 0.2 for normal, 0.4 for exponential sizes; its weight, and the memory for it, in excesses. */
  index: number;
  indexWeight: number;
  indexMemory: number;
}

/**
 * Beyond its 90 % quantile q a tail is light (Weibull: the chance of x is 10^−(x/q)^t, as of normal and exponential sizes) or heavy (Pareto:
 * a tenth of (x/q)^−1/index); the mean log-excess, followed value by value, sets the power of either (for Pareto it is the index of Hill, 1975).
 * Each is believed as far as the excesses so far speak for it (Bayes), at first both alike. Sizes of zero are counted apart, so that a
 * stream which is mostly zero has a tail too.
 */
export class Tail {
  private seen = 0;
  private positive = 0;
  private logQuantile = Number.NaN;
  private index: number;
  private excesses: number;
  /** Natural logarithm of the odds for the light tail. */
  private lightOdds = 0;

  constructor(private readonly options: TailOptions) {
    this.index = options.index;
    this.excesses = options.indexWeight;
  }

  /** −log10 of the chance of a size as large as this or larger; 0 for sizes of zero. */
  surprise(size: number): number {
    if (size <= 0) return 0;
    const share = (this.positive + 0.5) / (this.seen + 1);
    if (Number.isNaN(this.logQuantile)) return -Math.log10(share);
    const excess = Math.log(size) - this.logQuantile;
    if (excess <= 0) return -Math.log10(share * (1 - (1 - BEYOND) * Math.exp(excess)));
    return -Math.log10(share * BEYOND * this.beyond(excess));
  }

  /** The chance that an excess is as great as this. */
  private beyond(excess: number): number {
    const light = Math.exp(-Math.LN10 * (Math.exp((LIGHT_MEAN / this.index) * Math.min(excess, FAR)) - 1));
    const heavy = Math.exp(-excess / this.index);
    const mean = light / (1 + Math.exp(-this.lightOdds)) + heavy / (1 + Math.exp(this.lightOdds));
    return Math.max(Number.MIN_VALUE, mean);
  }

  /** Takes a size in, with a weight from 0 to 1. */
  learn(size: number, weight: number): void {
    const { memory } = this.options;
    this.seen = Math.min(this.seen + weight, memory);
    if (this.seen >= memory) this.positive *= 1 - weight / this.seen;
    if (size <= 0) return;
    this.positive += weight;
    if (Number.isNaN(this.logQuantile)) this.logQuantile = Math.log(size);
    else this.learnExcess(Math.log(size) - this.logQuantile, weight);
  }

  private learnExcess(excess: number, weight: number): void {
    const { memory, indexMemory } = this.options;
    const step = Math.min(1, QUANTILE_GAIN / Math.min(this.positive + 2, memory / 4));
    this.logQuantile += weight * step * (excess > 0 ? 1 - BEYOND : -BEYOND);
    if (excess <= 0) return;
    const known = Math.min(excess, MOST_LOG_EXCESS);
    this.lightOdds += weight * (Math.max(-MOST_AGAINST_LIGHT, this.evidence(known)) - this.lightOdds / indexMemory);
    this.excesses = Math.min(this.excesses + weight, indexMemory);
    this.index += (weight / this.excesses) * (known - this.index);
  }

  /** Natural logarithm of how much likelier an excess is if the tail is light than if it is heavy. */
  private evidence(excess: number): number {
    const power = LIGHT_MEAN / this.index;
    const light = Math.log(Math.LN10 * power) + power * excess - Math.LN10 * (Math.exp(power * excess) - 1);
    return light + Math.log(this.index) + excess / this.index;
  }
}
