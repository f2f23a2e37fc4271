// A source: one sender behind one door: what it has sent, how punctually, and what its clock is worth.

/** What a sender's clock is worth, judged by how long after the END of their periods its readings arrive. */
export interface ClockJudgement {
  /** By how much it seems to be ahead of ours, seconds; negative: behind. 0 where nothing is wrong. */
  skewSeconds: number;
  /** `zone?`: behind by whole hours: a wrong zone, or a sender that keeps readings back. `unknown`: too little came. */
  verdict: 'ok' | 'ahead' | 'behind' | 'zone?' | 'unknown';
}

export interface SourceStatus {
  id: string;
  /** Data clock, epoch milliseconds: what its cells have come to together; null before the first reading. */
  newestAt: number | null;
  /** Wall time of the last arrival, epoch milliseconds. */
  heardAt: number;
  /** Longest granularity period of its newest readings, seconds; null before the first. */
  periodSeconds: number | null;
  readings: number;
  /** Radio samples. */
  samples: number;
  rejected: number;
  /** Readings that came after a newer period of their cell. */
  late: number;
  /** Readings that had come before, with the same columns. */
  doubled: number;
  /** Accepted and refused in the last 24 hours of wall time. */
  lastDay: { accepted: number; rejected: number };
  /** Usual wall time between two new periods, milliseconds; 0 until it is known. */
  usualGapMs: number;
  /** Wall time since the last new period, and the longest between two, milliseconds; null before the first. */
  gapMs: number | null;
  longestGapMs: number;
  /** From the END of a period to its arrival, seconds, over the newest deliveries; null before the first. */
  delaySeconds: { p50: number; p95: number } | null;
  clock: ClockJudgement;
  /** Nothing has come for far longer than usual, by wall time. */
  quiet: boolean;
}
