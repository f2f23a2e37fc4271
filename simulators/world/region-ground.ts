// Where the people of a region are: some places before each sector, near the mast in towns, along the way on roads.

import { Random } from '../random.ts';
import type { CityCell, Site, WeakPlace } from './city.ts';
import { Ground } from './ground.ts';
import { at, type Point } from './places.ts';
import { SCENARIOS, type ScenarioName } from './scenarios.ts';
import { SPACING_KM } from './towns.ts';

/** For each sector; so many that the mean over them wanders little, so few that a hundred thousand cells take seconds. */
const PLACES_A_SECTOR = 8;
const ALL_AROUND = 360;
/** A sector is built for what lies before it, and a little beyond. */
const BEFORE_DEG = 150;
/** Farthest from the mast, in distances between masts: corners lie at 0.58. */
const FARTHEST: Record<ScenarioName, number> = {
  'dense-urban': 0.62,
  suburb: 0.62,
  rural: 0.62,
  indoor: 0.12,
  highway: 0.55,
  railway: 0.55,
  street: 0.45,
};
/** In the country most live in the village, where the mast is. */
const IN_THE_VILLAGE = 0.6;
const VILLAGE_KM = 0.7;

export function groundAround(
  seed: number,
  sites: readonly Site[],
  cells: readonly CityCell[],
  weakPlaces: readonly WeakPlace[],
): Ground {
  const ground = new Ground();
  for (const [index, site] of sites.entries()) addPlaces(seed, site, index, cells, ground);
  for (const [index, weak] of weakPlaces.entries()) addHamlet(seed, weak, index, sites, ground);
  return ground;
}

function addPlaces(seed: number, site: Site, index: number, cells: readonly CityCell[], ground: Ground): void {
  const { scenario, homeShare } = site.district;
  const { sectors, density } = SCENARIOS[scenario];
  const random = new Random(seed, `ground:${site.id}`);
  // Carriers of one sector share its places.
  const sectorsDeg = new Set(site.cells.map((c) => cells[c]!.cell.azimuthDeg!));
  for (const azimuthDeg of sectorsDeg) {
    for (let n = 0; n < PLACES_A_SECTOR; n++) {
      const widthDeg = sectors === 1 ? ALL_AROUND : sectors === 2 ? 2 : BEFORE_DEG;
      const centre = somewhere(site.place, azimuthDeg, widthDeg, scenario, random);
      const people = density * random.between(0.4, 1.6);
      const [homes, jobs] = [people * homeShare, people * (1 - homeShare)];
      ground.add({ centre, site: index, scenario, homes, jobs, thickDb: 0, weak: -1 }, 0.05);
    }
  }
}

/** Evenly over the ground, or along the way. */
function somewhere(from: Point, azimuthDeg: number, widthDeg: number, scenario: ScenarioName, random: Random): Point {
  const isVillage = scenario === 'rural' && random.uniform() < IN_THE_VILLAGE;
  const farthestKm = isVillage ? VILLAGE_KM : FARTHEST[scenario] * SPACING_KM[scenario];
  const isWay = widthDeg < 10;
  const km = farthestKm * (isWay ? random.uniform() : Math.sqrt(random.uniform()));
  const angle = ((azimuthDeg + widthDeg * (random.uniform() - 0.5)) * Math.PI) / 180;
  return at(from.eastKm + km * Math.sin(angle), from.northKm + km * Math.cos(angle));
}

function addHamlet(
  seed: number,
  { name, patch, site }: WeakPlace,
  weak: number,
  sites: readonly Site[],
  ground: Ground,
) {
  const random = new Random(seed, `hamlet:${name}`);
  const { scenario, homeShare } = sites[site]!.district;
  for (let n = 0; n < 2 * PLACES_A_SECTOR; n++) {
    const centre = at(random.between(patch.west, patch.east), random.between(patch.south, patch.north));
    ground.add({ centre, site, scenario, homes: 0.5 * homeShare, jobs: 0.1, thickDb: 0, weak }, 0.05);
  }
}
