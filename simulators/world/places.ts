// Where the pretend city lies: a bay on a real coast, its districts with their names, and which points are land.

import type { ScenarioName } from './scenarios.ts';

/** WGS 84. */
export interface Degrees {
  lat: number;
  lon: number;
}

/** East and north of the origin, in kilometres. */
export interface Point {
  eastKm: number;
  northKm: number;
}

/** The middle of the bay, on the south coast of Ireland; the city, its names and its people are invented. */
export const ORIGIN: Degrees = { lat: 51.86, lon: -8.25 };

/** Kilometres in one degree of latitude, and of longitude at the equator (WGS 84, to 0.1 %). */
const KM_PER_DEGREE_LAT = 111.2;
const KM_PER_DEGREE_LON = 111.32;

export interface District {
  en: string;
  zh: string;
  scenario: ScenarioName;
  centre: Point;
  /** Share of its traffic that follows homes; the rest follows offices, shops and schools. */
  homeShare: number;
  /** Sites of every 60. */
  weight: number;
}

export const at = (eastKm: number, northKm: number): Point => ({ eastKm, northKm });

export const DISTRICTS: readonly District[] = [
  { en: 'Old Harbour', zh: '老港', scenario: 'dense-urban', centre: at(-5.2, 5.4), homeShare: 0.35, weight: 9 },
  { en: 'North Quay', zh: '北码头', scenario: 'dense-urban', centre: at(-1.5, 5.2), homeShare: 0.2, weight: 8 },
  { en: 'Cannery', zh: '罐头厂', scenario: 'dense-urban', centre: at(2.3, 2.8), homeShare: 0.5, weight: 7 },
  { en: 'University', zh: '大学城', scenario: 'suburb', centre: at(-5.6, 9.8), homeShare: 0.4, weight: 6 },
  { en: 'Ferry Hill', zh: '渡口山', scenario: 'suburb', centre: at(0.4, 9.2), homeShare: 0.8, weight: 5 },
  { en: 'Tidewell', zh: '潮井', scenario: 'suburb', centre: at(6.6, 4.9), homeShare: 0.75, weight: 5 },
  { en: 'Saltmarsh', zh: '盐田', scenario: 'suburb', centre: at(-10.8, 6.2), homeShare: 0.7, weight: 4 },
  { en: 'Mirror Bay', zh: '镜湾', scenario: 'suburb', centre: at(-9.4, -1.2), homeShare: 0.85, weight: 4 },
  { en: 'Airport', zh: '机场', scenario: 'rural', centre: at(12.0, 2.6), homeShare: 0.3, weight: 3 },
  { en: 'Kestrel Ridge', zh: '隼岭', scenario: 'rural', centre: at(-2.0, 14.0), homeShare: 0.9, weight: 3 },
  { en: 'Lighthouse Point', zh: '灯塔角', scenario: 'rural', centre: at(7.0, -4.0), homeShare: 0.8, weight: 3 },
  { en: 'Gull Cliffs', zh: '鸥崖', scenario: 'rural', centre: at(-10.8, -7.0), homeShare: 0.9, weight: 3 },
];

/** The sea, drawn by hand some 300 m larger than the coast of common world maps, so that no mast stands in the surf. */
const SEA: readonly (readonly [number, number])[] = [
  [26, 9],
  [20, 1.3],
  [13.1, -3.3],
  [7.2, -4.7],
  [2.4, -0.3],
  [0.1, 2.3],
  [-2.6, 3.9],
  [-11.5, 3.5],
  [-11.5, 2.7],
  [-8.8, 1.5],
  [-7.1, -1.4],
  [-6.3, -7.5],
  [-7.3, -13.2],
  [-11.1, -15.9],
  [-15.7, -16.5],
  [-24, -23],
  [-24, -60],
  [60, -60],
  [60, 9],
];

/** How far the chart above is good, from the origin. */
export const CHART_RADIUS_KM = 24;

/** True where a mast may stand: within the chart and not in the sea (even-odd rule). */
export function isLand({ eastKm, northKm }: Point): boolean {
  if (Math.hypot(eastKm, northKm) > CHART_RADIUS_KM) return false;
  let inSea = false;
  for (let i = 0, j = SEA.length - 1; i < SEA.length; j = i++) {
    const [x, y] = SEA[i]!;
    const [px, py] = SEA[j]!;
    if (y > northKm !== py > northKm && eastKm < x + ((px - x) * (northKm - y)) / (py - y)) inSea = !inSea;
  }
  return !inSea;
}

/** Degrees WGS 84, to five decimals (about a metre). */
export function toDegrees({ eastKm, northKm }: Point, origin: Degrees = ORIGIN): Degrees {
  const lat = origin.lat + northKm / KM_PER_DEGREE_LAT;
  const lon = origin.lon + eastKm / (KM_PER_DEGREE_LON * Math.cos((origin.lat * Math.PI) / 180));
  return { lat: Number(lat.toFixed(5)), lon: Number(lon.toFixed(5)) };
}

/** The way back. */
export function fromDegrees({ lat, lon }: Degrees, origin: Degrees): Point {
  const eastKm = (lon - origin.lon) * KM_PER_DEGREE_LON * Math.cos((origin.lat * Math.PI) / 180);
  return { eastKm, northKm: (lat - origin.lat) * KM_PER_DEGREE_LAT };
}
