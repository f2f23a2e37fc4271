// Asks for one cell's past: rows of one key merge here, the newest value that is not null wins.

import type { DuckDBListValue } from '@duckdb/node-api';
import type { Reading } from '../../model/reading.ts';
import type { SeriesPoint } from '../kpi-store.ts';
import type { Connection, Row } from './database.ts';
import type { ReadingsTables, Shape } from './readings-tables.ts';

/** One cell, `from < at <= to` in epoch milliseconds, at most the newest `limit`. */
export interface Span {
  cell: string;
  cellNumber: number;
  from: number;
  to: number;
  limit: number;
}

/** Merged points of one KPI's column in order of time; keys without a value are left out. */
export async function askSeries(connection: Connection, column: string, span: Span): Promise<SeriesPoint[]> {
  const sql = `
    SELECT at_ms, period_seconds, arg_max(${column}, ordinal) AS value, bit_or(flags) AS flags
    FROM (${bothStages('', `at_ms, period_seconds, ordinal, flags, ${column}`)})
    GROUP BY at_ms, period_seconds HAVING value IS NOT NULL
    ORDER BY at_ms DESC, period_seconds DESC LIMIT ${span.limit}`;
  const rows = await connection.rows(sql, ...bounds(span));
  return rows.reverse().map((row) => ({
    at: Number(row.at_ms),
    periodSeconds: Number(row.period_seconds),
    value: Number(row.value),
    ...marksOf(row),
  }));
}

/** Merged readings with all their KPIs and counters in order of time. */
export async function askReadings(connection: Connection, tables: ReadingsTables, span: Span): Promise<Reading[]> {
  const columns = tables.kpis.all();
  const newest = [...columns.values()].map((column) => `, arg_max(${column}, ordinal) AS ${column}`).join('');
  const sql = `
    SELECT at_ms, period_seconds, bit_or(flags) AS flags${newest}
    FROM (${bothStages('', ['at_ms, period_seconds, ordinal, flags', ...columns.values()].join(', '))})
    GROUP BY at_ms, period_seconds ORDER BY at_ms DESC, period_seconds DESC LIMIT ${span.limit}`;
  const rows = (await connection.rows(sql, ...bounds(span))).reverse();
  const byKey = new Map(rows.map((row) => [keyOf(row), toReading(span.cell, row, columns)]));
  if (rows[0]) await addOthers(connection, tables, { ...span, from: Number(rows[0].at_ms) - 1 }, byKey);
  return [...byKey.values()];
}

function toReading(cell: string, row: Row, columns: ReadonlyMap<string, string>): Reading {
  const kpis: Record<string, number> = {};
  for (const [kpi, column] of columns) {
    if (row[column] !== null) kpis[kpi] = Number(row[column]);
  }
  const key = { cell, at: Number(row.at_ms), periodSeconds: Number(row.period_seconds) };
  return { ...key, kpis, ...marksOf(row) };
}

/** Bit 1 of `flags`: suspect; bit 2: late. */
function marksOf({ flags }: Row): Pick<Reading, 'suspect' | 'late'> {
  return { ...(Number(flags) & 1 && { suspect: true }), ...(Number(flags) & 2 && { late: true }) };
}

/** Lays counters, and KPIs without a column, over the readings of their keys, oldest first. */
async function addOthers(connection: Connection, tables: ReadingsTables, span: Span, byKey: Map<string, Reading>) {
  const sql = `${bothStages('_counters', 'at_ms, period_seconds, ordinal, shape, amounts')} ORDER BY ordinal`;
  const rows = await connection.rows(sql, ...bounds(span));
  const numbers = [...new Set(rows.map((row) => Number(row.shape)))];
  const names = await tables.shapes.names(connection, numbers);
  const shapes = new Map([...names].map(([number, name]) => [number, JSON.parse(name) as Shape]));
  for (const row of rows) {
    const reading = byKey.get(keyOf(row));
    if (reading) layOver(reading, shapes.get(Number(row.shape))!, row.amounts as DuckDBListValue);
  }
}

function layOver(reading: Reading, shape: Shape, amounts: DuckDBListValue): void {
  shape.forEach((name, index) => {
    const amount = amounts.items[index];
    if (typeof amount !== 'number') return;
    if (name.startsWith('k:')) {
      reading.kpis[name.slice(2)] = amount;
    } else {
      reading.counters ??= {};
      reading.counters[name.slice(2)] = amount;
    }
  });
}

function keyOf(row: Row): string {
  return `${row.at_ms}/${row.period_seconds}`;
}

function bothStages(suffix: '' | '_counters', columns: string): string {
  const where = 'WHERE cell = $1 AND at_ms > $2 AND at_ms <= $3';
  return ['settled', 'recent']
    .map((stage) => `SELECT ${columns} FROM readings.${stage}${suffix} ${where}`)
    .join(' UNION ALL ');
}

/** Any moment outside these is as good as the end of time; keeps infinities out of BIGINT. */
const FARTHEST_MS = 8.64e15;

function bounds({ cellNumber, from, to }: Span): [bigint, bigint, bigint] {
  const whole = (at: number) => BigInt(Math.floor(Math.max(-FARTHEST_MS, Math.min(FARTHEST_MS, at))));
  return [BigInt(cellNumber), whole(from), whole(to)];
}
