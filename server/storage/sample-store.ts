// The contract of the store of radio samples: always DuckDB, compact, binned to H3; asked for whole regions by hexagon.

import type { CoverageQuery, CoverageSlice } from '../model/coverage.ts';
import type { SamplesRecord } from '../model/journal.ts';

/** The name under which `append` keeps its journal number. */
export const SAMPLES_POSITION = 'position.samples';

/** Digests of deliveries that are remembered; older ones are forgotten. */
export const MOST_DIGESTS = 100_000;

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

export interface SampleStore {
  /** Appends records in journal order, with their number in the same transaction; one already held changes nothing, nor does a digest that came before. */
  append(records: readonly SamplesRecord[]): Promise<void>;
  position(): Promise<number>;
  /** Which of these digests are here already. */
  known(digests: readonly string[]): Promise<string[]>;
  /** Every slice with its counts; `ours` is not decided here and is false. */
  slices(): Promise<CoverageSlice[]>;
  /** Grouped by hexagon of `resolution` (finer ones by their parent; coarser ones, `mr` at 9, as they are) and by cell. */
  byHexagonAndCell(
    query: SliceQuery,
    resolution: number,
    weakDbm: number,
    /** Only these hexagons, of any resolution up to the samples' own. */
    within?: readonly string[],
    /** `hexagon`: one row a hexagon, whatever the cell (−1 then), with the medians of all its samples. */
    by?: 'cell' | 'hexagon',
  ): Promise<HexagonCells>;
  /** Single samples with a level in order of time, at most `most` (newest kept); of these hexagons (any resolution up to their own), or of all. */
  samples(query: SliceQuery, within: readonly string[] | undefined, most: number): Promise<PlainSamples>;
  /** Forgets samples at or before `until`. */
  forget(until: number): Promise<void>;
  /** Areas as they were last told, and the journal number up to which samples were judged for that. */
  areas(): Promise<{ areas: StoredArea[]; judged: number }>;
  /** In place of all areas that were kept. */
  saveAreas(areas: readonly StoredArea[], judged: number): Promise<void>;
}
