// Watches one signal on all its cells or sites: learns what is usual of each, and notices what is on its way to a limit.

import { median } from '../../../maths/median.ts';
import type { Subject } from '../../../model/finding.ts';
import { addPoint, newCourse } from '../first-passage/course-book.ts';
import type { Signal } from '../first-passage/signals.ts';
import { RECENT, UsualLevels } from '../first-passage/usual-levels.ts';
import type { Case } from './case.ts';
import type { CaseBook } from './case-book.ts';

/** What fewer series do together is no common movement. */
const LEAST_TOGETHER = 12;
/** A common movement is remembered so long for those that report at another moment. */
const COMMON_MS = 2 * 3_600_000;
/** Nothing heard for so long: what was on its way is not known any more. */
const UNHEARD_MS = 24 * 3_600_000;
/** What is away for so long without harm is usual from now on. */
const ACCEPTED_MS = 21 * 24 * 3_600_000;
/** So many noises away, and by this part of the reach, over the newest values: on its way. */
const NOISES = 4;
/** However noisy it is: from this part of the reach on it is on its way. */
const NOISIEST = 0.35;
const NEWEST = 3;

/** A case that has a new point. */
export interface Moved {
  one: Case;
  row: number;
  /** Present when it is over. */
  over?: 'returned' | 'unknown';
}

export class TrendWatch {
  readonly levels: UsualLevels;
  private readonly rows = new Map<string, number>();
  private readonly subjects: string[] = [];
  private readonly free: number[] = [];
  private common = { at: 0, away: 0 };
  private readonly full = new Set<number>();

  constructor(
    readonly signal: Signal,
    private readonly book: CaseBook,
    hourOf: (at: number) => number,
  ) {
    this.levels = new UsualLevels(signal, hourOf);
  }

  get series(): number {
    return this.rows.size;
  }

  rowOf(subject: string): number {
    const known = this.rows.get(subject);
    if (known !== undefined) return known;
    const row = this.free.pop() ?? this.subjects.length;
    this.rows.set(subject, row);
    this.subjects[row] = subject;
    this.levels.reset(row);
    return row;
  }

  knownRow(subject: string): number | undefined {
    return this.rows.get(subject);
  }

  forget(subject: string): void {
    const row = this.rows.get(subject);
    if (row === undefined) return;
    this.rows.delete(subject);
    this.free.push(row);
  }

  /** All at once; a name that is taken over is forgotten. */
  rename(names: ReadonlyMap<string, string>): void {
    const moving = [...names].flatMap(([from, to]) => {
      const row = this.rows.get(from);
      return row === undefined ? [] : [{ from, to, row }];
    });
    for (const { from } of moving) this.rows.delete(from);
    for (const { to, row } of moving) {
      this.forget(to);
      this.rows.set(to, row);
      this.subjects[row] = to;
    }
  }

  add(row: number, at: number, periodMs: number, value: number): void {
    if (this.levels.add(row, at, periodMs, value)) this.full.add(row);
  }

  /** All readings of a moment are in: closes what is full, and gives the cases that have moved. */
  close(at: number): Moved[] {
    if (this.full.size === 0) return [];
    const closed = [...this.full].map((row) => this.levels.close(row, at)).filter((one) => one !== undefined);
    this.full.clear();
    if (closed.length >= LEAST_TOGETHER) this.common = { at, away: median(closed.map(({ away }) => away))! };
    const common = at - this.common.at <= COMMON_MS ? this.common.away : 0;
    return closed.flatMap((one) => this.step(one.row, at, one.away - common) ?? []);
  }

  /** How far the limit of a case is from what is usual, in the unit of the KPI. */
  get reach(): number {
    return this.signal.reach * this.book.reachFactor(this.signal.mode);
  }

  save() {
    const { rows, common } = this;
    return { rows: [...rows], common, columns: this.levels.save() };
  }

  load(
    saved: { rows: [string, number][]; common: { at: number; away: number } },
    columns: Parameters<UsualLevels['load']>[0],
  ): void {
    this.common = saved.common;
    this.levels.load(columns);
    for (const [subject, row] of saved.rows) {
      this.rows.set(subject, row);
      this.subjects[row] = subject;
    }
    const top = saved.rows.reduce((most, [, row]) => Math.max(most, row + 1), 0);
    for (let row = 0; row < top; row++) if (this.subjects[row] === undefined) this.free.push(row);
  }

  private step(row: number, at: number, away: number): Moved | undefined {
    const { levels, signal } = this;
    const one = this.book.get(signal.mode, this.subjects[row]!);
    levels.remember(row, away);
    if (one) return this.follow(one, row, at, away);
    if (levels.isKnown(row) && this.isOnItsWay(row)) return this.begin(row, at);
    levels.learn(row, at, away);
    return undefined;
  }

  private isOnItsWay(row: number): boolean {
    const newest = [...this.levels.recent(row).subarray(RECENT - NEWEST)].sort((a, b) => a - b);
    const noise = Math.min(NOISES * this.levels.scale(row), NOISIEST * this.reach);
    const line = Math.max(this.signal.begins * this.reach, noise);
    return newest[0]! > 0.7 * line && newest[1]! > line;
  }

  /** Its course starts where it last was as usual. */
  private begin(row: number, at: number): Moved | undefined {
    const recent = this.levels.recent(row);
    const quiet = 1.5 * this.levels.scale(row);
    let first = RECENT - 1;
    while (first > 0 && recent[first - 1]! > quiet) first -= 1;
    const stepMs = this.levels.stepMs(row);
    const subject: Subject = { scope: this.signal.scope, id: this.subjects[row]! };
    const one = this.book.open(this.signal.mode, subject, at - (RECENT - first) * stepMs);
    if (!one) return undefined;
    one.course = newCourse(one.since);
    for (let i = Math.max(0, first - 1); i < RECENT; i++)
      addPoint(one.course, at - (RECENT - 1 - i) * stepMs, recent[i]! / this.reach);
    return this.moved(one, row, at);
  }

  private follow(one: Case, row: number, at: number, away: number): Moved {
    if (at - one.lastAt > UNHEARD_MS) return { one, row, over: 'unknown' };
    addPoint(one.course!, at, away / this.reach);
    const moved = this.moved(one, row, at);
    const isLong = at - one.since > ACCEPTED_MS;
    if (!isLong) return moved;
    this.levels.accept(row, away);
    return { ...moved, over: 'unknown' };
  }

  private moved(one: Case, row: number, at: number): Moved {
    one.lastAt = at;
    const { x } = one.course!;
    const [before, newest] = [x.at(-2) ?? 1, x.at(-1)!];
    // Two at once, so that one wild value is no limit. What goes on after the fault is there tells no more of where it came.
    if (one.cameAt === undefined) one.most = Math.max(one.most, Math.min(before, newest));
    const isUsual = before < this.signal.returns && newest < this.signal.returns;
    return isUsual ? { one, row, over: 'returned' } : { one, row };
  }
}
