// Takes special days: checked, bounded, and put into the journal as one record; and takes single days back.

import type { CalendarReceipt } from '../api/contract.ts';
import { type FormatContext, note } from '../collect/format.ts';
import type { RecordFormat } from '../collect/record-format.ts';
import { checkCalendar } from '../intake/check-calendar.ts';
import { MOST_SHOWN_REJECTIONS } from '../intake/rejection-list.ts';
import type { Journal } from '../journal/journal.ts';
import {
  type CalendarDay,
  type CalendarMode,
  calendarAfter,
  calendarKey,
  MOST_CALENDAR_DAYS,
} from '../model/calendar.ts';
import type { Rejection } from '../model/rejection.ts';
import { Turns } from '../turns.ts';
import { askingForLater } from './ask-later.ts';

export interface CalendarRooms {
  journal: Journal;
  /** All days that are known by now, with what the journal has acknowledged. */
  calendar(): readonly CalendarDay[];
  /** Those of these areas that no cell of the inventory is in. */
  unknownAreas(areas: readonly string[]): string[];
  /** Keeps, counts and shows what was refused. */
  refuse(source: string, rejections: readonly Rejection[], total: number): void;
  /** Wall time, epoch milliseconds. */
  now(): number;
}

const SOURCE = 'calendar';

export class CalendarAcceptance {
  /** Each change begins with the calendar that the one before it left. */
  private readonly turns = new Turns();

  constructor(private readonly rooms: CalendarRooms) {}

  accept(format: RecordFormat, text: string, mode: CalendarMode, context: FormatContext): Promise<CalendarReceipt> {
    return this.turns.take(async () => {
      const { days, accepted, rejections } = checkCalendar(format.parse(text, context));
      const whole = mode === 'full' && this.isWhole(days, rejections.total, context) ? 'full' : 'merge';
      const known = this.rooms.calendar();
      const after = calendarAfter(known, days, whole);
      const isTooMuch = after.length > MOST_CALENDAR_DAYS;
      if (isTooMuch) rejections.add(tooMuch(after.length, accepted, context));
      else if (days.length > 0) await this.append(days, whole);
      this.rooms.refuse(SOURCE, rejections.kept, rejections.total);
      const left = new Set(after.map(calendarKey));
      const unknown = isTooMuch ? [] : this.rooms.unknownAreas([...new Set(days.flatMap(({ area }) => area ?? []))]);
      return {
        accepted: isTooMuch ? 0 : accepted,
        rejected: rejections.total,
        rejections: rejections.kept.slice(0, MOST_SHOWN_REJECTIONS),
        ...(whole === 'full' && !isTooMuch && { removed: known.filter((day) => !left.has(calendarKey(day))).length }),
        ...(unknown.length > 0 && { unknown: unknown.slice(0, MOST_SHOWN_REJECTIONS) }),
        ...(context.notes && { notes: context.notes }),
      };
    });
  }

  /** The day that is taken back; undefined where there is none. */
  takeBack(key: Pick<CalendarDay, 'date' | 'area'>): Promise<CalendarDay | undefined> {
    return this.turns.take(async () => {
      const known = this.rooms.calendar();
      const gone = known.find((day) => calendarKey(day) === calendarKey(key));
      if (gone)
        await this.append(
          known.filter((day) => day !== gone),
          'full',
        );
      return gone;
    });
  }

  /** Whether a whole calendar may take the place of the old one: a broken or an empty one must not wipe it out. */
  private isWhole(days: readonly CalendarDay[], rejected: number, context: FormatContext): boolean {
    if (rejected > 0) note(context, 'no day is taken back, since some records were refused');
    else if (days.length === 0) note(context, 'no day is taken back by an empty calendar: take days back one by one');
    return rejected === 0 && days.length > 0;
  }

  private append(days: CalendarDay[], mode: CalendarMode): Promise<unknown> {
    return askingForLater(this.rooms.journal.append({ kind: 'calendar', receivedAt: this.rooms.now(), days, mode }));
  }
}

function tooMuch(after: number, count: number, { file }: FormatContext): Rejection {
  const detail = `the calendar would hold ${after} days, at most ${MOST_CALENDAR_DAYS}: send with ?mode=full those that still matter`;
  return { reason: 'too-long', detail, count, ...(file && { file }) };
}
