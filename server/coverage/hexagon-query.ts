// What is asked of the hexagons of a map.

import type { CoverageQuery } from '../model/coverage.ts';

export interface HexagonQuery extends CoverageQuery {
  /** H3 resolution, 5…12. */
  resolution: number;
  /** Degrees; absent: everywhere. */
  bounds?: { west: number; south: number; east: number; north: number };
  most: number;
}
