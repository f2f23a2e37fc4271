// Which periods have come of each cell, by length: tells what comes late, and what comes again.

import { grown } from '../maths/grown.ts';
import type { ReadingBatch } from '../model/reading.ts';
import type { Directory } from './directory.ts';

/** Periods back from the newest that are told apart by bits: 32 hours of quarters. What is older can be late, never doubled. */
const PERIODS_REMEMBERED = 128;
const WORDS = PERIODS_REMEMBERED / 32;
/** Kinds of rows (a length and a set of columns) that are told apart; about 24 bytes a cell each. */
const MOST_KINDS = 24;

/**
 * One kind of rows: a length of period, and the columns of the batch, for parts of one period (the CU half after the DU half)
 * are no doubles. Columns by cell index.
 */
interface Kind {
  key: string;
  periodSeconds: number;
  /** END of the newest period, epoch milliseconds; 0 before the first. */
  newest: Float64Array;
  /** Bit n: the period n before the newest has come. */
  seen: Uint32Array;
}

export type ArrivedState = Kind[];

export class ArrivedPeriods {
  private kinds = new Map<string, Kind>();

  constructor(private readonly directory: Directory) {}

  /** 1 for each row that is older than the newest of its cell and length and did not come before; undefined where none is. */
  late(batch: ReadingBatch): Uint8Array | undefined {
    const indexes = batch.cells.map((id) => this.directory.get(id)?.index ?? -1);
    const kindsOf = byLength((periodSeconds) => this.kindsOfLength(periodSeconds, columnsKey(batch)));
    let late: Uint8Array | undefined;
    for (let row = 0; row < batch.rows; row++) {
      const index = indexes[batch.cell[row]!]!;
      if (index < 0 || !isLate(kindsOf(batch.periodSeconds[row]!), index, batch.at[row]!)) continue;
      late ??= new Uint8Array(batch.rows);
      late[row] = 1;
    }
    return late;
  }

  private kindsOfLength(periodSeconds: number, columns: string): KindsOfLength {
    const all = [...this.kinds.values()].filter((kind) => kind.periodSeconds === periodSeconds);
    return { all, own: this.kinds.get(kindKey(periodSeconds, columns)) };
  }

  /** Notes a batch that is durable; `indexes` of its cells, −1 for those there was no room for. Returns how many rows came again. */
  take(batch: ReadingBatch, indexes: readonly number[]): number {
    const columns = columnsKey(batch);
    const kindOf = byLength((periodSeconds) => this.kindOf(periodSeconds, columns));
    let doubled = 0;
    for (let row = 0; row < batch.rows; row++) {
      const index = indexes[batch.cell[row]!]!;
      const kind = index < 0 ? undefined : kindOf(batch.periodSeconds[row]!);
      if (!kind) continue;
      if (hasSeen(kind, index, batch.at[row]!)) doubled++;
      else see(kind, index, batch.at[row]!);
    }
    return doubled;
  }

  private kindOf(periodSeconds: number, columns: string): Kind | undefined {
    const key = kindKey(periodSeconds, columns);
    const known = this.kinds.get(key);
    if (known || this.kinds.size >= MOST_KINDS) return known;
    const kind = { key, periodSeconds, newest: new Float64Array(0), seen: new Uint32Array(0) };
    this.kinds.set(key, kind);
    return kind;
  }

  save(): ArrivedState {
    return [...this.kinds.values()];
  }

  /** Cells may have other numbers now: `ids` by the number they had. */
  load(state: ArrivedState, ids: readonly string[]): void {
    const indexes = ids.map((id) => (id === '' ? -1 : (this.directory.get(id)?.index ?? -1)));
    for (const { newest, seen, ...head } of state) {
      const kind: Kind = { ...head, newest: new Float64Array(0), seen: new Uint32Array(0) };
      for (const [old, index] of indexes.entries()) {
        if (index < 0 || !newest[old]) continue;
        reserve(kind, index);
        kind.newest[index] = newest[old]!;
        kind.seen.set(seen.subarray(old * WORDS, (old + 1) * WORDS), index * WORDS);
      }
      this.kinds.set(kind.key, kind);
    }
  }
}

const kindKey = (periodSeconds: number, columns: string) => `${periodSeconds} ${columns}`;

function columnsKey({ kpis, counters }: ReadingBatch): string {
  return [...kpis, ...counters]
    .map(({ name }) => name)
    .sort()
    .join('\n');
}

interface KindsOfLength {
  all: readonly Kind[];
  /** Of the same columns. */
  own: Kind | undefined;
}

/** Nearly all rows of a batch have one length: the last answer is kept. */
function byLength<T>(of: (periodSeconds: number) => T): (periodSeconds: number) => T {
  let last: { periodSeconds: number; found: T } | undefined;
  return (periodSeconds) => {
    if (last?.periodSeconds !== periodSeconds) last = { periodSeconds, found: of(periodSeconds) };
    return last.found;
  };
}

function isLate({ all, own }: KindsOfLength, index: number, at: number): boolean {
  for (const { newest } of all) {
    if (at < (newest[index] ?? 0)) return !(own && hasSeen(own, index, at));
  }
  return false;
}

/** Periods that `at` lies before the newest, undefined off its grid and beyond what is remembered. */
function back({ periodSeconds, newest }: Kind, index: number, at: number): number | undefined {
  const periods = (newest[index]! - at) / (1000 * periodSeconds);
  return Number.isInteger(periods) && periods >= 0 && periods < PERIODS_REMEMBERED ? periods : undefined;
}

function hasSeen(kind: Kind, index: number, at: number): boolean {
  if (!kind.newest[index]) return false;
  const bit = back(kind, index, at);
  return bit !== undefined && ((kind.seen[index * WORDS + (bit >> 5)]! >>> (bit & 31)) & 1) === 1;
}

function see(kind: Kind, index: number, at: number): void {
  reserve(kind, index);
  if (at > kind.newest[index]!) moveOn(kind, index, at);
  const bit = back(kind, index, at);
  if (bit !== undefined) kind.seen[index * WORDS + (bit >> 5)]! |= 1 << (bit & 31);
}

/** A newer period: what was seen moves back by as many bits; off the old grid all of it is forgotten. */
function moveOn(kind: Kind, index: number, at: number): void {
  const periods = (at - kind.newest[index]!) / (1000 * kind.periodSeconds);
  const words = kind.seen.subarray(index * WORDS, (index + 1) * WORDS);
  kind.newest[index] = at;
  if (!Number.isInteger(periods) || periods >= PERIODS_REMEMBERED) words.fill(0);
  else shift(words, periods);
}

function shift(words: Uint32Array, bits: number): void {
  const [whole, rest] = [bits >> 5, bits & 31];
  for (let i = words.length - 1; i >= 0; i--) {
    const high = words[i - whole] ?? 0;
    const low = rest === 0 ? 0 : (words[i - whole - 1] ?? 0) >>> (32 - rest);
    words[i] = (high << rest) | low;
  }
}

function reserve(kind: Kind, index: number): void {
  kind.newest = grown(kind.newest, index + 1);
  kind.seen = grown(kind.seen, (index + 1) * WORDS);
}
