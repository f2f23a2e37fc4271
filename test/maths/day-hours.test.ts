// Kinds of days: each hour falls into the bin of the day that people live, weekends, holidays and make-up days included.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_HOUR_BINS, dayHours, type SpecialDay } from '../../server/maths/day-hours.ts';
import { localHourOfWeek } from '../../server/maths/local-hour.ts';

const SHANGHAI = 'Asia/Shanghai';
const at = (local: string) => Date.parse(`${local}+08:00`);

/** National Day 2026 with the Sunday before it worked, and a match at the Old Harbour. */
const CALENDAR: SpecialDay[] = [
  { date: '2026-09-20', type: 'workday' },
  { date: '2026-10-01', type: 'holiday' },
  { date: '2026-10-01', type: 'event', area: 'Old Harbour' },
  { date: '2026-10-10', type: 'event', area: 'Old Harbour' },
  { date: '2026-10-12', type: 'event' },
  { date: '2026-10-12', type: 'workday', area: 'Saltmarsh' },
];

describe('the hour of a day of its kind', () => {
  const of = dayHours(SHANGHAI, CALENDAR);

  it.each([
    ['2026-09-18T23:59:59', undefined, 23, undefined, 'a Friday night'],
    ['2026-09-19T00:00:00', undefined, 24, undefined, 'a Saturday from its first moment'],
    ['2026-09-20T08:30:00', undefined, 8, undefined, 'a Sunday that is worked'],
    ['2026-09-27T08:30:00', undefined, 56, undefined, 'a Sunday'],
    ['2026-10-01T10:00:00', undefined, 58, 'holiday', 'a holiday on a Thursday'],
    ['2026-10-01T10:00:00', 'Saltmarsh', 58, 'holiday', 'a holiday in an area of which nothing else is said'],
    ['2026-10-01T10:00:00', 'Old Harbour', 58, 'event', 'a match on a holiday'],
    ['2026-10-02T00:00:00', undefined, 0, undefined, 'the day after the holiday'],
    ['2026-10-10T20:00:00', 'Old Harbour', 44, 'event', 'a match on a Saturday'],
    ['2026-10-10T20:00:00', 'Saltmarsh', 44, undefined, 'the same evening elsewhere'],
    ['2026-10-12T09:00:00', 'Old Harbour', 9, 'event', 'an event everywhere'],
    ['2026-10-12T09:00:00', 'Saltmarsh', 9, undefined, 'an area that has no part in it'],
  ] as const)('%s in %s is bin %i, %s: %s', (local, area, bin, special, _what) => {
    expect(of(at(local), area)).toEqual({ bin, special });
  });

  it('is Sunday on a holiday even where the whole network works, and the other way round', () => {
    const mixed = dayHours(SHANGHAI, [
      { date: '2026-10-10', type: 'workday' },
      { date: '2026-10-10', type: 'holiday', area: 'Old Harbour' },
      { date: '2026-10-11', type: 'workday' },
      { date: '2026-10-11', type: 'event', area: 'Old Harbour' },
    ]);
    expect(mixed(at('2026-10-10T01:00:00'), 'Old Harbour')).toEqual({ bin: 49, special: 'holiday' });
    expect(mixed(at('2026-10-11T01:00:00'), 'Old Harbour')).toEqual({ bin: 1, special: 'event' });
  });

  it('follows the weekday and the hour of the local week in every zone where no day is special', () => {
    const zones = fc.constantFrom('UTC', SHANGHAI, 'Europe/Paris', 'America/St_Johns', 'Asia/Kathmandu');
    const moments = fc.integer({ min: Date.UTC(1965, 0), max: Date.UTC(2040, 0) });
    fc.assert(
      fc.property(zones, moments, (zone, moment) => {
        const hourOfWeek = localHourOfWeek(zone)(moment);
        const day = Math.floor(hourOfWeek / 24);
        const { bin, special } = dayHours(zone, [])(moment);
        expect(special).toBeUndefined();
        expect(bin).toBe((day < 5 ? 0 : day - 4) * 24 + (hourOfWeek % 24));
        expect(bin).toBeLessThan(DAY_HOUR_BINS);
      }),
    );
  });

  it('answers for a day of 25 hours with the hour that clocks show', () => {
    const paris = dayHours('Europe/Paris', [{ date: '2026-10-25', type: 'holiday' }]);
    const hours = Array.from({ length: 27 }, (_, i) => paris(Date.UTC(2026, 9, 24, 21, 30) + i * 3_600_000));
    expect(hours.map(({ bin }) => bin % 24)).toEqual([
      23,
      0,
      1,
      2,
      2,
      ...Array.from({ length: 21 }, (_, i) => i + 3),
      0,
    ]);
    expect(hours.map(({ special }) => special === 'holiday')).toEqual([false, ...Array(25).fill(true), false]);
  });

  it('refuses a zone that is none', () => {
    expect(() => dayHours('Mars/Olympus', [])).toThrow(RangeError);
  });
});
