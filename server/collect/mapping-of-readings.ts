// What a mapping file says of readings: whether it can be meant so, and what the columns of the table are by it.

import type { Rejection } from '../model/rejection.ts';
import { plain } from './cell-fields.ts';
import { conversion } from './column-units.ts';
import { kpiNamed, type ReadingColumns, type ValueColumn, valueColumn } from './reading-columns.ts';
import type { TableRules } from './reading-table.ts';
import { secondsOf } from './row-times.ts';
import { timeFormatNamed } from './table-times.ts';

/** Tells which key is wrong, and the rule; never comes back. */
export type Fail = (key: string, rule: string) => never;

/** Fields of a reading that are no values, as `plain` writes them. */
const OWN_FIELDS = ['cell', 'at', 'date', 'time', 'periodseconds', 'suspect'];
const isValueField = (field: string) => !OWN_FIELDS.includes(plain(field));

/** What of a mapping concerns readings; the keys are explained in mapping.ts. */
export interface ReadingsMapping {
  columns: Record<string, string>;
  compute: Record<string, string[]>;
  constants: Record<string, string | number | boolean>;
  values: Record<string, Record<string, string | number | boolean | null>>;
  /** By field, `*` for all. */
  notMeasured: Record<string, string[]>;
  units: Record<string, string>;
  timeFormat?: string;
  timeOf?: 'start' | 'end';
}

export function checkReadings(mapping: ReadingsMapping, fail: Fail): void {
  const { columns, compute, constants, units, values, timeFormat, timeOf } = mapping;
  const has = (field: string) => [columns, constants].some((part) => fieldIn(part, field) !== undefined);
  if (!has('cell'))
    fail('columns', 'must name the column of the cell; or give "cell" in constants, one for the whole table');
  if (!['at', 'date', 'time'].some((field) => fieldIn(columns, field) !== undefined))
    fail('columns', 'must name the column of "at", or those of "date" and "time"');
  const both = fieldIn(columns, 'at') !== undefined && ['date', 'time'].find((field) => fieldIn(columns, field));
  if (both) fail(both, 'stands beside "at": give one or the other');
  if (![columns, compute, constants].some((part) => Object.keys(part).some(isValueField)))
    fail('columns', 'names no KPI and no counter');
  const wordy = Object.entries(values).find(
    ([field, table]) => isValueField(field) && Object.values(table).some((meant) => typeof meant === 'string'),
  );
  if (wordy) fail(wordy[0], 'in values must mean numbers, true, false or null');
  for (const [field, unit] of Object.entries(units)) checkUnit(field, unit, mapping, fail);
  if (timeFormat !== undefined && !isTimeFormat(timeFormat))
    fail('timeFormat', 'must be m/d/yyyy, d/m/yyyy, serial, epoch s or epoch ms; other forms are known by themselves');
  if (timeOf !== undefined && timeOf !== 'start' && timeOf !== 'end') fail('timeOf', 'must be start or end');
}

function isTimeFormat(text: unknown): boolean {
  return typeof text === 'string' && (timeFormatNamed(text) !== undefined || /^y{4}[-/.]?m/i.test(text));
}

function checkUnit(field: string, unit: string, { columns, compute }: ReadingsMapping, fail: Fail): void {
  if (!(field in columns) && !(field in compute))
    fail(field, 'stands in units, but neither in columns nor, spelt the same, in compute');
  const kpi = kpiNamed(field)?.kpi;
  if (!kpi) fail(field, 'in units is no KPI: a counter stays as it is');
  else if (!conversion(unit, kpi.unit))
    fail(field, `in units is "${unit}", which is none that ${kpi.id} (${kpi.unit || 'a count'}) is measured in here`);
}

/** The value under a field, however it is spelt. */
function fieldIn<T>(part: Readonly<Record<string, T>>, field: string): T | undefined {
  return Object.entries(part).find(([name]) => plain(name) === plain(field))?.[1];
}

/** What the columns under these headings are; `placeOf` finds the one that the mapping names. */
export function mappedColumns(
  mapping: ReadingsMapping,
  headings: readonly string[],
  placeOf: (name: string) => number,
): ReadingColumns {
  const { columns, compute, timeFormat, timeOf } = mapping;
  const place = (field: string) => {
    const heading = fieldIn(columns, field);
    return heading === undefined ? undefined : placeOf(heading);
  };
  const time = place('at') ?? place('time') ?? place('date')!;
  const period = place('periodSeconds');
  const made = [
    ...Object.entries(columns).flatMap(([field, heading]) => (isValueField(field) ? [{ field, list: [heading] }] : [])),
    ...Object.entries(compute).map(([field, list]) => ({ field, list })),
  ].map(({ field, list }) => mappedValue(mapping, field, headings, list.map(placeOf)));
  return {
    cell: place('cell'),
    cellNames: wordsOf(fieldIn(mapping.values, 'cell')),
    times: {
      ...(timeOf === undefined ? { time } : { [timeOf]: time }),
      date: place('date'),
      format: timeFormat === undefined ? undefined : timeFormatNamed(timeFormat),
    },
    period: period === undefined ? undefined : { at: period, secondsPerUnit: 1 },
    suspect: place('suspect'),
    values: made.filter((column) => 'name' in column),
    refused: made.flatMap((column) => ('name' in column ? [] : [column])),
    unread: [],
  };
}

function mappedValue(
  mapping: ReadingsMapping,
  field: string,
  headings: readonly string[],
  at: readonly number[],
): ValueColumn | Omit<Rejection, 'line' | 'file'> {
  const column = valueColumn(at.map((place) => headings[place]).join(' + '), at, mapping.units[field], field);
  if (!('name' in column)) return column;
  // Who declares per cent here has looked at the values.
  const saysPercent = column.saysPercent && mapping.units[field] === undefined;
  return { ...column, saysPercent, meanings: meaningsOf(mapping, field) };
}

function meaningsOf({ values, notMeasured }: ReadingsMapping, field: string): ReadonlyMap<string, number | null> {
  const absent = [...(notMeasured['*'] ?? []), ...(notMeasured[field] ?? [])].map((text) => [text, null] as const);
  const meant = Object.entries(values[field] ?? {}).map(
    ([text, value]) => [text, value === null ? null : Number(value)] as const,
  );
  return new Map([...absent, ...meant]);
}

function wordsOf(table: ReadingsMapping['values'][string] | undefined): ReadonlyMap<string, string> | undefined {
  return table && new Map(Object.entries(table).map(([text, meant]) => [text, String(meant ?? '')]));
}

/** What holds for all rows: constants, which are in the catalogue's own units. */
export function mappedRules({ constants }: ReadingsMapping): TableRules {
  const seconds = fieldIn(constants, 'periodSeconds');
  const values = Object.entries(constants).filter(([field]) => isValueField(field));
  return {
    cell: fieldIn(constants, 'cell'),
    seconds: typeof seconds === 'string' ? secondsOf(seconds, 1) : seconds,
    ...(values.length > 0 && { constants: Object.fromEntries(values) }),
  };
}
