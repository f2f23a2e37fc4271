// Questions in InfluxQL, the one query language that InfluxDB 1.x, 2.x and 3 all answer, and their answers as readings.

import {
  decodeName,
  encodeName,
  fieldOfKpi,
  LATE_FIELD,
  MEASUREMENT,
  readField,
  SUSPECT_FIELD,
} from '../../model/line-protocol.ts';
import type { Reading, ReadingBatch } from '../../model/reading.ts';
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

/** The names of all fields, `fieldKey` in the first column. */
export const FIELDS_QUERY = `SHOW FIELD KEYS FROM ${identifier(MEASUREMENT)}`;

/** Whole readings of several cells, `from < at <= to`, of these fields only; rows without any of them are left out. */
export function cellsQuery(cells: readonly string[], fields: readonly string[], from: number, to: number): string {
  const ofCells = cells.map((cell) => `"cell" = ${text(encodeName(cell))}`).join(' OR ');
  return (
    `SELECT ${[...fields, SUSPECT_FIELD].map(identifier).join(', ')} FROM ${identifier(MEASUREMENT)} ` +
    `WHERE time > ${time(from)} AND time <= ${time(to)} AND (${ofCells}) GROUP BY "cell", "period"`
  );
}

/** Nothing is of before 2000, so that with 0 this deletes nothing and tells whether the server can. */
export function deleteQuery(until: number): string {
  return `DELETE FROM ${identifier(MEASUREMENT)} WHERE time <= ${time(until)}`;
}

export function createDatabase(name: string): string {
  return `CREATE DATABASE ${identifier(name)}`;
}

/** Grouped by period, since rows of different periods can stand at one time. */
function ofCell({ cell, from, to, limit }: Span): string {
  return (
    `FROM ${identifier(MEASUREMENT)} WHERE "cell" = ${text(encodeName(cell))} ` +
    `AND time > ${time(from)} AND time <= ${time(to)} GROUP BY "period" ORDER BY time DESC LIMIT ${limit}`
  );
}

function time(at: number): string {
  return `${Math.floor(Math.max(-FARTHEST_MS, Math.min(FARTHEST_MS, at)))}ms`;
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

/** The answer to `cellsQuery` by columns. */
export function toBatch(answer: readonly Series[], fields: readonly string[]): ReadingBatch {
  const rows = answer.reduce((sum, { values }) => sum + values.length, 0);
  const batch = emptyBatch(rows, fields);
  let row = 0;
  for (const { tags, columns, values } of answer) {
    const cell = batch.cells.push(decodeName(tags?.cell ?? '')) - 1;
    const suspectColumn = columns.indexOf(SUSPECT_FIELD);
    for (const value of values) {
      batch.cell[row] = cell;
      batch.at[row] = Number(value[0]);
      batch.periodSeconds[row] = Number(tags?.period);
      batch.suspect[row] = value[suspectColumn] === true ? 1 : 0;
      batch.kpis.forEach((column, i) => {
        const amount = value[i + 1];
        column.values[row] = typeof amount === 'number' ? amount : Number.NaN;
      });
      row++;
    }
  }
  return batch;
}

function emptyBatch(rows: number, fields: readonly string[]): ReadingBatch {
  return {
    source: 'influx',
    receivedAt: 0,
    rows,
    cells: [],
    cell: new Uint32Array(rows),
    at: new Float64Array(rows),
    periodSeconds: new Uint32Array(rows),
    suspect: new Uint8Array(rows),
    kpis: fields.map((field) => ({ name: readField(field)!.name, values: new Float64Array(rows) })),
    counters: [],
  };
}

/** The answer to `FIELDS_QUERY`: those that hold KPIs. */
export function kpiFieldsOf(answer: readonly Series[]): string[] {
  const fields = answer.flatMap(({ values }) => values.map(([field]) => String(field)));
  return fields.filter((field) => readField(field)?.kind === 'kpi');
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
