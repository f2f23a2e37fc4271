// People as CSV with a heading: subscribers, exposure, complaints, surveys. Nothing of the text is ever quoted.

import type { PeopleKind } from '../../model/person.ts';
import type { Where } from '../../model/sent.ts';
import { csvRows, type Delimiter, sniffDelimiter } from '../csv-rows.ts';
import type { FormatContext } from '../format.ts';
import { isAbsent, kindOfNames, noteUnread, personField } from '../people-fields.ts';
import type { ParsedRecord, PeopleFormat, RawRecord } from '../record-format.ts';

export const peopleCsv: PeopleFormat = { name: 'people-csv', kindOf, parse };

function kindOf(head: string): PeopleKind | undefined {
  if (/^\uFEFF?\s*[<{[]/.test(head)) return undefined;
  const [header] = csvRows(head, sniffDelimiter(head));
  return kindOfNames(header?.fields ?? []);
}

function* parse(text: string, kind: PeopleKind, context: FormatContext): Generator<ParsedRecord> {
  const delimiter = sniffDelimiter(text);
  const rows = csvRows(text, delimiter);
  const first = rows.next();
  if (first.done) return;
  const columns = first.value.fields.map((name) => personField(kind, name));
  if (!columns.includes('subscriber')) {
    const detail = `the heading of ${columns.length} columns has no column subscriber; give a heading such as ${headingOf(kind)}`;
    yield {
      kind: 'rejection',
      rejection: { reason: 'missing-field', field: 'subscriber', detail, line: first.value.line, file: context.file },
    };
    return;
  }
  noteUnread(
    context,
    first.value.fields.filter((_, i) => columns[i] === undefined),
    'column',
  );
  let index = 0;
  for (const { fields, line } of rows) {
    yield readRow(fields, columns, delimiter, { index: index++, line, file: context.file });
  }
}

function headingOf(kind: PeopleKind): string {
  const headings: Record<PeopleKind, string> = {
    subscribers: 'subscriber,tier,plan,price,tenure_months,monthly_spend',
    exposure: 'subscriber,cell,share',
    complaints: 'subscriber,at,category,text,cell',
    surveys: 'subscriber,at,score,scale',
  };
  return headings[kind];
}

function readRow(
  fields: readonly string[],
  columns: readonly (string | undefined)[],
  delimiter: Delimiter,
  where: Where,
): ParsedRecord {
  if (fields.length > columns.length && fields.slice(columns.length).some((field) => field !== '')) {
    const detail = `the row has ${fields.length} fields under ${columns.length} columns; put text that holds the delimiter into quotes`;
    return { kind: 'rejection', rejection: { ...where, reason: 'wrong-shape', detail } };
  }
  if (fields.some((field) => holdsRows(field, columns.length, delimiter))) {
    const detail =
      'a quote is opened and not closed, so that one field holds the rows after it; close it and send them again';
    return { kind: 'rejection', rejection: { ...where, reason: 'wrong-shape', detail } };
  }
  const record: RawRecord = {};
  for (let i = 0; i < columns.length; i++) {
    const field = columns[i];
    const value = fields[i];
    if (field === undefined || isAbsent(value) || field in record) continue;
    record[field] = decimal(value!, field, delimiter);
  }
  return { kind: 'record', record, where };
}

/** Lines inside a field that are rows themselves: other people's, which must not be kept as a person's words. */
function holdsRows(field: string, columns: number, delimiter: Delimiter): boolean {
  if (!field.includes('\n') && !field.includes('\r')) return false;
  const inner = field.split(/[\r\n]+/).slice(1);
  return inner.some((line) => line.split(delimiter).length >= columns && !/\s/.test(line.split(delimiter)[0]!.trim()));
}

/** Where `;` separates columns, a comma between digits is the decimal sign; ids and words are left as they are. */
function decimal(value: string, field: string, delimiter: Delimiter): string {
  const isNumber = delimiter === ';' && !WORDS.has(field) && /^-?\d+,\d+$/.test(value);
  return isNumber ? value.replace(',', '.') : value;
}

const WORDS = new Set(['subscriber', 'tier', 'plan', 'cell', 'service', 'category', 'text']);
