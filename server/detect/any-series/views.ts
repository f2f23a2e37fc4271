// What the channels look at: distances from levels of long, middle and short memory, the drift of the mean, its unrest, and standstill.

import type { AnySeriesProfile } from './profile.ts';

/** Equal to within rounding is equal. */
const EQUAL = 1e-9;
const TINY = 1e-300;

export type View = 'level' | 'mid' | 'jump' | 'shift' | 'spread' | 'flat';

export class Views {
  /** Sizes of what each view sees in the value looked at last, and the least size that is any. */
  readonly sizes: Record<View, number> = { level: 0, mid: 0, jump: 0, shift: 0, spread: 0, flat: 0 };
  readonly least: Record<View, number> = { level: 0, mid: 0, jump: 0, shift: 0, spread: 0, flat: 0 };
  private rows = 0;
  private value = 0;
  private season = 0;
  private amplitude = 0;
  private level = 0;
  private mid = 0;
  private fast = 0;
  private shift = 0;
  private move = 0;
  private unrest = 0;
  private usualUnrest = 0;
  private run = 0;
  /** Share of rows that equal the one before. */
  private still = 0;
  private last = 0;
  private lastSeason = 0;
  /** Length of the standstill that the value looked at last has ended (0: there was none); undefined while it goes on. */
  endedRun: number | undefined;

  constructor(private readonly profile: AnySeriesProfile) {
    this.least.spread = profile.leastUnrest;
  }

  /** Sets `sizes` for a value, with the part of it that is season, and how far it lies from the mean. */
  look(value: number, season: number, deviation: number, slack: number): void {
    const { profile } = this;
    this.rows++;
    if (this.rows === 1) this.level = this.mid = this.fast = this.last = value;
    this.value = value;
    this.season = season;
    this.amplitude += (Math.abs(deviation) - this.amplitude) / this.memory(profile.tail.memory);
    const least = profile.leastShare * this.amplitude;
    this.least.level = this.least.mid = least + slack;
    this.least.jump = least + 2 * slack;
    this.least.shift = least;
    const { sizes } = this;
    sizes.level = value - season - this.level;
    sizes.mid = value - season - this.mid;
    sizes.jump = value - this.fast - (season - this.lastSeason);
    this.shift += (sizes.level - this.shift) / profile.shiftRows;
    sizes.shift = this.shift;
    this.lookAtMoves(least);
  }

  private lookAtMoves(least: number): void {
    const move = Math.abs(this.value - this.last);
    this.move = move;
    this.unrest += (move - this.unrest) / this.memory(2 * this.profile.shiftRows);
    const ground = least / 2 + TINY;
    this.sizes.spread =
      this.rows > this.profile.warmRows ? Math.log((this.unrest + ground) / (this.usualUnrest + ground)) : 0;
    const stands = move <= EQUAL * Math.abs(this.value);
    this.endedRun = stands ? undefined : this.run;
    this.run = stands ? this.run + 1 : 0;
    this.still += (Number(stands) - this.still) / this.memory(this.profile.levelRows);
    // Where standstill is the rule it is none.
    this.sizes.flat = this.run >= this.profile.leastStandstill ? this.run * Math.max(0, 1 - 2 * this.still) : 0;
  }

  /** Learns the value looked at last; the long memories take only `weight` of it. */
  learn(weight: number): void {
    const { profile, sizes } = this;
    this.level += (weight * sizes.level) / this.memory(profile.levelRows);
    this.usualUnrest += (weight * (this.move - this.usualUnrest)) / this.memory(profile.levelRows);
    this.mid += sizes.mid / this.memory(profile.midRows);
    this.fast += (this.value - this.fast) / this.memory(profile.fastRows);
    this.last = this.value;
    this.lastSeason = this.season;
  }

  private memory(rows: number): number {
    return Math.min(this.rows, rows);
  }
}
