// Which days are not what their weekday says: holidays of China by rule, and the weekends that are worked to make up for them.

import { DAY } from '../era.ts';

export interface SpecialDay {
  /** Midnight UTC, epoch milliseconds. */
  day: number;
  type: 'holiday' | 'workday';
  /** What is celebrated, in English; of a workday: what it makes up for. */
  of: string;
}

interface Celebration {
  of: string;
  /** First free day of a year, midnight UTC. */
  first(year: number): number;
  days: number;
  /** Weekend days before and after that are worked. */
  makesUp: boolean;
}

const date = (year: number, month: number, day: number) => Date.UTC(year, month - 1, day);

/** The government names the make-up days anew every year: one weekend day before and one after is the usual shape. */
const CELEBRATIONS: readonly Celebration[] = [
  { of: 'New Year', first: (year) => date(year, 1, 1), days: 1, makesUp: false },
  // The free days begin on the eve.
  { of: 'Spring Festival', first: (year) => newYearOfMoon(year) - DAY, days: 8, makesUp: true },
  { of: 'Labour Day', first: (year) => date(year, 5, 1), days: 5, makesUp: true },
  { of: 'National Day', first: (year) => date(year, 10, 1), days: 7, makesUp: true },
];

/** First day of the Chinese year, month and day, from 2020 on. A table, since the calendars of runtimes are a day off in some years. */
const NEW_YEARS = [
  ...['01-25', '02-12', '02-01', '01-22', '02-10', '01-29', '02-17', '02-06', '01-26', '02-13'],
  ...['02-03', '01-23', '02-11', '01-31', '02-19', '02-08', '01-28', '02-15', '02-04', '01-24'],
];
const FIRST_YEAR = 2020;

/** Midnight UTC of the first day of the Chinese year that begins in a year; NaN for years that are not in the table. */
export function newYearOfMoon(year: number): number {
  return Date.parse(`${year}-${NEW_YEARS[year - FIRST_YEAR]}T00:00Z`);
}

/** All special days between two times, in order. */
export function specialDays(from: number, until: number): SpecialDay[] {
  const years = range(new Date(from).getUTCFullYear() - 1, new Date(until).getUTCFullYear() + 1);
  return years
    .flatMap((year) => CELEBRATIONS.flatMap((celebration) => daysOf(celebration, year)))
    .filter(({ day }) => day + DAY > from && day < until)
    .sort((a, b) => a.day - b.day);
}

function daysOf({ of, first, days, makesUp }: Celebration, year: number): SpecialDay[] {
  const start = first(year);
  if (Number.isNaN(start)) return [];
  const free = range(0, days - 1).map((n): SpecialDay => ({ day: start + n * DAY, type: 'holiday', of }));
  if (!makesUp) return free;
  const worked = [nextWeekend(start - DAY, -DAY), nextWeekend(start + days * DAY, DAY)];
  return [...free, ...worked.map((day): SpecialDay => ({ day, type: 'workday', of }))];
}

function nextWeekend(from: number, step: number): number {
  let day = from;
  while (![0, 6].includes(new Date(day).getUTCDay())) day += step;
  return day;
}

function range(low: number, high: number): number[] {
  return Array.from({ length: high - low + 1 }, (_, n) => low + n);
}

/** The weekday after whose fashion people live on each day, for the days between two times. */
export class Calendar {
  readonly days: readonly SpecialDay[];
  readonly #shifts = new Map<number, number>();

  /** Without times: every day is what its weekday says. */
  constructor(from?: number, until?: number) {
    this.days = from === undefined || until === undefined ? [] : specialDays(from, until);
    for (const { day, type } of this.days) {
      const like = type === 'holiday' ? SUNDAY : FRIDAY;
      this.#shifts.set(day, (like - new Date(day).getUTCDay()) * DAY);
    }
  }

  /** A time of the same hour, on a day of the weekday that is lived. */
  asLived(at: number): number {
    return at + (this.#shifts.get(Math.floor((at - 1) / DAY) * DAY) ?? 0);
  }
}

const SUNDAY = 0;
const FRIDAY = 5;
