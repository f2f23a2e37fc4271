// Writes readings that came by columns into DuckDB's data chunks: KPIs a column each, counters as one list a row.

import {
  BIGINT,
  DOUBLE,
  type DuckDBAppender,
  DuckDBDataChunk,
  type DuckDBListValue,
  type DuckDBType,
  INTEGER,
  LIST,
  listValue,
  UTINYINT,
} from '@duckdb/node-api';
import type { Column, ReadingBatch } from '../../model/reading.ts';
import type { Connection } from './database.ts';

/** Rows of one data chunk, DuckDB's own vector size. */
const CHUNK_ROWS = 2048;
const KEY_TYPES: readonly DuckDBType[] = [INTEGER, BIGINT, INTEGER, BIGINT];

/** A batch with its names turned into numbers. */
export interface NumberedBatch {
  batch: ReadingBatch;
  /** Number of each of `batch.cells`. */
  cellNumbers: readonly number[];
  /** Ordinal of row 0; the others follow. */
  firstOrdinal: number;
  /** What has no column of its own, and the number of its list of names. */
  others: readonly Column[];
  shape: number;
}

/** Rows `from` to `to` of one batch, standing in a chunk from row `start` on. */
interface Piece {
  source: NumberedBatch;
  kpis: ReadonlyMap<string, Float64Array>;
  from: number;
  to: number;
  start: number;
}

/** Appends one row a reading to readings.recent; `kpis` are the KPI ids of its columns in order. */
export async function appendKpis(connection: Connection, batches: readonly NumberedBatch[], kpis: readonly string[]) {
  await withAppender(connection, 'recent', (appender) => {
    const chunk = DuckDBDataChunk.create([...KEY_TYPES, UTINYINT, ...kpis.map(() => DOUBLE)], CHUNK_ROWS);
    const blank = new Set<number>();
    for (const pieces of cut(batches)) {
      fillKeys(chunk, pieces);
      kpis.forEach((kpi, index) => {
        fillKpi(chunk, KEY_TYPES.length + 1 + index, kpi, pieces, blank);
      });
      appender.appendDataChunk(chunk);
    }
  });
}

/** Appends one row to readings.recent_counters for every reading that has any value without a column. */
export async function appendOthers(connection: Connection, batches: readonly NumberedBatch[]) {
  if (batches.every(({ others }) => others.length === 0)) return;
  await withAppender(connection, 'recent_counters', (appender) => {
    const chunk = DuckDBDataChunk.create([...KEY_TYPES, INTEGER, LIST(DOUBLE)]);
    for (const pieces of cut(batches.filter(({ others }) => others.length > 0))) {
      const rows = pieces.flatMap(listRows);
      if (rows.length === 0) continue;
      chunk.setRows(rows);
      appender.appendDataChunk(chunk);
    }
  });
}

async function withAppender(connection: Connection, table: string, fill: (appender: DuckDBAppender) => void) {
  const appender = await connection.raw.createAppender(table, 'readings');
  fill(appender);
  appender.closeSync();
}

/** Cuts batches into chunks: each is filled by one long batch or by many short ones. */
function* cut(batches: readonly NumberedBatch[]): Generator<Piece[]> {
  let pieces: Piece[] = [];
  let start = 0;
  for (const source of batches) {
    const kpis = new Map(source.batch.kpis.map(({ name, values }) => [name, values]));
    for (let from = 0; from < source.batch.rows; ) {
      const to = Math.min(source.batch.rows, from + CHUNK_ROWS - start);
      pieces.push({ source, kpis, from, to, start });
      start += to - from;
      from = to;
      if (start < CHUNK_ROWS) continue;
      yield pieces;
      pieces = [];
      start = 0;
    }
  }
  if (pieces.length > 0) yield pieces;
}

function fillKeys(chunk: DuckDBDataChunk, pieces: readonly Piece[]) {
  const last = pieces.at(-1)!;
  chunk.rowCount = last.start + last.to - last.from;
  const vectors = [0, 1, 2, 3, 4].map((index) => chunk.getColumnVector(index));
  const [cell, at, period, ordinal, flags] = vectors;
  for (const { source, from, to, start } of pieces) {
    const { batch, cellNumbers, firstOrdinal } = source;
    for (let row = from, item = start; row < to; row++, item++) {
      cell!.setItem(item, cellNumbers[batch.cell[row]!]!);
      at!.setItem(item, BigInt(Math.round(batch.at[row]!)));
      period!.setItem(item, batch.periodSeconds[row]!);
      ordinal!.setItem(item, BigInt(firstOrdinal + row));
      flags!.setItem(item, batch.suspect[row]! | ((batch.late?.[row] ?? 0) << 1));
    }
  }
  for (const vector of vectors) vector.flush();
}

/** A column that none of the pieces has is made null once and stays so from chunk to chunk: marking nulls is slow. */
function fillKpi(chunk: DuckDBDataChunk, index: number, kpi: string, pieces: readonly Piece[], blank: Set<number>) {
  const isBlank = pieces.every(({ kpis }) => !kpis.has(kpi));
  if (isBlank && blank.has(index)) return;
  const vector = chunk.getColumnVector(index);
  for (const { kpis, from, to, start } of pieces) {
    const values = kpis.get(kpi);
    for (let row = from, item = start; row < to; row++, item++) {
      const value = values === undefined ? Number.NaN : values[row]!;
      vector.setItem(item, Number.isNaN(value) ? null : value);
    }
  }
  vector.flush();
  // Only a full chunk of nulls holds for every later one.
  if (isBlank && chunk.rowCount === CHUNK_ROWS) blank.add(index);
  else blank.delete(index);
}

type ListRow = [number, bigint, number, bigint, number, DuckDBListValue];

function listRows({ source, from, to }: Piece): ListRow[] {
  const { batch, cellNumbers, firstOrdinal, others, shape } = source;
  const rows: ListRow[] = [];
  for (let row = from; row < to; row++) {
    const amounts = others.map(({ values }) => (Number.isNaN(values[row]!) ? null : values[row]!));
    if (amounts.every((amount) => amount === null)) continue;
    const cell = cellNumbers[batch.cell[row]!]!;
    const at = BigInt(Math.round(batch.at[row]!));
    rows.push([cell, at, batch.periodSeconds[row]!, BigInt(firstOrdinal + row), shape, listValue(amounts)]);
  }
  return rows;
}
