// The sums behind growth: lines that wrong points do not bend, running medians, and where a course changes.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hingeLine } from '../../server/maths/hinge-line.ts';
import { lineOfFarPairs } from '../../server/maths/line-of-far-pairs.ts';
import { linePieces, misfitOf } from '../../server/maths/line-pieces.ts';
import { median } from '../../server/maths/median.ts';
import { runningMedians } from '../../server/maths/running-medians.ts';

const number = fc.double({ min: -100, max: 100, noNaN: true });

test('a straight line is found as it is, and a wrong point in ten does not bend it', () => {
  fc.assert(
    fc.property(number, fc.double({ min: -2, max: 2, noNaN: true }), (level, perStep) => {
      const values = Float64Array.from({ length: 30 }, (_, i) => (i % 10 === 4 ? 1e4 : level + perStep * (i - 29)));
      const line = lineOfFarPairs(values)!;
      expect(line.perStep).toBeCloseTo(perStep, 6);
      expect(line.level).toBeCloseTo(level, 6);
    }),
  );
});

test('running medians are the medians of the values around, NaN left out', () => {
  const value = fc.oneof(number, fc.constant(Number.NaN));
  fc.assert(
    fc.property(fc.array(value, { maxLength: 40 }), fc.integer({ min: 0, max: 5 }), (values, half) => {
      const found = runningMedians(values, half);
      values.forEach((_, i) => {
        expect(found[i]).toBe(median(values.slice(Math.max(0, i - half), i + half + 1)) ?? Number.NaN);
      });
    }),
  );
});

test('a bend and a jump begin new stretches, and a straight line none', () => {
  const noise = (i: number) => 0.05 * Math.sin(37 * i);
  const straight = Array.from({ length: 60 }, (_, i) => 0.01 * i + noise(i));
  const bent = straight.map((value, i) => value + (i < 30 ? 0 : 0.05 * (i - 30)));
  const jumped = straight.map((value, i) => value + (i < 30 ? 0 : 1));
  expect(linePieces(straight, 0.05, 7, 14)).toEqual([0]);
  expect(linePieces(jumped, 0.05, 7, 14)).toEqual([0, 30]);
  expect(Math.abs(linePieces(bent, 0.05, 7, 14).at(-1)! - 30)).toBeLessThan(5);
});

test('a line that leaves a level is found with its day, gaps or not; of the same values no other bend leaves smaller squares', () => {
  const at = fc.integer({ min: 7, max: 52 });
  fc.assert(
    fc.property(number, at, fc.double({ min: 0.01, max: 1, noNaN: true }), (level, bend, perStep) => {
      const values = Array.from({ length: 60 }, (_, i) =>
        i % 9 === 5 ? Number.NaN : level + perStep * Math.max(0, i - bend),
      );
      const hinge = hingeLine(values, 7)!;
      expect(hinge.at).toBe(bend);
      expect(hinge.perStep).toBeCloseTo(perStep, 6);
      expect(hinge.level).toBeCloseTo(level + perStep * (59 - bend), 6);
      expect(hinge.misfit).toBeCloseTo(0, 6);
    }),
  );
  expect(hingeLine([1, 2, 3], 7)).toBeUndefined();
});

test('lines through two stretches leave what each of them leaves', () => {
  const values = [0, 1, 2, 9, 9, 9, 10];
  expect(misfitOf(values, [0, 3])).toBeCloseTo(misfitOf(values.slice(0, 3), [0]) + misfitOf(values.slice(3), [0]));
  expect(misfitOf(values, [0])).toBeGreaterThan(misfitOf(values, [0, 3]));
});
