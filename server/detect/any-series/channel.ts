// One way of looking at a series: how rare the size of what it sees is, on either side, and whether it was there before.

import { Peaks } from '../../maths/peaks.ts';
import { Tail } from '../../maths/tail.ts';
import type { AnySeriesProfile } from './profile.ts';

const DAY_MS = 86_400_000;

export class Channel {
  private readonly up: Side;
  private readonly down: Side;
  private size = 0;
  /** Mean square of the sizes of the last rows. */
  private swing = 0;
  private rows = 0;

  constructor(
    private readonly weight: number,
    private readonly profile: AnySeriesProfile,
  ) {
    this.up = new Side(profile);
    this.down = new Side(profile);
  }

  /** How surprising `size` is (−log10 of a chance, weighted); one within ±`least` is none. */
  judge(size: number, least: number, at: number, apart: number): number {
    const news = this.beyondSwing(size, least);
    this.size = Math.sign(size) * Math.max(0, Math.abs(size) - least);
    const side = this.size > 0 ? this.up : this.down;
    return this.weight * news * side.judge(Math.abs(this.size), at, apart);
  }

  /** How far a size lies beyond the swing of the rows before: 0 well within, 1 wholly; the size joins them. */
  private beyondSwing(size: number, least: number): number {
    const { swing, swingRows } = this.profile;
    const usual = Math.sqrt(this.swing) + least;
    this.rows = Math.min(this.rows + 1, swingRows);
    this.swing += (size ** 2 - this.swing) / this.rows;
    return usual > 0 ? Math.min(1, Math.abs(size) / (swing * usual)) : 1;
  }

  /** Learns a size that was not judged in itself: of what grows row by row, only the end counts. */
  learnSize(size: number): void {
    this.up.tail.learn(size, 1);
  }

  /** Learns what was judged last. */
  learn(weight: number): void {
    this.up.tail.learn(Math.max(0, this.size), weight);
    this.down.tail.learn(Math.max(0, -this.size), weight);
  }
}

class Side {
  readonly tail: Tail;
  private readonly peaks: Peaks;

  constructor(private readonly profile: AnySeriesProfile) {
    this.tail = new Tail(profile.tail);
    this.peaks = new Peaks(profile.peaksKept, profile.peakDays * DAY_MS);
  }

  judge(size: number, at: number, apart: number): number {
    const surprise = Math.min(this.profile.mostSurprise, this.tail.surprise(size));
    const { peakSurprise, peakShare, habitualPeaks, seenBefore } = this.profile;
    if (surprise < peakSurprise) return surprise;
    const before = this.peaks.reached(peakShare * size, at, apart);
    this.peaks.add(size, at, apart);
    if (before >= habitualPeaks) return Math.min(surprise, peakSurprise);
    return Math.max(0, surprise - seenBefore * Math.log10(1 + before));
  }
}
