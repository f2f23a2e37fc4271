// The condition of every cell in one period: what of the plan holds then, added up in the effects.

import { Effects } from './effects.ts';
import type { Happening } from './faults/happening.ts';

export class Conditions {
  readonly effects: Effects;
  readonly #plan: readonly Happening[];
  readonly #periodMs: number;
  #next = 0;
  #active: Happening[] = [];

  /** `plan` in the order of `from`. */
  constructor(cells: number, plan: readonly Happening[], periodSeconds: number) {
    this.effects = new Effects(cells);
    this.#plan = plan;
    this.#periodMs = 1000 * periodSeconds;
  }

  /** Sets the effects of the period that starts at `start` (epoch milliseconds); never goes back in time. */
  advance(start: number): void {
    while (this.#next < this.#plan.length && this.#plan[this.#next]!.from <= start) {
      this.#active.push(this.#plan[this.#next++]!);
    }
    this.#active = this.#active.filter(({ until }) => until > start);
    this.effects.reset();
    const middle = start + this.#periodMs / 2;
    for (const event of this.#active) event.apply(this.effects, middle);
  }
}
