// How many users want service of each cell, period by period: the week, growth and slow noise.

import type { Effects } from '../effects.ts';
import { Random } from '../random.ts';
import type { City } from '../world/city.ts';
import { Calendar } from './calendar.ts';
import { slotOfWeek, type WeekCurve, weekCurve } from './week.ts';

const WEEK = 7 * 24 * 3_600_000;
const GROWTH_PER_WEEK = 0.004;
const ORDINARY_DAYS = new Calendar();
/** A cell's own swings: spread of the logarithm, and how long one lasts. */
const CELL_SPREAD = 0.09;
const CELL_MEMORY_SECONDS = 2 * 3600;
/** What all cells share: weather, news, a lazy Tuesday. */
const CITY_SPREAD = 0.04;
const CITY_MEMORY_SECONDS = 8 * 3600;

export class Traffic {
  /** Active users who are expected to want service where each cell should serve, in the current period. */
  readonly users: Float64Array;
  readonly #city: City;
  readonly #from: number;
  readonly #curve: WeekCurve;
  readonly #calendar: Calendar;
  readonly #growthPerWeek: number;
  readonly #randoms: Random[];
  readonly #swing: Float64Array;
  readonly #cityRandom: Random;
  #citySwing = 0;

  /** `from` is the time at which growth is none, epoch milliseconds. */
  constructor(
    seed: number,
    city: City,
    from: number,
    periodSeconds: number,
    { calendar = ORDINARY_DAYS, growthPerWeek = GROWTH_PER_WEEK }: { calendar?: Calendar; growthPerWeek?: number } = {},
  ) {
    this.#calendar = calendar;
    this.#growthPerWeek = growthPerWeek;
    this.#city = city;
    this.#from = from;
    this.#curve = weekCurve(periodSeconds);
    this.#randoms = city.cells.map(({ cell }) => new Random(seed, `users:${cell.id}`));
    this.#swing = Float64Array.from(this.#randoms, (random) => CELL_SPREAD * random.normal());
    this.#cityRandom = new Random(seed, 'city');
    this.users = new Float64Array(city.cells.length);
  }

  /** Moves to the period that ends at `at`, in which these effects hold. */
  advance(at: number, { demand }: Pick<Effects, 'demand'>): void {
    this.#draw(at, demand);
  }

  #draw(at: number, demand: Float64Array): void {
    const { home, business, periodSeconds } = this.#curve;
    const slot = slotOfWeek(this.#calendar.asLived(at), this.#curve);
    const atHome = home[slot]!;
    const atWork = business[slot]!;
    const keepCity = Math.exp(-periodSeconds / CITY_MEMORY_SECONDS);
    this.#citySwing = drift(this.#citySwing, keepCity, CITY_SPREAD, this.#cityRandom);
    const common = growthOf(this.#growthPerWeek, at - this.#from) * Math.exp(this.#citySwing);
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
}

/** Traffic of all cells after a while (milliseconds), of what it was before. */
export function growthOf(perWeek: number, after: number): number {
  return 1 + (perWeek * after) / WEEK;
}

/** One step of noise that wanders around 0 with a lasting spread (first-order autoregression). */
export function drift(value: number, keep: number, spread: number, random: Random): number {
  return keep * value + spread * Math.sqrt(1 - keep * keep) * random.normal();
}
