// What a sender's clock is worth, by when its readings arrive.

import { describe, expect, it } from 'vitest';
import { delayOf, judgeClock } from '../../server/live/source-delay.ts';

const times = (count: number, seconds: (i: number) => number) => Array.from({ length: count }, (_, i) => seconds(i));
const jitter = (i: number) => 60 + ((i * 37) % 240);

describe('a sender’s clock', () => {
  it.each([
    ['is not judged by a few deliveries', times(3, jitter), { skewSeconds: 0, verdict: 'unknown' }],
    [
      'is right when readings come some minutes after their period',
      times(20, jitter),
      { skewSeconds: 0, verdict: 'ok' },
    ],
    [
      'is ahead when readings come before their period has ended',
      times(20, () => -400),
      { skewSeconds: 400, verdict: 'ahead' },
    ],
    [
      'asks for its zone when it is behind by whole hours',
      times(20, (i) => 8 * 3600 + jitter(i)),
      { skewSeconds: -28_800, verdict: 'zone?' },
    ],
    [
      'is behind when the hours are not whole',
      times(20, (i) => 5400 + 600 + jitter(i)),
      { skewSeconds: -6160, verdict: 'behind' },
    ],
    ['is not blamed for a replay of years ago', times(20, (i) => 3e7 - i * 900), { skewSeconds: 0, verdict: 'ok' }],
  ] as const)('%s', (_, delays, judged) => {
    const { skewSeconds, verdict } = judgeClock([...delays], 900);
    expect(verdict).toBe(judged.verdict);
    expect(Math.abs(skewSeconds - judged.skewSeconds)).toBeLessThan(150);
  });

  it('may take a day to tell of a day', () => {
    expect(
      judgeClock(
        times(9, () => 6 * 3600),
        86_400,
      ).verdict,
    ).toBe('ok');
  });

  it('comes with the usual delay and the long one', () => {
    expect(delayOf([5, 1, 4, 2, 3])).toEqual({ p50: 3, p95: 5 });
    expect(delayOf([])).toBeNull();
  });
});
