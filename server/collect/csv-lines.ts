// Rows of a table line by line, at speed: a quote that is never closed, or a line without end, costs its own line only.

import type { CsvRow, Delimiter } from './csv-rows.ts';

export interface TableRow extends CsvRow {
  /** Why this line is no row; its fields are then the beginning of the line as it stands. */
  broken?: 'too-long' | 'open-quote';
  /** The text ends within this row: its last field may have been cut off. */
  isCut?: boolean;
}

/** No row of readings is longer, characters; the widest real export (3,000 counters) has some 30,000. */
const LONGEST_LINE = 1 << 20;
/** A quoted field may hold line breaks; one that runs on longer was never closed. */
const MOST_LINES_OF_A_ROW = 20;
const SHOWN = 200;

/** Where in a text a row begins. */
export interface Place {
  at: number;
  /** From 1. */
  line: number;
}

/**
 * Rows of `text` from a place on; blank ones are left out, fields trimmed. A quoted field goes on over line breaks only
 * where the row thereby gets `width` fields; else its line is `open-quote`.
 */
export function* csvLines(text: string, delimiter: Delimiter, from: Place, width?: number): Generator<TableRow> {
  const hasQuotes = text.includes('"', from.at);
  let { at, line } = from;
  while (at < text.length) {
    const end = endOfLine(text, at);
    if (end === at) {
      at++;
      line++;
      continue;
    }
    if (!hasQuotes && end - at <= LONGEST_LINE) {
      const fields = trimmed(text.slice(at, end).split(delimiter));
      if (isFilled(fields)) yield end === text.length ? { line, fields, isCut: true } : { line, fields };
      at = end + 1;
      line++;
    } else {
      const { row, next } = rowAt(text, { at, line }, delimiter, width);
      if (row.broken || isFilled(row.fields)) yield row;
      ({ at, line } = next);
    }
  }
}

/** The row that begins at a place, and where the next one does. */
export function rowAt(
  text: string,
  { at, line }: Place,
  delimiter: Delimiter,
  width?: number,
): { row: TableRow; next: Place } {
  const end = endOfLine(text, at);
  const next = { at: end + 1, line: line + 1 };
  if (end - at > LONGEST_LINE) return { row: broken('too-long', text, at, end, line), next };
  const piece = text.slice(at, end);
  if (piece.includes('"')) return quotedRow(text, { at, line }, delimiter, width);
  const fields = trimmed(piece.split(delimiter));
  return { row: end === text.length ? { line, fields, isCut: true } : { line, fields }, next };
}

const broken = (why: TableRow['broken'], text: string, at: number, end: number, line: number): TableRow => ({
  line,
  fields: [text.slice(at, Math.min(end, at + SHOWN))],
  broken: why,
});

const endOfLine = (text: string, at: number): number => {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
};

const isFilled = (fields: readonly string[]): boolean => fields[0] !== '' || fields.some((field) => field !== '');

function trimmed(fields: string[]): string[] {
  for (let i = 0; i < fields.length; i++) {
    const field = fields[i]!;
    // Of a space, a tab or the carriage return before a line break.
    if (field.charCodeAt(0) <= 0x20 || !(field.charCodeAt(field.length - 1) > 0x20)) fields[i] = field.trim();
  }
  return fields;
}

function quotedRow(text: string, { at, line }: Place, delimiter: Delimiter, width?: number) {
  const firstEnd = endOfLine(text, at);
  let end = firstEnd;
  for (let lines = 1; lines <= MOST_LINES_OF_A_ROW && end - at <= LONGEST_LINE; lines++) {
    const fields = splitQuoted(text.slice(at, end), delimiter);
    if (fields && (lines === 1 || width === undefined || fields.length === width)) {
      const row: TableRow = end === text.length ? { line, fields, isCut: true } : { line, fields };
      return { row, next: { at: end + 1, line: line + lines } };
    }
    if (fields || end >= text.length) break;
    end = endOfLine(text, end + 1);
  }
  return { row: broken('open-quote', text, at, firstEnd, line), next: { at: firstEnd + 1, line: line + 1 } };
}

/** The fields of one row, undefined when a quote in it is not closed. Text behind a closing quote is kept as written. */
function splitQuoted(row: string, delimiter: Delimiter): string[] | undefined {
  const fields: string[] = [];
  for (let at = 0; at <= row.length; ) {
    while (row[at] === ' ') at++;
    let inside = '';
    if (row[at] === '"') {
      const close = closingQuote(row, at);
      if (close < 0) return undefined;
      inside = row.slice(at + 1, close).replaceAll('""', '"');
      at = close + 1;
    }
    const next = row.indexOf(delimiter, at);
    const end = next < 0 ? row.length : next;
    fields.push((inside + row.slice(at, end)).trim());
    at = end + 1;
  }
  return fields;
}

function closingQuote(row: string, open: number): number {
  let close = row.indexOf('"', open + 1);
  while (close >= 0 && row[close + 1] === '"') close = row.indexOf('"', close + 2);
  return close;
}
