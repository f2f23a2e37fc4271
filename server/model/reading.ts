// A reading: the values of one cell for one granularity period; one by one as people write it, and by columns as it travels.

export const DEFAULT_PERIOD_SECONDS = 900;

/** One cell, one period. `at` is the END of the period, epoch milliseconds. Key: (cell, at, periodSeconds). */
export interface Reading {
  cell: string;
  at: number;
  periodSeconds: number;
  /** KPI id → value; a KPI that was not measured is absent. */
  kpis: Record<string, number>;
  /** Raw counter name → value, as the sender named it. */
  counters?: Record<string, number>;
  /** The sender itself doubts these values: kept, shown as such, never judged. */
  suspect?: boolean;
  /** It came after a newer period of the same cell and length: kept in its place, shown as such, never judged. */
  late?: boolean;
}

/**
 * Many readings by columns, as they stand in the journal and reach every room. NaN means null.
 * Row i belongs to `cells[cell[i]]`; column names are canonical KPI ids, or counters as the sender named them.
 */
export interface ReadingBatch {
  /** Sender: door, and the name in the file or `?source=`. Each source has a data clock of its own. */
  source: string;
  /** Wall time of arrival, epoch milliseconds. */
  receivedAt: number;
  rows: number;
  /** Distinct cell ids of this batch. */
  cells: string[];
  /** Index into `cells`, one a row. */
  cell: Uint32Array;
  /** END of the period, epoch milliseconds, one a row. */
  at: Float64Array;
  periodSeconds: Uint32Array;
  /** 1 where the sender marked the values as suspect. */
  suspect: Uint8Array;
  /** 1 where a newer period of the same cell and length had come before; absent where none is. */
  late?: Uint8Array;
  kpis: Column[];
  counters: Column[];
}

/** One named column; `values.length` equals the batch's `rows`. */
export interface Column {
  name: string;
  values: Float64Array;
}

/** Readings that name the same values in the same order share one of these, so that a name is looked up once for all. */
export interface PlainNames {
  kpis: readonly string[];
  counters: readonly string[];
}

/** Numbers on their way in, those of the KPIs first, then those of the counters; NaN is null. */
export interface PlainValues {
  names: PlainNames;
  values: readonly number[];
}
