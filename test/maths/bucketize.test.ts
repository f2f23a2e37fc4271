// Pooling of a series: ratios as the ratio of sums, buckets `(start, end]` named by their END, nothing invented.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bucketize } from '../../server/maths/bucketize.ts';

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
        const points = rows.map(
          ({ quarter, tries, share }) => [quarter * QUARTER, tries ? 100 * share : null] as const,
        );
        const tries = new Map(rows.map((row) => [row.quarter * QUARTER, row.tries]));
        const pooled = bucketize(points, HOUR, 'ratio-of-sums', (at) => tries.get(at));
        for (const [end, value] of pooled) {
          const inside = rows.filter(({ quarter }) => quarter * QUARTER > end - HOUR && quarter * QUARTER <= end);
          const sum = inside.reduce((total, row) => total + row.tries, 0);
          const hits = inside.reduce((total, row) => total + row.tries * row.share, 0);
          if (sum === 0) expect(value).toBeNull();
          else expect(value).toBeCloseTo((100 * hits) / sum, 8);
        }
        expect(pooled.map(([end]) => end)).toEqual([...new Set(points.map(([at]) => Math.ceil(at / HOUR) * HOUR))]);
      }),
    );
  });

  it('of a sum lose and double nothing', () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 1, max: 9 }), (rows, quarters) => {
        const points = rows.map(({ quarter, tries }) => [quarter * QUARTER, tries] as const);
        const total = (some: readonly (readonly [number, number | null])[]) =>
          some.reduce((sum, [, value]) => sum + (value ?? 0), 0);
        expect(total(bucketize(points, quarters * QUARTER, 'sum'))).toBe(total(points));
      }),
    );
  });

  it('belong to the hour that ends with them: 09:00 closes the hour before, 09:15 opens the next', () => {
    const at = (hour: number, quarter: number) => hour * HOUR + quarter * QUARTER;
    expect(
      bucketize(
        [
          [at(8, 1), 1],
          [at(9, 0), 2],
          [at(9, 1), 4],
        ],
        HOUR,
        'sum',
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
  ] as const)('give the %s of what was measured, and never weigh it', (pooling, expected) => {
    const points = [
      [QUARTER, 1],
      [2 * QUARTER, null],
      [3 * QUARTER, 7],
      [4 * QUARTER, 4],
    ] as const;
    expect(bucketize(points, HOUR, pooling, (at) => at)).toEqual([[HOUR, expected]]);
  });

  it('are null where nothing was measured, and absent where nothing came', () => {
    expect(
      bucketize(
        [
          [QUARTER, null],
          [9 * QUARTER, 5],
        ],
        HOUR,
        'weighted-mean',
      ),
    ).toEqual([
      [HOUR, null],
      [3 * HOUR, 5],
    ]);
    expect(bucketize([], HOUR, 'sum')).toEqual([]);
  });
});
