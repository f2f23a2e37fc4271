// The mapping file: says how the columns of a foreign table become ours, so that it can go in by the ordinary doors.

import { CELL_NUMBER_RANGES, CELL_TEXT_FIELDS } from '../model/cell.ts';
import { PEOPLE_KINDS, type PeopleKind } from '../model/person.ts';
import { SAMPLE_VALUES } from '../model/sample.ts';
import { plain } from './cell-fields.ts';
import type { Delimiter } from './csv-rows.ts';
import { isRecord } from './json-list.ts';
import { lineOf, lineOfBreak } from './json-place.ts';
import { checkReadings, type Fail, type ReadingsMapping } from './mapping-of-readings.ts';
import { PEOPLE_FIELDS } from './people-fields.ts';

export const MAPPED_KINDS = [...PEOPLE_KINDS, 'samples', 'readings', 'inventory'] as const;
export type MappedKind = (typeof MAPPED_KINDS)[number];

/**
 * A mapping file as JSON. All but `kind` and `columns` may be absent:
 *
 * ```json
 * {
 *   "kind": "subscribers",
 *   "columns": { "subscriber": "CustomerID", "tenure_months": "MonthsInService", "left": "Churn" },
 *   "compute": { "calls": ["PeakCalls", "OffPeakCalls"] },
 *   "constants": { "month": "2019-09" },
 *   "values": { "left": { "Yes": true, "No": false } },
 *   "notMeasured": { "tenure_months": ["-1"], "*": ["Unknown"] },
 *   "distinct": true,
 *   "rowAsSubscriber": "row-",
 *   "delimiter": ";",
 *   "headerLine": 3,
 *   "sheet": "2019"
 * }
 * ```
 *
 * and for readings
 *
 * ```json
 * {
 *   "kind": "readings",
 *   "columns": { "cell": "SITE", "at": "Week", "drop_rate_pct": "Drops", "traffic_gb": "Payload" },
 *   "units": { "drop_rate_pct": "fraction", "traffic_gb": "MB" },
 *   "constants": { "periodSeconds": 604800 },
 *   "timeFormat": "m/d/yyyy",
 *   "timeOf": "start"
 * }
 * ```
 *
 * - `kind`: `subscribers`, `exposure`, `complaints`, `surveys`, `samples`, `readings` or `inventory`.
 * - `columns`: our field → column of the table. Ours are written as at the doors; of readings also any KPI or counter, and
 *   instead of `at` also `date` and `time`, where day and time of day stand apart.
 * - `compute`: our field → columns that are added up; absent in a row where one of them is.
 * - `constants`: our field → one value for every row.
 * - `values`: our field → what stands there → what is meant. What is not listed goes on as it stands.
 * - `notMeasured`: texts that mean "not measured"; a list for all columns, or lists by our field with `*` for all.
 *   An empty field, `-`, `NA`, `none`, `null`, `NaN` and `unknown` always mean it.
 * - `distinct`: rows that are equal to an earlier one in every column are left out, and counted as `duplicate`.
 * - `rowAsSubscriber`: the table names no people: each row is a person of its own, named by this prefix and the row's
 *   number (from 1, without the heading).
 * - `delimiter`, `headerLine` (from 1): where they are not found by themselves. The heading is the first row that has all
 *   columns that the mapping names.
 * - `sheet`: of a spreadsheet, the one that is read; else all.
 *
 * Of readings only:
 *
 * - `units`: our field → unit as the table has it (`fraction`, `kbit/s`, `MB`, `ms`, …); else the unit in the column's
 *   heading, else the catalogue's.
 * - `timeFormat`: `m/d/yyyy` or `d/m/yyyy` where the column itself does not tell, `serial` (days of a spreadsheet),
 *   `epoch s`, `epoch ms`. All other forms are known by themselves.
 * - `timeOf`: whether the time is the `start` or the `end` of the period; the end unless told, and of a day without a time
 *   of day the start. The period's length is the field `periodSeconds`, by a column or by a constant.
 */
export interface Mapping extends ReadingsMapping {
  kind: MappedKind;
  distinct: boolean;
  rowAsSubscriber?: string;
  delimiter?: Delimiter;
  headerLine?: number;
  sheet?: string;
}

const READINGS_ONLY = ['units', 'timeFormat', 'timeOf'] as const;
const KEYS = [
  ...['kind', 'columns', 'compute', 'constants', 'values', 'notMeasured', 'distinct', 'rowAsSubscriber'],
  ...['delimiter', 'headerLine', 'sheet', ...READINGS_ONLY],
];

/** The fields that a mapping may fill, as `plain` writes them; undefined: any name (KPIs and counters). */
const FIELDS: Record<MappedKind, ReadonlySet<string> | undefined> = {
  ...(Object.fromEntries(PEOPLE_KINDS.map((kind) => [kind, names(PEOPLE_FIELDS[kind])])) as Record<
    PeopleKind,
    ReadonlySet<string>
  >),
  samples: names(['at', 'lat', 'lon', 'cell', 'operator', 'radio', 'band', 'kind', 'indoor', ...SAMPLE_VALUES]),
  readings: undefined,
  inventory: names([...CELL_TEXT_FIELDS, ...Object.keys(CELL_NUMBER_RANGES), 'aliases', 'radio', 'duplex', 'role']),
};

function names(list: readonly string[]): ReadonlySet<string> {
  return new Set(list.map(plain));
}

/** The mapping file is wrong: the message says where and what to write instead. */
export class MappingError extends Error {}

/** Throws MappingError for the first thing that is wrong. */
export function readMapping(text: string): Mapping {
  const document = parse(text);
  const fail = (key: string, rule: string): never => {
    throw new MappingError(`line ${lineOf(text, key)}: "${key}" ${rule}`);
  };
  for (const key of Object.keys(document))
    if (!KEYS.includes(key)) fail(key, `is not known; known are ${KEYS.join(', ')}`);
  const kind =
    MAPPED_KINDS.find((one) => one === document.kind) ?? fail('kind', `must be one of ${MAPPED_KINDS.join(', ')}`);
  const section = <T>(key: string, isRight: (value: unknown) => value is T, rule: string): Record<string, T> => {
    const value = document[key] ?? {};
    if (!isRecord(value)) return fail(key, 'must be an object of our fields');
    for (const [field, one] of Object.entries(value)) {
      if (!isField(kind, field) && !(key === 'notMeasured' && field === '*')) fail(field, whatFields(kind));
      if (!isRight(one)) fail(field, `in ${key} ${rule}`);
    }
    return value as Record<string, T>;
  };
  const { notMeasured } = document;
  if (isTexts(notMeasured)) document.notMeasured = { '*': notMeasured };
  const mapping: Mapping = {
    kind,
    columns: section('columns', isText, 'must be the name of a column'),
    compute: section('compute', isTexts, 'must be a list of columns that are added up'),
    constants: section('constants', isValue, 'must be text, a number, true or false'),
    values: section('values', isTable, 'must be an object of what stands there and what is meant'),
    notMeasured: section('notMeasured', isTexts, 'must be a list of texts'),
    distinct: (document.distinct ?? false) as boolean,
    rowAsSubscriber: document.rowAsSubscriber as string | undefined,
    delimiter: document.delimiter as Delimiter | undefined,
    headerLine: document.headerLine as number | undefined,
    sheet: document.sheet as string | undefined,
    units: section('units', isText, 'must be a unit'),
    timeFormat: document.timeFormat as string | undefined,
    timeOf: document.timeOf as Mapping['timeOf'],
  };
  checkWhole(mapping, fail);
  checkTable(mapping, fail);
  const idle = READINGS_ONLY.find((key) => kind !== 'readings' && document[key] !== undefined);
  if (idle) fail(idle, `is for readings, not for ${kind}`);
  if (kind === 'readings') checkReadings(mapping, fail);
  return mapping;
}

function checkWhole(mapping: Mapping, fail: Fail): void {
  const { kind, columns, compute, constants, distinct, rowAsSubscriber } = mapping;
  if (typeof distinct !== 'boolean') fail('distinct', 'must be true or false');
  const filled = [...Object.keys(columns), ...Object.keys(compute), ...Object.keys(constants)];
  if (filled.length === 0) fail('columns', 'names no column');
  const twice = filled.find((field, i) => filled.findIndex((other) => plain(other) === plain(field)) < i);
  if (twice !== undefined) fail(twice, 'is filled twice: by columns, compute or constants, only one of them');
  for (const [part, fields] of [
    ['values', mapping.values],
    ['notMeasured', mapping.notMeasured],
  ] as const) {
    const idle = Object.keys(fields).find((field) => field !== '*' && !(field in columns) && !(field in compute));
    if (idle !== undefined) fail(idle, `stands in ${part}, but neither in columns nor, spelt the same, in compute`);
  }
  if (rowAsSubscriber === undefined) return;
  if (!isText(rowAsSubscriber)) fail('rowAsSubscriber', 'must be the beginning of a name');
  if (!PEOPLE_KINDS.some((one) => one === kind)) fail('rowAsSubscriber', `is for people, not for ${kind}`);
  if (filled.some((field) => plain(field) === 'subscriber')) {
    fail('rowAsSubscriber', 'makes each row a person of its own: leave subscriber out of the columns');
  }
}

const DELIMITERS: readonly unknown[] = [',', ';', '\t', '|'] satisfies Delimiter[];

function checkTable({ delimiter, headerLine, sheet }: Mapping, fail: Fail): void {
  if (delimiter !== undefined && !DELIMITERS.includes(delimiter)) fail('delimiter', 'must be "," ";" "|" or "\\t"');
  if (headerLine !== undefined && !(Number.isInteger(headerLine) && headerLine > 0))
    fail('headerLine', 'must be the number of a line, from 1');
  if (sheet !== undefined && !isText(sheet)) fail('sheet', 'must be the name of a sheet');
}

function parse(text: string): Record<string, unknown> {
  let document: unknown;
  try {
    document = JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch {
    throw new MappingError(
      `line ${lineOfBreak(text)}: this is no JSON; look for a comma or quote there or just before`,
    );
  }
  if (!isRecord(document)) throw new MappingError('line 1: a mapping is one object {"kind":…,"columns":{…}}');
  return document;
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'string');
const isValue = (value: unknown): value is string | number | boolean =>
  isText(value) || typeof value === 'number' || typeof value === 'boolean';
const isTable = (value: unknown): value is Record<string, string | number | boolean | null> =>
  isRecord(value) && Object.values(value).every((one) => one === null || isValue(one));

const isField = (kind: MappedKind, field: string) => FIELDS[kind]?.has(plain(field)) ?? field !== '';

function whatFields(kind: MappedKind): string {
  return `is no field of ${kind}; write our field first and the column of the table behind it`;
}
