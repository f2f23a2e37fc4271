// What a device hears at a place: the level of every carrier around it, the best one, and the noise of the others.

import { isLand, type Point } from '../world/places.ts';
import type { ScenarioName } from '../world/scenarios.ts';
import { crossing, RIDGES } from '../world/terrain.ts';
import { crestLossDb, elementPowerDbm, pathLossDb, patternDb, seaLossDb } from './propagation.ts';
import { shadow } from './shadowing.ts';

/** One antenna on the air. */
export interface Transmitter {
  /** As samples name it. */
  name: string;
  siteId: string;
  place: Point;
  radio: 'LTE' | 'NR';
  band: string;
  scenario: ScenarioName;
  azimuthDeg: number;
  tiltDeg: number;
  heightM: number;
  frequencyMhz: number;
  bandwidthMhz: number;
  powerDbm: number;
}

export interface Heard {
  /** Index into the transmitters. */
  best: number;
  rsrpDbm: number;
  sinrDb: number;
}

interface Mast {
  place: Point;
  heightM: number;
  key: number;
  members: number[];
}

/** Farther away nothing is heard above the noise, but from a height over water. */
const EARSHOT_KM = 7;
const SEA_EARSHOT_KM = 13;
/** Spread of the shadows, dB, and the part of it that all sites share because it is made by what stands at the place. */
const SHADOW_DB: Record<ScenarioName, number> = { 'dense-urban': 4.5, suburb: 4.5, rural: 5 };
const SHARED = 0.45;
/** Thermal noise on one resource element (15 and 30 kHz) with a receiver of 9 dB, dBm. */
const NOISE_DBM = { LTE: -123, NR: -120 };
/** Of the way, so much must be water for the wave to see nothing else; and only from a height is the other shore in sight. */
const MOSTLY_WATER = 0.6;
const SEA_VIEW_M = 70;

export class Air {
  readonly transmitters: readonly Transmitter[];
  readonly #masts: Mast[];
  readonly #powerDbm: Float64Array;
  /** Level of each transmitter at the place last listened at, dBm; −Infinity beyond earshot. */
  readonly #levels: Float64Array;
  #place: Point | undefined;
  readonly #seed: number;

  constructor(seed: number, transmitters: readonly Transmitter[]) {
    this.transmitters = transmitters;
    this.#seed = seed;
    this.#masts = mastsOf(seed, transmitters);
    this.#powerDbm = Float64Array.from(transmitters, (t) => elementPowerDbm(t.radio, t.powerDbm, t.bandwidthMhz));
    this.#levels = new Float64Array(transmitters.length);
  }

  /**
   * Best server of one technology at a place, outdoors; undefined where none is on the air within earshot.
   * `isOn` and `load` (0…1) are asked by index; noise is the sum of the others of the same frequency, by their load.
   */
  listen(
    place: Point,
    radio: 'LTE' | 'NR',
    isOn: (index: number) => boolean,
    load: (index: number) => number,
  ): Heard | undefined {
    this.#fill(place);
    const levels = this.#levels;
    let best = -1;
    for (let i = 0; i < levels.length; i++) {
      if (this.transmitters[i]!.radio !== radio || !isOn(i)) continue;
      if (levels[i]! > (best < 0 ? Number.NEGATIVE_INFINITY : levels[best]!)) best = i;
    }
    if (best < 0) return undefined;
    const { frequencyMhz } = this.transmitters[best]!;
    let noise = 10 ** (NOISE_DBM[radio] / 10);
    for (let i = 0; i < levels.length; i++) {
      if (i === best || levels[i]! < -135 || this.transmitters[i]!.frequencyMhz !== frequencyMhz || !isOn(i)) continue;
      noise += load(i) * 10 ** (levels[i]! / 10);
    }
    return { best, rsrpDbm: levels[best]!, sinrDb: levels[best]! - 10 * Math.log10(noise) };
  }

  /** The strongest transmitters of all technologies at the place last listened at, best first: pairs of index and level. */
  strongest(place: Point, most: number): [index: number, levelDbm: number][] {
    this.#fill(place);
    return Array.from(this.#levels, (level, index): [number, number] => [index, level])
      .sort((a, b) => b[1] - a[1])
      .slice(0, most);
  }

  #fill(place: Point): void {
    if (place === this.#place) return;
    this.#place = place;
    this.#levels.fill(Number.NEGATIVE_INFINITY);
    const shared = Math.sqrt(SHARED) * shadow(place, this.#seed);
    for (const mast of this.#masts) {
      const east = place.eastKm - mast.place.eastKm;
      const north = place.northKm - mast.place.northKm;
      const distanceKm = Math.hypot(east, north);
      if (distanceKm > (mast.heightM >= SEA_VIEW_M ? SEA_EARSHOT_KM : EARSHOT_KM)) continue;
      const shade = shared + Math.sqrt(1 - SHARED) * shadow(place, mast.key);
      const isOverSea = mast.heightM >= SEA_VIEW_M && waterShare(mast.place, place) >= MOSTLY_WATER;
      const bearingDeg = (Math.atan2(east, north) * 180) / Math.PI;
      let last: { heightM: number; frequencyMhz: number; loss: number } | undefined;
      for (const index of mast.members) {
        const own = this.transmitters[index]!;
        if (last?.heightM !== own.heightM || last.frequencyMhz !== own.frequencyMhz) {
          last = {
            heightM: own.heightM,
            frequencyMhz: own.frequencyMhz,
            loss: lossTo(own, place, distanceKm, isOverSea),
          };
        }
        const dipDeg = (Math.atan2(own.heightM - 1.5, 1000 * distanceKm) * 180) / Math.PI;
        const off = Math.abs(((bearingDeg - own.azimuthDeg + 540) % 360) - 180);
        const gain = patternDb(off, dipDeg - own.tiltDeg);
        this.#levels[index] = this.#powerDbm[index]! + gain - last.loss + SHADOW_DB[own.scenario] * shade;
      }
    }
  }
}

function lossTo(own: Transmitter, place: Point, distanceKm: number, isOverSea: boolean): number {
  const metres = 1000 * distanceKm;
  const { heightM, frequencyMhz } = own;
  const land = pathLossDb(own.scenario, metres, heightM, frequencyMhz);
  let loss = isOverSea ? Math.min(land, seaLossDb(metres, heightM, frequencyMhz)) : land;
  let worst = 0;
  for (const ridge of RIDGES) {
    const along = crossing(own.place, place, ridge);
    if (along < 0) continue;
    worst = Math.max(worst, crestLossDb(ridge.heightM, heightM, along * metres, (1 - along) * metres, frequencyMhz));
  }
  loss += worst;
  return loss;
}

function waterShare(from: Point, to: Point): number {
  let wet = 0;
  for (let step = 1; step <= 9; step++) {
    const share = step / 10;
    const eastKm = from.eastKm + share * (to.eastKm - from.eastKm);
    const northKm = from.northKm + share * (to.northKm - from.northKm);
    if (!isLand({ eastKm, northKm })) wet++;
  }
  return wet / 9;
}

function mastsOf(seed: number, transmitters: readonly Transmitter[]): Mast[] {
  const masts = new Map<string, Mast>();
  transmitters.forEach(({ siteId, place, heightM }, index) => {
    let mast = masts.get(siteId);
    if (!mast) {
      mast = { place, heightM, key: (seed + 1 + masts.size) * 0x9e3779b9, members: [] };
      masts.set(siteId, mast);
    }
    mast.members.push(index);
  });
  return [...masts.values()];
}
