// The network's data time: what enough of the cells that still speak have come to, so that one wrong clock among them moves nothing.

import { SourceClock, type SourceClockState } from '../maths/source-clock.ts';
import type { ReadingBatch } from '../model/reading.ts';

/** Cells that are further behind than this do not count as speaking: those of an old file do not make the others few. */
export const PAST_MS = 86_400_000;

export interface NetworkClockState {
  clock: SourceClockState;
  newest: number;
  speaking: number;
}

export class NetworkClock {
  private clock = new SourceClock(0, () => this.speaking);
  /** Newest time of any cell. */
  private newest = 0;
  /** Cells whose newest reading is of the last day before the clock, or later. */
  private speaking = 0;

  /** Epoch milliseconds; 0 before the first reading. A cell that is alone has nobody to be checked against. */
  get at(): number {
    return this.speaking < 2 && this.clock.at === 0 ? this.newest : this.clock.at;
  }

  /** A cell's newest time moves, from 0 when it is its first. */
  move(from: number, to: number): void {
    const since = this.clock.at - PAST_MS;
    if (to > this.newest) this.newest = to;
    if (to > since && (from === 0 || from <= since)) this.speaking++;
  }

  /** A batch has moved its cells; `newest` of every cell, 0 for those that were never heard. */
  hear({ cells, cell, at }: Pick<ReadingBatch, 'cells' | 'cell' | 'at'>, newest: Float64Array): void {
    const before = this.clock.at;
    if (this.clock.hear(cells, cell, at) === before) return;
    const since = this.clock.at - PAST_MS;
    this.speaking = 0;
    for (const time of newest) if (time > 0 && time > since) this.speaking++;
  }

  save(): NetworkClockState {
    return { clock: this.clock.save(), newest: this.newest, speaking: this.speaking };
  }

  load({ clock, newest, speaking }: NetworkClockState): void {
    this.clock.load(clock);
    this.newest = newest;
    this.speaking = speaking;
  }
}
