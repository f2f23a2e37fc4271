// What the detector remembers of each cell as a whole: its rhythm, and the findings that are open about it.

import { textHash } from '../../../maths/text-hash.ts';
import { Columns } from './columns.ts';
import { Places } from './places.ts';
import type { SeasonalProfile } from './profile.ts';

const SCHEMA = {
  /** Newest reading, epoch milliseconds; 0 = none. */
  lastAt: ['f64', 1],
  /** Hash of the id. */
  seed: ['u32', 1],
  periodSeconds: ['u32', 1],
  source: ['u32', 1],
  /** Readings heard, up to 255. */
  heard: ['u8', 1],
  /** By how many periods its source is usually ahead of its newest reading when the next one comes: 1 = punctual. */
  habit: ['f32', 1],
  /** Newest period that planned works or energy saving excuse. */
  excusedAt: ['f64', 1],
  /** Newest period in which the cell served nobody, by a fault or by works, and the first of that spell. */
  offAt: ['f64', 1],
  offSince: ['f64', 1],
  /** Newest period slept through to save energy, and the first of that spell. */
  savingAt: ['f64', 1],
  savingSince: ['f64', 1],
  /** When it usually wakes, local minute of the day, how much that varies, and how often it was seen to. */
  wakeMinute: ['f32', 1],
  wakeSwing: ['f32', 1],
  wakes: ['u8', 1],
  /** Newest period whose downtime was judged, and the newest whose users were. */
  downtimeAt: ['f64', 1],
  usersAt: ['f64', 1],

  // Open findings: `since` is 0 when none is open; `told` is the newest period told of.
  anomalySince: ['f64', 1],
  anomalyTold: ['f64', 1],
  /** Newest period in which a raised KPI was out of line. */
  anomalyHit: ['f64', 1],
  /** Leading KPI, as the index of its memory. */
  anomalyLead: ['u32', 1],
  /** KPIs that are raised. */
  raised: ['u32', 1],
  faultSince: ['f64', 1],
  faultTold: ['f64', 1],
  /** Good periods in a row since the fault, and the newest of them. */
  faultGood: ['u8', 1],
  faultGoodAt: ['f64', 1],
  /** The strongest value of the newest period and of the one before, and the day's confirmed peak of these. */
  strength1: ['f32', 1],
  strength2: ['f32', 1],
  peak: ['f32', 1],
  /** Periods in a row without users where there should be some. */
  sleepRun: ['u8', 1],
  sleepSince: ['f64', 1],
  silentSince: ['f64', 1],
  silentTold: ['f64', 1],
  /** Number of the gap that it shares with cells of other sites; 0: none. */
  gap: ['u32', 1],
} as const;

/** A finer period is not replaced by a coarser one until it has been quiet for so many of the coarser ones. */
const COARSER_AFTER_PERIODS = 3;

export class Cells {
  readonly columns = new Columns(SCHEMA);
  readonly places = new Places();
  readonly names: (string | null)[] = [];
  private readonly slots = new Map<string, number>();
  /** Rows that were not watched because the network has more cells than `mostCells`. */
  unwatched = 0;

  constructor(private readonly profile: SeasonalProfile) {}

  slotOf(name: string): number | undefined {
    return this.slots.get(name);
  }

  /** The slot of a cell, new if need be; −1 when there is no room. */
  slotFor(name: string): number {
    const known = this.slots.get(name);
    if (known !== undefined) return known;
    if (this.slots.size >= this.profile.mostCells) return -1;
    const slot = this.columns.add();
    this.slots.set(name, slot);
    this.names[slot] = name;
    this.columns.fields.seed[slot] = textHash(name);
    this.places.put(slot, null);
    return slot;
  }

  /** All at once; the slot of a name that is given to another cell must have been forgotten before. */
  rename(names: ReadonlyMap<string, string>): void {
    const moving = [...names].flatMap(([from, to]) => {
      const slot = this.slots.get(from);
      return slot === undefined ? [] : [{ slot, from, to }];
    });
    for (const { from } of moving) this.slots.delete(from);
    for (const { slot, to } of moving) {
      this.slots.set(to, slot);
      this.names[slot] = to;
    }
  }

  /** Nothing usual is known of the cell any more; when it was heard, and what it was told to be down by, still is. */
  relearn(slot: number): void {
    const f = this.columns.fields;
    for (const field of [f.anomalySince, f.anomalyTold, f.anomalyHit, f.anomalyLead, f.raised]) field[slot] = 0;
    f.sleepRun[slot] = 0;
  }

  forget(slot: number): void {
    this.slots.delete(this.names[slot]!);
    this.names[slot] = null;
    this.places.remove(slot);
    this.columns.remove(slot);
  }

  restoreNames(names: readonly (string | null)[]): void {
    names.forEach((name, slot) => {
      this.names[slot] = name;
      if (name !== null) this.slots.set(name, slot);
    });
  }

  /**
   * Whether a reading of this period fits the cell's rhythm. A cell that tells both 5-minute and hourly values is judged by the
   * finer ones; the coarser count once the finer have stopped.
   */
  fitsRhythm(slot: number, at: number, periodSeconds: number): boolean {
    const f = this.columns.fields;
    const known = f.periodSeconds[slot]!;
    const finerIsLive = at - f.lastAt[slot]! < COARSER_AFTER_PERIODS * periodSeconds * 1000;
    if (known !== 0 && periodSeconds > known && finerIsLive) return false;
    // What comes late says nothing about the rhythm of today.
    if (at > f.lastAt[slot]!) f.periodSeconds[slot] = periodSeconds;
    return true;
  }

  hear(slot: number, at: number, source: number): void {
    const f = this.columns.fields;
    f.lastAt[slot] = at;
    f.source[slot] = source;
    if (f.heard[slot]! < 255) f.heard[slot]!++;
  }

  /** The cell serves nobody in this period, and that is no habit of its. */
  noteOff(slot: number, at: number): void {
    const f = this.columns.fields;
    if (at <= f.offAt[slot]!) return;
    if (at - f.offAt[slot]! > 2000 * f.periodSeconds[slot]!) f.offSince[slot] = at;
    f.offAt[slot] = at;
  }

  /** It was silent by itself since then, and speaks again: what it did to its neighbours meanwhile, it did until now. */
  noteWasOff(slot: number, since: number, at: number): void {
    const f = this.columns.fields;
    f.offSince[slot] = since;
    f.offAt[slot] = at - 1000 * f.periodSeconds[slot]!;
  }

  /** While something is wrong, nothing is learned. */
  isFrozen(slot: number): boolean {
    const f = this.columns.fields;
    return f.anomalySince[slot]! > 0 || f.faultSince[slot]! > 0;
  }

  get bytes(): number {
    // An id lies in the list and in the map: two bytes a character, some forty for the entry.
    const text = this.names.reduce((sum, name) => sum + (name ? 2 * name.length + 40 : 0), 0);
    return this.columns.bytes + text;
  }
}
