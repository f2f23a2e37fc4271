// What the columns of a table of readings mean: by their headings, in the words of vendors, spreadsheets and our own catalogue.

import { catalogueInForce, findKpi } from '../model/catalogue.ts';
import type { Kpi } from '../model/kpi.ts';
import type { Rejection } from '../model/rejection.ts';
import { cellField, plain } from './cell-fields.ts';
import { type Conversion, conversion, isIdentity, isUnitLike, unitNamed } from './column-units.ts';
import { readHeading } from './heading.ts';
import { type TimeFormat, timeFormatNamed } from './table-times.ts';

/** A column of values: of a KPI in its own unit once converted, or of a counter as it stands. */
export interface ValueColumn {
  /** KPI id, or the counter's name. */
  name: string;
  /** As the table writes it. */
  heading: string;
  kpi?: Kpi;
  /** Places in the row; several are added up. */
  at: readonly number[];
  convert?: Conversion;
  /** The heading itself declares per cent. */
  saysPercent: boolean;
  /** Text that stands for a value, or for none. */
  meanings?: ReadonlyMap<string, number | null>;
}

export interface TimeColumns {
  /** END of the period. */
  end?: number;
  start?: number;
  /** Says only "time": the end, unless the mapping tells otherwise. */
  time?: number;
  /** The day, where the time of day has a column of its own. */
  date?: number;
  format?: TimeFormat;
}

export interface ReadingColumns {
  cell?: number;
  /** The cell's name and its site, for rows whose cell is only a number within the site. */
  cellName?: number;
  site?: number;
  /** What stands there → the cell that is meant. */
  cellNames?: ReadonlyMap<string, string>;
  times: TimeColumns;
  period?: { at: number; secondsPerUnit: number };
  suspect?: number;
  values: ValueColumn[];
  /** One KPI a row: places of its name, its value and its unit. */
  long?: { kpi: number; value: number; unit?: number };
  /** Headings that were not read. */
  unread: string[];
  /** Columns that cannot be read, though the others can. */
  refused: Omit<Rejection, 'line' | 'file'>[];
}

/** Names as `plain` writes them; of several in one table the first of the list is the cell. */
const CELL_NAMES = words(
  'cell cellid cellref cellname cgi ecgi ncgi eci nci celldn eutrancell eutrancellfdd eutrancelltdd nrcell nrcellcu nrcellid',
  'eutrancellid localcellname cellobject 小区 小区id 小区标识 小区名称 小区名 小区cgi',
);
const NAMES_OF_CELLS = words('cellname localcellname 小区名称 小区名');
const SITE_NAMES = words(
  'enodebid gnodebid enbid gnbid nodebid siteid site enodeb gnodeb nodeb enodebname gnodebname sitename nename 基站id 基站 站点id 站点 基站名称 站点名称',
);
const END_NAMES = words('at end periodend endtime periodendtime endofperiod enddate enddatetime 结束时间 截止时间');
const START_NAMES = words(
  'start begin begintime starttime startdatetime begindatetime periodstart periodstarttime startofperiod 开始时间 起始时间',
);
const TIME_NAMES = words('time timestamp datetime ts dt resulttime sampletime 时间 日期时间 采集时间 采样时间');
const DATE_NAMES = words('date day calendardate 日期');
const CLOCK_NAMES = words('time timeofday clock hourminute 时刻 时间');
const PERIOD_NAMES = words(
  'period periodseconds granularity granularityperiod granularityseconds gp interval duration 粒度 周期 统计周期',
);
const PERIOD_WITH_UNIT =
  /^(?:period|granularity(?:period)?|gp|interval|duration)(minutes?|mins?|seconds?|secs?|hours?|s|h)$/;
const SUSPECT_NAMES = words('suspect suspectflag issuspect 可疑');
const KPI_NAMES = words(
  'kpi kpiname kpiid counter countername counterid metric metricname indicator measurement 指标 指标名称 计数器',
);
const VALUE_NAMES = words('value kpivalue countervalue metricvalue 值 指标值 数值');
const UNIT_NAMES = words('unit units uom 单位');

function words(...lists: string[]): readonly string[] {
  return lists.flatMap((list) => list.split(' '));
}

const OWN_WORDS = new Set(
  [CELL_NAMES, SITE_NAMES, END_NAMES, START_NAMES, TIME_NAMES, DATE_NAMES, PERIOD_NAMES, KPI_NAMES, VALUE_NAMES].flat(),
);

/** Whether a heading, without what its brackets hold, is a word of tables of readings or the name of a KPI. */
export function isReadingWord(name: string): boolean {
  return OWN_WORDS.has(plain(name)) || kpiNamed(name) !== undefined;
}

/** What each column means, or undefined when this is no heading of readings: no cell, no time, or nothing measured. */
export function readingColumns(headings: readonly string[]): ReadingColumns | undefined {
  const names = headings.map((text) => plain(readHeading(text).name));
  const place = (list: readonly string[]) => placeOf(names, list);
  const cell = place(CELL_NAMES);
  const times = timeColumns(headings, names);
  if (cell === undefined || !times) return undefined;
  const period = periodColumn(headings, names);
  const suspect = place(SUSPECT_NAMES);
  const long = longColumns(names);
  const taken = new Set([cell, times.end, times.start, times.time, times.date, period?.at, suspect]);
  for (const at of long ? [long.kpi, long.value, long.unit] : []) taken.add(at);
  const rest = headings.flatMap((heading, at) => (taken.has(at) ? [] : [{ heading, at }]));
  const columns: ReadingColumns = {
    cell,
    // Under our own heading `cell` stands the whole id, however short it is.
    ...(names[cell] !== 'cell' && { cellName: place(NAMES_OF_CELLS), site: place(SITE_NAMES) }),
    times,
    period,
    suspect,
    long,
    values: [],
    unread: [],
    refused: [],
  };
  // In the long form what stands beside is about the row, never a value of its own.
  if (long) columns.unread = rest.map(({ heading }) => heading).filter((heading) => heading !== '');
  else for (const { heading, at } of rest) addValueColumn(columns, heading, at);
  return long || columns.values.length + columns.refused.length > 0 ? columns : undefined;
}

function placeOf(names: readonly string[], list: readonly string[]): number | undefined {
  for (const wanted of list) {
    const at = names.indexOf(wanted);
    if (at >= 0) return at;
  }
  return undefined;
}

function timeColumns(headings: readonly string[], names: readonly string[]): TimeColumns | undefined {
  const date = placeOf(names, DATE_NAMES);
  const found = {
    end: placeOf(names, END_NAMES),
    start: placeOf(names, START_NAMES),
    time: placeOf(names, TIME_NAMES) ?? (date === undefined ? undefined : placeOf(names, CLOCK_NAMES)),
    date,
  };
  const at = found.end ?? found.start ?? found.time ?? found.date;
  if (at === undefined) return undefined;
  const declared = [at, found.date ?? at].map((place) => timeFormatNamed(readHeading(headings[place]!).note ?? ''));
  return { ...found, time: found.time ?? date, format: declared.find((one) => one !== undefined) };
}

function periodColumn(headings: readonly string[], names: readonly string[]): ReadingColumns['period'] {
  const withUnit = names.findIndex((name) => PERIOD_WITH_UNIT.test(name));
  const at = placeOf(names, PERIOD_NAMES) ?? (withUnit < 0 ? undefined : withUnit);
  if (at === undefined) return undefined;
  const unit = readHeading(headings[at]!).note ?? PERIOD_WITH_UNIT.exec(names[at]!)?.[1] ?? 's';
  const seconds = conversion(unit, 's');
  return { at, secondsPerUnit: seconds ? seconds.times / seconds.per : 1 };
}

function longColumns(names: readonly string[]): ReadingColumns['long'] {
  const [kpi, value] = [placeOf(names, KPI_NAMES), placeOf(names, VALUE_NAMES)];
  return kpi === undefined || value === undefined ? undefined : { kpi, value, unit: placeOf(names, UNIT_NAMES) };
}

/** A second name of the cell, a place or a site is a label of the row: no value. */
function isLabel(name: string): boolean {
  if (name === '' || CELL_NAMES.includes(name) || /^unnamed\d*$/.test(name)) return true;
  return cellField(name) !== undefined || SITE_NAMES.includes(name) || LABELS.has(name);
}
const LABELS = new Set(
  words(
    'tac lac mcc mnc plmn pci earfcn nrarfcn arfcn ne neid bsc rnc city province country cluster index id no proto',
  ),
);

function addValueColumn(columns: ReadingColumns, heading: string, at: number): void {
  if (isLabel(plain(readHeading(heading).name))) {
    if (heading !== '') columns.unread.push(heading);
    return;
  }
  const column = valueColumn(heading, [at]);
  const twin = 'name' in column ? columns.values.find(({ name }) => name === column.name) : undefined;
  if (!('name' in column)) columns.refused.push(column);
  else if (twin) columns.refused.push(twiceNamed(column, twin));
  else columns.values.push(column);
}

function twiceNamed({ name, heading }: ValueColumn, twin: ValueColumn): ReadingColumns['refused'][number] {
  const detail = `the columns "${twin.heading}" and "${heading}" both mean ${name}: only the first was read; rename or leave out the other`;
  return { reason: 'duplicate', field: name, detail };
}

/**
 * The column under this heading, or why its values cannot be understood. `declared`: a unit, and `field`: the KPI or
 * counter that is meant, told elsewhere than in the heading.
 */
export function valueColumn(
  heading: string,
  at: readonly number[],
  declared?: string,
  field?: string,
): ValueColumn | ReadingColumns['refused'][number] {
  const { name, note } = readHeading(heading);
  const found = kpiNamed(field ?? (findKpi(heading) ? heading : name));
  if (!found) {
    const counter = note !== undefined && unitNamed(note) ? name : heading.trim();
    return { name: field ?? counter, heading, at, saysPercent: false };
  }
  const { kpi } = found;
  // Of a foreign heading only what is a unit speaks of one.
  const said = field === undefined || (note !== undefined && isUnitLike(note)) ? note : undefined;
  const unit = declared ?? said ?? found.unit;
  const column = { name: kpi.id, heading, kpi, at };
  if (unit === undefined) return { ...column, saysPercent: false };
  const convert = conversion(unit, kpi.unit);
  if (convert) return { ...column, convert, saysPercent: kpi.unit === '%' && isIdentity(convert) };
  const detail = `the unit "${unit}" of "${heading}" is none that ${kpi.id} (${kpi.unit || 'a count'}) is measured in here: its values were not read; write the unit out, as in "${name} [${kpi.unit || '#'}]", or declare it under "units" in a mapping file`;
  return { reason: 'wrong-type', field: kpi.id, detail };
}

/** By id, by name in English or Chinese, by the id without its unit or with another: `dl_throughput_kbps`. */
export function kpiNamed(text: string): { kpi: Kpi; unit?: string } | undefined {
  if (text.length > LONGEST_NAME) return undefined;
  const own = findKpi(text);
  if (own) return { kpi: own };
  const known = kpisByName().get(plain(text));
  if (known) return { kpi: known };
  const [, stem = '', unit = ''] = /^(.*[^\s_-])[\s_-]+([^\s_-]+)$/.exec(text) ?? [];
  const kpi = kpisByName().get(plain(stem));
  // In names like our own `traffic_gb` small letters are no bits.
  const spelt = kpi?.unit === 'GB' && /^[kmgt]b$/.test(unit) ? unit.toUpperCase() : unit;
  return kpi && unitNamed(spelt) ? { kpi, unit: spelt } : undefined;
}

/** No KPI is called longer; a longer text would be looked at in vain. */
const LONGEST_NAME = 200;
let byName: { catalogue: unknown; names: Map<string, Kpi> } | undefined;

function kpisByName(): Map<string, Kpi> {
  if (byName?.catalogue === catalogueInForce()) return byName.names;
  const names = new Map<string, Kpi>();
  for (const kpi of catalogueInForce().kpis) {
    const stem = kpi.id.replace(/_[a-z]+$/, '');
    // What two KPIs could be called is the name of none but the first.
    for (const name of [kpi.id, kpi.name.en, kpi.name.zh, ...(kpi.unit ? [stem] : [])])
      if (!names.has(plain(name))) names.set(plain(name), kpi);
  }
  byName = { catalogue: catalogueInForce(), names };
  return names;
}
