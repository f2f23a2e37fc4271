// Reads one line of a CSV of a single series: a time and a value, each kept as it came beside what it means.

import { parseTime } from '../maths/parse-time.ts';
import type { Rejection } from '../model/rejection.ts';
import { excerpt } from './excerpt.ts';

/** Where the two columns stand, from 0. */
export interface SeriesColumns {
  timestamp: number;
  value: number;
}

export interface SeriesRow {
  /** As they came, quotes included. */
  timestamp: string;
  value: string;
  /** Epoch milliseconds. */
  at: number;
  /** NaN: nothing was measured. */
  measured: number;
}

/** A row that cannot be read, with what of it can be written back. */
export interface RefusedRow {
  timestamp: string;
  value: string;
  rejection: Rejection;
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const NOT_MEASURED = new Set(['', 'nan', 'null', 'na', 'n/a', 'none', '-']);
const EPOCH = /^-?\d{1,16}(?:\.\d+)?$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
/** Below this a number is seconds since 1970 (until the year 5138), from it on milliseconds (from 1973). */
const FIRST_MILLISECONDS = 100_000_000_000;

/** The columns that a heading names; undefined when the line is no heading. */
export function seriesColumns(line: string): SeriesColumns | undefined {
  const names = (fieldsOf(line) ?? []).map((field) => bare(field).toLowerCase());
  const columns = { timestamp: names.indexOf('timestamp'), value: names.indexOf('value') };
  return columns.timestamp >= 0 && columns.value >= 0 ? columns : undefined;
}

export function readSeriesRow(text: string, line: number, columns: SeriesColumns): SeriesRow | RefusedRow {
  const fields = fieldsOf(text);
  if (fields === undefined) {
    const detail = 'a quote is opened and not closed on this line; double it ("") inside a quoted field';
    return {
      timestamp: quoted(text),
      value: '',
      rejection: { line, reason: 'not-csv', detail, excerpt: excerpt(text) },
    };
  }
  const timestamp = fields[columns.timestamp] ?? '';
  const value = fields[columns.value];
  const refuse = (field: string, reason: Rejection['reason'], detail: string): RefusedRow => ({
    timestamp,
    value: value ?? '',
    rejection: { line, field, reason, detail, excerpt: excerpt(text) },
  });
  if (value === undefined) return refuse('value', 'missing-field', 'this line has no value; write timestamp,value');
  const at = timeOf(bare(timestamp));
  if (at === undefined) {
    const forms = 'write ISO 8601, YYYY-MM-DD HH:MM:SS (UTC), or seconds or milliseconds since 1970';
    return refuse('timestamp', 'bad-time', `"${excerpt(bare(timestamp))}" is no time; ${forms}`);
  }
  const measured = numberOf(bare(value));
  if (measured === undefined) {
    const detail = `"${excerpt(bare(value))}" is no number; leave the field empty where nothing was measured`;
    return refuse('value', 'not-a-number', detail);
  }
  return { timestamp, value, at, measured };
}

/** Epoch milliseconds. */
function timeOf(text: string): number | undefined {
  if (EPOCH.test(text)) {
    const number = Number(text);
    return Math.abs(number) < FIRST_MILLISECONDS ? number * 1000 : number;
  }
  return parseTime(DAY.test(text) ? `${text}T00:00` : text);
}

function numberOf(text: string): number | undefined {
  if (NUMBER.test(text)) {
    const number = Number(text);
    return Number.isFinite(number) ? number : undefined;
  }
  return NOT_MEASURED.has(text.toLowerCase()) ? Number.NaN : undefined;
}

/** The fields as they came; undefined when a quote is left open. */
function fieldsOf(line: string): string[] | undefined {
  if (!line.includes('"')) return line.split(',');
  const fields: string[] = [];
  let from = 0;
  let isQuoted = false;
  for (let i = 0; i < line.length; i++) {
    if (line[i] === '"') isQuoted = !isQuoted;
    if (line[i] !== ',' || isQuoted) continue;
    fields.push(line.slice(from, i));
    from = i + 1;
  }
  return isQuoted ? undefined : [...fields, line.slice(from)];
}

function bare(field: string): string {
  const text = field.trim();
  return text.length > 1 && text[0] === '"' && text.at(-1) === '"'
    ? text.slice(1, -1).replaceAll('""', '"').trim()
    : text;
}

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
