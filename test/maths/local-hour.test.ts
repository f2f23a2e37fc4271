// The local hour of the week: Monday 00:00 is 0, whatever the zone and its summer time.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localHourOfWeek } from '../../server/maths/local-hour.ts';

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Slow and plain, by the platform's own formatting. */
function asFormatted(zone: string, atMs: number): number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    weekday: 'short',
    hour: '2-digit',
    hourCycle: 'h23',
  });
  const parts = Object.fromEntries(format.formatToParts(atMs).map((part) => [part.type, part.value]));
  return DAYS.indexOf(parts.weekday!) * 24 + Number(parts.hour);
}

describe('the local hour of the week', () => {
  it('starts on Monday at midnight', () => {
    expect(localHourOfWeek('UTC')(Date.UTC(2026, 0, 5, 0, 0))).toBe(0);
    expect(localHourOfWeek('UTC')(Date.UTC(2026, 0, 4, 23, 59))).toBe(167);
    expect(localHourOfWeek('Asia/Shanghai')(Date.UTC(2026, 0, 4, 16, 0))).toBe(0);
  });

  it('is that of the wall clock in every zone at every time since 1972', () => {
    const zone = fc.constantFrom(
      'UTC',
      'Asia/Shanghai',
      'Europe/Berlin',
      'America/New_York',
      'Asia/Kathmandu',
      'Australia/Lord_Howe',
    );
    const time = fc.integer({ min: Date.UTC(1972, 0, 8), max: Date.UTC(2040, 0, 1) });
    fc.assert(
      fc.property(zone, time, (name, at) => {
        expect(localHourOfWeek(name)(at)).toBe(asFormatted(name, at));
      }),
    );
  });

  it('skips an hour in spring and repeats one in autumn', () => {
    const hour = localHourOfWeek('Europe/Berlin');
    const hoursOf = (day: number) => Array.from({ length: 5 }, (_, i) => hour(day + i * 3_600_000) % 24);
    expect(hoursOf(Date.UTC(2026, 2, 28, 23))).toEqual([0, 1, 3, 4, 5]);
    expect(hoursOf(Date.UTC(2026, 9, 24, 22))).toEqual([0, 1, 2, 2, 3]);
  });

  it('refuses a zone that does not exist', () => {
    expect(() => localHourOfWeek('Mars/Olympus')).toThrow(RangeError);
  });
});
