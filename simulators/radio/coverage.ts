// Who serves whom in the pretend network: for every place with people the best cells, and of every cell the users that it has.

import type { Radio } from '../../server/model/cell.ts';
import { Random } from '../random.ts';
import type { City } from '../world/city.ts';
import { ownTransmitters } from '../world/masts.ts';
import { SCENARIOS } from '../world/scenarios.ts';
import { Air } from './air.ts';
import { Columns, type Coverage, OTHERS } from './coverage-columns.ts';
import { DEVICE_HEIGHT_M } from './path-loss.ts';

/** Weaker than this a device does not stay on a cell, dBm. */
export const ATTACH_DBM: Record<Radio, number> = { LTE: -119, NR: -105, UMTS: -115, GSM: -104 };
/** Devices that can do 5G, and those that can do no better than the old radios. */
const DEVICES: Record<Radio, number> = { LTE: 1, NR: 0.4, UMTS: 0.15, GSM: 0.1 };
/** −200 dBm, where no other cell is heard, mW. */
const SILENCE = 1e-20;
/** The higher the frequency, the thicker the wall. */
const wallFactor = (frequencyMhz: number) => (frequencyMhz > 3000 ? 1.4 : frequencyMhz > 2000 ? 1.1 : 1);

export function mapCoverage(seed: number, city: City): Coverage {
  const survey = new Survey(seed, city);
  for (let place = 0; place < city.ground.size; place++) survey.visit(place);
  return survey.bySite();
}

/** Walks over the ground and writes down who is heard where. */
class Survey {
  readonly #seed: number;
  readonly #city: City;
  readonly #air: Air;
  readonly #radios: readonly Radio[];
  readonly #columns = new Columns();
  /** The place where each cell is heard best, for those that are nowhere the best. */
  readonly #bestLevel: Float32Array;
  readonly #bestPlace: Int32Array;
  readonly #isServing: Uint8Array;

  constructor(seed: number, city: City) {
    this.#seed = seed;
    this.#city = city;
    this.#air = new Air(seed, ownTransmitters(city), city.relief);
    this.#radios = [...new Set(city.cells.map(({ cell }) => cell.radio))];
    this.#bestLevel = new Float32Array(city.cells.length).fill(-200);
    this.#bestPlace = new Int32Array(city.cells.length).fill(-1);
    this.#isServing = new Uint8Array(city.cells.length);
  }

  visit(place: number): void {
    this.#listen(place);
    const { ground } = this.#city;
    const { homes, jobs } = ground.block(place);
    for (const radio of this.#radios) {
      const ranking = this.#rank(radio);
      const best = ranking[0];
      if (best === undefined || this.#air.levels[best]! < ATTACH_DBM[radio]) continue;
      this.#isServing[this.#air.heard[best]!] = 1;
      this.#write(place, best, ranking, DEVICES[radio] * Math.max(1e-6, homes + jobs));
    }
    for (let i = 0; i < this.#air.count; i++) {
      const cell = this.#air.heard[i]!;
      if (this.#air.levels[i]! <= this.#bestLevel[cell]!) continue;
      this.#bestLevel[cell] = this.#air.levels[i]!;
      this.#bestPlace[cell] = place;
    }
  }

  /** A cell that is nowhere the best still has somebody now and then: where it is heard best. */
  bySite(): Coverage {
    for (let cell = 0; cell < this.#isServing.length; cell++) {
      if (this.#isServing[cell] === 1) continue;
      if (this.#bestPlace[cell]! < 0) this.#columns.addAlone(cell);
      else this.#visitAsSecond(cell);
    }
    return this.#columns.sorted(this.#city.cells.length);
  }

  #visitAsSecond(cell: number): void {
    this.#listen(this.#bestPlace[cell]!);
    const own = this.#air.heard.subarray(0, this.#air.count).indexOf(cell);
    const ranking = this.#rank(this.#air.transmitters[cell]!.radio).filter((i) => i !== own);
    this.#write(this.#bestPlace[cell]!, own, [own, ...ranking], 1);
  }

  /** Levels as the people of the place get them: most sit in something. */
  #listen(place: number): void {
    const { ground, sites, cells } = this.#city;
    const { centre, site, scenario, thickDb } = ground.block(place);
    const { insideShare, wallsDb } = SCENARIOS[scenario];
    const building = scenario === 'indoor' ? sites[site]!.id : '';
    this.#air.hear(centre, building);
    const random = new Random(this.#seed, `walls:${place}`);
    const isInside = random.uniform() < (thickDb > 0 ? 0.92 : insideShare);
    const walls = isInside ? Math.max(2, wallsDb[0] + thickDb + wallsDb[1] * random.normal()) : 0;
    for (let i = 0; i < this.#air.count; i++) {
      const { carrier, site: own } = cells[this.#air.heard[i]!]!;
      if (building === '' || own !== site) this.#air.levels[i]! -= walls * wallFactor(carrier.frequencyMhz);
    }
  }

  /** Positions in what is heard, of one radio, best first: as many as could matter. */
  #rank(radio: Radio): number[] {
    const { heard, levels, transmitters, count } = this.#air;
    const best: number[] = [];
    for (let i = 0; i < count; i++) {
      if (transmitters[heard[i]!]!.radio !== radio) continue;
      let at = best.length;
      while (at > 0 && levels[best[at - 1]!]! < levels[i]!) at--;
      if (at >= 2 * OTHERS) continue;
      best.splice(at, 0, i);
      if (best.length > 2 * OTHERS) best.pop();
    }
    return best;
  }

  #write(place: number, own: number, ranking: readonly number[], weight: number): void {
    const { heard, levels, transmitters, count } = this.#air;
    const cell = heard[own]!;
    const { frequencyMhz, heightM, tiltDeg, place: mast } = transmitters[cell]!;
    let noise = 0;
    for (let i = 0; i < count; i++) {
      // Of a cell that is nowhere the best, nobody uses the places that a stronger one drowns.
      if (i === own || levels[i]! > levels[own]! || transmitters[heard[i]!]!.frequencyMhz !== frequencyMhz) continue;
      noise += 10 ** (levels[i]! / 10);
    }
    const { centre } = this.#city.ground.block(place);
    const metres = 1000 * Math.hypot(centre.eastKm - mast.eastKm, centre.northKm - mast.northKm);
    const offTilt = (Math.atan2(heightM - DEVICE_HEIGHT_M, metres) * 180) / Math.PI - tiltDeg;
    const row = this.#columns.add(cell, weight, levels[own]!, 10 * Math.log10(Math.max(noise, SILENCE)), offTilt);
    for (const [rank, i] of this.#others(own, ranking).entries()) {
      this.#columns.setOther(row, rank, heard[i]!, levels[i]!);
    }
  }

  #others(own: number, ranking: readonly number[]): number[] {
    const { heard, levels, transmitters } = this.#air;
    const { siteId, radio } = transmitters[heard[own]!]!;
    let mates = 0;
    const same = ranking.filter((i) => {
      if (i === own || levels[i]! < ATTACH_DBM[radio]) return false;
      return transmitters[heard[i]!]!.siteId !== siteId || mates++ === 0;
    });
    const older = radio === 'LTE' ? 'UMTS' : 'LTE';
    const fallback = this.#radios.includes(older) ? this.#rank(older)[0] : undefined;
    const isUseful = fallback !== undefined && levels[fallback]! >= ATTACH_DBM[transmitters[heard[fallback]!]!.radio];
    return isUseful ? [...same.slice(0, OTHERS - 1), fallback] : same.slice(0, OTHERS);
  }
}
