// The form of a pretend network, of a city or of any other part of the world: its sites, its cells and its ground.

import type { Cell } from '../../server/model/cell.ts';
import type { Ground } from './ground.ts';
import type { Degrees, District, Point } from './places.ts';
import type { Relief } from './relief.ts';
import type { Carrier, Scenario } from './scenarios.ts';
import type { Patch } from './terrain.ts';

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
