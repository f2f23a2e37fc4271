// Turns a foreign table into documents for our doors, as a mapping file says; remembers which line each record came from.

import type { ZoneOffset } from '../maths/parse-time.ts';
import type { Rejection } from '../model/rejection.ts';
import type { TableRow } from './csv-lines.ts';
import type { FormatContext } from './format.ts';
import type { MappedKind, Mapping } from './mapping.ts';
import { mappedColumns, mappedRules } from './mapping-of-readings.ts';
import { isAbsent } from './people-fields.ts';
import { readTable } from './reading-table.ts';
import { csvTable, distinctTable, plainText, type Table } from './table.ts';

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
  notes: string[];
}

/** Records of one document: some 10 MB of the widest tables, well below what a door takes. */
const MOST_RECORDS = 20_000;
/** Refusals that are shown; the others are counted in the last one. */
const MOST_REJECTIONS = 1000;
const LIST_KEYS: Record<MappedKind, string> = {
  subscribers: 'subscribers',
  exposure: 'exposure',
  complaints: 'complaints',
  surveys: 'surveys',
  samples: 'samples',
  readings: 'readings',
  inventory: 'cells',
};

interface MappedRecord {
  record: Record<string, unknown>;
  line: number;
}
type Mapped = MappedRecord | { rejection: Rejection };

/**
 * Never throws; of a table without one of the columns that the mapping names, nothing is read. Of people no value is ever
 * quoted. `zoneOffsetMinutes` is for times of readings without an offset; other doors read their times themselves.
 */
export function mapTable(text: string, mapping: Mapping, zoneOffsetMinutes: ZoneOffset = 0): MappedTable {
  if (text.trim() === '') return { documents: [], rejections: [], notes: [] };
  const found = headed(text, mapping);
  if ('reason' in found) return { documents: [], rejections: [found], notes: [] };
  const { table, doubles } = mapping.distinct ? distinctTable(found) : { table: found, doubles: () => [] };
  const placeOf = (heading: string) => placeIn(table.heading.fields, heading)!;
  const context: FormatContext = { zoneOffsetMinutes };
  const mapped =
    mapping.kind === 'readings' ? readings(table, mapping, placeOf, context) : records(table, mapping, placeOf);
  const { documents, rejections } = documentsOf(mapped, LIST_KEYS[mapping.kind]);
  return { documents, rejections: [...doubles(), ...rejections], notes: context.notes ?? [] };
}

/** The table whose heading has every column that the mapping names, or which ones are missing where most are there. */
function headed(text: string, mapping: Mapping): Table | Rejection {
  const wanted = [...Object.values(mapping.columns), ...Object.values(mapping.compute).flat()];
  let nearest = { missing: wanted, line: mapping.headerLine ?? 1 };
  const table = csvTable(
    plainText(text),
    (fields, line) => {
      const missing = wanted.filter((name) => placeIn(fields, name) === undefined);
      if (missing.length < nearest.missing.length) nearest = { missing, line };
      return missing.length === 0;
    },
    mapping,
  );
  if (table) return table;
  const names = nearest.missing.map((name) => `"${name}"`).join(', ');
  const detail = `the table has no column ${names}, which the mapping names`;
  return { reason: 'missing-field', detail, line: nearest.line };
}

/** By the exact name, else by the name without regard to case and line breaks. */
function placeIn(heading: readonly string[], name: string): number | undefined {
  const exact = heading.indexOf(name);
  const loose = (text: string) => text.replaceAll(/\s+/g, ' ').trim().toLowerCase();
  const at = exact >= 0 ? exact : heading.findIndex((one) => loose(one) === loose(name));
  return at < 0 ? undefined : at;
}

function* readings(
  table: Table,
  mapping: Mapping,
  placeOf: (heading: string) => number,
  context: FormatContext,
): Generator<Mapped> {
  for (const parsed of readTable(
    table,
    mappedColumns(mapping, table.heading.fields, placeOf),
    context,
    mappedRules(mapping),
  )) {
    if (parsed.kind === 'rejection') yield { rejection: parsed.rejection };
    else {
      const { where, ...record } = parsed.reading;
      yield { record, line: where.line! };
    }
  }
}

function* records(table: Table, mapping: Mapping, placeOf: (heading: string) => number): Generator<Mapped> {
  const readRow = rowReader(mapping, placeOf);
  let number = 0;
  for (const row of table.rows()) {
    number++;
    if (row.broken) yield { rejection: brokenRow(row) };
    else yield { record: readRow(row.fields, number), line: row.line };
  }
}

function brokenRow({ line, broken }: TableRow): Rejection {
  if (broken === 'too-long') return { reason: 'too-long', line, detail: `line ${line} is longer than a row can be` };
  const detail = `line ${line} opens a quote that is not closed in this row: write a quote inside quotes twice`;
  return { reason: 'wrong-shape', line, detail };
}

/** `number` counts the rows from 1 without the heading. */
type RowReader = (fields: readonly string[], number: number) => Record<string, unknown>;

function rowReader(mapping: Mapping, placeOf: (name: string) => number): RowReader {
  const { columns, compute, constants, values, notMeasured, rowAsSubscriber } = mapping;
  const isMissing = (text: string, field: string) =>
    isAbsent(text) || (notMeasured['*']?.includes(text) ?? false) || (notMeasured[field]?.includes(text) ?? false);
  const taken = Object.entries(columns).map(([field, name]) => ({ field, at: placeOf(name), meant: values[field] }));
  const summed = Object.entries(compute).map(([field, list]) => ({ field, at: list.map(placeOf) }));
  return (fields, number) => {
    const record: Record<string, unknown> = {
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
    return record;
  };
}

/** What is no number makes the sum none, and the door refuses it. */
function sumOf(parts: readonly string[]): number | string {
  const sum = parts.reduce((total, text) => total + Number(text), 0);
  // A sum of decimals such as 0.1 + 0.2 shows what its parts showed.
  return Number.isFinite(sum) ? Math.round(sum * 1e6) / 1e6 : 'no number';
}

function documentsOf(mapped: Iterable<Mapped>, key: string): Pick<MappedTable, 'documents' | 'rejections'> {
  const documents: MappedDocument[] = [];
  const rejections: Rejection[] = [];
  let piece: MappedRecord[] = [];
  const close = () => {
    if (piece.length > 0)
      documents.push({
        text: JSON.stringify({ [key]: piece.map(({ record }) => record) }),
        lines: piece.map(({ line }) => line),
      });
    piece = [];
  };
  for (const one of mapped) {
    if ('rejection' in one) addRejection(rejections, one.rejection);
    else if (piece.push(one) === MOST_RECORDS) close();
  }
  close();
  return { documents, rejections };
}

function addRejection(rejections: Rejection[], rejection: Rejection): void {
  if (rejections.length < MOST_REJECTIONS) {
    rejections.push(rejection);
    return;
  }
  const last = rejections.at(-1)!;
  rejections[rejections.length - 1] = { ...last, count: (last.count ?? 1) + (rejection.count ?? 1) };
}
