// The condition of every cell in one period: on air, silent, down, in planned work, asleep; and the lift of its uplink noise.

import type { City } from './city.ts';
import type { Happening } from './faults.ts';
import { Random } from './random.ts';

export const ON_AIR = 0;
/** Off air and unable to say so: no reading is sent. */
export const SILENT = 1;
/** Off air by a fault, and reporting it. */
export const DOWN = 2;
/** Off air for planned work. */
export const WORKS = 3;
/** Switched off at night to save energy. */
export const ASLEEP = 4;

/** Capacity carriers sleep in these hours of the day (UTC), each some minutes earlier or later. */
const SLEEP_FROM_HOUR = 0.5;
const SLEEP_TO_HOUR = 5.5;
const HOUR = 3_600_000;

export class Conditions {
  /** One of the codes above for each cell. */
  readonly state: Uint8Array;
  readonly liftDb: Float64Array;
  readonly #city: City;
  readonly #plan: readonly Happening[];
  readonly #sleepShiftHours: Float64Array;
  #next = 0;
  #active: Happening[] = [];

  /** `plan` in the order of onset. */
  constructor(seed: number, city: City, plan: readonly Happening[]) {
    const count = city.cells.length;
    this.#city = city;
    this.#plan = plan;
    this.state = new Uint8Array(count);
    this.liftDb = new Float64Array(count);
    this.#sleepShiftHours = Float64Array.from(city.cells, ({ cell }) =>
      new Random(seed, `sleep:${cell.id}`).between(-0.4, 0.4),
    );
  }

  /** Sets the conditions of the period that starts at `start` (epoch milliseconds); never goes back in time. */
  advance(start: number): void {
    while (this.#next < this.#plan.length && this.#plan[this.#next]!.onset <= start) {
      this.#active.push(this.#plan[this.#next++]!);
    }
    this.#active = this.#active.filter(({ repair }) => repair > start);
    this.liftDb.fill(0);
    this.#sleep((start % (24 * HOUR)) / HOUR);
    for (const { kind, cells, liftDb, reports } of this.#active) {
      for (const cell of cells) {
        if (kind === 'interference') this.liftDb[cell] = liftDb;
        else this.state[cell] = kind === 'planned-work' ? WORKS : reports ? DOWN : SILENT;
      }
    }
  }

  #sleep(hour: number): void {
    this.#city.cells.forEach(({ carrier }, cell) => {
      const shift = this.#sleepShiftHours[cell]!;
      const isNight = hour >= SLEEP_FROM_HOUR + shift && hour < SLEEP_TO_HOUR + shift;
      this.state[cell] = carrier.role === 'capacity' && isNight ? ASLEEP : ON_AIR;
    });
  }
}
