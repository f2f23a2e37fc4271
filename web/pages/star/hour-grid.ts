// The local day and hour of a moment, to find it in a grid of seven days by 24 hours.

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      hourCycle: 'h23',
    });
    formats.set(zone, format);
  }
  return format;
}

/** `{day: '2026-03-17', hour: 21}` in the network's zone. */
export function localDayHour(at: number, zone: string): { day: string; hour: number } {
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  return { day: `${parts.year}-${parts.month}-${parts.day}`, hour: Number(parts.hour) };
}

/** Noon of a local day as a moment that any zone's calendar still shows as that day. */
export function middayOf(day: string): number {
  return Date.parse(`${day}T12:00:00Z`);
}

/** The alert that began in an hour of the grid, the worst of several, by `day hour`. */
export function onsets<A extends { raisedAt: string }>(alerts: readonly A[], zone: string): Map<string, A> {
  const found = new Map<string, A>();
  for (const alert of alerts) {
    const { day, hour } = localDayHour(Date.parse(alert.raisedAt), zone);
    if (!found.has(`${day} ${hour}`)) found.set(`${day} ${hour}`, alert);
  }
  return found;
}
