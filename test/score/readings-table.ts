// Readings of a whole run as dense columns, one value a cell and period, for detectors that look at all of it in-process.

import { deriveKpis } from '../../server/intake/derive.ts';
import type { Radio } from '../../server/model/cell.ts';
import type { ReadingBatch } from '../../server/model/reading.ts';

/** One line of NDJSON as senders write it. */
interface Line {
  cell: string;
  at: number | string;
  kpis?: Record<string, number | null>;
}

/** Value of cell c in period p at `p * cells.length + c`; NaN where there is none. */
export class ReadingsTable {
  readonly cells: readonly string[];
  readonly periods: number;
  /** 1 where a reading came at all. */
  readonly heard: Uint8Array;
  private readonly columns = new Map<string, Float64Array>();
  private readonly indexOf: ReadonlyMap<string, number>;

  /** Periods that end after `from`, up to `until` (epoch milliseconds). */
  constructor(
    private readonly placed: readonly { id: string; radio: Radio }[],
    readonly from: number,
    until: number,
    readonly periodMs: number,
    /** By later id of a cell its first one, by which it goes here. */
    renames: ReadonlyMap<string, string> = new Map(),
  ) {
    this.cells = placed.map(({ id }) => id);
    this.periods = Math.floor((until - from) / periodMs);
    this.heard = new Uint8Array(this.periods * this.cells.length);
    const indexes = new Map(this.cells.map((id, index) => [id, index]));
    for (const [later, first] of renames) indexes.set(later, indexes.get(first)!);
    this.indexOf = indexes;
  }

  get kpis(): string[] {
    return [...this.columns.keys()];
  }

  column(kpi: string): Float64Array {
    let column = this.columns.get(kpi);
    if (!column) {
      column = new Float64Array(this.heard.length).fill(Number.NaN);
      this.columns.set(kpi, column);
    }
    return column;
  }

  /** END of period p, epoch milliseconds. */
  endOf(period: number): number {
    return this.from + (period + 1) * this.periodMs;
  }

  /** Takes readings; those of unknown cells or times are left out. Of the same key the newest value of each KPI holds. */
  addNdjson(bytes: Uint8Array): void {
    for (const text of new TextDecoder().decode(bytes).split('\n')) {
      if (text === '') continue;
      const { cell, at, kpis } = JSON.parse(text) as Line;
      const place = this.placeOf(cell, typeof at === 'number' ? at : Date.parse(at));
      if (place === undefined) continue;
      this.heard[place] = 1;
      for (const kpi in kpis) this.column(kpi)[place] = kpis[kpi] ?? Number.NaN;
    }
  }

  /** Makes ratios of counts by the product's own formulas, once all readings are in. */
  derive(): void {
    const batch = this.asBatch();
    const radios = new Map(this.placed.map(({ id, radio }) => [id, radio]));
    deriveKpis(
      batch,
      () => undefined,
      (cell) => radios.get(cell) ?? null,
    );
    for (const { name, values } of batch.kpis) this.columns.set(name, values);
  }

  private placeOf(cell: string, at: number): number | undefined {
    const index = this.indexOf.get(cell);
    const period = Math.round((at - this.from) / this.periodMs) - 1;
    return index === undefined || period < 0 || period >= this.periods ? undefined : period * this.cells.length + index;
  }

  private asBatch(): ReadingBatch {
    const rows = this.heard.length;
    const count = this.cells.length;
    return {
      ...{ source: 'score', receivedAt: this.from, rows, cells: [...this.cells], counters: [] },
      cell: Uint32Array.from({ length: rows }, (_, row) => row % count),
      at: Float64Array.from({ length: rows }, (_, row) => this.endOf(Math.floor(row / count))),
      periodSeconds: new Uint32Array(rows).fill(this.periodMs / 1000),
      suspect: new Uint8Array(rows),
      kpis: [...this.columns].map(([name, values]) => ({ name, values })),
    };
  }
}
