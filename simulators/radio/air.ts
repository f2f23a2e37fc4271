// What a device hears at a place: the level of every carrier around it, the best one, and the noise of the others.

import type { Radio } from '../../server/model/cell.ts';
import type { Point } from '../world/places.ts';
import { OPEN_PLAIN, type Relief } from '../world/relief.ts';
import type { Scenario } from '../world/scenarios.ts';
import { elementPowerDbm, patternDb } from './antenna.ts';
import { DEVICE_HEIGHT_M, losChance, losLossDb, nlosLossDb, type Path, SHADOW_DB, wallLossDb } from './path-loss.ts';
import { Reach } from './reach.ts';
import { shadow, upTo } from './shadowing.ts';

/** One antenna on the air. */
export interface Transmitter {
  /** As samples name it. */
  name: string;
  siteId: string;
  place: Point;
  radio: Radio;
  band: string;
  scenario: Scenario;
  azimuthDeg: number;
  tiltDeg: number;
  heightM: number;
  frequencyMhz: number;
  bandwidthMhz: number;
  powerDbm: number;
  /** Farther away nobody hears it. */
  earshotKm: number;
}

export interface Heard {
  /** Index into the transmitters. */
  best: number;
  rsrpDbm: number;
  sinrDb: number;
}

interface Mast {
  place: Point;
  earshotKm: number;
  key: number;
  members: number[];
}

/** The part of the shadows that all sites share because it is made by what stands at the place. */
const SHARED = 0.45;
/** How far one stays in sight of an antenna, or out of it. */
const SIGHT_KM = 0.06;
/** Thermal noise on one resource element (15 and 30 kHz) with a receiver of 9 dB, dBm. */
export const NOISE_DBM: Record<Radio, number> = { LTE: -123, NR: -120, UMTS: -123, GSM: -123 };
/** Weaker than this nobody hears, nor is disturbed by it. */
const INAUDIBLE_DBM = -135;
/** Anywhere but in its own building an indoor antenna is heard through walls and floors, dB. */
const FLOORS_DB = 18;

export class Air {
  readonly transmitters: readonly Transmitter[];
  /** What was heard at the place last listened at: indexes of transmitters and their levels, dBm. */
  readonly heard: Int32Array;
  readonly levels: Float64Array;
  count = 0;
  readonly #masts: Mast[];
  readonly #reach: Reach;
  readonly #powerDbm: Float64Array;
  readonly #seed: number;
  readonly #relief: Relief;
  #place: Point | undefined;
  #building = '';

  constructor(seed: number, transmitters: readonly Transmitter[], relief: Relief = OPEN_PLAIN) {
    this.transmitters = transmitters;
    this.#seed = seed;
    this.#relief = relief;
    this.#masts = mastsOf(seed, transmitters);
    this.#reach = new Reach(this.#masts);
    this.#powerDbm = Float64Array.from(transmitters, ({ radio, powerDbm, bandwidthMhz, scenario }) =>
      elementPowerDbm(radio, powerDbm, bandwidthMhz, scenario.name === 'indoor'),
    );
    this.heard = new Int32Array(transmitters.length);
    this.levels = new Float64Array(transmitters.length);
  }

  /**
   * Best server of one technology at a place, outdoors; undefined where none is on the air within earshot.
   * `isOn` and `load` (0…1) are asked by index; noise is the sum of the others of the same frequency, by their load.
   */
  listen(
    place: Point,
    radio: Radio,
    isOn: (index: number) => boolean,
    load: (index: number) => number,
  ): Heard | undefined {
    this.hear(place);
    const { heard, levels } = this;
    let best = -1;
    for (let i = 0; i < this.count; i++) {
      if (this.transmitters[heard[i]!]!.radio !== radio || !isOn(heard[i]!)) continue;
      if (best < 0 || levels[i]! > levels[best]!) best = i;
    }
    if (best < 0) return undefined;
    const { frequencyMhz } = this.transmitters[heard[best]!]!;
    let noise = 10 ** (NOISE_DBM[radio] / 10);
    for (let i = 0; i < this.count; i++) {
      const other = heard[i]!;
      if (i === best || this.transmitters[other]!.frequencyMhz !== frequencyMhz || !isOn(other)) continue;
      noise += load(other) * 10 ** (levels[i]! / 10);
    }
    return { best: heard[best]!, rsrpDbm: levels[best]!, sinrDb: levels[best]! - 10 * Math.log10(noise) };
  }

  /** The strongest transmitters of all technologies at a place, best first: pairs of index and level. */
  strongest(place: Point, most: number): [index: number, levelDbm: number][] {
    this.hear(place);
    return Array.from({ length: this.count }, (_, i): [number, number] => [this.heard[i]!, this.levels[i]!])
      .sort((a, b) => b[1] - a[1] || a[0] - b[0])
      .slice(0, most);
  }

  /** Fills `heard`, `levels` and `count` for a place, within the building of the indoor site of that id if one is named. */
  hear(place: Point, building = ''): void {
    if (place === this.#place && building === this.#building) return;
    this.#place = place;
    this.#building = building;
    this.count = 0;
    const shared = Math.sqrt(SHARED) * shadow(place, this.#seed);
    const { masts, from, to } = this.#reach.at(place);
    for (let i = from; i < to; i++) this.#hearMast(this.#masts[masts[i]!]!, place, shared, building);
  }

  #hearMast(mast: Mast, place: Point, shared: number, building: string): void {
    const east = place.eastKm - mast.place.eastKm;
    const north = place.northKm - mast.place.northKm;
    const distanceKm = Math.sqrt(east * east + north * north);
    if (distanceKm > mast.earshotKm) return;
    const shade = (shared + Math.sqrt(1 - SHARED) * shadow(place, mast.key)) / 0.8;
    const bearingDeg = (Math.atan2(east, north) * 180) / Math.PI;
    let last: { heightM: number; frequencyMhz: number; lossDb: number; dipDeg: number } | undefined;
    for (const index of mast.members) {
      const own = this.transmitters[index]!;
      if (last?.heightM !== own.heightM || last.frequencyMhz !== own.frequencyMhz) {
        const { heightM, frequencyMhz } = own;
        const dipDeg = (Math.atan2(heightM - DEVICE_HEIGHT_M, 1000 * distanceKm) * 180) / Math.PI;
        last = { heightM, frequencyMhz, lossDb: this.#lossDb(own, mast, place, distanceKm, shade, building), dipDeg };
      }
      const isRound = own.scenario.sectors === 1;
      const off = isRound ? 0 : Math.abs(((bearingDeg - own.azimuthDeg + 540) % 360) - 180);
      const level = this.#powerDbm[index]! + (isRound ? 0 : patternDb(off, last.dipDeg - own.tiltDeg)) - last.lossDb;
      if (level < INAUDIBLE_DBM) continue;
      this.heard[this.count] = index;
      this.levels[this.count++] = level;
    }
  }

  /** With or without sight of the antenna, as chance and distance have it; the same for all who stand close together. */
  #lossDb(own: Transmitter, { key }: Mast, place: Point, distanceKm: number, shade: number, building: string): number {
    const { scenario, heightM, frequencyMhz } = own;
    const isElsewhere = scenario.model === 'InH' && building !== own.siteId;
    const model = isElsewhere ? 'UMi' : scenario.model;
    const path: Path = { model, distanceM: 1000 * distanceKm, heightM, frequencyMhz, housesM: scenario.housesM };
    const relief = this.#relief;
    const crestDb = relief.crestDb(own.place, place, path);
    const chance = crestDb > 0 || isElsewhere ? 0 : losChance(model, path.distanceM);
    const isSeen = chance > 0.02 && upTo(shadow(place, key ^ 0x2c1b, SIGHT_KM) / 0.8) < chance;
    const [clear, hidden] = SHADOW_DB[model];
    const loss = relief.groundDb(own.place, place, path, isSeen ? losLossDb(path) : nlosLossDb(path), isSeen);
    const walls = isElsewhere ? FLOORS_DB + wallLossDb(frequencyMhz) : 0;
    return loss + crestDb + walls - relief.shadowShare * (isSeen ? clear : hidden) * shade;
  }
}

function mastsOf(seed: number, transmitters: readonly Transmitter[]): Mast[] {
  const masts = new Map<string, Mast>();
  transmitters.forEach(({ siteId, place, earshotKm }, index) => {
    let mast = masts.get(siteId);
    if (!mast) {
      mast = { place, earshotKm, key: (seed + 1 + masts.size) * 0x9e3779b9, members: [] };
      masts.set(siteId, mast);
    }
    mast.earshotKm = Math.max(mast.earshotKm, earshotKm);
    mast.members.push(index);
  });
  return [...masts.values()];
}
