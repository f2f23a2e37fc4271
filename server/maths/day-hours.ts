// The hour of a moment on a day of its kind, workday, Saturday or Sunday, by zone and calendar, fast enough for every reading.

import { DAY_MS, dayNumber, HOUR_MS, localTime } from './local-time.ts';

/** A day that is lived otherwise than its weekday says, everywhere or in one area. */
export interface SpecialDay {
  /** Local date, `YYYY-MM-DD`. */
  date: string;
  /** A holiday is lived as a Sunday, a workday is worked whatever its weekday; an event keeps its weekday. */
  type: 'holiday' | 'workday' | 'event';
  area?: string;
}

export interface DayHour {
  /** Day type × 24 + local hour; the types are 0 workday, 1 Saturday, 2 Sunday. */
  bin: number;
  /** What is unusual about the day, so that nothing is learned from it as normal. */
  special: 'holiday' | 'event' | undefined;
}

export const DAY_HOUR_BINS = 72;

/** Clocks change, and local hours begin, on quarters of an hour of UTC. */
const QUARTER_MS = 900_000;
const [WORKDAY, SATURDAY, SUNDAY] = [0, 1, 2];
const HOURS_PER_DAY = 24;
/** 1970-01-01, day 0, was a Thursday. */
const DAY_TYPES_FROM_THURSDAY = [WORKDAY, WORKDAY, SATURDAY, SUNDAY, WORKDAY, WORKDAY, WORKDAY];

/** The 24 hours of a day of one kind: shared by all days of the kind, so that asking makes nothing. */
type Hours = readonly DayHour[];
/** Under no area what holds everywhere else. */
type HoursByArea = Map<string | undefined, Hours>;
const hoursOf = (type: number, special?: DayHour['special']): Hours =>
  Array.from({ length: HOURS_PER_DAY }, (_, hour) => Object.freeze({ bin: type * HOURS_PER_DAY + hour, special }));
const PLAIN = [WORKDAY, SATURDAY, SUNDAY].map((type) => hoursOf(type));
const EVENT = [WORKDAY, SATURDAY, SUNDAY].map((type) => hoursOf(type, 'event'));
const HOLIDAY = hoursOf(SUNDAY, 'holiday');

/**
 * A function from epoch milliseconds, and the area of a cell, to the hour of its day. What the calendar says of the area
 * goes before what it says of the whole network; an event in an area on a holiday is an event on a day lived as a Sunday.
 * `zone` is an IANA name; throws a RangeError for a name that is none.
 */
export function dayHours(zone: string, calendar: Iterable<SpecialDay>): (atMs: number, area?: string) => DayHour {
  const { local } = localTime(zone);
  const special = hoursByDay(calendar);
  let quarter = Number.NaN;
  let hour = 0;
  let plain: Hours = PLAIN[WORKDAY]!;
  let areas: HoursByArea | undefined;
  return (atMs, area) => {
    // Readings that follow each other are mostly of one period, and within a quarter of an hour nothing changes.
    const quarterNow = Math.floor(atMs / QUARTER_MS);
    if (quarterNow !== quarter) {
      quarter = quarterNow;
      const localMs = local(atMs);
      const day = Math.floor(localMs / DAY_MS);
      hour = Math.floor((localMs - day * DAY_MS) / HOUR_MS);
      plain = PLAIN[weekdayType(day)]!;
      areas = special.get(day);
    }
    const hours = areas === undefined ? plain : (areas.get(area) ?? areas.get(undefined) ?? plain);
    return hours[hour]!;
  };
}

function hoursByDay(calendar: Iterable<SpecialDay>): Map<number, HoursByArea> {
  const days = [...calendar];
  const everywhere = new Map(days.filter(({ area }) => area === undefined).map(({ date, type }) => [date, type]));
  const byDay = new Map<number, HoursByArea>();
  for (const { date, type, area } of days) {
    const day = dayNumber(date);
    const areas = byDay.get(day) ?? new Map();
    areas.set(area, hoursOn(day, type, everywhere.get(date)));
    byDay.set(day, areas);
  }
  return byDay;
}

function hoursOn(day: number, type: SpecialDay['type'], everywhere: SpecialDay['type'] | undefined): Hours {
  if (type === 'holiday') return HOLIDAY;
  if (type === 'workday') return PLAIN[WORKDAY]!;
  if (everywhere === 'holiday') return EVENT[SUNDAY]!;
  return EVENT[everywhere === 'workday' ? WORKDAY : weekdayType(day)]!;
}

function weekdayType(day: number): number {
  return DAY_TYPES_FROM_THURSDAY[((day % 7) + 7) % 7]!;
}
