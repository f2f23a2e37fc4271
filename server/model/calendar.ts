// The calendar: local days on which people live otherwise than their weekday says, in the whole network or in one area.

/** `workday`: a weekend day that is worked, as before and after long holidays. `event`: a match, a fair; its weekday holds. */
export const CALENDAR_DAY_TYPES = ['holiday', 'workday', 'event'] as const;
export type CalendarDayType = (typeof CALENDAR_DAY_TYPES)[number];

export interface CalendarDay {
  /** Local date of the network, `YYYY-MM-DD`. */
  date: string;
  type: CalendarDayType;
  /** The area as the inventory names it, where the day is not special everywhere. */
  area?: string;
  /** What people call it: `Spring Festival`. */
  name?: string;
}

/** `merge`: days take the place of those of the same date and area. `full`: of all that were known. */
export type CalendarMode = 'merge' | 'full';

/** Days that are kept at most: many years of holidays and of matches in many areas. */
export const MOST_CALENDAR_DAYS = 20_000;

/** One day is of one type in one area: what these share takes each other's place. */
export function calendarKey({ date, area }: Pick<CalendarDay, 'date' | 'area'>): string {
  return area === undefined ? date : `${date} ${area}`;
}

/** The calendar after a change, in order of date and area; of two days with one key the later holds. */
export function calendarAfter(
  known: readonly CalendarDay[],
  days: readonly CalendarDay[],
  mode: CalendarMode,
): CalendarDay[] {
  const all = mode === 'full' ? days : [...known, ...days];
  const byKey = new Map(all.map((day) => [calendarKey(day), day]));
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, day]) => day);
}
