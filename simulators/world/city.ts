// The pretend city: sites of twelve districts on dry land, their sectors and carriers; and the form that any pretend network has.

import type { Cell } from '../../server/model/cell.ts';
import { Random } from '../random.ts';
import { cityGround } from './city-blocks.ts';
import type { Ground } from './ground.ts';
import { mount } from './mounting.ts';
import { type Degrees, DISTRICTS, type District, isLand, ORIGIN, type Point } from './places.ts';
import { BAY, type Relief } from './relief.ts';
import { type Carrier, SCENARIOS, type Scenario } from './scenarios.ts';
import { type Patch, WEAK_PLACES } from './terrain.ts';

/** More sites than this find no room within the chart of the coast. */
export const MAX_SITES = 400;

/** An old broadcast mast above the bay: from so high it is heard on the quays of the other shore (overshoot). */
const HEADLAND = { siteId: 'mirror-bay-2', heightM: 120 };

export interface CityCell {
  cell: Cell;
  carrier: Carrier;
  scenario: Scenario;
  /** Index into `City.sites`. */
  site: number;
  /** Mean active users at the usual peak. */
  peakUsers: number;
  homeShare: number;
}

export interface Site {
  id: string;
  name: string;
  district: District;
  place: Point;
  /** Indexes into `City.cells`. */
  cells: number[];
}

/** A place where coverage is weak by how the network was built. */
export interface WeakPlace {
  name: string;
  patch: Patch;
  /** Index into `City.sites`: the nearest. */
  site: number;
}

/** A pretend network, of a city or of any other part of the world. */
export interface City {
  /** Degrees of the point that all places are measured from. */
  origin: Degrees;
  relief: Relief;
  sites: Site[];
  cells: CityCell[];
  /** Where its people are. */
  ground: Ground;
  weakPlaces: readonly WeakPlace[];
}

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

/** Point `step` of ring `ring` of a hexagonal grid. */
export function hexPoint(centre: Point, spacingKm: number, ring: number, step: number): Point {
  if (ring === 0) return centre;
  const corner = (side: number): Point => ({
    eastKm: ring * spacingKm * Math.cos((side * Math.PI) / 3),
    northKm: ring * spacingKm * Math.sin((side * Math.PI) / 3),
  });
  const from = corner(Math.floor(step / ring));
  const to = corner(Math.floor(step / ring) + 1);
  const share = (step % ring) / ring;
  return {
    eastKm: centre.eastKm + from.eastKm + share * (to.eastKm - from.eastKm),
    northKm: centre.northKm + from.northKm + share * (to.northKm - from.northKm),
  };
}

export function shifted({ eastKm, northKm }: Point, byKm: number, random: Random): Point {
  return { eastKm: eastKm + random.between(-byKm, byKm), northKm: northKm + random.between(-byKm, byKm) };
}

function distanceKm(a: Point, b: Point): number {
  return Math.hypot(a.eastKm - b.eastKm, a.northKm - b.northKm);
}

export function slug(name: string): string {
  return name.toLowerCase().replaceAll(' ', '-');
}
