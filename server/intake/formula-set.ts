// The catalogue's formulas made ready: compiled, in the order in which they rest on each other, with where to look.

import { dependencyOrder } from '../maths/dependency-order.ts';
import { compileExpression, type Expression } from '../maths/expression.ts';
import { type Catalogue, catalogueInForce } from '../model/catalogue.ts';
import type { Formula, Kpi } from '../model/kpi.ts';
import { type Lookup, lookupOf } from './counter-lookup.ts';

export interface CompiledFormula extends Formula {
  compiled: Expression;
  /** One for each variable; undefined for the seconds of the period. */
  lookups: readonly (Lookup | undefined)[];
  /** Rests on KPIs alone, as `100 * setup_successes / setup_attempts` does. */
  isOfKpis: boolean;
}

export interface Derivation {
  kpi: Kpi;
  formulas: readonly CompiledFormula[];
}

export interface FormulaSet {
  /** A KPI that rests on another one comes after it. */
  derivations: readonly Derivation[];
  byKpi: ReadonlyMap<string, Derivation>;
  /** All names that some formula asks for, but for subcounters. */
  variables: ReadonlySet<string>;
}

/** The variable that stands for the seconds of the period. */
export const PERIOD = 'period';

const made = new WeakMap<Catalogue, FormulaSet>();

/** Of the catalogue in force. */
export function formulaSet(): FormulaSet {
  const catalogue = catalogueInForce();
  const known = made.get(catalogue);
  if (known) return known;
  const fresh = makeFormulaSet(catalogue);
  made.set(catalogue, fresh);
  return fresh;
}

function makeFormulaSet({ kpis }: Catalogue): FormulaSet {
  const ids = new Set(kpis.map(({ id }) => id));
  const withFormulas = kpis.filter(({ formulas }) => formulas.length > 0);
  const byKpi = new Map(
    withFormulas.map((kpi) => [kpi.id, { kpi, formulas: kpi.formulas.map((formula) => compile(formula, ids)) }]),
  );
  const needs = (id: string) => byKpi.get(id)!.formulas.flatMap(({ compiled }) => compiled.variables);
  const { order } = dependencyOrder([...byKpi.keys()], needs);
  const formulas = [...byKpi.values()].flatMap((derivation) => derivation.formulas);
  const names = formulas.flatMap(({ lookups }) => lookups.flatMap((lookup) => lookup?.names ?? []));
  return { derivations: order.map((id) => byKpi.get(id)!), byKpi, variables: new Set(names) };
}

function compile(formula: Formula, kpiIds: ReadonlySet<string>): CompiledFormula {
  const compiled = compileExpression(formula.expression);
  return {
    ...formula,
    compiled,
    lookups: compiled.variables.map((name) => (name === PERIOD ? undefined : lookupOf(name, formula.whole ?? false))),
    isOfKpis: compiled.variables.every((name) => name === PERIOD || kpiIds.has(name)),
  };
}

/** A variable of some formula, or a subcounter of one: only rows with one of these can be parts of a derivation. */
export function isFormulaVariable(name: string): boolean {
  const set = formulaSet();
  return set.variables.has(name) || !variablesBefore(name, set).next().done;
}

/** The variables that a counter of this name may be a subcounter of: those that end before a `.` or `_` of it. */
export function* variablesBefore(name: string, { variables }: FormulaSet): Generator<string> {
  for (let end = name.length - 1; end > 0; end--) {
    if (name[end] !== '.' && name[end] !== '_') continue;
    const before = name.slice(0, end);
    if (variables.has(before)) yield before;
  }
}
