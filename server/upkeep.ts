// Looks after the past: has days pooled that are over, and lets go of what is older than it is to be kept.

import type { RetentionConfig } from './config/retention.ts';
import type { Journal } from './journal/journal.ts';
import { DAY_MS } from './maths/local-time.ts';
import { nthLargest } from './maths/nth-largest.ts';
import type { KpiStore } from './storage/kpi-store.ts';
import { type KeptLevel, LEVELS, type Level } from './storage/levels.ts';
import type { SampleStore } from './storage/sample-store.ts';
import { Turns } from './turns.ts';

export interface UpkeepRooms {
  store: Pick<KpiStore, 'rollUp' | 'forget' | 'kept'>;
  samples: Pick<SampleStore, 'forget'>;
  journal: Pick<Journal, 'status'>;
  /** END of the newest reading of every cell. */
  newest(): Iterable<[cell: string, at: number]>;
  retention: RetentionConfig;
  /** Wall time, epoch milliseconds. */
  now(): number;
  log(line: string): void;
}

/** While readings wait for the store, a day is pooled this often only, so that they go first. Wall time, milliseconds. */
const BUSY_PAUSE_MS = 30_000;
/** Journal records that the store may be behind without being busy. */
const IDLE_RECORDS = 20;
/** What is kept is measured this often. Wall time, milliseconds. */
const MEASURE_MS = 600_000;
/** A wrong clock of a few cells does not move the network's: so many of them, or this share, must have got as far. */
const LEAST_CELLS = 3;
const LEAST_SHARE = 0.01;

export class Upkeep {
  /** What is kept of each level, as it was measured last. */
  kept: Record<Level, KeptLevel> | undefined;
  private readonly turns = new Turns();
  private isEnding = false;
  private isAtWork = false;
  private pooledAt = Number.NEGATIVE_INFINITY;
  private measuredAt = Number.NEGATIVE_INFINITY;
  private cleanedDay: number | undefined;
  private failure = '';

  constructor(private readonly rooms: UpkeepRooms) {}

  /** Does what is due; a look while another one is at work does nothing. Never rejects. */
  look(): Promise<void> {
    if (this.isAtWork || this.isEnding) return Promise.resolve();
    this.isAtWork = true;
    return this.turns
      .take(() => this.work())
      .then(() => {
        this.failure = '';
      })
      .catch((error) => this.tell(`${error}`))
      .finally(() => {
        this.isAtWork = false;
      });
  }

  /** Resolves when what was begun is done. */
  finish(): Promise<void> {
    this.isEnding = true;
    return this.turns.take(async () => undefined);
  }

  private async work(): Promise<void> {
    const clock = this.clock();
    if (clock !== undefined) {
      await this.pool(clock);
      await this.letGo(clock);
    }
    if (this.rooms.now() - this.measuredAt < MEASURE_MS) return;
    this.measuredAt = this.rooms.now();
    this.kept = await this.rooms.store.kept();
  }

  /** The data time that enough of the network has reached. */
  private clock(): number | undefined {
    const newest = Array.from(this.rooms.newest(), ([, at]) => at);
    return nthLargest(newest, Math.max(LEAST_CELLS, Math.ceil(newest.length * LEAST_SHARE)));
  }

  private async pool(clock: number): Promise<void> {
    while (!this.isEnding) {
      if (this.isBusy() && this.rooms.now() - this.pooledAt < BUSY_PAUSE_MS) return;
      const isMore = await this.rooms.store.rollUp(clock);
      if (!isMore) return;
      this.pooledAt = this.rooms.now();
    }
  }

  private isBusy(): boolean {
    const { head, consumers } = this.rooms.journal.status();
    return head - (consumers.store ?? head) > IDLE_RECORDS;
  }

  /** Once a day of data: late readings of a day that was let go have until then to come together and be pooled. */
  private async letGo(clock: number): Promise<void> {
    const day = Math.floor(clock / DAY_MS);
    if (this.isEnding || this.cleanedDay === day) return;
    const { store, samples, retention } = this.rooms;
    const forgetting = LEVELS.map(
      (level) => [retention[level], (until: number) => store.forget(level, until)] as const,
    );
    const failures: unknown[] = [];
    for (const [age, forget] of [
      ...forgetting,
      [retention.samples, (until: number) => samples.forget(until)] as const,
    ]) {
      // What cannot be let go does not hold up the rest.
      if (age < Infinity) await forget(clock - age).catch((error) => failures.push(error));
    }
    if (failures.length > 0) throw failures[0];
    this.cleanedDay = day;
    this.measuredAt = Number.NEGATIVE_INFINITY;
  }

  /** The same trouble again and again is told once. */
  private tell(failure: string): void {
    if (failure === this.failure) return;
    this.failure = failure;
    this.rooms.log(`upkeep: the past could not be looked after (trying again): ${failure}`);
  }
}
