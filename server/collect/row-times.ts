// The period of a row: from a column of its end, its begin, or neither in name, with the day apart or not.

import { parseDuration } from '../maths/parse-duration.ts';
import type { ZoneOffset } from '../maths/parse-time.ts';
import { conversion } from './column-units.ts';
import type { ReadingColumns } from './reading-columns.ts';
import { isAbsent } from './sample-fields.ts';
import type { TableSurvey } from './table-survey.ts';
import { type ReadTime, readTableTime, readTimeOfDay } from './table-times.ts';

export interface Period {
  /** END, epoch milliseconds; as written where it is no time. */
  at: unknown;
  /** Seconds; undefined where nothing tells; as written where it is none. */
  seconds: unknown;
}

/** `undated` and `open` as of one time. */
export type RowPeriod = Period | 'undated' | 'open';

const DAY_SECONDS = 86_400;
const DEFAULT_SECONDS = 900;

export class RowTimes {
  /** Rows whose time is a day, and rows with a begin for which nothing tells how long they are. */
  days = 0;
  unknownLengths = 0;
  private readonly memory = new Map<number, { text: string; time: ReadTime }>();

  /** `seconds`: the period of rows that name none. */
  constructor(
    private readonly columns: ReadingColumns,
    private readonly seconds: unknown,
    private readonly zone: ZoneOffset,
    private readonly survey: TableSurvey,
  ) {}

  read(fields: readonly string[]): RowPeriod {
    const { end, start, time = 0 } = this.columns.times;
    const given = this.givenSeconds(fields);
    if (end !== undefined) return this.byEnd(fields, end, start, given);
    const column = start ?? time;
    const at = this.timeAt(fields, column);
    if (typeof at === 'string') return at;
    if (at === undefined) return { at: textOf(fields[column]), seconds: given };
    // A day is the period that begins with it, also where the heading says only "time".
    if (start !== undefined || at.isDay) return this.fromStart(at.at, at.isDay, given);
    return { at: at.at, seconds: given };
  }

  private byEnd(fields: readonly string[], end: number, start: number | undefined, given: unknown): RowPeriod {
    const to = this.timeAt(fields, end);
    if (typeof to === 'string') return to;
    if (!to) return { at: textOf(fields[end]), seconds: given };
    const from = given === undefined && start !== undefined ? this.timeAt(fields, start) : undefined;
    const seconds = typeof from === 'object' ? (to.at - from.at) / 1000 : given;
    return { at: to.at, seconds };
  }

  private fromStart(start: number, isDay: boolean, given: unknown): Period {
    if (isDay) this.days++;
    else if (given === undefined) this.unknownLengths++;
    const seconds = given ?? (isDay ? DAY_SECONDS : DEFAULT_SECONDS);
    return { at: typeof seconds === 'number' ? start + seconds * 1000 : start, seconds };
  }

  private givenSeconds(fields: readonly string[]): unknown {
    const { period } = this.columns;
    const text = period === undefined ? '' : (fields[period.at] ?? '');
    return isAbsent(text) ? this.seconds : secondsOf(text, period!.secondsPerUnit);
  }

  /** Of one column, completed by the day of another where it holds a time of day alone. */
  private timeAt(fields: readonly string[], column: number): ReadTime {
    const time = this.readAt(fields, column);
    const { date } = this.columns.times;
    if (time !== 'undated' || date === undefined || date === column) return time;
    const day = this.readAt(fields, date);
    const clock = readTimeOfDay(fields[column] ?? '');
    if (typeof day !== 'object' || clock === undefined) return day === 'open' ? 'open' : undefined;
    return { at: this.afterMidnight(day.at, clock), isDay: false };
  }

  /** By the clocks of the zone, which may be changed between midnight and then. */
  private afterMidnight(midnight: number, ms: number): number {
    if (typeof this.zone === 'number') return midnight + ms;
    const local = midnight + this.zone(midnight + ms) * 60_000;
    const shift = this.zone(local + ms) - this.zone(local);
    return midnight + ms - shift * 60_000;
  }

  /** Rows of one period follow each other: the last time of a column is remembered. */
  private readAt(fields: readonly string[], column: number): ReadTime {
    const text = fields[column] ?? '';
    const last = this.memory.get(column);
    if (last?.text === text) return last.time;
    const { format } = this.columns.times;
    const time = readTableTime(text, this.zone, format);
    const settled = time === 'open' ? readTableTime(text, this.zone, this.survey.orderOf(column)) : time;
    this.memory.set(column, { text, time: settled });
    return settled;
  }
}

const textOf = (text: string | undefined) => (isAbsent(text) ? null : text);

/** `900`, `15 min`, `PT15M`; what is none goes on as it stands, to be refused. */
export function secondsOf(text: string, secondsPerUnit: number): unknown {
  if (/^\d+(\.\d+)?$/.test(text) && text.length < 20) return Number(text) * secondsPerUnit;
  const [, count = '', unit = ''] = /^(\d{1,9}) ?([a-z\p{Lo}]{1,9})$/iu.exec(text) ?? [];
  const seconds = unit === '' ? undefined : conversion(unit, 's');
  if (seconds) return (Number(count) * seconds.times) / seconds.per;
  return parseDuration(text.slice(0, 100)) ?? text;
}
