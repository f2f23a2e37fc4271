// The readings of many cells over one stretch of time, brought into the order of time and cut into what came together.

import type { Place } from '../../model/place.ts';
import type { ReadingBatch } from '../../model/reading.ts';

/** A cell of a backtest. */
export interface BacktestCell {
  id: string;
  /** Who sends its readings. */
  source: string;
  /** False for one that is only there for its peers, its neighbours and the clock of its sender. */
  asked: boolean;
  /** Where it stands, as far as that is known. */
  place?: Place;
}

/** Rows of any order; `cell` holds indexes into the cells of the backtest. NaN is null. */
export interface WindowColumns {
  cell: Uint32Array;
  /** END of the period, epoch milliseconds. */
  at: Float64Array;
  periodSeconds: Uint32Array;
  suspect: Uint8Array;
  kpis: { name: string; values: Float64Array }[];
}

/** Row numbers by time, sender and cell; of one end the shortest period first. */
export function inTimeOrder({ cell, at, periodSeconds }: WindowColumns, sources: ArrayLike<number>): Uint32Array {
  const order = Uint32Array.from(at, (_, row) => row);
  return order.sort(
    (a, b) =>
      at[a]! - at[b]! ||
      sources[cell[a]!]! - sources[cell[b]!]! ||
      cell[a]! - cell[b]! ||
      periodSeconds[a]! - periodSeconds[b]!,
  );
}

/** One batch for each time and sender, as if each period had come by itself. */
export function* batchesOf(columns: WindowColumns, cells: readonly BacktestCell[]): Generator<ReadingBatch> {
  const names = [...new Set(cells.map(({ source }) => source))];
  const sources = Uint32Array.from(cells, ({ source }) => names.indexOf(source));
  const order = inTimeOrder(columns, sources);
  const isApart = (a: number, b: number) =>
    columns.at[a] !== columns.at[b] || sources[columns.cell[a]!] !== sources[columns.cell[b]!];
  let from = 0;
  for (let i = 1; i <= order.length; i++) {
    if (i < order.length && !isApart(order[i - 1]!, order[i]!)) continue;
    yield batchOf(columns, order.subarray(from, i), cells);
    from = i;
  }
}

/** All rows share one time and one sender. */
function batchOf(columns: WindowColumns, rows: Uint32Array, cells: readonly BacktestCell[]): ReadingBatch {
  const indexes = new Map<number, number>();
  for (const row of rows) if (!indexes.has(columns.cell[row]!)) indexes.set(columns.cell[row]!, indexes.size);
  const first = rows[0]!;
  return {
    source: cells[columns.cell[first]!]!.source,
    // As live data that come at once: a clock that is ahead is held by the others of its sender.
    receivedAt: columns.at[first]!,
    rows: rows.length,
    cells: Array.from(indexes.keys(), (index) => cells[index]!.id),
    cell: rows.map((row) => indexes.get(columns.cell[row]!)!),
    at: Float64Array.from(rows, (row) => columns.at[row]!),
    periodSeconds: rows.map((row) => columns.periodSeconds[row]!),
    suspect: Uint8Array.from(rows, (row) => columns.suspect[row]!),
    kpis: columns.kpis.map(({ name, values }) => ({ name, values: Float64Array.from(rows, (row) => values[row]!) })),
    counters: [],
  };
}
