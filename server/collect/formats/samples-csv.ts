// Radio samples as CSV: a heading in any order and common spellings; commas, semicolons or tabs.

import type { Where } from '../../model/sent.ts';
import { type CsvRow, csvRows, type Delimiter, sniffDelimiter } from '../csv-rows.ts';
import { excerpt } from '../excerpt.ts';
import { type FormatContext, note } from '../format.ts';
import type { ParsedRecord, RecordFormat } from '../record-format.ts';
import { areSampleNames, type SampleField, sampleField, sampleRecord } from '../sample-fields.ts';

export const samplesCsv: RecordFormat = { name: 'samples-csv', looksLike, parse };

function looksLike(head: string): boolean {
  if (/^\uFEFF?\s*[<{[]/.test(head)) return false;
  const [first] = csvRows(head, sniffDelimiter(head));
  return areSampleNames(first?.fields ?? []);
}

function* parse(text: string, context: FormatContext): Generator<ParsedRecord> {
  const delimiter = sniffDelimiter(text);
  const rows = csvRows(text, delimiter);
  const first = rows.next();
  if (first.done) return;
  const header = first.value.fields;
  const fields = header.map(sampleField);
  const missing = whatIsMissing(fields);
  if (missing) {
    yield refuse(`${missing} (${header.length} columns were found)`, first.value, context, delimiter);
    return;
  }
  const unused = header.filter((name, i) => name !== '' && !fields[i]);
  if (unused.length > 0)
    note(context, `columns that mean nothing here and were not read: ${excerpt(unused.join(', '))}`);
  let index = 0;
  for (const row of rows)
    yield recordOf(row, fields, delimiter, { index: index++, line: row.line, file: context.file });
}

function whatIsMissing(fields: readonly (SampleField | undefined)[]): string | undefined {
  const has = new Set(fields.map((one) => one?.field));
  const missing = (['at', 'lat', 'lon'] as const).filter((field) => !has.has(field));
  if (missing.length > 0) {
    return `no column for ${missing.join(', ')}; the first line must be a heading such as at,lat,lon,rsrp_dbm`;
  }
  const measured = ['rsrpDbm', 'rsrqDb', 'sinrDb', 'dlMbps', 'ulMbps', 'latencyMs'] as const;
  if (measured.some((field) => has.has(field))) return undefined;
  return 'no column holds a measurement; give at least one of rsrp_dbm, rsrq_db, sinr_db, dl_mbps, ul_mbps, latency_ms';
}

function recordOf(
  { fields: values, line }: CsvRow,
  fields: readonly (SampleField | undefined)[],
  delimiter: Delimiter,
  where: Where,
): ParsedRecord {
  if (values.length > fields.length && values.slice(fields.length).some((value) => value !== '')) {
    const detail = `line ${line} has ${values.length} fields under ${fields.length} columns; put text that holds the delimiter into quotes`;
    const piece = excerpt(values.join(delimiter));
    return { kind: 'rejection', rejection: { ...where, reason: 'wrong-shape', detail, excerpt: piece } };
  }
  const plainValues = delimiter === ',' ? values : values.map(withDecimalPoint);
  return { kind: 'record', record: sampleRecord(fields, plainValues), where };
}

/** Where no comma separates columns, it is the decimal sign. */
function withDecimalPoint(text: string): string {
  return /^-?\d+,\d+$/.test(text) ? text.replace(',', '.') : text;
}

function refuse(detail: string, { line, fields }: CsvRow, { file }: FormatContext, delimiter: string): ParsedRecord {
  const piece = excerpt(fields.join(delimiter));
  return { kind: 'rejection', rejection: { reason: 'wrong-shape', detail, line, file, excerpt: piece } };
}
