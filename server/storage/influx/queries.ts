// Questions in InfluxQL, the one query language that InfluxDB 1.x, 2.x and 3 all answer, and their answers as readings.

import {
  encodeName,
  fieldOfKpi,
  LATE_FIELD,
  MEASUREMENT,
  readField,
  SUSPECT_FIELD,
} from '../../model/line-protocol.ts';
import type { Reading } from '../../model/reading.ts';
import type { SeriesPoint } from '../kpi-store.ts';

/** One cell, `from < at <= to` in epoch milliseconds, at most the newest `limit`. */
export interface Span {
  cell: string;
  from: number;
  to: number;
  limit: number;
}

/** One series of an answer: a row is the time in milliseconds and the values of the other columns. */
export interface Series {
  tags?: Record<string, string>;
  columns: string[];
  values: (number | boolean | string | null)[][];
}

/** InfluxDB counts nanoseconds in 64 bits: years 1678 to 2262. */
const FARTHEST_MS = 9.2e12;

export function seriesQuery(kpi: string, span: Span): string {
  return `SELECT ${identifier(fieldOfKpi(kpi))}, ${identifier(SUSPECT_FIELD)}, ${identifier(LATE_FIELD)} ${ofCell(span)}`;
}

export function readingsQuery(span: Span): string {
  return `SELECT * ${ofCell(span)}`;
}

export function createDatabase(name: string): string {
  return `CREATE DATABASE ${identifier(name)}`;
}

/** Grouped by period, since rows of different periods can stand at one time. */
function ofCell({ cell, from, to, limit }: Span): string {
  const time = (at: number) => `${Math.floor(Math.max(-FARTHEST_MS, Math.min(FARTHEST_MS, at)))}ms`;
  return (
    `FROM ${identifier(MEASUREMENT)} WHERE "cell" = ${text(encodeName(cell))} ` +
    `AND time > ${time(from)} AND time <= ${time(to)} GROUP BY "period" ORDER BY time DESC LIMIT ${limit}`
  );
}

function identifier(name: string): string {
  return `"${name.replace(/["\\]/g, '\\$&')}"`;
}

function text(value: string): string {
  return `'${value.replace(/['\\]/g, '\\$&')}'`;
}

/** The answer to `seriesQuery` in order of time; rows without the KPI are left out. */
export function toPoints(answer: readonly Series[], limit: number): SeriesPoint[] {
  const points = answer.flatMap(({ tags, values }) => {
    const periodSeconds = Number(tags?.period);
    return values.flatMap(([at, value, suspect, late]) =>
      typeof value === 'number' ? [{ at: Number(at), periodSeconds, value, ...marksOf(suspect, late) }] : [],
    );
  });
  return newest(points, limit);
}

/** The answer to `readingsQuery` in order of time. */
export function toReadings(cell: string, answer: readonly Series[], limit: number): Reading[] {
  const readings = answer.flatMap(({ tags, columns, values }) => {
    const periodSeconds = Number(tags?.period);
    const fields = columns.map(readField);
    const [suspectColumn, lateColumn] = [columns.indexOf(SUSPECT_FIELD), columns.indexOf(LATE_FIELD)];
    return values.map((row) => {
      const reading: Reading = { cell, at: Number(row[0]), periodSeconds, kpis: {} };
      fields.forEach((field, column) => {
        if (field) put(reading, field, row[column]);
      });
      return Object.assign(reading, marksOf(row[suspectColumn], row[lateColumn]));
    });
  });
  return newest(readings, limit);
}

function marksOf(suspect: unknown, late: unknown): Pick<Reading, 'suspect' | 'late'> {
  return { ...(suspect === true && { suspect }), ...(late === true && { late }) };
}

function put(reading: Reading, field: NonNullable<ReturnType<typeof readField>>, value: unknown): void {
  if (typeof value !== 'number') return;
  if (field.kind === 'kpi') {
    reading.kpis[field.name] = value;
  } else {
    reading.counters ??= {};
    reading.counters[field.name] = value;
  }
}

/** In order of time, then of period; the last `limit`. */
function newest<T extends { at: number; periodSeconds?: number }>(rows: T[], limit: number): T[] {
  rows.sort((a, b) => a.at - b.at || a.periodSeconds! - b.periodSeconds!);
  return rows.slice(-limit);
}
