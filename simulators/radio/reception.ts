// The radio side of the network in motion: who serves whom in this period, how loaded all are, and how users fare by that.

import { type Effects, isOffAir } from '../effects.ts';
import type { City } from '../world/city.ts';
import { mapCoverage } from './coverage.ts';
import { Takeover } from './takeover.ts';
import { NO_STRAIN, type Service, type Strain, Users } from './users.ts';

/** Blocks used by signalling when nobody is there. */
export const IDLE_LOAD = 0.03;
const MOST_LOAD = 0.99;

/**
 * Share of the blocks in use: as long as there is room every user takes the same, then they crowd each other out.
 * `users` over `fullUsers` is what the carrier was planned for; `planned` what a block carries beside the plan.
 */
export function loadOf(users: number, fullUsers: number, planned: number): number {
  return Math.min(MOST_LOAD, IDLE_LOAD + (1 - IDLE_LOAD) * (1 - Math.exp(-users / (fullUsers * planned))));
}

export class Reception {
  /** Share of the blocks in use as expected in the current period, by cell; 0 off air. */
  readonly load: Float64Array;
  readonly users: Users;
  readonly takeover: Takeover;
  readonly #city: City;
  readonly #planned: Float64Array;
  readonly #strain: Strain = { ...NO_STRAIN };
  #wanted: Float64Array;

  constructor(seed: number, city: City) {
    const coverage = mapCoverage(seed, city);
    this.#city = city;
    this.users = new Users(city, coverage);
    this.takeover = new Takeover(city, coverage);
    this.load = new Float64Array(city.cells.length);
    this.#planned = new Float64Array(city.cells.length).fill(1);
    this.#wanted = new Float64Array(city.cells.length);
  }

  /** Moves to a period: `users` who want service at each cell become those whom it serves. */
  advance(users: Float64Array, effects: Effects): void {
    this.takeover.move(users, effects);
    this.#wanted = users;
    const { cells } = this.#city;
    for (let c = 0; c < cells.length; c++) {
      const isQuiet = isOffAir(effects.state[c]!);
      // What a block carries is known from the period before: the neighbours' load and ours make each other.
      this.load[c] = isQuiet ? 0 : loadOf(users[c]!, cells[c]!.carrier.fullUsers, this.#planned[c]!);
    }
  }

  /** How the users of a cell fare in the current period; fills `into`. */
  serve(cell: number, effects: Effects, into: Service): void {
    const strain = this.#strain;
    const guests = this.takeover.guests[cell]!;
    strain.neighbourLoad = this.users.neighbourLoad(cell, this.load);
    strain.dlLossDb = effects.dlLossDb[cell]!;
    strain.ulLossDb = effects.ulLossDb[cell]!;
    strain.ulNoiseDb = effects.ulNoiseDb[cell]!;
    strain.tiltDeg = effects.tiltDeg[cell]!;
    strain.guestShare = guests > 0 ? guests / this.#wanted[cell]! : 0;
    strain.guestLevelDbm = guests > 0 ? this.takeover.guestLevel[cell]! / guests : 0;
    this.users.serve(cell, strain, into);
    this.#planned[cell] = into.planned;
  }
}
