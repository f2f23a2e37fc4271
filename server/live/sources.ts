// Who sends: each source's data clock, its rhythm by wall time, its delay, and how much of it was refused, late or doubled.

import { SourceClock } from '../maths/source-clock.ts';
import type { AlarmsRecord } from '../model/journal.ts';
import type { ReadingBatch } from '../model/reading.ts';
import type { SampleBatch } from '../model/sample.ts';
import type { SourceStatus } from '../model/source.ts';
import { count, type DayCounts, lastDay } from './day-counts.ts';
import { type Delays, delayOf, judgeClock, withDelay } from './source-delay.ts';
import { beat, isOverdue, isQuiet, noRhythm, type Rhythm, usualGapMs } from './source-rhythm.ts';

/** Sources that are told apart: of more the one that was not heard for longest is dropped. */
export const MOST_SOURCES = 10_000;
/** Sources that a person took off the list, so that nobody brings them back but themselves. */
const MOST_TAKEN_OFF = 1000;
const DAY_MS = 86_400_000;

type Counted = Pick<SourceStatus, 'id' | 'heardAt' | 'readings' | 'samples' | 'rejected' | 'late' | 'doubled'>;

interface Source extends Counted {
  /** Newest `at` of any cell, and what its cells have come to together. */
  newestAt: number | null;
  clock: SourceClock;
  rhythm: Rhythm;
  /** Of its heartbeats, once it sends any. */
  life?: Rhythm;
  delays: Delays;
  day: DayCounts;
  /** Gone from the list; its number may be given to another, since no cell has it any more. */
  removed?: boolean;
}

type SavedSource = Omit<Source, 'clock'> & { clockAt?: number };

export interface SourcesState {
  /** In the order of their numbers. */
  sources: SavedSource[];
  /** Ids that were taken off the list, and when each had last been heard; absent in checkpoints of before it was kept. */
  takenOff?: [id: string, heardAt: number][];
}

export class Sources {
  private readonly all: Source[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly free: number[] = [];
  private readonly takenOff = new Map<string, number>();

  constructor(private readonly most = MOST_SOURCES) {}

  /** Told of each number that stands for nobody any more, before it may stand for another. */
  whenGone: (number: number) => void = () => {};

  numberOf(id: string, heardAt = 0): number {
    const known = this.numbers.get(id);
    if (known !== undefined) return known;
    if (this.numbers.size >= this.most) this.drop(this.longestUnheard());
    const number = this.free.pop() ?? this.all.length;
    this.all[number] = newSource(id, heardAt);
    this.numbers.set(id, number);
    this.takenOff.delete(id);
    return number;
  }

  private longestUnheard(): string {
    const heardAt = (number: number) => this.all[number]!.heardAt;
    const [id] = [...this.numbers].reduce((oldest, one) => (heardAt(one[1]) < heardAt(oldest[1]) ? one : oldest));
    return id;
  }

  private drop(id: string): void {
    const number = this.numbers.get(id)!;
    this.numbers.delete(id);
    this.all[number] = { ...newSource('', 0), removed: true };
    this.whenGone(number);
    this.free.push(number);
  }

  nameOf(number: number): string {
    return this.all[number]?.id ?? '';
  }

  /** Notes a batch and gives its source's number. */
  hear(batch: ReadingBatch): number {
    const { receivedAt, rows } = batch;
    const number = this.numberOf(batch.source);
    const source = this.all[number]!;
    const newest = batch.at.reduce((latest, at) => Math.max(latest, at), source.newestAt ?? 0);
    if (newest > (source.newestAt ?? 0)) {
      beat(source.rhythm, receivedAt, 1000 * batch.periodSeconds.reduce((longest, one) => Math.max(longest, one), 0));
      source.newestAt = newest;
    }
    const before = source.clock.at;
    source.clock.hear(batch.cells, batch.cell, batch.at, receivedAt);
    const told = middleTime(batch);
    if (told >= before) source.delays = withDelay(source.delays, (receivedAt - told) / 1000);
    source.heardAt = Math.max(source.heardAt, receivedAt);
    source.readings += rows;
    if (batch.late) source.late += batch.late.reduce((sum, one) => sum + one, 0);
    count(source.day, receivedAt, rows, 0);
    return number;
  }

  /** Notes samples: they come when somebody drives, so that their sender has no rhythm and is never quiet. */
  hearSamples({ source, at, receivedAt, rows }: SampleBatch): void {
    const known = this.all[this.numberOf(source)]!;
    for (const one of at) if (one > (known.newestAt ?? 0)) known.newestAt = one;
    known.heardAt = Math.max(known.heardAt, receivedAt);
    known.samples += rows;
    count(known.day, receivedAt, rows, 0);
  }

  /** Notes alarms, which come when they must, and heartbeats, whose rhythm makes a silent sender noticed. */
  hearEvents({ source, receivedAt, alarms, beats }: Omit<AlarmsRecord, 'seq' | 'kind'>): void {
    const known = this.all[this.numberOf(source)]!;
    known.heardAt = Math.max(known.heardAt, receivedAt);
    count(known.day, receivedAt, alarms.length + beats.length, 0);
    if (beats.length === 0) return;
    known.life ??= noRhythm();
    beat(known.life, receivedAt, 1000 * Math.max(...beats.map(({ everySeconds = 0 }) => everySeconds)));
  }

  /** Notes rows that say nothing of the present: cells of an inventory, people. They come when somebody sends them. */
  hearRows(id: string, rows: number, receivedAt: number): void {
    const known = this.all[this.numberOf(id)]!;
    known.heardAt = Math.max(known.heardAt, receivedAt);
    count(known.day, receivedAt, rows, 0);
  }

  /** Rows of a source that had come before. */
  repeat(id: string, rows: number): void {
    if (rows > 0) this.all[this.numberOf(id)]!.doubled += rows;
  }

  refuse(id: string, refused: number, now: number): void {
    if (refused === 0) return;
    const source = this.all[this.numberOf(id, now)]!;
    source.rejected += refused;
    source.heardAt = Math.max(source.heardAt, now);
    count(source.day, now, 0, refused);
  }

  /**
   * What was refused of a source in all, as it was counted elsewhere; one that is not known is heard again if it was of
   * late, unless that was before a person took it off the list.
   */
  recall(id: string, rejected: number, heardAt: number, now: number): void {
    const isKnown = this.numbers.has(id);
    const isOver = now - heardAt > DAY_MS || heardAt <= (this.takenOff.get(id) ?? 0) || this.numbers.size >= this.most;
    if (!isKnown && isOver) return;
    const source = this.all[this.numberOf(id, heardAt)]!;
    source.rejected = Math.max(source.rejected, rejected);
    source.heardAt = Math.max(source.heardAt, heardAt);
  }

  /** Takes a source off the list until it sends again; false when it is not there. */
  remove(id: string): boolean {
    const number = this.numbers.get(id);
    if (number === undefined) return false;
    this.takenOff.set(id, this.all[number]!.heardAt);
    const [oldest] = this.takenOff.keys();
    if (this.takenOff.size > MOST_TAKEN_OFF) this.takenOff.delete(oldest!);
    this.drop(id);
    return true;
  }

  /** Data clock of each source by number; infinite for a source that is overdue by wall time, so that its cells go unknown. */
  clocks(wallNow: number): Float64Array {
    return Float64Array.from(this.all, ({ clock, rhythm }) =>
      isOverdue(rhythm, wallNow) ? Number.POSITIVE_INFINITY : clock.at,
    );
  }

  /** What the cells of each source, by number, have come to together; NaN before its first reading. */
  reached(): Float64Array {
    return Float64Array.from(this.all, (source) => newestOf(source) ?? Number.NaN);
  }

  list(wallNow: number): SourceStatus[] {
    return this.all.filter(({ removed }) => !removed).map((source) => statusOf(source, wallNow));
  }

  quiet(wallNow: number): number {
    return this.all.filter((source) => !source.removed && isSilent(source, wallNow)).length;
  }

  totals(): { readings: number; rejected: number; sources: number; late: number; doubled: number } {
    const sum = (pick: (source: Source) => number) => this.all.reduce((total, source) => total + pick(source), 0);
    return {
      readings: sum((one) => one.readings),
      rejected: sum((one) => one.rejected),
      late: sum((one) => one.late),
      doubled: sum((one) => one.doubled),
      sources: this.numbers.size,
    };
  }

  save(): SourcesState {
    return {
      sources: this.all.map(({ clock, ...source }) => ({ ...source, clockAt: clock.at })),
      takenOff: [...this.takenOff],
    };
  }

  /** Into an empty list. A source of an older checkpoint lacks what was not kept then. */
  load({ sources, takenOff = [] }: SourcesState): void {
    for (const [number, { clockAt, ...source }] of sources.entries()) {
      const clock = new SourceClock(clockAt ?? source.newestAt ?? 0);
      const id = source.removed ? '' : source.id;
      this.all[number] = { ...newSource(id, 0), ...source, id, clock };
      if (source.removed) this.free.push(number);
      else this.numbers.set(id, number);
    }
    for (const [id, heardAt] of takenOff) this.takenOff.set(id, heardAt);
  }
}

function newSource(id: string, heardAt: number): Source {
  return {
    ...{ id, heardAt, newestAt: null, readings: 0, samples: 0, rejected: 0, late: 0, doubled: 0 },
    clock: new SourceClock(),
    rhythm: noRhythm(),
    delays: [],
    day: [],
  };
}

function statusOf({ clock, rhythm, life, delays, day, removed: _, ...source }: Source, wallNow: number): SourceStatus {
  const periodSeconds = rhythm.periodMs / 1000;
  return {
    ...source,
    newestAt: newestOf({ clock, newestAt: source.newestAt }),
    periodSeconds: periodSeconds || null,
    lastDay: lastDay(day, wallNow),
    usualGapMs: usualGapMs(rhythm) || (life ? usualGapMs(life) : 0),
    gapMs: rhythm.newestAt === 0 ? null : Math.max(0, wallNow - rhythm.newestAt),
    longestGapMs: rhythm.longestMs,
    delaySeconds: delayOf(delays),
    clock: judgeClock(delays, periodSeconds),
    quiet: isSilent({ rhythm, life, heardAt: source.heardAt }, wallNow),
  };
}

/** Quiet against its own rhythm, or its heartbeats have stopped and nothing else was heard either. */
function isSilent({ rhythm, life, heardAt }: Pick<Source, 'rhythm' | 'life' | 'heardAt'>, wallNow: number): boolean {
  const isLifeless = life && isQuiet({ ...life, newestAt: Math.max(life.newestAt, heardAt) }, wallNow);
  return isLifeless || isQuiet(rhythm, wallNow);
}

/** One cell alone has nobody to be checked against; samples move no clock. */
function newestOf({ clock, newestAt }: Pick<Source, 'clock' | 'newestAt'>): number | null {
  return clock.size < 2 && clock.at < (newestAt ?? 0) ? newestAt : clock.at || newestAt;
}

/** The middle one of the newest times of its cells: one wrong clock does not move it. */
function middleTime({ cells, cell, at }: ReadingBatch): number {
  const newest = new Float64Array(cells.length);
  for (let row = 0; row < at.length; row++) if (at[row]! > newest[cell[row]!]!) newest[cell[row]!] = at[row]!;
  return newest.sort()[newest.length >> 1] ?? 0;
}
