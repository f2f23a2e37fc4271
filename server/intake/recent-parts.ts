// Remembers the newest periods of each cell, so that a part that comes later (the CU half, say) is merged before deriving.

import type { ReadingBatch } from '../model/reading.ts';
import { isFormulaVariable, type Lookup, pick } from './derive.ts';

interface Part {
  at: number;
  periodSeconds: number;
  values: Record<string, number>;
}

/** Periods kept a cell: parts of one period come minutes apart, seldom a whole period. */
const PERIODS_A_CELL = 3;

export class RecentParts {
  private readonly parts = new Map<string, Part[]>();
  private readonly newest = new Map<string, number>();

  /** Notes the variables of formulas in a batch that was accepted. */
  remember(batch: ReadingBatch): void {
    const columns = [...batch.kpis, ...batch.counters].filter((column) => isFormulaVariable(column.name));
    for (let row = 0; row < batch.rows; row++) {
      const cell = batch.cells[batch.cell[row]!]!;
      const at = batch.at[row]!;
      if (at > (this.newest.get(cell) ?? 0)) this.newest.set(cell, at);
      if (columns.length === 0) continue;
      const values = this.partFor(cell, at, batch.periodSeconds[row]!).values;
      for (const column of columns) {
        const value = column.values[row]!;
        if (!Number.isNaN(value)) values[column.name] = value;
      }
    }
  }

  private partFor(cell: string, at: number, periodSeconds: number): Part {
    let parts = this.parts.get(cell);
    if (!parts) {
      parts = [];
      this.parts.set(cell, parts);
    }
    const known = parts.find((part) => part.at === at && part.periodSeconds === periodSeconds);
    if (known) return known;
    const part = { at, periodSeconds, values: {} };
    parts.push(part);
    if (parts.length > PERIODS_A_CELL) parts.shift();
    return part;
  }

  lookup(cell: string, at: number, periodSeconds: number): Lookup | undefined {
    const part = this.parts.get(cell)?.find((one) => one.at === at && one.periodSeconds === periodSeconds);
    return part && ((name) => pick(part.values, name));
  }

  /** True when nothing can have been stored for this key before: it is newer than all that came. */
  isNewest(cell: string, at: number): boolean {
    return at > (this.newest.get(cell) ?? 0);
  }

  /** After a restart: the newest time of each cell, from the present. */
  startFrom(newest: Iterable<[string, number]>): void {
    for (const [cell, at] of newest) this.newest.set(cell, at);
  }
}
