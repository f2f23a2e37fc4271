// What is remembered of each cell's days: the hours of today, the level of each day's busy hours, and how many users fill the cell.

import { Columns } from '../../detectors/seasonal/columns.ts';

/** Days that are remembered: fourteen weeks. */
const DAYS_KEPT = 98;
const HOURS = 24;
/** The busy hours of a cell, those that are busiest as a rule: one hour alone swings too much. */
const BUSY_HOURS = 12;
/** A day with fewer hours says nothing. */
const LEAST_HOURS = 18;
/** A habit of hours is that of the workdays of the last four weeks: on others the peak is lower and flatter. */
const HABIT_DAYS = 20;

const SCHEMA = {
  /** Number of the local day that is being filled, plus one; 0: none yet. Closed days lie before it. */
  today: ['i32', 1],
  todayEnd: ['f64', 1],
  periodSeconds: ['u32', 1],
  /** Sums and counts of users and blocks by hour of today. */
  users: ['f32', HOURS],
  blocks: ['f32', HOURS],
  counted: ['u8', HOURS],
  /** Volume, users and sessions today, so that both can be told an hour. */
  gb: ['f32', 1],
  sessions: ['f32', 1],
  userHours: ['f32', 1],
  /** Habit: how busy each hour is against the mean of the day. */
  shape: ['f32', HOURS],
  /** Days that the habit was learned from. */
  learned: ['u16', 1],
  /** Volume of a user and hour, GB, and of a session, kB; 0: not known. */
  gbPerUserHour: ['f32', 1],
  sessionKb: ['f32', 1],
  /** Level of each closed day, thousandths of a natural logarithm plus OFFSET, by day number modulo DAYS_KEPT; 0: does not count. */
  level: ['u16', DAYS_KEPT],
  /** Blocks in the busy hour of each closed day, half percents plus one; 0: not known. */
  busyBlocks: ['u8', DAYS_KEPT],
  /** Logarithm of the load that one user offers at ordinary load, and hours that it was learned from. */
  loadPerUser: ['f32', 1],
  loadHours: ['u16', 1],
  /** Sums for a line of speed over blocks, fading: weight, x, y, xx, xy. */
  speed: ['f32', 5],
  // The present course, as it was found when the last day was closed; `courseDays` 0: not known.
  courseLevel: ['f32', 1],
  coursePerDay: ['f32', 1],
  courseDays: ['u8', 1],
  courseLag: ['f32', 1],
  /** 1 where the course only comes back to where the cell stood before. */
  isReturn: ['u8', 1],
  levelVariance: ['f32', 1],
  covariance: ['f32', 1],
  perDayVariance: ['f32', 1],
  // What is open: `since` 0 when nothing is. Days in a row that speak for a change.
  forecastSince: ['f64', 1],
  forecastFor: ['u8', 1],
  forecastAgainst: ['u8', 1],
  toldExpected: ['f64', 1],
  toldEarliest: ['f64', 1],
  toldLatest: ['f64', 1],
  toldProbability: ['f32', 1],
  /** What was said when it was first told, as shipped; 0: whether it comes true is not counted. */
  saidShipped: ['f32', 1],
  fullSince: ['f64', 1],
  /** 1 while the detector has an anomaly of this cell open: ours would be taken for it. */
  otherOpen: ['u8', 1],
} as const;

const OFFSET = 16_384;
/** Ordinary load: enough to measure by, and not so much that neighbours in trouble count. */
const ORDINARY_PCT = [25, 50] as const;
const MOST_LOAD_HOURS = 300;
/** A full cell is told as 100 %, and its load offered is without end: this much is believed. */
const MOST_PCT = 99.5;
const SPEED_FADE = 1 / 500;
/** Speed is looked at where the cell is crowded: how it falls from empty to half full says little of that. */
const CROWDED_PCT = 60;
const LEAST_SPEEDS = 100;
const LEAST_SPEED_VARIANCE = 25;

/** Load offered, in carriers: what stays of the blocks when demands fall on them at random is exp(−load). */
export const loadOf = (blocksPct: number): number => -Math.log(1 - Math.min(MOST_PCT, Math.max(0, blocksPct)) / 100);
export const blocksOf = (load: number): number => 100 * (1 - Math.exp(-load));

/** One period of one cell; NaN is not measured. */
export interface Moment {
  hour: number;
  users: number;
  blocksPct: number;
  gb: number;
  speedMbps: number;
  sessions: number;
}

export class BusyDays {
  readonly columns = new Columns(SCHEMA);

  get fields() {
    return this.columns.fields;
  }

  /** Adds a period to today. */
  add(slot: number, { hour, users, blocksPct, gb, speedMbps, sessions }: Moment): void {
    const f = this.fields;
    if (Number.isNaN(users) || Number.isNaN(blocksPct)) return;
    const bin = this.bin(hour, slot);
    if (f.counted[bin]! === 255) return;
    f.users[bin]! += users;
    f.blocks[bin]! += blocksPct;
    f.counted[bin]!++;
    const hours = f.periodSeconds[slot]! / 3600;
    f.userHours[slot]! += users * hours;
    if (!Number.isNaN(gb)) f.gb[slot]! += gb;
    if (!Number.isNaN(sessions)) f.sessions[slot]! += sessions;
    this.learnLoad(slot, users, blocksPct);
    if (blocksPct >= CROWDED_PCT) this.learnSpeed(slot, blocksPct, speedMbps);
  }

  /** Closes today, and days up to `next` that brought nothing; a day that does not count is kept as unknown. */
  close(slot: number, next: number, { counts, isWorkday }: { counts: boolean; isWorkday: boolean }): void {
    const f = this.fields;
    const day = f.today[slot]! - 1;
    for (let gap = Math.max(day, next - DAYS_KEPT); gap < next; gap++) this.forgetDay(slot, gap);
    if (counts) this.learnDay(slot, day, isWorkday);
    for (let hour = 0; hour < HOURS; hour++) {
      const bin = this.bin(hour, slot);
      f.users[bin] = f.blocks[bin] = f.counted[bin] = 0;
    }
    f.gb[slot] = f.sessions[slot] = f.userHours[slot] = 0;
  }

  /** Levels of the days before today, oldest first, NaN where a day does not count; leading unknown days are left out. */
  levels(slot: number): { levels: Float64Array; firstDay: number } {
    const today = this.fields.today[slot]! - 1;
    const all = Float64Array.from({ length: DAYS_KEPT }, (_, i) => this.levelOf(slot, today - DAYS_KEPT + i));
    const first = all.findIndex((level) => !Number.isNaN(level));
    if (first < 0) return { levels: new Float64Array(0), firstDay: today };
    return { levels: all.slice(first), firstDay: today - DAYS_KEPT + first };
  }

  /** Days of each cell that count, of those that are remembered: they lie day by day, so that all cells take hardly longer than one. */
  daysKnown(): Uint8Array {
    const { level } = this.fields;
    const known = new Uint8Array(this.columns.capacity);
    for (let day = 0; day < DAYS_KEPT; day++) {
      for (let slot = 0; slot < known.length; slot++) if (level[this.bin(day, slot)] !== 0) known[slot]!++;
    }
    return known;
  }

  levelOf(slot: number, day: number): number {
    const raw = this.fields.level[this.bin(place(day), slot)]!;
    return raw === 0 ? Number.NaN : (raw - OFFSET) / 1000;
  }

  /** Blocks in the busy hour of a closed day, %; NaN: not known. */
  blocksOn(slot: number, day: number): number {
    const raw = this.fields.busyBlocks[this.bin(place(day), slot)]!;
    return raw === 0 ? Number.NaN : (raw - 1) / 2;
  }

  /** The hour that is busiest as a rule. */
  busyHour(slot: number): number {
    return this.hoursByHabit(slot)[0]!;
  }

  /**
   * Logarithm of the users that fill the cell: at `fullPct` of its blocks by what a user takes at ordinary load, or where speed
   * falls to `bearableMbps`. Undefined while it was never ordinarily loaded.
   */
  fill(slot: number, fullPct: number, bearableMbps: number): { level: number; limit: 'blocks' | 'speed' } | undefined {
    const f = this.fields;
    if (f.loadHours[slot]! < HOURS) return undefined;
    const slow = this.slowPct(slot, bearableMbps);
    const limit = slow < fullPct ? 'speed' : 'blocks';
    return { level: Math.log(loadOf(Math.min(slow, fullPct))) - f.loadPerUser[slot]!, limit };
  }

  /** Nothing of its past is so any more. */
  restart(slot: number): void {
    const f = this.fields;
    for (let day = 0; day < DAYS_KEPT; day++) f.level[this.bin(day, slot)] = f.busyBlocks[this.bin(day, slot)] = 0;
    for (let i = 0; i < 5; i++) f.speed[this.bin(i, slot)] = 0;
    f.learned[slot] = f.loadHours[slot] = f.courseDays[slot] = 0;
    f.forecastSince[slot] = f.forecastFor[slot] = f.forecastAgainst[slot] = f.fullSince[slot] = 0;
  }

  private learnDay(slot: number, day: number, isWorkday: boolean): void {
    const f = this.fields;
    const users = Float64Array.from({ length: HOURS }, (_, hour) => this.usersIn(slot, hour));
    const known = users.filter((each) => !Number.isNaN(each));
    const mean = known.reduce((sum, each) => sum + each, 0) / known.length;
    if (known.length < LEAST_HOURS || !(mean > 0)) return;
    if (isWorkday || f.learned[slot] === 0) this.learnHabit(slot, users, mean);
    const busy = this.hoursByHabit(slot).slice(0, BUSY_HOURS);
    const told = busy.filter((hour) => !Number.isNaN(users[hour]!));
    const usual = told.reduce((sum, hour) => sum + f.shape[this.bin(hour, slot)]!, 0);
    const sum = told.reduce((total, hour) => total + users[hour]!, 0);
    if (told.length * 2 < BUSY_HOURS || !(sum > 0)) return;
    const level = Math.log((sum / usual) * f.shape[this.bin(busy[0]!, slot)]!);
    f.level[this.bin(place(day), slot)] = Math.max(1, Math.min(65_535, Math.round(1000 * level) + OFFSET));
    const busiest = this.bin(busy[0]!, slot);
    const blocks = f.counted[busiest]! === 0 ? Number.NaN : f.blocks[busiest]! / f.counted[busiest]!;
    if (!Number.isNaN(blocks)) f.busyBlocks[this.bin(place(day), slot)] = 1 + Math.round(2 * Math.min(100, blocks));
    this.learnVolume(slot);
  }

  private learnHabit(slot: number, users: Float64Array, mean: number): void {
    const f = this.fields;
    f.learned[slot] = Math.min(HABIT_DAYS, f.learned[slot]! + 1);
    users.forEach((each, hour) => {
      const bin = this.bin(hour, slot);
      if (!Number.isNaN(each)) f.shape[bin]! += (each / mean - f.shape[bin]!) / f.learned[slot]!;
    });
  }

  private learnVolume(slot: number): void {
    const f = this.fields;
    const share = 1 / f.learned[slot]!;
    if (f.gb[slot]! <= 0 || f.userHours[slot]! <= 0) return;
    f.gbPerUserHour[slot]! += share * (f.gb[slot]! / f.userHours[slot]! - f.gbPerUserHour[slot]!);
    if (f.sessions[slot]! > 0)
      f.sessionKb[slot]! += share * ((1e6 * f.gb[slot]!) / f.sessions[slot]! - f.sessionKb[slot]!);
  }

  private learnLoad(slot: number, users: number, blocksPct: number): void {
    const f = this.fields;
    if (users <= 0 || blocksPct < ORDINARY_PCT[0] || blocksPct > ORDINARY_PCT[1]) return;
    f.loadHours[slot] = Math.min(MOST_LOAD_HOURS, f.loadHours[slot]! + 1);
    f.loadPerUser[slot]! += (Math.log(loadOf(blocksPct) / users) - f.loadPerUser[slot]!) / f.loadHours[slot]!;
  }

  private learnSpeed(slot: number, x: number, y: number): void {
    if (Number.isNaN(y)) return;
    [1, x, y, x * x, x * y].forEach((value, i) => {
      const bin = this.bin(i, slot);
      this.fields.speed[bin] = this.fields.speed[bin]! * (1 - SPEED_FADE) + value;
    });
  }

  /** Share of blocks at which speed falls to this, by a straight line; Infinity where no such line is known. */
  private slowPct(slot: number, mbps: number): number {
    const [n, x, y, xx, xy] = Array.from({ length: 5 }, (_, i) => this.fields.speed[this.bin(i, slot)]!);
    const across = xx! - (x! * x!) / n!;
    const slope = (xy! - (x! * y!) / n!) / across;
    // Speeds at loads that hardly differ show no line.
    if (!(n! > LEAST_SPEEDS && across / n! > LEAST_SPEED_VARIANCE && slope < 0)) return Number.POSITIVE_INFINITY;
    const blocks = (mbps - (y! - slope * x!) / n!) / slope;
    return blocks > CROWDED_PCT ? blocks : Number.POSITIVE_INFINITY;
  }

  private usersIn(slot: number, hour: number): number {
    const bin = this.bin(hour, slot);
    return this.fields.counted[bin]! === 0 ? Number.NaN : this.fields.users[bin]! / this.fields.counted[bin]!;
  }

  private hoursByHabit(slot: number): number[] {
    const { shape } = this.fields;
    const hours = Array.from({ length: HOURS }, (_, hour) => hour);
    return hours.sort((a, b) => shape[this.bin(b, slot)]! - shape[this.bin(a, slot)]! || a - b);
  }

  private forgetDay(slot: number, day: number): void {
    const bin = this.bin(place(day), slot);
    this.fields.level[bin] = this.fields.busyBlocks[bin] = 0;
  }

  private bin(bin: number, slot: number): number {
    return bin * this.columns.capacity + slot;
  }
}

const place = (day: number): number => ((day % DAYS_KEPT) + DAYS_KEPT) % DAYS_KEPT;
