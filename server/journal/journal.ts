// The contract of the journal: what was accepted, in order, on disk. 2xx at a door means: written here and synced.

import type { JournalEntry, JournalRecord } from '../model/journal.ts';

export interface JournalStatus {
  /** Number of the newest durable record, 0 when empty. */
  head: number;
  bytes: number;
  maxBytes: number;
  /** Whose state is the oldest that is durable: what it still needs is what fills the disk. */
  holder?: string;
  /** How far each consumer has taken the journal; positions that are only held are not among them. */
  consumers: Record<string, number>;
  /** Wall time at which the oldest record came that a consumer has yet to take, epoch milliseconds; of those that have one. */
  waitingSince: Record<string, number>;
}

/** A room that follows the journal in order. */
export interface Consumer {
  name: string;
  /** Newest number that is durable on the consumer's side; replay starts after it. */
  after: number;
  /** Takes the next records, in order, one call at a time. A rejection is retried after a pause, with the same records. */
  take(records: JournalRecord[]): Promise<void>;
}

export interface Journal {
  /**
   * Appends and syncs (group commit); resolves with the record's number once it is durable and the watchers have seen it.
   * Rejects with `JournalFull` when the disk budget is spent because a consumer is behind, or too much waits for the disk,
   * and with `JournalFailed` when the disk does not take it.
   */
  append(entry: JournalEntry): Promise<number>;
  /** Called synchronously for each record once it is durable, in order, before `append` resolves. For what is kept in memory. */
  watch(watcher: (record: JournalRecord) => void): void;
  /** Starts feeding a consumer that works at its own pace. */
  attach(consumer: Consumer): void;
  /** Keeps what stands after `after` until `release` names a later place: for a state that no consumer feeds. */
  hold(name: string, after: number): void;
  /** The consumer's own state is durable up to `seq`; segments that nobody needs are deleted. */
  release(name: string, seq: number): void;
  /** Durable records with `seq > after`, in order. */
  read(after: number): AsyncIterable<JournalRecord>;
  /** Resolves when the named consumer has taken everything up to `seq`. */
  drained(consumer: string, seq: number): Promise<void>;
  status(): JournalStatus;
  /** Stops the consumers between two batches, syncs and closes. */
  close(): Promise<void>;
}

/** There is no room; the sender should come back in `retryAfterSeconds`. */
export class JournalFull extends Error {
  constructor(
    why: string,
    readonly retryAfterSeconds: number,
  ) {
    super(why);
  }
}

/** The disk did not take the record: nothing of it is kept. The sender should come back in `retryAfterSeconds`. */
export class JournalFailed extends Error {
  constructor(
    cause: unknown,
    readonly retryAfterSeconds: number,
  ) {
    super(`the journal cannot be written: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}
