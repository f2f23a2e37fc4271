// Moves the oldest rows of `recent` to `settled`, sorted by cell and time, with rows of one key merged into one.

import type { Connection } from './database.ts';
import type { KpiColumns } from './readings-tables.ts';

/** Rows of one run: two of DuckDB's row groups, so that a cell is looked for in few places; about 30 MB to sort. */
export const RUN_ROWS = 245_760;

/**
 * Settles one run in a transaction, if `recent` holds that many rows; false when it does not.
 * Rows that arrive later for the same keys are newer than the whole run, so merging it loses nothing.
 */
export async function settleRun(connection: Connection, kpis: KpiColumns, runRows: number): Promise<boolean> {
  return connection.transaction(async () => {
    const [found] = await connection.rows('SELECT min(ordinal) AS first, count(*) AS rows FROM readings.recent');
    if (Number(found!.rows) < runRows) return false;
    const end = BigInt(Number(found!.first) + runRows);
    const merge = await hasDoubles(connection, end);
    await connection.run(merge ? mergingCopy(kpis) : plainCopy('settled', 'recent'), end);
    await connection.run(plainCopy('settled_counters', 'recent_counters'), end);
    await connection.run('DELETE FROM readings.recent WHERE ordinal < $1', end);
    await connection.run('DELETE FROM readings.recent_counters WHERE ordinal < $1', end);
    return true;
  });
}

async function hasDoubles(connection: Connection, end: bigint): Promise<boolean> {
  const doubles = await connection.rows(
    `SELECT 1 FROM readings.recent WHERE ordinal < $1
     GROUP BY cell, at_ms, period_seconds HAVING count(*) > 1 LIMIT 1`,
    end,
  );
  return doubles.length > 0;
}

function plainCopy(to: string, from: string): string {
  return `INSERT INTO readings.${to} BY NAME FROM readings.${from} WHERE ordinal < $1 ORDER BY cell, at_ms, ordinal`;
}

function mergingCopy(kpis: KpiColumns): string {
  const newest = [...kpis.all().values()].map((column) => `, arg_max(${column}, ordinal) AS ${column}`).join('');
  // The new ordinal has a name of its own, else `arg_max` could mean it.
  return `INSERT INTO readings.settled BY NAME
    SELECT * RENAME (newest AS ordinal) FROM (
      SELECT cell, at_ms, period_seconds, max(ordinal) AS newest, bit_or(flags) AS flags${newest}
      FROM readings.recent WHERE ordinal < $1 GROUP BY cell, at_ms, period_seconds
    ) ORDER BY cell, at_ms`;
}
