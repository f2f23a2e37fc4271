// The radio samples of the pretend city, in the order of time: devices of people all day, and a car that drives two roads.

import { Conditions } from './conditions.ts';
import { ON_AIR } from './effects.ts';
import type { Era } from './era.ts';
import type { Happening } from './faults/happening.ts';
import { Air, type Heard } from './radio/air.ts';
import { shadow } from './radio/shadowing.ts';
import { Random } from './random.ts';
import { slotOfWeek, weekCurve } from './traffic/week.ts';
import type { City } from './world/city.ts';
import { ownTransmitters, RIVAL, rivalTransmitters } from './world/masts.ts';
import { type Point, toDegrees } from './world/places.ts';
import { SCENARIOS } from './world/scenarios.ts';
import { Settlement } from './world/settlement.ts';
import { ROADS, walk } from './world/terrain.ts';

export interface SentSample {
  /** Epoch milliseconds. */
  at: number;
  lat: number;
  lon: number;
  cell: string;
  operator: string;
  radio: 'LTE' | 'NR';
  band: string;
  kind: 'mdt' | 'drive';
  /** Null, −200 and −140 as devices write what they did not measure. */
  rsrpDbm: number | null;
  sinrDb: number | null;
  rsrqDb?: number;
  dlMbps?: number;
  indoor?: boolean;
}

/** Our own name, as the devices write it; none: the server takes samples without one as ours. */
export const OWN = '';
/** Of the samples, so many carry something else than a level. */
export const SENTINEL_SHARE = 0.012;

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Of the samples, where some have cards of both operators: about half of all neighbourhoods, and every weak place. */
const RIVAL_SHARE = 0.38;
const NEIGHBOURHOOD_KM = 1.1;
/** A device of ours that can do 5G measures it when it hears it at least so well. */
const NR_SHARE = 0.4;
const NR_FROM_DBM = -101;
/** Devices lose the network below; they cannot report from there. */
const DEAF_DBM = -127;
const DRIVE_STEP_KM = 0.025;
const DRIVE_KMH = 40;
const FADING_DB = 2.2;
/** MIMO and modulation: bit/s per hertz at most, and of the best of a carrier's speed at 18 dB. */
const MOST_BITS = 7.4;

export class Samples {
  readonly settlement: Settlement;
  readonly own: Air;
  readonly #rival: Air;
  readonly #seed: number;
  readonly #city: City;
  readonly #conditions: Conditions;
  readonly #perHour: number;
  readonly #periodMs: number;
  readonly #curve = weekCurve(3600);
  #atHome = 0;
  #atWork = 0;
  #nextHour: number;
  #queue: SentSample[] = [];

  /** `perDay` samples of a usual day; those after `from` (epoch milliseconds) are made. */
  constructor(seed: number, city: City, plan: readonly Happening[], era: Era, perDay: number, from: number) {
    this.#seed = seed;
    this.#city = city;
    this.settlement = new Settlement(city);
    this.own = new Air(seed, ownTransmitters(city), city.relief);
    this.#rival = new Air(seed ^ 0x5bd1, rivalTransmitters(seed, city), city.relief);
    this.#conditions = new Conditions(city.cells.length, plan, era.periodSeconds);
    this.#perHour = perDay / 24;
    this.#periodMs = 1000 * era.periodSeconds;
    this.#nextHour = Math.floor(from / HOUR);
    this.take(from);
  }

  /** Those that were measured since the last call, up to and at `until`. */
  take(until: number): SentSample[] {
    while (this.#nextHour * HOUR < until) this.#queue.push(...this.#hour(this.#nextHour++));
    let count = 0;
    while (count < this.#queue.length && this.#queue[count]!.at <= until) count++;
    return this.#queue.splice(0, count);
  }

  /** All of one hour; drawn from the hour alone, so that the same hour is the same whenever it is asked for. */
  #hour(hour: number): SentSample[] {
    const random = new Random(this.#seed, `samples:${hour}`);
    const slot = slotOfWeek((hour + 1) * HOUR, this.#curve);
    this.#atHome = this.#curve.home[slot]!;
    this.#atWork = this.#curve.business[slot]!;
    const crowd = 0.5 * (this.#atHome + this.#atWork);
    const count = this.#perHour > 0 ? random.poisson((this.#perHour * crowd) / 0.52) : 0;
    const devices = Array.from({ length: count }, () => ({
      at: hour * HOUR + 1 + random.below(HOUR),
      place: undefined as Point | undefined,
    }));
    const moments = [...devices, ...(this.#perHour > 0 ? drive(hour) : [])].sort((a, b) => a.at - b.at);
    return moments.flatMap(({ at, place }) => {
      this.#conditions.advance(Math.floor((at - 1) / this.#periodMs) * this.#periodMs);
      return place ? this.#fromCar(at, place, random) : this.#fromDevice(at, random);
    });
  }

  #fromDevice(at: number, random: Random): SentSample[] {
    const { settlement } = this;
    const isHome = random.uniform() < this.#atHome / (this.#atHome + this.#atWork);
    const block = isHome ? settlement.home(random) : settlement.work(random);
    const place = settlement.placeIn(block, random);
    const { scenario, weakName, thickDb: thick } = settlement.block(block);
    const { wallsDb: walls, insideShare } = SCENARIOS[scenario];
    const indoor = random.uniform() < (thick > 0 ? 0.92 : insideShare);
    const [median, spread] = walls;
    const wallsDb = indoor ? Math.max(2, median + thick + spread * random.normal()) : 0;
    const hasBoth = weakName !== undefined || shadow(place, this.#seed ^ 0x3c91, NEIGHBOURHOOD_KM) > 0;
    const isRival = random.uniform() < RIVAL_SHARE && hasBoth;
    const sample = isRival
      ? this.#write(at, place, this.#rival, 'LTE', wallsDb, random)
      : this.#onOurs(at, place, wallsDb, random);
    return sample ? [{ ...sample, kind: 'mdt', indoor }] : [];
  }

  #onOurs(at: number, place: Point, wallsDb: number, random: Random): Measured | undefined {
    if (random.uniform() < NR_SHARE) {
      const heard = this.own.listen(place, 'NR', this.#isOn, this.#load);
      // The higher the frequency, the thicker the wall.
      if (heard && heard.rsrpDbm - 1.4 * wallsDb >= NR_FROM_DBM) {
        return this.#write(at, place, this.own, 'NR', 1.4 * wallsDb, random, heard);
      }
    }
    return this.#write(at, place, this.own, 'LTE', wallsDb, random);
  }

  /** The car hears both operators at once. */
  #fromCar(at: number, place: Point, random: Random): SentSample[] {
    return [this.own, this.#rival].flatMap((air) => {
      const sample = this.#write(at, place, air, 'LTE', 0, random);
      return sample ? [{ ...sample, kind: 'drive' as const, indoor: false }] : [];
    });
  }

  /** What a device reports there; undefined where it hears nobody. */
  #write(
    at: number,
    place: Point,
    air: Air,
    radio: 'LTE' | 'NR',
    wallsDb: number,
    random: Random,
    known?: Heard,
  ): Measured | undefined {
    const isOurs = air === this.own;
    const isOn = isOurs ? this.#isOn : () => true;
    const load = isOurs ? this.#load : () => 0.2 + 0.3 * this.#atHome;
    const heard = known ?? air.listen(place, radio, isOn, load);
    if (!heard) return undefined;
    const rsrpDbm = Math.min(-45, heard.rsrpDbm - wallsDb + FADING_DB * random.normal());
    if (rsrpDbm < DEAF_DBM) return undefined;
    const { name, band } = air.transmitters[heard.best]!;
    const floorDb = rsrpDbm + 123;
    const sinrDb = Math.max(-18, Math.min(32, heard.sinrDb, floorDb) + 1.5 * random.normal());
    const sentinel = random.uniform();
    const isMeasured = sentinel >= SENTINEL_SHARE;
    const speed = speedMbps(isOurs ? this.#city.cells[heard.best]!.carrier.emptyDlMbps : 50, sinrDb, load(heard.best));
    return {
      ...{ at, ...toDegrees(place, this.#city.origin), cell: name, operator: isOurs ? OWN : RIVAL, radio, band },
      rsrpDbm: isMeasured ? tenth(rsrpDbm) : [null, null, -200, -140][Math.floor((4 * sentinel) / SENTINEL_SHARE)]!,
      sinrDb: isMeasured ? tenth(sinrDb) : null,
      ...(isMeasured ? { rsrqDb: tenth(rsrqDb(sinrDb, load(heard.best))) } : {}),
      // Few devices load something at the moment they measure.
      ...(isMeasured && random.uniform() < 0.3 ? { dlMbps: tenth(speed * random.between(0.7, 1.2)) } : {}),
    };
  }

  readonly #isOn = (index: number) => this.#conditions.effects.state[index] === ON_AIR;

  /** Part of the blocks in use at this hour. */
  readonly #load = (index: number) => {
    const { peakUsers, carrier, homeShare } = this.#city.cells[index]!;
    const busy = homeShare * this.#atHome + (1 - homeShare) * this.#atWork;
    return 1 - Math.exp((-peakUsers * busy) / carrier.fullUsers);
  };
}

type Measured = Omit<SentSample, 'kind' | 'indoor'>;

/** One road a week and weekday: the ring road on Tuesdays, the valley road on Thursdays, from ten in the morning. */
function drive(hour: number): { at: number; place: Point }[] {
  const day = Math.floor(hour / 24);
  // 1970-01-01 was a Thursday.
  const weekday = (day + 4) % 7;
  const road = weekday === 2 ? ROADS[0] : weekday === 4 ? ROADS[1] : undefined;
  if (!road) return [];
  const start = day * DAY + 10 * HOUR;
  return walk(road.way, DRIVE_STEP_KM)
    .map((place, step) => ({ at: start + Math.round(((step + 1) * DRIVE_STEP_KM * HOUR) / DRIVE_KMH), place }))
    .filter(({ at }) => Math.floor((at - 1) / HOUR) === hour);
}

/** Shannon's bound, cut where modulation ends, against the speed of a good place; falls with load as real cells do. */
function speedMbps(emptyMbps: number, sinrDb: number, load: number): number {
  const bits = Math.min(MOST_BITS, Math.log2(1 + 10 ** (sinrDb / 10)));
  return 1.4 * emptyMbps * (bits / MOST_BITS) * (1 - 0.8 * load);
}

/**
 * RSRQ = N × RSRP / RSSI (TS 36.214 5.1.3): of a block's twelve elements two carry the reference, the others what the cell
 * sends, and on top of these lies all that SINR stands against.
 */
function rsrqDb(sinrDb: number, load: number): number {
  const own = (2 + 10 * load) / 12;
  return -10 * Math.log10(12 * (own + 10 ** (-sinrDb / 10)));
}

function tenth(value: number): number {
  return Math.round(10 * value) / 10;
}

/** One sample a line; an empty operator is left out. */
export function samplesNdjson(samples: readonly SentSample[]): Uint8Array {
  const lines = samples.map(({ operator, ...rest }) => JSON.stringify(operator === '' ? rest : { ...rest, operator }));
  return new TextEncoder().encode(lines.map((line) => `${line}\n`).join(''));
}
