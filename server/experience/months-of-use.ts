// The newest months of use of everybody in typed columns: a block of six months a person, made when the first one comes.

import { grown } from '../maths/grown.ts';
import type { Subscriber } from '../model/person.ts';

/** Months a person that are looked at. */
export const MONTHS_HELD = 6;
/** A month that was not named; before every other. */
const NO_MONTH = 1;
const EMPTY = 0;

export interface UseOfMonth {
  /** Months since the year 0, or 1 where none was named. */
  month: number;
  /** NaN where not told. */
  minutes: number;
  dataGb: number;
  calls: number;
  droppedCalls: number;
}

const FIELDS = ['minutes', 'dataGb', 'calls', 'droppedCalls'] as const;

export class MonthsOfUse {
  private block = new Int32Array(0);
  private blocks = 0;
  private month = new Uint16Array(0);
  private values = new Float32Array(0);

  /** Takes what was told of a month; without one, of the newest that is known. */
  put(person: number, news: Pick<Subscriber, 'month' | (typeof FIELDS)[number]>): void {
    if (FIELDS.every((field) => news[field] === undefined)) return;
    const slot = this.slotFor(this.blockOf(person), news.month === undefined ? undefined : monthNumber(news.month));
    if (slot === undefined) return;
    FIELDS.forEach((field, f) => {
      const value = news[field];
      if (value !== undefined) this.values[slot * FIELDS.length + f] = value;
    });
  }

  /** Oldest first. */
  of(person: number): UseOfMonth[] {
    const block = (this.block[person] ?? 0) - 1;
    if (block < 0) return [];
    return this.slotsOf(block).map((slot) => {
      const [minutes, dataGb, calls, droppedCalls] = this.values.subarray(
        slot * FIELDS.length,
        (slot + 1) * FIELDS.length,
      );
      return {
        month: this.month[slot]!,
        minutes: minutes!,
        dataGb: dataGb!,
        calls: calls!,
        droppedCalls: droppedCalls!,
      };
    });
  }

  /** The number belongs to somebody new. */
  clear(person: number): void {
    const block = (this.block[person] ?? 0) - 1;
    if (block >= 0) this.month.fill(EMPTY, block * MONTHS_HELD, (block + 1) * MONTHS_HELD);
  }

  private blockOf(person: number): number {
    this.block = grown(this.block, person + 1);
    if (this.block[person] === 0) {
      this.block[person] = ++this.blocks;
      this.month = grown(this.month, this.blocks * MONTHS_HELD);
      this.values = grown(this.values, this.blocks * MONTHS_HELD * FIELDS.length);
    }
    return this.block[person]! - 1;
  }

  private slotsOf(block: number): number[] {
    const slots: number[] = [];
    for (let i = block * MONTHS_HELD; i < (block + 1) * MONTHS_HELD; i++) if (this.month[i] !== EMPTY) slots.push(i);
    return slots.sort((a, b) => this.month[a]! - this.month[b]!);
  }

  /** A free slot, or the oldest one's; none for a month older than all that are held. */
  private slotFor(block: number, named: number | undefined): number | undefined {
    const held = this.slotsOf(block);
    const month = named ?? (held.length > 0 ? this.month[held.at(-1)!]! : NO_MONTH);
    const same = held.find((slot) => this.month[slot] === month);
    if (same !== undefined) return same;
    const slot = held.length < MONTHS_HELD ? freeOf(this.month, block) : held[0]!;
    if (held.length === MONTHS_HELD && month < this.month[slot]!) return undefined;
    this.month[slot] = month;
    this.values.fill(Number.NaN, slot * FIELDS.length, (slot + 1) * FIELDS.length);
    return slot;
  }
}

function freeOf(month: Uint16Array, block: number): number {
  let slot = block * MONTHS_HELD;
  while (month[slot] !== EMPTY) slot++;
  return slot;
}

/** `2026-03` → months since the year 0. */
export function monthNumber(month: string): number {
  const [year, number] = month.split('-').map(Number);
  return year! * 12 + number! - 1;
}
