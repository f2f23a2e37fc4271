// Weak coverage: what is asked of it, the hexagons of the map, and weak areas with cause and remedy.

import type { Radio } from './cell.ts';
import type { Said } from './finding.ts';
import type { SampleKind } from './sample.ts';
import type { PeopleCount } from './star.ts';

/** What may be told apart and is never pooled. Absent: any; null: samples that named none. */
export interface CoverageQuery {
  /** Data time, epoch milliseconds, `from < at <= to`. Absent: the judging window of each slice, up to its newest sample. */
  from?: number;
  to?: number;
  /** Name or PLMN as samples have it; `ours` for our own; absent: ours where we are known, else all. */
  operator?: string;
  radio?: Radio | null;
  kind?: SampleKind | null;
  band?: string;
  indoor?: boolean;
}

/** Samples that may be judged together: one operator, one technology, one kind. */
export interface CoverageSlice {
  /** Null: samples that named none, which are ours. */
  operator: string | null;
  ours: boolean;
  radio: Radio | null;
  kind: SampleKind | null;
  /** Bands that occur, most samples first. */
  bands: string[];
  samples: number;
  /** Samples without a level: not measured, never averaged. */
  unmeasured: number;
  /** Data time of the oldest and newest sample, epoch milliseconds. */
  from: number;
  to: number;
}

/** The rules of weak coverage, most telling first. */
export const COVERAGE_RULES = ['cluster', 'grid', 'line', 'cell', 'competitor', 'overlap', 'overshoot'] as const;
export type CoverageRule = (typeof COVERAGE_RULES)[number];

export const COVERAGE_CAUSES = ['fault', 'distance', 'overshoot', 'indoor', 'overlap', 'capacity', 'unknown'] as const;
export type CoverageCause = (typeof COVERAGE_CAUSES)[number];

export const COVERAGE_REMEDIES = [
  'repair',
  'new-site',
  'low-band',
  'tilt',
  'power',
  'azimuth',
  'small-cell',
  'indoor-system',
  'linear-sites',
  'leaky-cable',
  'capacity',
  'measure',
] as const;
export type CoverageRemedy = (typeof COVERAGE_REMEDIES)[number];

/** A cell that serves an area. */
export interface ServingCell {
  cell: string;
  /** Its samples in the area, and its samples everywhere in the slice. */
  samples: number;
  allSamples: number;
  weakShare: number;
  medianRsrpDbm: number | null;
  /** From the cell to the middle of the area, metres; null where the inventory has no place for it. */
  distanceM: number | null;
}

/** One place that is weak, with every rule that it breaks. Shares are 0…1. */
export interface WeakArea {
  /** Stays the same while the area grows and shrinks. */
  id: string;
  /** The most telling rule, and all that are broken. */
  rule: CoverageRule;
  rules: CoverageRule[];
  /** What to call the place. */
  place: Said;
  /** H3 hexagons, all of one resolution. */
  hexagons: string[];
  /** GeoJSON order, longitude before latitude. */
  geometry: { type: 'MultiPolygon'; coordinates: [number, number][][][] };
  centre: { lat: number; lon: number };
  operator: string | null;
  ours: boolean;
  radio: Radio | null;
  kind: SampleKind | null;
  /** Key of the scenario's profile: `urban`, `rural`, `indoor`, … */
  scenario: string;
  /** With a level. */
  samples: number;
  unmeasured: number;
  /** At or below the scenario's line. */
  weakShare: number;
  /** Wilson interval, 95 %. */
  weakShareLow: number;
  weakShareHigh: number;
  /** The line, dBm. */
  weakDbm: number;
  medianRsrpDbm: number;
  medianSinrDb: number | null;
  medianDlMbps: number | null;
  /** The rival that is better there, and by how many points of the share above the line (0…1). */
  rival?: { operator: string; difference: number; samples: number };
  cells: ServingCell[];
  cause: { kind: CoverageCause; why: Said };
  remedy: { kind: CoverageRemedy; why: Said };
  areaKm2: number;
  /** Data time of its newest sample, and of when it was first weak. */
  at: number;
  since: number;
}

/** The hexagons of a map by columns, for one slice or the sum of bands of it. */
export interface CoverageHexagons {
  resolution: number;
  /** The line that `weakShare` counts at or below, dBm: that of most samples. */
  weakDbm: number;
  /** All lines that occur, lowest first: each place is counted by the line of its own scenario. Absent: that one only. */
  weakLines?: number[];
  /** Fewer samples than this are "not known", never good. */
  leastSamples: number;
  id: string[];
  samples: number[];
  weakShare: number[];
  /** Null where nothing was measured. */
  medianRsrpDbm: (number | null)[];
  /** 1 where a cell that usually serves the place was off air during these samples: not judged. */
  notJudged: number[];
  /** Own share above the line minus the best rival's, 0…1 signed; null where there is no rival with enough samples. */
  rivalDifference: (number | null)[];
  /** More hexagons than can be sent were cut off: a coarser resolution shows all. */
  cut: boolean;
}

/** A weak area with what it does to people, in the order in which it is worth mending. */
export interface RankedArea extends WeakArea {
  /** People who are usually served there, estimated from the cells they use; absent while no people are known. */
  people?: PeopleCount;
  complaints?: PeopleCount;
  starsAtRisk?: number;
  /** Larger is more urgent. */
  priority: number;
}
