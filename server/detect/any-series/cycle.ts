// What repeats of a series with the turn of the day or the week, believed as far as it has proven itself on the data.

const DAY_MS = 86_400_000;

export interface CycleOptions {
  lengthMs: number;
  /** Equal parts of the cycle; between their middles the profile is a straight line. */
  bins: number;
  /** Days over which the proof is weighed. */
  proofDays: number;
  /** Share of a bin that one turn renews, once it is known. */
  renewal: number;
  /** Share of the deviation that the cycle must explain to be believed at all, and to be believed wholly. */
  gateFrom: number;
  gateTo: number;
}

export class Cycle {
  /** How far the cycle is believed, 0 to 1. */
  gate = 0;
  private readonly levels: Float64Array;
  /** Turns that a bin was seen in. */
  private readonly turns: Float64Array;
  private levelSum = 0;
  private binsSeen = 0;
  /** Mean absolute deviation without the cycle and with it, always of values that were not yet learned. */
  private without = 0;
  private within = 0;
  private proofs = 0;
  private before = 0;
  private after = 0;
  private shareBefore = 0;
  private value = 0;
  private isKnown = false;

  constructor(private readonly options: CycleOptions) {
    this.levels = new Float64Array(options.bins);
    this.turns = new Float64Array(options.bins);
  }

  /** What the cycle adds to the level at a time in epoch milliseconds, as far as it is believed. */
  partAt(at: number): number {
    const { lengthMs, bins } = this.options;
    const place = ((((at % lengthMs) + lengthMs) % lengthMs) / lengthMs) * bins - 0.5;
    const floor = Math.floor(place);
    this.before = (floor + bins) % bins;
    this.after = (floor + 1) % bins;
    this.shareBefore = 1 - (place - floor);
    this.isKnown = this.turns[this.shareBefore > 0.5 ? this.before : this.after]! > 0.3;
    this.value = this.between();
    return this.gate * (this.value - this.centre());
  }

  /** Half of what the profile climbs or falls around the time last asked for: being early or late by minutes means little there. */
  slack(): number {
    const isSeen = this.turns[this.before]! > 0 && this.turns[this.after]! > 0;
    return isSeen ? (this.gate * Math.abs(this.levels[this.before]! - this.levels[this.after]!)) / 2 : 0;
  }

  /** Mean of the profile: not the cycle's to explain, else a trend would pass for one. */
  private centre(): number {
    return this.binsSeen > 0 ? this.levelSum / this.binsSeen : 0;
  }

  private between(): number {
    const before = this.turns[this.before]! > 0 ? this.shareBefore : 0;
    const after = this.turns[this.after]! > 0 ? 1 - this.shareBefore : 0;
    if (before + after === 0) return 0;
    return (before * this.levels[this.before]! + after * this.levels[this.after]!) / (before + after);
  }

  /** Takes in how far the value at the time last asked for lay from the mean. */
  learn(deviation: number, periodMs: number, weight: number): void {
    if (this.isKnown) this.prove(deviation, periodMs);
    const { lengthMs, bins } = this.options;
    const turn = Math.min(1, (periodMs * bins) / lengthMs);
    this.learnBin(this.before, turn * this.shareBefore, deviation, weight);
    this.learnBin(this.after, turn * (1 - this.shareBefore), deviation, weight);
  }

  private prove(deviation: number, periodMs: number): void {
    const { proofDays, lengthMs, gateFrom, gateTo } = this.options;
    this.proofs++;
    const rate = Math.max(periodMs / (proofDays * DAY_MS), 1 / this.proofs);
    this.without += Math.min(1, rate) * (Math.abs(deviation) - this.without);
    this.within += Math.min(1, rate) * (Math.abs(deviation - this.value + this.centre()) - this.within);
    const explained = this.without > 0 ? 1 - this.within / this.without : 0;
    const lived = Math.min(1, (this.proofs * periodMs) / lengthMs);
    this.gate = lived * Math.min(1, Math.max(0, (explained - gateFrom) / (gateTo - gateFrom)));
  }

  private learnBin(bin: number, turn: number, deviation: number, weight: number): void {
    if (turn <= 0) return;
    if (this.turns[bin] === 0) this.begin(bin, deviation);
    this.turns[bin]! += turn;
    const rate = Math.max(turn / (this.turns[bin]! + 0.5), Math.min(0.5, turn * this.options.renewal));
    const step = weight * rate * (deviation - this.value);
    this.levels[bin]! += step;
    this.levelSum += step;
  }

  private begin(bin: number, deviation: number): void {
    this.levels[bin] = this.isKnown ? this.value : deviation;
    this.levelSum += this.levels[bin]!;
    this.binsSeen++;
  }
}
