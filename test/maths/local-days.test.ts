// Local days without gap or overlap in any zone, and the buckets that stand on them.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bucketEnd } from '../../server/maths/bucket-end.ts';
import { localDays } from '../../server/maths/local-days.ts';
import { DAY_MS, HOUR_MS } from '../../server/maths/local-time.ts';

/** Whole hours, half hours, summer time, a summer time of half an hour, midnights that are skipped, and a date that was. */
const ZONES = [
  'UTC',
  'Asia/Shanghai',
  'Asia/Kolkata',
  'Europe/Berlin',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Africa/Cairo',
  'America/Asuncion',
  'Pacific/Apia',
];
const moments = fc.integer({ min: Date.UTC(2005, 0, 1), max: Date.UTC(2035, 0, 1) });

test.each(ZONES)('In %s every moment is in one day, which the next one follows', (zone) => {
  const days = localDays(zone);
  fc.assert(
    fc.property(moments, (at) => {
      const day = days.of(at);
      expect(at).toBeGreaterThan(day.from);
      expect(at).toBeLessThanOrEqual(day.to);
      expect(days.of(day.to)).toEqual(day);
      expect(days.of(day.to + 1).from).toBe(day.to);
      expect(days.day(days.numberOf(at))).toEqual(day);
    }),
  );
});

test.each(ZONES)('In %s buckets of any step hold their moments, and those of hours fill the day', (zone) => {
  const days = localDays(zone);
  const steps = fc.constantFrom(300_000, HOUR_MS, 3 * HOUR_MS, 5 * HOUR_MS, DAY_MS, 7 * DAY_MS);
  fc.assert(
    fc.property(moments, steps, (at, step) => {
      const endOf = bucketEnd(step, days);
      const end = endOf(at);
      expect(end).toBeGreaterThanOrEqual(at);
      expect(end - at).toBeLessThan(step + 26 * HOUR_MS);
      expect(endOf(end)).toBe(end);
      if (step === HOUR_MS || step === 3 * HOUR_MS) expect(end).toBeLessThanOrEqual(days.of(at).to);
    }),
  );
});

test('A day has 23 or 25 hours when clocks change', () => {
  const { of } = localDays('Europe/Berlin');
  const hours = (at: number) => (of(at).to - of(at).from) / HOUR_MS;
  expect(hours(Date.UTC(2026, 2, 29, 12))).toBe(23);
  expect(hours(Date.UTC(2026, 9, 25, 12))).toBe(25);
  expect(hours(Date.UTC(2026, 5, 1, 12))).toBe(24);
});
