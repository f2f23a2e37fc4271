// Divides a batch among the detector threads, copied and without what detectors do not read.

import type { ReadingBatch } from '../model/reading.ts';

/** One batch a thread: `threadOf[i]` says where the cell with index i goes. A thread without rows gets an empty batch. */
export function splitBatch(batch: ReadingBatch, threadOf: readonly number[], threads: number): ReadingBatch[] {
  return Array.from({ length: threads }, (_, thread) => partOf(batch, threadOf, thread));
}

/** Everything in a part that can be handed over instead of copied once more. */
export function buffersOf(part: ReadingBatch): ArrayBuffer[] {
  const arrays = [part.cell, part.at, part.periodSeconds, part.suspect, ...part.kpis.map((column) => column.values)];
  return arrays.map((array) => array.buffer as ArrayBuffer);
}

/** The distinct times of a batch up to where its source's clock stands now, in order: the steps of that clock. */
export function stepsOf(batch: ReadingBatch, clockAt: number): number[] {
  const times = new Set<number>([clockAt]);
  for (let row = 0; row < batch.rows; row++) if (batch.at[row]! < clockAt) times.add(batch.at[row]!);
  return [...times].sort((a, b) => a - b);
}

function partOf(batch: ReadingBatch, threadOf: readonly number[], thread: number): ReadingBatch {
  const indexes = new Map<number, number>();
  batch.cells.forEach((_, cell) => {
    if (threadOf[cell] === thread) indexes.set(cell, indexes.size);
  });
  if (indexes.size === batch.cells.length) return copyOf(batch);
  const rows = rowsOf(batch, indexes);
  const { source, receivedAt } = batch;
  return {
    source,
    receivedAt,
    rows: rows.length,
    cells: [...indexes.keys()].map((cell) => batch.cells[cell]!),
    cell: rows.map((row) => indexes.get(batch.cell[row]!)!),
    at: Float64Array.from(rows, (row) => batch.at[row]!),
    periodSeconds: rows.map((row) => batch.periodSeconds[row]!),
    suspect: Uint8Array.from(rows, (row) => batch.suspect[row]!),
    kpis: batch.kpis.map(({ name, values }) => ({ name, values: pick(values, rows) })),
    counters: [],
  };
}

/** All cells go to one thread: whole columns are copied. */
function copyOf({ source, receivedAt, rows, cells, ...columns }: ReadingBatch): ReadingBatch {
  return {
    ...{ source, receivedAt, rows, cells, counters: [] },
    cell: columns.cell.slice(),
    at: columns.at.slice(),
    periodSeconds: columns.periodSeconds.slice(),
    suspect: columns.suspect.slice(),
    kpis: columns.kpis.map(({ name, values }) => ({ name, values: values.slice() })),
  };
}

function rowsOf(batch: ReadingBatch, indexes: ReadonlyMap<number, number>): Uint32Array {
  return Uint32Array.from({ length: batch.rows }, (_, row) => row).filter((row) => indexes.has(batch.cell[row]!));
}

function pick(values: Float64Array, rows: Uint32Array): Float64Array {
  const picked = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) picked[i] = values[rows[i]!]!;
  return picked;
}
