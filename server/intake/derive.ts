// Derives KPIs from counters and counts, by the formulas of the catalogue, after the parts of a period are merged.

import { compileExpression, type Expression } from '../maths/expression.ts';
import { findKpi, KPI_CATALOGUE } from '../model/catalogue.ts';
import type { Formula, Kpi } from '../model/kpi.ts';
import type { Column, ReadingBatch } from '../model/reading.ts';

/** Counters and counts of one key by name. */
export type Values = Record<string, number>;

/** What was accepted earlier for the same key, if anything; `unread`: the store must be asked first. */
export type EarlierParts = (cell: string, at: number, periodSeconds: number) => Values | undefined | 'unread';

interface CompiledFormula extends Formula {
  compiled: Expression;
  /** Rests on KPIs alone, as `100 * setup_successes / setup_attempts` does. */
  isOfKpis: boolean;
}

/** The variable that stands for the seconds of the period. */
const PERIOD = 'period';

interface Derivation {
  kpi: Kpi;
  formulas: CompiledFormula[];
}

/** Counts first: ratios may rest on counts that are themselves derived from counters. */
const DERIVATIONS: readonly Derivation[] = KPI_CATALOGUE.filter((kpi) => kpi.formulas.length > 0)
  .map((kpi) => ({ kpi, formulas: kpi.formulas.map(compile) }))
  .sort((a, b) => Number(b.kpi.aggregation === 'sum') - Number(a.kpi.aggregation === 'sum'));

function compile(formula: Formula): CompiledFormula {
  const compiled = compileExpression(formula.expression);
  return { ...formula, compiled, isOfKpis: compiled.variables.every((name) => name === PERIOD || findKpi(name)) };
}

/** Every name that some formula asks for: only rows with one of these can be parts of a derivation. */
const VARIABLES = new Set(
  DERIVATIONS.flatMap(({ formulas }) => formulas.flatMap(({ compiled }) => compiled.variables)),
);

/** A variable of some formula, or a subcounter of one. */
export function isFormulaVariable(name: string): boolean {
  for (let end = name.length; end > 0; end = name.lastIndexOf('.', end - 1)) {
    if (VARIABLES.has(name.slice(0, end))) return true;
  }
  return false;
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
  const earlierOf = oncePerRow(batch, earlier);
  for (const { kpi, formulas } of DERIVATIONS) deriveOne(batch, kpi, formulas, earlierOf, impossible);
  return impossible;
}

type EarlierOfRow = (row: number) => ReturnType<EarlierParts>;

/** Ten KPIs of a row ask for the same parts. */
function oncePerRow(batch: ReadingBatch, earlier: EarlierParts): EarlierOfRow {
  const found: { parts: ReturnType<EarlierParts> }[] = [];
  return (row) => {
    found[row] ??= { parts: earlier(batch.cells[batch.cell[row]!]!, batch.at[row]!, batch.periodSeconds[row]!) };
    return found[row].parts;
  };
}

function deriveOne(
  batch: ReadingBatch,
  kpi: Kpi,
  formulas: CompiledFormula[],
  earlierOf: EarlierOfRow,
  impossible: Impossible[],
): void {
  const bound = formulas.map((formula) => bind(formula, batch));
  if (!bound.some((one) => one.isTouched)) return;
  const given = batch.kpis.find((column) => column.name === kpi.id);
  const values = given?.values ?? new Float64Array(batch.rows).fill(Number.NaN);
  let derived = false;
  for (let row = 0; row < batch.rows; row++) {
    if (!Number.isNaN(values[row]!)) continue;
    const result = resultOf(bound, batch, row, earlierOf);
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
  /** The batch has a column for at least one variable. */
  isTouched: boolean;
  scratch: Float64Array;
}

interface Result {
  value: number;
  formula: CompiledFormula;
}

function bind(formula: CompiledFormula, batch: ReadingBatch): BoundFormula {
  const { variables } = formula.compiled;
  const readers = variables.map((name) => (name === PERIOD ? undefined : readerOf(name, batch)));
  return { formula, readers, isTouched: readers.some(Boolean), scratch: new Float64Array(variables.length) };
}

/** `X`, else `X.sum`, else the sum over `X.*`: senders give subcounters by cause or class with or without their total. */
function readerOf(name: string, batch: ReadingBatch): ReadRow | undefined {
  const totals = [name, `${name}.sum`, `${name}.Sum`].map((one) => findColumn(batch, one)).filter((one) => !!one);
  const parts = batch.counters.filter((column) => column.name.startsWith(`${name}.`) && !totals.includes(column));
  if (totals.length === 1 && parts.length === 0) return (row) => totals[0]!.values[row]!;
  if (totals.length === 0 && parts.length === 0) return undefined;
  // Row by row: another cell of the same delivery may name its counters otherwise.
  return (row) => totals.find(({ values }) => !Number.isNaN(values[row]!))?.values[row] ?? sumOfKnown(parts, row);
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

/** The first formula that has a value, over the row and what came earlier for its key. */
function resultOf(bound: BoundFormula[], batch: ReadingBatch, row: number, earlierOf: EarlierOfRow) {
  let isPart = false;
  let own: Result | undefined;
  for (const one of bound) {
    if (!one.isTouched) continue;
    const known = fill(one, batch, row);
    own = computed(one);
    if (own) break;
    isPart ||= known > 0;
  }
  // A better formula may have a value once the parts are put together; counts that a sender gives are no parts.
  const isSure = own && (own.formula === bound[0]?.formula || (own.formula.isOfKpis && !isPart));
  if (isSure || (!own && !isPart)) return own;
  const earlier = earlierOf(row);
  if (earlier === 'unread') return undefined;
  return (earlier && resultWithEarlier(bound, batch, row, earlier)) ?? own;
}

/** Fills the variables of one row; gives how many the row knows. */
function fill({ formula, readers, scratch }: BoundFormula, batch: ReadingBatch, row: number): number {
  let known = 0;
  for (let i = 0; i < readers.length; i++) {
    const value = readers[i]?.(row) ?? Number.NaN;
    if (!Number.isNaN(value)) known++;
    scratch[i] = formula.compiled.variables[i] === PERIOD ? batch.periodSeconds[row]! : value;
  }
  return known;
}

function computed({ formula, scratch }: BoundFormula): Result | undefined {
  const value = formula.compiled.evaluate(scratch);
  return Number.isNaN(value) ? undefined : { value, formula };
}

function resultWithEarlier(bound: BoundFormula[], batch: ReadingBatch, row: number, earlier: Values) {
  for (const one of bound) {
    fill(one, batch, row);
    for (const [i, name] of one.formula.compiled.variables.entries()) {
      if (Number.isNaN(one.scratch[i]!)) one.scratch[i] = pick(earlier, name);
    }
    const result = computed(one);
    if (result) return result;
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
    const inputs = compiled.variables.map((name) => (name === PERIOD ? periodSeconds : pick(values, name)));
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
export function pick(values: Values, name: string): number {
  const exact = values[name] ?? values[`${name}.sum`] ?? values[`${name}.Sum`];
  if (exact !== undefined) return exact;
  const parts = Object.keys(values).filter((key) => key.startsWith(`${name}.`));
  return parts.length === 0 ? Number.NaN : parts.reduce((sum, key) => sum + values[key]!, 0);
}
