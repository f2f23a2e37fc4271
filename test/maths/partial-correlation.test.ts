// How closely series move together once what they share with others is taken away.

import { describe, expect, it } from 'vitest';
import { partialCorrelations } from '../../server/maths/partial-correlation.ts';

/** The same numbers each time, as good as random. */
function noise(seed: number, count = 400): number[] {
  let state = seed;
  return Array.from({ length: count }, () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 31 - 1;
  });
}

describe('partial correlation', () => {
  it('tells the one that goes along from the one that only shares its reason', () => {
    const load = noise(1);
    const delay = load.map((one, i) => one + 0.4 * noise(2)[i]!);
    const users = load.map((one, i) => one + 0.4 * noise(3)[i]!);
    const [ofLoad, ofUsers] = partialCorrelations([delay, load, users]);
    expect(ofLoad).toBeGreaterThan(0.5);
    expect(Math.abs(ofUsers!)).toBeLessThan(0.3);
    expect(partialCorrelations([delay, users])[0]).toBeGreaterThan(0.7);
  });

  it('is negative where one falls as the other rises, and 0 for what never moves', () => {
    const load = noise(4);
    const [against, still] = partialCorrelations([load.map((one) => -one), load, load.map(() => 7)]);
    expect(against).toBeLessThan(-0.8);
    expect(still).toBeCloseTo(0);
  });
});
