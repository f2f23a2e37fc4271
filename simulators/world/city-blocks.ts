// The blocks of houses of the pretend city, around its sites and in its weak places.

import { shadow } from '../radio/shadowing.ts';
import type { Site } from './city.ts';
import { type Block, Ground } from './ground.ts';
import { at, isLand, type Point } from './places.ts';
import { SCENARIOS } from './scenarios.ts';
import { isIn, thickWallsDb, WEAK_PLACES } from './terrain.ts';

/** About the width of an H3 hexagon of resolution 10. */
const BLOCK_KM = 0.13;
const FARTHEST_KM = 1.2;
/** Beyond the neighbourhoods somebody passes by now and then. */
const OUTSKIRTS = 0.015;

export function cityGround(seed: number, sites: readonly Site[]): Ground {
  const ground = new Ground();
  for (const block of neighbourhoods(seed, sites)) ground.add(block, 0.46 * BLOCK_KM);
  for (const block of weakPlaces(sites)) ground.add(block, 0.46 * BLOCK_KM);
  return ground;
}

function* neighbourhoods(seed: number, sites: readonly Site[]): Generator<Block> {
  const seen = new Set<string>();
  for (const { place } of sites) {
    for (let east = grid(place.eastKm - FARTHEST_KM); east <= place.eastKm + FARTHEST_KM; east += BLOCK_KM) {
      for (let north = grid(place.northKm - FARTHEST_KM); north <= place.northKm + FARTHEST_KM; north += BLOCK_KM) {
        const centre = at(grid(east), grid(north));
        const key = `${Math.round(centre.eastKm / BLOCK_KM)},${Math.round(centre.northKm / BLOCK_KM)}`;
        if (seen.has(key) || !isLand(centre) || WEAK_PLACES.some(({ patch }) => isIn(centre, patch))) continue;
        seen.add(key);
        yield blockAt(seed, sites, centre);
      }
    }
  }
}

function* weakPlaces(sites: readonly Site[]): Generator<Block> {
  for (const [weak, { district, patch, homes }] of WEAK_PLACES.entries()) {
    const site = sites.findIndex((one) => one.district.en === district);
    if (site < 0) continue;
    const { scenario } = sites[site]!.district;
    for (let east = grid(patch.west) + BLOCK_KM; east <= patch.east; east += BLOCK_KM) {
      for (let north = grid(patch.south) + BLOCK_KM; north <= patch.north; north += BLOCK_KM) {
        const centre = at(east, north);
        yield { centre, site, scenario, homes, jobs: 0.2 * homes, thickDb: thickWallsDb(centre), weak };
      }
    }
  }
}

/** Houses stand around the nearest site, ragged at the edge, more here and fewer there. */
function blockAt(seed: number, sites: readonly Site[], centre: Point): Block {
  let site = 0;
  let nearestKm = Number.POSITIVE_INFINITY;
  sites.forEach(({ place }, index) => {
    const km = Math.hypot(place.eastKm - centre.eastKm, place.northKm - centre.northKm);
    if (km < nearestKm) [site, nearestKm] = [index, km];
  });
  const { scenario, homeShare } = sites[site]!.district;
  const { reachKm, density } = SCENARIOS[scenario];
  const reach = reachKm * (1 + 0.25 * shadow(centre, seed ^ 0x51ed, 0.9));
  const crowd = Math.max(0.35, 1 + 0.4 * shadow(centre, seed ^ 0x7a21, 0.5));
  const people = nearestKm <= reach ? density * crowd : OUTSKIRTS;
  const thickDb = thickWallsDb(centre);
  return { centre, site, scenario, homes: people * homeShare, jobs: people * (1 - homeShare), thickDb, weak: -1 };
}

function grid(km: number): number {
  return BLOCK_KM * Math.round(km / BLOCK_KM);
}
