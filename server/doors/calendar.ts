// What the doors answer about special days: a stretch of the calendar, a delivery of days, and one day taken back.

import type { CalendarList, CalendarReceipt, RemovedDay } from '../api/contract.ts';
import type { CalendarAsk, Delivery } from '../api/doors.ts';
import { badRequest } from '../api/problem.ts';
import type { Receiver } from '../arrival/receive.ts';
import { isDate } from '../intake/check-calendar.ts';
import type { CalendarDay, CalendarMode } from '../model/calendar.ts';
import { readCursor } from './answers.ts';

export interface CalendarDoorRooms {
  live: { calendar: readonly CalendarDay[] };
  receiver: Pick<Receiver, 'takeCalendar' | 'takeBackDay'>;
}

export function createCalendarDoors({ live, receiver }: CalendarDoorRooms) {
  return {
    takeCalendar: (delivery: Delivery, mode: CalendarMode): Promise<CalendarReceipt> =>
      receiver.takeCalendar(delivery, mode),

    calendar({ from, to, limit, cursor }: CalendarAsk): CalendarList {
      const [first, last] = [askedDate('from', from) ?? '', askedDate('to', to) ?? '9999-12-31'];
      if (first > last) throw badRequest(`from (${first}) is after to (${last})`);
      const start = cursor === undefined ? 0 : readCursor(cursor);
      const found = live.calendar.filter(({ date }) => date >= first && date <= last);
      const end = start + limit;
      return { days: found.slice(start, end), ...(end < found.length && { nextCursor: String(end) }) };
    },

    async takeBackDay(date: string, area: string | undefined): Promise<RemovedDay | undefined> {
      const removed = await receiver.takeBackDay({ date: askedDate('date', date)!, area });
      return removed && { removed };
    },
  };
}

function askedDate(name: string, text: string | undefined): string | undefined {
  if (text === undefined || isDate(text)) return text;
  throw badRequest(`${name} is "${text}": give a local date such as 2026-10-01`);
}
