// What leaves the pretend network, ready for one of the server's doors; and the contract of those who write it.

/** The doors by which the network itself speaks: readings, events, and what changes of its inventory. */
export type Door = 'readings' | 'pm' | 'line' | 'csv' | 'events' | 'inventory';

/** Ways of sending readings, as `--send` names them: the parts in this folder. */
export const READING_FORMS = ['ndjson', 'pm', 'line', 'csv'] as const;
export type ReadingForm = (typeof READING_FORMS)[number];

export interface Delivery {
  door: Door;
  body: Uint8Array;
  /** Readings, events or cells in it. */
  rows: number;
  /** Of what comes as files: its name by TS 32.432. */
  name?: string;
}

/** Writes readings of cells, by their index in `City.cells`. Several periods may go into one delivery. */
export interface ReadingWriter {
  /** Adds one reading: the row's values in the order of SENT, NaN is not measured. `at` is the END of its period as it is told. */
  add(cell: number, at: number, row: Float64Array): void;
  /** From now on the cell goes by this id. */
  rename(cell: number, id: string): void;
  /** From now on comes what is sent of the period that ends at `at`, and what was kept back before: files are closed. */
  beginPeriod(at: number): void;
  /** What was finished since the last call, and with it all that is begun, in the order of time. */
  take(): Delivery[];
}

/** Bodies are cut at this size, so that no network is too large for a request. */
export const BODY_BYTES = 4 * 1024 * 1024;
