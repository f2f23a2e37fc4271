// The memory of one KPI over all cells: a baseline by hour of the week, its scale, and what was out of line of late.

import { dither } from '../../../maths/dither.ts';
import { HOURS_PER_WEEK } from '../../../maths/local-hour.ts';
import type { Evidence } from '../../../model/finding.ts';
import { Columns, type ColumnsState } from './columns.ts';
import { fromScale, type KpiRule, periodFactor } from './kpi-rule.ts';
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
  /** How long the value has stood off to one side, and how far. */
  offHours: ['f32', 1],
  offLevel: ['f32', 1],
  /** One bit a judged period, newest lowest: 1 = out of line. */
  bits: ['u8', 1],
  raised: ['u8', 1],
  /** Level by hour of the week in compact form, and values seen there. */
  week: ['u16', HOURS_PER_WEEK],
  weekCount: ['u8', HOURS_PER_WEEK],
  /** Typical deviation by hour of the day, compact. Ratios know theirs from their attempts. */
  spread: ['u16', 24],
} as const;

const LAST_THREE = 0b111;
const HOURS_PER_DAY = 24;

/** How much is known about an hour of the week. */
export const STAGE = { cold: 0, overall: 1, hourOfDay: 2, hourOfWeek: 3 } as const;

/** The usual range, in the unit of the KPI. */
export interface Band {
  low: number;
  mid: number;
  high: number;
}

/** A value that is out of line, with what it is compared to. */
export interface Hit extends Band {
  memory: Series;
  series: number;
  row: number;
  strength: number;
  value: number;
  attempts: number | undefined;
}

export abstract class Series {
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

  /**
   * How far the value is out of line in the harmful direction: 1 = at the line. NaN when it cannot be judged.
   * `bin` is the local hour of the week, `attempts` NaN where none are known; value in the unit of the KPI.
   */
  abstract judge(series: number, bin: number, periodHours: number, value: number, attempts: number): number;
  /** Learns the value just judged. */
  abstract learn(series: number, bin: number, periodHours: number, at: number, attempts: number): void;
  /** The usual range, as `judge` saw it last. */
  protected abstract band(): Band;
  /** Makes `band` ready for an hour without a value; false when nothing is known of it yet. */
  protected abstract look(series: number, bin: number, periodHours: number): boolean;

  /** The series of a cell; −1 when there is none. */
  knownSeries(cell: number): number {
    return (this.seriesOfCell[cell] ?? 0) - 1;
  }

  /** The series of a cell, new if need be. */
  seriesOf(cell: number, seed: number): number {
    const known = this.seriesOfCell[cell]!;
    if (known > 0) return known - 1;
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

  get bytes(): number {
    return this.columns.bytes + this.seriesOfCell.byteLength;
  }

  /** Takes back what `columns.save` gave. */
  load(state: ColumnsState, read: (bytes: number) => Uint8Array, cellCapacity: number): void {
    this.columns.load(state, read);
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

  /** Judges a value without learning it, with its usual range in the unit of the KPI for this period. */
  compare(series: number, bin: number, periodSeconds: number, value: number, row: number, attempts = Number.NaN): Hit {
    const scaled = value * periodFactor(this.rule, periodSeconds);
    const strength = this.judge(series, bin, periodSeconds / 3600, scaled, attempts);
    return this.hit(series, row, strength, value, attempts, periodSeconds);
  }

  /** The value that was judged last, with its usual range. */
  hit(series: number, row: number, strength: number, value: number, attempts: number, periodSeconds: number): Hit {
    const band = this.bandFor(periodSeconds);
    const known = !Number.isNaN(attempts) ? attempts : undefined;
    return { memory: this, series, row, strength, value, attempts: known, ...band };
  }

  /** The usual range at an hour without a value; null while nothing is known of it. */
  usualAt(series: number, bin: number, periodSeconds: number): Band | null {
    return this.look(series, bin, periodSeconds / 3600) ? this.bandFor(periodSeconds) : null;
  }

  private bandFor(periodSeconds: number): Band {
    const factor = periodFactor(this.rule, periodSeconds);
    const { low, mid, high } = this.stage === STAGE.cold ? this.hardLineBand() : this.band();
    return { low: low / factor, mid: mid / factor, high: high / factor };
  }

  /** Takes the verdict on one period into account; +1 when the series becomes raised, −1 when it no longer is, else 0. */
  confirm(series: number, strength: number): -1 | 0 | 1 {
    const { bits, raised } = this.columns.fields;
    const { profile } = this;
    const line = raised[series] ? profile.releaseStrength : 1;
    const now = ((bits[series]! << 1) | (strength >= line ? 1 : 0)) & 0xff;
    bits[series] = now;
    if (now === 0 && !raised[series]) return 0;
    if (raised[series]) {
      if ((now & ((1 << profile.clearPeriods) - 1)) !== 0) return 0;
      return this.release(series);
    }
    const often = countBits(now & LAST_THREE) >= profile.confirmPeriods && (now & 1) === 1;
    if (!often && !(strength >= profile.overwhelmingStrength)) return 0;
    raised[series] = 1;
    return 1;
  }

  /** Periods back to the first of the last three that was out of line. */
  periodsOut(series: number): number {
    const recent = this.columns.fields.bits[series]! & LAST_THREE;
    return recent & 4 ? 2 : recent & 2 ? 1 : 0;
  }

  /** No longer raised, with a clean slate. */
  release(series: number): -1 {
    const { bits, raised } = this.columns.fields;
    bits[series] = 0;
    raised[series] = 0;
    return -1;
  }

  /**
   * Notes which side of the usual the value stands on; true when it has stood there long enough to be the new level, which it
   * then is. A range too wide to tell (few attempts at night) says nothing for or against.
   */
  acceptNewLevel(series: number, periodHours: number): boolean {
    const { offHours, offLevel, shift } = this.columns.fields;
    const residual = this.x - this.mid;
    const off = offHours[series]!;
    const stands = Math.abs(residual) > this.half / 2;
    if (off === 0 && !stands) return false;
    const level = offLevel[series]!;
    if (stands && (off === 0 || level > 0 === residual > 0)) {
      const rate = Math.max(periodHours / (off + periodHours), periodHours / HOURS_PER_DAY);
      offLevel[series] = off === 0 ? residual : level + rate * (residual - level);
      offHours[series] = off + periodHours;
    } else if (this.half < 2 * Math.abs(level)) {
      offHours[series] = Math.max(0, off - 2 * periodHours);
    }
    if (offHours[series]! < this.profile.newLevelHours) return false;
    shift[series]! += offLevel[series]!;
    offHours[series] = 0;
    return true;
  }

  /** Sets `mid` and `stage` for an hour of the week: its own level, else that of its neighbours, else the mean. */
  protected expect(series: number, bin: number, periodHours: number): void {
    const { week, weekCount, hours, mean, shift } = this.columns.fields;
    const { capacity } = this.columns;
    const at = bin * capacity + series;
    const count = weekCount[at]!;
    if (count > 0) {
      this.mid = this.rule.origin + week[at]! * this.rule.quantum + shift[series]!;
      this.stage = count * periodHours > 0.99 ? STAGE.hourOfWeek : STAGE.hourOfDay;
      this.knowsHour = true;
    } else {
      this.expectFromOtherDays(series, bin % HOURS_PER_DAY, mean[series]! + shift[series]!);
    }
    if (hours[series] === 0) this.mid = this.x;
    if (hours[series]! < this.profile.coldHours) this.stage = STAGE.cold;
  }

  private expectFromOtherDays(series: number, hour: number, otherwise: number): void {
    const { week, weekCount, shift } = this.columns.fields;
    const { capacity } = this.columns;
    let sum = 0;
    let days = 0;
    for (let bin = hour; bin < HOURS_PER_WEEK; bin += HOURS_PER_DAY) {
      const at = bin * capacity + series;
      if (weekCount[at] === 0) continue;
      sum += week[at]!;
      days++;
    }
    this.mid = days > 0 ? this.rule.origin + (sum / days) * this.rule.quantum + shift[series]! : otherwise;
    this.stage = days > 0 ? STAGE.hourOfDay : STAGE.overall;
    this.knowsHour = days > 0;
  }

  /** Moves the hour of the week by a share of `step`; an hour that was never seen starts at `from`. */
  protected learnHour(series: number, bin: number, periodHours: number, at: number, from: number, step: number): void {
    const { week, weekCount, shift, seed } = this.columns.fields;
    const { profile, rule } = this;
    const index = bin * this.columns.capacity + series;
    const count = weekCount[index]!;
    const known = count > 0 ? rule.origin + week[index]! * rule.quantum : from - shift[series]!;
    const seen = count * periodHours;
    const rate = Math.max(
      periodHours / (seen + periodHours + profile.priorHours),
      Math.min(0.5, periodHours / profile.weekMemoryHours),
    );
    const code = (known + rate * step - rule.origin) / rule.quantum;
    week[index] = Math.min(65_535, Math.max(0, Math.floor(code + dither(seed[series]!, at / 1000))));
    if (count < 255) weekCount[index] = count + 1;
  }

  /** The first hours know only the line that operators run by: how far a gross miss of it goes, 1 = at the limit. */
  protected beyondHardLine(value: number): number {
    const { line, worse } = this.rule.kpi;
    if (line === undefined) return 0;
    return (worse === 'lower' ? line - value : value - line) / this.hardLineMargin;
  }

  private hardLineBand(): Band {
    const { line, range, worse } = this.rule.kpi;
    const [least, most] = range;
    if (line === undefined) return { low: least, mid: fromScale(this.rule, this.mid), high: most };
    const lower = worse === 'lower';
    return {
      low: lower ? line - this.hardLineMargin : least,
      mid: line,
      high: lower ? most : Math.min(most, line + this.hardLineMargin),
    };
  }

  private get hardLineMargin(): number {
    return this.profile.hardLineChanges * this.rule.kpi.leastChange;
  }

  /** Drift, mean and age, common to both models. */
  protected learnOverall(series: number, periodHours: number, residual: number, weight: number): void {
    const { hours, mean, shift } = this.columns.fields;
    const age = hours[series]!;
    if (age < HOURS_PER_WEEK) {
      mean[series]! += weight * (periodHours / (age + periodHours)) * (this.x - shift[series]! - mean[series]!);
    } else {
      shift[series]! += weight * Math.min(0.1, periodHours / this.profile.driftMemoryHours) * residual;
    }
    hours[series] = age + periodHours;
  }
}

/** A value and its usual range as evidence. */
export function evidenceOf(band: Band, observed: number | null, score: number, attempts?: number): Evidence {
  const evidence: Evidence = { observed, expected: band.mid, low: band.low, high: band.high, score };
  return attempts === undefined ? evidence : { ...evidence, attempts };
}

function countBits(bits: number): number {
  return (bits & 1) + ((bits >> 1) & 1) + ((bits >> 2) & 1);
}
