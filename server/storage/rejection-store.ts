// The contract of the store of rejections: the newest one by one, and counts by source and reason for ever.

import type { Rejection, RejectionReason } from '../model/rejection.ts';

export interface StoredRejection extends Rejection {
  /** Wall time, epoch milliseconds. */
  at: number;
  source: string;
  /** Rises with every one that is saved; given by the store. */
  id?: number;
}

/** All that was refused of one source for one reason; wall times in epoch milliseconds. */
export interface RejectionCount {
  source: string;
  reason: RejectionReason;
  count: number;
  firstAt: number;
  lastAt: number;
  /** The newest one. */
  example: Rejection;
}

export interface RejectionQuery {
  limit: number;
  /** The `id` of the last one already shown. */
  before?: number;
  source?: string;
  reason?: string;
  /** Wall time, epoch milliseconds: `from <= at < to`. */
  from?: number;
  to?: number;
}

/** Kept one by one, whichever bound is reached first; the oldest go first and stay counted. */
export const MOST_REJECTIONS = 10_000;
export const MOST_REJECTION_DAYS = 90;

export interface RejectionStore {
  /** Saves the newest ones, and the counts as they stand now, in one transaction. `now`: wall time, for the age of the oldest. */
  save(rejections: readonly StoredRejection[], counts: readonly RejectionCount[], now: number): Promise<void>;
  /** Newest first. */
  list(query: RejectionQuery): Promise<StoredRejection[]>;
  counts(): Promise<RejectionCount[]>;
  /** How many are kept one by one. */
  kept(): Promise<number>;
  close(): Promise<void>;
}
