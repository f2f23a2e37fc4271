// Radio samples as they come out of the store: what is asked for, and the answers by columns.

import type { CoverageQuery, CoverageSlice } from './coverage.ts';

/** One slice with its window settled. */
export interface SliceQuery
  extends Pick<CoverageSlice, 'operator' | 'radio' | 'kind'>,
    Pick<CoverageQuery, 'band' | 'indoor'> {
  /** Data time, epoch milliseconds, `from < at <= to`. */
  from: number;
  to: number;
  /** Several names of one operator, null for samples that named none; instead of `operator`. */
  operators?: readonly (string | null)[];
}

/** A weak area as it was last told, so that it keeps its id and is told again only when it changes. */
export interface StoredArea {
  id: string;
  /** Key of the slice: areas of different ones never meet. */
  slice: string;
  hexagons: string[];
  /** Data time of when it was first weak, epoch milliseconds. */
  since: number;
  /** What was last told of it; absent while nothing was. */
  told?: { hexagons: number; weakShare: number; at: number };
}

/** What was measured in one hexagon by one cell, by columns of equal length. */
export interface HexagonCells {
  hex: BigUint64Array;
  /** Index into `cells`, −1 where the sample named none. */
  cell: Int32Array;
  cells: string[];
  /** Samples with a level, without one, and at or below the line that was asked for. */
  samples: Uint32Array;
  unmeasured: Uint32Array;
  weak: Uint32Array;
  /** NaN where nothing was measured. */
  medianRsrpDbm: Float32Array;
  medianSinrDb: Float32Array;
  medianDlMbps: Float32Array;
  /** Data time of the newest sample. */
  newest: Float64Array;
}

/** Samples of hexagons in order, for what needs single samples: runs along a road, medians of a whole area. */
export interface PlainSamples {
  at: Float64Array;
  hex: BigUint64Array;
  cell: Int32Array;
  cells: string[];
  rsrpDbm: Float32Array;
  sinrDb: Float32Array;
  dlMbps: Float32Array;
}
