// The data clock of one sender: how far its cells have come together, so that one wrong clock among them moves nothing.

import { textHash } from './text-hash.ts';

/** A time counts once this many cells have come so far… */
const LEAST_CELLS = 2;
/** …or this share of the sender's cells, where that is more (*default*). */
const LEAST_SHARE = 0.05;
/**
 * Where nobody follows, the clock goes after the few that still speak once they have told of this many later times: one
 * more than the periods after which a cell that says nothing counts as silent, so that nobody waits longer than without this.
 */
const LONE_TIMES = 4;

/** Cells of a delivery that are not looked at one by one. */
const LARGE_DELIVERY = 1000;
/** Cells of a sender that are counted one by one; of more, the share is taken of these. */
const MOST_CELLS = 20_000;
/** A cell that was not heard for so long of the sender's time is none of its cells any more. */
const FORGOTTEN_AFTER_MS = 86_400_000;
const LOOK_EVERY_MS = 3_600_000;

/** All that a clock knows, as plain data for a checkpoint. */
export interface SourceClockState {
  at: number;
  /** Where the clock stood when each cell was heard last, by the hash of its id; absent in checkpoints of before it was kept. */
  heard?: { hashes: number[]; at: number[] };
  mostAtOnce: number;
  mostAt?: number;
  lookedAt?: number;
  ahead: [string, number][];
  beside: string[];
  loneTimes: number;
  loneAt: number;
}

export class SourceClock {
  /** Where the clock stood when each cell was heard last, by the hash of its id: ids would hold on to what they came in. */
  private heard = new Map<number, number>();
  /** Cells of the largest delivery, and where the clock stood at it. */
  private mostAtOnce = 0;
  private mostAt = 0;
  private lookedAt = 0;
  /** Newest time of each cell that is ahead of the clock. */
  private ahead = new Map<string, number>();
  /** While only a few are heard: who stands where the clock is. */
  private beside = new Set<string>();
  /** Later times in a row that only a few have told of, and the newest of them. */
  private loneTimes = 0;
  private loneAt = 0;

  /** `at`: epoch milliseconds of data time, 0 before it is known. `known`: how many cells there are, where that is known elsewhere. */
  constructor(
    public at = 0,
    private readonly known?: () => number,
  ) {}

  /** Cells heard within a day of its time; of large deliveries those of the largest. */
  get size(): number {
    return this.known?.() ?? Math.max(this.heard.size, this.mostAtOnce);
  }

  /**
   * Takes one delivery: row i tells of cell `cells[cell[i]]` up to `at[i]`. The clock never goes back, nor beyond
   * `receivedAt`, the moment of receipt. Returns where it stands.
   */
  hear(cells: readonly string[], cell: Uint32Array, at: Float64Array, receivedAt = Number.POSITIVE_INFINITY): number {
    const newest = new Float64Array(cells.length);
    for (let row = 0; row < at.length; row++) {
      const time = Math.min(at[row]!, receivedAt);
      if (time > newest[cell[row]!]!) newest[cell[row]!] = time;
    }
    if (!this.known) this.count(cells);
    this.followMany(newest);
    for (let i = 0; i < newest.length; i++) if (newest[i]! >= this.at) this.note(cells[i]!, newest[i]!);
    this.advance();
    if (this.at - this.lookedAt >= LOOK_EVERY_MS) this.forget();
    return this.at;
  }

  /** Enough cells of one delivery need no look at each of them; `advance` sees to those that went further. */
  private followMany(newest: Float64Array): void {
    const { need } = this;
    if (newest.length < need) return;
    const at = newest.slice().sort()[newest.length - need]!;
    if (at <= this.at) return;
    this.loneTimes = 0;
    this.moveTo(at);
  }

  /** Each cell by itself only where deliveries are small: names cost more than times. */
  private count(cells: readonly string[]): void {
    if (cells.length >= this.mostAtOnce || this.at - this.mostAt > FORGOTTEN_AFTER_MS) {
      this.mostAtOnce = cells.length;
      this.mostAt = this.at;
    }
    if (cells.length >= LARGE_DELIVERY) return;
    for (const id of cells) {
      const hash = textHash(id);
      if (this.heard.size < MOST_CELLS || this.heard.has(hash)) this.heard.set(hash, this.at);
    }
  }

  private forget(): void {
    this.lookedAt = this.at;
    for (const [hash, at] of this.heard) if (this.at - at > FORGOTTEN_AFTER_MS) this.heard.delete(hash);
  }

  private get need(): number {
    return Math.max(LEAST_CELLS, Math.ceil(LEAST_SHARE * this.size));
  }

  private note(cell: string, at: number): void {
    if (at > this.at) {
      this.beside.delete(cell);
      this.ahead.set(cell, Math.max(at, this.ahead.get(cell) ?? 0));
    } else if (at === this.at && this.loneTimes > 0) this.beside.add(cell);
  }

  private advance(): void {
    const { need } = this;
    if (this.ahead.size >= need) {
      this.loneTimes = 0;
      this.moveTo([...this.ahead.values()].sort((a, b) => b - a)[need - 1]!);
      return;
    }
    if (this.beside.size + this.ahead.size >= need) this.loneTimes = 0;
    this.followFew();
  }

  private followFew(): void {
    const newest = Math.max(this.at, ...this.ahead.values());
    if (newest <= Math.max(this.at, this.loneAt)) return;
    this.loneAt = newest;
    this.loneTimes++;
    if (this.loneTimes >= LONE_TIMES) this.moveTo(newest);
  }

  private moveTo(at: number): void {
    if (this.at === 0) this.begin(at);
    this.at = at;
    const there = [...this.ahead].filter(([, cellAt]) => cellAt >= at);
    this.beside = new Set(this.loneTimes > 0 ? there.map(([cell]) => cell) : []);
    this.ahead = new Map(there.filter(([, cellAt]) => cellAt > at));
  }

  /** What was heard before the time was known was heard now. */
  private begin(at: number): void {
    for (const hash of this.heard.keys()) this.heard.set(hash, at);
    this.mostAt = at;
    this.lookedAt = at;
  }

  save(): SourceClockState {
    const { at, mostAtOnce, mostAt, lookedAt, loneTimes, loneAt } = this;
    return {
      ...{ at, mostAtOnce, mostAt, lookedAt, loneTimes, loneAt },
      heard: { hashes: [...this.heard.keys()], at: [...this.heard.values()] },
      ...{ ahead: [...this.ahead], beside: [...this.beside] },
    };
  }

  load({ at, mostAtOnce, loneTimes, loneAt, ahead, beside, ...state }: SourceClockState): void {
    const { heard, mostAt = at, lookedAt = at } = state;
    Object.assign(this, { at, mostAtOnce, mostAt, lookedAt, loneTimes, loneAt });
    this.heard = new Map(heard?.hashes.map((hash, i) => [hash, heard.at[i]!] as const));
    this.ahead = new Map(ahead);
    this.beside = new Set(beside);
  }
}
