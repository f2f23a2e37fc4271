// Turns a foreign table into documents for our doors, as a mapping file says; remembers which line each record came from.

import type { Rejection } from '../model/rejection.ts';
import { type CsvRow, csvRows, sniffDelimiter } from './csv-rows.ts';
import type { MappedKind, Mapping } from './mapping.ts';
import { isAbsent } from './people-fields.ts';

export interface MappedDocument {
  /** JSON as the door of this kind takes it. */
  text: string;
  /** Line of the table that each record stood on. */
  lines: number[];
}

export interface MappedTable {
  documents: MappedDocument[];
  /** What was left out on the way. */
  rejections: Rejection[];
}

/** Records of one document: some 10 MB of the widest tables, well below what a door takes. */
const MOST_RECORDS = 20_000;
const LIST_KEYS: Record<MappedKind, string> = {
  subscribers: 'subscribers',
  exposure: 'exposure',
  complaints: 'complaints',
  surveys: 'surveys',
  samples: 'samples',
  readings: 'readings',
  inventory: 'cells',
};
/** Fields of a reading that are no KPIs. */
const READING_FIELDS = new Set(['cell', 'at', 'periodSeconds', 'period_seconds', 'suspect']);

type MappedRecord = Record<string, unknown>;

/** Never throws; of a table without one of the columns that the mapping names, nothing is read. No value is ever quoted. */
export function mapTable(text: string, mapping: Mapping): MappedTable {
  const rows = csvRows(text, sniffDelimiter(text));
  const header = rows.next();
  if (header.done) return { documents: [], rejections: [] };
  const columnOf = columnsOf(header.value.fields);
  const wanted = [...Object.values(mapping.columns), ...Object.values(mapping.compute).flat()];
  const missing = wanted.filter((name) => columnOf(name) === undefined);
  if (missing.length > 0) {
    const detail = `the table has no column ${missing.map((name) => `"${name}"`).join(', ')}, which the mapping names`;
    return { documents: [], rejections: [{ reason: 'missing-field', detail, line: header.value.line }] };
  }
  const readRow = rowReader(mapping, (name) => columnOf(name)!);
  const { kept, doubles } = mapping.distinct ? distinctRows(rows) : { kept: numbered(rows), doubles: [] };
  return { documents: documentsOf(kept, readRow, mapping.kind), rejections: doubles };
}

/** By the exact name, else by the name without regard to case. */
function columnsOf(header: readonly string[]): (name: string) => number | undefined {
  const lower = header.map((name) => name.toLowerCase());
  return (name) => {
    const exact = header.indexOf(name);
    const at = exact >= 0 ? exact : lower.indexOf(name.toLowerCase());
    return at < 0 ? undefined : at;
  };
}

/** A row and its number, from 1 without the heading. */
interface NumberedRow extends CsvRow {
  number: number;
}

function numbered(rows: Iterable<CsvRow>): NumberedRow[] {
  return Array.from(rows, (row, i) => ({ ...row, number: i + 1 }));
}

function distinctRows(rows: Iterable<CsvRow>): { kept: NumberedRow[]; doubles: Rejection[] } {
  const seen = new Set<string>();
  const kept: NumberedRow[] = [];
  let doubles: Rejection | undefined;
  for (const row of numbered(rows)) {
    const key = JSON.stringify(row.fields);
    if (!seen.has(key)) {
      seen.add(key);
      kept.push(row);
      continue;
    }
    doubles ??= {
      reason: 'duplicate',
      detail: 'rows that are equal to an earlier one in every column were left out; this is the first of them',
      line: row.line,
      count: 0,
    };
    doubles.count!++;
  }
  return { kept, doubles: doubles ? [doubles] : [] };
}

type RowReader = (row: NumberedRow) => MappedRecord;

function rowReader(mapping: Mapping, columnOf: (name: string) => number): RowReader {
  const { columns, compute, constants, values, notMeasured, rowAsSubscriber } = mapping;
  const isMissing = (text: string, field: string) =>
    isAbsent(text) || (notMeasured['*']?.includes(text) ?? false) || (notMeasured[field]?.includes(text) ?? false);
  const taken = Object.entries(columns).map(([field, name]) => ({ field, at: columnOf(name), meant: values[field] }));
  const summed = Object.entries(compute).map(([field, list]) => ({ field, at: list.map(columnOf) }));
  return ({ fields, number }) => {
    const record: MappedRecord = {
      ...(rowAsSubscriber && { subscriber: `${rowAsSubscriber}${number}` }),
      ...constants,
    };
    for (const { field, at, meant } of taken) {
      const text = fields[at] ?? '';
      const value = meant && Object.hasOwn(meant, text) ? meant[text] : isMissing(text, field) ? null : text;
      if (value !== null) record[field] = value;
    }
    for (const { field, at } of summed) {
      const parts = at.map((column) => fields[column] ?? '');
      if (!parts.some((text) => isMissing(text, field))) record[field] = sumOf(parts);
    }
    return mapping.kind === 'readings' ? asReading(record) : record;
  };
}

/** What is no number makes the sum none, and the door refuses it. */
function sumOf(parts: readonly string[]): number | string {
  const sum = parts.reduce((total, text) => total + Number(text), 0);
  // A sum of decimals such as 0.1 + 0.2 shows what its parts showed.
  return Number.isFinite(sum) ? Math.round(sum * 1e6) / 1e6 : 'no number';
}

function asReading(record: MappedRecord): MappedRecord {
  const reading: MappedRecord = { kpis: {} };
  for (const [field, value] of Object.entries(record)) {
    if (READING_FIELDS.has(field)) reading[field] = value;
    else (reading.kpis as MappedRecord)[field] = value;
  }
  return reading;
}

function documentsOf(rows: readonly NumberedRow[], readRow: RowReader, kind: MappedKind): MappedDocument[] {
  const documents: MappedDocument[] = [];
  for (let from = 0; from < rows.length; from += MOST_RECORDS) {
    const piece = rows.slice(from, from + MOST_RECORDS);
    const text = JSON.stringify({ [LIST_KEYS[kind]]: piece.map(readRow) });
    documents.push({ text, lines: piece.map(({ line }) => line) });
  }
  return documents;
}
