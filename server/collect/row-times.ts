// The period of a row: from a column of its end, its begin, or neither in name, with the day apart or not.

import { parseDuration } from '../maths/parse-duration.ts';
import type { ZoneOffset } from '../maths/parse-time.ts';
import { conversion } from './column-units.ts';
import type { ReadingColumns } from './reading-columns.ts';
import { isAbsent } from './sample-fields.ts';
import type { TableSurvey } from './table-survey.ts';
import { type ReadTime, readTableTime, readTimeOfDay, withTimeOfDay } from './table-times.ts';

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
    const from = start === undefined ? undefined : this.timeAt(fields, start);
    if (typeof from !== 'object') return { at: to.at, seconds: given };
    // Of 23:45 to 00:00 under one date the end is on the next day.
    const isNextDay = to.at <= from.at && readTimeOfDay(fields[end] ?? '') !== undefined;
    const at = isNextDay ? to.at + DAY_SECONDS * 1000 : to.at;
    return { at, seconds: given ?? (at - from.at) / 1000 };
  }

  private fromStart(start: number, isDay: boolean, given: unknown): Period {
    // Told where the reading of a row is more than its headings say.
    if (isDay && (given === undefined || this.columns.times.start === undefined)) this.days++;
    else if (!isDay && given === undefined) this.unknownLengths++;
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
    const text = fields[column] ?? '';
    const time = this.readText(text, column);
    const { date } = this.columns.times;
    if (time !== 'undated' || date === undefined || date === column) return time;
    const clock = readTimeOfDay(text);
    return clock === undefined ? undefined : this.readText(withTimeOfDay(fields[date] ?? '', clock), date);
  }

  /** Rows of one period follow each other: the last time of a column is remembered, unless the zone was asked, which counts. */
  private readText(text: string, column: number): ReadTime {
    const last = this.memory.get(column);
    if (last?.text === text) return last.time;
    let isZoneAsked = false;
    const zone = (localMs: number) => {
      isZoneAsked = true;
      return typeof this.zone === 'number' ? this.zone : this.zone(localMs);
    };
    const time = readTableTime(text, zone, this.columns.times.format);
    const settled = time === 'open' ? readTableTime(text, zone, this.survey.orderOf(column)) : time;
    if (!isZoneAsked) this.memory.set(column, { text, time: settled });
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
