// Checks single values of records about people; what is wrong is told by field and rule, never by the value.

import { isImpossibleDay } from '../maths/impossible-day.ts';
import { parseTime, type ZoneOffset } from '../maths/parse-time.ts';
import type { Rejection } from '../model/rejection.ts';
import { nameWithoutIds, withoutIds } from './free-text.ts';

/** What is wrong, before the place is added. There is no excerpt: it could hold an id. */
export type PersonRefusal = Required<Pick<Rejection, 'reason' | 'detail' | 'field'>>;

export type Raw = Readonly<Record<string, unknown>>;

export interface PersonContext {
  /** Wall time, epoch milliseconds. */
  now: number;
  /** For times without an offset, and for days. */
  zoneOffsetMinutes: ZoneOffset;
}

/** A sender's clock may run ahead this much. */
const FUTURE_LIMIT_MS = 3_600_000;
const DAY_MS = 86_400_000;
const OLDEST_DATA = Date.UTC(2000, 0, 1);
const LONGEST_NAME = 100;
/** No number is written longer; a longer text would be looked at for every way to split its digits. */
const LONGEST_NUMBER = 100;
const LONGEST_CELL = 300;
/** A shorter id may stand in the name of a cell by chance. */
const SHORTEST_TELLING_ID = 7;
/** A longer text of a complaint is cut. */
export const LONGEST_TEXT = 2000;

export function refusal(field: string, reason: Rejection['reason'], rule: string): PersonRefusal {
  return { field, reason, detail: `"${field}" ${rule}` };
}

export function isPersonRefusal(value: unknown): value is PersonRefusal {
  return typeof value === 'object' && value !== null && 'reason' in value;
}

/** The first of the refusals among `values`. */
export function firstRefusal(values: object): PersonRefusal | undefined {
  for (const value of Object.values(values)) if (isPersonRefusal(value)) return value;
  return undefined;
}

/** A number in `range`, from a number or its decimal text; undefined when the field is absent. */
export function numberOf(
  raw: Raw,
  field: string,
  [low, high]: readonly [number, number],
  hint = '',
): number | PersonRefusal | undefined {
  const value = raw[field];
  if (value === undefined) return undefined;
  const text = typeof value === 'number' ? String(value) : value;
  const isDecimal =
    typeof text === 'string' &&
    text.length <= LONGEST_NUMBER &&
    /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(text);
  const number = isDecimal ? Number(text) : Number.NaN;
  if (!Number.isFinite(number)) return refusal(field, 'not-a-number', `is no number: give ${low} to ${high}${hint}`);
  if (number < low || number > high) {
    return refusal(field, 'out-of-range', `lies outside ${low} to ${high}${hint}; leave it out when it is not known`);
  }
  return number;
}

export function wholeOf(raw: Raw, field: string, range: readonly [number, number]): number | PersonRefusal | undefined {
  const number = numberOf(raw, field, range);
  if (typeof number !== 'number' || Number.isInteger(number)) return number;
  return refusal(field, 'not-a-number', `is no whole number: give ${range[0]} to ${range[1]}`);
}

export function yesOrNo(raw: Raw, field: string): boolean | PersonRefusal | undefined {
  const value = raw[field];
  if (value === undefined) return undefined;
  const word = String(typeof value === 'object' ? '' : value)
    .trim()
    .toLowerCase();
  if (['true', 'yes', 'y', '1'].includes(word)) return true;
  if (['false', 'no', 'n', '0'].includes(word)) return false;
  return refusal(field, 'wrong-type', 'is neither true nor false');
}

/** A short name: of a plan, a tier, a service. The person's own id and long numbers are taken out of it. */
export function nameOf(raw: Raw, field: string, id: string): string | PersonRefusal | undefined {
  const value = raw[field];
  if (value === undefined) return undefined;
  if (typeof value !== 'string' && typeof value !== 'number') return refusal(field, 'wrong-type', 'must be text');
  const name = nameWithoutIds(String(value), id);
  if (name.length > LONGEST_NAME) {
    return refusal(field, 'too-long', `has ${name.length} characters; at most ${LONGEST_NAME} are taken`);
  }
  return name === '' ? undefined : name;
}

/** Free text; a long one is cut, which `cut` counts. */
export function textOf(raw: Raw, field: string, id: string, cut: () => void): string | PersonRefusal | undefined {
  const value = raw[field];
  if (value === undefined) return undefined;
  if (typeof value !== 'string' && typeof value !== 'number') return refusal(field, 'wrong-type', 'must be text');
  const text = withoutIds(String(value), id);
  if (text.length <= LONGEST_TEXT) return text === '' ? undefined : text;
  cut();
  return `${text.slice(0, LONGEST_TEXT - 1)}…`;
}

/** A cell by the inventory's id where it is known there, else as named; a person's own id is no name of a cell. */
export function cellOf(
  raw: Raw,
  id: string,
  known: (name: string) => string | undefined,
): string | PersonRefusal | undefined {
  const value = raw.cell;
  if (value === undefined) return undefined;
  const name = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
  if (name === '' || name.length > LONGEST_CELL || /\p{Cc}/u.test(name)) {
    return refusal('cell', 'wrong-type', `must be the id of a cell: 1 to ${LONGEST_CELL} characters`);
  }
  const cell = known(name);
  if (cell === undefined && (name === id || (id.length >= SHORTEST_TELLING_ID && name.includes(id)))) {
    return refusal('cell', 'wrong-shape', 'holds the id of the subscriber: the columns may be mixed up');
  }
  return cell ?? name;
}

/** Epoch milliseconds of a time or a day; not ahead, and not before `oldest`. */
export function timeOf(
  raw: Raw,
  field: string,
  { now, zoneOffsetMinutes }: PersonContext,
  oldest = OLDEST_DATA,
): number | PersonRefusal | undefined {
  const value = raw[field];
  if (value === undefined) return undefined;
  const text = typeof value === 'string' && isDay(value.trim()) ? `${value.trim()}T00:00` : value;
  const at = parseTime(text, zoneOffsetMinutes);
  if (at === undefined) {
    const isImpossible = typeof value === 'string' && isImpossibleDay(value);
    const why = isImpossible
      ? 'is a day that the calendar has not'
      : 'cannot be read: give ISO 8601 (2026-03-17T21:45:00Z), a day, or epoch milliseconds';
    return refusal(field, 'bad-time', why);
  }
  if (at > now + FUTURE_LIMIT_MS) return refusal(field, 'future-time', 'lies more than an hour ahead of this server');
  if (at < oldest) {
    const year = new Date(oldest).getUTCFullYear();
    return refusal(field, 'ancient-time', `lies before ${year}: check that a number is in milliseconds, not seconds`);
  }
  return Math.round(at);
}

/** A local day `2026-03-17`, at most a day ahead. */
export function dayOf(raw: Raw, field: string, { now }: PersonContext): string | PersonRefusal | undefined {
  const value = raw[field];
  if (value === undefined) return undefined;
  const text = typeof value === 'string' ? value.trim() : '';
  const at = isDay(text) ? parseTime(`${text}T00:00Z`) : undefined;
  if (at === undefined)
    return refusal(
      field,
      'bad-time',
      isImpossibleDay(text) ? 'is a day that the calendar has not' : 'is no day: write it as 2026-03-17',
    );
  return datedOf(text, field, at, now);
}

/** A month `2026-03`. */
export function monthOf(raw: Raw, field: string, { now }: PersonContext): string | PersonRefusal | undefined {
  const value = raw[field];
  if (value === undefined) return undefined;
  const text = typeof value === 'string' ? value.trim() : '';
  const at = /^\d{4}-\d\d$/.test(text) ? parseTime(`${text}-01T00:00Z`) : undefined;
  if (at === undefined) return refusal(field, 'bad-time', 'is no month: write it as 2026-03');
  return datedOf(text, field, at, now);
}

/** Local days begin up to 14 hours before those of UTC. */
function datedOf(text: string, field: string, at: number, now: number): string | PersonRefusal {
  if (at > now + DAY_MS) return refusal(field, 'future-time', 'has not begun yet');
  return at < OLDEST_DATA ? refusal(field, 'ancient-time', 'lies before 2000') : text;
}

const isDay = (text: string) => /^\d{4}-\d\d-\d\d$/.test(text);
