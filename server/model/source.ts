// A source: one sender behind one door, with the newest period it has told of.

export interface SourceStatus {
  id: string;
  /** Data clock: newest `at` heard, epoch milliseconds. */
  newestAt: number | null;
  /** Wall time of the last arrival, epoch milliseconds. */
  heardAt: number;
  readings: number;
  /** Radio samples. */
  samples: number;
  rejected: number;
  /** Usual wall time between two new periods, milliseconds; 0 until it is known. */
  usualGapMs: number;
  /** Nothing has come for far longer than usual, by wall time. */
  quiet: boolean;
}
