// Ratios over many periods and cells: sums over sums, as every clause of the standards has it, never a mean of ratios.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileExpression } from '../../server/maths/expression.ts';
import { factorsOf, RatioSums, ratioOf } from '../../server/maths/ratio-of-sums.ts';

const factors = (text: string) => {
  const found = factorsOf(compileExpression(text));
  return found && [found.scale, ...found.factors.map((one) => [one.numerator.text, one.denominator?.text])];
};

function pooled(text: string, rows: readonly Record<string, number>[]): number {
  const sums = new RatioSums(ratioOf(text)!);
  for (const row of rows) sums.add((name) => row[name] ?? Number.NaN);
  return sums.value();
}

describe('a formula is taken apart', () => {
  it.each([
    ['100 * drops / setups', [100, ['drops', 'setups']]],
    ['100 * (a / b) * (c / d)', [100, ['a', 'b'], ['c', 'd']]],
    ['a * c / b / d * 100', [100, ['a', 'b'], ['c', 'd']]],
    ['100 * (period - down) / period', [100, ['period - down', 'period']]],
    ['100 * ((a + b) / (c + d))', [100, ['a + b', 'c + d']]],
    ['(1 * x + 2 * y) / (x + y) / 10', [0.1, ['1 * x + 2 * y', 'x + y']]],
    ['100 * (1 - lost / sent)', [100, ['1 * sent - 1 * lost', 'sent']]],
    ['100 - 100 * lost / sent', [1, ['100 * sent - 100 * lost', 'sent']]],
    ['speed / 1000', [0.001, ['speed', undefined]]],
  ])('%s', (text, expected) => expect(factors(text)).toEqual(expected));

  it.each(['a * b', 'a / b + c / d', '(a * b) / c', '1 / a', '(a + b * c) / d', '5', 'a / 0'])(
    'unless its sums would mean something else: %s',
    (text) => expect(ratioOf(text)).toBeUndefined(),
  );
});

describe('pooled over periods and cells', () => {
  it('a quiet hour with one failure weighs by its attempts', () => {
    const rows = [
      { drops: 1, setups: 2 },
      { drops: 1, setups: 998 },
    ];
    expect(pooled('100 * drops / setups', rows)).toBeCloseTo(0.2, 12);
  });

  it('a product of ratios pools each of its factors by itself', () => {
    const rows = [
      { a: 9, b: 10, c: 40, d: 50 },
      { a: 90, b: 90, c: 50, d: 50 },
    ];
    expect(pooled('100 * (a / b) * (c / d)', rows)).toBeCloseTo(100 * (99 / 100) * (90 / 100), 12);
  });

  it('a row that lacks a part is left out whole, and one without attempts adds nothing', () => {
    const rows: Record<string, number>[] = [
      { drops: 1, setups: 10 },
      { drops: 9 },
      { setups: 90 },
      { drops: 0, setups: 0 },
    ];
    expect(pooled('100 * drops / setups', rows)).toBe(10);
    expect(pooled('100 * drops / setups', [{ drops: 0, setups: 0 }])).toBeNaN();
  });

  it('comes to the same in any order, and over one row to the formula itself', () => {
    const row = fc.record({ drops: fc.nat(50), setups: fc.integer({ min: 50, max: 1000 }) });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1 }), (rows) => {
        const total = (key: 'drops' | 'setups') => rows.reduce((sum, one) => sum + one[key], 0);
        expect(pooled('100 * drops / setups', rows)).toBeCloseTo((100 * total('drops')) / total('setups'), 9);
        expect(pooled('100 * drops / setups', rows.toReversed())).toBe(pooled('100 * drops / setups', rows));
        expect(pooled('100 * (1 - drops / setups)', [rows[0]!])).toBeCloseTo(
          100 * (1 - rows[0]!.drops / rows[0]!.setups),
          9,
        );
      }),
    );
  });
});
