// Remembers the newest periods of each cell, so that a part that comes later (the CU half, say) is merged before deriving.

import type { ReadingBatch } from '../model/reading.ts';
import type { Values } from './counter-lookup.ts';
import { isFormulaVariable } from './formula-set.ts';

interface Part {
  at: number;
  periodSeconds: number;
  /** Shared by all parts that came in one batch. */
  names: readonly string[];
  /** Of each name, NaN where it was not measured. */
  values: readonly number[];
  /** False where the store may hold more of it. */
  isWhole: boolean;
}

/** Periods kept a cell: parts of one period come minutes apart, seldom a whole period. */
const PERIODS_A_CELL = 3;

const emptyPart = (): Part => ({ at: 0, periodSeconds: 0, names: [], values: [], isWhole: false });

function valuesOf({ names, values }: Pick<Part, 'names' | 'values'>): Values {
  const known: Values = {};
  for (let i = 0; i < names.length; i++) if (!Number.isNaN(values[i]!)) known[names[i]!] = values[i]!;
  return known;
}

function findPart(parts: readonly Part[], at: number, periodSeconds: number): Part | undefined {
  for (let i = parts.length - 1; i >= 0; i--) {
    const part = parts[i]!;
    if (part.at === at && part.periodSeconds === periodSeconds) return part;
  }
  return undefined;
}

/** What is remembered of one cell. */
interface Recent {
  /** Newest time that came of it, epoch milliseconds. */
  newest: number;
  parts: Part[];
}

export class RecentParts {
  private readonly cells = new Map<string, Recent>();

  /** Notes the variables of formulas in a batch that was accepted. */
  remember(batch: ReadingBatch): void {
    const columns = [...batch.kpis, ...batch.counters].filter((column) => isFormulaVariable(column.name));
    const names = columns.map(({ name }) => name);
    const cells = batch.cells.map((cell) => this.recentOf(cell));
    for (let row = 0; row < batch.rows; row++) {
      const values = columns.map((column) => column.values[row]!);
      add(partFor(cells[batch.cell[row]!]!, batch.at[row]!, batch.periodSeconds[row]!), names, values);
    }
  }

  private recentOf(cell: string): Recent {
    let recent = this.cells.get(cell);
    if (!recent) {
      recent = { newest: 0, parts: [] };
      this.cells.set(cell, recent);
    }
    return recent;
  }

  /** All that came for this key, undefined when nothing did; `unread` when only the store can tell. */
  lookup(cell: string, at: number, periodSeconds: number): Values | undefined | 'unread' {
    const recent = this.cells.get(cell);
    const part = recent && findPart(recent.parts, at, periodSeconds);
    if (part?.isWhole) return valuesOf(part);
    return at > (recent?.newest ?? 0) ? undefined : 'unread';
  }

  /** What the store holds for this key, and over it what came since: the answer where `lookup` says `unread`. */
  overlay(stored: Values, cell: string, at: number, periodSeconds: number): Values {
    const part = findPart(this.cells.get(cell)?.parts ?? [], at, periodSeconds);
    return { ...stored, ...(part && valuesOf(part)) };
  }

  /** Cells go by other names from now on, all at once; of two that become one, the newer is remembered. */
  rename(names: ReadonlyMap<string, string>): void {
    const moving = [...names].map(([from, to]) => ({ from, to, recent: this.cells.get(from) }));
    for (const { from } of moving) this.cells.delete(from);
    for (const { to, recent } of moving) {
      if (recent && recent.newest >= (this.cells.get(to)?.newest ?? 0)) this.cells.set(to, recent);
    }
  }

  /** After a restart: the newest time of each cell, from the present. */
  startFrom(newest: Iterable<[string, number]>): void {
    for (const [cell, at] of newest) this.recentOf(cell).newest = at;
  }
}

function partFor(recent: Recent, at: number, periodSeconds: number): Part {
  const { parts } = recent;
  const known = findPart(parts, at, periodSeconds);
  if (known) return known;
  // The oldest becomes the newest: this runs once a reading.
  const part = (parts.length === PERIODS_A_CELL ? parts.shift() : undefined) ?? emptyPart();
  part.at = at;
  part.periodSeconds = periodSeconds;
  part.names = [];
  part.values = [];
  // Newer than all that came: nothing can have been stored for this key before.
  part.isWhole = at > recent.newest;
  if (part.isWhole) recent.newest = at;
  parts.push(part);
  return part;
}

/** Nearly all periods come in one part: only a further one is put together name by name. */
function add(part: Part, names: readonly string[], values: readonly number[]): void {
  const all = part.names.length > 0 ? { ...valuesOf(part), ...valuesOf({ names, values }) } : undefined;
  part.names = all ? Object.keys(all) : names;
  part.values = all ? Object.values(all) : values;
}
