// Tails and peaks of streams: how rare a size is, and whether it was there before.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Peaks } from '../../server/maths/peaks.ts';
import { Tail } from '../../server/maths/tail.ts';
import { Noise } from '../detect/synthetic-network.ts';

const OPTIONS = { memory: 5_000, index: 0.25, indexWeight: 20, indexMemory: 500 };

function learned(sizeOf: (noise: Noise) => number): Tail {
  const noise = new Noise(9);
  const tail = new Tail(OPTIONS);
  for (let i = 0; i < 20_000; i++) tail.learn(sizeOf(noise), 1);
  return tail;
}

describe('a tail', () => {
  test.each<[string, (noise: Noise) => number, number]>([
    ['normal', (noise) => Math.abs(noise.normal()), 3.29],
    ['lognormal', (noise) => Math.exp(noise.normal()), 22],
    ['mostly zero', (noise) => Math.max(0, noise.normal() - 2), 1.09],
  ])('knows within a factor of four what comes once in a thousand (%s)', (_, sizeOf, size) => {
    expect(Math.abs(learned(sizeOf).surprise(size) - 3)).toBeLessThan(0.6);
  });

  test('finds a greater size no less surprising, in any unit, and zero never', () => {
    const tail = learned((noise) => Math.abs(noise.normal()));
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e9, noNaN: true }),
        fc.double({ min: 0, max: 1e9, noNaN: true }),
        (a, b) => {
          expect(tail.surprise(Math.max(a, b))).toBeGreaterThanOrEqual(tail.surprise(Math.min(a, b)));
        },
      ),
    );
    expect(tail.surprise(0)).toBe(0);
  });

  test('that has only seen zeros is the more surprised by a first size, the more zeros there were', () => {
    const tail = new Tail(OPTIONS);
    const surprises = [10, 100, 1000].map((rows) => {
      for (let i = 0; i < rows; i++) tail.learn(0, 1);
      return tail.surprise(1);
    });
    expect(surprises).toEqual(surprises.toSorted((a, b) => a - b));
    expect(surprises[2]).toBeGreaterThan(3);
  });
});

describe('peaks', () => {
  test('are counted once however many rows they last, and forgotten in time', () => {
    const peaks = new Peaks(4, 100);
    for (const at of [0, 1, 2]) peaks.add(10 + at, at, 5);
    expect(peaks.reached(10, 3, 5)).toBe(0);
    expect(peaks.reached(10, 20, 5)).toBe(1);
    expect(peaks.reached(13, 20, 5)).toBe(0);
    expect(peaks.reached(10, 200, 5)).toBe(0);
  });

  test('that are kept are the greatest', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 40 }), (sizes) => {
        const peaks = new Peaks(5, Number.POSITIVE_INFINITY);
        sizes.forEach((size, i) => {
          peaks.add(size, i * 10, 5);
        });
        const fifth = sizes.toSorted((a, b) => b - a)[Math.min(5, sizes.length) - 1]!;
        expect(peaks.reached(fifth, sizes.length * 10 + 10, 5)).toBe(Math.min(5, sizes.length));
      }),
    );
  });
});
