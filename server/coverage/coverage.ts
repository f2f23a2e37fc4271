// The front door of coverage: radio samples in; hexagons, weak areas with cause and remedy, and findings out.

import type { CoverageHexagons, CoverageQuery, CoverageSlice, WeakArea } from '../model/coverage.ts';
import type { Finding } from '../model/finding.ts';

/** A time during which a cell was known to be off air or not heard; data time, `to` undefined while it lasts. */
export interface Outage {
  cell: string;
  from: number;
  to?: number;
}

export interface HexagonQuery extends CoverageQuery {
  /** H3 resolution, 5…12. */
  resolution: number;
  /** Degrees; absent: everywhere. */
  bounds?: { west: number; south: number; east: number; north: number };
  most: number;
}

export interface Coverage {
  /** Newest samples that were judged for alerts, as a journal number. */
  readonly judged: number;
  slices(): Promise<CoverageSlice[]>;
  /** Weak areas of one operator, all technologies and kinds apart; unordered: priority needs people, whom this room does not know. */
  areas(query: CoverageQuery): Promise<WeakArea[]>;
  /** Of the slice that the query names, else of the one with most samples. */
  hexagons(query: HexagonQuery): Promise<CoverageHexagons>;
  /** Judges all of our slices again when samples have come since, up to journal number `seq`: what begins, lasts, grows or ends. */
  findings(seq: number): Promise<Finding[]>;
}
