// Checks one raw reading: its time, period and values; gives either what may be stored or the reason why not.

import { isImpossibleDay } from '../maths/impossible-day.ts';
import { parseTime, type ZoneOffset } from '../maths/parse-time.ts';
import { catalogueInForce, findKpi } from '../model/catalogue.ts';
import type { Kpi } from '../model/kpi.ts';
import { DEFAULT_PERIOD_SECONDS } from '../model/reading.ts';
import type { Rejection } from '../model/rejection.ts';
import { isManagedObject, type RawReading } from '../model/sent.ts';
import { longSpan } from '../words/counted.ts';
import { ownCopy } from './own-copy.ts';

/** What is wrong, before the place is added. */
export interface Refusal extends Pick<Rejection, 'reason' | 'detail' | 'field' | 'excerpt'> {
  /** The deployment has said so itself: worth a note, no rejection. */
  isExpected?: boolean;
}

/** Names and values side by side; a null value is left out. */
export interface CheckedReading {
  at: number;
  periodSeconds: number;
  kpiNames: string[];
  kpiValues: number[];
  counterNames: string[];
  counterValues: number[];
  suspect: boolean;
  /** What was refused of it by itself; undefined where one wrong value refuses the whole. */
  refused?: Refusal[];
}

/** A sender's clock may run ahead this much before its readings are refused. */
export const FUTURE_LIMIT_MS = 3_600_000;
export const OLDEST_AT = Date.UTC(2000, 0, 1);
const LONGEST_PERIOD_SECONDS = 86_400 * 31;
const LONGEST_NAME = 200;
/** Counters of one reading, bins counted one by one; the richest real object has some 3,000. */
export const MOST_COUNTERS = 20_000;
const TOO_MANY_COUNTERS: Refusal = {
  reason: 'too-long',
  field: 'counters',
  detail: `a reading has at most ${MOST_COUNTERS} counters: send only those that are needed`,
};
/** A distribution of more bins than this is refused; the longest in real files has 273. */
const MOST_BINS = 1024;

export interface CheckContext {
  /** Wall time, epoch milliseconds. */
  now: number;
  /** For times without an offset. */
  zoneOffsetMinutes: ZoneOffset;
}

export function checkReading(raw: RawReading, context: CheckContext): CheckedReading | Refusal {
  const key = checkKey(raw, context);
  if (isRefusal(key)) return key;
  const checked: CheckedReading = {
    ...key,
    kpiNames: [],
    kpiValues: [],
    counterNames: [],
    counterValues: [],
    suspect: raw.suspect === true || raw.suspect === 'true' || raw.suspect === 1,
    // An object has hundreds of counters by a machine's hand: one of them that is no number says nothing of the others.
    ...(isManagedObject(raw.cell) && { refused: [] }),
  };
  const refusal = addValues(checked, 'kpis', raw.kpis) ?? addValues(checked, 'counters', raw.counters);
  const isEmpty = checked.kpiNames.length + checked.counterNames.length === 0;
  return refusal ?? (isEmpty ? (checked.refused?.[0] ?? NO_VALUES) : checked);
}

/** The period that a reading is of. */
export function checkKey(raw: RawReading, context: CheckContext): { at: number; periodSeconds: number } | Refusal {
  const at = checkTime(raw.at, context);
  if (typeof at !== 'number') return at;
  const periodSeconds = checkPeriod(raw.periodSeconds);
  return typeof periodSeconds === 'number' ? { at, periodSeconds } : periodSeconds;
}

const NO_VALUES: Refusal = {
  reason: 'no-values',
  field: 'kpis',
  detail: 'no value is there: give at least one KPI or counter that is not null',
};

export function isRefusal(value: object): value is Refusal {
  return 'reason' in value;
}

/** Epoch milliseconds of `at`, or why it is none that may be taken. */
export function checkTime(value: unknown, { now, zoneOffsetMinutes }: CheckContext): number | Refusal {
  if (value === undefined || value === null || value === '') {
    return {
      reason: 'missing-field',
      field: 'at',
      detail: 'give "at", the END of the period, as ISO 8601 or epoch milliseconds',
    };
  }
  const at =
    typeof value === 'number' ? value : typeof value === 'string' ? parseTime(value, zoneOffsetMinutes) : undefined;
  if (at === undefined || !Number.isFinite(at)) {
    return {
      reason: 'bad-time',
      field: 'at',
      detail:
        typeof value === 'string' && isImpossibleDay(value)
          ? `"at" is ${quote(value)}: the calendar has no such day`
          : `"at" is ${quote(value)}: give ISO 8601 (2026-03-17T21:45:00Z) or epoch milliseconds`,
    };
  }
  if (at > now + FUTURE_LIMIT_MS) return wrongTime('future-time', value, at, now);
  if (at < OLDEST_AT) return wrongTime('ancient-time', value, at, now);
  return Math.round(at);
}

/** Units that senders mistake for milliseconds, and what makes milliseconds of them. */
const OTHER_UNITS = [
  ['seconds', 1000],
  ['microseconds', 1 / 1000],
  ['nanoseconds', 1 / 1_000_000],
] as const;

function wrongTime(reason: 'future-time' | 'ancient-time', value: unknown, at: number, now: number): Refusal {
  const refused = (why: string) => ({ reason, field: 'at', detail: `"at" is ${quote(value)}, ${why}` });
  const isNumber = typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value.trim()));
  const meant = OTHER_UNITS.find(([, toMs]) => at * toMs >= OLDEST_AT && at * toMs <= now + FUTURE_LIMIT_MS);
  if (isNumber && meant) {
    const [unit, toMs] = meant;
    return refused(`which looks like ${unit} (${new Date(at * toMs).toISOString()}): give milliseconds, or ISO 8601`);
  }
  if (reason === 'ancient-time') return refused('before 2000: the sender’s clock may have been reset; set it');
  const ahead = longSpan((at - now) / 60_000);
  return refused(`${ahead} ahead of this server: set the sender’s clock, or check the offset of its zone`);
}

function checkPeriod(value: unknown): number | Refusal {
  if (value === undefined || value === null) return DEFAULT_PERIOD_SECONDS;
  const seconds = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof seconds === 'number' && Number.isInteger(seconds) && seconds > 0 && seconds <= LONGEST_PERIOD_SECONDS) {
    return seconds;
  }
  return {
    reason: 'bad-period',
    field: 'periodSeconds',
    detail: `"periodSeconds" is ${quote(value)}: give whole seconds, 1 to ${LONGEST_PERIOD_SECONDS}`,
  };
}

/** Adds the values of one group; names that are no KPIs are counters, kept and unjudged. */
function addValues(checked: CheckedReading, group: 'kpis' | 'counters', values: unknown): Refusal | undefined {
  if (values === undefined || values === null) return undefined;
  if (typeof values !== 'object' || Array.isArray(values)) {
    return {
      reason: 'wrong-type',
      field: group,
      detail: `"${group}" is ${quote(values)}: give an object of name and number`,
    };
  }
  for (const name in values) {
    const value = (values as Record<string, unknown>)[name];
    if (value === null || value === undefined || value === '') continue;
    const refusal = addValue(checked, group, name, value);
    if (refusal && !checked.refused) return refusal;
    if (refusal) checked.refused!.push(refusal);
    if (checked.counterNames.length > MOST_COUNTERS) return TOO_MANY_COUNTERS;
  }
  return undefined;
}

/** A name that can be kept. */
export const isName = (name: string): boolean => name.length > 0 && name.length <= LONGEST_NAME;

function addValue(checked: CheckedReading, group: string, name: string, value: unknown): Refusal | undefined {
  if (!isName(name)) {
    const detail = `a name has 1 to ${LONGEST_NAME} characters; this one has ${name.length}`;
    return { reason: 'too-long', field: fieldOf(group, name), detail };
  }
  if (group === 'counters' && typeof value === 'string' && value.includes(',')) return addBins(checked, name, value);
  const number = typeof value === 'string' ? numberOf(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) {
    const field = fieldOf(group, name);
    const detail = `"${field}" is ${quote(value)}: give a number, or null when it was not measured`;
    return { reason: 'not-a-number', field, detail };
  }
  const kpi = knownKpi(name);
  if (!kpi) {
    checked.counterNames.push(name);
    checked.counterValues.push(number);
    return undefined;
  }
  if (number < kpi.range[0] || number > kpi.range[1]) return outOfRange(fieldOf(group, name), number, kpi);
  checked.kpiNames.push(name);
  checked.kpiValues.push(number);
  return undefined;
}

function outOfRange(field: string, number: number, { range, unit }: Kpi): Refusal {
  const believed = `${range[0]} to ${range[1]}${unit ? ` ${unit}` : ''}`;
  const detail = `"${field}" is ${number}: believed is ${believed}; null means not measured`;
  return { reason: 'out-of-range', field, detail };
}

function fieldOf(group: string, name: string): string {
  return `${group}.${name}`.slice(0, LONGEST_NAME);
}

/** A distribution (TS 32.435 comma list) is no number: its bins are kept one by one as `name[0]`, `name[1]`, … */
function addBins(checked: CheckedReading, name: string, list: string): Refusal | undefined {
  const bins = list.split(',', MOST_BINS + 1);
  if (bins.length > MOST_BINS) {
    return { reason: 'too-long', field: name, detail: `"${name}" is a list of more than ${MOST_BINS} values` };
  }
  const numbers = bins.map((bin) => (bin.trim() === '' ? Number.NaN : numberOf(bin)));
  const wrong = numbers.indexOf(undefined);
  if (wrong >= 0) {
    return {
      reason: 'not-a-number',
      field: name,
      detail: `"${name}" holds ${quote(bins[wrong])} in a list of numbers`,
    };
  }
  for (const [index, number] of numbers.entries()) {
    if (Number.isNaN(number)) continue;
    checked.counterNames.push(`${name}[${index}]`);
    checked.counterValues.push(number!);
  }
  return undefined;
}

/** No number is written longer; a longer text would be looked at for every way to split its digits. */
const LONGEST_NUMBER = 400;

/** Strict: the whole text is one finite decimal number. */
export function numberOf(text: string): number | undefined {
  const trimmed = text.trim();
  if (trimmed.length > LONGEST_NUMBER) return undefined;
  return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(trimmed) ? Number(trimmed) : undefined;
}

/** Senders repeat a few names millions of times; unknown ones are bounded by forgetting them all. */
const MOST_REMEMBERED_NAMES = 50_000;
const kpiByName = new Map<string, Kpi | null>();
let rememberedOf = catalogueInForce();

export function knownKpi(name: string): Kpi | null {
  if (rememberedOf !== catalogueInForce()) {
    rememberedOf = catalogueInForce();
    kpiByName.clear();
  }
  const known = kpiByName.get(name);
  if (known !== undefined) return known;
  if (kpiByName.size >= MOST_REMEMBERED_NAMES) kpiByName.clear();
  const kpi = findKpi(name) ?? null;
  kpiByName.set(ownCopy(name), kpi);
  return kpi;
}

/** The value as a reader of the message recognises it, cut to a line. */
export function quote(value: unknown): string {
  if (typeof value === 'number') return String(value);
  const text = typeof value === 'object' && value !== null ? outline(value) : (JSON.stringify(value) ?? String(value));
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

/** An object is only hinted at: nested deep enough it cannot be written out at all. */
function outline(value: object): string {
  return Array.isArray(value) ? `a list of ${value.length}` : `an object of ${Object.keys(value).length} fields`;
}
