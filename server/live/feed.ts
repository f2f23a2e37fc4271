// The feed: everything that happens now as one typed, numbered list of events; numbers rise over restarts.

import type { AlertRecord } from '../model/alert.ts';

export type FeedEvent =
  | { type: 'alert'; seq: number; alert: AlertRecord }
  | { type: 'inventory'; seq: number; cells: number };

export interface FeedOptions {
  /** First number that no earlier run can have used. */
  firstSeq: number;
  /** Makes numbers up to `seq` reserved for this run, durably. */
  reserve(seq: number): Promise<void>;
  /** Newest alert events of earlier runs, in order. */
  earlier: readonly { seq: number; alert: AlertRecord }[];
  log(line: string): void;
}

/** Numbers are reserved in blocks, so that the ledger is written seldom. */
export const FEED_BLOCK = 1_000_000;
/** Alert events kept for clients that come back; older ones ask for a resync. */
export const MOST_KEPT_EVENTS = 20_000;

export class Feed {
  private seq: number;
  /** Newest number that listeners have been told. */
  private published: number;
  private reserved: number;
  private readonly kept: { seq: number; alert: AlertRecord }[];
  private readonly listeners = new Set<(event: FeedEvent) => void>();
  /** Events up to this number are no longer all here. */
  private forgotten: number;

  constructor(private readonly options: FeedOptions) {
    this.seq = options.firstSeq - 1;
    this.published = this.seq;
    this.reserved = options.firstSeq - 1 + FEED_BLOCK;
    this.kept = options.earlier.slice(-MOST_KEPT_EVENTS);
    this.forgotten = this.kept.length < MOST_KEPT_EVENTS ? 0 : this.kept[0]!.seq - 1;
  }

  /** Numbers up to here have been told; one that is given but still being saved is not among them. */
  get head(): number {
    return this.published;
  }

  next(): number {
    this.seq++;
    if (this.seq > this.reserved - FEED_BLOCK / 2) {
      this.reserved += FEED_BLOCK;
      void this.options
        .reserve(this.reserved)
        .catch((error) => this.options.log(`feed: could not reserve numbers: ${error}`));
    }
    return this.seq;
  }

  publish(event: FeedEvent): void {
    this.published = Math.max(this.published, event.seq);
    if (event.type === 'alert') {
      this.kept.push({ seq: event.seq, alert: event.alert });
      if (this.kept.length > MOST_KEPT_EVENTS) this.forgotten = this.kept.shift()!.seq;
    }
    for (const listener of this.listeners) listener(event);
  }

  /** Alert events after `seq`; undefined when some of them are no longer kept, or the number was never given. */
  since(seq: number): { seq: number; alert: AlertRecord }[] | undefined {
    if (seq > this.published || seq < this.forgotten) return undefined;
    let from = this.kept.length;
    while (from > 0 && this.kept[from - 1]!.seq > seq) from--;
    return this.kept.slice(from);
  }

  /** Returns the call that ends listening. */
  listen(listener: (event: FeedEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
