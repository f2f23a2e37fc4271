// Derives KPIs from counters and counts, by the formulas of the catalogue, after the parts of a period are merged.

import { compileExpression, type Expression } from '../maths/expression.ts';
import { KPI_CATALOGUE } from '../model/catalogue.ts';
import type { Formula, Kpi } from '../model/kpi.ts';
import type { Column, ReadingBatch } from '../model/reading.ts';

/** Looks a counter or count up by its exact name; NaN when it is not known. */
export type Lookup = (name: string) => number;

/** What was accepted earlier for the same key, if anything. */
export type EarlierParts = (cell: string, at: number, periodSeconds: number) => Lookup | undefined;

interface CompiledFormula extends Formula {
  expression: string;
  compiled: Expression;
}

interface Derivation {
  kpi: Kpi;
  formulas: CompiledFormula[];
}

/** Counts first: ratios may rest on counts that are themselves derived from counters. */
const DERIVATIONS: readonly Derivation[] = KPI_CATALOGUE.filter((kpi) => kpi.formulas.length > 0)
  .map((kpi) => ({
    kpi,
    formulas: kpi.formulas.map((formula) => ({ ...formula, compiled: compileExpression(formula.expression) })),
  }))
  .sort((a, b) => Number(b.kpi.aggregation === 'sum') - Number(a.kpi.aggregation === 'sum'));

/** Every name that some formula asks for: only rows with one of these can be parts of a derivation. */
const VARIABLES = new Set(
  DERIVATIONS.flatMap(({ formulas }) => formulas.flatMap(({ compiled }) => compiled.variables)),
);

export function isFormulaVariable(name: string): boolean {
  if (VARIABLES.has(name)) return true;
  const dot = name.lastIndexOf('.');
  return dot > 0 && VARIABLES.has(name.slice(0, dot));
}

/** A derived value that cannot be (more successes than attempts, say): not kept, but told. */
export interface Impossible {
  cell: string;
  at: number;
  kpi: string;
  value: number;
  formula: Formula;
}

/**
 * Adds derived KPI columns to the batch, in place. What the sender gave itself is never overwritten. With parts of the
 * same period that came earlier, formulas are computed over the merged counters.
 */
export function deriveKpis(batch: ReadingBatch, earlier: EarlierParts): Impossible[] {
  const impossible: Impossible[] = [];
  for (const { kpi, formulas } of DERIVATIONS) deriveOne(batch, kpi, formulas, earlier, impossible);
  return impossible;
}

function deriveOne(
  batch: ReadingBatch,
  kpi: Kpi,
  formulas: CompiledFormula[],
  earlier: EarlierParts,
  impossible: Impossible[],
): void {
  const bound = formulas.map((formula) => bind(formula, batch)).filter((formula) => formula.readers.some(Boolean));
  if (bound.length === 0) return;
  const given = batch.kpis.find((column) => column.name === kpi.id);
  const values = given?.values ?? new Float64Array(batch.rows).fill(Number.NaN);
  let derived = false;
  for (let row = 0; row < batch.rows; row++) {
    if (!Number.isNaN(values[row]!)) continue;
    const result = firstResult(bound, batch, row, earlier);
    if (!result) continue;
    if (result.value < kpi.range[0] || result.value > kpi.range[1]) {
      const cell = batch.cells[batch.cell[row]!]!;
      impossible.push({ cell, at: batch.at[row]!, kpi: kpi.id, value: result.value, formula: result.formula });
      continue;
    }
    values[row] = result.value;
    derived = true;
  }
  if (derived && !given) batch.kpis.push({ name: kpi.id, values });
}

type ReadRow = (row: number) => number;

/** A formula with a reader for each variable; undefined where the batch has no such column. */
interface BoundFormula {
  formula: CompiledFormula;
  readers: (ReadRow | undefined)[];
  scratch: Float64Array;
}

function bind(formula: CompiledFormula, batch: ReadingBatch): BoundFormula {
  const { variables } = formula.compiled;
  const readers = variables.map((name) => (name === 'period' ? undefined : readerOf(name, batch)));
  return { formula, readers, scratch: new Float64Array(variables.length) };
}

/** `X`, else `X.sum`, else the sum over `X.*`: senders give subcounters by cause or class with or without their total. */
function readerOf(name: string, batch: ReadingBatch): ReadRow | undefined {
  const exact = findColumn(batch, name) ?? findColumn(batch, `${name}.sum`) ?? findColumn(batch, `${name}.Sum`);
  if (exact) return (row) => exact.values[row]!;
  const parts = batch.counters.filter((column) => column.name.startsWith(`${name}.`));
  return parts.length > 0 ? (row) => sumOfKnown(parts, row) : undefined;
}

function findColumn(batch: ReadingBatch, name: string): Column | undefined {
  return batch.counters.find((column) => column.name === name) ?? batch.kpis.find((column) => column.name === name);
}

function sumOfKnown(columns: Column[], row: number): number {
  let sum = Number.NaN;
  for (const { values } of columns) {
    const value = values[row]!;
    if (!Number.isNaN(value)) sum = Number.isNaN(sum) ? value : sum + value;
  }
  return sum;
}

function firstResult(bound: BoundFormula[], batch: ReadingBatch, row: number, earlier: EarlierParts) {
  let partial = false;
  for (const { formula, readers, scratch } of bound) {
    partial = fill(scratch, formula, readers, batch, row) || partial;
    const value = formula.compiled.evaluate(scratch);
    if (!Number.isNaN(value)) return { value, formula };
  }
  if (!partial) return undefined;
  const lookup = earlier(batch.cells[batch.cell[row]!]!, batch.at[row]!, batch.periodSeconds[row]!);
  return lookup && resultWithEarlier(bound, batch, row, lookup);
}

/** Fills the variables of one row; true when some are known and some are not. */
function fill(
  scratch: Float64Array,
  formula: CompiledFormula,
  readers: (ReadRow | undefined)[],
  batch: ReadingBatch,
  row: number,
): boolean {
  let known = 0;
  let missing = 0;
  for (let i = 0; i < readers.length; i++) {
    if (formula.compiled.variables[i] === 'period') {
      scratch[i] = batch.periodSeconds[row]!;
      continue;
    }
    const value = readers[i]?.(row) ?? Number.NaN;
    scratch[i] = value;
    if (Number.isNaN(value)) missing++;
    else known++;
  }
  return known > 0 && missing > 0;
}

function resultWithEarlier(bound: BoundFormula[], batch: ReadingBatch, row: number, lookup: Lookup) {
  for (const { formula, readers, scratch } of bound) {
    fill(scratch, formula, readers, batch, row);
    for (const [i, name] of formula.compiled.variables.entries()) {
      if (Number.isNaN(scratch[i]!)) scratch[i] = lookup(name);
    }
    const value = formula.compiled.evaluate(scratch);
    if (!Number.isNaN(value)) return { value, formula };
  }
  return undefined;
}

export interface Lineage {
  variant: string;
  source: string;
  expression: string;
  counters: Record<string, number>;
}

/** How a KPI's value came from these counters and counts: the same choice of formula as at intake; undefined when it was given. */
export function lineageOf(kpiId: string, periodSeconds: number, values: Record<string, number>): Lineage | undefined {
  const derivation = DERIVATIONS.find(({ kpi }) => kpi.id === kpiId);
  for (const { compiled, variant, source, expression } of derivation?.formulas ?? []) {
    const inputs = compiled.variables.map((name) => (name === 'period' ? periodSeconds : pick(values, name)));
    if (Number.isNaN(compiled.evaluate(inputs))) continue;
    return {
      variant,
      source,
      expression,
      counters: Object.fromEntries(compiled.variables.map((v, i) => [v, inputs[i]!])),
    };
  }
  return undefined;
}

/** The value of `X`, `X.sum` or the sum over `X.*` among named values; NaN when none is there. */
export function pick(values: Record<string, number>, name: string): number {
  const exact = values[name] ?? values[`${name}.sum`] ?? values[`${name}.Sum`];
  if (exact !== undefined) return exact;
  const parts = Object.keys(values).filter((key) => key.startsWith(`${name}.`));
  return parts.length === 0 ? Number.NaN : parts.reduce((sum, key) => sum + values[key]!, 0);
}
