// Pooling of a series: ratios as the ratio of sums, buckets `(start, end]` named by their END, nothing invented.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bucketize } from '../../server/maths/bucketize.ts';

const steps = (stepMs: number) => (at: number) => Math.ceil(at / stepMs) * stepMs;
const valuesOf = (buckets: ReturnType<typeof bucketize>) => buckets.map(({ at, value }) => [at, value]);

const HOUR = 3_600_000;
const QUARTER = 900_000;

const counts = fc
  .uniqueArray(
    fc.record({
      quarter: fc.integer({ min: 1, max: 60 }),
      tries: fc.nat(500),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    { selector: ({ quarter }) => quarter, maxLength: 60 },
  )
  .map((rows) => rows.sort((a, b) => a.quarter - b.quarter));

describe('pooled points', () => {
  it('of a ratio are the ratio of sums, whatever the attempts, and null where there were none', () => {
    fc.assert(
      fc.property(counts, (rows) => {
        const points = rows.map(({ quarter, tries, share }) => ({
          at: quarter * QUARTER,
          value: tries ? 100 * share : null,
          weight: tries,
        }));
        const pooled = bucketize(points, steps(HOUR), 'ratio-of-sums');
        for (const { at: end, value } of pooled) {
          const inside = rows.filter(({ quarter }) => quarter * QUARTER > end - HOUR && quarter * QUARTER <= end);
          const sum = inside.reduce((total, row) => total + row.tries, 0);
          const hits = inside.reduce((total, row) => total + row.tries * row.share, 0);
          if (sum === 0) expect(value).toBeNull();
          else expect(value).toBeCloseTo((100 * hits) / sum, 8);
        }
        expect(pooled.map(({ at }) => at)).toEqual([...new Set(points.map(({ at }) => steps(HOUR)(at)))]);
      }),
    );
  });

  it('of a sum lose and double nothing', () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 1, max: 9 }), (rows, quarters) => {
        const points = rows.map(({ quarter, tries }) => ({ at: quarter * QUARTER, value: tries }));
        const total = (some: readonly { value: number | null }[]) =>
          some.reduce((sum, { value }) => sum + (value ?? 0), 0);
        expect(total(bucketize(points, steps(quarters * QUARTER), 'sum'))).toBe(total(points));
      }),
    );
  });

  it('belong to the hour that ends with them: 09:00 closes the hour before, 09:15 opens the next', () => {
    const at = (hour: number, quarter: number) => hour * HOUR + quarter * QUARTER;
    expect(
      valuesOf(
        bucketize(
          [
            { at: at(8, 1), value: 1 },
            { at: at(9, 0), value: 2 },
            { at: at(9, 1), value: 4 },
          ],
          steps(HOUR),
          'sum',
        ),
      ),
    ).toEqual([
      [at(9, 0), 3],
      [at(10, 0), 4],
    ]);
  });

  it.each([
    ['max', 7],
    ['min', 1],
    ['mean', 4],
    ['sum', 12],
  ] as const)('give the %s of what was measured, with the least and the greatest of it', (pooling, expected) => {
    const points = [1, null, 7, 4].map((value, i) => ({ at: (i + 1) * QUARTER, value }));
    expect(bucketize(points, steps(HOUR), pooling)).toEqual([
      { at: HOUR, value: expected, weight: 3, low: 1, high: 7 },
    ]);
  });

  it('are null where nothing was measured, and absent where nothing came', () => {
    const points = [
      { at: QUARTER, value: null },
      { at: 9 * QUARTER, value: 5 },
    ];
    expect(valuesOf(bucketize(points, steps(HOUR), 'weighted-mean'))).toEqual([
      [HOUR, null],
      [3 * HOUR, 5],
    ]);
    expect(bucketize([], steps(HOUR), 'sum')).toEqual([]);
  });

  it('may be pooled again, and are what they would be if it were done at once', () => {
    const poolings = fc.constantFrom('ratio-of-sums', 'weighted-mean', 'mean', 'sum', 'max', 'min');
    fc.assert(
      fc.property(counts, poolings, (rows, pooling) => {
        const weighs = pooling === 'ratio-of-sums' || pooling === 'weighted-mean';
        const points = rows.map(({ quarter, tries, share }) => ({
          at: quarter * QUARTER,
          value: 100 * share,
          ...(weighs && { weight: tries }),
        }));
        const once = bucketize(points, steps(6 * HOUR), pooling);
        const twice = bucketize(bucketize(points, steps(HOUR), pooling), steps(6 * HOUR), pooling);
        expect(twice.map(({ at }) => at)).toEqual(once.map(({ at }) => at));
        for (const [i, { value, low, high }] of twice.entries()) {
          const same = once[i]!;
          if (same.value === null) expect(value).toBeNull();
          else expect(value).toBeCloseTo(same.value, 6);
          if (same.value !== null && pooling !== 'ratio-of-sums' && pooling !== 'weighted-mean')
            expect([low, high]).toEqual([same.low, same.high]);
        }
      }),
    );
  });
});
