// Writes radio samples that came by columns into DuckDB's data chunks.

import {
  BIGINT,
  DuckDBDataChunk,
  type DuckDBType,
  type DuckDBValue,
  FLOAT,
  INTEGER,
  SMALLINT,
  UBIGINT,
  UTINYINT,
} from '@duckdb/node-api';
import type { SampleBatch } from '../../model/sample.ts';
import type { Connection } from './database.ts';
import type { SampleTables } from './sample-tables.ts';

/** Rows of one data chunk, DuckDB's own vector size. */
const CHUNK_ROWS = 2048;
/** What a SMALLINT column of names can count; names beyond are not told apart from "none". */
const MOST_SMALL_NAMES = 32_767;

type Column = [DuckDBType, (row: number) => DuckDBValue];

/** Appends one row a sample. Call it inside a transaction of the one that writes. */
export async function appendSamples(connection: Connection, tables: SampleTables, batches: readonly SampleBatch[]) {
  const appender = await connection.raw.createAppender('sample', 'samples');
  let chunk: DuckDBDataChunk | undefined;
  for (const batch of batches) {
    const columns = await columnsOf(connection, tables, batch);
    chunk ??= DuckDBDataChunk.create(
      columns.map(([type]) => type),
      CHUNK_ROWS,
    );
    for (let from = 0; from < batch.rows; from += CHUNK_ROWS) {
      fill(chunk, columns, from, Math.min(batch.rows, from + CHUNK_ROWS));
      appender.appendDataChunk(chunk);
    }
  }
  appender.closeSync();
}

function fill(chunk: DuckDBDataChunk, columns: readonly Column[], from: number, to: number): void {
  chunk.rowCount = to - from;
  columns.forEach(([, valueAt], index) => {
    const vector = chunk.getColumnVector(index);
    for (let row = from; row < to; row++) vector.setItem(row - from, valueAt(row));
    vector.flush();
  });
}

async function columnsOf(connection: Connection, tables: SampleTables, batch: SampleBatch): Promise<Column[]> {
  const cells = await numbersOf(batch.cells, (names) => tables.cells.number(connection, names));
  const operators = await numbersOf(batch.operators, (names) => tables.operators.number(connection, names));
  const bands = await numbersOf(batch.bands, (names) => tables.bands.number(connection, names));
  return [
    [BIGINT, (row) => BigInt(Math.round(batch.at[row]!))],
    [UBIGINT, (row) => batch.hex[row]!],
    [INTEGER, (row) => cells[batch.cell[row]!] ?? -1],
    [SMALLINT, (row) => small(operators[batch.operator[row]!])],
    [SMALLINT, (row) => small(bands[batch.band[row]!])],
    [UTINYINT, (row) => batch.radio[row]!],
    [UTINYINT, (row) => batch.kind[row]!],
    [UTINYINT, (row) => batch.indoor[row]!],
    ...batch.values.map((values): Column => [FLOAT, (row) => values[row]!]),
  ];
}

const small = (number: number | undefined) => (number === undefined || number > MOST_SMALL_NAMES ? -1 : number);

async function numbersOf(
  names: readonly string[],
  number: (names: readonly string[]) => Promise<Map<string, number>>,
): Promise<number[]> {
  const numbers = names.length > 0 ? await number(names) : new Map<string, number>();
  return names.map((name) => numbers.get(name)!);
}
