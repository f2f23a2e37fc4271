// Derives KPIs from counters and counts, by the formulas of the catalogue, after the parts of a period are merged.

import type { Radio } from '../model/cell.ts';
import type { Formula, Kpi } from '../model/kpi.ts';
import type { ReadingBatch } from '../model/reading.ts';
import { ColumnIndex, type Reader } from './column-index.ts';
import { findIn, type Values } from './counter-lookup.ts';
import { type CompiledFormula, formulaSet } from './formula-set.ts';

/** What was accepted earlier for the same key, if anything; `unread`: the store must be asked first. */
export type EarlierParts = (cell: string, at: number, periodSeconds: number) => Values | undefined | 'unread';

/** What the inventory or the data say of a cell; null where neither does. */
export type RadioOf = (cell: string) => Radio | null;

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
export function deriveKpis(batch: ReadingBatch, earlier: EarlierParts, radioOf: RadioOf): Impossible[] {
  const impossible: Impossible[] = [];
  const set = formulaSet();
  const columns = new ColumnIndex(batch, set);
  const rows: Rows = { batch, columns, earlierOf: oncePerRow(batch, earlier), isFor: isForRow(batch, radioOf) };
  for (const { kpi, formulas } of set.derivations) deriveOne(rows, kpi, formulas, impossible);
  return impossible;
}

/** A batch, and what is known of its rows beside it. */
interface Rows {
  batch: ReadingBatch;
  columns: ColumnIndex;
  earlierOf: EarlierOfRow;
  isFor(formula: Formula, row: number): boolean;
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

/** Radios are asked for only when a formula asks, once a cell. */
function isForRow(batch: ReadingBatch, radioOf: RadioOf): Rows['isFor'] {
  const radios: (Radio | null)[] = [];
  return ({ radio }, row) => {
    if (radio === undefined) return true;
    const cell = batch.cell[row]!;
    if (radios[cell] === undefined) radios[cell] = radioOf(batch.cells[cell]!);
    return radios[cell] === radio;
  };
}

function deriveOne(rows: Rows, kpi: Kpi, formulas: readonly CompiledFormula[], impossible: Impossible[]): void {
  const { batch, columns } = rows;
  const bound = formulas.map((formula) => bind(formula, columns));
  if (!bound.some((one) => one.isTouched)) return;
  const given = batch.kpis.find((column) => column.name === kpi.id);
  const values = given?.values ?? new Float64Array(batch.rows).fill(Number.NaN);
  let derived = false;
  for (let row = 0; row < batch.rows; row++) {
    if (!Number.isNaN(values[row]!)) continue;
    const result = resultOf(bound, rows, row);
    if (!result) continue;
    if (result.value < kpi.range[0] || result.value > kpi.range[1]) {
      const cell = batch.cells[batch.cell[row]!]!;
      impossible.push({ cell, at: batch.at[row]!, kpi: kpi.id, value: result.value, formula: result.formula });
      continue;
    }
    values[row] = result.value;
    derived = true;
  }
  if (!derived || given) return;
  batch.kpis.push({ name: kpi.id, values });
  columns.add({ name: kpi.id, values });
}

/** A formula with a reader for each variable; undefined where the batch has no such column. */
interface BoundFormula {
  formula: CompiledFormula;
  readers: (Reader | undefined)[];
  /** The batch has a column for at least one variable. */
  isTouched: boolean;
  /** A variable may be a sum of subcounters. */
  hasSums: boolean;
  scratch: Float64Array;
}

interface Result {
  value: number;
  formula: CompiledFormula;
}

function bind(formula: CompiledFormula, columns: ColumnIndex): BoundFormula {
  const { lookups } = formula;
  const readers = lookups.map((lookup) => lookup && columns.readerOf(lookup));
  const hasSums = readers.some((reader) => reader?.hasParts);
  return { formula, readers, isTouched: readers.some(Boolean), hasSums, scratch: new Float64Array(lookups.length) };
}

/** The first formula that has a value, over the row and what came earlier for its key. */
function resultOf(bound: readonly BoundFormula[], rows: Rows, row: number): Result | undefined {
  let isPart = false;
  let isSummed = false;
  let own: Result | undefined;
  let first: CompiledFormula | undefined;
  for (const one of bound) {
    if (!rows.isFor(one.formula, row)) continue;
    first ??= one.formula;
    if (!one.isTouched) continue;
    const known = fill(one, rows.batch, row);
    own = computed(one);
    isSummed = one.hasSums && one.readers.some((reader) => reader?.isSum(row));
    if (own) break;
    isPart ||= known > 0;
  }
  // A better formula may have a value once the parts are put together; counts that a sender gives are no parts.
  const isSure = own && !isSummed && (own.formula === first || (own.formula.isOfKpis && !isPart));
  if (isSure || (!own && !isPart)) return own;
  const earlier = rows.earlierOf(row);
  if (earlier === 'unread') return undefined;
  return (earlier && resultWithEarlier(bound, rows, row, earlier)) ?? own;
}

/** Fills the variables of one row; gives how many the row knows. */
function fill({ formula, readers, scratch }: BoundFormula, batch: ReadingBatch, row: number): number {
  let known = 0;
  for (let i = 0; i < readers.length; i++) {
    const value = readers[i]?.read(row) ?? Number.NaN;
    if (!Number.isNaN(value)) known++;
    scratch[i] = formula.lookups[i] ? value : batch.periodSeconds[row]!;
  }
  return known;
}

function computed({ formula, scratch }: BoundFormula): Result | undefined {
  const value = formula.compiled.evaluate(scratch);
  return Number.isNaN(value) ? undefined : { value, formula };
}

function resultWithEarlier(bound: readonly BoundFormula[], { batch, isFor }: Rows, row: number, earlier: Values) {
  for (const one of bound) {
    if (!isFor(one.formula, row)) continue;
    for (const [i, lookup] of one.formula.lookups.entries()) {
      const values = { ...earlier, ...one.readers[i]?.valuesOf(row) };
      one.scratch[i] = lookup ? (findIn(values, lookup)?.value ?? Number.NaN) : batch.periodSeconds[row]!;
    }
    const result = computed(one);
    if (result) return result;
  }
  return undefined;
}
