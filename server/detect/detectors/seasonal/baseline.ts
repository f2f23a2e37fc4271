// What is usual for one KPI, cell by cell: a level for every hour of workdays, Saturdays and Sundays, learned value by value in constant memory.

import { DAY_HOUR_BINS } from '../../../maths/day-hours.ts';
import { dither } from '../../../maths/dither.ts';
import { Columns, type ColumnsState } from './columns.ts';
import type { KpiRule } from './kpi-rule.ts';
import type { Pace } from './pace.ts';
import type { SeasonalProfile } from './profile.ts';

const SCHEMA = {
  /** Newest period judged, epoch milliseconds: the same or older is never learned nor judged. */
  lastAt: ['f64', 1],
  cell: ['u32', 1],
  /** Of the cell, for dithering: the same in whichever place the cell lies. */
  seed: ['u32', 1],
  /** Hours of data learned from. */
  hours: ['f32', 1],
  /** Mean over all hours, used until the hour of the day is known. */
  mean: ['f32', 1],
  /** Levels: typical deviation from the baseline. Ratios: variance beyond what chance gives. */
  scale: ['f32', 1],
  /** Usual number of attempts or users behind a value. */
  attempts: ['f32', 1],
  /** Added to every hour: slow drift, and new levels that were accepted. */
  shift: ['f32', 1],
  /** How far values of late have been ahead of the usual as it drifts after them. */
  ahead: ['f32', 1],
  /** What of `shift` got worse at once and was accepted: that is no drift. */
  accepted: ['f32', 1],
  /** How long the value has stood off to one side, how far on the average of a day, and how far it did a day before. */
  offHours: ['f32', 1],
  offLevel: ['f32', 1],
  offBefore: ['f32', 1],
  /** How far out of line it is on the average of the last hours, in strengths. */
  lately: ['f32', 1],
  /** The newest value, how often it came in a row, and how often any did while it was learned. */
  newest: ['f32', 1],
  alike: ['u16', 1],
  mostAlike: ['u16', 1],
  /** One bit a judged period, newest lowest: 1 = out of line. */
  bits: ['u8', 1],
  /** By which channel, as RAISED says. */
  raised: ['u8', 1],
  /** Level by hour and type of day in compact form, and values seen there. */
  levels: ['u16', DAY_HOUR_BINS],
  levelCount: ['u8', DAY_HOUR_BINS],
  /** Typical deviation by hour of the day, compact. Ratios know theirs from their attempts. */
  spread: ['u16', 24],
} as const;

/** What a series is raised for: nothing, values out of line, a shift that is small but lasts, or values that stand still. */
export const RAISED = { no: 0, residual: 1, shift: 2, still: 3 } as const;

export const HOURS_PER_DAY = 24;
const HOURS_PER_WEEK = 168;

/** How much is known about an hour: nothing, the mean of all, the same hour of other days, itself. */
export const STAGE = { cold: 0, overall: 1, otherDays: 2, ownHour: 3 } as const;
/** Hours of data from which an hour is known by itself: some workdays, or one day of a weekend. */
const OWN_HOURS = { workday: 2.99, weekend: 0.99 };

export abstract class Baseline {
  readonly columns = new Columns(SCHEMA);
  /** Series + 1 by cell slot; 0 = none. */
  seriesOfCell = new Int32Array(0);
  /** What `judge` found, for `learn` and `band`: on the scale of the rule. */
  protected x = 0;
  protected mid = 0;
  protected stage: number = STAGE.cold;
  /** Whether this hour of the day was lived through before, on any day. */
  protected knowsHour = false;
  /** Standard deviation, and half the usual range. */
  protected sd = 0;
  protected half = 0;

  constructor(
    readonly rule: KpiRule,
    protected readonly profile: SeasonalProfile,
  ) {}

  /** The series of a cell; −1 when there is none. */
  knownSeries(cell: number): number {
    return (this.seriesOfCell[cell] ?? 0) - 1;
  }

  /** The series of a cell, new if need be. */
  seriesOf(cell: number, seed: number): number {
    const known = this.seriesOfCell[cell]!;
    return known > 0 ? known - 1 : this.addSeries(cell, seed);
  }

  private addSeries(cell: number, seed: number): number {
    const series = this.columns.add();
    this.columns.fields.cell[series] = cell;
    this.columns.fields.seed[series] = seed;
    this.seriesOfCell[cell] = series + 1;
    return series;
  }

  /** Room for so many cells. */
  reserveCells(capacity: number): void {
    if (capacity <= this.seriesOfCell.length) return;
    const next = new Int32Array(capacity);
    next.set(this.seriesOfCell);
    this.seriesOfCell = next;
  }

  isCold(series: number): boolean {
    return this.columns.fields.hours[series]! < this.profile.coldHours;
  }

  /** Series that know only hard lines. */
  get cold(): number {
    let cold = 0;
    for (const series of this.seriesOfCell) if (series > 0 && this.isCold(series - 1)) cold++;
    return cold;
  }

  get bytes(): number {
    return this.columns.bytes + this.seriesOfCell.byteLength;
  }

  /** Takes back what `columns.save` gave; `absent` are fields that it did not have yet. */
  load(
    state: ColumnsState,
    read: (bytes: number) => Uint8Array,
    cellCapacity: number,
    absent: readonly string[] = [],
  ): void {
    this.columns.load(state, read, absent);
    this.reserveCells(cellCapacity);
    const free = new Set(state.free);
    for (let series = 0; series < state.length; series++) {
      if (!free.has(series)) this.seriesOfCell[this.columns.fields.cell[series]!] = series + 1;
    }
  }

  forget(cell: number): void {
    const series = this.knownSeries(cell);
    if (series < 0) return;
    this.columns.remove(series);
    this.seriesOfCell[cell] = 0;
  }

  /** Starts anew with what is of later than `from`. */
  relearn(cell: number, from: number): void {
    const series = this.knownSeries(cell);
    if (series < 0) return;
    const { seed, lastAt } = this.columns.fields;
    const [ownSeed, ownLastAt] = [seed[series]!, lastAt[series]!];
    this.forget(cell);
    this.columns.fields.lastAt[this.seriesOf(cell, ownSeed)] = Math.max(ownLastAt, from);
  }

  /** Sets `mid` and `stage` for an hour of a day: its own level, else that of other days, else the mean. */
  protected expect(series: number, bin: number, pace: Pace): void {
    const { levels, levelCount, hours, mean, shift } = this.columns.fields;
    const { capacity } = this.columns;
    const at = bin * capacity + series;
    const count = levelCount[at]!;
    if (count > 0) {
      this.mid = this.rule.origin + levels[at]! * this.rule.quantum + shift[series]!;
      const own = bin < HOURS_PER_DAY ? OWN_HOURS.workday : OWN_HOURS.weekend;
      this.stage = count * pace.hours > own ? STAGE.ownHour : STAGE.otherDays;
      this.knowsHour = true;
    } else {
      this.expectFromOtherDays(series, bin % HOURS_PER_DAY, mean[series]! + shift[series]!);
    }
    if (hours[series] === 0) this.mid = this.x;
    if (hours[series]! < this.profile.coldHours) this.stage = STAGE.cold;
  }

  private expectFromOtherDays(series: number, hour: number, otherwise: number): void {
    const { levels, levelCount, shift } = this.columns.fields;
    const { capacity } = this.columns;
    let sum = 0;
    let days = 0;
    for (let bin = hour; bin < DAY_HOUR_BINS; bin += HOURS_PER_DAY) {
      const at = bin * capacity + series;
      if (levelCount[at] === 0) continue;
      sum += levels[at]!;
      days++;
    }
    this.mid = days > 0 ? this.rule.origin + (sum / days) * this.rule.quantum + shift[series]! : otherwise;
    this.stage = days > 0 ? STAGE.otherDays : STAGE.overall;
    this.knowsHour = days > 0;
  }

  /** Moves the hour by a share of `step`; an hour that was never seen starts at `from`. */
  protected learnHour(series: number, bin: number, pace: Pace, at: number, from: number, step: number): void {
    const { levels, levelCount, shift, seed } = this.columns.fields;
    const { rule } = this;
    const index = bin * this.columns.capacity + series;
    const count = levelCount[index]!;
    const known = count > 0 ? rule.origin + levels[index]! * rule.quantum : from - shift[series]!;
    const rate = Math.max(
      pace.hours / (count * pace.hours + pace.hours + this.profile.priorHours),
      bin < HOURS_PER_DAY ? pace.workday : pace.weekend,
    );
    const code = (known + rate * step - rule.origin) / rule.quantum;
    levels[index] = Math.min(65_535, Math.max(0, Math.floor(code + dither(seed[series]!, at / 1000))));
    if (count < 255) levelCount[index] = count + 1;
  }

  /** Drift, mean and age, common to both models. */
  protected learnOverall(series: number, pace: Pace, residual: number, weight: number): void {
    const { hours, mean, shift, ahead } = this.columns.fields;
    const age = hours[series]!;
    if (age < HOURS_PER_WEEK) {
      mean[series]! += weight * (pace.hours / (age + pace.hours)) * (this.x - shift[series]! - mean[series]!);
    } else {
      const rate = weight * pace.drift;
      shift[series]! += rate * residual;
      ahead[series]! += rate * (residual - ahead[series]!);
    }
    hours[series] = age + pace.hours;
  }
}
