// How the value of a KPI came to be: by which formula, from which counters, under the names that their sender gave them.

import { factorsOf } from '../maths/ratio-of-sums.ts';
import { catalogueInForce } from '../model/catalogue.ts';
import type { Radio } from '../model/cell.ts';
import type { Lineage, LineageStep } from '../model/lineage.ts';
import { findIn, type Lookup, type Values } from './counter-lookup.ts';
import { type CompiledFormula, formulaSet, PERIOD } from './formula-set.ts';

/** One reading as lineage asks of it: its KPIs and counters by our names. */
export interface MadeReading {
  periodSeconds: number;
  values: Values;
  radio: Radio | null;
}

/** Two ways of adding the same numbers differ by this share at most. */
const ROUNDING = 1e-9;
/** Of a value that was scaled and is scaled back; those behind are of the division. */
const DIGITS = 12;

/**
 * The first formula that comes to the value of the KPI that the reading has, else the counter that the deployment's file
 * names so; undefined where neither does: then it was sent as it is, or an earlier catalogue made it.
 */
export function lineageOf(kpiId: string, reading: MadeReading): Lineage | undefined {
  const value = reading.values[kpiId];
  if (value === undefined) return undefined;
  for (const formula of formulaSet().byKpi.get(kpiId)?.formulas ?? []) {
    if (formula.radio !== undefined && formula.radio !== reading.radio) continue;
    const inputs = formula.lookups.map((lookup) => amountOf(lookup, reading));
    const made = formula.compiled.evaluate(inputs);
    if (Math.abs(made - value) <= ROUNDING * Math.max(1, Math.abs(value))) return describe(formula, inputs, reading);
  }
  return asSent(kpiId, value);
}

/** A counter that the deployment's file names a KPI is no formula's: it is the value, in the sender's unit and name. */
function asSent(kpiId: string, value: number): Lineage | undefined {
  const sent = sentAs(kpiId, value);
  if (sent.length === 0) return undefined;
  return {
    ...{ variant: 'as sent', source: 'deployment', expression: kpiId, version: catalogueInForce().version },
    counters: { [kpiId]: value },
    parts: { [kpiId]: [{ name: kpiId, value, sentAs: sent }] },
    steps: [{ sign: '', expression: kpiId, value, counters: [kpiId] }],
  };
}

function amountOf(lookup: Lookup | undefined, { values, periodSeconds }: MadeReading): number {
  return lookup ? (findIn(values, lookup)?.value ?? Number.NaN) : periodSeconds;
}

function describe(formula: CompiledFormula, inputs: readonly number[], reading: MadeReading): Lineage {
  const { variant, source, expression, compiled, lookups } = formula;
  const { version } = catalogueInForce();
  const byName = new Map(compiled.variables.map((name, i) => [name, inputs[i]!]));
  const counters = Object.fromEntries(byName);
  const parts = lookups.flatMap((lookup) =>
    lookup ? [[lookup.variable, partsOf(lookup, reading.values)] as const] : [],
  );
  return {
    ...{ variant, source, expression, version, counters },
    parts: Object.fromEntries(parts),
    steps: stepsOf(formula, (name) => byName.get(name)!),
  };
}

/** What was added up, under the names and in the numbers of the sender. */
function partsOf(lookup: Lookup, values: Values): Lineage['parts'][string] {
  return (findIn(values, lookup)?.names ?? []).map((name) => ({
    name,
    value: values[name]!,
    sentAs: sentAs(name, values[name]!),
  }));
}

/** The names that may have been translated into this one: several where vendors differ. */
function sentAs(name: string, value: number) {
  const { counters } = catalogueInForce();
  const bin = name.endsWith(']') ? name.slice(name.lastIndexOf('[')) : '';
  const whole = name.slice(0, name.length - bin.length);
  return counters
    .filter((one) => one.name === whole)
    .map(({ sent, scale }) => ({ name: sent + bin, value: Number((value / scale).toPrecision(DIGITS)) }));
}

/** The formula line by line, as it is read: an amount, then what it is divided by, fraction after fraction. */
function stepsOf({ compiled }: CompiledFormula, read: (name: string) => number): LineageStep[] {
  const factors = factorsOf(compiled)?.factors ?? [{ numerator: compiled }];
  return factors.flatMap(({ numerator, denominator }, i) => [
    step(i === 0 ? '' : '×', numerator, read),
    ...(denominator ? [step('÷', denominator, read)] : []),
  ]);
}

function step(
  sign: LineageStep['sign'],
  part: CompiledFormula['compiled'],
  read: (name: string) => number,
): LineageStep {
  const { text, variables, evaluate } = part;
  return {
    sign,
    expression: text,
    value: evaluate(variables.map(read)),
    counters: variables.filter((one) => one !== PERIOD),
  };
}
