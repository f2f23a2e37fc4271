// Where the towns of a pretend region lie, how large they are, which roads join them, and what they are called.

import type { Random } from '../random.ts';
import { distanceKm } from './grid.ts';
import { at, type Point } from './places.ts';
import type { ScenarioName } from './scenarios.ts';

/** Distance between neighbouring sites: denser than in the city by the bay, as grown networks are. */
export const SPACING_KM: Record<ScenarioName, number> = {
  'dense-urban': 0.45,
  suburb: 1.1,
  rural: 4.5,
  indoor: 0.3,
  highway: 4,
  railway: 3.2,
  street: 0.2,
};

export interface Town {
  en: string;
  zh: string;
  centre: Point;
  /** Of its dense middle, and of all. */
  denseKm: number;
  radiusKm: number;
  sites: Record<'dense-urban' | 'suburb' | 'street' | 'indoor', number>;
}

const FIRST = [
  ['Stone', '石'],
  ['River', '河'],
  ['White', '白'],
  ['Green', '青'],
  ['Long', '长'],
  ['East', '东'],
  ['Willow', '柳'],
  ['Iron', '铁'],
  ['Gold', '金'],
  ['Cloud', '云'],
  ['Deer', '鹿'],
  ['Pine', '松'],
  ['Clear', '清'],
  ['High', '高'],
  ['Old', '老'],
  ['Silver', '银'],
] as const;
const SECOND = [
  ['bridge', '桥'],
  ['ford', '渡'],
  ['field', '原'],
  ['gate', '门'],
  ['well', '井'],
  ['hill', '山'],
  ['mill', '磨坊'],
  ['wood', '林'],
  ['market', '集'],
  ['lake', '湖'],
  ['marsh', '泽'],
  ['spring', '泉'],
  ['tower', '塔'],
  ['garden', '园'],
] as const;

const CELLS_A_TOWN = 450;
/** The second town is so much smaller than the first, and so on (Zipf's law, somewhat flatter). */
const FALL = 0.8;
const BETWEEN_KM = 3;

export type SiteCounts = Record<ScenarioName, number>;

/** As many towns as the region is large, the largest first, none within another. */
export function layOutTowns(random: Random, cells: number, counts: SiteCounts): Town[] {
  const number = Math.max(1, Math.min(FIRST.length * SECOND.length, Math.round(cells / CELLS_A_TOWN)));
  const kinds = ['dense-urban', 'suburb', 'street', 'indoor'] as const;
  const parts = Object.fromEntries(kinds.map((kind) => [kind, shareOut(counts[kind], number)]));
  const first = random.below(FIRST.length * SECOND.length);
  const towns: Town[] = [];
  let sideKm = 2;
  for (let k = 0; k < number; k++) {
    const sites = Object.fromEntries(kinds.map((kind) => [kind, parts[kind]![k]!])) as Town['sites'];
    const denseKm = discKm(sites['dense-urban'], SPACING_KM['dense-urban']);
    const radiusKm = Math.hypot(denseKm, discKm(sites.suburb, SPACING_KM.suburb)) + 0.5;
    sideKm = Math.max(sideKm, 3 * radiusKm);
    let centre = at(0, 0);
    while (towns.some((town) => distanceKm(town.centre, centre) < town.radiusKm + radiusKm + BETWEEN_KM)) {
      centre = at(random.between(-sideKm, sideKm), random.between(-sideKm, sideKm));
      sideKm *= 1.01;
    }
    towns.push({ ...name(first + 5 * k), centre, denseKm, radiusKm, sites });
  }
  return towns;
}

/** Steps of five meet every name once, since five does not divide their number. */
function name(index: number): { en: string; zh: string } {
  const place = index % (FIRST.length * SECOND.length);
  const [first, firstZh] = FIRST[place % FIRST.length]!;
  const [second, secondZh] = SECOND[Math.floor(place / FIRST.length)]!;
  return { en: first + second, zh: firstZh + secondZh };
}

function shareOut(count: number, towns: number): number[] {
  const weights = Array.from({ length: towns }, (_, k) => (k + 1) ** -FALL);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let given = 0;
  let upTo = 0;
  return weights.map((weight) => {
    upTo += weight;
    const part = Math.round((count * upTo) / total) - given;
    given += part;
    return part;
  });
}

/** Radius of a disc that holds so many points of a hexagonal grid. */
function discKm(count: number, spacingKm: number): number {
  return Math.sqrt((count * 0.866 * spacingKm ** 2) / Math.PI);
}

/** From each town to the nearest of the larger ones, edge to edge; a lone town has a road into the open. */
export function roadsOf(towns: readonly Town[]): { from: Town; to: Point; lengthKm: number }[] {
  if (towns.length === 1) return [{ from: towns[0]!, to: at(40, 8), lengthKm: 40 }];
  return towns.slice(1).map((town, k) => {
    const larger = towns.slice(0, k + 1);
    const near = larger.reduce((a, b) =>
      distanceKm(b.centre, town.centre) < distanceKm(a.centre, town.centre) ? b : a,
    );
    return { from: town, to: near.centre, lengthKm: distanceKm(near.centre, town.centre) - near.radiusKm };
  });
}
