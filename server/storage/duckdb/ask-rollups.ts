// Asks for pooled values, for days that are to be pooled, and for what is kept of each level.

import type { DuckDBValue } from '@duckdb/node-api';
import { DAY_MS } from '../../maths/local-time.ts';
import { MOST_POINTS, type SeriesQuery } from '../kpi-store.ts';
import type { KeptLevel, Level, RolledColumns, RolledLevel } from '../levels.ts';
import type { Connection } from './database.ts';
import { ANY_CELL, keptAfter } from './rollup-tables.ts';

const TABLES_OF: Record<Level, readonly string[]> = {
  raw: ['settled', 'recent', 'settled_counters', 'recent_counters'],
  hourly: ['hourly'],
  daily: ['daily'],
};
/** DuckDB's block, the unit in which a file grows and is used again. */
const BLOCK_BYTES = 262_144;
/** Any moment outside these is as good as the end of time. */
const FARTHEST_MS = 8.64e15;

const whole = (at: number) => BigInt(Math.floor(Math.max(-FARTHEST_MS, Math.min(FARTHEST_MS, at))));

/** `column`: the raw column of the KPI; the newest MOST_POINTS. */
export async function askRolled(
  connection: Connection,
  level: RolledLevel,
  column: string,
  cellNumber: number,
  { from, to }: Pick<SeriesQuery, 'from' | 'to'>,
): Promise<RolledColumns> {
  const n = column.slice(1);
  const sql = `
    SELECT end_ms::DOUBLE AS at, coalesce(v${n}, 'NaN'::DOUBLE) AS value, w${n} AS weight,
      coalesce(l${n}, 'NaN'::DOUBLE) AS low, coalesce(h${n}, 'NaN'::DOUBLE) AS high
    FROM readings.${level} WHERE cell = $1 AND end_ms > $2 AND end_ms <= $3 AND w${n} IS NOT NULL
    ORDER BY end_ms DESC LIMIT ${MOST_POINTS}`;
  const answer = await connection.columns(sql, BigInt(cellNumber), whole(from), whole(to));
  const numbers = (values: DuckDBValue[] = []) => Float64Array.from(values as number[]).reverse();
  return {
    at: numbers(answer.at),
    value: numbers(answer.value),
    weight: numbers(answer.weight),
    low: numbers(answer.low),
    high: numbers(answer.high),
  };
}

export const NO_VALUES: RolledColumns = {
  at: new Float64Array(),
  value: new Float64Array(),
  weight: new Float64Array(),
  low: new Float64Array(),
  high: new Float64Array(),
};

/** ENDs of the marked days that may touch `from … to`; those of other cells are left out where marks name cells. */
export async function markedDays(connection: Connection, cellNumber: number, from: number, to: number) {
  const rows = await connection.rows(
    `SELECT DISTINCT day_end FROM readings.mark
     WHERE cell IN (${ANY_CELL}, $1) AND day_end > $2 AND day_end < $3 ORDER BY day_end`,
    BigInt(cellNumber),
    whole(from),
    // A day that begins before `to` ends at most so much later.
    whole(to + 2 * DAY_MS),
  );
  return rows.map(({ day_end }) => Number(day_end));
}

export async function askKept(connection: Connection): Promise<Record<Level, KeptLevel>> {
  const kept = async (level: Level): Promise<KeptLevel> => ({
    bytes: await bytesOf(connection, TABLES_OF[level]),
    oldestAt: await oldestOf(connection, level),
  });
  return { raw: await kept('raw'), hourly: await kept('hourly'), daily: await kept('daily') };
}

export async function askKeptAfter(connection: Connection): Promise<Record<Level, number>> {
  return {
    raw: await keptAfter(connection, 'raw'),
    hourly: await keptAfter(connection, 'hourly'),
    daily: await keptAfter(connection, 'daily'),
  };
}

/** What is in the write-ahead log so far counts for nothing. */
async function bytesOf(connection: Connection, tables: readonly string[]): Promise<number> {
  let blocks = 0;
  for (const table of tables) {
    const [row] = await connection.rows(
      `SELECT count(DISTINCT block_id) AS blocks FROM pragma_storage_info('readings.${table}') WHERE block_id >= 0`,
    );
    blocks += Number(row!.blocks);
  }
  return blocks * BLOCK_BYTES;
}

/** END of the oldest value; null where there is none. */
export async function oldestOf(connection: Connection, level: Level): Promise<number | null> {
  const oldest =
    level === 'raw'
      ? '(SELECT min(at_ms) AS oldest FROM readings.settled UNION ALL SELECT min(at_ms) FROM readings.recent)'
      : `(SELECT min(end_ms) AS oldest FROM readings.${level})`;
  const [row] = await connection.rows(`SELECT min(oldest) AS oldest FROM ${oldest}`);
  return row!.oldest === null ? null : Number(row!.oldest);
}
