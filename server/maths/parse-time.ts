// Reads a time as senders write it: ISO 8601 with every offset seen in the field, or epoch milliseconds.

const EPOCH_DIGITS = /^-?\d{1,16}$/;
/** Fraction of a second and offset: what follows the minutes and seconds. */
const REST = /^(?:[.,](\d{1,9}))?(?: *([Zz]|[+\-\u2212]\d{2}(?::?\d{2}(?::?\d{2})?)?))?$/;
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const MINUTE_MS = 60_000;
/** Places on earth lie within ±14 hours of UTC; 18 is the most that common time libraries write. */
const MAX_OFFSET_MINUTES = 18 * 60;

/** Minutes east of UTC for times without an offset: fixed, or by the local time itself (summer and winter differ). */
export type ZoneOffset = number | ((localMs: number) => number);

/**
 * Epoch milliseconds of `value`, or undefined when it is no time.
 *
 * Takes `2023-05-15T07:15:00+0100`, offsets `Z`, `+02:00`, `+0200`, `+02`, `-05:00:00` or none (then
 * `zoneOffsetMinutes` east of UTC holds), a space for the `T`, seconds and fraction left out, and epoch
 * milliseconds as a number or as digits. A day that is not in the calendar is no time.
 */
export function parseTime(value: unknown, zoneOffsetMinutes: ZoneOffset = 0): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  if (text[4] !== '-' || text[7] !== '-') return EPOCH_DIGITS.test(text) ? Number(text) : undefined;
  const midnight = parseDay(text);
  const hasSeconds = text[16] === ':';
  const seconds = parseClock(text, hasSeconds);
  if (midnight === undefined || seconds === undefined) return undefined;
  const rest = text.slice(hasSeconds ? 19 : 16);
  const local = midnight + seconds * 1000;
  const correctionMs = rest === 'Z' ? 0 : parseRest(rest, local, zoneOffsetMinutes);
  return correctionMs === undefined ? undefined : local + correctionMs;
}

/** Two digits at `i`, NaN when they are none; by character codes, for this runs once a reading. */
function twoDigits(text: string, i: number): number {
  const tens = text.charCodeAt(i) - 48;
  const ones = text.charCodeAt(i + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

/** Midnight UTC of `YYYY-MM-DD` at the start of `text`. */
function parseDay(text: string): number | undefined {
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  const month = twoDigits(text, 5);
  const day = twoDigits(text, 8);
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = (MONTH_DAYS[month - 1] ?? 0) + (leap ? 1 : 0);
  // Date.UTC takes the years 0 to 99 as 1900 to 1999.
  return year >= 100 && day >= 1 && day <= days ? Date.UTC(year, month - 1, day) : undefined;
}

/** Seconds since midnight of `THH:MM[:SS]` at place 10 of `text`; ISO 8601 knows 24:00, UTC a 61st second. */
function parseClock(text: string, hasSeconds: boolean): number | undefined {
  const separator = text[10];
  if ((separator !== 'T' && separator !== ' ' && separator !== 't') || text[13] !== ':') return undefined;
  const minutes = twoDigits(text, 11) * 60 + twoDigits(text, 14);
  const second = hasSeconds ? twoDigits(text, 17) : 0;
  const valid = twoDigits(text, 14) <= 59 && second <= 60 && minutes * 60 + second <= 86_400;
  return valid ? minutes * 60 + second : undefined;
}

/** Milliseconds to add for the fraction of a second and the offset. */
function parseRest(rest: string, local: number, zone: ZoneOffset): number | undefined {
  const parts = REST.exec(rest);
  if (!parts) return undefined;
  const fractionMs = Number((parts[1] ?? '').padEnd(3, '0').slice(0, 3));
  const zoneOffset = () => (typeof zone === 'number' ? zone : zone(local));
  const offsetMinutes = parts[2] === undefined ? zoneOffset() : parseOffset(parts[2]);
  return offsetMinutes === undefined ? undefined : fractionMs - offsetMinutes * MINUTE_MS;
}

/** Minutes east of UTC, with a fraction where the offset has seconds. */
function parseOffset(text: string): number | undefined {
  if (text === 'Z' || text === 'z') return 0;
  const digits = text.slice(1).replaceAll(':', '');
  const minutes = Number(digits.slice(2, 4));
  const seconds = Number(digits.slice(4, 6));
  const total = Number(digits.slice(0, 2)) * 60 + minutes + seconds / 60;
  if (minutes > 59 || seconds > 59 || total > MAX_OFFSET_MINUTES) return undefined;
  return text[0] === '+' ? total : -total;
}
