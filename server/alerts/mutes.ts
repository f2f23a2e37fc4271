// The mutes that stand: which alerts they hold back, on a clock of the data's own time that the journal alone moves.

import { DAY_MS, type LocalTime } from '../maths/local-time.ts';
import { SourceClock, type SourceClockState } from '../maths/source-clock.ts';
import type { AlertRecord } from '../model/alert.ts';
import { isWorse, type Severity } from '../model/health.ts';
import type { MuteAct, MuteNow, MuteRecord, MuteScope, MuteState, MuteTimes } from '../model/mute.ts';
import type { ReadingBatch } from '../model/reading.ts';
import { heldOf, isHeld, muted, type News, unmuted } from './mute-hold.ts';
import { cellsNamed, MuteIndex } from './mute-index.ts';
import { nextWindow, type Window, windowsBegun, windowsBetween } from './mute-windows.ts';
import type { Places } from './phrasing.ts';

/** Mutes that are over and still told. */
export const MOST_MUTES_OVER = 1000;

/** So long after its last window a mute counts as standing: by then nothing waits for the end of its grace. */
const LINGER_MS = 2 * DAY_MS;

/** How far the time has come by the journal, as a checkpoint keeps it. */
export interface MuteClockState {
  /** Number of the journal's newest record that was heard. */
  heard: number;
  clock: SourceClockState;
}

export interface MuteAsk extends MuteScope, MuteTimes {
  reason: string;
}

export interface MutesOptions {
  places: Places;
  time: LocalTime;
  /** Newest data time of the network, where no mute has counted it yet, epoch milliseconds. */
  dataAt(): number;
}

/** The part of a delivery that tells the time. */
export type Heard = Pick<ReadingBatch, 'cells' | 'cell' | 'at'>;

export class Mutes {
  private readonly index: MuteIndex;
  private readonly standing = new Map<string, MuteRecord>();
  /** Oldest first. */
  private readonly over = new Map<string, MuteRecord>();
  private readonly clock = new SourceClock();
  private heard = 0;
  /** Those with a window open, as of the last look. */
  private opened: ReadonlySet<string> = new Set();

  constructor(
    private readonly options: MutesOptions,
    known: readonly MuteRecord[],
    state: MuteClockState | undefined,
    /** Ids of mutes that hold alerts back. */
    holding: ReadonlySet<string>,
  ) {
    this.index = new MuteIndex(options.places);
    if (state) {
      this.clock.load(state.clock);
      this.heard = state.heard;
    }
    const at = state?.clock.at ?? this.at;
    for (const mute of known) this.put(mute, holding.has(mute.id) || !this.isDone(mute, at));
    this.opened = this.openNow();
  }

  /** Nothing stands: the time need not be counted. */
  get isIdle(): boolean {
    return this.standing.size === 0;
  }

  /** Nothing can be held back by anything. */
  get isEmpty(): boolean {
    return this.isIdle && this.over.size === 0;
  }

  /** Data time, epoch milliseconds. */
  get at(): number {
    return this.isIdle ? Math.max(this.clock.at, this.options.dataAt()) : this.clock.at;
  }

  get standingCount(): number {
    return this.standing.size;
  }

  /** One journal record's readings; a record that was heard before moves nothing. */
  hear(seq: number, heard: Heard | undefined): void {
    if (seq <= this.heard) return;
    this.heard = seq;
    if (heard && !this.isIdle) this.clock.hear(heard.cells, heard.cell, heard.at);
  }

  state(): MuteClockState {
    return { heard: this.heard, clock: this.clock.save() };
  }

  get(id: string): MuteRecord | undefined {
    return this.standing.get(id) ?? this.over.get(id);
  }

  /** A mute as asked for, not yet put in. */
  made({ reason, ...asked }: MuteAsk, made: MuteAct): MuteRecord {
    const stamp = `mute_${new Date(made.at).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
    let id = stamp;
    for (let n = 2; this.get(id); n++) id = `${stamp}-${n}`;
    return { id, ...asked, reason, made };
  }

  /** From nothing on the clock starts where the network is. */
  begin(): void {
    if (this.isIdle) this.clock.load({ ...this.clock.save(), at: this.at });
  }

  /** Gives those that had to go for it: what has been over for longest. */
  put(mute: MuteRecord, stands = !this.isDone(mute, this.at)): string[] {
    this.remove(mute.id);
    if (stands) this.standing.set(mute.id, mute);
    else this.over.set(mute.id, mute);
    this.index.add(mute);
    const gone = [...this.over.keys()].slice(0, Math.max(0, this.over.size - MOST_MUTES_OVER));
    for (const id of gone) this.remove(id);
    return gone;
  }

  remove(id: string): void {
    const mute = this.get(id);
    if (!mute) return;
    this.index.remove(mute);
    this.standing.delete(id);
    this.over.delete(id);
  }

  /** Under new names of cells; only those that change. */
  renamed(names: ReadonlyMap<string, string>): MuteRecord[] {
    return [...this.standing.values()].flatMap((mute) => {
      if (!mute.cells?.some((cell) => names.has(cell))) return [];
      return [{ ...mute, cells: [...new Set(mute.cells.map((cell) => names.get(cell) ?? cell))] }];
    });
  }

  /** The alert as mutes have it now; the same object when nothing changes. @param parts those that stand behind it */
  judge(alert: AlertRecord, parts: readonly AlertRecord[], news: News, wallMs: number): AlertRecord {
    const mute = this.holding(alert, parts, news);
    return mute ? muted(alert, mute, news.isFresh, wallMs) : unmuted(alert, news.isFresh, wallMs);
  }

  /** The mute that ends last holds; of several that are needed together, the one that ends first. */
  private holding(alert: AlertRecord, parts: readonly AlertRecord[], news: News): MuteRecord | undefined {
    const held = heldOf(alert, parts, news);
    const upTo = Math.max(this.clock.at, held.knownAt ?? 0);
    const endOf = (mute: MuteRecord) => {
      const windows = windowsBegun(mute, upTo, this.options.time, 2);
      const own = { ...held, isMuted: alert.mutedBy === mute.id };
      return windows.find((window) => isHeld(window, this.clock.at, own))?.to;
    };
    let first: { mute: MuteRecord; to: number } | undefined;
    for (const list of this.index.covering(alert)) {
      const ends = list.flatMap((mute) => {
        const to = endOf(mute);
        return to === undefined ? [] : [{ mute, to }];
      });
      const last = ends.reduce((a, b) => (a === undefined || b.to > a.to ? b : a), ends[0]);
      if (!last) return undefined;
      if (!first || last.to < first.to) first = last;
    }
    return first?.mute;
  }

  /** Whether works are on at the cell: a mute that names it, or its site, and every kind, has a window open. */
  isPlanned(cell: string): boolean {
    if (this.opened.size === 0) return false;
    return this.index.ofCell(cell).some((mute) => this.opened.has(mute.id) && namesCells(mute));
  }

  /**
   * Looks at the time: mutes whose last window is over, and of which `isHolding` says no more, stand no longer. Gives the cells
   * that are named by mutes that have opened or closed since the last look.
   */
  look(isHolding: (id: string) => boolean): string[] {
    const opened = this.openNow();
    const turned = [...this.opened, ...opened].filter((id) => this.opened.has(id) !== opened.has(id));
    this.opened = opened;
    const cells = turned.flatMap((id) => this.cellsOf(id));
    for (const mute of [...this.standing.values()]) {
      if (this.isDone(mute, this.clock.at) && !isHolding(mute.id)) this.put(mute, false);
    }
    return cells;
  }

  planned(): string[] {
    return [...this.opened].flatMap((id) => this.cellsOf(id));
  }

  /** Cells at which works are on while the mute is open. */
  private cellsOf(id: string): string[] {
    const mute = this.get(id);
    return mute && namesCells(mute) ? cellsNamed(mute, this.options.places) : [];
  }

  /** All, the newest first. */
  list(holds: ReadonlyMap<string, { count: number; worst: Severity }>): MuteNow[] {
    const all = [...this.over.values(), ...this.standing.values()].sort((a, b) => b.made.at - a.made.at);
    return all.map((mute) => {
      const { count = 0, worst } = holds.get(mute.id) ?? {};
      return { mute, ...this.now(mute, count > 0), holds: count, ...(worst && { worst }) };
    });
  }

  /** Windows of mutes that cover the cell, whatever the kind, oldest first. */
  windowsOf(cell: string, span: Window, most: number): (Window & { id: string })[] {
    const all = this.index.ofCell(cell).flatMap((mute) => {
      const windows = windowsBetween(mute, span, this.options.time, most);
      return windows.map((window) => ({ ...window, id: mute.id }));
    });
    return all.sort((a, b) => a.from - b.from || (a.id < b.id ? -1 : 1)).slice(-most);
  }

  private now(mute: MuteRecord, isHolding: boolean): { state: MuteState; window: Window } {
    const { at } = this;
    const [last] = windowsBegun(mute, at, this.options.time, 1);
    const next = nextWindow(mute, at, this.options.time);
    const window = last && at <= last.to ? last : (next ?? last ?? { from: mute.from, to: mute.to });
    if (last && at <= last.to && mute.endedAt === undefined) return { state: 'open', window };
    if (isHolding) return { state: 'closing', window: last ?? window };
    return { state: next ? 'waiting' : 'over', window };
  }

  private openNow(): Set<string> {
    const isOpen = (mute: MuteRecord) => this.now(mute, false).state === 'open';
    return new Set([...this.standing.values()].filter(isOpen).map(({ id }) => id));
  }

  /** No window comes any more, and the last one was over long ago. */
  private isDone(mute: MuteRecord, at: number): boolean {
    if (nextWindow(mute, at, this.options.time)) return false;
    const [last] = windowsBegun(mute, at, this.options.time, 1);
    return !last || at > last.to + LINGER_MS;
  }
}

const namesCells = ({ cells, siteId, kinds }: MuteScope) =>
  kinds === undefined && (cells !== undefined || siteId !== undefined);

export function worstOf(a: Severity | undefined, b: Severity): Severity {
  return a === undefined || isWorse(b, a) ? b : a;
}
