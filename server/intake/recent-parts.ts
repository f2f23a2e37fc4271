// Remembers the newest periods of each cell, so that a part that comes later (the CU half, say) is merged before deriving.

import type { ReadingBatch } from '../model/reading.ts';
import type { Values } from './counter-lookup.ts';
import { isFormulaVariable } from './formula-set.ts';

interface Part {
  at: number;
  periodSeconds: number;
  values: Values;
  /** False where the store may hold more of it. */
  isWhole: boolean;
}

/** Periods kept a cell: parts of one period come minutes apart, seldom a whole period. */
const PERIODS_A_CELL = 3;

/** Most readings have no variable of a formula: they share this one. */
const NOTHING: Values = Object.freeze({});
const emptyPart = (): Part => ({ at: 0, periodSeconds: 0, values: NOTHING, isWhole: false });

function findPart(parts: readonly Part[], at: number, periodSeconds: number): Part | undefined {
  for (let i = parts.length - 1; i >= 0; i--) {
    const part = parts[i]!;
    if (part.at === at && part.periodSeconds === periodSeconds) return part;
  }
  return undefined;
}

export class RecentParts {
  private readonly parts = new Map<string, Part[]>();
  private readonly newest = new Map<string, number>();

  /** Notes the variables of formulas in a batch that was accepted. */
  remember(batch: ReadingBatch): void {
    const columns = [...batch.kpis, ...batch.counters].filter((column) => isFormulaVariable(column.name));
    for (let row = 0; row < batch.rows; row++) {
      const part = this.partFor(batch.cells[batch.cell[row]!]!, batch.at[row]!, batch.periodSeconds[row]!);
      for (const column of columns) {
        const value = column.values[row]!;
        if (Number.isNaN(value)) continue;
        if (part.values === NOTHING) part.values = {};
        part.values[column.name] = value;
      }
    }
  }

  private partFor(cell: string, at: number, periodSeconds: number): Part {
    let parts = this.parts.get(cell);
    if (!parts) {
      parts = [];
      this.parts.set(cell, parts);
    }
    const known = findPart(parts, at, periodSeconds);
    if (known) return known;
    // The oldest becomes the newest: this runs once a reading.
    const part = (parts.length === PERIODS_A_CELL ? parts.shift() : undefined) ?? emptyPart();
    part.at = at;
    part.periodSeconds = periodSeconds;
    part.values = NOTHING;
    part.isWhole = this.isNewest(cell, at);
    if (part.isWhole) this.newest.set(cell, at);
    parts.push(part);
    return part;
  }

  /** All that came for this key, undefined when nothing did; `unread` when only the store can tell. */
  lookup(cell: string, at: number, periodSeconds: number): Values | undefined | 'unread' {
    const part = this.find(cell, at, periodSeconds);
    if (part?.isWhole) return part.values;
    return this.isNewest(cell, at) ? undefined : 'unread';
  }

  /** What the store holds for this key, and over it what came since: the answer where `lookup` says `unread`. */
  overlay(stored: Values, cell: string, at: number, periodSeconds: number): Values {
    return { ...stored, ...this.find(cell, at, periodSeconds)?.values };
  }

  private find(cell: string, at: number, periodSeconds: number): Part | undefined {
    const parts = this.parts.get(cell);
    return parts && findPart(parts, at, periodSeconds);
  }

  /** True when nothing can have been stored for this key before: it is newer than all that came. */
  private isNewest(cell: string, at: number): boolean {
    return at > (this.newest.get(cell) ?? 0);
  }

  /** Cells go by other names from now on, all at once; of two that become one, the newer is remembered. */
  rename(names: ReadonlyMap<string, string>): void {
    const moving = [...names].map(([from, to]) => ({
      from,
      to,
      at: this.newest.get(from),
      parts: this.parts.get(from),
    }));
    for (const { from } of moving) {
      this.newest.delete(from);
      this.parts.delete(from);
    }
    for (const { to, at, parts } of moving) {
      if (at === undefined || at < (this.newest.get(to) ?? 0)) continue;
      this.newest.set(to, at);
      if (parts) this.parts.set(to, parts);
    }
  }

  /** After a restart: the newest time of each cell, from the present. */
  startFrom(newest: Iterable<[string, number]>): void {
    for (const [cell, at] of newest) this.newest.set(cell, at);
  }
}
