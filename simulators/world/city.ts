// The pretend city: sites of twelve districts on dry land, their sectors and carriers; and the form that any pretend network has.

import type { Cell } from '../../server/model/cell.ts';
import { Random } from '../random.ts';
import { cityGround } from './city-blocks.ts';
import type { Ground } from './ground.ts';
import { type Degrees, DISTRICTS, type District, isLand, ORIGIN, type Point, toDegrees } from './places.ts';
import { BAY, type Relief } from './relief.ts';
import { type Carrier, type Range, SCENARIOS, type Scenario } from './scenarios.ts';
import { type Patch, WEAK_PLACES } from './terrain.ts';

/** More sites than this find no room within the chart of the coast. */
export const MAX_SITES = 400;
const SECTORS = ['A', 'B', 'C'] as const;

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
      addCells(site, number, sites.length, cells, random);
      sites.push(site);
    }
  });
  return {
    origin: ORIGIN,
    relief: BAY,
    sites,
    cells,
    ground: cityGround(seed, sites),
    weakPlaces: WEAK_PLACES,
  };
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

function hexPoint(centre: Point, spacingKm: number, ring: number, step: number): Point {
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

function shifted({ eastKm, northKm }: Point, byKm: number, random: Random): Point {
  return { eastKm: eastKm + random.between(-byKm, byKm), northKm: northKm + random.between(-byKm, byKm) };
}

function addCells(site: Site, number: number, siteIndex: number, cells: CityCell[], random: Random): void {
  const scenario = SCENARIOS[site.district.scenario];
  const { capacityCarrier, capacityEvery } = scenario;
  const usualHeightM = whole(random, scenario.heightM);
  const heightM = site.id === HEADLAND.siteId ? HEADLAND.heightM : usualHeightM;
  const firstAzimuth = random.between(0, 120);
  const carriers = [scenario.carrier];
  if (capacityCarrier && number % capacityEvery === 1) carriers.push(capacityCarrier);
  SECTORS.forEach((letter, sector) => {
    const azimuthDeg = Math.round(firstAzimuth + 120 * sector + random.between(-14, 14) + 360) % 360;
    const tiltDeg = whole(random, scenario.tiltDeg);
    for (const carrier of carriers) {
      const cell = describe(site, number, letter, siteIndex, carrier, { azimuthDeg, tiltDeg, heightM });
      site.cells.push(cells.length);
      cells.push(withPeople(cell, carrier, scenario, site, siteIndex, random));
    }
  });
}

function describe(
  { id: siteId, district, place }: Site,
  number: number,
  letter: (typeof SECTORS)[number],
  siteIndex: number,
  carrier: Carrier,
  mounting: { azimuthDeg: number; tiltDeg: number; heightM: number },
): Cell {
  const isSecond = carrier.role === 'capacity';
  const localId = SECTORS.indexOf(letter) + (isSecond ? 11 : 1);
  const { radio, band, duplex, role, frequencyMhz, bandwidthMhz, powerDbm } = carrier;
  return {
    id: `${siteId}-${letter.toLowerCase()}${isSecond ? '-nr' : ''}`,
    siteId,
    sectorId: `${siteId}-${letter.toLowerCase()}`,
    name: `${district.en} ${number}-${letter}${isSecond ? ' 5G' : ''}`,
    nameZh: `${district.zh} ${number}-${letter}${isSecond ? ' 5G' : ''}`,
    area: district.en,
    areaZh: district.zh,
    // 001-01 is the network code set aside for tests (ITU-T E.212).
    cgi: `001-01-${(siteIndex + 1) * 256 + localId}`,
    ...{ radio, band, duplex, ...toDegrees(place), ...mounting },
    ...{ frequencyMhz, bandwidthMhz, powerDbm, role, scenario: SCENARIOS[district.scenario].told },
  };
}

function withPeople(
  cell: Cell,
  carrier: Carrier,
  scenario: Scenario,
  { district }: Site,
  site: number,
  random: Random,
): CityCell {
  const peakUsers = carrier.fullUsers * random.between(...scenario.peakLoad);
  const homeShare = Math.min(1, Math.max(0, district.homeShare + random.between(-0.15, 0.15)));
  return { cell, carrier, scenario, site, peakUsers, homeShare };
}

function distanceKm(a: Point, b: Point): number {
  return Math.hypot(a.eastKm - b.eastKm, a.northKm - b.northKm);
}

function whole(random: Random, [low, high]: Range): number {
  return Math.round(random.between(low, high));
}

function slug(name: string): string {
  return name.toLowerCase().replaceAll(' ', '-');
}
