// The lie of the land around the pretend city: hills that throw shadows, a block of concrete, places far out, and roads.

import { at, type Point } from './places.ts';

/** A crest between two points, of this height above the ground on both sides. */
export interface Ridge {
  from: Point;
  to: Point;
  heightM: number;
}

/** The last three sides of Ferry Hill look away from every mast, and the two long crests make the valley of Kestrel Ridge. */
export const RIDGES: readonly Ridge[] = [
  { from: at(2.95, 7.35), to: at(2.85, 8.2), heightM: 75 },
  { from: at(2.85, 8.2), to: at(3.75, 8.3), heightM: 75 },
  { from: at(3.75, 8.3), to: at(3.9, 7.5), heightM: 70 },
  { from: at(2.95, 7.35), to: at(3.55, 7.05), heightM: 55 },
  { from: at(-4.3, 13.1), to: at(-4.6, 16.4), heightM: 110 },
  { from: at(-5.0, 13.0), to: at(-5.3, 16.4), heightM: 110 },
  { from: at(-5.0, 13.0), to: at(-4.75, 12.75), heightM: 70 },
];

/** A rectangle on the map. */
export interface Patch {
  west: number;
  south: number;
  east: number;
  north: number;
}

/** Houses and flats where no site is near, or behind something: the weak places of the city, by name. */
export const WEAK_PLACES: readonly {
  name: string;
  district: string;
  patch: Patch;
  homes: number;
  indoorLossDb: number;
}[] = [
  {
    name: 'Ferry Hill, the slope',
    district: 'Ferry Hill',
    patch: box(3.35, 7.7, 0.28, 0.3),
    homes: 2.2,
    indoorLossDb: 0,
  },
  {
    name: 'Kestrel Ridge, the valley',
    district: 'Kestrel Ridge',
    patch: box(-4.82, 14.9, 0.12, 1.0),
    homes: 2.4,
    indoorLossDb: 0,
  },
  {
    name: 'North Quay, the tower block',
    district: 'North Quay',
    patch: box(-1.37, 4.72, 0.2, 0.16),
    homes: 7,
    indoorLossDb: 22,
  },
  {
    name: 'Saltmarsh, the far farms',
    district: 'Saltmarsh',
    patch: box(-14.9, 5.3, 0.3, 0.25),
    homes: 1.3,
    indoorLossDb: 0,
  },
  {
    name: 'Mirror Bay, the holiday village',
    district: 'Mirror Bay',
    patch: box(-13.6, -1.6, 0.28, 0.25),
    homes: 1.4,
    indoorLossDb: 0,
  },
];

/** Driven in turn, once a week each: corners of the way. */
export const ROADS: readonly { name: string; way: readonly Point[] }[] = [
  {
    name: 'ring road',
    way: [
      at(-9.6, 6.3),
      at(-6.6, 5.9),
      at(-3.6, 5.8),
      at(-1.2, 5.6),
      at(0.6, 5.3),
      at(2.4, 3.6),
      at(4.9, 4.6),
      at(7.2, 5.4),
    ],
  },
  {
    name: 'valley road',
    way: [
      at(-4.6, 9.9),
      at(-4.8, 11.6),
      at(-4.62, 13.1),
      at(-4.95, 16.3),
      at(-2.6, 16.2),
      at(-1.5, 13.8),
      at(0.4, 10.6),
      at(0.6, 9.2),
    ],
  },
];

function box(eastKm: number, northKm: number, halfEast: number, halfNorth: number): Patch {
  return { west: eastKm - halfEast, south: northKm - halfNorth, east: eastKm + halfEast, north: northKm + halfNorth };
}

export function isIn({ eastKm, northKm }: Point, { west, south, east, north }: Patch): boolean {
  return eastKm >= west && eastKm <= east && northKm >= south && northKm <= north;
}

/** What walls take there beyond those of an ordinary house, dB. */
export function thickWallsDb(point: Point): number {
  for (const { patch, indoorLossDb } of WEAK_PLACES) if (isIn(point, patch)) return indoorLossDb;
  return 0;
}

/** Where on the way from `a` to `b` (0…1) it crosses the ridge; −1 where it does not. */
export function crossing(a: Point, b: Point, { from, to }: Ridge): number {
  const wayEast = b.eastKm - a.eastKm;
  const wayNorth = b.northKm - a.northKm;
  const crestEast = to.eastKm - from.eastKm;
  const crestNorth = to.northKm - from.northKm;
  const turn = wayEast * crestNorth - wayNorth * crestEast;
  if (turn === 0) return -1;
  const offEast = from.eastKm - a.eastKm;
  const offNorth = from.northKm - a.northKm;
  const along = (offEast * crestNorth - offNorth * crestEast) / turn;
  const onCrest = (offEast * wayNorth - offNorth * wayEast) / turn;
  return along >= 0 && along <= 1 && onCrest >= 0 && onCrest <= 1 ? along : -1;
}

/** Points every `stepKm` along a way. */
export function walk(way: readonly Point[], stepKm: number): Point[] {
  const points: Point[] = [];
  let left = 0;
  for (let i = 1; i < way.length; i++) {
    const [a, b] = [way[i - 1]!, way[i]!];
    const lengthKm = Math.hypot(b.eastKm - a.eastKm, b.northKm - a.northKm);
    for (; left <= lengthKm; left += stepKm) {
      const share = left / lengthKm;
      points.push(at(a.eastKm + share * (b.eastKm - a.eastKm), a.northKm + share * (b.northKm - a.northKm)));
    }
    left -= lengthKm;
  }
  return points;
}
