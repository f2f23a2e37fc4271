// The columns of one batch by what formulas ask for: whole counters by name, and subcounters by the counter they add up to.

import type { Column, ReadingBatch } from '../model/reading.ts';
import type { Lookup, Values } from './counter-lookup.ts';
import { type FormulaSet, variablesBefore } from './formula-set.ts';

export class ColumnIndex {
  private readonly byName = new Map<string, Column>();
  private readonly parts = new Map<string, Column[]>();

  constructor(batch: ReadingBatch, set: FormulaSet) {
    for (const column of batch.kpis) this.byName.set(column.name, column);
    for (const column of batch.counters) {
      if (set.variables.has(column.name)) this.byName.set(column.name, column);
      for (const variable of variablesBefore(column.name, set)) {
        const known = this.parts.get(variable);
        if (known) known.push(column);
        else this.parts.set(variable, [column]);
      }
    }
  }

  /** A KPI that was derived: others may rest on it. */
  add(column: Column): void {
    if (!this.byName.has(column.name)) this.byName.set(column.name, column);
  }

  /** Whole, else the sum over the subcounters: senders give them by cause or class with or without their total. */
  readerOf({ variable, names, groups }: Lookup): Reader | undefined {
    const totals = names.flatMap((name) => this.byName.get(name) ?? []);
    const parts = groups
      .map((isPart) => (this.parts.get(variable) ?? []).filter((column) => isPart(column.name)))
      .filter((columns) => columns.length > 0);
    if (totals.length === 0 && parts.length === 0) return undefined;
    return new Reader(totals, parts);
  }
}

/** Reads one variable row by row: another cell of the same delivery may name its counters otherwise. */
export class Reader {
  constructor(
    private readonly totals: readonly Column[],
    private readonly parts: readonly (readonly Column[])[],
  ) {}

  get hasParts(): boolean {
    return this.parts.length > 0;
  }

  read(row: number): number {
    const whole = firstKnown(this.totals, row);
    return Number.isNaN(whole) && this.parts.length > 0 ? firstSum(this.parts, row) : whole;
  }

  /** The value of this row is a sum of subcounters, of which more may have come with another part of the period. */
  isSum(row: number): boolean {
    return this.parts.length > 0 && Number.isNaN(firstKnown(this.totals, row));
  }

  /** All that the row has of the variable, by name. */
  valuesOf(row: number): Values {
    const values: Values = {};
    for (const { name, values: of } of [this.totals, ...this.parts].flat()) {
      if (!Number.isNaN(of[row]!)) values[name] = of[row]!;
    }
    return values;
  }
}

function firstKnown(columns: readonly Column[], row: number): number {
  for (const { values } of columns) if (!Number.isNaN(values[row]!)) return values[row]!;
  return Number.NaN;
}

/** Of the first group of which anything is known. */
function firstSum(groups: readonly (readonly Column[])[], row: number): number {
  for (const columns of groups) {
    let sum = Number.NaN;
    for (const { values } of columns) {
      const value = values[row]!;
      if (!Number.isNaN(value)) sum = Number.isNaN(sum) ? value : sum + value;
    }
    if (!Number.isNaN(sum)) return sum;
  }
  return Number.NaN;
}
