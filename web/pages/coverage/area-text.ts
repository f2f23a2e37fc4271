// Figures of weak areas as the page writes them.

import type { CoverageArea } from '../../../server/api/contract.ts';
import { formatNumber, NOT_KNOWN } from '../../text/format.ts';
import type { Language } from '../../text/language.svelte.ts';

const NO_BREAK = '\u00a0';
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

interface CountWords {
  millions(n: number): string;
  span: { hours(n: string): string; days(n: string): string };
}

/** `38 %`; one decimal below ten. */
export function formatShare(share: number): string {
  const percent = share * 100;
  return `${formatNumber(percent, percent >= 9.95 || percent === 0 ? 0 : 1)}${NO_BREAK}%`;
}

/** Whole percent without its sign, for a column that names it: `38`. */
export function wholePercent(share: number): string {
  return formatNumber(share * 100);
}

/** `35–41`, percent. */
export function formatInterval({ weakShareLow, weakShareHigh }: Pick<CoverageArea, 'weakShareLow' | 'weakShareHigh'>) {
  return `${wholePercent(weakShareLow)}–${wholePercent(weakShareHigh)}`;
}

/** `12,300`, from a million on `1.92 M`. */
export function formatCount(value: number, words: CountWords): string {
  return value >= 1e6 ? words.millions(value) : formatNumber(value);
}

/** A number of people, `<10`, or `—` where it is not known or hidden. */
export function formatPeople(people: CoverageArea['people']): string {
  if (typeof people === 'number') return formatNumber(people);
  return people === '<10' ? people : NOT_KNOWN;
}

/** `640 m`, `1.9 km`. */
export function formatDistance(metres: number): string {
  if (metres < 1000) return `${formatNumber(Math.round(metres / 10) * 10)}${NO_BREAK}m`;
  return `${formatNumber(metres / 1000, 1)}${NO_BREAK}km`;
}

/** `0.84 km²`. */
export function formatSize(km2: number): string {
  return `${formatNumber(km2, km2 < 10 ? 2 : 0)}${NO_BREAK}km²`;
}

/** `17 days`, `5 h`: how long a time the samples are from. */
export function formatSpan(from: number, to: number, words: CountWords): string {
  const length = Math.max(0, to - from);
  if (length < 2 * DAY) return words.span.hours(formatNumber(Math.max(1, Math.ceil(length / HOUR))));
  return words.span.days(formatNumber(Math.ceil(length / DAY)));
}

/** `1–17 Mar`, `21 Feb – 17 Mar`, `3月1日至3月17日`, in the network's zone; with the year when it is not that of `now`. */
export function formatDates(from: number, to: number, zone: string, language: Language, now: number): string {
  const write = (at: number, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', { timeZone: zone, ...options }).format(at);
  const year = (at: number) => write(at, { year: 'numeric' });
  const month = (at: number) => write(at, { year: 'numeric', month: 'numeric' });
  const date = (at: number) =>
    write(at, { day: 'numeric', month: 'short', ...(year(to) !== year(now) && { year: 'numeric' }) });
  if (date(from) === date(to)) return date(to);
  if (language === 'zh') return `${date(from)}至${date(to)}`;
  return month(from) === month(to) ? `${write(from, { day: 'numeric' })}–${date(to)}` : `${date(from)} – ${date(to)}`;
}
