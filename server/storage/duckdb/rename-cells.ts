// Gives cells their new names: in a dictionary, and where two numbers turn out to be one cell, in the rows that carry them.

import type { Connection } from './database.ts';
import type { Dictionary, MergedNumber } from './dictionary.ts';
import { markDays } from './rollup-tables.ts';

/** Inside a transaction: readings, raw and pooled, of these cells go by their new names. */
export async function renameReadings(
  connection: Connection,
  cells: Dictionary,
  names: ReadonlyMap<string, string>,
): Promise<void> {
  const merged = await cells.rename(connection, names);
  if (merged.length === 0) return;
  const tables = await connection.rows(
    `SELECT table_name AS name, bool_or(column_name = 'end_ms') AS pooled FROM information_schema.columns
     WHERE table_schema = 'readings' GROUP BY ALL HAVING bool_or(column_name = 'cell')`,
  );
  for (const { name, pooled } of tables) {
    if (name === 'daily') await markDoubled(connection, merged);
    if (pooled) await dropDoubles(connection, `readings.${name}`, merged);
    await moveRows(connection, `readings.${name}`, merged);
  }
}

/** Inside a transaction: the rows of a number that is no longer any name's are those of the one that is. */
export async function moveRows(connection: Connection, table: string, merged: readonly MergedNumber[]): Promise<void> {
  if (merged.length === 0) return;
  await connection.run(
    `UPDATE ${table} SET cell = moved.target
     FROM (SELECT unnest($1)::INTEGER AS source, unnest($2)::INTEGER AS target) moved WHERE cell = moved.source`,
    merged.map(({ from }) => from),
    merged.map(({ into }) => into),
  );
}

/** Days of which both have pooled values are to be pooled anew, from the readings of both. */
async function markDoubled(connection: Connection, merged: readonly MergedNumber[]): Promise<void> {
  const doubled = await connection.rows(
    `SELECT DISTINCT one.end_ms AS day_end FROM readings.daily one JOIN readings.daily other USING (end_ms)
     JOIN (SELECT unnest($1)::INTEGER AS source, unnest($2)::INTEGER AS target) moved
       ON one.cell = moved.source AND other.cell = moved.target`,
    merged.map(({ from }) => from),
    merged.map(({ into }) => into),
  );
  const ends = doubled.map(({ day_end }) => Number(day_end));
  await markDays(connection, ends, 0);
}

/** Pooled values are one a cell and end: where both have one, that of the older number stands until it is pooled anew. */
async function dropDoubles(connection: Connection, table: string, merged: readonly MergedNumber[]): Promise<void> {
  await connection.run(
    `DELETE FROM ${table} doubled USING (SELECT unnest($1)::INTEGER AS source, unnest($2)::INTEGER AS target) moved,
       ${table} kept
     WHERE doubled.cell = moved.source AND kept.cell = moved.target AND kept.end_ms = doubled.end_ms`,
    merged.map(({ from }) => from),
    merged.map(({ into }) => into),
  );
}
