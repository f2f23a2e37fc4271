// The calendar as changes reach it: what is sent later holds, by date and area, in whatever order days are listed.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CALENDAR_DAY_TYPES, type CalendarDay, calendarAfter, calendarKey } from '../../server/model/calendar.ts';

const day = fc.record(
  {
    date: fc.constantFrom('2026-02-17', '2026-10-01', '2026-10-02'),
    type: fc.constantFrom(...CALENDAR_DAY_TYPES),
    area: fc.constantFrom('Old Harbour', 'Saltmarsh'),
  },
  { requiredKeys: ['date', 'type'] },
);
const days = fc.array(day, { maxLength: 12 });

describe('a calendar', () => {
  it('holds one type a date and area: the one that was sent last', () => {
    fc.assert(
      fc.property(days, days, (before: CalendarDay[], after: CalendarDay[]) => {
        const calendar = calendarAfter(calendarAfter([], before, 'merge'), after, 'merge');
        const expected = new Map([...before, ...after].map((one) => [calendarKey(one), one]));
        expect(new Map(calendar.map((one) => [calendarKey(one), one]))).toEqual(expected);
        expect(calendar).toHaveLength(expected.size);
        expect(calendar).toEqual([...calendar].sort((a, b) => (calendarKey(a) < calendarKey(b) ? -1 : 1)));
      }),
    );
  });

  it('forgets all others when a whole one is sent', () => {
    const old: CalendarDay[] = [{ date: '2026-01-01', type: 'holiday' }];
    const whole: CalendarDay[] = [{ date: '2026-02-17', type: 'holiday', name: 'Spring Festival' }];
    expect(calendarAfter(old, whole, 'full')).toEqual(whole);
    expect(calendarAfter(old, [], 'full')).toEqual([]);
  });
});
