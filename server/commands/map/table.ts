// Proposes a mapping file for a table whose headings are not ours: which column is the cell, which the time, which a KPI.

import { readHeading } from '../../collect/heading.ts';
import { MappingError, readMapping } from '../../collect/mapping.ts';
import { kpiNamed } from '../../collect/reading-columns.ts';
import { csvTable, plainText, type Table } from '../../collect/table.ts';
import { numberWith } from '../../collect/table-numbers.ts';
import { provenOrder, readTableTime } from '../../collect/table-times.ts';
import { bigramSimilarity } from '../../maths/bigram-similarity.ts';
import { catalogueInForce } from '../../model/catalogue.ts';
import { bare } from './proposals.ts';
import { proposeRecords, proposeScores, type RecordsProposal } from './records.ts';

export interface TableProposal {
  /** As `import --map` takes it. */
  json: string;
  /** What a person should look at. */
  hints: string[];
}

interface Column {
  heading: string;
  /** Values of the first rows, without empty ones. */
  values: string[];
}

/** Rows that are looked at. */
const MOST_ROWS = 500;
/** Of the values, so many must be what the column is taken for. */
const MOST_OF_THEM = 0.8;
const LEAST_ALIKE = 0.5;
const CELL_HEADING = /cell|小区|site|基站|[eg]nb|nodeb|object|element|station/i;

/**
 * Of the kind that the headings fit best. Undefined where no heading is seen, or nothing that any kind needs; then `why`
 * is called with the reason. `name`: of the file, for a cell that no column names.
 */
export function proposeMapping(
  given: string,
  isKnownCell: (name: string) => boolean,
  why: (reason: string) => void,
  name = '',
): TableProposal | undefined {
  const table = csvTable(plainText(given), isHeading);
  if (!table) return void why('no line near the top is a heading');
  const { fields } = table.heading;
  const records = proposeRecords(fields);
  if (records) return ofRecords(records, why);
  const reasons: string[] = [];
  const readings = proposeReadings(columnsOf(table), isKnownCell, (reason) => void reasons.push(reason), name);
  if (readings) return readings;
  const scores = proposeScores(fields);
  return scores
    ? ofRecords(scores, why)
    : void why(`${reasons.join('; ')}; and its headings are none of people, samples or cells`);
}

function ofRecords({ mapping, hints }: RecordsProposal, why: (reason: string) => void): TableProposal | undefined {
  return checked(`${JSON.stringify(mapping, null, 2)}\n`, [`taken for ${mapping.kind}`, ...hints], why);
}

function proposeReadings(
  columns: readonly Column[],
  isKnownCell: (name: string) => boolean,
  why: (reason: string) => void,
  name: string,
): TableProposal | undefined {
  const time = columns.find(({ values }) => isMostly(values, isTime));
  const numbers = columns.filter(({ values }) => isMostly(values, isNumber));
  const texts = columns.filter((column) => column !== time && !numbers.includes(column));
  const cell = cellColumn(texts, isKnownCell) ?? cellColumn(numbers, isKnownCell);
  if (!time) return void why('no column holds dates with their times: a time of day alone names no period');
  if (!cell && (texts.length > 0 || name === '')) return void why('no column holds names of cells');
  const values = numbers.filter((column) => column !== cell && column !== time && column.heading !== '');
  if (values.length === 0) return void why('no column holds numbers');
  return write(cell ?? name, time, values, why);
}

const isHeading = (fields: readonly string[]) =>
  fields.filter((field) => field.trim() !== '').length >= 2 && fields.every((field) => !/^[\d.,:/ -]+$/.test(field));

function columnsOf(table: Table): Column[] {
  const columns: Column[] = table.heading.fields.map((heading) => ({ heading, values: [] }));
  let rows = 0;
  for (const { fields } of table.rows()) {
    if (rows++ >= MOST_ROWS) break;
    for (const [i, { values }] of columns.entries()) {
      const value = fields[i]?.trim() ?? '';
      if (value !== '' && value !== '-') values.push(value);
    }
  }
  return columns;
}

function isMostly(values: readonly string[], is: (value: string) => boolean): boolean {
  return values.length > 0 && values.filter(is).length >= MOST_OF_THEM * values.length;
}

/** Bare numbers may be epochs; a column of numbers is more often none. */
function isTime(text: string): boolean {
  const time = /[-/.:年]/.test(text) && !isNumber(text) ? readTableTime(text, 0) : undefined;
  return time !== undefined && time !== 'undated';
}

function isNumber(text: string): boolean {
  return !Number.isNaN(numberWith(text, '.')) || !Number.isNaN(numberWith(text, ','));
}

/** Where the inventory knows most of the names, else by the heading. */
function cellColumn(columns: readonly Column[], isKnownCell: (name: string) => boolean): Column | undefined {
  const known = columns.find(({ values }) => isMostly(values, isKnownCell));
  return known ?? columns.find(({ heading }) => CELL_HEADING.test(heading));
}

/** `cell`: its column, or its name where the table is of one cell. */
function write(cell: Column | string, time: Column, values: readonly Column[], why: (reason: string) => void) {
  const isOne = typeof cell === 'string';
  const fields: Record<string, string> = { ...(!isOne && { cell: cell.heading }), at: time.heading };
  const hints = isOne
    ? [`no column holds names of cells: all rows are taken for the one cell "${cell}"; put its name there`]
    : [];
  for (const { heading } of values) {
    const { name } = readHeading(heading);
    const kpi = kpiNamed(name)?.kpi.id;
    const field = kpi !== undefined && !(kpi in fields) ? kpi : counterName(name);
    if (field in fields) continue;
    fields[field] = heading;
    const alike = kpi === undefined ? mostAlikeKpi(name) : undefined;
    if (alike) hints.push(`"${heading}" is kept as a counter; if it is ${alike}, write "${alike}" for "${field}"`);
  }
  const order = orderOf(time, hints);
  const periodSeconds = periodOf(isOne ? undefined : cell, time, order);
  if (periodSeconds === undefined)
    hints.push(
      'the length of the period is not told: 900 seconds are taken; else add "constants": {"periodSeconds": …}',
    );
  const mapping = {
    kind: 'readings',
    columns: fields,
    ...(order && { timeFormat: order }),
    ...((isOne || periodSeconds) && { constants: { ...(isOne && { cell }), ...(periodSeconds && { periodSeconds }) } }),
  };
  if (time.values.some((value) => /\d:\d/.test(value)))
    hints.push('the time is taken for the END of the period; else add "timeOf": "start"');
  return checked(`${JSON.stringify(mapping, null, 2)}\n`, hints, why);
}

/** What is proposed is read as it will be, before anybody relies on it. */
function checked(json: string, hints: string[], why: (reason: string) => void): TableProposal | undefined {
  try {
    readMapping(json);
    return { json, hints };
  } catch (error) {
    if (!(error instanceof MappingError)) throw error;
    return void why(error.message);
  }
}

function counterName(name: string): string {
  const letters = name.replaceAll(/[^\p{L}\p{N}]+/gu, '_').replaceAll(/^_|_$/g, '');
  return /^\p{L}/u.test(letters) ? letters : `c_${letters}`;
}

function mostAlikeKpi(name: string): string | undefined {
  let best: { id: string; likeness: number } | undefined;
  for (const { id, name: names } of catalogueInForce().kpis) {
    const likeness = Math.max(...[id, names.en].map((one) => bigramSimilarity(bare(name), bare(one))));
    if (likeness >= LEAST_ALIKE && likeness > (best?.likeness ?? 0)) best = { id, likeness };
  }
  return best?.id;
}

function orderOf({ values }: Column, hints: string[]): 'm/d/yyyy' | 'd/m/yyyy' | undefined {
  if (!values.some((value) => readTableTime(value, 0) === 'open')) return undefined;
  const proven = values.map(provenOrder).find((order) => order !== undefined);
  if (proven === undefined)
    hints.push('day and month cannot be told apart: add "timeFormat": "m/d/yyyy" or "d/m/yyyy"');
  return proven && (proven === 'm/d' ? 'm/d/yyyy' : 'd/m/yyyy');
}

/** Seconds between two rows of one cell, as they come most often. */
function periodOf(cell: Column | undefined, time: Column, order: string | undefined): number | undefined {
  const format = order === undefined ? undefined : order === 'm/d/yyyy' ? 'm/d' : 'd/m';
  const before = new Map<string, number>();
  const gaps = new Map<number, number>();
  for (const [i, text] of time.values.entries()) {
    const read = readTableTime(text, 0, format);
    const name = cell ? cell.values[i] : '';
    if (typeof read !== 'object' || name === undefined) continue;
    const gap = Math.abs(read.at - (before.get(name) ?? read.at)) / 1000;
    before.set(name, read.at);
    if (Number.isInteger(gap) && gap > 0) gaps.set(gap, (gaps.get(gap) ?? 0) + 1);
  }
  return [...gaps].sort(([, a], [, b]) => b - a)[0]?.[0];
}
