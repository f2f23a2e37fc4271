// What judging needs, what it knows of a slice on its way, and what comes of it.

import type { WeakArea } from '../model/coverage.ts';
import type { SliceQuery } from '../model/sample-columns.ts';
import type { TimingBin } from '../model/timing-advance.ts';
import type { AreaSamples } from './area-samples.ts';
import type { Ground } from './ground.ts';
import type { CellDirectory, CellLoad } from './inventory.ts';
import type { Outage } from './outage.ts';
import type { Marks } from './places-marked.ts';
import type { Profile } from './profile.ts';
import type { Counts } from './rules/competitor.ts';
import type { Reach } from './rules/interference.ts';
import type { SamplePast } from './sample-past.ts';
import type { NamedSlice } from './slices.ts';

export interface JudgeOptions {
  store: Pick<SamplePast, 'byHexagonAndCell' | 'samples' | 'timing'>;
  cells: CellDirectory;
  outages(from: number, to: number): readonly Outage[];
  loadOf(cell: string): CellLoad | null;
  profile: Profile;
}

/** All that the areas of one slice are made from. */
export interface Judging extends JudgeOptions {
  slice: NamedSlice;
  query: SliceQuery;
  ground: Ground;
  marks: Marks;
  faulty: ReadonlyMap<string, Outage>;
  reach: ReadonlyMap<string, Reach>;
  samples: AreaSamples;
  /** Of each cell in the whole slice. */
  allSamples: ReadonlyMap<string, number>;
  /** Counts by distance and level of the cells that are heard where areas may lie. */
  timing: ReadonlyMap<string, readonly TimingBin[]>;
  /** Samples without a level by the finest hexagon, where areas may lie. */
  unmeasured: ReadonlyMap<string, number>;
  /** Rivals by the finest hexagon; counted against one line at a time. */
  rivals: readonly { operator: string; counts(weakDbm: number): ReadonlyMap<string, Counts> }[];
}

/** An area before it has an id that lasts; `coarse` are its hexagons of judging. */
export type JudgedArea = Omit<WeakArea, 'id'> & { coarse: string[] };
