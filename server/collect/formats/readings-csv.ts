// Readings as CSV: `cell,at[,period_seconds],<KPI or counter>…` in the many ways in which people and vendors export it.

import type { Rejection } from '../../model/rejection.ts';
import type { Parsed } from '../../model/sent.ts';
import { unitNamed } from '../column-units.ts';
import type { TableRow } from '../csv-lines.ts';
import { type CsvRow, sniffDelimiter } from '../csv-rows.ts';
import { excerpt } from '../excerpt.ts';
import type { Format, FormatContext } from '../format.ts';
import { kindOfNames } from '../people-fields.ts';
import { type ReadingColumns, readingColumns, valueColumn } from '../reading-columns.ts';
import { readTable } from '../reading-table.ts';
import { csvTable, plainText, type Table, withoutFirstRow } from '../table.ts';

export const readingsCsv: Format = { name: 'readings-csv', looksLike, parse };

/** A reading has at most as many counters. */
const MOST_COLUMNS = 20_000;

function looksLike(head: string): boolean {
  return !/^\uFEFF?\s*[<{[]/.test(head) && csvTable(plainText(head), isHeading) !== undefined;
}

const isHeading = (fields: readonly string[]) =>
  fields.length >= 3 && fields.length <= MOST_COLUMNS && !isAboutPeople(fields) && readingColumns(fields) !== undefined;

const isAboutPeople = (fields: readonly string[]) => kindOfNames(fields) !== undefined;

function* parse(given: string, context: FormatContext): Generator<Parsed> {
  const text = plainText(given);
  if (text.trim() === '') return;
  const table = csvTable(text, isHeading);
  if (table) yield* readReadings(table, context);
  else {
    const people = csvTable(text, isAboutPeople)?.heading;
    const rejection = people ? aboutPeople(people) : noHeading(text);
    yield { kind: 'rejection', rejection: { ...rejection, file: context.file } };
  }
}

/** Readings of a table under a heading of our own words; a row of units may stand below it. */
export function* readReadings(table: Table, context: FormatContext): Generator<Parsed> {
  const columns = readingColumns(table.heading.fields)!;
  const [first] = table.rows();
  const withUnits = first && unitsBelow(first, columns);
  if (withUnits) yield* readTable(withoutFirstRow(table), withUnits, context);
  else yield* readTable(table, columns, context);
}

/** The columns with the units of the row below the heading; undefined when that row is none of units. */
function unitsBelow({ fields, broken }: TableRow, columns: ReadingColumns): ReadingColumns | undefined {
  const units = columns.values.map(({ at }) => fields[at[0]!] ?? '');
  const { cell, times } = columns;
  const named = [cell, times.end, times.start, times.time].some(
    (at) => at !== undefined && /\d/.test(fields[at] ?? ''),
  );
  const isUnit = (text: string) =>
    text === '' || (/\D/.test(text) && unitNamed(text.replace(/^[[(（](.*)[\])）]$/, '$1')));
  if (broken || named || units.every((unit) => /^-?$/.test(unit)) || !units.every(isUnit)) return undefined;
  const declared = columns.values.map((column, i) => {
    const unit = units[i]!.replace(/^[[(（](.*)[\])）]$/, '$1');
    return unit === '' || !column.kpi || column.convert ? column : valueColumn(column.heading, column.at, unit);
  });
  const refused = declared.flatMap((column) => ('name' in column ? [] : [column]));
  const values = declared.flatMap((column) => ('name' in column ? [column] : []));
  return { ...columns, values, refused: [...columns.refused, ...refused] };
}

/** Nothing of it is repeated. */
function aboutPeople({ fields, line }: CsvRow): Rejection {
  const detail = `this is about people (it has a field subscriber): send it to /ingest/${kindOfNames(fields)}, the heading in the first line`;
  return { reason: 'wrong-shape', detail, line };
}

/** Enough to count too many columns by. */
const SHOWN_OF_A_LINE = 1 << 18;

function noHeading(text: string): Rejection {
  const line = /^.*/.exec(text.slice(0, SHOWN_OF_A_LINE).trimStart())?.[0] ?? '';
  const width = line.split(sniffDelimiter(line)).length;
  const example = 'cell,at,period_seconds,drop_rate_pct,…';
  const what =
    width > MOST_COLUMNS
      ? `the first line has ${width} columns or more; at most ${MOST_COLUMNS} are read: send fewer counters at once`
      : `no line near the top is a heading with a column for the cell, one for the time, and values (such as ${example}); for a table with other headings write a mapping file (import --map)`;
  const reason = width > MOST_COLUMNS ? ('too-long' as const) : ('missing-field' as const);
  return { reason, detail: what, line: 1, excerpt: excerpt(line.slice(0, 1000)) };
}
