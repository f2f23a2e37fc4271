// The sunrise nearest to a moment, against the times that almanacs print.

import { describe, expect, it } from 'vitest';
import { nearestSunrise } from '../../server/maths/sunrise.ts';

/** Place, a moment, and its sunrise as almanacs print it to the minute, in UTC. */
const ALMANAC: [string, { lat: number; lon: number }, string, string][] = [
  ['Greenwich at an equinox', { lat: 51.48, lon: 0 }, '2026-03-20T12:00Z', '2026-03-20T06:04Z'],
  ['Greenwich in midsummer', { lat: 51.48, lon: 0 }, '2026-06-21T03:00Z', '2026-06-21T03:43Z'],
  ['Greenwich in midwinter', { lat: 51.48, lon: 0 }, '2026-12-22T05:00Z', '2026-12-22T08:04Z'],
  [
    'Beijing, whose sun rises on the UTC day before',
    { lat: 39.9, lon: 116.4 },
    '2026-06-22T00:00Z',
    '2026-06-21T20:46Z',
  ],
  ['Sydney in its summer', { lat: -33.87, lon: 151.21 }, '2026-12-21T19:00Z', '2026-12-21T18:41Z'],
];
const MINUTE_MS = 60_000;

describe('the sunrise nearest to a moment', () => {
  it.each(ALMANAC)('is that of the almanac in %s', (_, place, at, rise) => {
    const found = nearestSunrise(Date.parse(at), place)!;
    expect(Math.abs(found - Date.parse(rise)) / MINUTE_MS).toBeLessThan(3);
  });

  it('is none in polar night and polar day', () => {
    const tromso = { lat: 69.65, lon: 18.96 };
    expect(nearestSunrise(Date.parse('2026-12-21T12:00Z'), tromso)).toBeUndefined();
    expect(nearestSunrise(Date.parse('2026-06-21T12:00Z'), tromso)).toBeUndefined();
  });

  it('is never more than half a day away where the sun rises each day', () => {
    for (let hour = 0; hour < 48; hour++) {
      const at = Date.UTC(2026, 8, 1, hour);
      const rise = nearestSunrise(at, { lat: 30, lon: -170 })!;
      expect(Math.abs(rise - at)).toBeLessThan(12.1 * 60 * MINUTE_MS);
    }
  });
});
