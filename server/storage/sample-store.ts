// The contract of the store of radio samples: always DuckDB, compact, binned to H3; asked for whole regions by hexagon.

import type { CoverageSlice } from '../model/coverage.ts';
import type { RenamedRecord } from '../model/identity.ts';
import type { SamplesRecord } from '../model/journal.ts';
import type { HexagonCells, PlainSamples, SliceQuery, StoredArea } from '../model/sample-columns.ts';
import type { TimingBin } from '../model/timing-advance.ts';

/** Digests of deliveries that are remembered; older ones are forgotten. */
export const MOST_DIGESTS = 100_000;

export type { HexagonCells, PlainSamples, SliceQuery, StoredArea } from '../model/sample-columns.ts';

export interface SampleStore {
  /** Appends records in journal order, with their number in the same transaction; one already held changes nothing, nor does a digest that came before. Cells change names in their place among them. */
  append(records: readonly (SamplesRecord | RenamedRecord)[]): Promise<void>;
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
  /** Counts by distance and level of local days that touch `from < at <= to`, added up, by cell; cells without any are left out. */
  timing(cells: readonly string[], from: number, to: number): Promise<[cell: string, bins: TimingBin[]][]>;
  /** END of the newest local day of which a cell has counts. */
  timingTo(cell: string): Promise<number | undefined>;
  /** Forgets samples at or before `until`, and counts of days that ended by then. */
  forget(until: number): Promise<void>;
  /** Areas as they were last told, and the journal number up to which samples were judged for that. */
  areas(): Promise<{ areas: StoredArea[]; judged: number }>;
  /** In place of all areas that were kept. */
  saveAreas(areas: readonly StoredArea[], judged: number): Promise<void>;
}
