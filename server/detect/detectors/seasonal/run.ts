// The rows of one batch that share one time: what is worked on at once.

import type { ReadingBatch } from '../../../model/reading.ts';
import type { Pace } from './pace.ts';

/** What may be done with a row. */
export const ROW = {
  /** Suspect, of a coarser period, or of a cell beyond the limit. */
  ignored: 0,
  /** Judged and learned. */
  judged: 1,
  /** Down, planned, saving or asleep: its KPIs say nothing about the usual. */
  setAside: 2,
} as const;

export interface Run {
  batch: ReadingBatch;
  at: number;
  /** Row numbers in the batch. */
  rows: Uint32Array;
  /** By position in `rows`. */
  slots: Int32Array;
  status: Uint8Array;
  /** What the length of its period means. */
  paces: Pace[];
  /** Hour and type of day of the middle of the period, and whether the day is a holiday or has an event. */
  bins: Uint8Array;
  special: Uint8Array;
  /** Whether what is in line is learned: not on such a day, nor while something is wrong with the cell. */
  learns: Uint8Array;
  columns: ReadonlyMap<string, Float64Array>;
  whole: Whole;
  /** Number of the source, and whether it delivers most of its cells at once: then who is not among them is missing. */
  source: { index: number; isWhole: boolean };
}

/** Clocks of two machines differ by so much: what is told a little before its period is over is as good as in time. *Default.* */
export const CLOCK_SKEW_MS = 30_000;

/** The sender's clock is ahead: it must not make all others late. */
export function isAhead({ at, batch }: Pick<Run, 'at' | 'batch'>): boolean {
  return at > batch.receivedAt + CLOCK_SKEW_MS;
}

const NONE = new Float64Array(0);

/** What a row says of the cell as a whole, looked up once a run: by column, empty where the batch has none. */
export type Whole = Readonly<Record<keyof typeof WHOLE, Float64Array>>;

const WHOLE = {
  planned: 'planned_unavail_s',
  saving: 'saving_s',
  fault: 'fault_unavail_s',
  availability: 'availability_pct',
  users: 'active_users',
  traffic: 'traffic_gb',
} as const;

export function wholeOf(columns: Run['columns']): Whole {
  const entries = Object.entries(WHOLE).map(([name, column]) => [name, columns.get(column) ?? NONE]);
  return Object.fromEntries(entries) as Whole;
}

/** The value of a column in a row; NaN when the batch has no such column. */
export function valueAt(run: Run, column: string, row: number): number {
  return (run.columns.get(column) ?? NONE)[row] ?? Number.NaN;
}

/** Row numbers by time, oldest first; rows of one time keep their order. */
export function rowsByTime(batch: ReadingBatch): Uint32Array[] {
  const { at, rows } = batch;
  const order = new Uint32Array(rows).map((_, row) => row);
  if (!isSorted(at, rows)) order.sort((a, b) => at[a]! - at[b]! || a - b);
  const runs: Uint32Array[] = [];
  let from = 0;
  for (let i = 1; i <= rows; i++) {
    if (i < rows && at[order[i]!] === at[order[from]!]) continue;
    runs.push(order.subarray(from, i));
    from = i;
  }
  return runs;
}

function isSorted(at: Float64Array, rows: number): boolean {
  for (let row = 1; row < rows; row++) if (at[row]! < at[row - 1]!) return false;
  return true;
}
