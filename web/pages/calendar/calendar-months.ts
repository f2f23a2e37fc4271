// Special days as a person looks through them: from today on, month by month.

import type { CalendarDay } from '../../../server/model/calendar.ts';
import { formatDay } from '../../text/format.ts';

/** Today's date in the zone, `2026-10-01`. */
export function dateIn(zone: string, at: number): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
  const part = Object.fromEntries(parts.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${part.year}-${part.month}-${part.day}`;
}

/** The same day of another year; the end of February moves into March where it has to. */
export function yearsFrom(date: string, years: number): string {
  const day = new Date(`${date}T00:00:00Z`);
  day.setUTCFullYear(day.getUTCFullYear() + years);
  return day.toISOString().slice(0, 10);
}

export interface Month {
  /** `2026-10`. */
  key: string;
  days: CalendarDay[];
}

/** In the order of the days, which are in order of their dates. */
export function byMonth(days: readonly CalendarDay[]): Month[] {
  const months: Month[] = [];
  for (const day of days) {
    const key = day.date.slice(0, 7);
    if (months.at(-1)?.key !== key) months.push({ key, days: [] });
    months.at(-1)!.days.push(day);
  }
  return months;
}

/** A moment that UTC shows as this date. */
const noon = (date: string): number => Date.parse(`${date}T12:00:00Z`);

/** `October 2026`, `2026年10月`. */
export function monthText(key: string, language: string): string {
  return new Intl.DateTimeFormat(language, { timeZone: 'UTC', month: 'long', year: 'numeric' }).format(
    noon(`${key}-01`),
  );
}

/** `Thu 1 Oct`, with the year where it is not that of `today`. */
export function dayText(date: string, language: string, today: string): string {
  return formatDay(noon(date), 'UTC', language, noon(today));
}
