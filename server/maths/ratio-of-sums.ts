// Takes a formula apart into numerators over denominators, so that many periods or cells pool to a ratio of sums.

import { compileExpression, type Expression, expressionOf, type Term } from './expression.ts';

/** One fraction; without a denominator it is a plain amount. */
export interface Factor {
  numerator: Expression;
  denominator?: Expression;
}

/** `scale` times the product of the factors, as in 100 · (a / b) · (c / d). */
export interface Factors {
  scale: number;
  factors: readonly Factor[];
}

/**
 * The factors of a formula; undefined where it is no such product, or where a numerator or denominator is not linear,
 * so that the sum over it would not be its value over the sums.
 */
export function factorsOf({ root }: Expression): Factors | undefined {
  const found: Found = { scale: 1, numerators: [], denominators: [] };
  if (!collect(root, false, found)) return undefined;
  const { scale, numerators, denominators } = found;
  const isAmount = denominators.length === 0 && numerators.length === 1;
  if (!isAmount && (numerators.length !== denominators.length || numerators.length === 0)) return undefined;
  const factors = numerators.map((one, i) => {
    const denominator = denominators[i];
    return { numerator: expressionOf(one), ...(denominator && { denominator: expressionOf(denominator) }) };
  });
  return { scale, factors };
}

/** The factors of a formula whose value over many periods or cells is the ratio of its sums; undefined for any other. */
export function ratioOf(formula: string): Factors | undefined {
  const found = factorsOf(compileExpression(formula));
  return found?.factors.every((factor) => factor.denominator) ? found : undefined;
}

interface Found {
  scale: number;
  numerators: Term[];
  denominators: Term[];
}

/** False where the term has no place in a product of fractions. */
function collect(term: Term, divide: boolean, found: Found): boolean {
  if (term.op === 'number') {
    found.scale = divide ? found.scale / term.value : found.scale * term.value;
    return Number.isFinite(found.scale);
  }
  if (term.op === 'product') return term.parts.every((part) => collect(part.term, part.divide !== divide, found));
  if (isLinear(term)) {
    (divide ? found.denominators : found.numerators).push(term);
    return true;
  }
  const single = overOneDenominator(term);
  if (!single) return false;
  (divide ? found.denominators : found.numerators).push(single.numerator);
  (divide ? found.numerators : found.denominators).push(single.denominator);
  return true;
}

/** `1 - lost / sent` is `(1 * sent - lost) / sent`: a sum of constants and one fraction, over that fraction's denominator. */
function overOneDenominator(term: Term): { numerator: Term; denominator: Term } | undefined {
  if (term.op !== 'sum') return undefined;
  const fractions = term.parts.filter((part) => part.term.op !== 'number');
  const inner = fractions.length === 1 ? fractionOf(fractions[0]!.term) : undefined;
  if (!inner) return undefined;
  const times = (value: number, of: Term): Term => ({
    op: 'product',
    parts: [
      { divide: false, term: { op: 'number', value } },
      { divide: false, term: of },
    ],
  });
  const parts = term.parts.map((part) => ({
    minus: part.minus,
    term: part.term.op === 'number' ? times(part.term.value, inner.denominator) : times(inner.scale, inner.numerator),
  }));
  return { numerator: { op: 'sum', parts }, denominator: inner.denominator };
}

function fractionOf(term: Term): { scale: number; numerator: Term; denominator: Term } | undefined {
  const found: Found = { scale: 1, numerators: [], denominators: [] };
  if (!collect(term, false, found)) return undefined;
  const [[numerator, ...more], [denominator, ...others]] = [found.numerators, found.denominators];
  if (!numerator || !denominator || more.length + others.length > 0) return undefined;
  return { scale: found.scale, numerator, denominator };
}

function isLinear(term: Term): boolean {
  if (term.op === 'number' || term.op === 'variable') return true;
  if (term.op === 'sum') return term.parts.every((part) => isLinear(part.term));
  const varying = term.parts.filter((part) => !isConstant(part.term));
  return varying.length <= 1 && varying.every((part) => !part.divide && isLinear(part.term));
}

function isConstant(term: Term): boolean {
  if (term.op === 'number') return true;
  return term.op !== 'variable' && term.parts.every((part) => isConstant(part.term));
}

/** Sums what stands above and below each line of a ratio over many rows: periods of a cell, or cells of a region. */
export class RatioSums {
  private readonly above: number[];
  private readonly below: number[];

  constructor(private readonly ratio: Factors) {
    this.above = ratio.factors.map(() => 0);
    this.below = ratio.factors.map(() => 0);
  }

  /** Adds one row if it knows all that the ratio asks for; else leaves it out whole, and says so by false. */
  add(read: (name: string) => number): boolean {
    const sums = this.ratio.factors.map(({ numerator, denominator }) => [
      valueIn(numerator, read),
      denominator ? valueIn(denominator, read) : 1,
    ]);
    if (sums.some(([over, under]) => Number.isNaN(over) || Number.isNaN(under))) return false;
    for (const [i, [over, under]] of sums.entries()) {
      this.above[i]! += over!;
      this.below[i]! += under!;
    }
    return true;
  }

  /** NaN without attempts: never 0 or 100. */
  value(): number {
    return this.above.reduce(
      (product, over, i) => (this.below[i] === 0 ? Number.NaN : (product * over) / this.below[i]!),
      this.ratio.scale,
    );
  }
}

function valueIn({ variables, evaluate }: Expression, read: (name: string) => number): number {
  return evaluate(variables.map(read));
}
