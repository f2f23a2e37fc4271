// Numbers, ranges, durations and clock times as the page writes them: true minus, en dash, 24-hour clock, the network's zone.

import { findKpi } from '../../server/model/catalogue.ts';
import { type Lang, number, range, withUnit } from '../../server/words/figures.ts';
import type { Words } from './en.ts';

const NO_BREAK = '\u00a0';
export const NOT_KNOWN = '—';
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const formats = new Map<string, Intl.NumberFormat>();

/** `1,284`, `−98`, `2.10`; both languages group by comma. */
export function formatNumber(value: number, decimals = 0): string {
  const key = String(decimals);
  let format = formats.get(key);
  if (!format) {
    format = new Intl.NumberFormat('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
    formats.set(key, format);
  }
  return format
    .format(value)
    .replace('-', '−')
    .replace(/^−(0(?:\.0+)?)$/, '$1');
}

/** A share of 1 in percent, `97 %`. */
export function formatPercent(share: number, decimals = 0): string {
  return `${formatNumber(100 * share, decimals)}${NO_BREAK}%`;
}

const FIGURES = /(\d) (%|分钟|小时|秒|天|(?:dBm?|Mbit\/s|ms|min|h|s|d|km|m|°C|V)(?![\p{L}\d]))/gu;

/** A sentence of the server in which no figure is parted from its unit at the end of a line. */
export function unbroken(sentence: string): string {
  return sentence.replace(FIGURES, `$1${NO_BREAK}$2`);
}

/** A KPI's value with its unit, `2.1 %`; `—` when it was not measured. */
export function formatKpi(kpiId: string, value: number | null | undefined): string {
  if (value === null || value === undefined) return NOT_KNOWN;
  return withUnit(number(value, findKpi(kpiId)?.decimals), findKpi(kpiId)?.unit ?? '').replace(' ', NO_BREAK);
}

/** A range without its unit: `0.2–0.5`, `−112 to −108`, one number when both ends are the same. */
export function formatRange(kpiId: string, low: number, high: number, lang: Lang): string {
  return range(lang, low, high, '', findKpi(kpiId)?.decimals);
}

/** `8 s`, `9 min`, `2 h`, `3 d`: the largest unit that fits, rounded down. */
export function formatDuration(ms: number, words: Words): string {
  return durationIn(ms, words).replace(' ', NO_BREAK);
}

function durationIn(ms: number, words: Words): string {
  const span = Math.max(0, ms);
  if (span < MINUTE) return words.unit.seconds(String(Math.floor(span / SECOND)));
  if (span < HOUR) return words.unit.minutes(String(Math.floor(span / MINUTE)));
  if (span < 2 * DAY) return words.unit.hours(String(Math.floor(span / HOUR)));
  return words.unit.days(String(Math.floor(span / DAY)));
}

/** `4 min 12 s`, for things that are counted to the second. */
export function formatExactDuration(ms: number, words: Words): string {
  const seconds = Math.max(0, Math.floor(ms / SECOND));
  if (seconds < 60 || seconds >= 3600) return formatDuration(ms, words);
  const rest = seconds % 60;
  const minutes = formatDuration(ms, words);
  return rest === 0 ? minutes : `${minutes} ${formatDuration(rest * SECOND, words)}`;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function clock(
  zone: string,
  style: string,
  language: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = `${zone} ${style} ${language}`;
  let format = clocks.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
      timeZone: zone,
      hourCycle: 'h23',
      ...options,
    });
    clocks.set(key, format);
  }
  return format;
}

/** `21:47` in the network's zone. */
export function formatTime(at: number, zone: string): string {
  return clock(zone, 'time', 'en', { hour: '2-digit', minute: '2-digit' }).format(at);
}

/** `21:47:08`. */
export function formatExactTime(at: number, zone: string): string {
  return clock(zone, 'exact', 'en', { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(at);
}

/** `Tue 17 Mar` or `3月17日周二`; with the year when it is not this one. */
export function formatDay(at: number, zone: string, language: string, now = at): string {
  const year = (time: number) => clock(zone, 'year', 'en', { year: 'numeric' }).format(time);
  const options: Intl.DateTimeFormatOptions = { weekday: 'short', day: 'numeric', month: 'short' };
  if (year(at) === year(now)) return clock(zone, 'day', language, options).format(at).replace(',', '');
  return clock(zone, 'day-year', language, { ...options, year: 'numeric' })
    .format(at)
    .replace(',', '');
}

/** The time alone when it is of today, else the day too. */
export function formatWhen(at: number, zone: string, language: string, now: number): string {
  const today = clock(zone, 'date', 'en', { year: 'numeric', month: '2-digit', day: '2-digit' });
  const time = formatTime(at, zone);
  return today.format(at) === today.format(now) ? time : `${formatDay(at, zone, language, now)} ${time}`;
}

/** `17 Mar` or `3月17日`. */
export function formatDate(at: number, zone: string, language: string): string {
  return clock(zone, 'date-short', language, { day: 'numeric', month: 'short' }).format(at);
}

/** `16 Nov` or `11月16日`, empty when it is of today; with the year when it is not this one. */
export function formatDateUnlessToday(at: number, zone: string, language: string, now: number): string {
  const date = (time: number, of: string, options: Intl.DateTimeFormatOptions) =>
    clock(zone, of, language, { day: 'numeric', month: 'short', ...options }).format(time);
  const whole = (time: number) => date(time, 'date-year', { year: 'numeric' });
  if (whole(at) === whole(now)) return '';
  const yearOf = (time: number) => clock(zone, 'year', 'en', { year: 'numeric' }).format(time);
  return yearOf(at) === yearOf(now) ? date(at, 'date-short', {}) : whole(at);
}

/** Minutes that a zone is east of UTC at a time. */
export function zoneOffsetMinutes(zone: string, at: number): number {
  const name = clock(zone, 'offset', 'en', { timeZoneName: 'longOffset' })
    .formatToParts(at)
    .find((part) => part.type === 'timeZoneName')?.value;
  const match = /([+-])(\d{2}):(\d{2})/.exec(name ?? '');
  return match ? (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) : 0;
}

/** `UTC+8`, `UTC−3:30`, `UTC`. */
export function formatZone(zone: string, at: number): string {
  const offset = zoneOffsetMinutes(zone, at);
  if (offset === 0) return 'UTC';
  const minutes = Math.abs(offset) % 60;
  const hours = Math.floor(Math.abs(offset) / 60);
  return `UTC${offset < 0 ? '−' : '+'}${hours}${minutes ? `:${String(minutes).padStart(2, '0')}` : ''}`;
}

/** Bytes as `0 MB`, `3.2 GB`. */
export function formatBytes(bytes: number): string {
  const mega = bytes / 1e6;
  return mega >= 1000 ? `${formatNumber(mega / 1000, 1)}${NO_BREAK}GB` : `${formatNumber(mega, 0)}${NO_BREAK}MB`;
}
