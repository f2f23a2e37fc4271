// Seeded randomness: repeatable, apart by name, and with the spread it promises.

import { describe, expect, it } from 'vitest';
import { Random } from '../../simulators/random.ts';
import { mean } from './made.ts';

const draw = (count: number, next: () => number) => Array.from({ length: count }, next);

describe('a stream of randomness', () => {
  it('repeats itself for the same seed and name, and differs for another name', () => {
    const first = (seed: number, name: string) => {
      const random = new Random(seed, name);
      return draw(20, () => random.uniform());
    };
    expect(first(1, 'a')).toEqual(first(1, 'a'));
    expect(first(1, 'b')).not.toEqual(first(1, 'a'));
    expect(first(2, 'a')).not.toEqual(first(1, 'a'));
  });

  it.each([0.2, 3, 28, 45, 400])('draws counts with mean and variance %d', (expected) => {
    const random = new Random(1, `poisson ${expected}`);
    const counts = draw(20_000, () => random.poisson(expected));
    const average = mean(counts);
    expect(average / expected).toBeCloseTo(1, 1);
    expect(mean(counts.map((count) => (count - average) ** 2)) / expected).toBeCloseTo(1, 0.7);
    expect(counts.every((count) => Number.isInteger(count) && count >= 0)).toBe(true);
  });

  it('never lets more succeed than tried', () => {
    const random = new Random(1, 'binomial');
    for (let i = 0; i < 20_000; i++) {
      const trials = random.below(200);
      const count = random.binomial(trials, random.uniform());
      if (count < 0 || count > trials) expect.fail(`${count} of ${trials}`);
    }
  });

  it('draws normal numbers with spread one', () => {
    const random = new Random(1, 'normal');
    const values = draw(50_000, () => random.normal());
    expect(mean(values)).toBeCloseTo(0, 1);
    expect(mean(values.map((value) => value * value))).toBeCloseTo(1, 1);
    expect(values.some((value) => value > 3.5)).toBe(true);
  });
});
