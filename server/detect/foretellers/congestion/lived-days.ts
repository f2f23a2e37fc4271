// Local days as people live them: their hours, and whether they are workdays, by zone and calendar.

import { dayHours } from '../../../maths/day-hours.ts';
import { localDays } from '../../../maths/local-days.ts';
import { type CalendarDay, type CalendarMode, calendarAfter } from '../../../model/calendar.ts';

export class LivedDays {
  private readonly days: ReturnType<typeof localDays>;
  private hourOfDay: ReturnType<typeof dayHours>;
  calendar: readonly CalendarDay[] = [];

  /** `zone` is an IANA name; throws a RangeError for a name that is none. */
  constructor(private readonly zone: string) {
    this.days = localDays(zone);
    this.hourOfDay = dayHours(zone, []);
  }

  change(days: readonly CalendarDay[], mode: CalendarMode): void {
    this.calendar = calendarAfter(this.calendar, days, mode);
    this.hourOfDay = dayHours(this.zone, this.calendar);
  }

  /** Number of the local day of a moment: 0 is 1970-01-01. */
  numberOf(at: number): number {
    return this.days.numberOf(at);
  }

  hourOf(at: number): number {
    return this.hourOfDay(at).bin % 24;
  }

  /** END of a day, epoch milliseconds. */
  endOf(day: number): number {
    return this.days.day(day).to;
  }

  /** Neither a holiday nor an event, nor a weekend day that is worked: its level says how the cell grows. */
  isOrdinary(day: number, area: string | undefined): boolean {
    const { bin, special } = this.hourOfDay(this.noonOf(day), area);
    return special === undefined && bin >= 24 === weekdayOf(day) >= 5;
  }

  isWorkday(day: number, area: string | undefined): boolean {
    return this.hourOfDay(this.noonOf(day), area).bin < 24;
  }

  private noonOf(day: number): number {
    const { from, to } = this.days.day(day);
    return (from + to) / 2;
  }
}

/** 0 Monday … 6 Sunday; day 0 was a Thursday. */
export const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7;
