// The inventory as it changes on the way: cells that get other names or makers are told to the server when it happens.

import type { Cell } from '../../server/model/cell.ts';
import { type Happening, isNuisance } from '../faults/happening.ts';
import type { City } from '../world/city.ts';
import { bytesOf } from './byte-builder.ts';
import type { Delivery } from './delivery.ts';

/** A new description of a cell, by its index. */
export interface Redescribed {
  cell: number;
  now: Cell;
}

export class Inventory {
  /** As described by now, in the order of `City.cells`. */
  readonly cells: Cell[];
  readonly #changes: { from: number; cell: number; set: Partial<Cell> }[];
  #next = 0;

  constructor({ cells }: Pick<City, 'cells'>, plan: readonly Happening[]) {
    this.cells = cells.map(({ cell }) => cell);
    this.#changes = plan
      .filter(isNuisance)
      .flatMap(({ changes = [], from }) => changes.map((one) => ({ ...one, from })))
      .sort((a, b) => a.from - b.from);
  }

  /** What changes up to `start`, epoch milliseconds; never goes back in time. */
  advance(start: number): Redescribed[] {
    const changed = new Set<number>();
    while (this.#next < this.#changes.length && this.#changes[this.#next]!.from <= start) {
      const { cell, set } = this.#changes[this.#next++]!;
      this.cells[cell] = { ...this.cells[cell]!, ...set };
      changed.add(cell);
    }
    return [...changed].map((cell) => ({ cell, now: this.cells[cell]! }));
  }
}

export function inventoryDelivery(cells: readonly Cell[]): Delivery {
  return { door: 'inventory', body: bytesOf(JSON.stringify({ cells })), rows: cells.length };
}
