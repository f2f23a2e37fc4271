// Formulas: what is written is what is computed, against an evaluator that has never seen the text.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileExpression } from '../../server/maths/expression.ts';

type Tree = number | string | { sign: '+' | '-' | '*' | '/'; left: Tree; right: Tree } | { negated: Tree };

const NAMES = ['a', 'RRC.ConnEstabSucc', 'x_1', 'HO.Out-Att', 'period'];

const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.constantFrom(...NAMES),
    fc.nat(1000),
    fc.record({ sign: fc.constantFrom('+', '-', '*', '/'), left: tie('tree'), right: tie('tree') }),
    fc.record({ negated: tie('tree') }),
  ) as fc.Arbitrary<Tree>,
}));

const RANK = { '+': 1, '-': 1, '*': 2, '/': 2 } as const;

/** Writes a tree with the fewest brackets that arithmetic needs. */
function written(one: Tree, atLeast = 0): string {
  if (typeof one !== 'object') return String(one);
  if ('negated' in one) return `-${written(one.negated, 3)}`;
  const rank = RANK[one.sign];
  const text = `${written(one.left, rank)} ${one.sign} ${written(one.right, rank + 1)}`;
  return rank < atLeast ? `(${text})` : text;
}

function worth(one: Tree, values: Record<string, number>): number {
  if (typeof one === 'number') return one;
  if (typeof one === 'string') return values[one]!;
  if ('negated' in one) return -worth(one.negated, values);
  const [left, right] = [worth(one.left, values), worth(one.right, values)];
  if (one.sign === '/') return right === 0 ? Number.NaN : left / right;
  return one.sign === '+' ? left + right : one.sign === '-' ? left - right : left * right;
}

function compute(text: string, values: Record<string, number>): number {
  const { variables, evaluate } = compileExpression(text);
  return evaluate(variables.map((name) => values[name]!));
}

const values = fc.record(
  Object.fromEntries(NAMES.map((name) => [name, fc.oneof(fc.integer({ min: -50, max: 50 }), fc.constant(Number.NaN))])),
) as fc.Arbitrary<Record<string, number>>;

describe('a formula', () => {
  it('comes to what arithmetic says, for every formula and all values', () => {
    fc.assert(
      fc.property(tree, values, (one, given) => {
        const [found, meant] = [compute(written(one), given), worth(one, given)];
        expect(found === meant || (Number.isNaN(found) && Number.isNaN(meant))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['100 * ok / tries', { ok: 3, tries: 4 }, 75],
    ['10 - 2 - 3', {}, 5],
    ['24 / 4 / 2', {}, 3],
    ['2 + 3 * 4', {}, 14],
    ['-(2 + 3) * 4', {}, -20],
    ['100*(period - RRU.CellUnavailableTime)/period', { period: 900, 'RRU.CellUnavailableTime': 90 }, 90],
    ['a-b', { 'a-b': 7 }, 7],
    ['a - b', { a: 7, b: 5 }, 2],
    ['1.5e3 / 1E-1', {}, 15_000],
  ])('%s with %o is %d', (text, given, expected) => expect(compute(text, given)).toBeCloseTo(expected, 9));

  it('has no value without attempts, nor with a part that was not measured', () => {
    expect(compute('100 * ok / tries', { ok: 0, tries: 0 })).toBeNaN();
    expect(compute('100 * (ok / tries) * 0', { ok: 1, tries: 0 })).toBeNaN();
    expect(compute('ok + 1', { ok: Number.NaN })).toBeNaN();
  });

  it('names each variable once, in the order of the text', () => {
    expect(compileExpression('b * (a + b) / period').variables).toEqual(['b', 'a', 'period']);
  });

  it.each(['', ' ', '1 +', '(a', 'a)', 'a b', '1.2.3', '2a', 'a ** b', 'a % b', 'a;b', '*', '()', 'é', '1 / (2', '.5'])(
    'is refused with a SyntaxError that quotes it when it is none: %j',
    (text) => {
      expect(() => compileExpression(text)).toThrow(SyntaxError);
      expect(() => compileExpression(text)).toThrow(`"${text}"`);
    },
  );

  it('never fails in another way than by a SyntaxError, whatever the text', () => {
    const bits = fc.constantFrom('(', ')', '+', '-', '*', '/', ' ', 'a', 'B.c', '1', '2.5', '1e9', '\n', '%', '中');
    const texts = fc.oneof(
      fc.string(),
      fc.array(bits, { maxLength: 40 }).map((parts) => parts.join('')),
    );
    const deep = fc.constantFrom(
      '('.repeat(1000),
      '('.repeat(100_000),
      `${'-'.repeat(999)}1`,
      `${'1+('.repeat(50_000)}`,
      '1+'.repeat(50_000),
    );
    fc.assert(
      fc.property(fc.oneof({ weight: 50, arbitrary: texts }, { weight: 1, arbitrary: deep }), (text) => {
        try {
          const { variables, evaluate } = compileExpression(text);
          expect(evaluate(variables.map(() => 1))).toBeTypeOf('number');
        } catch (error) {
          expect(error).toBeInstanceOf(SyntaxError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
