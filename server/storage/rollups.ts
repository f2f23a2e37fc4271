// Pooled values of whole hours and local days: what charts of months ask for, and what outlives the raw readings.
//
// They are always kept in DuckDB, also when InfluxDB holds the raw readings: InfluxQL cannot weigh one field by another nor
// leave out suspect rows, 3 has no DELETE, and marks of what is to be pooled must be durable together with what was pooled.

import type { LocalDay } from '../maths/local-days.ts';
import type { ReadingBatch } from '../model/reading.ts';
import type { SeriesQuery } from './kpi-store.ts';
import type { KeptLevel, Level, RolledColumns, RolledLevel } from './levels.ts';

/** A day of some cells that is to be pooled. */
export interface DueDay extends LocalDay {
  cells: string[];
}

/** A day is pooled when the network is this far beyond it: with quarters, when the next one is there. */
export const GRACE_MS = 900_000;

/** What a store elsewhere needs of DuckDB to keep pooled values. */
export interface Rollups {
  /** Row i says that a reading of `cells[cell[i]]` with END `at[i]` is about to be stored. Resolves when that is durable. */
  mark(cells: readonly string[], cell: Uint32Array, at: Float64Array): Promise<void>;
  /** The oldest day that is due at the data time `clock`, with at most so many of its cells. */
  due(clock: number, mostCells: number): Promise<DueDay | undefined>;
  /** Pools a due day from all the raw readings of its cells, merged; durable together with the end of the mark. */
  roll(day: DueDay, raw: ReadingBatch): Promise<void>;
  rolled(level: RolledLevel, query: SeriesQuery): Promise<RolledColumns>;
  /** Days that touch `from … to` and of which not all is pooled, of this cell. */
  stale(cell: string, from: number, to: number): Promise<LocalDay[]>;
  /** Begin of the oldest day of which anything is pooled or to be pooled, epoch milliseconds; Infinity while there is none. */
  oldestDay(): Promise<number>;
  /** Lets go of what ended at or before `until`. */
  forget(level: RolledLevel, until: number): Promise<void>;
  /** Says that raw values are about to go, whole days that ended by `until` and are pooled; answers up to where they may. */
  letRawGo(until: number): Promise<number>;
  kept(): Promise<Record<Level, KeptLevel>>;
  /** Epoch milliseconds up to which values of each level were let go; −1 while all are kept. */
  keptAfter(): Promise<Record<Level, number>>;
}
