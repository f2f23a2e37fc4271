// Deals with mutes: which alerts of a draft they hold back, and what is to be kept of them with it.

import type { AlertRecord } from '../model/alert.ts';
import type { Severity } from '../model/health.ts';
import type { MuteAct, MuteNow, MuteRecord } from '../model/mute.ts';
import { isActive } from './alert-state.ts';
import type { Book } from './book.ts';
import type { Change, Draft } from './draft.ts';
import type { News } from './mute-hold.ts';
import type { Window } from './mute-windows.ts';
import { type Heard, type MuteAsk, type MuteClockState, Mutes, type MutesOptions, worstOf } from './mutes.ts';

/** What the ledger keeps of mutes. */
export interface KnownMutes {
  /** In the order in which they were made. */
  mutes: MuteRecord[];
  clock?: MuteClockState;
  /** Number of the newest journal record whose outcome is saved: one that comes again mutes nothing anew. */
  judged: number;
}

/** What is saved of mutes with changed alerts; `gone`: ids of those that are forgotten. */
export interface SavedMutes {
  mutes: readonly MuteRecord[];
  gone: readonly string[];
  clock?: MuteClockState;
  judged: number;
}

export type MuteRefusal = 'unknown' | 'over' | 'too-many';
export type MuteAnswer = { mute: MuteRecord } | { refused: MuteRefusal };

const NO_NEWS: News = { isFresh: false, isConfirmed: false };

export class MuteDesk {
  private readonly mutes: Mutes;
  private readonly judged: number;
  /** Mutes as they were before what is not saved yet. */
  private readonly before = new Map<string, MuteRecord | undefined>();
  private readonly gone = new Set<string>();
  /** Where the time stood when all alerts were looked at; undefined: they must be. */
  private lookedAt: number | undefined;
  /** The same, of windows that open and close. */
  private turnedAt: number | undefined;

  constructor(
    options: MutesOptions,
    { mutes, clock, judged }: KnownMutes,
    private readonly book: Book,
    /** Mutes that may stand at once. */
    private readonly maximum: number,
  ) {
    this.judged = judged;
    this.mutes = new Mutes(options, mutes, clock, new Set(this.holds().keys()));
  }

  /** Data time of the network as mutes count it, epoch milliseconds. */
  get at(): number {
    return this.mutes.at;
  }

  hear(seq: number, heard: Heard | undefined): void {
    this.mutes.hear(seq, heard);
  }

  /** Whether the outcome of the journal record is saved: it comes again after a crash. */
  wasJudged(seq: number): boolean {
    return seq <= this.judged;
  }

  make(asked: MuteAsk, made: MuteAct): MuteAnswer {
    if (this.mutes.standingCount >= this.maximum) return { refused: 'too-many' };
    this.mutes.begin();
    const mute = this.mutes.made(asked, made);
    this.put(mute);
    return { mute };
  }

  /** From now on it covers nothing new; with `atOnce` all that it holds back is told, else what outlasts the grace. */
  end(id: string, ended: MuteAct & { atOnce: boolean }): MuteAnswer {
    const known = this.mutes.get(id);
    if (!known) return { refused: 'unknown' };
    const { state, window } = this.list().find(({ mute }) => mute.id === id)!;
    if (state === 'over' || (known.ended && !ended.atOnce)) return { refused: 'over' };
    const now = Math.min(this.at, known.endedAt ?? this.at);
    // At once also where the window is over and only its grace is left.
    const endedAt = ended.atOnce && state === 'closing' ? Math.min(now, window.to) : now;
    const mute = { ...known, endedAt, ended };
    this.put(mute);
    return { mute };
  }

  rename(names: ReadonlyMap<string, string>): void {
    for (const mute of this.mutes.renamed(names)) this.put(mute);
  }

  /** Marks, in the draft, what mutes hold back, and takes the mark from what they hold back no more. */
  apply(draft: Draft, wallMs: number): void {
    if (this.mutes.isEmpty) return;
    const news = new Map(draft.changes().map((change) => [change.after.id, newsOf(change)]));
    const [wide, parts] = [new Map<string, AlertRecord>(), new Map<string, AlertRecord>()];
    for (const alert of this.toLookAt([...news.keys()])) (this.widerOf(alert) ? parts : wide).set(alert.id, alert);
    this.lookedAt = this.at;
    for (const alert of wide.values()) {
      const own = this.book.partsOf(alert.id);
      const all = [alert, ...own].map(({ id }) => news.get(id) ?? NO_NEWS);
      const isFresh = news.get(alert.id)?.isFresh ?? false;
      const isConfirmed = all.some((each) => each.isConfirmed);
      const after = this.mutes.judge(alert, own, { isFresh, isConfirmed }, wallMs);
      if (after === alert) continue;
      draft.put(after);
      for (const part of own) parts.set(part.id, part);
    }
    // What stands behind another is held back with it.
    for (const part of parts.values()) {
      const mutedBy = this.widerOf(part)?.mutedBy;
      if (part.mutedBy !== mutedBy) draft.put({ ...part, mutedBy });
    }
  }

  /** Cells whose works have begun or ended since this was last asked. */
  turned(): string[] {
    if (this.turnedAt === this.at) return [];
    this.turnedAt = this.at;
    let holds: ReadonlyMap<string, unknown> | undefined;
    return this.mutes.look((id) => {
      holds ??= this.holds();
      return holds.has(id);
    });
  }

  /** Cells at which works are on now. */
  planned(): string[] {
    return this.mutes.planned();
  }

  isPlanned(cell: string): boolean {
    return this.mutes.isPlanned(cell);
  }

  /** The newest first. */
  list(): MuteNow[] {
    return this.mutes.list(this.holds());
  }

  /** Windows of mutes that cover the cell within a span of data time, oldest first. */
  windowsOf(cell: string, span: Window, most: number): (Window & { id: string })[] {
    return this.mutes.windowsOf(cell, span, most);
  }

  get hasChanged(): boolean {
    return this.before.size > 0;
  }

  /** What is to be saved; undefined: nothing. The clock goes with a checkpoint, and with mutes themselves. */
  toSave(judged: number, withClock: boolean): SavedMutes | undefined {
    if (this.mutes.isEmpty && !this.hasChanged) return undefined;
    const mutes = [...this.before.keys()].map((id) => this.mutes.get(id)).filter((mute) => mute !== undefined);
    const clock = withClock || this.hasChanged ? this.mutes.state() : undefined;
    return { mutes, gone: [...this.gone], judged, ...(clock && { clock }) };
  }

  keep(): void {
    this.before.clear();
    this.gone.clear();
  }

  takeBack(): void {
    for (const [id, mute] of this.before) {
      if (mute) this.mutes.put(mute);
      else this.mutes.remove(id);
    }
    this.before.clear();
    this.lookedAt = undefined;
    this.turnedAt = undefined;
  }

  private put(mute: MuteRecord): void {
    if (!this.before.has(mute.id)) this.before.set(mute.id, this.mutes.get(mute.id));
    for (const id of this.mutes.put(mute)) this.gone.add(id);
    this.lookedAt = undefined;
    this.turnedAt = undefined;
  }

  /** Those that have changed; all active ones, in one order, where the time has moved on or mutes are others. */
  private toLookAt(changed: readonly string[]): AlertRecord[] {
    const hasMoved = this.lookedAt !== this.at && !this.mutes.isIdle;
    const all = hasMoved || this.lookedAt === undefined ? [...this.book.all()] : changed.map((id) => this.book.get(id));
    const active = all.filter((alert) => alert !== undefined && isActive(alert)) as AlertRecord[];
    return active.sort((a, b) => a.raisedAt - b.raisedAt || (a.id < b.id ? -1 : 1));
  }

  private widerOf({ partOf }: AlertRecord): AlertRecord | undefined {
    const wider = partOf === undefined ? undefined : this.book.get(partOf);
    return wider && isActive(wider) ? wider : undefined;
  }

  /** What each mute holds back: how many, parts of wider ones not counted, and the worst of them. */
  private holds(): Map<string, { count: number; worst: Severity }> {
    const holds = new Map<string, { count: number; worst: Severity }>();
    for (const alert of this.book.all()) {
      if (alert.mutedBy === undefined || !isActive(alert) || this.widerOf(alert)) continue;
      const { count = 0, worst } = holds.get(alert.mutedBy) ?? {};
      holds.set(alert.mutedBy, { count: count + 1, worst: worstOf(worst, alert.severity) });
    }
    return holds;
  }
}

/** Raised or back; found wrong once more. */
function newsOf({ before, after }: Change): News {
  const isFresh = before === undefined || !isActive(before);
  return { isFresh, isConfirmed: isFresh || after.count > before.count };
}
