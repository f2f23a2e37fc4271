// The doors about special days as functions: the coming days, a delivery of days, one day taken back.

import type { CalendarList, CalendarReceipt, RemovedDay } from '../../server/api/contract.ts';
import type { CalendarDay, CalendarMode } from '../../server/model/calendar.ts';

type Ask = <T>(path: string, query?: Record<string, string>, init?: RequestInit) => Promise<T>;

/** Shown at most; with more the page says so. */
export const MOST_SHOWN_DAYS = 2000;

export function createCalendarDoors(ask: Ask) {
  const send = (body: BodyInit, type: string, mode: CalendarMode): Promise<CalendarReceipt> =>
    ask<CalendarReceipt>('/api/calendar', { mode }, { method: 'PUT', headers: { 'content-type': type }, body }).catch(
      (error: { answer?: unknown }) => {
        // Where all was refused the answer is a receipt too, which says what and where.
        if (isReceipt(error.answer)) return error.answer;
        throw error;
      },
    );
  return {
    /** From a local date on. */
    days: (from: string) => ask<CalendarList>('/api/calendar', { from, limit: String(MOST_SHOWN_DAYS) }),

    addDay: (day: CalendarDay) => send(JSON.stringify({ days: [day] }), 'application/json', 'merge'),

    /** A CSV, as text or as the file that a person chose. `full`: all other days are taken back. */
    sendTable: (table: string | File, mode: CalendarMode) => send(table, 'text/csv', mode),

    takeBack: ({ date, area }: CalendarDay) =>
      ask<RemovedDay>(`/api/calendar/${date}`, area === undefined ? {} : { area }, { method: 'DELETE' }),
  };
}

const isReceipt = (answer: unknown): answer is CalendarReceipt =>
  typeof answer === 'object' && answer !== null && 'rejections' in answer;
