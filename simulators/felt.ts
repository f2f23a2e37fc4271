// What each person felt of the network so far: pain of the cells that serve them, by how much they use these, fading over days.

import type { Effects } from './effects.ts';
import { painOf, painOffAir } from './pain.ts';
import type { Person } from './people.ts';
import type { Listener } from './senders/listener.ts';
import { slotOfWeek, weekCurve } from './traffic/week.ts';

const HOUR = 3_600_000;
/** After so long a third of it is still remembered. */
const MEMORY_MS = 5 * 24 * HOUR;
/** So many hours of nothing at all are as bad as it gets. */
const WORST_HOURS = 3;
/** How busy people are with their phones, at home, over a week; its mean. */
const USE = weekCurve(3600);
const MEAN_USE = USE.home.reduce((sum, use) => sum + use, 0) / USE.home.length;

/** People on a cell, and the part of their use that falls on it. */
export interface Served {
  person: Person;
  share: number;
}

/** A cell that hurt its people in a period. */
export interface Hurt {
  cell: number;
  pain: number;
  /** That it lasts, in hours of mean use: at night hardly anybody notices. */
  hours: number;
  /** END of the period, epoch milliseconds. */
  at: number;
  people: readonly Served[];
}

export class Felt implements Listener {
  readonly #served: Served[][];
  readonly #pain: Float64Array;
  readonly #memory = new Map<Person, { hours: number; at: number }>();
  readonly #tell: (hurt: Hurt) => void;
  readonly #endPeriod: (at: number) => void;
  #hours = 0;
  #at = 0;

  /** `tell` hears of each cell that hurts somebody in a period, in the order of cells; then `endPeriod`. */
  constructor(
    people: readonly Person[],
    cellIds: readonly string[],
    tell: (hurt: Hurt) => void,
    endPeriod: (at: number) => void,
  ) {
    const indexes = new Map(cellIds.map((id, index) => [id, index]));
    this.#served = cellIds.map(() => []);
    for (const person of people) {
      for (const { cell, share } of person.served) this.#served[indexes.get(cell)!]!.push({ person, share });
    }
    this.#pain = new Float64Array(cellIds.length);
    this.#tell = tell;
    this.#endPeriod = endPeriod;
  }

  beginPeriod(start: number, at: number, { state }: Effects): void {
    this.#hours = (((at - start) / HOUR) * USE.home[slotOfWeek(at, USE)]!) / MEAN_USE;
    this.#at = at;
    for (let cell = 0; cell < this.#pain.length; cell++) this.#pain[cell] = painOffAir(state[cell]!);
  }

  reading(cell: number, row: Float64Array): void {
    if (this.#pain[cell] === 0) this.#pain[cell] = painOf(row);
  }

  endPeriod(): void {
    for (let cell = 0; cell < this.#pain.length; cell++) {
      const pain = this.#pain[cell]!;
      const people = this.#served[cell]!;
      if (pain === 0 || people.length === 0) continue;
      for (const { person, share } of people) this.#remember(person, share * pain * this.#hours);
      this.#tell({ cell, pain, hours: this.#hours, at: this.#at, people });
    }
    this.#endPeriod(this.#at);
  }

  /** What a person remembers at a time, 0…1. */
  of(person: Person, at: number): number {
    const known = this.#memory.get(person);
    if (!known) return 0;
    return Math.min(1, (known.hours * Math.exp((known.at - at) / MEMORY_MS)) / WORST_HOURS);
  }

  #remember(person: Person, hours: number): void {
    const known = this.#memory.get(person);
    const left = known ? known.hours * Math.exp((known.at - this.#at) / MEMORY_MS) : 0;
    this.#memory.set(person, { hours: left + hours, at: this.#at });
  }
}
