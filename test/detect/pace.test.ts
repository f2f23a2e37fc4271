// How much one value moves what is remembered, by how long its period is.

import { describe, expect, it } from 'vitest';
import { Paces } from '../../server/detect/detectors/seasonal/pace.ts';
import { SEASONAL_5 } from '../../server/detect/detectors/seasonal/profile.ts';

describe('a value', () => {
  const paces = new Paces(SEASONAL_5);

  it('of an hour moves an average as far as four of a quarter of an hour', () => {
    const [quarter, hour] = [paces.of(900), paces.of(3600)];
    expect(hour.scale).toBeCloseTo(4 * quarter.scale);
    expect(hour.shift).toBeCloseTo(4 * quarter.shift);
  });

  it('of a whole day moves no average more than half of the way', () => {
    const { shift, workday, weekend, spread, drift } = paces.of(86_400);
    expect(Math.max(shift, workday, weekend, spread)).toBe(0.5);
    expect(drift).toBe(0.1);
  });

  it('is taken by its own period, however many senders use', () => {
    for (const turn of [1, 2])
      for (let minutes = 1; minutes <= 60; minutes++) {
        expect(paces.of(60 * minutes), `turn ${turn}`).toMatchObject({ seconds: 60 * minutes, hours: minutes / 60 });
      }
  });
});
