// Keeps findings of mere chance within what a network is willing to look at: the line is drawn anew each day by how strengths fall off.

import type { Cells } from './cells.ts';
import type { SeasonalProfile } from './profile.ts';

/** Peaks of a day are counted from this strength on, the line of release, in such steps. */
const FROM = 0.7;
const STEP = 0.05;
const STEPS = 48;
/** Beyond, something happened: that says nothing about chance. */
const CHANCE_ENDS = 1.5;
/** Where the fall is measured from and to. */
const HIGH = 0.9;
/** Days and cell-days from which the line is drawn. */
const KNOWN_DAYS = 7;
const KNOWN_CELL_DAYS = 500;
/** Memory, days. */
const MEMORY_DAYS = 28;
const KEEP = 1 - 1 / MEMORY_DAYS;
/** What is not known by then never is: by then the memory is as full as it gets. */
const MOST_DAYS_TO_GO = 4 * MEMORY_DAYS;
/** A budget is told for so many cells. */
const PER_CELLS = 100_000;

export interface BudgetState {
  day: number;
  days: number;
  cellDays: number;
  peaks: number[];
  begun: number;
  line: number;
}

/** How the budget is kept; rates are a day, over the last weeks. */
export interface BudgetReport {
  cells: number;
  /** Allowed, expected of chance beyond the line, and begun in truth (whatever the cause). */
  allowed: number;
  expected: number | null;
  begun: number | null;
  /** Days that these rest on, older ones fading; and how many more until the line is drawn by them: null with too few cells for it. */
  days: number;
  daysToGo: number | null;
  /** The strength that an anomaly must reach: 1 is the line of the profile. */
  line: number;
}

export class Budget {
  /** 1, or higher where chance alone would use up more than the budget. */
  line = 1;
  private day = 0;
  private days = 0;
  private cellDays = 0;
  private peaks = new Float64Array(STEPS);
  private begun = 0;

  constructor(
    private readonly cells: Cells,
    private readonly profile: SeasonalProfile,
  ) {}

  /** Local day of what is judged next; with a new one yesterday's peaks are taken in and the line is drawn anew. */
  turnTo(day: number): void {
    if (day <= this.day) return;
    if (this.day > 0) this.closeDay();
    this.day = day;
  }

  /** The strongest of a cell's values of one period. A peak counts once one of the two before reaches it, as an alarm does. */
  note(slot: number, strength: number): void {
    const f = this.cells.columns.fields;
    const [before, earlier] = [f.strength1[slot]!, f.strength2[slot]!];
    const confirmed = Math.min(strength, Math.max(before, earlier));
    f.strength2[slot] = before;
    f.strength1[slot] = strength;
    if (confirmed > f.peak[slot]!) f.peak[slot] = confirmed;
  }

  noteBegun(): void {
    this.begun++;
  }

  report(): BudgetReport {
    const cells = this.cells.columns.live;
    const { days } = this;
    const chance = this.chance();
    const allowed = (cells * this.profile.alertsPerDay) / PER_CELLS;
    return {
      ...{ cells, allowed, days, daysToGo: this.daysToGo(), line: this.line },
      expected: chance && cells * chance.beyond(this.line),
      begun: days > 0 ? this.begun / days : null,
    };
  }

  save(): BudgetState {
    const { day, days, cellDays, peaks, begun, line } = this;
    return { day, days, cellDays, peaks: [...peaks], begun, line };
  }

  load({ peaks, ...rest }: BudgetState): void {
    Object.assign(this, rest);
    this.peaks = Float64Array.from(peaks);
  }

  private closeDay(): void {
    this.days = this.days * KEEP + 1;
    this.cellDays = this.cellDays * KEEP + this.cells.columns.live;
    this.begun *= KEEP;
    const { peak } = this.cells.columns.fields;
    for (let step = 0; step < STEPS; step++) this.peaks[step]! *= KEEP;
    for (let slot = 0; slot < this.cells.columns.length; slot++) {
      if (peak[slot]! >= FROM) this.peaks[Math.min(STEPS - 1, Math.floor((peak[slot]! - FROM) / STEP))]!++;
      peak[slot] = 0;
    }
    this.drawLine();
  }

  /** By what is known and by the budget as it is now. */
  drawLine(): void {
    const chance = isKnown(this.days, this.cellDays) ? this.chance() : null;
    if (!chance) return;
    const wanted = chance.strengthOf(this.profile.alertsPerDay / PER_CELLS);
    this.line = Math.min(this.profile.highestLine, Math.max(1, wanted));
  }

  /**
   * The tail of a day's peaks: exponential beyond HIGH, fitted where chance rules (peaks over threshold; Coles, An
   * Introduction to Statistical Modeling of Extreme Values, ch. 4), so that true incidents, which lie far beyond, do not raise it.
   */
  private chance() {
    if (this.cellDays === 0) return null;
    const from = this.between(FROM, CHANCE_ENDS);
    const high = this.between(HIGH, CHANCE_ENDS);
    const rate = Math.log((from + 1) / (high + 0.5)) / (HIGH - FROM);
    const atHigh = (high + 0.5) / this.cellDays;
    return {
      beyond: (strength: number) => atHigh * Math.exp(-rate * (strength - HIGH)),
      strengthOf: (share: number) => HIGH + Math.log(atHigh / share) / rate,
    };
  }

  private daysToGo(): number | null {
    let { days, cellDays } = this;
    for (let toGo = 0; toGo <= MOST_DAYS_TO_GO; toGo++) {
      if (isKnown(days, cellDays)) return toGo;
      days = days * KEEP + 1;
      cellDays = cellDays * KEEP + this.cells.columns.live;
    }
    return null;
  }

  private between(low: number, high: number): number {
    let sum = 0;
    const [first, end] = [Math.round((low - FROM) / STEP), Math.round((high - FROM) / STEP)];
    for (let step = first; step < end; step++) sum += this.peaks[step]!;
    return sum;
  }
}

const isKnown = (days: number, cellDays: number) => days >= KNOWN_DAYS && cellDays >= KNOWN_CELL_DAYS;
