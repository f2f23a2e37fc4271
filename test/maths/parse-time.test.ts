// Times and durations as senders write them.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDuration } from '../../server/maths/parse-duration.ts';
import { parseTime } from '../../server/maths/parse-time.ts';

const iso = (value: unknown, zone?: number) => {
  const at = parseTime(value, zone);
  return at === undefined ? undefined : new Date(at).toISOString();
};

describe('a time', () => {
  it.each([
    ['2026-03-17T21:45:00Z', '2026-03-17T21:45:00.000Z'],
    ['2026-03-17T21:45:00.123456Z', '2026-03-17T21:45:00.123Z'],
    ['2026-03-17t21:45:00,5z', '2026-03-17T21:45:00.500Z'],
    ['2026-03-17T21:45Z', '2026-03-17T21:45:00.000Z'],
    ['2026-03-17T22:45:00+0100', '2026-03-17T21:45:00.000Z'],
    ['2026-03-17T22:45:00+01:00', '2026-03-17T21:45:00.000Z'],
    ['2026-03-17T22:45:00+01', '2026-03-17T21:45:00.000Z'],
    ['2026-03-17T16:45:00-05:00:00', '2026-03-17T21:45:00.000Z'],
    ['2026-03-18T03:15:00 +0530', '2026-03-17T21:45:00.000Z'],
    [' 2026-03-17 21:45:00 ', '2026-03-17T21:45:00.000Z'],
    ['2026-03-17T24:00:00Z', '2026-03-18T00:00:00.000Z'],
    ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
    ['1773783900000', '2026-03-17T21:45:00.000Z'],
    [1773783900000, '2026-03-17T21:45:00.000Z'],
  ])('%s is %s', (text, expected) => expect(iso(text)).toBe(expected));

  it.each([
    '',
    'yesterday',
    '2026-02-30T00:00:00Z',
    '2025-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-00-10T00:00:00Z',
    '2026-03-17T24:00:01Z',
    '2026-03-17T25:00:00Z',
    '2026-03-17T21:60:00Z',
    '2026-03-17T21:45:00+25:00',
    '2026-03-17T21:45:00+01:75',
    '2026-03-17T21:45:00 CET',
    '2026-03-17',
    '2026-03-17T2a:45:00Z',
    '0026-03-17T21:45:00Z',
    Number.NaN,
    Number.POSITIVE_INFINITY,
    null,
    {},
  ])('%s is none', (value) => expect(parseTime(value)).toBeUndefined());

  it('without an offset is in the zone that was given', () => {
    expect(iso('2026-03-17 21:45:00', 480)).toBe('2026-03-17T13:45:00.000Z');
    expect(iso('2026-03-17 21:45:00Z', 480)).toBe('2026-03-17T21:45:00.000Z');
  });

  it('written by any other clock comes back as it was', () => {
    const date = fc.date({ min: new Date('1900-01-01'), max: new Date('2200-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(date, (at) => {
        expect(parseTime(at.toISOString())).toBe(at.getTime());
      }),
    );
  });

  it('is never anything but a finite number or nothing, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'0123456789-:TZ+ .') })), (text) => {
        const at = parseTime(text);
        expect(at === undefined || Number.isFinite(at)).toBe(true);
      }),
    );
  });
});

describe('a duration', () => {
  it.each([
    ['PT900S', 900],
    ['PT15M', 900],
    ['PT1H', 3600],
    ['PT1H30M', 5400],
    ['P1D', 86_400],
    ['P1DT1S', 86_401],
    ['P1W', 604_800],
    ['PT0.5S', 0.5],
    [' pt5m ', 300],
  ])('%s is %d seconds', (text, seconds) => expect(parseDuration(text)).toBe(seconds));

  it.each(['', 'P', 'PT', '900', 'P1M', 'P1Y', 'PT-5M', 'PT5', '15 min'])('%s is none', (text) =>
    expect(parseDuration(text)).toBeUndefined(),
  );
});
