// Reads the rows of a table whose columns are known as readings; a bad row is refused by its line and hurts no other.

import type { Rejection } from '../model/rejection.ts';
import type { Parsed, Where } from '../model/sent.ts';
import { counted } from '../words/counted.ts';
import type { TableRow } from './csv-lines.ts';
import { excerpt } from './excerpt.ts';
import { type FormatContext, note } from './format.ts';
import { LongValues } from './long-values.ts';
import type { ReadingColumns } from './reading-columns.ts';
import { RowCell } from './row-cell.ts';
import { type Period, RowTimes } from './row-times.ts';
import { type BadValue, isBadValue, RowValues } from './row-values.ts';
import type { Table } from './table.ts';
import { TableSurvey } from './table-survey.ts';

/** What holds for all rows of one table. */
export interface TableRules {
  /** The cell, where no column names it. */
  cell?: unknown;
  /** Seconds of a period, where no column names them. */
  seconds?: unknown;
  /** KPIs and counters that every row has. */
  constants?: Readonly<Record<string, unknown>>;
}

/** Never throws. Rows whose time cannot be told are counted, and refused as one at the end. */
export function* readTable(
  table: Table,
  columns: ReadingColumns,
  context: FormatContext,
  rules: TableRules = {},
): Generator<Parsed> {
  for (const rejection of columns.refused)
    yield { kind: 'rejection', rejection: { ...rejection, line: table.heading.line, file: context.file } };
  const reader = new RowReader(table, columns, context, rules);
  for (const row of table.rows()) {
    const parsed = reader.read(row);
    if (parsed) yield parsed;
  }
  yield* reader.end();
}

/** Refusals of one table that are told one by one; those beyond are counted by reason. */
const MOST_TOLD = 5000;

/** Refused together, with the first one's line. */
const TIMELESS = {
  undated:
    'the time is a time of day without a date, so that no period can be told: export the rows with their date, or give a column "date"',
  open: 'day and month cannot be told apart, and no other row of the column settles it: write the form into the heading, "at [d/m/yyyy]" or "at [m/d/yyyy]", give it as "timeFormat" in a mapping file, or export ISO 8601 (2026-03-17 21:45)',
} as const;

const timeless = (what: keyof typeof TIMELESS): Refusal => ({
  reason: 'bad-time',
  field: what === 'open' ? 'at' : 'date',
  detail: TIMELESS[what],
});

class RowReader {
  private index = 0;
  private headings = 0;
  private kept = 0;
  private readonly cells: RowCell;
  private readonly times: RowTimes;
  private readonly values: RowValues;
  private readonly long: LongValues | undefined;
  private refused = 0;
  private readonly counted = new Map<string, Rejection>();
  private readonly width: number;

  constructor(
    private readonly table: Table,
    private readonly columns: ReadingColumns,
    private readonly context: FormatContext,
    private readonly rules: TableRules,
  ) {
    const { values, long, times } = columns;
    const places = long ? [long.value] : values.flatMap(({ at }) => at);
    const { start, end, time, date } = times;
    const survey = new TableSurvey(
      table,
      places,
      [start, end, time, date].filter((at) => at !== undefined),
    );
    this.width = table.heading.fields.length;
    this.cells = new RowCell(columns, rules.cell);
    this.times = new RowTimes(columns, rules.seconds, context.zoneOffsetMinutes, survey);
    this.values = new RowValues(table, values, survey);
    this.long = long && new LongValues(long, this.values);
  }

  /** Undefined for a row that is told of at the end. */
  read(row: TableRow): Parsed | undefined {
    const where = { index: this.index++, line: row.line, file: this.context.file };
    const misshapen = row.broken || row.isCut || row.fields.length > this.width ? this.misshapen(row) : undefined;
    if (misshapen) return this.refuse(row, where, misshapen);
    const period = this.times.read(row.fields);
    if (typeof period === 'string') return this.isHeading(row) ? this.skip() : this.count(row, where, timeless(period));
    if (typeof period.at !== 'number' && this.isHeading(row)) return this.skip();
    const values = this.long ? this.long.read(row.fields) : this.values.read(row.fields);
    return isBadValue(values)
      ? this.refuse(row, where, notANumber(values))
      : this.reading(row.fields, period, values, where);
  }

  private reading(
    fields: readonly string[],
    { at, seconds }: Period,
    values: Record<string, number | null>,
    where: Where,
  ): Parsed {
    const { suspect } = this.columns;
    this.kept++;
    const kpis = this.rules.constants ? { ...this.rules.constants, ...values } : values;
    const reading = { cell: this.cells.read(fields), at, periodSeconds: seconds, kpis, where };
    if (suspect === undefined) return { kind: 'reading', reading };
    return { kind: 'reading', reading: { ...reading, suspect: /^(1|true|yes|y|是)$/i.test(fields[suspect] ?? '') } };
  }

  private misshapen({ broken, fields, isCut }: TableRow): Refusal | undefined {
    const { length } = fields;
    if (broken === 'too-long')
      return {
        reason: 'too-long',
        detail: 'the line is longer than a row of readings can be: is a line break missing?',
      };
    if (broken)
      return {
        reason: 'wrong-shape',
        detail: 'a quote is opened in this line and not closed, or closed too early: write a quote inside quotes twice',
      };
    if (length > this.width && fields.slice(this.width).some((field) => field !== '')) {
      const detail = `the row has ${length} fields under ${this.width} columns; put text that holds the delimiter into quotes`;
      return { reason: 'wrong-shape', detail };
    }
    // Rows that only leave out empty fields at their end are whole; the last one of a text that ends there may not be.
    if (!isCut || length >= this.width) return undefined;
    const detail = `the text ends within this row, after ${length} of ${this.width} fields; it was cut off: send it again whole`;
    return { reason: 'wrong-shape', detail };
  }

  /** Where files were put one behind the other, the heading stands again. */
  private isHeading({ fields }: TableRow): boolean {
    const { heading } = this.table;
    return fields.length === this.width && fields.every((field, i) => field === heading.fields[i]);
  }

  private skip(): undefined {
    this.index--;
    this.headings++;
  }

  /** One by one while there are few; no receipt shows thousands. */
  private refuse(row: TableRow, where: Where, refusal: Refusal): Parsed | undefined {
    if (++this.refused > MOST_TOLD) return this.count(row, where, refusal);
    return { kind: 'rejection', rejection: { ...where, ...refusal, excerpt: pieceOf(row) } };
  }

  /** Told at the end as one, with the place of the first. */
  private count(row: TableRow, where: Where, refusal: Refusal): undefined {
    const key = `${refusal.reason} ${refusal.field}`;
    const known = this.counted.get(key);
    if (known) known.count!++;
    else this.counted.set(key, { ...where, ...refusal, excerpt: pieceOf(row), count: 1 });
  }

  *end(): Generator<Parsed> {
    for (const rejection of this.counted.values()) yield { kind: 'rejection', rejection };
    for (const text of this.remarks()) note(this.context, text);
  }

  private remarks(): string[] {
    const { unread, values } = this.columns;
    const { days, unknownLengths } = this.times;
    const labels = [...unread, ...[...this.values.labels].map(({ heading }) => heading)];
    const doubted = this.values.doubtedPercents().map(({ heading }) => `"${heading}"`);
    const assumed = values.flatMap(({ heading, kpi, convert }) =>
      kpi?.unit && !convert && heading !== kpi.id ? [`${heading} (${kpi.unit})`] : [],
    );
    const counters = values.filter((column) => !column.kpi && !this.values.labels.has(column)).map(({ name }) => name);
    return [
      this.headings > 0 && `the heading stands again in ${counted(this.headings, 'more row')}, left out here`,
      days > 0 &&
        `${counted(days, 'row names', 'rows name')} a day without a time of day: each was read as the period that begins with it`,
      unknownLengths > 0 &&
        `${counted(unknownLengths, 'row gives', 'rows give')} the begin of a period and nothing its length: 15 minutes were taken; give a column period_seconds`,
      this.cells.numbered > 0 &&
        `${counted(this.cells.numbered, 'row numbers', 'rows number')} the cell within its site: it was named by both, as in site-1; give its whole name or identity if it has another`,
      labels.length > 0 && `columns that are no values and were not read: ${excerpt(labels.join(', '))}`,
      this.kept > 0 &&
        assumed.length > 0 &&
        `headings without a unit, read in the unit behind them: ${excerpt(assumed.join(', '))}`,
      this.kept > 0 &&
        counters.length > 0 &&
        `columns that are no KPI and were kept as counters: ${excerpt(counters.join(', '))}`,
      doubted.length > 0 &&
        `${excerpt(doubted.join(', '))}: every value lies between 0 and 1 and was kept as per cent, as the heading says; if they are fractions, write [fraction] into the heading or declare it under "units" in a mapping file`,
    ].filter((text) => text !== false);
  }
}

type Refusal = Pick<Rejection, 'reason' | 'detail' | 'field'>;

const pieceOf = ({ fields }: TableRow) =>
  excerpt(fields.length > 60 ? fields.slice(0, 60).join(',') : fields.join(','));

function notANumber({ column, text, why }: BadValue): Refusal {
  return {
    reason: 'not-a-number',
    field: column.name.slice(0, 200),
    detail: `"${column.heading.slice(0, 100)}" is "${text.slice(0, 80)}": ${why}`,
  };
}
