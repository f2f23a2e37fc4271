// The users of every cell as a few kinds of place, near and far, in sight of neighbours and not: what a period is reckoned from.

import type { Radio } from '../../server/model/cell.ts';
import type { City } from '../world/city.ts';
import { NOISE_DBM } from './air.ts';
import { elementPowerDbm, gainDb, heightDb } from './antenna.ts';
import type { Coverage } from './coverage-columns.ts';
import { OTHERS } from './coverage-columns.ts';
import { bitsOf, cqiOf, lostDown, lostUp } from './link.ts';

/** Kinds of place a cell, each an equal part of its users, from the worst to the best. */
const KINDS = 8;
/** Neighbours whose load is looked at, those that disturb most. */
const NEIGHBOURS = 6;
/** A device at full power on eight blocks, what it gets when it has much to send. */
const DEVICE_EIGHT_BLOCKS_DBM = 14;
/**
 * Open-loop power control: a device aims at this ratio over the quiet noise, 13 dB, and does not know of more noise.
 * Who cannot reach it on eight blocks still holds a connection on two, where each gets four times the power.
 */
const AIM_UP = 20;
const FEWER_BLOCKS = 4;
/** What the radios carry on an ordinary cell of ordinary load, bit/s per hertz, and on the way back. */
const TYPICAL_BITS: Record<Radio, number> = { LTE: 4.2, NR: 5.2, UMTS: 2, GSM: 2 };
const TYPICAL_UP = 4;
/** The most robust coding carries so much. */
const LEAST_BITS = 0.1;
/** The load at which a network's planner looks. */
const USUAL_LOAD = 0.4;

/** What holds for a cell in a period beyond its own users. */
export interface Strain {
  /** Load of the neighbours that disturb it, 0…1. */
  neighbourLoad: number;
  dlLossDb: number;
  ulLossDb: number;
  ulNoiseDb: number;
  tiltDeg: number;
  /** Users who came from cells that are off air: their share, and the level at which they hear this one, dBm. */
  guestShare: number;
  guestLevelDbm: number;
}

/** How its users fare. */
export interface Service {
  /** What all volume is carried with, as a factor of what is usual for the radio; down and up. */
  down: number;
  up: number;
  /** The way down as a factor of what the planner saw for this cell. */
  planned: number;
  /** Chance that a connection does not hold, mean over users. */
  lost: number;
  rsrpDbm: number;
  sinrDb: number;
  cqi: number;
}

export class Users {
  readonly #city: City;
  readonly #level: Float32Array;
  /** Ratio of signal, and of all neighbours at full load, to the noise; and of the device's signal at the antenna. */
  readonly #signal: Float32Array;
  readonly #others: Float32Array;
  readonly #back: Float32Array;
  readonly #offTilt: Float32Array;
  readonly #usualBits: Float32Array;
  readonly #sum = { volumeDown: 0, timeDown: 0, volumeUp: 0, timeUp: 0, lost: 0, rsrpDbm: 0, sinrDb: 0, cqi: 0 };
  readonly neighbours: Int32Array;
  readonly neighbourShare: Float32Array;

  constructor(city: City, coverage: Coverage) {
    const count = city.cells.length;
    const perKind = () => new Float32Array(KINDS * count);
    this.#city = city;
    this.#level = perKind();
    this.#signal = perKind();
    this.#others = perKind();
    this.#back = perKind();
    this.#offTilt = perKind();
    this.#usualBits = new Float32Array(count).fill(1);
    this.neighbours = new Int32Array(NEIGHBOURS * count).fill(-1);
    this.neighbourShare = new Float32Array(NEIGHBOURS * count);
    for (let cell = 0; cell < count; cell++) this.#sortIntoKinds(cell, coverage);
    for (let cell = 0; cell < count; cell++) this.#findNeighbours(cell, coverage);
    for (let cell = 0; cell < count; cell++) this.#seeAsPlanned(cell);
  }

  /** Mean load of the neighbours, weighed by how much they disturb. */
  neighbourLoad(cell: number, load: Float64Array): number {
    let sum = 0;
    for (let i = NEIGHBOURS * cell; i < NEIGHBOURS * (cell + 1); i++) {
      if (this.neighbours[i]! >= 0) sum += this.neighbourShare[i]! * load[this.neighbours[i]!]!;
    }
    return sum;
  }

  /** Fills `into`; about a microsecond. */
  serve(cell: number, strain: Strain, into: Service): void {
    const { radio } = this.#city.cells[cell]!.carrier;
    const down = 10 ** (-strain.dlLossDb / 10);
    const up = 10 ** (-(strain.ulLossDb + strain.ulNoiseDb) / 10);
    const { guestShare, neighbourLoad, tiltDeg } = strain;
    const sum = this.#sum;
    sum.volumeDown = sum.timeDown = sum.volumeUp = sum.timeUp = 0;
    sum.lost = sum.rsrpDbm = sum.sinrDb = sum.cqi = 0;
    const each = (1 - guestShare) / KINDS;
    for (let i = KINDS * cell; i < KINDS * (cell + 1); i++) {
      const tiltDb = tiltDeg === 0 ? 0 : heightDb(this.#offTilt[i]! - tiltDeg) - heightDb(this.#offTilt[i]!);
      const tilt = tiltDb === 0 ? 1 : 10 ** (tiltDb / 10);
      const ratio = (this.#signal[i]! * down * tilt) / (1 + neighbourLoad * this.#others[i]!);
      this.#count(radio, each, ratio, up, this.#back[i]! * tilt, this.#level[i]! + tiltDb - strain.dlLossDb);
    }
    if (guestShare > 0) {
      // Guests stand at the edge, as the worst of the cell's own do.
      const worst = KINDS * cell;
      const gain = 10 ** ((strain.guestLevelDbm - this.#level[worst]!) / 10);
      const ratio = (this.#signal[worst]! * gain) / (1 + neighbourLoad * this.#others[worst]!);
      this.#count(radio, guestShare, ratio, up, this.#back[worst]! * gain, strain.guestLevelDbm);
    }
    const bits = this.#sum.volumeDown / this.#sum.timeDown;
    into.down = bits / TYPICAL_BITS[radio];
    into.planned = bits / this.#usualBits[cell]!;
    into.up = this.#sum.volumeUp / this.#sum.timeUp / TYPICAL_UP;
    into.lost = this.#sum.lost;
    into.rsrpDbm = this.#sum.rsrpDbm;
    into.sinrDb = this.#sum.sinrDb;
    into.cqi = this.#sum.cqi;
  }

  /** Adds one kind of users, so large a share of all; `ratio` and `back` are factors over the noise, down and up. */
  #count(radio: Radio, share: number, ratio: number, up: number, back: number, level: number): void {
    const sum = this.#sum;
    const ratioDb = 4.343 * Math.log(Math.max(ratio, 1e-3));
    // Where it is slow people use less: volume goes with the root of the speed.
    const rootDown = Math.sqrt(Math.max(LEAST_BITS, bitsOf(radio, ratio)));
    const rootUp = Math.sqrt(Math.max(LEAST_BITS, Math.log2(1 + up * Math.min(AIM_UP, back))));
    sum.volumeDown += share * rootDown;
    sum.timeDown += share / rootDown;
    sum.volumeUp += share * rootUp;
    sum.timeUp += share / rootUp;
    sum.lost += share * (1 - (1 - lostDown(ratio)) * (1 - lostUp(up * Math.min(AIM_UP, FEWER_BLOCKS * back))));
    sum.rsrpDbm += share * level;
    sum.sinrDb += share * ratioDb;
    sum.cqi += share * cqiOf(ratioDb);
  }

  #sortIntoKinds(cell: number, { starts, share, level, noise, offTilt }: Coverage): void {
    const {
      cell: { radio },
      carrier,
      scenario,
    } = this.#city.cells[cell]!;
    const isIndoor = scenario.name === 'indoor';
    const sentDbm = elementPowerDbm(radio, carrier.powerDbm, carrier.bandwidthMhz, isIndoor) - gainDb(radio, isIndoor);
    const floor = NOISE_DBM[radio];
    const quality = (row: number) =>
      level[row]! - 10 * Math.log10(10 ** (floor / 10) + USUAL_LOAD * 10 ** (noise[row]! / 10));
    const rows = Array.from({ length: starts[cell + 1]! - starts[cell]! }, (_, i) => starts[cell]! + i);
    rows.sort((a, b) => quality(a) - quality(b));
    let upTo = 0;
    let next = 0;
    for (let kind = 0; kind < KINDS; kind++) {
      // The place in the middle of each part of the users stands for it.
      while (next < rows.length - 1 && upTo + share[rows[next]!]! < (kind + 0.5) / KINDS) upTo += share[rows[next++]!]!;
      const row = rows[next]!;
      const i = KINDS * cell + kind;
      const back = DEVICE_EIGHT_BLOCKS_DBM - (sentDbm - level[row]!) - carrier.quietNoiseDbm;
      this.#level[i] = level[row]!;
      this.#signal[i] = 10 ** ((level[row]! - floor) / 10);
      this.#others[i] = 10 ** ((noise[row]! - floor) / 10);
      this.#back[i] = 10 ** (back / 10);
      this.#offTilt[i] = offTilt[row]!;
    }
  }

  #findNeighbours(cell: number, { starts, share, noise, others, otherLevels }: Coverage): void {
    const { frequencyMhz } = this.#city.cells[cell]!.carrier;
    const weight = new Map<number, number>();
    for (let row = starts[cell]!; row < starts[cell + 1]!; row++) {
      for (let i = OTHERS * row; i < OTHERS * (row + 1); i++) {
        const other = others[i]!;
        if (other < 0 || this.#city.cells[other]!.carrier.frequencyMhz !== frequencyMhz) continue;
        const part = share[row]! * Math.min(1, 10 ** ((otherLevels[i]! - noise[row]!) / 10));
        weight.set(other, (weight.get(other) ?? 0) + part);
      }
    }
    const most = [...weight].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, NEIGHBOURS);
    const sum = most.reduce((total, [, part]) => total + part, 0);
    most.forEach(([other, part], i) => {
      this.neighbours[NEIGHBOURS * cell + i] = other;
      this.neighbourShare[NEIGHBOURS * cell + i] = part / sum;
    });
  }

  #seeAsPlanned(cell: number): void {
    const service = newService();
    this.serve(cell, { ...NO_STRAIN, neighbourLoad: USUAL_LOAD }, service);
    this.#usualBits[cell] = service.planned;
  }
}

export const NO_STRAIN: Strain = {
  neighbourLoad: 0,
  dlLossDb: 0,
  ulLossDb: 0,
  ulNoiseDb: 0,
  tiltDeg: 0,
  guestShare: 0,
  guestLevelDbm: 0,
};

export function newService(): Service {
  return { down: 1, up: 1, planned: 1, lost: 0, rsrpDbm: 0, sinrDb: 0, cqi: 0 };
}
