// A table of any origin: its heading, the rows below it, and how the heading is found when titles stand above.

import type { Rejection } from '../model/rejection.ts';
import { csvLines, type Place, rowAt, type TableRow } from './csv-lines.ts';
import type { CsvRow, Delimiter } from './csv-rows.ts';

export interface Table {
  heading: CsvRow;
  /** The rows below the heading, from the first one at every call. */
  rows(): Iterable<TableRow>;
  /** False where no number can be written with a decimal comma, for nothing holds one. */
  mayHoldComma: boolean;
  /** Written with semicolons between: as in countries whose decimal sign is the comma. */
  isSemicolons: boolean;
}

/** Titles, dates of the export and the like stand above a heading, never so many lines (default). */
const MOST_LINES_ABOVE = 60;
const MOST_CHARACTERS_ABOVE = 1 << 16;
const DELIMITERS: readonly Delimiter[] = [',', ';', '\t', '|'];

export interface CsvOptions {
  delimiter?: Delimiter;
  /** Line of the heading, from 1. */
  headerLine?: number;
}

/** Every kind of line break as one, and no byte order mark. */
export function plainText(text: string): string {
  const body = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  return /\r(?!\n)/.test(body) ? withLineFeeds(body) : body;
}

/** In place, since a text may be nothing but carriage returns. */
function withLineFeeds(text: string): string {
  const bytes = Buffer.from(text, 'utf16le');
  for (let i = 0; i < bytes.length; i += 2) {
    const isReturn = bytes[i] === 0x0d && bytes[i + 1] === 0;
    if (isReturn && !(bytes[i + 2] === 0x0a && bytes[i + 3] === 0)) bytes[i] = 0x0a;
  }
  return bytes.toString('utf16le');
}

/** The table whose heading is the first row that `isHeading` says yes to, under any delimiter; undefined when none is. */
export function csvTable(
  text: string,
  isHeading: (fields: readonly string[], line: number) => boolean,
  options: CsvOptions = {},
): Table | undefined {
  const delimiters = options.delimiter ? [options.delimiter] : DELIMITERS;
  const lastLine = options.headerLine ?? MOST_LINES_ABOVE;
  for (let place: Place = { at: 0, line: 1 }; place.at < text.length && place.line <= lastLine; ) {
    if (place.at > MOST_CHARACTERS_ABOVE && options.headerLine === undefined) return undefined;
    const rows = delimiters.map((delimiter) => ({ delimiter, ...rowAt(text, place, delimiter) }));
    const isWanted = options.headerLine === undefined || place.line === options.headerLine;
    const found = isWanted && rows.find(({ row }) => !row.broken && isHeading(row.fields, row.line));
    if (found) return tableBelow(text, found.row, found.next, found.delimiter);
    place = rows.reduce((least, { next }) => (next.at < least.at ? next : least), rows[0]!.next);
  }
  return undefined;
}

function tableBelow(text: string, heading: CsvRow, next: Place, delimiter: Delimiter): Table {
  const inValues = delimiter === ',' ? text.includes('"', next.at) : text.includes(',', next.at);
  return {
    heading,
    rows: () => csvLines(text, delimiter, next, heading.fields.length),
    mayHoldComma: inValues || /\d\.\d{3}\.\d/.test(text),
    isSemicolons: delimiter === ';',
  };
}

/** The same table without its first row. */
export function withoutFirstRow(table: Table): Table {
  return {
    ...table,
    *rows() {
      const rows = table.rows()[Symbol.iterator]();
      rows.next();
      for (let row = rows.next(); !row.done; row = rows.next()) yield row.value;
    },
  };
}

/** Without the rows that are equal to an earlier one in every column; what was left out is told by `doubles`. */
export function distinctTable(table: Table): { table: Table; doubles: () => Rejection[] } {
  let first: number | undefined;
  let count = 0;
  function* rows(): Generator<TableRow> {
    const seen = new Set<string>();
    count = 0;
    for (const row of table.rows()) {
      const key = JSON.stringify(row.fields);
      if (row.broken || !seen.has(key)) {
        seen.add(key);
        yield row;
        continue;
      }
      first ??= row.line;
      count++;
    }
  }
  const detail = 'rows that are equal to an earlier one in every column were left out; this is the first of them';
  const doubles = (): Rejection[] => (count > 0 ? [{ reason: 'duplicate', detail, line: first, count }] : []);
  return { table: { ...table, rows }, doubles };
}
