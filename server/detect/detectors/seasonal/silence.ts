// Tells cells that have fallen silent, by the data clock of the source that used to tell of them.

import type { Cells } from './cells.ts';
import { type Draft, NO_EVIDENCE, saySilent } from './finding-draft.ts';
import type { SeasonalProfile } from './profile.ts';

export interface SourceState {
  name: string;
  /** Newest `at` heard of any cell, but never ahead of when its batch came, epoch milliseconds. */
  clock: number;
  /** When a member is next due; null: nobody is. */
  nextCheckAt: number | null;
}

interface Source extends SourceState {
  /** Slots of cells last heard through this source; some may have moved on to another since. */
  members: Set<number>;
  /** No cell can fall silent, nor be told of again, before the clock reaches this. */
  nextCheckAt: number;
}

export class Silence {
  private readonly sources: Source[] = [];
  private readonly indexes = new Map<string, number>();

  constructor(
    private readonly cells: Cells,
    private readonly profile: SeasonalProfile,
  ) {}

  /** The number of a source; all for which there is no room share one behind the last, and are not judged. */
  indexOf(name: string): number {
    const known = this.indexes.get(name);
    if (known !== undefined) return known;
    if (this.sources.length >= this.profile.mostSources) return this.profile.mostSources;
    this.indexes.set(name, this.sources.length);
    return this.sources.push({ name, clock: 0, members: new Set(), nextCheckAt: 0 }) - 1;
  }

  /** A new reading of a cell: it belongs to this source from now on, and is no longer silent. */
  heard(slot: number, at: number, source: number): Draft | undefined {
    const f = this.cells.columns.fields;
    const since = f.silentSince[slot]!;
    if (at <= f.lastAt[slot]!) return undefined;
    const lastAt = f.lastAt[slot]!;
    this.cells.hear(slot, at, source);
    const here = this.sources[source];
    if (here) {
      here.members.add(slot);
      here.nextCheckAt = Math.min(here.nextCheckAt, this.dueAt(slot));
    }
    if (since === 0) return undefined;
    f.silentSince[slot] = 0;
    const said = saySilent(lastAt, at, f.periodSeconds[slot]!, this.profile);
    return this.draft(slot, 'ends', at, since, { ...said, evidence: NO_EVIDENCE });
  }

  /**
   * The source told of `dataAt` in a batch that came at `receivedAt`: who is missing? Its clock follows the data, but one cell
   * that is ahead of time must not carry it beyond the moment of receipt, which would make all the others late.
   */
  tick(source: number, dataAt: number, receivedAt: number): Draft[] {
    const here = this.sources[source];
    const at = Math.min(dataAt, receivedAt);
    if (!here || at <= here.clock) return [];
    here.clock = at;
    if (at < here.nextCheckAt) return [];
    const drafts: Draft[] = [];
    here.nextCheckAt = Number.POSITIVE_INFINITY;
    for (const slot of here.members) {
      if (this.cells.columns.fields.source[slot] !== source || this.cells.names[slot] === null) {
        here.members.delete(slot);
        continue;
      }
      if (this.dueAt(slot) <= at) drafts.push(this.tell(slot, at));
      here.nextCheckAt = Math.min(here.nextCheckAt, this.dueAt(slot));
    }
    return drafts;
  }

  forget(slot: number): void {
    this.sources[this.cells.columns.fields.source[slot]!]?.members.delete(slot);
  }

  save(): SourceState[] {
    return this.sources.map(({ name, clock, nextCheckAt }) => ({
      name,
      clock,
      // JSON knows no infinity.
      nextCheckAt: Number.isFinite(nextCheckAt) ? nextCheckAt : null,
    }));
  }

  /** After the cells were loaded. */
  load(states: readonly SourceState[]): void {
    for (const { name, clock, nextCheckAt } of states) {
      const source = this.sources[this.indexOf(name)];
      if (source) Object.assign(source, { clock, nextCheckAt: nextCheckAt ?? Number.POSITIVE_INFINITY });
    }
    const { source, lastAt } = this.cells.columns.fields;
    this.cells.names.forEach((name, slot) => {
      if (name !== null && lastAt[slot]! > 0) this.sources[source[slot]!]?.members.add(slot);
    });
  }

  /** When the clock makes this cell silent, or, once it is, when it is told of again. */
  private dueAt(slot: number): number {
    const f = this.cells.columns.fields;
    const periodMs = f.periodSeconds[slot]! * 1000;
    if (f.silentSince[slot]! > 0) return f.silentTold[slot]! + periodMs;
    if (f.heard[slot]! < this.profile.silentLeastReadings) return Number.POSITIVE_INFINITY;
    const excused = f.excusedAt[slot] === f.lastAt[slot] ? this.profile.excusedSilenceHours * 3_600_000 : 0;
    return f.lastAt[slot]! + Math.max(this.profile.silentPeriods * periodMs, excused);
  }

  private tell(slot: number, at: number): Draft {
    const f = this.cells.columns.fields;
    const begins = f.silentSince[slot] === 0;
    const periodSeconds = f.periodSeconds[slot]!;
    if (begins) f.silentSince[slot] = f.lastAt[slot]! + periodSeconds * 1000;
    f.silentTold[slot] = at;
    const said = saySilent(f.lastAt[slot]!, at, periodSeconds, this.profile);
    return this.draft(slot, begins ? 'begins' : 'lasts', at, f.silentSince[slot]!, said);
  }

  private draft(
    slot: number,
    phase: Draft['phase'],
    at: number,
    since: number,
    said: Pick<Draft, 'evidence' | 'why' | 'wouldClear'>,
  ): Draft {
    const periodSeconds = this.cells.columns.fields.periodSeconds[slot]!;
    return { kind: 'silent', cell: this.cells.names[slot]!, phase, at, since, periodSeconds, ...said };
  }
}
