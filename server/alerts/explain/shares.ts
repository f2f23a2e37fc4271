// Which counters moved a KPI by how much: the change from the usual counts to the present ones, shared out among them.

import { MOST_PLAYERS, shapleyValues } from '../../maths/shapley-values.ts';
import type { Share } from '../../model/explanation.ts';
import type { Kpi } from '../../model/kpi.ts';
import type { Lineage } from '../../model/lineage.ts';

/** One fraction of a product: how much of what went wrong (or was counted), of how many. */
interface Fraction {
  above: { of: string; value: number };
  below: { of: string; value: number };
  /** `above` counts what is missing from `below`. */
  failures: boolean;
}

/** How a KPI came about: its value, and the formula's lines. */
export type Made = Pick<Lineage, 'variant' | 'steps'> & { value: number };

/**
 * The KPI is a product of fractions of sums, so its change is shared out exactly among the sums, two a fraction (RRC × S1 ×
 * E-RAB have six). The Shapley value is used and not the logarithms of the factors: both add up to the change and depend on no
 * order, but only this one can deal with a count that was or became zero, which is what a fault does. Of shares that count
 * successes, failures are the player instead: when a cell is busier, attempts and successes rise together and would cancel,
 * while failures tell what went wrong.
 *
 * @param usual how the KPI came about in like periods before; pooled as sums, so that busy ones weigh more
 * @returns empty where the KPI is no fraction of counts, or nothing like it is known
 */
export function sharesOf(kpi: Kpi, now: Made, usual: readonly Made[]): Share[] {
  const before = pooled(usual.filter((one) => isSameFormula(one, now)));
  const fractions = fractionsOf(kpi, now);
  const usualFractions = before && fractionsOf(kpi, before);
  if (!fractions || !usualFractions || 2 * fractions.length > MOST_PLAYERS) return [];
  const scale = scaleOf(now) ?? scaleOf(before);
  const players = fractions.flatMap((fraction, i) => [
    { ...fraction.above, from: usualFractions[i]!.above.value },
    { ...fraction.below, from: usualFractions[i]!.below.value },
  ]);
  if (scale === undefined) return [];
  const value = (came: number) => scale * productOf(fractions, usualFractions, came);
  const parts = shapleyValues(players.length, value);
  const change = value(2 ** players.length - 1) - value(0);
  if (!Number.isFinite(change) || change === 0) return [];
  const percents = wholePercents(parts.map((part) => (100 * part) / change));
  return players
    .map(({ of, value: to, from }, i) => shareOf(kpi.id, { of, from, to }, percents[i]!))
    .sort((a, b) => Math.abs(b.sharePct!) - Math.abs(a.sharePct!));
}

/** Rounded so that they still add up to 100: where rounding takes too much or too little, those nearest to the next one give way. */
function wholePercents(percents: readonly number[]): number[] {
  const whole = percents.map((percent) => Math.round(percent));
  for (let over = whole.reduce((sum, one) => sum + one, 0) - 100; over !== 0; over -= Math.sign(over)) {
    const strain = (i: number) => Math.sign(over) * (whole[i]! - percents[i]!);
    const most = [...whole.keys()].reduce((a, b) => (strain(b) > strain(a) ? b : a));
    whole[most]! -= Math.sign(over);
  }
  return whole;
}

function shareOf(kpi: string, { of, from, to }: Pick<Share, 'of' | 'from' | 'to'>, sharePct: number): Share {
  const said = { code: 'share-counter', values: { kpi, of, from, to, sharePct } };
  return { by: 'counter', of, from, to, sharePct, said };
}

const isSameFormula = (one: Made, other: Made) =>
  one.variant === other.variant &&
  one.steps.length === other.steps.length &&
  one.steps.every((step, i) => step.sign === other.steps[i]!.sign && step.expression === other.steps[i]!.expression);

/** The mean period: sums add up, for each line is linear in its counters. */
function pooled(all: readonly Made[]): Made | undefined {
  const first = all[0];
  if (!first) return undefined;
  const mean = (i: number) => all.reduce((sum, one) => sum + one.steps[i]!.value, 0) / all.length;
  const known = all.find((one) => scaleOf(one) !== undefined) ?? first;
  const steps = first.steps.map((step, i) => ({ ...step, value: mean(i) }));
  const scale = scaleOf(known);
  return { ...first, steps, value: scale === undefined ? Number.NaN : scale * quotient({ steps }) };
}

/** What the product of fractions is multiplied with, as the 100 of a percentage. */
function scaleOf(made: Made): number | undefined {
  const product = quotient(made);
  const scale = made.value / product;
  return Number.isFinite(scale) && scale !== 0 ? Number(scale.toPrecision(9)) : undefined;
}

const quotient = ({ steps }: Pick<Made, 'steps'>) =>
  steps.reduce((product, { sign, value }) => (sign === '÷' ? product / value : product * value), 1);

/** Undefined where some line has nothing below it. */
function fractionsOf(kpi: Kpi, { steps }: Made): Fraction[] | undefined {
  const fractions: Fraction[] = [];
  for (let i = 0; i < steps.length; i += 2) {
    const [above, below] = [steps[i]!, steps[i + 1]];
    if (below?.sign !== '÷' || !(below.value > 0)) return undefined;
    fractions.push(fractionOf(kpi, above, below));
  }
  return fractions;
}

function fractionOf(kpi: Kpi, above: Made['steps'][number], below: Made['steps'][number]): Fraction {
  const failures = kpi.worse === 'lower' && kpi.unit === '%' && kpi.aggregation === 'ratio-of-sums';
  const under = { of: below.expression, value: below.value };
  if (!failures) return { above: { of: above.expression, value: above.value }, below: under, failures };
  const of = `${bracketed(below.expression)} - ${bracketed(above.expression)}`;
  return { above: { of, value: Math.max(0, below.value - above.value) }, below: under, failures };
}

const bracketed = (expression: string) => (/ [+-] /.test(expression) ? `(${expression})` : expression);

/** Bit 2i: the upper amount of fraction i is the present one; bit 2i + 1: the lower one. */
function productOf(now: readonly Fraction[], usual: readonly Fraction[], came: number): number {
  return now.reduce((product, fraction, i) => {
    const above = (came & (1 << (2 * i)) ? fraction : usual[i]!).above.value;
    const below = (came & (1 << (2 * i + 1)) ? fraction : usual[i]!).below.value;
    // Today's failures of yesterday's attempts may be more than all.
    return product * (fraction.failures ? Math.max(0, (below - above) / below) : above / below);
  }, 1);
}
