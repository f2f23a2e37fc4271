// The period of a row: from a column of its end, its begin, or neither in name, with the day apart or not.

import { parseDuration } from '../maths/parse-duration.ts';
import type { ZoneOffset } from '../maths/parse-time.ts';
import { conversion } from './column-units.ts';
import type { ReadingColumns } from './reading-columns.ts';
import { isAbsent } from './sample-fields.ts';
import type { TableSurvey } from './table-survey.ts';
import { readTableTime, readTimeOfDay, withTimeOfDay } from './table-times.ts';

export interface Period {
  /** END, epoch milliseconds; as written where it is no time. */
  at: unknown;
  /** Seconds; undefined where nothing tells; as written where it is none. */
  seconds: unknown;
}

/** `undated` and `open` as of one time. */
export type RowPeriod = Period | 'undated' | 'open';

/** A time as a row has it: by the clocks of the zone, or, where it names its offset, a moment. */
interface RowTime {
  /** Epoch milliseconds; of the zone's clocks read as if they were UTC. */
  ms: number;
  isDay: boolean;
  isLocal: boolean;
}
type ReadRowTime = RowTime | 'undated' | 'open' | undefined;

const MINUTE_MS = 60_000;
const DAY_SECONDS = 86_400;
const DAY_MS = DAY_SECONDS * 1000;
const DEFAULT_SECONDS = 900;

export class RowTimes {
  /** Rows whose time is a day, and rows with a begin for which nothing tells how long they are. */
  days = 0;
  unknownLengths = 0;
  private readonly memory = new Map<number, { text: string; time: ReadRowTime }>();

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
    if (start !== undefined || at.isDay) return this.fromStart(at, given);
    return { at: this.momentOf(at), seconds: given };
  }

  private byEnd(fields: readonly string[], end: number, start: number | undefined, given: unknown): RowPeriod {
    const to = this.timeAt(fields, end);
    if (typeof to === 'string') return to;
    if (!to) return { at: textOf(fields[end]), seconds: given };
    const from = start === undefined ? undefined : this.timeAt(fields, start);
    if (typeof from !== 'object') return { at: this.momentOf(to), seconds: given };
    // Of 23:45 to 00:00 under one date the end is on the next day.
    const isNextDay = to.ms <= from.ms && readTimeOfDay(fields[end] ?? '') !== undefined;
    const until = isNextDay ? { ...to, ms: to.ms + DAY_MS } : to;
    const at = this.momentOf(until);
    const begin = this.momentOf(from);
    // From midnight to midnight is so many days, whatever the clocks do in between.
    const lasts = isMidnight(from) && isMidnight(until) ? until.ms - from.ms : at - begin;
    return { at, seconds: given ?? lasts / 1000 };
  }

  private fromStart(start: RowTime, given: unknown): Period {
    const { isDay } = start;
    // Told where the reading of a row is more than its headings say.
    if (isDay && (given === undefined || this.columns.times.start === undefined)) this.days++;
    else if (!isDay && given === undefined) this.unknownLengths++;
    const seconds = given ?? (isDay ? DAY_SECONDS : DEFAULT_SECONDS);
    // A day has 23 or 25 hours where clocks change, and ends with the next one's beginning all the same.
    if (seconds === DAY_SECONDS && isMidnight(start)) return { at: this.nextMidnight(start), seconds };
    const begin = this.momentOf(start);
    return { at: typeof seconds === 'number' ? begin + seconds * 1000 : begin, seconds };
  }

  /** The zone counts what it is asked: once for each time of a row. */
  private momentOf({ ms, isLocal }: RowTime): number {
    return isLocal ? ms - this.offsetAt(ms) * MINUTE_MS : ms;
  }

  /** By the offset that holds just before it: a midnight that is skipped, or comes twice, is where the new day begins. */
  private nextMidnight({ ms }: RowTime): number {
    return ms + DAY_MS - this.offsetAt(ms + DAY_MS - 1) * MINUTE_MS;
  }

  private offsetAt(localMs: number): number {
    return typeof this.zone === 'number' ? this.zone : this.zone(localMs);
  }

  private givenSeconds(fields: readonly string[]): unknown {
    const { period } = this.columns;
    const text = period === undefined ? '' : (fields[period.at] ?? '');
    return isAbsent(text) ? this.seconds : secondsOf(text, period!.secondsPerUnit);
  }

  /** Of one column, completed by the day of another where it holds a time of day alone. */
  private timeAt(fields: readonly string[], column: number): ReadRowTime {
    const text = fields[column] ?? '';
    const time = this.readText(text, column);
    const { date } = this.columns.times;
    if (time !== 'undated' || date === undefined || date === column) return time;
    const clock = readTimeOfDay(text);
    return clock === undefined ? undefined : this.readText(withTimeOfDay(fields[date] ?? '', clock), date);
  }

  /** Rows of one period follow each other: the last time of a column is remembered. */
  private readText(text: string, column: number): ReadRowTime {
    const last = this.memory.get(column);
    if (last?.text === text) return last.time;
    let isLocal = false;
    const asUtc = () => {
      isLocal = true;
      return 0;
    };
    const read = readTableTime(text, asUtc, this.columns.times.format);
    const settled = read === 'open' ? readTableTime(text, asUtc, this.survey.orderOf(column)) : read;
    const time = typeof settled === 'object' ? { ms: settled.at, isDay: settled.isDay, isLocal } : settled;
    this.memory.set(column, { text, time });
    return time;
  }
}

const isMidnight = ({ ms, isLocal }: RowTime) => isLocal && ms % DAY_MS === 0;

const textOf = (text: string | undefined) => (isAbsent(text) ? null : text);

/** `900`, `15 min`, `PT15M`; what is none goes on as it stands, to be refused. */
export function secondsOf(text: string, secondsPerUnit: number): unknown {
  if (/^\d+(\.\d+)?$/.test(text) && text.length < 20) return Number(text) * secondsPerUnit;
  const [, count = '', unit = ''] = /^(\d{1,9}) ?([a-z\p{Lo}]{1,9})$/iu.exec(text) ?? [];
  const seconds = unit === '' ? undefined : conversion(unit, 's');
  if (seconds) return (Number(count) * seconds.times) / seconds.per;
  return parseDuration(text.slice(0, 100)) ?? text;
}
