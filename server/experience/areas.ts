// What area a cell belongs to: what the inventory says, else the words of its name, else a coarse square of the map.

import type { Cell } from '../model/cell.ts';

/** A grid of 0.1° is named by its south-west corner. */
export type Area =
  | { key: string; kind: 'named'; name?: string; nameZh?: string }
  | { key: string; kind: 'grid'; lat: number; lon: number }
  | { key: 'unplaced'; kind: 'unplaced' };

export const UNPLACED_AREA = { key: 'unplaced', kind: 'unplaced' } as const satisfies Area;

const SQUARES_A_DEGREE = 10;

export function areaOf(cell: Cell | undefined): Area {
  if (!cell) return UNPLACED_AREA;
  return named(cell.area, cell.areaZh) ?? named(placeIn(cell.name), placeIn(cell.nameZh)) ?? squareOf(cell);
}

function named(name: string | undefined, nameZh: string | undefined): Area | undefined {
  const key = name || nameZh;
  return key ? { key, kind: 'named', name: name || undefined, nameZh: nameZh || undefined } : undefined;
}

/**
 * `Lighthouse Point 4-A` → `Lighthouse Point`, `灯塔角 4 站 A 扇区` → `灯塔角`: without what numbers and letters tell sites
 * and sectors apart. A name that is nothing but such marks names no place.
 */
function placeIn(name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const words = name.split(/[\s_/#,，（）()\-–.:]+/u).filter(Boolean);
  while (words.length > 0 && isMark(words.at(-1)!)) words.pop();
  const [first = ''] = [words.join(' ').replace(/\s*\d+\s*(站|号|小区|扇区)?$/u, '')];
  return /\p{L}{2}/u.test(first) ? first : undefined;
}

const isMark = (word: string) =>
  /^(\p{L}?\d+\p{L}?|[A-Za-z]|\d+[站号]|[A-Za-z\d]?(站|小区|扇区)|site|sector|cell)$/iu.test(word);

function squareOf({ lat, lon }: Cell): Area {
  if (lat === undefined || lon === undefined) return UNPLACED_AREA;
  const corner = (degrees: number) => Math.floor(degrees * SQUARES_A_DEGREE) / SQUARES_A_DEGREE;
  const [south, west] = [corner(lat), corner(lon)];
  return { key: `${south.toFixed(1)},${west.toFixed(1)}`, kind: 'grid', lat: south, lon: west };
}
