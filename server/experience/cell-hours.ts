// What each local hour was worth on each cell: a byte an hour, made of slots of five minutes on the newest two days.

import { promisify } from 'node:util';
import { deflate, inflateSync } from 'node:zlib';
import { grown } from '../maths/grown.ts';
import { DAY_MS, dayName, dayNumber, HOUR_MS, type LocalTime } from '../maths/local-time.ts';
import type { MergedNumber, NameTable } from './name-table.ts';

export const HOURS = 24;
export const SLOTS = 288;
const SLOT_MS = 300_000;
const SLOTS_AN_HOUR = SLOTS / HOURS;
/** Half points: 200 is the best. */
export const UNKNOWN = 255;
const HALF_POINTS = 2;
/** The newest day and the one before know their slots, so that a period that comes again replaces and never doubles. */
const DAYS_WITH_SLOTS = 2;

export interface StoredDay {
  day: string;
  cells: string[];
  hours: Uint8Array;
  slots?: Uint8Array;
}

interface Day {
  hours: Uint8Array;
  slots?: Uint8Array;
  /** Cells that a loaded day knows; its arrays may be longer. */
  version: number;
  isChanged: boolean;
}

/** Where a period lies: its first slot since 1970 in local time, and how many. */
export interface Stretch {
  first: number;
  count: number;
}

export class CellHours {
  /** Rises with each hour that changes. */
  version = 0;
  /** END of the newest period, epoch milliseconds; 0 before the first. */
  newestAt = 0;
  private readonly days = new Map<number, Day>();

  constructor(
    readonly cells: NameTable,
    private readonly time: LocalTime,
    private readonly daysKept: number,
  ) {
    this.today = time.day(this.newestAt - 1);
  }

  /** Number of the newest local day, by the period's beginning: what ends at midnight is of the day before. */
  today: number;

  get firstDay(): number {
    return this.today - this.daysKept + 1;
  }

  /** Days that anything is known of, oldest first. */
  known(): number[] {
    return [...this.days.keys()].sort((a, b) => a - b);
  }

  /** 24 bytes a cell of one day; undefined where nothing is known. Cells that came later lie beyond its end: unknown. */
  bytes(day: number): Uint8Array | undefined {
    return this.days.get(day)?.hours;
  }

  /** 0…100; null where unknown. */
  score(day: number, cell: number, hour: number): number | null {
    const byte = this.days.get(day)?.hours[cell * HOURS + hour] ?? UNKNOWN;
    return byte === UNKNOWN ? null : byte / HALF_POINTS;
  }

  /** The newest change of any day from `from` to `to`. */
  versionOf(from: number, to: number): number {
    let newest = 0;
    for (let day = from; day <= to; day++) newest = Math.max(newest, this.days.get(day)?.version ?? 0);
    return newest;
  }

  /** A period that is shorter than a slot stands for the slot that it ends, or for none. */
  stretch(at: number, periodSeconds: number): Stretch | undefined {
    const end = this.time.local(at);
    const periodMs = periodSeconds * 1000;
    if (periodMs < SLOT_MS) return end % SLOT_MS === 0 ? { first: end / SLOT_MS - 1, count: 1 } : undefined;
    const first = Math.round((end - periodMs) / SLOT_MS);
    return { first, count: Math.max(1, Math.round(end / SLOT_MS) - first) };
  }

  /** The clock of the data goes on; days that are too old are forgotten. */
  advance(at: number): void {
    if (at <= this.newestAt) return;
    const before = this.newestAt === 0 ? undefined : this.today;
    this.moveTo(at);
    if (before === this.today) return;
    for (const [day, known] of this.days) {
      if (day < this.firstDay) this.days.delete(day);
      else if (!this.hasSlots(day)) known.slots = undefined;
    }
  }

  private moveTo(at: number): void {
    this.newestAt = at;
    this.today = this.time.day(at - 1);
  }

  hasSlots(day: number): boolean {
    return day > this.today - DAYS_WITH_SLOTS && day <= this.today;
  }

  /** Whether all of its days know their slots. */
  canHold({ first, count }: Stretch): boolean {
    return this.hasSlots(Math.floor(first / SLOTS)) && this.hasSlots(Math.floor((first + count - 1) / SLOTS));
  }

  /** Whether a period can be put down at once: its days know their slots, and none of its slots is taken by another value. */
  isFree(cell: number, { first, count }: Stretch, score: number | null): boolean {
    const byte = byteOf(score);
    for (let slot = first; slot < first + count; slot++) {
      const day = Math.floor(slot / SLOTS);
      if (!this.hasSlots(day)) return false;
      const known = this.slotByte(day, cell, slot % SLOTS);
      if (known !== UNKNOWN && known !== byte) return false;
      // Known by the hour alone: what it was made of is no longer here.
      if (known === UNKNOWN && this.isBareHour(day, cell, Math.floor((slot % SLOTS) / SLOTS_AN_HOUR))) return false;
    }
    return true;
  }

  /** Puts a period down in days that know their slots. */
  put(cell: number, stretch: Stretch, score: number | null): void {
    const byte = byteOf(score);
    let changed = -1;
    for (let slot = stretch.first; slot < stretch.first + stretch.count; slot++) {
      const day = Math.floor(slot / SLOTS);
      if (!this.hasSlots(day)) continue;
      const slots = this.dayFor(day, cell).slots!;
      const place = cell * SLOTS + (slot % SLOTS);
      if (slots[place] === byte) continue;
      slots[place] = byte;
      const hour = Math.floor(slot / SLOTS_AN_HOUR);
      if (changed >= 0 && changed !== hour) this.sumUp(cell, changed);
      changed = hour;
    }
    if (changed >= 0) this.sumUp(cell, changed);
  }

  /**
   * Replaces whole hours by what their periods come to together, in order of time.
   * @param hours numbers of local hours since 1970
   */
  replace(
    cell: number,
    hours: ReadonlySet<number>,
    periods: Iterable<{ stretch: Stretch; score: number | null }>,
  ): void {
    const slots = new Map<number, Uint8Array>();
    for (const hour of hours) slots.set(hour, this.slotsOfHour(cell, hour));
    for (const { stretch, score } of periods) {
      for (let slot = stretch.first; slot < stretch.first + stretch.count; slot++) {
        const hour = slots.get(Math.floor(slot / SLOTS_AN_HOUR));
        if (hour) hour[slot % SLOTS_AN_HOUR] = byteOf(score);
      }
    }
    for (const [hour, bytes] of slots) this.replaceHour(cell, hour, bytes);
  }

  /** Days that changed since the last call, to be saved; those that know their slots with them, deflated. */
  changed(): Promise<StoredDay[]> {
    const days = this.known().filter((day) => this.days.get(day)!.isChanged);
    // Copies first, all at one time: what arrives while they are packed belongs to the next save.
    const copies = days.map((day) => {
      const known = this.days.get(day)!;
      known.isChanged = false;
      const count = Math.min(this.cells.size, known.hours.length / HOURS);
      const cells = this.cells.names.slice(0, count);
      const hours = known.hours.slice(0, count * HOURS);
      return { day: dayName(day), cells, hours, slots: known.slots?.slice(0, count * SLOTS) };
    });
    return Promise.all(
      copies.map(async ({ slots, ...copy }) => ({ ...copy, ...(slots && { slots: await deflated(slots) }) })),
    );
  }

  /** Cells have other names, and some numbers are one cell now: every day is to be saved anew. */
  renamed(merged: readonly MergedNumber[]): void {
    for (const day of this.days.values()) {
      for (const { from, into } of merged) mergeInto(day, from, into);
      Object.assign(day, { isChanged: true, version: ++this.version });
    }
  }

  /** After saving failed. */
  markChanged(days: readonly StoredDay[]): void {
    for (const { day } of days) {
      const known = this.days.get(dayNumber(day));
      if (known) known.isChanged = true;
    }
  }

  /** Takes saved days in; hours whose cells can no longer be numbered are left out. */
  restore(stored: readonly StoredDay[], newestAt: number): void {
    this.moveTo(newestAt);
    for (const { day, cells, hours, slots } of stored) {
      const number = dayNumber(day);
      if (number < this.firstDay || number > this.today) continue;
      const inflated = slots && this.hasSlots(number) ? inflateSync(slots) : undefined;
      cells.forEach((name, i) => {
        const cell = name === '' ? undefined : this.cells.number(name);
        if (cell === undefined) return;
        const known = this.dayFor(number, cell);
        known.hours.set(hours.subarray(i * HOURS, (i + 1) * HOURS), cell * HOURS);
        if (inflated) known.slots!.set(inflated.subarray(i * SLOTS, (i + 1) * SLOTS), cell * SLOTS);
      });
      const known = this.days.get(number);
      if (known) Object.assign(known, { version: ++this.version, isChanged: false });
    }
  }

  /** A copy; what a day that knows its slots has heard stands, also where the store has not heard it yet. */
  private slotsOfHour(cell: number, hour: number): Uint8Array {
    const first = cell * SLOTS + (hour % HOURS) * SLOTS_AN_HOUR;
    const known = this.days.get(Math.floor(hour / HOURS))?.slots?.subarray(first, first + SLOTS_AN_HOUR);
    const copy = new Uint8Array(SLOTS_AN_HOUR).fill(UNKNOWN);
    if (known) copy.set(known);
    return copy;
  }

  private slotByte(day: number, cell: number, slot: number): number {
    return this.days.get(day)?.slots?.[cell * SLOTS + slot] ?? UNKNOWN;
  }

  private isBareHour(day: number, cell: number, hour: number): boolean {
    const known = this.days.get(day);
    if (!known || (known.hours[cell * HOURS + hour] ?? UNKNOWN) === UNKNOWN) return false;
    const first = cell * SLOTS + hour * SLOTS_AN_HOUR;
    return known.slots?.subarray(first, first + SLOTS_AN_HOUR).every((byte) => byte === UNKNOWN) ?? true;
  }

  private replaceHour(cell: number, hour: number, bytes: Uint8Array): void {
    const day = Math.floor(hour / HOURS);
    if (day < this.firstDay || day > this.today) return;
    const known = this.dayFor(day, cell);
    if (known.slots) known.slots.set(bytes, cell * SLOTS + (hour % HOURS) * SLOTS_AN_HOUR);
    this.setHour(known, cell * HOURS + (hour % HOURS), meanOf(bytes));
  }

  private sumUp(cell: number, hour: number): void {
    const known = this.dayFor(Math.floor(hour / HOURS), cell);
    const first = cell * SLOTS + (hour % HOURS) * SLOTS_AN_HOUR;
    const mean = meanOf(known.slots!.subarray(first, first + SLOTS_AN_HOUR));
    known.isChanged = true;
    this.setHour(known, cell * HOURS + (hour % HOURS), mean);
  }

  private setHour(day: Day, at: number, byte: number): void {
    if (day.hours[at] === byte) return;
    day.hours[at] = byte;
    day.isChanged = true;
    day.version = ++this.version;
  }

  private dayFor(day: number, cell: number): Day {
    let known = this.days.get(day);
    if (!known) {
      known = { hours: new Uint8Array(0), version: 0, isChanged: false };
      this.days.set(day, known);
    }
    known.hours = grown(known.hours, (cell + 1) * HOURS, UNKNOWN);
    if (this.hasSlots(day)) known.slots = grown(known.slots ?? new Uint8Array(0), (cell + 1) * SLOTS, UNKNOWN);
    return known;
  }
}

const deflateLater = promisify<Uint8Array, { level: number }, Buffer>(deflate);
const deflated = async (slots: Uint8Array) => new Uint8Array(await deflateLater(slots, { level: 1 }));

/** What one number knows of a day goes where the other knows nothing. */
function mergeInto({ hours, slots }: Day, from: number, into: number): void {
  for (const [bytes, width] of [
    [hours, HOURS],
    [slots ?? new Uint8Array(0), SLOTS],
  ] as const) {
    for (let i = 0; i < width && from * width + i < bytes.length; i++) {
      if (bytes[into * width + i] === UNKNOWN) bytes[into * width + i] = bytes[from * width + i]!;
      bytes[from * width + i] = UNKNOWN;
    }
  }
}

/** Mean of what is known. */
function meanOf(bytes: Uint8Array): number {
  let [sum, count] = [0, 0];
  for (const byte of bytes) {
    if (byte === UNKNOWN) continue;
    sum += byte;
    count++;
  }
  return count === 0 ? UNKNOWN : Math.round(sum / count);
}

const byteOf = (score: number | null) => (score === null ? UNKNOWN : Math.round(score * HALF_POINTS));

/** Number of a local hour since 1970, and the day and hour of day that it is. */
export const hourNumber = (localMs: number) => Math.floor(localMs / HOUR_MS);
export const hoursOf = ({ first, count }: Stretch): number[] => {
  const [from, to] = [Math.floor(first / SLOTS_AN_HOUR), Math.floor((first + count - 1) / SLOTS_AN_HOUR)];
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
};
export const localHourMs = (hour: number) => hour * HOUR_MS;
export const localDayMs = (day: number) => day * DAY_MS;
