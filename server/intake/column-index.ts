// The columns of one batch by what formulas ask for: whole counters by name, and subcounters by the counter they add up to.

import type { Column, ReadingBatch } from '../model/reading.ts';
import type { Lookup } from './counter-lookup.ts';
import { type FormulaSet, variablesBefore } from './formula-set.ts';

export type ReadRow = (row: number) => number;

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
  readerOf({ variable, names, groups }: Lookup): ReadRow | undefined {
    const totals = names.flatMap((name) => this.byName.get(name) ?? []);
    const under = this.parts.get(variable);
    if (!under) return totals.length === 0 ? undefined : (row) => firstKnown(totals, row);
    const parts = groups.map((isPart) => under.filter((column) => isPart(column.name)));
    if (totals.length === 0 && parts.every((columns) => columns.length === 0)) return undefined;
    // Row by row: another cell of the same delivery may name its counters otherwise.
    return (row) => {
      const whole = firstKnown(totals, row);
      return Number.isNaN(whole) ? firstSum(parts, row) : whole;
    };
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
