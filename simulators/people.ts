// The people of the pretend city: where they live and work, which cells serve them there, and what they pay and use.

import type { Air } from './radio/air.ts';
import { Random } from './random.ts';
import { at, type Point } from './world/places.ts';
import type { Settlement } from './world/settlement.ts';

export interface Person {
  /** The operator's own id: 11 digits of a range that is given to nobody. */
  id: string;
  home: Point;
  /** Name of the district of the home, and of the weak place it lies in. */
  district: string;
  weak?: string;
  /** Cell ids, each once, with their parts of the person's use; their sum is 1. */
  served: { cell: string; share: number }[];
  /** Level at home, indoors, of the best LTE cell, dBm. */
  homeDbm: number;
  tier: string;
  plan: string;
  price: number;
  tenureMonths: number;
  monthlySpend: number;
  /** Of a usual month. */
  minutes: number;
  dataGb: number;
}

/** No country has the calling code 990. */
const RANGE = '990';
const MOST_CELLS = 9;
const WORKERS = 0.6;
const HAS_5G = 0.4;
const PLANS = [
  { plan: 'Basic 5 GB', price: 12, dataGb: 3 },
  { plan: 'Flat 20 GB', price: 20, dataGb: 11 },
  { plan: 'Unlimited', price: 32, dataGb: 24 },
  { plan: '5G Unlimited', price: 42, dataGb: 38 },
  { plan: 'Family', price: 60, dataGb: 30 },
] as const;
const PLAN_UP_TO = [0.28, 0.6, 0.82, 0.93, 1];
/** By spend × tenure, lowest first, and the share of people up to there; who is new has none. */
const TIERS = [
  ['1', 0.26],
  ['2', 0.52],
  ['3', 0.73],
  ['4', 0.87],
  ['silver', 0.945],
  ['gold', 0.983],
  ['diamond', 1],
] as const;
const RATED_FROM_MONTHS = 6;

/** So many people, the same for the same seed; each drawn alone, so that more of them change none. */
export function buildPeople(seed: number, count: number, settlement: Settlement, air: Air): Person[] {
  const people = Array.from({ length: count }, (_, index) => onePerson(seed, index, settlement, air));
  rate(people);
  return people;
}

function onePerson(seed: number, index: number, settlement: Settlement, air: Air): Person {
  const random = new Random(seed, `person:${index}`);
  const block = settlement.home(random);
  const home = settlement.placeIn(block, random);
  const { district, weakName: weak, thickDb } = settlement.block(block);
  const work = random.uniform() < WORKERS ? settlement.placeIn(settlement.work(random), random) : undefined;
  const served = exposure(home, work, random.uniform() < HAS_5G, random, air);
  const level = random.uniform();
  const { plan, price, dataGb } = PLANS[PLAN_UP_TO.findIndex((upTo) => level < upTo)]!;
  const wallsDb = 8 + thickDb;
  const best = air.strongest(home, 12).find(([cell]) => air.transmitters[cell]!.radio === 'LTE');
  return {
    id: `${RANGE}${String((index * 48_271 + 10_000_019) % 100_000_000).padStart(8, '0')}`,
    home,
    district,
    weak,
    served,
    homeDbm: (best?.[1] ?? -140) - wallsDb,
    tier: 'unrated',
    plan,
    price,
    tenureMonths: Math.min(240, Math.floor(-60 * Math.log(1 - random.uniform()))),
    monthlySpend: cents(price * (1 + 0.35 * Math.abs(random.normal()) * random.uniform())),
    minutes: Math.round(160 * Math.exp(0.8 * random.normal())),
    dataGb: cents(dataGb * Math.exp(0.5 * random.normal())),
  };
}

/** The operator's own levels go by what a person has paid and how long. */
function rate(people: readonly Person[]): void {
  const rated = people.filter(({ tenureMonths }) => tenureMonths >= RATED_FROM_MONTHS);
  const worth = ({ monthlySpend, tenureMonths }: Person) => monthlySpend * (24 + tenureMonths);
  rated.sort((a, b) => worth(a) - worth(b) || (a.id < b.id ? -1 : 1));
  rated.forEach((person, rank) => {
    person.tier = TIERS.find(([, upTo]) => (rank + 0.5) / rated.length < upTo)![0];
  });
}

/** Home, work and the way between, in whole thousandths that sum to 1. */
function exposure(home: Point, work: Point | undefined, has5g: boolean, random: Random, air: Air): Person['served'] {
  const parts = new Map<number, number>();
  const homePart = work ? random.between(0.45, 0.6) : random.between(0.82, 0.94);
  spread(parts, home, homePart, 3, has5g, air);
  if (work) spread(parts, work, random.between(0.3, 0.38), 3, has5g, air);
  const other = work ?? at(home.eastKm + random.between(-1, 1), home.northKm + random.between(-1, 1));
  const way = at((home.eastKm + other.eastKm) / 2, (home.northKm + other.northKm) / 2);
  const left = 1 - [...parts.values()].reduce((sum, part) => sum + part, 0);
  spread(parts, way, left, 1, false, air);
  const all = [...parts].sort((a, b) => b[1] - a[1]).slice(0, MOST_CELLS);
  const total = all.reduce((sum, [, part]) => sum + part, 0);
  const thousandths = all.map(([, part]) => Math.max(1, Math.round((1000 * part) / total)));
  if (thousandths.length > 0) thousandths[0]! += 1000 - thousandths.reduce((sum, part) => sum + part, 0);
  return all.map(([cell], i) => ({ cell: air.transmitters[cell]!.name, share: thousandths[i]! / 1000 }));
}

/** A part of one's use at a place falls on the cells heard best there; 5G takes half of it where it is good. */
function spread(parts: Map<number, number>, place: Point, part: number, most: number, has5g: boolean, air: Air): void {
  const heard = air.strongest(place, 30).filter(([, level]) => level > Number.NEGATIVE_INFINITY);
  const nr = heard.find(([cell, level]) => air.transmitters[cell]!.radio === 'NR' && level > -95);
  const lte = heard.filter(([cell]) => air.transmitters[cell]!.radio === 'LTE').slice(0, most);
  const near = lte.filter(([, level]) => level > (lte[0]?.[1] ?? 0) - 8);
  const weights = near.map(([, level]) => 10 ** ((level - near[0]![1]) / 7));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const toNr = nr && has5g ? 0.5 : 0;
  if (nr && toNr > 0) parts.set(nr[0], (parts.get(nr[0]) ?? 0) + part * toNr);
  near.forEach(([cell], i) => {
    parts.set(cell, (parts.get(cell) ?? 0) + (part * (1 - toNr) * weights[i]!) / sum);
  });
}

export function cents(value: number): number {
  return Math.round(100 * value) / 100;
}
