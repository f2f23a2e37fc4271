// How long the period of a reading is, and what follows from that: how much one value moves what is remembered.

import type { SeasonalProfile } from './profile.ts';

/** One value never moves an average by more than so much of the way. */
const MOST = 0.5;
const MOST_DRIFT = 0.1;
/** Senders use a handful of periods; more are not kept. */
const MOST_KEPT = 16;

/** Reckoned once for all readings of one length. The rates are shares of the way to the newest value: period by memory. */
export class Pace {
  readonly hours: number;
  /** Of what is out of line on the average of the last hours. */
  readonly shift: number;
  /** Of an hour of workdays, and of the weekend. */
  readonly workday: number;
  readonly weekend: number;
  /** Of the scale overall, and at an hour of the day. */
  readonly scale: number;
  readonly spread: number;
  readonly drift: number;

  constructor(
    readonly seconds: number,
    profile: SeasonalProfile,
  ) {
    this.hours = seconds / 3600;
    this.shift = Math.min(MOST, this.hours / profile.shiftHours);
    this.workday = Math.min(MOST, this.hours / profile.workdayMemoryHours);
    this.weekend = Math.min(MOST, this.hours / profile.weekendMemoryHours);
    this.scale = Math.min(MOST, this.hours / profile.scaleMemoryHours);
    this.spread = Math.min(MOST, this.hours / profile.spreadMemoryHours);
    this.drift = Math.min(MOST_DRIFT, this.hours / profile.driftMemoryHours);
  }
}

export class Paces {
  private readonly bySeconds = new Map<number, Pace>();
  private newest: Pace;

  constructor(private readonly profile: SeasonalProfile) {
    this.newest = new Pace(900, profile);
  }

  /** Readings that follow each other are mostly of one length. */
  of(seconds: number): Pace {
    if (seconds !== this.newest.seconds) this.newest = this.find(seconds);
    return this.newest;
  }

  private find(seconds: number): Pace {
    if (this.bySeconds.size >= MOST_KEPT) this.bySeconds.clear();
    const pace = this.bySeconds.get(seconds) ?? new Pace(seconds, this.profile);
    this.bySeconds.set(seconds, pace);
    return pace;
  }
}
