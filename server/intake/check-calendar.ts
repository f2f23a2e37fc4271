// Checks a calendar: every day has a date that exists and a known type; one of two that contradict each other holds.

import { type CalendarDay, type CalendarDayType, calendarKey } from '../model/calendar.ts';
import type { Rejection } from '../model/rejection.ts';
import type { Where } from '../model/sent.ts';
import { isRefusal, quote, type Refusal } from './check-reading.ts';
import { RejectionList } from './rejection-list.ts';

/** A day as the formats hand it over, or what they refused. */
export type ParsedDay =
  | { kind: 'record'; record: Record<string, unknown>; where: Where }
  | { kind: 'rejection'; rejection: Rejection };

const LONGEST_TEXT = 200;
const [FIRST_YEAR, LAST_YEAR] = [2000, 2100];

/** How planning departments write the types, in lower case without blanks. */
const TYPES: Readonly<Record<CalendarDayType, readonly string[]>> = {
  holiday: ['holiday', 'publicholiday', '节假日', '法定节假日', '假日', '放假', '休'],
  workday: ['workday', 'workingday', 'make-upworkday', '工作日', '调休', '调休上班', '补班', '上班', '班'],
  event: ['event', '活动', '赛事'],
};
const TYPE_BY_NAME = new Map(
  Object.entries(TYPES).flatMap(([type, names]) => names.map((name) => [name, type as CalendarDayType] as const)),
);

/** A day, where it stood last, and how often. */
interface TakenDay {
  day: CalendarDay;
  where: Where;
  times: number;
}

/**
 * In order of the delivery, one a date and area. Of two that differ the later holds, as in a list of changes, and the
 * earlier is refused as `duplicate`; the same twice is no harm. `accepted` counts records.
 */
export function checkCalendar(parsed: Iterable<ParsedDay>) {
  const byKey = new Map<string, TakenDay>();
  const rejections = new RejectionList();
  for (const one of parsed) {
    if (one.kind === 'rejection') {
      rejections.add(one.rejection);
      continue;
    }
    const { record, where } = one;
    const day = checkDay(record);
    if (isRefusal(day)) rejections.add({ ...where, ...day });
    else {
      const earlier = byKey.get(calendarKey(day));
      const isSame = earlier?.day.type === day.type && earlier.day.name === day.name;
      if (earlier && !isSame) rejections.add(contradicted(earlier, where));
      byKey.delete(calendarKey(day));
      byKey.set(calendarKey(day), { day, where, times: isSame ? earlier.times + 1 : 1 });
    }
  }
  const kept = [...byKey.values()];
  return { days: kept.map(({ day }) => day), accepted: kept.reduce((sum, { times }) => sum + times, 0), rejections };
}

function contradicted({ day, where, times }: TakenDay, later: Where): Rejection {
  const place = later.line === undefined ? `record ${later.index}` : `line ${later.line}`;
  const what = day.area === undefined ? day.date : `${day.date} in ${quote(day.area)}`;
  const detail = `${what} comes again at ${place}; the later was taken`;
  return { ...where, reason: 'duplicate', field: 'date', detail, ...(times > 1 && { count: times }) };
}

/** One day, or the first thing that is wrong with it. */
export function checkDay(raw: Record<string, unknown>): CalendarDay | Refusal {
  const date = checkDate(raw.date);
  if (typeof date !== 'string') return date;
  const type = checkType(raw.type);
  if (typeof type !== 'string') return type;
  const day: CalendarDay = { date, type };
  for (const field of ['area', 'name'] as const) {
    const value = raw[field];
    if (isAbsent(value)) continue;
    const text = checkText(field, value);
    if (typeof text !== 'string') return text;
    day[field] = text;
  }
  return day;
}

/** `2026-10-01`, `2026/10/1`, `20261001`, `2026年10月1日`. */
const DATE = /^(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))$/;

/** Whether a text is a date that exists, written as we write it. */
export function isDate(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && checkDate(text) === text;
}

function checkDate(value: unknown): string | Refusal {
  if (isAbsent(value))
    return { reason: 'missing-field', field: 'date', detail: 'give "date", a local day as 2026-10-01' };
  const parts = DATE.exec(writtenAs(value).trim());
  if (!parts) {
    const detail = `"date" is ${quote(value)}: give a local day as 2026-10-01, without a time`;
    return { reason: 'bad-time', field: 'date', detail };
  }
  const [year, month, day] = [parts[1], parts[2] ?? parts[4], parts[3] ?? parts[5]].map(Number) as [
    number,
    number,
    number,
  ];
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) {
    return { reason: 'bad-time', field: 'date', detail: `"date" is ${quote(value)}: there is no such day` };
  }
  if (year < FIRST_YEAR || year > LAST_YEAR) {
    const detail = `"date" is ${quote(value)}: give a day from ${FIRST_YEAR} to ${LAST_YEAR}`;
    return { reason: 'out-of-range', field: 'date', detail };
  }
  return date.toISOString().slice(0, 10);
}

function checkType(value: unknown): CalendarDayType | Refusal {
  const types = Object.keys(TYPES).join(', ');
  if (isAbsent(value)) return { reason: 'missing-field', field: 'type', detail: `give "type", one of ${types}` };
  const known = TYPE_BY_NAME.get(writtenAs(value).toLowerCase().replaceAll(/\s+/g, ''));
  return known ?? { reason: 'wrong-type', field: 'type', detail: `"type" is ${quote(value)}: give one of ${types}` };
}

function checkText(field: 'area' | 'name', value: unknown): string | Refusal {
  if (typeof value !== 'string' && typeof value !== 'number') {
    return { reason: 'wrong-type', field, detail: `"${field}" is ${quote(value)}: give it as text, or leave it out` };
  }
  const text = String(value).trim();
  if (text.length <= LONGEST_TEXT && !/\p{Cc}/u.test(text)) return text;
  const detail = `"${field}" is ${quote(text)}: give at most ${LONGEST_TEXT} characters, none of them control characters`;
  return { reason: 'too-long', field, detail };
}

/** Lists and objects are no words, even where their text would read as one. */
const writtenAs = (value: unknown): string => (typeof value === 'object' ? '' : String(value));

/** The words by which tables say that there is nothing. */
function isAbsent(value: unknown): boolean {
  return (
    value === undefined || value === null || (typeof value === 'string' && /^\s*(?:|-|--|n\/?a|null)\s*$/i.test(value))
  );
}
