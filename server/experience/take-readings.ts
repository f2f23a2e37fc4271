// Puts readings down as hours of cells: parts of one period together, a period that comes again in its place, late ones in theirs.

import { grown } from '../maths/grown.ts';
import { HOUR_MS, type LocalTime } from '../maths/local-time.ts';
import type { Reading, ReadingBatch } from '../model/reading.ts';
import { type CellHours, hoursOf, localHourMs, type Stretch } from './cell-hours.ts';
import { kpisRead, periodScore } from './hour-score.ts';
import type { MergedNumber } from './name-table.ts';
import { OwedHours, type StoreHolds } from './owed-hours.ts';
import type { StarProfile } from './profile.ts';

/** Merged readings of one cell, `from < at <= to`. */
export type StoredReadings = (cell: string, from: number, to: number) => Promise<Reading[]>;

/** A row that cannot be put down at once: the hours around it are made again from what is stored, and from it. */
interface Late {
  at: number;
  periodSeconds: number;
  stretch: Stretch;
  values: Float32Array;
  isSuspect: boolean;
}

const ROWS_A_TURN = 2000;
const COLUMNS_PER_KEY = 2;

export class ReadingTaker {
  private readonly owed: OwedHours;
  private readonly kpis: string[];
  private readonly indexOf: Map<string, number>;
  /** Newest period of each cell: [END, length], its values so far, and whether a part of it is suspect. */
  private newest = new Float64Array(0);
  private values = new Float32Array(0);
  private suspect = new Uint8Array(0);

  constructor(
    private readonly hours: CellHours,
    private readonly time: LocalTime,
    private readonly profile: StarProfile,
    private readonly stored: StoredReadings,
    holds: StoreHolds,
    private readonly log: (line: string) => void,
  ) {
    this.owed = new OwedHours(holds);
    this.kpis = kpisRead(profile);
    this.indexOf = new Map(this.kpis.map((kpi, i) => [kpi, i]));
  }

  /** Some hours were made of less than was accepted: the records must come again after a restart. */
  get isOwing(): boolean {
    return this.owed.isOwing;
  }

  /** `seq`: the record's number; what was accepted before it is waited for where it matters. */
  async take(batch: ReadingBatch, seq: number): Promise<void> {
    for (const [cell, hours] of await this.owed.due()) await this.makeAgain(cell, hours, seq);
    const columns = batch.kpis.flatMap(({ name, values }) => {
      const index = this.indexOf.get(name);
      return index === undefined ? [] : [{ index, values }];
    });
    if (columns.length === 0) return;
    const late = new Map<number, Late[]>();
    const numbers = batch.cells.map((cell) => this.hours.cells.number(cell));
    const row = new Float32Array(this.kpis.length);
    for (let i = 0; i < batch.rows; i++) {
      if (i % ROWS_A_TURN === ROWS_A_TURN - 1) await new Promise((resolve) => setImmediate(resolve));
      const cell = numbers[batch.cell[i]!];
      if (cell === undefined) continue;
      row.fill(Number.NaN);
      for (const { index, values } of columns) row[index] = values[i]!;
      this.takeRow(cell, batch.at[i]!, batch.periodSeconds[i]!, row, batch.suspect[i] === 1, late);
    }
    if (late.size === 0) return;
    const isWhole = await this.owed.storeHolds(seq);
    for (const [cell, rows] of late) await this.takeLate(cell, rows, isWhole, seq);
  }

  /** The newer of what two numbers remember is what their one cell remembers. */
  renamed(merged: readonly MergedNumber[]): void {
    const width = this.kpis.length;
    for (const { from, into } of merged) {
      this.owed.renamed(from, into);
      const cells = Math.max(from, into) + 1;
      this.newest = grown(this.newest, cells * COLUMNS_PER_KEY);
      this.values = grown(this.values, cells * width);
      this.suspect = grown(this.suspect, cells);
      if (this.newest[from * COLUMNS_PER_KEY]! <= this.newest[into * COLUMNS_PER_KEY]!) continue;
      this.newest.copyWithin(into * COLUMNS_PER_KEY, from * COLUMNS_PER_KEY, (from + 1) * COLUMNS_PER_KEY);
      this.values.copyWithin(into * width, from * width, (from + 1) * width);
      this.suspect[into] = this.suspect[from]!;
    }
  }

  private takeRow(
    cell: number,
    at: number,
    periodSeconds: number,
    row: Float32Array,
    isSuspect: boolean,
    late: Map<number, Late[]>,
  ): void {
    if (!hasValue(row)) return;
    const stretch = this.hours.stretch(at, periodSeconds);
    if (!stretch) return;
    this.hours.advance(at);
    const turn = this.remember(cell, at, periodSeconds, row, isSuspect);
    const score =
      turn === 'older'
        ? this.scoreOf(row, periodSeconds, isSuspect)
        : this.scoreOf(this.values, periodSeconds, this.suspect[cell] === 1, cell * this.kpis.length);
    // Another part of the newest period may change what it came to; whatever else differs from what is known is looked up.
    const isSure = turn === 'same' ? this.hours.canHold(stretch) : this.hours.isFree(cell, stretch, score);
    if (isSure) {
      this.hours.put(cell, stretch, score);
      return;
    }
    const rows = late.get(cell) ?? [];
    rows.push({ at, periodSeconds, stretch, values: row.slice(), isSuspect });
    late.set(cell, rows);
  }

  /** Values of the cell's newest period come together; 'older' leaves what is remembered alone. */
  private remember(cell: number, at: number, periodSeconds: number, row: Float32Array, isSuspect: boolean) {
    const width = this.kpis.length;
    this.newest = grown(this.newest, (cell + 1) * COLUMNS_PER_KEY);
    this.values = grown(this.values, (cell + 1) * width);
    this.suspect = grown(this.suspect, cell + 1);
    const [knownAt, knownPeriod] = [this.newest[cell * 2]!, this.newest[cell * 2 + 1]!];
    if (at < knownAt || (at === knownAt && periodSeconds < knownPeriod)) return 'older';
    if (at === knownAt && periodSeconds === knownPeriod) {
      for (let k = 0; k < width; k++) if (!Number.isNaN(row[k]!)) this.values[cell * width + k] = row[k]!;
      if (isSuspect) this.suspect[cell] = 1;
      return 'same';
    }
    this.newest[cell * COLUMNS_PER_KEY] = at;
    this.newest[cell * COLUMNS_PER_KEY + 1] = periodSeconds;
    this.values.set(row, cell * width);
    this.suspect[cell] = isSuspect ? 1 : 0;
    return 'newer';
  }

  /** Of the values that stand from place `first` on. Suspect values never count. */
  private scoreOf(values: Float32Array, periodSeconds: number, isSuspect: boolean, first = 0): number | null {
    if (isSuspect) return null;
    return periodScore((kpi) => values[first + this.indexOf.get(kpi)!]!, periodSeconds, this.profile).score;
  }

  private async takeLate(cell: number, rows: readonly Late[], isWhole: boolean, seq: number): Promise<void> {
    const wanted = rows.filter(({ stretch }) => Math.floor(hoursOf(stretch).at(-1)! / 24) >= this.hours.firstDay);
    if (wanted.length === 0) return;
    const hours = new Set(wanted.flatMap(({ stretch }) => hoursOf(stretch)));
    const around = await this.readAround(cell, hours);
    this.hours.replace(cell, hours, this.mergedOver(around ?? [], wanted));
    if (!isWhole || !around) this.owed.owe(cell, hours, seq);
  }

  private async makeAgain(cell: number, hours: ReadonlySet<number>, seq: number): Promise<void> {
    const around = await this.readAround(cell, hours);
    if (around) this.hours.replace(cell, hours, this.mergedOver(around, []));
    else this.owed.owe(cell, hours, seq);
  }

  /** Undefined when the store does not answer. */
  private async readAround(cell: number, hours: ReadonlySet<number>): Promise<Reading[] | undefined> {
    const from = this.time.moment(localHourMs(Math.min(...hours)));
    const to = this.time.moment(localHourMs(Math.max(...hours) + 1)) + HOUR_MS;
    try {
      return await this.stored(this.hours.cells.names[cell]!, from, to);
    } catch (error) {
      this.log(`experience: late readings of a cell stand alone until the store answers: ${error}`);
      return undefined;
    }
  }

  /** What is stored with the rows in hand over it, by key; in order of time, the shorter of two periods that end together last. */
  private mergedOver(stored: readonly Reading[], rows: readonly Late[]) {
    const periods = new Map<string, Late>();
    for (const { at, periodSeconds, kpis, suspect } of stored) {
      const stretch = this.hours.stretch(at, periodSeconds);
      const values = Float32Array.from(this.kpis, (kpi) => kpis[kpi] ?? Number.NaN);
      if (stretch && hasValue(values))
        periods.set(`${at}:${periodSeconds}`, { at, periodSeconds, stretch, values, isSuspect: suspect === true });
    }
    for (const row of rows) {
      const known = periods.get(`${row.at}:${row.periodSeconds}`);
      const values = row.values.map((value, k) => (Number.isNaN(value) && known ? known.values[k]! : value));
      const isSuspect = row.isSuspect || known?.isSuspect === true;
      periods.set(`${row.at}:${row.periodSeconds}`, { ...row, values, isSuspect });
    }
    return [...periods.values()]
      .sort((a, b) => a.at - b.at || b.periodSeconds - a.periodSeconds)
      .map((one) => ({
        stretch: one.stretch,
        score: this.scoreOf(one.values, one.periodSeconds, one.isSuspect),
      }));
  }
}

function hasValue(values: Float32Array): boolean {
  for (let i = 0; i < values.length; i++) if (!Number.isNaN(values[i]!)) return true;
  return false;
}
