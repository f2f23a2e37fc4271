// Whom a happening disturbs beside its own cells: those that must serve its users as guests, by the geometry of the network.

import { Effects } from './effects.ts';
import type { Happening } from './faults/happening.ts';
import type { Takeover } from './radio/takeover.ts';
import type { City } from './world/city.ts';

/** So many guests for each usual user are noticed. */
const NOTICED = 0.05;

export class Disturbed {
  readonly #takeover: Takeover;
  readonly #usual: Float64Array;
  readonly #effects: Effects;

  constructor({ cells }: Pick<City, 'cells'>, takeover: Takeover) {
    this.#takeover = takeover;
    this.#usual = Float64Array.from(cells, ({ peakUsers }) => peakUsers);
    this.#effects = new Effects(cells.length);
  }

  /** Indexes of the cells, at the end of the happening, where most of it is at its worst. */
  by(event: Happening): number[] {
    this.#effects.reset();
    event.apply(this.#effects, event.until - 1);
    this.#takeover.move(this.#usual.slice(), this.#effects);
    const own = new Set(event.cells);
    const { guests } = this.#takeover;
    const hosts: number[] = [];
    for (let cell = 0; cell < guests.length; cell++) {
      if (!own.has(cell) && guests[cell]! > NOTICED * this.#usual[cell]!) hosts.push(cell);
    }
    return hosts;
  }
}
