// The hour of the local week of a moment, by IANA zone name, fast enough to be asked for every reading.

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Zones change their offset on quarters of an hour of UTC, never between. */
const QUARTER_MS = 900_000;
/** 1970-01-01 was a Thursday: three days after a Monday. */
const MONDAY_SHIFT_DAYS = 3;
/** Days of offsets kept before the memory is emptied: about eleven years. */
const MOST_DAYS_KEPT = 4096;

export const HOURS_PER_WEEK = 168;

/**
 * A function from epoch milliseconds to the hour of the local week: 0 is Monday 00:00–01:00, 167 Sunday 23:00–24:00.
 * `zone` is an IANA name (`Asia/Shanghai`); throws a RangeError for a name that is none.
 */
export function localHourOfWeek(zone: string): (atMs: number) => number {
  const offsetMs = zoneOffset(zone);
  return (atMs) => {
    const hours = Math.floor((atMs + offsetMs(atMs)) / HOUR_MS) + MONDAY_SHIFT_DAYS * 24;
    return ((hours % HOURS_PER_WEEK) + HOURS_PER_WEEK) % HOURS_PER_WEEK;
  };
}

/** Milliseconds east of UTC; a day whose two ends agree is asked for once, any other by quarters of an hour. */
function zoneOffset(zone: string): (atMs: number) => number {
  const lookUp = slowOffset(zone);
  const byDay = new Map<number, number | null>();
  const offsetOfDay = (day: number): number | null => {
    const begin = lookUp(day * DAY_MS);
    return begin === lookUp((day + 1) * DAY_MS) ? begin : null;
  };
  return (atMs) => {
    const day = Math.floor(atMs / DAY_MS);
    let offset = byDay.get(day);
    if (offset === undefined) {
      if (byDay.size >= MOST_DAYS_KEPT) byDay.clear();
      offset = offsetOfDay(day);
      byDay.set(day, offset);
    }
    return offset ?? lookUp(Math.floor(atMs / QUARTER_MS) * QUARTER_MS);
  };
}

/** Reads a wall clock in the zone and compares it with UTC. */
function slowOffset(zone: string): (atMs: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (atMs) => {
    const wall: Record<string, number> = {};
    for (const part of format.formatToParts(atMs)) wall[part.type] = Number(part.value);
    const asUtc = Date.UTC(wall.year!, wall.month! - 1, wall.day!, wall.hour!, wall.minute!, wall.second!);
    return asUtc - Math.floor(atMs / 1000) * 1000;
  };
}
