// What is usual of many series of one signal: a level, its noise and its hours, learned while nothing is on its way; a row a series.

import { median } from '../../../maths/median.ts';
import type { Signal } from './signals.ts';

/** The newest values that are kept of a quiet series: a trend is noticed when it is some values old. */
export const RECENT = 24;
const HOURS = 24;
/** A level forgets what is older than this, an hour's own habit what is older than so many days. */
const MEMORY_MS = 6 * 24 * 3_600_000;
const HOUR_STEP = 0.15;
/** The middle one of the newest values is so many noises away: the level leans towards the limit. */
const LEANS = 1;
const LONGEST_STEP_MS = 24 * 3_600_000;

/** One closed value of a series. */
export interface Closed {
  row: number;
  /** Epoch milliseconds. */
  at: number;
  /** Above what is usual towards the limit, in the unit of the KPI; what the whole network does is not yet taken off. */
  away: number;
}

type Columns = Record<(typeof COLUMNS)[number], Float32Array>;
const COLUMNS = ['level', 'scale', 'sum', 'count', 'values', 'recent', 'hours'] as const;

export class UsualLevels {
  private columns: Columns;
  /** END of the newest tick that is being filled, and the time of the newest that is closed; epoch milliseconds. */
  private tick: Float64Array = new Float64Array(0);
  private closedAt: Float64Array = new Float64Array(0);
  /** Milliseconds from one closed value to the next. */
  private step: Float32Array = new Float32Array(0);
  private readonly width: Record<keyof Columns, number>;

  constructor(
    private readonly signal: Signal,
    private readonly hourOf: (at: number) => number,
  ) {
    const { hasHours } = signal;
    this.width = { level: 1, scale: 1, sum: 1, count: 1, values: 1, recent: RECENT, hours: hasHours ? HOURS : 0 };
    this.columns = Object.fromEntries(COLUMNS.map((name) => [name, new Float32Array(0)])) as Columns;
  }

  get bytes(): number {
    return COLUMNS.reduce((sum, name) => sum + this.columns[name].byteLength, 20 * this.tick.length);
  }

  /** Makes room for a row, empty. */
  reset(row: number): void {
    if (row >= this.tick.length) this.grow(Math.max(256, 2 * row));
    for (const name of COLUMNS) this.columns[name].fill(0, row * this.width[name], (row + 1) * this.width[name]);
    this.tick[row] = 0;
    this.closedAt[row] = 0;
    this.step[row] = this.signal.tickMs;
  }

  /** Takes a reading; true once the next one would belong to another tick: then it is to be closed after all of that moment. */
  add(row: number, at: number, periodMs: number, value: number): boolean {
    const { tickMs } = this.signal;
    if (at <= this.closedAt[row]!) return false;
    const end = Math.ceil(at / tickMs) * tickMs;
    if (end < this.tick[row]!) return false;
    if (end > this.tick[row]!) {
      this.tick[row] = end;
      this.columns.sum[row] = 0;
      this.columns.count[row] = 0;
    }
    this.columns.sum[row]! += value;
    this.columns.count[row]! += 1;
    return at + periodMs > end;
  }

  /** How far the tick's mean is from what is usual; undefined where none is open. */
  close(row: number, at: number): Closed | undefined {
    const { sum, count, level, values } = this.columns;
    if (count[row] === 0) return undefined;
    const value = this.signal.toward * (sum[row]! / count[row]!);
    count[row] = 0;
    if (this.closedAt[row]! > 0) this.step[row] = Math.min(at - this.closedAt[row]!, LONGEST_STEP_MS);
    this.closedAt[row] = at;
    if (values[row] === 0) level[row] = value;
    return { row, at, away: value - level[row]! - this.habit(row, at) };
  }

  stepMs(row: number): number {
    return Math.max(this.step[row]!, 1000);
  }

  /** Learns that a value so far away (what the network does taken off) was usual. */
  learn(row: number, at: number, away: number): void {
    const { level, scale, values, hours } = this.columns;
    const { leastScale, hasHours } = this.signal;
    values[row]! += 1;
    const most = 5 * (scale[row]! + leastScale);
    const step = values[row]! < 8 ? away : Math.max(-most, Math.min(most, away));
    const held = this.leans(row) ? this.signal.learnsLeaning : 1;
    const rate = Math.max(1 / values[row]!, this.stepMs(row) / MEMORY_MS);
    level[row]! += held * rate * step;
    scale[row]! += held * Math.max(1 / values[row]!, 0.01) * (Math.abs(step) - scale[row]!);
    if (hasHours) hours[row * HOURS + this.hourOf(at)]! += held * (values[row]! > 24 ? HOUR_STEP / 4 : 0) * step;
  }

  /** Something may be on its way, too little yet to say so. */
  private leans(row: number): boolean {
    if (this.signal.learnsLeaning === 1 || !this.isKnown(row)) return false;
    return median([...this.recent(row)])! > LEANS * this.scale(row);
  }

  /** Keeps a value among the newest of its row. */
  remember(row: number, away: number): void {
    const { recent } = this.columns;
    recent.copyWithin(row * RECENT, row * RECENT + 1, (row + 1) * RECENT);
    recent[(row + 1) * RECENT - 1] = away;
  }

  /** The newest values, oldest first. */
  recent(row: number): Float32Array {
    return this.columns.recent.subarray(row * RECENT, (row + 1) * RECENT);
  }

  /** Whether enough is known to say that something is not usual. */
  isKnown(row: number): boolean {
    return this.columns.values[row]! >= this.signal.warmUp;
  }

  scale(row: number): number {
    // A mean of absolute differences is 0.8 of a standard deviation.
    return Math.max(this.signal.leastScale, 1.25 * this.columns.scale[row]!);
  }

  /** What is usual at a time, in the unit of the KPI. */
  usual(row: number, at: number): number {
    return this.signal.toward * (this.columns.level[row]! + this.habit(row, at));
  }

  /** What was away by so much is usual from now on. */
  accept(row: number, away: number): void {
    this.columns.level[row]! += away;
  }

  save(): Record<string, ArrayBufferView> {
    return { ...this.columns, tick: this.tick, closedAt: this.closedAt, step: this.step };
  }

  load(saved: Record<string, Float32Array | Float64Array>): void {
    for (const name of COLUMNS) this.columns[name] = saved[name] as Float32Array;
    this.tick = saved.tick as Float64Array;
    this.closedAt = saved.closedAt as Float64Array;
    this.step = saved.step as Float32Array;
  }

  private habit(row: number, at: number): number {
    return this.signal.hasHours ? this.columns.hours[row * HOURS + this.hourOf(at)]! : 0;
  }

  private grow(rows: number): void {
    const { columns } = this;
    for (const name of COLUMNS) columns[name] = widened(columns[name], new Float32Array(rows * this.width[name]));
    this.tick = widened(this.tick, new Float64Array(rows));
    this.closedAt = widened(this.closedAt, new Float64Array(rows));
    this.step = widened(this.step, new Float32Array(rows));
  }
}

function widened<T extends Float32Array | Float64Array>(from: T, into: T): T {
  into.set(from);
  return into;
}
