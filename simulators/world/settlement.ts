// Where people of the pretend city live and work: blocks of houses around the sites, and the weak places, weighed by how many.

import { shadow } from '../radio/shadowing.ts';
import type { Random } from '../random.ts';
import type { City } from './city.ts';
import { at, isLand, type Point } from './places.ts';
import type { ScenarioName } from './scenarios.ts';
import { isIn, WEAK_PLACES } from './terrain.ts';

/** About the width of an H3 hexagon of resolution 10. */
const BLOCK_KM = 0.13;
/** How far from its site a neighbourhood reaches, and how many people a block has beside one in a suburb. */
const REACH_KM: Record<ScenarioName, number> = { 'dense-urban': 0.48, suburb: 0.46, rural: 0.3 };
const DENSITY: Record<ScenarioName, number> = { 'dense-urban': 1.8, suburb: 1, rural: 0.7 };
/** Beyond the neighbourhoods somebody passes by now and then. */
const OUTSKIRTS = 0.015;

export interface Block {
  centre: Point;
  district: string;
  scenario: ScenarioName;
  /** Name of the weak place it belongs to. */
  weak?: string;
  homes: number;
  jobs: number;
}

export class Settlement {
  readonly blocks: readonly Block[];
  readonly #homes: Float64Array;
  readonly #jobs: Float64Array;

  constructor(seed: number, city: City) {
    this.blocks = [...blocksOf(seed, city)];
    this.#homes = sums(this.blocks.map(({ homes }) => homes));
    this.#jobs = sums(this.blocks.map(({ jobs }) => jobs));
  }

  /** Index of a block, by how many live there. */
  home(random: Random): number {
    return pick(this.#homes, random);
  }

  /** Index of a block, by how many work there. */
  work(random: Random): number {
    return pick(this.#jobs, random);
  }

  /** Somewhere in a block, on land. */
  placeIn(block: number, random: Random): Point {
    const { centre } = this.blocks[block]!;
    const reach = 0.46 * BLOCK_KM;
    return at(centre.eastKm + random.between(-reach, reach), centre.northKm + random.between(-reach, reach));
  }
}

function* blocksOf(seed: number, city: City): Generator<Block> {
  const seen = new Set<string>();
  for (const { place } of city.sites) {
    for (let east = grid(place.eastKm - 1.2); east <= place.eastKm + 1.2; east += BLOCK_KM) {
      for (let north = grid(place.northKm - 1.2); north <= place.northKm + 1.2; north += BLOCK_KM) {
        const centre = at(grid(east), grid(north));
        const key = `${Math.round(centre.eastKm / BLOCK_KM)},${Math.round(centre.northKm / BLOCK_KM)}`;
        if (seen.has(key) || !isLand(centre) || WEAK_PLACES.some(({ patch }) => isIn(centre, patch))) continue;
        seen.add(key);
        yield blockAt(seed, city, centre);
      }
    }
  }
  for (const { name, district, patch, homes } of WEAK_PLACES) {
    const scenario = city.sites.find((site) => site.district.en === district)?.district.scenario;
    if (!scenario) continue;
    for (let east = grid(patch.west) + BLOCK_KM; east <= patch.east; east += BLOCK_KM) {
      for (let north = grid(patch.south) + BLOCK_KM; north <= patch.north; north += BLOCK_KM) {
        yield { centre: at(east, north), district, scenario, weak: name, homes, jobs: 0.2 * homes };
      }
    }
  }
}

/** Houses stand around the nearest site, ragged at the edge, more here and fewer there. */
function blockAt(seed: number, city: City, centre: Point): Block {
  let nearest = city.sites[0]!;
  let nearestKm = Number.POSITIVE_INFINITY;
  for (const site of city.sites) {
    const km = Math.hypot(site.place.eastKm - centre.eastKm, site.place.northKm - centre.northKm);
    if (km < nearestKm) [nearest, nearestKm] = [site, km];
  }
  const { en, scenario, homeShare } = nearest.district;
  const reach = REACH_KM[scenario] * (1 + 0.25 * shadow(centre, seed ^ 0x51ed, 0.9));
  const crowd = Math.max(0.35, 1 + 0.4 * shadow(centre, seed ^ 0x7a21, 0.5));
  const density = nearestKm <= reach ? DENSITY[scenario] * crowd : OUTSKIRTS;
  return { centre, district: en, scenario, homes: density * homeShare, jobs: density * (1 - homeShare) };
}

function grid(km: number): number {
  return BLOCK_KM * Math.round(km / BLOCK_KM);
}

function sums(weights: readonly number[]): Float64Array {
  let sum = 0;
  return Float64Array.from(weights, (weight) => (sum += weight));
}

/** Index by weight, from the sums up to each; binary search. */
function pick(upTo: Float64Array, random: Random): number {
  const wanted = random.uniform() * upTo.at(-1)!;
  let low = 0;
  let high = upTo.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (upTo[middle]! > wanted) high = middle;
    else low = middle + 1;
  }
  return low;
}
