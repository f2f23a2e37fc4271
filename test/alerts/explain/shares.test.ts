// Shares: which counters brought how much of a change, adding up to all of it.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Made, sharesOf } from '../../../server/alerts/explain/shares.ts';
import { findKpi } from '../../../server/model/catalogue.ts';

/** A percentage over fractions: [good or counted, of so many]. */
function made(...fractions: [number, number][]): Made {
  const steps = fractions.flatMap(([above, below], i) => [
    { sign: i === 0 ? ('' as const) : ('×' as const), expression: `succ${i}`, value: above, counters: [`succ${i}`] },
    { sign: '÷' as const, expression: `att${i}`, value: below, counters: [`att${i}`] },
  ]);
  return { variant: 'test', steps, value: 100 * fractions.reduce((product, [a, b]) => product * (a / b), 1) };
}

const setup = findKpi('setup_success_pct')!;
const drop = findKpi('drop_rate_pct')!;
const counts = fc
  .integer({ min: 1, max: 5000 })
  .chain((all) => fc.tuple(fc.integer({ min: 0, max: all }), fc.constant(all)));
const product = fc.integer({ min: 1, max: 3 }).chain((n) => fc.array(counts, { minLength: n, maxLength: n }));

describe('shares of a change', () => {
  it('add up to 100 % for every product of one to three fractions, zeros among them', () => {
    fc.assert(
      fc.property(product, product, fc.constantFrom(setup, drop), (now, usual, kpi) => {
        fc.pre(now.length === usual.length);
        const shares = sharesOf(kpi, made(...now), [made(...usual)]);
        if (shares.length === 0) return;
        // Whole percents, as they are read.
        expect(shares.reduce((total, share) => total + share.sharePct!, 0)).toBe(100);
        expect(shares.every(({ sharePct }) => Number.isInteger(sharePct))).toBe(true);
        expect(shares).toHaveLength(2 * now.length);
      }),
    );
  });

  it('name the factor that broke: E-RAB, not RRC nor S1', () => {
    const usual = made([990, 1000], [985, 990], [980, 985]);
    const [top] = sharesOf(setup, made([1010, 1020], [1005, 1010], [700, 1005]), [usual]);
    expect(top).toMatchObject({ of: 'att2 - succ2', from: 5, to: 305 });
    expect(top!.sharePct).toBeGreaterThan(90);
  });

  it('do not take a busier cell for a reason: twice the attempts with the same failing share changes nothing', () => {
    expect(sharesOf(setup, made([1980, 2000]), [made([990, 1000])])).toEqual([]);
    const [top] = sharesOf(setup, made([1000, 2000]), [made([990, 1000])]);
    expect(top).toMatchObject({ of: 'att0 - succ0', from: 10, to: 1000 });
  });

  it('deal with a count that was zero, and with one that became zero', () => {
    const [first] = sharesOf(drop, made([40, 400]), [made([0, 400])]);
    expect(first).toMatchObject({ of: 'succ0', from: 0, to: 40, sharePct: 100 });
    expect(sharesOf(setup, made([0, 400]), [made([400, 400])])[0]).toMatchObject({ from: 0, to: 400, sharePct: 100 });
  });

  it('pool like periods as sums, so that a busy hour weighs more than a quiet one', () => {
    const [top] = sharesOf(drop, made([60, 600]), [made([2, 1000]), made([10, 200])]);
    expect(top).toMatchObject({ of: 'succ0', from: 6, to: 60 });
  });

  it('are not told of another formula, or of what was never counted', () => {
    expect(sharesOf(drop, made([40, 400]), [{ ...made([4, 400]), variant: 'other' }])).toEqual([]);
    expect(sharesOf(drop, made([40, 400]), [])).toEqual([]);
    expect(sharesOf(drop, made([0, 0]), [made([4, 400])])).toEqual([]);
  });
});
