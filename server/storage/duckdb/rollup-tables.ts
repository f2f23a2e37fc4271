// The tables of pooled values, hours and local days, and the marks that say which days have to be pooled (again).
//
// A KPI with column `k7` has four columns here: `v7` its value, `w7` what that weighs, `l7` and `h7` the least and the
// greatest single value. Hours are counted from local midnight, so that they fill the day.

import type { LocalDays } from '../../maths/local-days.ts';
import type { Connection } from './database.ts';

export const ROLLED = ['hourly', 'daily'] as const;
/** Where a mark names no cell: those with rows from ordinal `since` on are meant. */
export const ANY_CELL = -1;
const HOUR_MS = 3_600_000;

const KEY = 'cell INTEGER NOT NULL, end_ms BIGINT NOT NULL';
const TABLES = [
  ...ROLLED.map((level) => `CREATE TABLE IF NOT EXISTS readings.${level} (${KEY})`),
  'CREATE TABLE IF NOT EXISTS readings.mark (day_end BIGINT NOT NULL, cell INTEGER NOT NULL, since BIGINT NOT NULL)',
  // What ended at or before `until` is no longer kept.
  'CREATE TABLE IF NOT EXISTS readings.kept (level VARCHAR NOT NULL, until BIGINT NOT NULL)',
  // Days of which raw values were let go: what comes for them later is not all there was.
  'CREATE TABLE IF NOT EXISTS readings.dropped (day_end BIGINT NOT NULL)',
  'CREATE TABLE IF NOT EXISTS readings.rolled_zone (zone VARCHAR NOT NULL)',
];

/**
 * Makes what is missing. In a zone other than before, days begin elsewhere: what can be pooled anew from raw values is; the
 * older days stay as they were cut.
 */
export async function openRollupTables(connection: Connection, zone: string, days: LocalDays): Promise<void> {
  await connection.transaction(async () => {
    for (const table of TABLES) await connection.run(table);
    const [before] = await connection.rows('SELECT zone FROM readings.rolled_zone');
    if (before?.zone === zone) return;
    await connection.run('DELETE FROM readings.rolled_zone');
    await connection.run('INSERT INTO readings.rolled_zone VALUES ($1)', zone);
    await markAll(connection, days);
  });
}

async function markAll(connection: Connection, days: LocalDays): Promise<void> {
  const until = BigInt(await keptAfter(connection, 'raw'));
  for (const level of ROLLED) await connection.run(`DELETE FROM readings.${level} WHERE end_ms > $1`, until);
  await connection.run('DELETE FROM readings.mark');
  const hours = await connection.rows(
    `SELECT DISTINCT (at_ms - 1) // ${HOUR_MS} AS hour FROM (FROM readings.recent SELECT at_ms UNION ALL FROM readings.settled SELECT at_ms)`,
  );
  // Both ends of an hour: in some zones a day begins in its middle.
  const ends = hours.flatMap(({ hour }) => [
    days.of(Number(hour) * HOUR_MS + 1).to,
    days.of((Number(hour) + 1) * HOUR_MS).to,
  ]);
  await markDays(connection, [...new Set(ends)], 0);
}

/** Inside a transaction: rows from ordinal `since` on changed these days. */
export async function markDays(connection: Connection, dayEnds: readonly number[], since: number): Promise<void> {
  if (dayEnds.length === 0) return;
  await connection.run(`INSERT INTO readings.mark SELECT unnest($1)::BIGINT, ${ANY_CELL}, $2`, dayEnds, BigInt(since));
}

/** Epoch milliseconds up to which values of a level were let go; −1 while all are kept. */
export async function keptAfter(connection: Connection, level: string): Promise<number> {
  const [row] = await connection.rows('SELECT max(until) AS until FROM readings.kept WHERE level = $1', level);
  return row?.until === null || row === undefined ? -1 : Number(row.until);
}

/** Inside a transaction: never goes back. */
export async function setKeptAfter(connection: Connection, level: string, until: number): Promise<void> {
  if (until <= (await keptAfter(connection, level))) return;
  await connection.run('DELETE FROM readings.kept WHERE level = $1', level);
  await connection.run('INSERT INTO readings.kept VALUES ($1, $2)', level, BigInt(until));
}

/** Inside a transaction: raw values of the pooled days up to here are about to go. */
export async function noteDropped(connection: Connection, until: number): Promise<void> {
  await connection.run(
    `INSERT INTO readings.dropped
     SELECT DISTINCT end_ms FROM readings.daily WHERE end_ms <= $1 AND end_ms NOT IN (FROM readings.dropped)`,
    BigInt(until),
  );
}

export async function isDropped(connection: Connection, dayEnd: number): Promise<boolean> {
  const rows = await connection.rows('FROM readings.dropped WHERE day_end = $1', BigInt(dayEnd));
  return rows.length > 0;
}

/** Adds the columns of KPIs (id → raw column) that have none here yet: to an empty table all at once, which is much quicker. */
export async function addRolledColumns(connection: Connection, kpis: ReadonlyMap<string, string>): Promise<void> {
  const known = await rolledColumns(connection);
  const all = [...kpis.values()];
  const missing = all.filter((column) => !known.has(column));
  if (missing.length === 0) return;
  for (const level of ROLLED) {
    const [row] = await connection.rows(`SELECT 1 FROM readings.${level} LIMIT 1`);
    if (row) {
      for (const column of missing.flatMap(columnsOf)) {
        await connection.run(`ALTER TABLE readings.${level} ADD COLUMN ${column}`);
      }
    } else {
      await connection.run(
        `CREATE OR REPLACE TABLE readings.${level} (${[KEY, ...all.flatMap(columnsOf)].join(', ')})`,
      );
    }
  }
}

const columnsOf = (column: string) => ['v', 'w', 'l', 'h'].map((kind) => `${kind}${column.slice(1)} DOUBLE`);

/** Names of the raw KPI columns that have pooled values. */
export async function rolledColumns(connection: Connection): Promise<Set<string>> {
  const rows = await connection.rows(
    `SELECT column_name FROM information_schema.columns
     WHERE table_schema = 'readings' AND table_name = 'daily' AND regexp_matches(column_name, '^h[0-9]+$')`,
  );
  return new Set(rows.map(({ column_name }) => `k${String(column_name).slice(1)}`));
}
