// Where the usual of a KPI stood at the end of each of the last nights, cell by cell: what creeps is learned as it comes, and shows here alone.

import { DAY_HOUR_BINS } from '../../../maths/day-hours.ts';
import { HOURS_PER_DAY } from './baseline.ts';
import { Columns } from './columns.ts';
import { fromScale, harmOf, toScale } from './kpi-rule.ts';
import type { SeasonalProfile } from './profile.ts';
import type { Series } from './series.ts';

/** Five weeks: one to compare with, four in which to creep. What came before is the usual by then. */
export const NIGHTS = 35;
/** The oldest nights that are compared with, and how many must be known. *Default.* */
const REFERENCE_NIGHTS = 7;
const LEAST_NIGHTS = 14;
/** Hours of data until the usual of a week is known. */
const WEEK_HOURS = 168;
/** A day of the week of which there are five counts for five. */
const WORKDAYS = 5;

const SCHEMA = {
  /** Compact level on the average of a week, without what changed at once and was accepted, by night modulo `NIGHTS`. */
  level: ['u16', NIGHTS],
  /** Nights known, the newest among them. */
  known: ['u8', 1],
} as const;

export class Trail {
  /** Row by row the same series as in the memory. */
  readonly columns = new Columns(SCHEMA);
  private night = 0;
  /** The oldest nights of one series, where nobody looks for more than a moment. */
  private readonly oldest = new Uint16Array(REFERENCE_NIGHTS);

  constructor(
    readonly memory: Series,
    private readonly profile: SeasonalProfile,
  ) {}

  /** A night is over, the first of `nights` since the last one that was noted; `night` counts local days. */
  note(night: number, nights: number): void {
    this.night = night;
    const { length } = this.memory.columns;
    this.columns.cover(length);
    const levels = weekLevels(this.memory);
    for (let series = 0; series < length; series++) this.noteSeries(series, levels[series]!, nights);
  }

  /** How far the usual has moved from where it stood in the oldest nights, on the scale worked on; NaN: not known. */
  change(series: number): number {
    return this.columns.fields.known[series]! < LEAST_NIGHTS ? Number.NaN : this.now(series) - this.reference(series);
  }

  /** Where the usual stands. */
  now(series: number): number {
    return this.levelAt(series, 0) + this.memory.columns.fields.accepted[series]!;
  }

  /** Where the usual stood in the oldest nights, that in the middle of them, had what changed at once since then been so already. */
  reference(series: number): number {
    const { known, level } = this.columns.fields;
    const { oldest } = this;
    for (let i = 0; i < REFERENCE_NIGHTS; i++) oldest[i] = level[this.indexOf(series, known[series]! - 1 - i)]!;
    const { origin, quantum } = this.memory.rule;
    return origin + oldest.sort()[REFERENCE_NIGHTS >> 1]! * quantum + this.memory.columns.fields.accepted[series]!;
  }

  /** The levels of all nights known, the oldest first, without what changed at once. */
  nights(series: number): number[] {
    const known = this.columns.fields.known[series]!;
    return Array.from({ length: known }, (_, i) => this.levelAt(series, known - 1 - i));
  }

  /** The least change from `level` in the harmful direction that means anything, on the scale worked on. */
  leastStep(level: number): number {
    const { rule } = this.memory;
    const { leastChange } = rule.kpi;
    if (!rule.log) return leastChange;
    const value = fromScale(rule, level);
    const step = Math.max(leastChange, this.profile.driftLeastShare * value);
    return Math.abs(toScale(rule, value + harmOf(rule) * step) - level);
  }

  private noteSeries(series: number, level: number, nights: number): void {
    const { known } = this.columns.fields;
    if (this.memory.columns.fields.hours[series]! < WEEK_HOURS || Number.isNaN(level)) {
      known[series] = 0;
      return;
    }
    // Of nights without data it is known that nothing was learned.
    const before = known[series]! > 0 ? this.levelAt(series, nights) : level;
    for (let age = Math.min(nights, NIGHTS) - 1; age > 0; age--) this.put(series, age, before);
    this.put(series, 0, level);
    known[series] = Math.min(NIGHTS, known[series]! + nights);
  }

  private levelAt(series: number, age: number): number {
    const { origin, quantum } = this.memory.rule;
    return origin + this.columns.fields.level[this.indexOf(series, age)]! * quantum;
  }

  private put(series: number, age: number, level: number): void {
    const { origin, quantum } = this.memory.rule;
    const code = Math.round((level - origin) / quantum);
    this.columns.fields.level[this.indexOf(series, age)] = Math.min(65_535, Math.max(0, code));
  }

  private indexOf(series: number, age: number): number {
    return ((((this.night - age) % NIGHTS) + NIGHTS) % NIGHTS) * this.columns.capacity + series;
  }
}

/**
 * What values are on the average of a week, by series, on the scale worked on: their usual, which drifts after them, and how far
 * they have been ahead of it (double exponential smoothing, Brown 1959), without what changed at once. NaN where nothing is known.
 */
function weekLevels({ columns, rule }: Series): Float64Array {
  const { length, capacity } = columns;
  const { levels, levelCount, shift, ahead, accepted } = columns.fields;
  const sums = new Float64Array(length);
  const weights = new Float64Array(length);
  for (let bin = 0; bin < DAY_HOUR_BINS; bin++) {
    const weight = bin < HOURS_PER_DAY ? WORKDAYS : 1;
    const from = bin * capacity;
    for (let series = 0; series < length; series++) {
      if (levelCount[from + series] === 0) continue;
      sums[series]! += weight * levels[from + series]!;
      weights[series]! += weight;
    }
  }
  const { origin, quantum } = rule;
  return sums.map((sum, series) => {
    const drifted = shift[series]! + ahead[series]! - accepted[series]!;
    return origin + (quantum * sum) / weights[series]! + drifted;
  });
}
