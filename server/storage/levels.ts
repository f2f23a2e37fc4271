// How finely values are kept: raw, by hours, by local days; and what is told of each.

/** How finely values are kept. */
export type Level = 'raw' | RolledLevel;
export type RolledLevel = 'hourly' | 'daily';
export const LEVELS: readonly Level[] = ['raw', 'hourly', 'daily'];

/**
 * Pooled values in order of time: ratios as Σ value·weight / Σ weight, sums as sums, means weighed by their count; suspect
 * values count nowhere, and of periods that end together only the shortest does.
 */
export interface RolledColumns {
  /** END of the hour or local day, epoch milliseconds. */
  at: Float64Array;
  /** NaN where there was nothing to weigh it by. */
  value: Float64Array;
  weight: Float64Array;
  /** Least and greatest single value. */
  low: Float64Array;
  high: Float64Array;
}

/** What is kept of one level. */
export interface KeptLevel {
  /** On disk; absent where the store does not tell. */
  bytes?: number;
  /** END of the oldest value; null while there is none. */
  oldestAt: number | null;
}
