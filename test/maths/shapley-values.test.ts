// Shares of a joint result: they add up, whoever does nothing gets nothing, and equals are treated alike.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shapleyValues } from '../../server/maths/shapley-values.ts';

const results = fc
  .integer({ min: 1, max: 6 })
  .chain((players) =>
    fc.tuple(
      fc.constant(players),
      fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 2 ** players, maxLength: 2 ** players }),
    ),
  );

describe('the Shapley value', () => {
  it('adds up to the whole change, whatever the results', () => {
    fc.assert(
      fc.property(results, ([players, of]) => {
        const sum = shapleyValues(players, (came) => of[came]!).reduce((total, one) => total + one, 0);
        expect(sum).toBeCloseTo(of.at(-1)! - of[0]!, 4);
      }),
    );
  });

  it('gives nothing to a player who changes nothing', () => {
    fc.assert(
      fc.property(results, ([players, of]) => {
        const withIdler = shapleyValues(players + 1, (came) => of[came & (2 ** players - 1)]!);
        expect(withIdler[players]).toBeCloseTo(0, 6);
      }),
    );
  });

  it('is the mean over both orders for two', () => {
    // Alone 3 and 4, together 12: the first adds 3 or 8, the second 4 or 9.
    expect(shapleyValues(2, (came) => [0, 3, 4, 12][came]!)).toEqual([5.5, 6.5]);
  });

  it('refuses more players than it can ask about', () => {
    expect(() => shapleyValues(9, () => 0)).toThrow(RangeError);
  });
});
