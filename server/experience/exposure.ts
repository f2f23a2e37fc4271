// What share of whose use falls on which cell: a log of typed columns, packed by person and by cell when it is asked.

import { grown } from '../maths/grown.ts';
import type { Exposure } from '../model/person.ts';
import { type MergedNumber, NameTable } from './name-table.ts';

/** More usual exposures than this are not held: ten of each of a million people. */
export const MOST_EXPOSURES = 10_000_000;
const MOST_SERVICES = 250;
/** Of all day, by the usual course of a day. */
export const ALL_DAY = -1;

/** Sorted by person: those of person `p` stand from `start[p]` to `start[p + 1]`. `share` is of the person's sum. */
export interface ByPerson {
  start: Uint32Array;
  cell: Uint32Array;
  share: Float32Array;
  hour: Int8Array;
}

/** Sorted by cell: of cell `c` from `start[c]` to `start[c + 1]`; one entry a person, all hours together. */
export interface ByCell {
  start: Uint32Array;
  person: Uint32Array;
  share: Float32Array;
}

export class Exposures {
  private person = new Uint32Array(0);
  private cell = new Uint32Array(0);
  private share = new Float32Array(0);
  private hour = new Int8Array(0);
  private service = new Uint8Array(0);
  private length = 0;
  /** Entries up to here are sorted by person and have no doubles. */
  private packed = 0;
  private readonly services = new NameTable(MOST_SERVICES);
  private persons?: ByPerson;
  private cells?: ByCell;

  /** Entries that stand; asks for packing. */
  get size(): number {
    this.pack();
    return this.length;
  }

  /** Takes a usual exposure; share 0 takes it away. False when there is no room for more. */
  put(person: number, cell: number, { share, hour, service }: Pick<Exposure, 'share' | 'hour' | 'service'>): boolean {
    if (this.length >= MOST_EXPOSURES && this.packed < this.length) this.pack();
    if (this.length >= MOST_EXPOSURES) return false;
    const at = this.length++;
    this.person = grown(this.person, this.length);
    this.cell = grown(this.cell, this.length);
    this.share = grown(this.share, this.length);
    this.hour = grown(this.hour, this.length);
    this.service = grown(this.service, this.length);
    this.person[at] = person;
    this.cell[at] = cell;
    this.share[at] = share;
    this.hour[at] = hour ?? ALL_DAY;
    this.service[at] = service === undefined ? 0 : 1 + (this.services.number(service) ?? MOST_SERVICES);
    this.persons = undefined;
    this.cells = undefined;
    return true;
  }

  /** Cells that turned out to be another: shares of one person, hour and service add up. */
  merge(merged: readonly MergedNumber[]): void {
    this.pack();
    const into = new Map(merged.map((one) => [one.from, one.into]));
    const first = new Map<string, number>();
    const keep: number[] = [];
    for (let i = 0; i < this.length; i++) {
      const cell = into.get(this.cell[i]!) ?? this.cell[i]!;
      this.cell[i] = cell;
      const key = `${this.person[i]} ${cell} ${this.hour[i]} ${this.service[i]}`;
      const known = first.get(key);
      if (known === undefined) keep.push(i);
      else this.share[known]! += this.share[i]!;
      first.set(key, known ?? i);
    }
    this.keepOnly(keep);
    this.persons = undefined;
    this.cells = undefined;
  }

  /** @param people how many there are; those without an exposure have an empty stretch */
  byPerson(people: number): ByPerson {
    if (this.persons && this.persons.start.length === people + 1) return this.persons;
    this.pack();
    const start = startsOf(this.person, this.length, people);
    const share = new Float32Array(this.length);
    for (let p = 0; p < people; p++) {
      let sum = 0;
      for (let i = start[p]!; i < start[p + 1]!; i++) sum += this.share[i]!;
      for (let i = start[p]!; i < start[p + 1]!; i++) share[i] = this.share[i]! / sum;
    }
    this.persons = { start, cell: this.cell, share, hour: this.hour };
    return this.persons;
  }

  byCell(people: number, cellCount: number): ByCell {
    if (this.cells && this.cells.start.length === cellCount + 1 && this.persons?.start.length === people + 1)
      return this.cells;
    const persons = this.byPerson(people);
    this.cells = turned(persons, people, cellCount);
    return this.cells;
  }

  /** Sorts by person, keeps the newest of each key, drops what was taken away. */
  private pack(): void {
    if (this.packed === this.length) return;
    const order = orderBy(this.person, this.length);
    const keep: number[] = [];
    for (let from = 0; from < order.length; ) {
      let to = from + 1;
      while (to < order.length && this.person[order[to]!] === this.person[order[from]!]) to++;
      this.newestOf(order.subarray(from, to), keep);
      from = to;
    }
    this.keepOnly(keep);
  }

  private newestOf(entries: Uint32Array, keep: number[]): void {
    if (entries.length === 1) {
      if (this.share[entries[0]!]! > 0) keep.push(entries[0]!);
      return;
    }
    const newest = new Map<number, number>();
    for (const i of entries) newest.set((this.cell[i]! * 256 + this.service[i]!) * 32 + this.hour[i]! + 1, i);
    for (const i of newest.values()) if (this.share[i]! > 0) keep.push(i);
  }

  private keepOnly(keep: readonly number[]): void {
    const pick = <T extends { [index: number]: number }>(into: T, from: T): T => {
      for (let i = 0; i < keep.length; i++) into[i] = from[keep[i]!]!;
      return into;
    };
    this.person = pick(new Uint32Array(keep.length), this.person);
    this.cell = pick(new Uint32Array(keep.length), this.cell);
    this.share = pick(new Float32Array(keep.length), this.share);
    this.hour = pick(new Int8Array(keep.length), this.hour);
    this.service = pick(new Uint8Array(keep.length), this.service);
    this.length = keep.length;
    this.packed = keep.length;
  }
}

/** Where each group begins in a column of numbers 0…groups − 1 that stand in order. */
function startsOf(group: Uint32Array, length: number, groups: number): Uint32Array {
  const start = new Uint32Array(groups + 1);
  for (let i = 0; i < length; i++) start[group[i]! + 1]! += 1;
  for (let g = 0; g < groups; g++) start[g + 1]! += start[g]!;
  return start;
}

/** Indexes in order of the column, those of one number in the order in which they came (counting sort). */
function orderBy(column: Uint32Array, length: number): Uint32Array {
  let groups = 0;
  for (let i = 0; i < length; i++) groups = Math.max(groups, column[i]! + 1);
  const next = startsOf(column, length, groups);
  const order = new Uint32Array(length);
  for (let i = 0; i < length; i++) order[next[column[i]!]!++] = i;
  return order;
}

/** The same exposures by cell. */
function turned({ start, cell, share }: ByPerson, people: number, cellCount: number): ByCell {
  const most = start[people]!;
  const cellStart = startsOf(cell, most, cellCount);
  const next = cellStart.slice();
  const person = new Uint32Array(most);
  const shares = new Float32Array(most);
  for (let p = 0; p < people; p++) {
    for (let i = start[p]!; i < start[p + 1]!; i++) {
      const c = cell[i]!;
      // Another hour or service of the same person and cell adds to the entry before.
      if (next[c]! > cellStart[c]! && person[next[c]! - 1] === p) shares[next[c]! - 1]! += share[i]!;
      else {
        person[next[c]!] = p;
        shares[next[c]!++] = share[i]!;
      }
    }
  }
  return closedUp({ start: cellStart, person, share: shares }, next, cellCount);
}

/** Takes out the room that added-up entries left. */
function closedUp({ start, person, share }: ByCell, end: Uint32Array, cellCount: number): ByCell {
  const closed = new Uint32Array(cellCount + 1);
  let at = 0;
  for (let c = 0; c < cellCount; c++) {
    closed[c] = at;
    for (let i = start[c]!; i < end[c]!; i++) {
      person[at] = person[i]!;
      share[at++] = share[i]!;
    }
  }
  closed[cellCount] = at;
  return { start: closed, person: person.slice(0, at), share: share.slice(0, at) };
}
