// The pretend city by the bay: sites of twelve districts on dry land.

import { Random } from '../random.ts';
import type { City, CityCell, Site, WeakPlace } from './city.ts';
import { cityGround } from './city-blocks.ts';
import { distanceKm, hexPoint, shifted, slug } from './grid.ts';
import { mount } from './mounting.ts';
import { DISTRICTS, type District, isLand, ORIGIN, type Point } from './places.ts';
import { BAY } from './relief.ts';
import { SCENARIOS } from './scenarios.ts';
import { WEAK_PLACES } from './terrain.ts';

/** More sites than this find no room within the chart of the coast. */
export const MAX_SITES = 400;

/** An old broadcast mast above the bay: from so high it is heard on the quays of the other shore (overshoot). */
const HEADLAND = { siteId: 'mirror-bay-2', heightM: 120 };

/** A city of `siteCount` sites (1…MAX_SITES), the same for the same seed. */
export function buildCity(seed: number, siteCount: number): City {
  const sites: Site[] = [];
  const cells: CityCell[] = [];
  shareOut(siteCount).forEach((count, index) => {
    const district = DISTRICTS[index]!;
    for (let number = 1; number <= count; number++) {
      const random = new Random(seed, `site:${district.en} ${number}`);
      const place = findPlace(district, random, sites);
      const name = `${district.en} ${number}`;
      const site: Site = { id: slug(name), name, district, place, cells: [] };
      const heightM = site.id === HEADLAND.siteId ? HEADLAND.heightM : undefined;
      mount({ site, number, index: sites.length, origin: ORIGIN, heightM }, cells, random);
      sites.push(site);
    }
  });
  return {
    origin: ORIGIN,
    relief: BAY,
    sites,
    cells,
    ground: cityGround(seed, sites),
    weakPlaces: weakPlacesOf(sites),
  };
}

/** Those of the districts that the city has. */
function weakPlacesOf(sites: readonly Site[]): WeakPlace[] {
  return WEAK_PLACES.map(({ name, district, patch }) => {
    return {
      name,
      patch,
      site: Math.max(
        0,
        sites.findIndex((site) => site.district.en === district),
      ),
    };
  });
}

/** Sites of each district: by weight, remainders to the largest fractions. */
function shareOut(siteCount: number): number[] {
  const total = DISTRICTS.reduce((sum, { weight }) => sum + weight, 0);
  const wanted = DISTRICTS.map(({ weight }) => (weight * siteCount) / total);
  const counts = wanted.map(Math.floor);
  const byFraction = wanted.map((_, index) => index).sort((a, b) => (wanted[b]! % 1) - (wanted[a]! % 1));
  let left = siteCount - counts.reduce((sum, count) => sum + count, 0);
  for (const index of byFraction) if (left-- > 0) counts[index]!++;
  return counts;
}

/** The next free point of a hexagonal grid around the district's centre, rings outward, shifted a little. */
function findPlace(district: District, random: Random, taken: readonly Site[]): Point {
  const { spacingKm } = SCENARIOS[district.scenario];
  for (let ring = 0; ring < 60; ring++) {
    for (let step = 0; step < Math.max(1, 6 * ring); step++) {
      const place = shifted(hexPoint(district.centre, spacingKm, ring, step), 0.18 * spacingKm, random);
      const free = taken.every((site) => distanceKm(site.place, place) > 0.6 * spacingKm);
      if (free && isLand(place)) return place;
    }
  }
  throw new RangeError(`no land left for another site of ${district.en}`);
}
