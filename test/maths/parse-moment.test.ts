// The moments that a question may name: exact ones, and those relative to the newest data.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMoment } from '../../server/maths/parse-moment.ts';

const NOW = Date.UTC(2026, 2, 17, 21, 45);

describe('a moment', () => {
  it.each([
    ['now', NOW],
    ['now-24h', NOW - 24 * 3_600_000],
    ['now+30m', NOW + 30 * 60_000],
    ['now-7d', NOW - 7 * 86_400_000],
    ['now-2w', NOW - 14 * 86_400_000],
    [' now-90s ', NOW - 90_000],
    ['2026-03-17T21:45:00Z', NOW],
    ['2026-03-17T23:45:00+02:00', NOW],
    [String(NOW), NOW],
  ])('%s is understood', (text, expected) => expect(parseMoment(text, NOW)).toBe(expected));

  it('without an offset is of the network’s zone', () => {
    expect(parseMoment('2026-03-18T05:45', NOW, 8 * 60)).toBe(NOW);
  });

  it.each(['', 'soon', 'now-', 'now-24', 'now-24x', 'now -24h', 'now-1.5h', 'NOW', 'now-9999999h', '24h'])(
    '%j is none',
    (text) => expect(parseMoment(text, NOW)).toBeUndefined(),
  );

  it('is a number or nothing, whatever the text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const at = parseMoment(text, NOW);
        expect(at === undefined || Number.isFinite(at)).toBe(true);
      }),
    );
  });
});
