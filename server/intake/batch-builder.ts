// Gathers checked readings into one columnar batch; parts of one key (cell, at, period) merge into one row.

import type { Column, PlainNames, PlainValues, ReadingBatch } from '../model/reading.ts';
import type { CheckedReading } from './check-reading.ts';
import { ownCopy } from './own-copy.ts';
import { meaningOf } from './plain-values.ts';
import { ScratchColumns } from './scratch-columns.ts';

/** Rows: room for a small delivery; a large one takes few steps to its size, for each step copies every column. */
const FIRST_CAPACITY = 256;
const GROWTH = 4;
/** Of all builders of this thread: they are many, one after another. */
const scratch = new ScratchColumns();

export class BatchBuilder {
  rows = 0;
  private capacity = FIRST_CAPACITY;
  private readonly cells: string[] = [];
  private readonly cellNumbers = new Map<string, number>();
  /** By cell number, the row of its newest time. */
  private readonly newestRow: number[] = [];
  /** Made when a reading comes that is older than another of its cell. */
  private rowOfKey: Map<string, number> | undefined;
  private cell = new Uint32Array(this.capacity);
  private at = new Float64Array(this.capacity);
  private periodSeconds = new Uint32Array(this.capacity);
  private suspect = new Uint8Array(this.capacity);
  private readonly kpis = new Map<string, Float64Array>();
  private readonly counters = new Map<string, Float64Array>();
  /** The columns of names that many readings share, until the columns grow. */
  private readonly shared = new Map<PlainNames, Float64Array[]>();

  /** Numbers held, the measure of a batch's size. */
  get values(): number {
    return this.rows * (this.kpis.size + this.counters.size);
  }

  /** Memory that the columns take, bytes. */
  get bytes(): number {
    return 8 * this.capacity * (this.kpis.size + this.counters.size);
  }

  add(cell: string, reading: CheckedReading): void {
    const row = this.rowFor(cell, reading);
    if (reading.suspect) this.suspect[row] = 1;
    this.put(this.kpis, reading.kpiNames, reading.kpiValues, row);
    this.put(this.counters, reading.counterNames, reading.counterValues, row);
  }

  /** The same for values that have been checked by the names they share. */
  addPlain(cell: string, key: { at: number; periodSeconds: number }, { names, values }: PlainValues): void {
    const row = this.rowFor(cell, key);
    const columns = this.columnsOf(names);
    for (let i = 0; i < columns.length; i++) {
      const value = values[i]!;
      if (!Number.isNaN(value)) columns[i]![row] = value;
    }
  }

  /** After the row is made: making it may have grown the columns. */
  private columnsOf(names: PlainNames): Float64Array[] {
    let columns = this.shared.get(names);
    if (!columns) {
      columns = meaningOf(names).map(({ group, name }) => this.columnFor(this[group], name));
      this.shared.set(names, columns);
    }
    return columns;
  }

  /** Nearly all readings of a cell come in the order of time: its newest row settles where they belong. */
  private rowFor(cell: string, { at, periodSeconds }: { at: number; periodSeconds: number }): number {
    const number = this.numberOf(cell);
    const newest = this.newestRow[number];
    if (newest === undefined || at > this.at[newest]!) {
      this.newestRow[number] = this.rows;
      return this.newRow(number, at, periodSeconds);
    }
    if (at === this.at[newest] && periodSeconds === this.periodSeconds[newest]) return newest;
    this.rowOfKey ??= this.indexRows();
    return this.rowOfKey.get(keyOf(number, at, periodSeconds)) ?? this.newRow(number, at, periodSeconds);
  }

  private newRow(cell: number, at: number, periodSeconds: number): number {
    if (this.rows === this.capacity) this.grow();
    const row = this.rows++;
    this.cell[row] = cell;
    this.at[row] = at;
    this.periodSeconds[row] = periodSeconds;
    this.rowOfKey?.set(keyOf(cell, at, periodSeconds), row);
    return row;
  }

  private indexRows(): Map<string, number> {
    const rows = new Map<string, number>();
    for (let row = 0; row < this.rows; row++) {
      rows.set(keyOf(this.cell[row]!, this.at[row]!, this.periodSeconds[row]!), row);
    }
    return rows;
  }

  private numberOf(cell: string): number {
    let number = this.cellNumbers.get(cell);
    if (number === undefined) {
      number = this.cells.push(cell) - 1;
      this.cellNumbers.set(cell, number);
    }
    return number;
  }

  private put(columns: Map<string, Float64Array>, names: string[], values: number[], row: number): void {
    for (let i = 0; i < names.length; i++) {
      this.columnFor(columns, names[i]!)[row] = values[i]!;
    }
  }

  private columnFor(columns: Map<string, Float64Array>, name: string): Float64Array {
    let column = columns.get(name);
    if (!column) {
      column = scratch.take(this.capacity);
      columns.set(ownCopy(name), column);
    }
    return column;
  }

  private grow(): void {
    this.capacity *= GROWTH;
    this.shared.clear();
    const more = <T extends Uint32Array | Float64Array | Uint8Array>(old: T, empty: T): T => {
      empty.set(old);
      return empty;
    };
    this.cell = more(this.cell, new Uint32Array(this.capacity));
    this.at = more(this.at, new Float64Array(this.capacity));
    this.periodSeconds = more(this.periodSeconds, new Uint32Array(this.capacity));
    this.suspect = more(this.suspect, new Uint8Array(this.capacity));
    for (const columns of [this.kpis, this.counters]) {
      for (const [name, old] of columns) {
        columns.set(name, more(old, scratch.take(this.capacity)));
        scratch.giveBack(old);
      }
    }
  }

  /** The end of the builder: its columns go to the next one. */
  build(source: string, receivedAt: number): ReadingBatch {
    const { rows } = this;
    const finish = (columns: Map<string, Float64Array>): Column[] => {
      const finished = Array.from(columns, ([name, values]) => ({ name, values: values.slice(0, rows) }));
      for (const values of columns.values()) scratch.giveBack(values);
      columns.clear();
      return finished;
    };
    this.shared.clear();
    return {
      source,
      receivedAt,
      rows,
      cells: this.cells,
      cell: this.cell.slice(0, rows),
      at: this.at.slice(0, rows),
      periodSeconds: this.periodSeconds.slice(0, rows),
      suspect: this.suspect.slice(0, rows),
      kpis: finish(this.kpis),
      counters: finish(this.counters),
    };
  }
}

function keyOf(cell: number, at: number, periodSeconds: number): string {
  return `${at} ${periodSeconds} ${cell}`;
}
