// The ledger's table of special days, each as JSON under its date and area.

import { type CalendarDay, type CalendarMode, calendarAfter, calendarKey } from '../../model/calendar.ts';
import type { Connection } from './database.ts';

export const CALENDAR_TABLE =
  'CREATE TABLE IF NOT EXISTS ledger.calendar_day (key VARCHAR NOT NULL, body VARCHAR NOT NULL)';

/** In order of date and area. */
export async function calendarDays(reader: Connection): Promise<CalendarDay[]> {
  const rows = await reader.rows('SELECT body FROM ledger.calendar_day');
  const days = rows.map(({ body }) => JSON.parse(String(body)) as CalendarDay);
  return calendarAfter([], days, 'full');
}

/** Inside a transaction. */
export async function putCalendar(writer: Connection, days: readonly CalendarDay[], mode: CalendarMode): Promise<void> {
  const newest = calendarAfter([], days, mode);
  const keys = newest.map(calendarKey);
  if (mode === 'full') await writer.run('DELETE FROM ledger.calendar_day');
  else await writer.run('DELETE FROM ledger.calendar_day WHERE key IN (SELECT unnest($1))', keys);
  const bodies = newest.map((day) => JSON.stringify(day));
  await writer.run('INSERT INTO ledger.calendar_day SELECT unnest($1), unnest($2)', keys, bodies);
}
