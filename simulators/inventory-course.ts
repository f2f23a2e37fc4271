// The inventory over time: what it says of the cells at the beginning, and what is changed on the way.

import type { Cell } from '../server/model/cell.ts';
import { type Happening, isNuisance, type Nuisance } from './faults/happening.ts';
import type { City } from './world/city.ts';

/** Cells that the inventory describes anew from a time on. */
export interface InventoryStep {
  /** Epoch milliseconds, the start of a period. */
  at: number;
  /** Index into `City.cells`, and the whole new description. */
  cells: { index: number; cell: Cell }[];
}

export class InventoryCourse {
  /** In the order of time. */
  readonly steps: readonly InventoryStep[];
  readonly #first: readonly Cell[];

  constructor({ cells }: Pick<City, 'cells'>, plan: readonly Happening[]) {
    this.#first = cells.map(({ cell }) => cell);
    const now = [...this.#first];
    this.steps = plan.filter(changesInventory).map(({ from, changes }) => ({
      at: from,
      cells: changes.map(({ cell: index, set }) => {
        now[index] = { ...now[index]!, ...set };
        return { index, cell: now[index]! };
      }),
    }));
  }

  /** All cells as they are described at a time. */
  at(time: number): Cell[] {
    const now = [...this.#first];
    for (const { cells } of this.stepsUntil(time)) for (const { index, cell } of cells) now[index] = cell;
    return now;
  }

  /** The steps after one time, up to and at another. */
  stepsUntil(until: number, after = Number.NEGATIVE_INFINITY): InventoryStep[] {
    return this.steps.filter(({ at }) => at > after && at <= until);
  }
}

function changesInventory(event: Happening): event is Nuisance & Required<Pick<Nuisance, 'changes'>> {
  return isNuisance(event) && event.changes !== undefined;
}
