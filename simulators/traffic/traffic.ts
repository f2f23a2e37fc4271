// How many users each cell carries, period by period: the week, growth, slow noise, and neighbours that take over.

import { type Effects, isOffAir } from '../effects.ts';
import { Random } from '../random.ts';
import type { City } from '../world/city.ts';
import { slotOfWeek, type WeekCurve, weekCurve } from './week.ts';

const WEEK = 7 * 24 * 3_600_000;
const GROWTH_PER_WEEK = 0.004;
/** A cell's own swings: spread of the logarithm, and how long one lasts. */
const CELL_SPREAD = 0.09;
const CELL_MEMORY_SECONDS = 2 * 3600;
/** What all cells share: weather, news, a lazy Tuesday. */
const CITY_SPREAD = 0.04;
const CITY_MEMORY_SECONDS = 8 * 3600;
/** Of the users of a cell that is off air, the share that another cell can reach. */
const TAKEN_OVER = 0.7;

export class Traffic {
  /** Expected active users of each cell in the current period; 0 where the cell is off air. */
  readonly users: Float64Array;
  readonly #city: City;
  readonly #from: number;
  readonly #curve: WeekCurve;
  readonly #randoms: Random[];
  readonly #swing: Float64Array;
  readonly #cityRandom: Random;
  #citySwing = 0;

  /** `from` is the time at which growth is none, epoch milliseconds. */
  constructor(seed: number, city: City, from: number, periodSeconds: number) {
    this.#city = city;
    this.#from = from;
    this.#curve = weekCurve(periodSeconds);
    this.#randoms = city.cells.map(({ cell }) => new Random(seed, `users:${cell.id}`));
    this.#swing = Float64Array.from(this.#randoms, (random) => CELL_SPREAD * random.normal());
    this.#cityRandom = new Random(seed, 'city');
    this.users = new Float64Array(city.cells.length);
  }

  /** Moves to the period that ends at `at`, in which these effects hold. */
  advance(at: number, { state, demand }: Pick<Effects, 'state' | 'demand'>): void {
    this.#draw(at, demand);
    this.#takeOver(state, 'capacity');
    this.#takeOver(state, 'coverage');
  }

  #draw(at: number, demand: Float64Array): void {
    const { home, business, periodSeconds } = this.#curve;
    const slot = slotOfWeek(at, this.#curve);
    const atHome = home[slot]!;
    const atWork = business[slot]!;
    const keepCity = Math.exp(-periodSeconds / CITY_MEMORY_SECONDS);
    this.#citySwing = drift(this.#citySwing, keepCity, CITY_SPREAD, this.#cityRandom);
    const common = (1 + (GROWTH_PER_WEEK * (at - this.#from)) / WEEK) * Math.exp(this.#citySwing);
    const keep = Math.exp(-periodSeconds / CELL_MEMORY_SECONDS);
    const { cells } = this.#city;
    for (let c = 0; c < cells.length; c++) {
      const { homeShare, peakUsers } = cells[c]!;
      const swing = drift(this.#swing[c]!, keep, CELL_SPREAD, this.#randoms[c]!);
      this.#swing[c] = swing;
      this.users[c] =
        demand[c]! * peakUsers * common * (homeShare * atHome + (1 - homeShare) * atWork) * Math.exp(swing);
    }
  }

  /** Capacity carriers first: their users may go to a coverage carrier that is itself off air, and then to the neighbours. */
  #takeOver(state: Uint8Array, role: 'coverage' | 'capacity'): void {
    const { cells, refuges } = this.#city;
    for (let c = 0; c < cells.length; c++) {
      if (!isOffAir(state[c]!) || cells[c]!.carrier.role !== role) continue;
      const refuge = refuges[c]!;
      const each = (TAKEN_OVER * this.users[c]!) / refuge.length;
      for (const other of refuge) this.users[other] = this.users[other]! + each;
      this.users[c] = 0;
    }
  }
}

/** One step of noise that wanders around 0 with a lasting spread (first-order autoregression). */
export function drift(value: number, keep: number, spread: number, random: Random): number {
  return keep * value + spread * Math.sqrt(1 - keep * keep) * random.normal();
}
