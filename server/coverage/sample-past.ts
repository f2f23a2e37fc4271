// What coverage needs of the store of radio samples; `storage/sample-store.ts` says what each of these does.

import type { CoverageSlice } from '../model/coverage.ts';
import type { HexagonCells, PlainSamples, SliceQuery, StoredArea } from '../model/sample-columns.ts';
import type { TimingBin } from '../model/timing-advance.ts';

export interface SamplePast {
  position(): Promise<number>;
  slices(): Promise<CoverageSlice[]>;
  byHexagonAndCell(
    query: SliceQuery,
    resolution: number,
    weakDbm: number,
    within?: readonly string[],
    by?: 'cell' | 'hexagon',
  ): Promise<HexagonCells>;
  samples(query: SliceQuery, within: readonly string[] | undefined, most: number): Promise<PlainSamples>;
  timing(cells: readonly string[], from: number, to: number): Promise<[cell: string, bins: TimingBin[]][]>;
  timingTo(cell: string): Promise<number | undefined>;
  areas(): Promise<{ areas: StoredArea[]; judged: number }>;
  saveAreas(areas: readonly StoredArea[], judged: number): Promise<void>;
}
