// Times as tables write them: every order of day, month and year, serial days of spreadsheets, epochs; what only the column can settle is said so.

import { parseTime, type ZoneOffset } from '../maths/parse-time.ts';

export type DateOrder = 'd/m' | 'm/d';
/** How a table writes its times, where that is declared. */
export type TimeFormat = DateOrder | 'serial' | 'epoch-s' | 'epoch-ms';

export interface TableTime {
  /** Epoch milliseconds. */
  at: number;
  /** A day without a time of day: `at` is its beginning. */
  isDay: boolean;
}

/** `undated`: a time of day alone; `open`: day and month cannot be told apart. */
export type ReadTime = TableTime | 'undated' | 'open' | undefined;

/** Named as people write them, `m/d/yyyy hh:mm` or `DD.MM.YYYY`; undefined for what is no form known here. */
export function timeFormatNamed(text: string): TimeFormat | undefined {
  const letters = text.trim().toLowerCase();
  if (/^d{1,2}[/.-]m{1,3}[/.-]y{2,4}/.test(letters)) return 'd/m';
  if (/^m{1,3}[/.-]d{1,2}[/.-]y{2,4}/.test(letters)) return 'm/d';
  if (/^(excel|serial)/.test(letters)) return 'serial';
  if (/^(epoch|unix)[ _-]?(s|seconds)?$/.test(letters)) return 'epoch-s';
  return /^(epoch|unix)[ _-]?(ms|milliseconds)$/.test(letters) ? 'epoch-ms' : undefined;
}

const LONGEST_TIME = 60;
const UNDATED = /^\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?( ?[ap]m)?$/i;

/**
 * `text` as a moment. Without an offset the zone holds; a slash or hyphen date whose day and month may both be the month is
 * `open` unless `order` tells.
 */
export function readTableTime(text: string, zone: ZoneOffset, format?: TimeFormat): ReadTime {
  const usual = text.charCodeAt(4) === 0x2d && text.length >= 16 ? parseTime(text, zone) : undefined;
  if (usual !== undefined) return { at: usual, isDay: false };
  if (text.length > LONGEST_TIME) return undefined;
  if (/^\d+([.,]\d+)?$/.test(text)) return numericTime(text, zone, format);
  if (UNDATED.test(text)) return 'undated';
  const date = readDate(text);
  if (!date) return undefined;
  const order = format === 'd/m' || format === 'm/d' ? format : undefined;
  const day = date.shape === 'slash' ? ordered(date, order) : date;
  if (day === 'open') return 'open';
  const clock = readClock(date.rest);
  if (!day || clock === undefined) return undefined;
  const at = parseTime(`${pad(day.year, 4)}-${pad(day.month)}-${pad(day.day)}T${clock || '00:00'}`, zone);
  return at === undefined ? undefined : { at, isDay: clock === '' };
}

/** Which order a slash or hyphen date proves by itself; undefined for other forms and for what may be both. */
export function provenOrder(text: string): DateOrder | undefined {
  const date = text.length <= LONGEST_TIME ? readDate(text) : undefined;
  if (date?.shape !== 'slash') return undefined;
  const [first, second] = [Number(date.first), Number(date.second)];
  if (first > 12 && second <= 12) return 'd/m';
  return second > 12 && first <= 12 ? 'm/d' : undefined;
}

interface Day {
  year: string;
  month: string;
  day: string;
}
type FoundDate =
  | (Day & { shape: 'fixed'; rest: string })
  | { shape: 'slash'; first: string; second: string; year: string; rest: string };

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const YEAR_FIRST = /^(?<year>\d{4})([-/.年])(?<month>\d{1,2})[-/.月](?<day>\d{1,2})日?(?<rest>(?!\d).*)$/;
const DAY_FIRST = /^(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{4})(?<rest>(?!\d).*)$/;
const SLASHES = /^(?<first>\d{1,2})([/-])(?<second>\d{1,2})\2(?<year>\d{4}|\d{2})(?<rest>(?!\d).*)$/;
const WORDS = /^(?<day>\d{1,2})[- ](?<name>[a-z]{3,9})[- ,.]+(?<year>\d{4})(?<rest>(?!\d).*)$/i;

function readDate(text: string): FoundDate | undefined {
  const fixed = (YEAR_FIRST.exec(text) ?? DAY_FIRST.exec(text))?.groups as (Day & { rest: string }) | undefined;
  if (fixed) return { shape: 'fixed', ...fixed };
  const slashes = SLASHES.exec(text)?.groups as
    | { first: string; second: string; year: string; rest: string }
    | undefined;
  if (slashes) return { shape: 'slash', ...slashes };
  const words = WORDS.exec(text)?.groups as (Day & { name: string; rest: string }) | undefined;
  const month = words && MONTHS.indexOf(words.name.slice(0, 3).toLowerCase()) + 1;
  return month
    ? { shape: 'fixed', year: words.year, month: String(month), day: words.day, rest: words.rest }
    : undefined;
}

/** A year of two digits is one of this century, but says so little of the order that it must be declared. */
function ordered(
  date: Extract<FoundDate, { shape: 'slash' }>,
  declared: DateOrder | undefined,
): Day | 'open' | undefined {
  const { first, second } = date;
  const order = declared ?? provenOrderOf(Number(first), Number(second));
  if (order === undefined) return Number(first) > 12 ? undefined : 'open';
  if (date.year.length === 2 && declared === undefined) return 'open';
  const year = date.year.length === 2 ? `20${date.year}` : date.year;
  return order === 'd/m' ? { year, month: second, day: first } : { year, month: first, day: second };
}

function provenOrderOf(first: number, second: number): DateOrder | undefined {
  if (first === second) return 'd/m';
  if (first > 12) return second <= 12 ? 'd/m' : undefined;
  return second > 12 ? 'm/d' : undefined;
}

const CLOCK =
  /^[T ,_]*(\d{1,2})[:.时](\d{2})[:.分]?(\d{2}(?:[.,]\d{1,9})?)?秒? ?([ap]\.?m\.?)? ?(Z|UTC|GMT|[+\-−]\d{2}(?::?\d{2})?)?$/i;

/** `HH:MM[:SS][offset]` of what follows a date, empty when nothing follows, undefined when it is no time of day. */
function readClock(rest: string): string | undefined {
  if (rest.trim() === '') return '';
  const [, hour, minute, second, half, offset = ''] = CLOCK.exec(rest) ?? [];
  if (hour === undefined) return undefined;
  const isAfternoon = half?.toLowerCase().startsWith('p');
  if (half !== undefined && (Number(hour) < 1 || Number(hour) > 12)) return undefined;
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (isAfternoon ? 12 : 0);
  const seconds = second === undefined ? '' : `:${second}`;
  return `${pad(String(hours))}:${minute}${seconds}${/^(utc|gmt)$/i.test(offset) ? 'Z' : offset}`;
}

const pad = (digits: string, width = 2) => digits.padStart(width, '0');

const COMPACT = /^((?:19|20|29|18)\d\d)(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?$/;
/** Days from 1899-12-30, the day zero of spreadsheets, to 1970-01-01. */
const SERIAL_OF_1970 = 25_569;
/** Spreadsheet days of the years 1927 to 2119; as seconds or milliseconds since 1970 they would be the first minutes. */
const SERIAL_RANGE = [10_000, 80_000] as const;
const DAY_MS = 86_400_000;

/** A bare number: days of a spreadsheet, seconds, milliseconds or microseconds since 1970, or `YYYYMMDD[hhmm[ss]]`, by its size. */
function numericTime(text: string, zone: ZoneOffset, format?: TimeFormat): ReadTime {
  const number = Number(text.replace(',', '.'));
  if (format === 'epoch-s') return moment(number * 1000);
  if (format === 'epoch-ms') return moment(number);
  // A fraction of a day is a time of day; as a moment it would be the first instant of 1970.
  if (number < 1) return 'undated';
  if (format === 'serial' || (number >= SERIAL_RANGE[0] && number < SERIAL_RANGE[1])) return serialTime(number, zone);
  const [, year, month, day, hour, minute, second = '00'] = COMPACT.exec(text) ?? [];
  if (year !== undefined) {
    const at = parseTime(`${year}-${month}-${day}T${hour ?? '00'}:${minute ?? '00'}:${second}`, zone);
    return at === undefined ? undefined : { at, isDay: hour === undefined };
  }
  if (number >= 1e8 && number < 1e11) return moment(number * 1000);
  return number >= 1e15 ? moment(number / 1000) : moment(number);
}

const moment = (at: number): ReadTime => (at < 8.64e15 ? { at: Math.round(at), isDay: false } : undefined);

/** Fractions of a day are rounded to whole seconds, as 1/24 has no end. */
function serialTime(days: number, zone: ZoneOffset): ReadTime {
  const local = Math.round((days - SERIAL_OF_1970) * 86_400) * 1000;
  if (Math.abs(local) > 8e15) return undefined;
  const offset = typeof zone === 'number' ? zone : zone(local);
  return { at: local - offset * 60_000, isDay: false };
}

/** Milliseconds since midnight of a time of day, for tables with the date in a column of its own. */
export function readTimeOfDay(text: string): number | undefined {
  if (/^0?[.,]\d+$|^0$/.test(text)) return Math.round(Number(text.replace(',', '.')) * 86_400) * 1000;
  const clock = UNDATED.test(text) ? readClock(text) : undefined;
  const [hours = 0, minutes = 0, seconds = 0] = clock?.split(':').map((part) => Number(part.replace(',', '.'))) ?? [];
  const ms = Math.round(((hours * 60 + minutes) * 60 + seconds) * 1000);
  return clock === undefined || minutes > 59 || seconds >= 60 || ms >= DAY_MS ? undefined : ms;
}

/** A day as its column has it, with a time of day, milliseconds since midnight, as one text. */
export function withTimeOfDay(day: string, ms: number): string {
  const clock = new Date(ms).toISOString().slice(11, 19);
  if (/^\d{8}$/.test(day)) return day + clock.replaceAll(':', '');
  if (/^\d{5}([.,]0+)?$/.test(day)) return String(Number(day.replace(',', '.')) + ms / DAY_MS);
  return `${day.replace(/[T ]00:00(:00)?$/, '')} ${clock}`;
}
