// A calendar as CSV with a heading such as date,type,area,name, in any order.

import type { Where } from '../../model/sent.ts';
import { areCalendarNames, calendarField, calendarRecord, noteUnread } from '../calendar-fields.ts';
import { type CsvRow, csvRows, type Delimiter, sniffDelimiter } from '../csv-rows.ts';
import { excerpt } from '../excerpt.ts';
import type { FormatContext } from '../format.ts';
import type { ParsedRecord, RecordFormat } from '../record-format.ts';

export const calendarCsv: RecordFormat = { name: 'calendar-csv', looksLike, parse };

function looksLike(head: string): boolean {
  if (/^\uFEFF?\s*[<{[]/.test(head)) return false;
  const [heading] = csvRows(head, sniffDelimiter(head));
  return areCalendarNames(heading?.fields ?? []);
}

function* parse(text: string, context: FormatContext): Generator<ParsedRecord> {
  const delimiter = sniffDelimiter(text);
  const rows = csvRows(text, delimiter);
  const first = rows.next();
  if (first.done) return;
  const heading = first.value.fields;
  const missing = (['date', 'type'] as const).filter((field) => !heading.some((name) => calendarField(name) === field));
  if (missing.length > 0) {
    const detail = `no column for ${missing.join(', ')}; the first line must be a heading such as date,type,area,name`;
    yield refuse(detail, first.value, delimiter, { line: first.value.line, file: context.file });
    return;
  }
  noteUnread(
    context,
    heading.filter((name) => !calendarField(name)),
    'columns',
  );
  let index = 0;
  for (const row of rows)
    yield readRow(row, heading, delimiter, { index: index++, line: row.line, file: context.file });
}

function readRow(row: CsvRow, heading: readonly string[], delimiter: Delimiter, where: Where): ParsedRecord {
  if (row.fields.slice(heading.length).some((field) => field !== '')) {
    const detail = `line ${row.line} has ${row.fields.length} fields under ${heading.length} columns; put text that holds the delimiter into quotes`;
    return refuse(detail, row, delimiter, where);
  }
  return calendarRecord(Object.fromEntries(heading.map((name, i) => [name, row.fields[i]])), where, new Set());
}

function refuse(detail: string, { fields }: CsvRow, delimiter: Delimiter, where: Partial<Where>): ParsedRecord {
  const piece = excerpt(fields.join(delimiter));
  return { kind: 'rejection', rejection: { ...where, reason: 'wrong-shape', detail, excerpt: piece } };
}
