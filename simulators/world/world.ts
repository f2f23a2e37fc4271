// Which pretend network it is to be: the city by the bay, a region of any size, or one out of a list of real cells.

import { buildCity } from './bay-city.ts';
import { readCellList } from './cell-list.ts';
import type { City } from './city.ts';
import { buildListed } from './listed-network.ts';
import { buildRegion } from './region.ts';

export type Wish =
  | { kind: 'city'; sites: number }
  | { kind: 'region'; cells: number }
  /** Text of a file with the columns of OpenCelliD. */
  | { kind: 'list'; text: string };

/** A list of which nothing can be made; the message says why. */
export class UnusableList extends Error {}

/** The same for the same seed. Throws `UnusableList`. */
export function buildWorld(seed: number, wish: Wish): City {
  if (wish.kind === 'city') return buildCity(seed, wish.sites);
  if (wish.kind === 'region') return buildRegion(seed, wish.cells);
  const list = readCellList(wish.text);
  if (list) return buildListed(seed, list);
  throw new UnusableList('no cells with columns as in lists of OpenCelliD: radio, mcc, net, area, cell, lon, lat');
}
