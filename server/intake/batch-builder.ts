// Gathers checked readings into one columnar batch; parts of one key (cell, at, period) merge into one row.

import type { Column, ReadingBatch } from '../model/reading.ts';
import type { CheckedReading } from './check-reading.ts';

export class BatchBuilder {
  rows = 0;
  private capacity = 256;
  private readonly cells: string[] = [];
  private readonly cellNumbers = new Map<string, number>();
  private readonly rowOfKey = new Map<string, number>();
  private cell = new Uint32Array(this.capacity);
  private at = new Float64Array(this.capacity);
  private periodSeconds = new Uint32Array(this.capacity);
  private suspect = new Uint8Array(this.capacity);
  private readonly kpis = new Map<string, Float64Array>();
  private readonly counters = new Map<string, Float64Array>();

  /** Numbers held, the measure of a batch's size. */
  get values(): number {
    return this.rows * (this.kpis.size + this.counters.size);
  }

  add(cell: string, reading: CheckedReading): void {
    const row = this.rowFor(cell, reading);
    if (reading.suspect) this.suspect[row] = 1;
    this.put(this.kpis, reading.kpiNames, reading.kpiValues, row);
    this.put(this.counters, reading.counterNames, reading.counterValues, row);
  }

  private rowFor(cell: string, { at, periodSeconds }: CheckedReading): number {
    const key = `${at} ${periodSeconds} ${cell}`;
    const known = this.rowOfKey.get(key);
    if (known !== undefined) return known;
    if (this.rows === this.capacity) this.grow();
    const row = this.rows++;
    this.rowOfKey.set(key, row);
    this.cell[row] = this.numberOf(cell);
    this.at[row] = at;
    this.periodSeconds[row] = periodSeconds;
    return row;
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
      const name = names[i]!;
      let column = columns.get(name);
      if (!column) {
        column = new Float64Array(this.capacity).fill(Number.NaN);
        columns.set(name, column);
      }
      column[row] = values[i]!;
    }
  }

  private grow(): void {
    this.capacity *= 2;
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
        columns.set(name, more(old, new Float64Array(this.capacity).fill(Number.NaN)));
      }
    }
  }

  build(source: string, receivedAt: number): ReadingBatch {
    const { rows } = this;
    const finish = (columns: Map<string, Float64Array>): Column[] =>
      [...columns].map(([name, values]) => ({ name, values: values.slice(0, rows) }));
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
