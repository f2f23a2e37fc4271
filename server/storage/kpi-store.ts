// The contract of a store of readings: the past, asked one cell at a time. Parts in kpi-stores/, one suite for all in test/contracts/.

import type { LocalDay } from '../maths/local-days.ts';
import type { RenamedRecord } from '../model/identity.ts';
import type { ReadingsRecord } from '../model/journal.ts';
import type { Reading } from '../model/reading.ts';
import type { KeptLevel, Level, RolledColumns, RolledLevel } from './levels.ts';

/** One bucket `(start, end]`, named by its END, or one raw period when no step was asked for. */
export interface SeriesPoint {
  at: number;
  value: number | null;
  suspect?: boolean;
  late?: boolean;
  /** Length of the period that a raw point stands for: periods of different length can end together. */
  periodSeconds?: number;
}

/** Named maximums of one answer: about a year of five-minute points, and three months of whole readings. */
export const MOST_POINTS = 110_000;
export const MOST_READINGS = 27_000;

export interface SeriesQuery {
  cell: string;
  /** KPI id. */
  kpi: string;
  /** Data time, epoch milliseconds; points with `from < at <= to`. */
  from: number;
  to: number;
}

/** What a store takes of the journal. */
export type StoredRecord = ReadingsRecord | RenamedRecord;

export interface KpiStore {
  readonly name: string;
  /**
   * Appends records in journal order. Resolves when they are durable in this store.
   * May be called again with records it already holds (after a crash): that changes nothing.
   * The same (cell, at, periodSeconds) merges: the newest non-null value of each KPI and counter wins,
   * and it is suspect, or late, once any of its parts was.
   * Names that change do so at their place among the readings: what came under an old name is then of the new one, and a
   * name that is free again begins anew. Rejects when the store is away; the caller tries again.
   */
  append(records: readonly StoredRecord[]): Promise<void>;
  /** The newest journal number that is durable here, 0 when empty. Replay starts after it. */
  position(): Promise<number>;
  /** Merged raw points in order of time; at most `limit` (newest kept), MOST_POINTS unless told. */
  series(query: SeriesQuery, limit?: number): Promise<SeriesPoint[]>;
  /** Merged readings of one cell with all their KPIs and counters, `from < at <= to`, in order of time; MOST_READINGS unless told. */
  readings(cell: string, from: number, to: number, limit?: number): Promise<Reading[]>;
  /** Pooled values with `from < END <= to` in order of time, of days that were pooled so far. At most MOST_POINTS, the newest. */
  rolled(level: RolledLevel, query: SeriesQuery): Promise<RolledColumns>;
  /** Days that touch `from … to` and whose pooled values may lack readings of this cell that are here: pool its raw ones. */
  stale(cell: string, from: number, to: number): Promise<LocalDay[]>;
  /** Pools one day, or a part of its cells, that is over at the data time `clock`, from all its raw readings; false when none is due. */
  rollUp(clock: number): Promise<boolean>;
  /**
   * Lets go of what ended at or before `until`, and frees its room on disk. Raw readings go by whole local days, and only once
   * they are pooled. Rejects when the store cannot delete.
   */
  forget(level: Level, until: number): Promise<void>;
  /** No raw reading of any cell ended before this, which may be a day earlier than the oldest; Infinity while there is none, −Infinity where that cannot be had cheaply. */
  oldest(): Promise<number>;
  /** What is kept of each level; slow, to be asked now and then. */
  kept(): Promise<Record<Level, KeptLevel>>;
  /** Epoch milliseconds up to which values of each level were let go; −1 while all are kept. */
  keptAfter(): Promise<Record<Level, number>>;
  /** For the status page: reachable, bytes on disk where known, what is wrong. */
  health(): Promise<{ ok: boolean; bytes?: number; error?: string }>;
  close(): Promise<void>;
}
