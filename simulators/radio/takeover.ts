// Where the users of a cell go that is off air, weaker or tilted wrong: to whoever else is heard where they are, some to nobody.

import { type Effects, isOffAir, ON_AIR, SLEEPING } from '../effects.ts';
import type { City } from '../world/city.ts';
import { heightDb } from './antenna.ts';
import { ATTACH_DBM } from './coverage.ts';
import { type Coverage, OTHERS } from './coverage-columns.ts';

/** A sleeping cell still shouts that it is there: devices that believe it stay, and get nothing. */
const BELIEVERS = 0.7;

export class Takeover {
  /** Users that came from other cells in the current period, by cell; they are within `users`. */
  readonly guests: Float64Array;
  /** Sum over those of the level at which they hear the cell that took them, users × dBm. */
  readonly guestLevel: Float64Array;
  readonly #city: City;
  readonly #coverage: Coverage;

  constructor(city: City, coverage: Coverage) {
    const count = city.cells.length;
    this.#city = city;
    this.#coverage = coverage;
    this.guests = new Float64Array(count);
    this.guestLevel = new Float64Array(count);
  }

  /** Changes `users` from those who want service where each cell should serve to those whom it does serve. */
  move(users: Float64Array, effects: Effects): void {
    this.guests.fill(0);
    this.guestLevel.fill(0);
    for (let cell = 0; cell < users.length; cell++) {
      const isOff = isOffAir(effects.state[cell]!);
      if (!isOff && effects.dlLossDb[cell]! <= 0 && effects.tiltDeg[cell] === 0) continue;
      users[cell]! *= this.#staying(cell, users[cell]!, isOff, effects);
    }
    for (let cell = 0; cell < users.length; cell++) users[cell]! += this.guests[cell]!;
  }

  /** Share of the cell's users that it keeps; the others are handed on. */
  #staying(cell: number, users: number, isOff: boolean, effects: Effects): number {
    const { starts, share, level, offTilt } = this.#coverage;
    const state = effects.state[cell]!;
    const going = state === SLEEPING ? 1 - BELIEVERS : 1;
    const tiltDeg = effects.tiltDeg[cell]!;
    let stays = 0;
    for (let row = starts[cell]!; row < starts[cell + 1]!; row++) {
      const tiltDb = tiltDeg === 0 ? 0 : heightDb(offTilt[row]! - tiltDeg) - heightDb(offTilt[row]!);
      const own = isOff ? Number.NEGATIVE_INFINITY : level[row]! - effects.dlLossDb[cell]! + tiltDb;
      const other = this.#best(row, effects);
      if (other >= 0 && this.#levelOf(other, effects) > own) this.#hand(other, users * share[row]! * going, effects);
      else if (!isOff && own >= ATTACH_DBM[this.#city.cells[cell]!.carrier.radio]) stays += share[row]!;
    }
    return stays;
  }

  #hand(entry: number, users: number, effects: Effects): void {
    const other = this.#coverage.others[entry]!;
    this.guests[other]! += users;
    this.guestLevel[other]! += users * this.#levelOf(entry, effects);
  }

  /** The best of the others that is on the air and heard, as a position in `others`; −1: nobody. */
  #best(row: number, effects: Effects): number {
    const { others } = this.#coverage;
    let best = -1;
    for (let i = OTHERS * row; i < OTHERS * (row + 1); i++) {
      const other = others[i]!;
      if (other < 0 || effects.state[other] !== ON_AIR) continue;
      const isHeard = this.#levelOf(i, effects) >= ATTACH_DBM[this.#city.cells[other]!.carrier.radio];
      if (isHeard && (best < 0 || this.#levelOf(i, effects) > this.#levelOf(best, effects))) best = i;
    }
    return best;
  }

  #levelOf(entry: number, effects: Effects): number {
    return this.#coverage.otherLevels[entry]! - effects.dlLossDb[this.#coverage.others[entry]!]!;
  }
}
