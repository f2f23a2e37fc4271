// Keeps what was refused: counted by source and reason at once and for ever, written a little later, bounded on the way.

import type { Sources } from '../live/sources.ts';
import type { Rejection } from '../model/rejection.ts';
import type { RejectionCount, RejectionStore, StoredRejection } from '../storage/rejection-store.ts';
import { Turns } from '../turns.ts';

/** Rejections that wait to be written; further ones are counted, and the log says so. */
const MOST_WAITING = 20_000;
const FLUSH_MS = 1000;
/** Sources by reasons that are counted apart; those of further sources are counted together. */
const MOST_COUNTS = 50_000;
const OTHER_SOURCES = '(other sources)';

export class RejectionBook {
  private waiting: StoredRejection[] = [];
  private readonly counts = new Map<string, RejectionCount>();
  /** Keys of counts that have changed since they were written. */
  private changed = new Set<string>();
  private readonly turns = new Turns();
  private timer: NodeJS.Timeout | undefined;

  private constructor(
    private readonly store: RejectionStore,
    private readonly sources: Sources,
    private readonly now: () => number,
    private readonly log: (line: string) => void,
  ) {}

  /** Goes on counting where it stopped; the sources, restored before, know of it too. */
  static async open(
    store: RejectionStore,
    sources: Sources,
    now: () => number,
    log: (line: string) => void,
  ): Promise<RejectionBook> {
    const book = new RejectionBook(store, sources, now, log);
    const ofSource = new Map<string, { rejected: number; heardAt: number }>();
    for (const one of await store.counts()) {
      book.counts.set(keyOf(one.source, one.reason), one);
      const { rejected, heardAt } = ofSource.get(one.source) ?? { rejected: 0, heardAt: 0 };
      ofSource.set(one.source, { rejected: rejected + one.count, heardAt: Math.max(heardAt, one.lastAt) });
    }
    for (const [id, { rejected, heardAt }] of ofSource) sources.recall(id, rejected, heardAt, now());
    return book;
  }

  /** `total` may be more than the rejections that are given one by one: the rest is like the last of them. */
  add(source: string, rejections: readonly Rejection[], total: number): void {
    if (total === 0) return;
    const at = this.now();
    this.sources.refuse(source, total, at);
    for (const rejection of rejections) this.count(source, rejection, rejection.count ?? 1, at);
    const told = rejections.reduce((sum, { count = 1 }) => sum + count, 0);
    const last = rejections.at(-1);
    if (last && total > told) this.count(source, last, total - told, at);
    const room = MOST_WAITING - this.waiting.length;
    for (const rejection of rejections.slice(0, room)) this.waiting.push({ ...rejection, at, source });
    if (rejections.length > room)
      this.log(`rejections: ${rejections.length - room} of ${source} are only counted, not kept`);
    this.timer ??= setTimeout(() => void this.flush().catch((error) => this.log(`rejections: ${error}`)), FLUSH_MS);
  }

  private count(from: string, rejection: Rejection, more: number, at: number): void {
    const isKnown = this.counts.has(keyOf(from, rejection.reason)) || this.counts.size < MOST_COUNTS;
    const source = isKnown ? from : OTHER_SOURCES;
    const key = keyOf(source, rejection.reason);
    const known = this.counts.get(key);
    this.counts.set(key, {
      source,
      reason: rejection.reason,
      count: (known?.count ?? 0) + more,
      firstAt: known?.firstAt ?? at,
      lastAt: at,
      example: rejection,
    });
    this.changed.add(key);
  }

  /** Of one source, of one reason, or all; most first. */
  countsOf({ source, reason }: { source?: string; reason?: string } = {}): RejectionCount[] {
    return [...this.counts.values()]
      .filter((one) => (source ?? one.source) === one.source && (reason ?? one.reason) === one.reason)
      .sort((a, b) => b.count - a.count);
  }

  /** Resolves when all that was added before is saved; one after another. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    return this.turns.take(() => this.save());
  }

  /** What the store cannot take now waits for the next flush. */
  private async save(): Promise<void> {
    if (this.changed.size === 0) return;
    const [rejections, changed] = [this.waiting, this.changed];
    this.waiting = [];
    this.changed = new Set();
    try {
      const counts = [...changed].map((key) => this.counts.get(key)!);
      await this.store.save(rejections, counts, this.now());
    } catch (error) {
      this.waiting = [...rejections, ...this.waiting].slice(0, MOST_WAITING);
      this.changed = new Set([...this.changed, ...changed]);
      throw error;
    }
  }
}

const keyOf = (source: string, reason: string) => `${source}\n${reason}`;
