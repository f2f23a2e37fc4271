// How far a zone's clocks are from UTC at a moment, by IANA zone name, fast enough to be asked for every reading.

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** Zones change their offset on quarters of an hour of UTC, never between. */
const QUARTER_MS = 900_000;
/** Days of offsets kept before the memory is emptied: about eleven years. */
const MOST_DAYS_KEPT = 4096;

/**
 * Minutes east of UTC that held when the zone's clocks showed `localMs` (a local time read as if it were UTC). In the hour
 * that is skipped or lived twice, the offset after the change.
 */
export function localOffset(zone: string): (localMs: number) => number {
  const offsetMs = zoneOffset(zone);
  return (localMs) => offsetMs(localMs - offsetMs(localMs)) / MINUTE_MS;
}

/** Milliseconds east of UTC; a day whose two ends agree is asked for once, any other by quarters of an hour. */
export function zoneOffset(zone: string): (atMs: number) => number {
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
