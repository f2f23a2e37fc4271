// Keeps what was refused: counted by source at once, written to the ledger a little later, bounded on the way.

import type { Sources } from './live/sources.ts';
import type { Rejection } from './model/rejection.ts';
import type { Ledger, StoredRejection } from './storage/ledger.ts';

/** Rejections that wait to be written; further ones are counted, and the log says so. */
const MOST_WAITING = 20_000;
const FLUSH_MS = 1000;

export class RejectionBook {
  private waiting: StoredRejection[] = [];
  private flushing: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly ledger: Ledger,
    private readonly sources: Sources,
    private readonly now: () => number,
    private readonly log: (line: string) => void,
  ) {}

  /** `total` may be more than the rejections that are kept one by one. */
  add(source: string, rejections: readonly Rejection[], total: number): void {
    if (total === 0) return;
    const at = this.now();
    this.sources.refuse(source, total, at);
    const room = MOST_WAITING - this.waiting.length;
    for (const rejection of rejections.slice(0, room)) this.waiting.push({ ...rejection, at, source });
    if (rejections.length > room)
      this.log(`rejections: ${rejections.length - room} of ${source} are only counted, not kept`);
    this.timer ??= setTimeout(() => void this.flush().catch((error) => this.log(`rejections: ${error}`)), FLUSH_MS);
  }

  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    await this.flushing;
    const rejections = this.waiting;
    if (rejections.length === 0) return;
    this.waiting = [];
    this.flushing = this.save(rejections);
    await this.flushing;
  }

  /** What the ledger cannot take now waits for the next flush. */
  private async save(rejections: StoredRejection[]): Promise<void> {
    try {
      await this.ledger.saveRejections(rejections);
    } catch (error) {
      this.waiting = [...rejections, ...this.waiting].slice(0, MOST_WAITING);
      throw error;
    } finally {
      this.flushing = undefined;
    }
  }
}
