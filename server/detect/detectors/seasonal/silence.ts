// Tells cells that have fallen silent, by the data clock of the source that used to tell of them.

import type { Cells } from './cells.ts';
import { type Collectors, countSites } from './collector.ts';
import { type Draft, NO_EVIDENCE, saySilent } from './finding-draft.ts';
import { Gaps, type GapsState } from './gaps.ts';
import { Patience } from './patience.ts';
import type { SeasonalProfile } from './profile.ts';
import { CLOCK_SKEW_MS } from './run.ts';

export interface SourceState {
  name: string;
  /** Newest `at` heard of any cell, but never ahead of when its batch came, epoch milliseconds. */
  clock: number;
  /** When a member is next due; null: nobody is. */
  nextCheckAt: number | null;
}

interface Source extends SourceState {
  /** Slots of cells last heard through this source. */
  members: Set<number>;
  /** No cell can fall silent, nor be told of again, before the clock reaches this. */
  nextCheckAt: number;
}

/** What a source lacks at a moment. */
interface Missing {
  /** Cells of which two readings are missing, and those of them of which it is not known why. */
  overdue: readonly number[];
  unexplained: readonly number[];
  /** Sites that it tells of when all is well. */
  memberSites: number;
}

export interface SilenceState extends GapsState {
  sources: SourceState[];
}

/** While more of a source's cells than this are overdue, it is the source that is late, and nobody is told early. *Default.* */
const FEW_OVERDUE = 0.01;
/** One reading may be under way: from two missing ones on a cell is overdue. */
const OVERDUE_PERIODS = 2;

export class Silence {
  private readonly patience: Patience;
  private readonly sources: Source[] = [];
  private readonly indexes = new Map<string, number>();
  private readonly gaps: Gaps;

  constructor(
    private readonly cells: Cells,
    private readonly profile: SeasonalProfile,
    private readonly collectors: Collectors,
  ) {
    this.patience = new Patience(cells, profile);
    this.gaps = new Gaps(cells, profile);
  }

  /** The number of a source; all for which there is no room share one behind the last, and are not judged. */
  indexOf(name: string): number {
    const known = this.indexes.get(name);
    if (known !== undefined) return known;
    if (this.sources.length >= this.profile.mostSources) return this.profile.mostSources;
    this.indexes.set(name, this.sources.length);
    return this.sources.push({ name, clock: 0, members: new Set(), nextCheckAt: 0 }) - 1;
  }

  /** Whether so many rows are most of what the source delivers of a period. */
  isWhole(source: number, rows: number): boolean {
    return 2 * rows > (this.sources[source]?.members.size ?? Number.POSITIVE_INFINITY);
  }

  /** How far the source has told of its cells, epoch milliseconds; infinite for one that has no clock. */
  clockOf(source: number): number {
    return this.sources[source]?.clock ?? Number.POSITIVE_INFINITY;
  }

  /** A new reading of a cell: it belongs to this source from now on, and is no longer silent. */
  heard(slot: number, at: number, source: number): Draft | undefined {
    const f = this.cells.columns.fields;
    const since = f.silentSince[slot]!;
    if (at <= f.lastAt[slot]!) return undefined;
    const lastAt = f.lastAt[slot]!;
    const here = this.sources[source];
    const isMember = f.source[slot] === source && lastAt > 0;
    if (!isMember) this.join(slot, source);
    this.patience.note(slot, at, here?.clock ?? 0);
    this.cells.hear(slot, at, source);
    if (here) {
      here.nextCheckAt = Math.min(here.nextCheckAt, this.dueAt(slot));
    }
    if (since === 0) return undefined;
    f.silentSince[slot] = 0;
    if (f.gap[slot]! > 0) return this.gaps.leave(slot, at);
    this.cells.noteWasOff(slot, since, at);
    const said = saySilent(lastAt, at, f.periodSeconds[slot]!, this.profile);
    return this.draft(slot, 'ends', at, since, { ...said, evidence: NO_EVIDENCE });
  }

  private join(slot: number, source: number): void {
    this.sources[this.cells.columns.fields.source[slot]!]?.members.delete(slot);
    this.sources[source]?.members.add(slot);
  }

  /** All cells of a run were heard. */
  endRun(): void {
    this.patience.endRun();
  }

  /**
   * The source told of `dataAt` in a batch that came at `receivedAt`: who is missing? Its clock follows the data, but one cell
   * that is ahead of time must not carry it beyond the moment of receipt, which would make all the others late.
   */
  tick(source: number, dataAt: number, receivedAt: number): Draft[] {
    const here = this.sources[source];
    const at = Math.min(dataAt, receivedAt + CLOCK_SKEW_MS);
    if (!here || at <= here.clock) return [];
    here.clock = at;
    if (at < here.nextCheckAt) return [];
    const due = this.dueOf(here, at);
    const { patient, shared, single } = this.sorted(here, due, at);
    const drafts = [...shared].map((slots) => this.gaps.tell(here.name, slots, at));
    for (const slot of single) drafts.push(this.tell(slot, at));
    here.nextCheckAt = Number.POSITIVE_INFINITY;
    for (const slot of here.members) here.nextCheckAt = Math.min(here.nextCheckAt, this.dueAt(slot));
    // Asked again with the next step of the clock.
    if (patient) here.nextCheckAt = at;
    return drafts;
  }

  /** A cell that leaves the network. */
  forget(slot: number): Draft | undefined {
    const f = this.cells.columns.fields;
    this.sources[f.source[slot]!]?.members.delete(slot);
    return f.gap[slot]! > 0 ? this.gaps.leave(slot, f.lastAt[slot]!) : undefined;
  }

  save(): SilenceState {
    return {
      sources: this.sources.map(({ name, clock, nextCheckAt }) => ({
        name,
        clock,
        // JSON knows no infinity.
        nextCheckAt: Number.isFinite(nextCheckAt) ? nextCheckAt : null,
      })),
      ...this.gaps.save(),
    };
  }

  /** After the cells were loaded. */
  load({ sources, ...gaps }: SilenceState): void {
    for (const { name, clock, nextCheckAt } of sources) {
      const source = this.sources[this.indexOf(name)];
      if (source) Object.assign(source, { clock, nextCheckAt: nextCheckAt ?? Number.POSITIVE_INFINITY });
    }
    const { source, lastAt } = this.cells.columns.fields;
    this.cells.names.forEach((name, slot) => {
      if (name !== null && lastAt[slot]! > 0) this.sources[source[slot]!]?.members.add(slot);
    });
    this.gaps.load(gaps);
  }

  /** Members that are due, newly or again, in an order that does not depend on who was heard first. */
  private dueOf(here: Source, at: number): number[] {
    return [...here.members].filter((slot) => this.dueAt(slot) <= at).sort((a, b) => a - b);
  }

  /** Who is told alone, who together, and whether there are some for whom it is too early to tell anything. */
  private sorted(
    here: Source,
    due: readonly number[],
    at: number,
  ): { patient: boolean; shared: Set<number[]>; single: number[] } {
    const f = this.cells.columns.fields;
    const single = due.filter((slot) => f.silentSince[slot]! > 0 && f.gap[slot] === 0);
    const groups = this.byLastReading(due.filter((slot) => f.silentSince[slot] === 0));
    const fresh = groups.filter((group) => this.collectors.hadNoMains(group[0]!) || !this.gaps.join(here.name, group));
    const shared = new Set<number[]>();
    const again = new Set(due.map((slot) => f.gap[slot]!).filter((gap) => gap > 0));
    for (const gap of again) shared.add(this.gaps.slotsOf(gap));
    const missing = fresh.length > 0 ? this.missing(here, at) : undefined;
    let patient = false;
    for (const group of fresh) {
      const told = this.howToTell(here, group, missing!, at);
      if (told === 'alone') single.push(...group);
      else if (told === 'together') shared.add(group);
      else patient = true;
    }
    return { patient, shared, single };
  }

  /**
   * Cells that are due since the same reading: of one site by themselves, of several once a collector had time to come back;
   * by themselves as well where what they share is their place, or where it is known why they are gone.
   */
  private howToTell(
    here: Source,
    group: readonly number[],
    { overdue, unexplained, memberSites }: Missing,
    at: number,
  ): 'alone' | 'together' | 'later' {
    const f = this.cells.columns.fields;
    const { sharedGapMinutes, silentPeriods } = this.profile;
    const periodMs = f.periodSeconds[group[0]!]! * 1000;
    const lastAt = f.lastAt[group[0]!]!;
    // Some are waited for longer than others, or had one reading more on its way, but are gone as long.
    const isGone = (slot: number) => Math.abs(f.lastAt[slot]! - lastAt) <= periodMs;
    const lost = this.collectors.hadNoMains(group[0]!) ? [] : unexplained.filter(isGone);
    if (this.collectors.mayHaveFailed(memberSites, lost)) {
      if (at - lastAt < Math.max(60_000 * sharedGapMinutes, periodMs * (silentPeriods + 1))) return 'later';
      return this.collectors.isDistrict(here.members, lost) ? 'alone' : 'together';
    }
    if (at - lastAt >= periodMs * silentPeriods) return 'alone';
    const gone = overdue.filter(isGone);
    const others = overdue.length - gone.length;
    return countSites(this.cells, gone) === 1 && others <= FEW_OVERDUE * here.members.size ? 'alone' : 'later';
  }

  /** Looked up once for all groups: where cells report at moments of their own, there are many of a few cells each. */
  private missing(here: Source, at: number): Missing {
    const overdue = this.overdue(here, at);
    const unexplained = overdue.filter((slot) => !this.collectors.hadNoMains(slot));
    return { overdue, unexplained, memberSites: countSites(this.cells, here.members) };
  }

  /** Members of which two readings are missing, that are not told of and that nothing excuses. */
  private overdue({ members }: Source, at: number): number[] {
    const f = this.cells.columns.fields;
    return [...members].filter((slot) => {
      const isMissed = at - f.lastAt[slot]! >= OVERDUE_PERIODS * 1000 * f.periodSeconds[slot]!;
      return isMissed && f.silentSince[slot] === 0 && f.excusedAt[slot] !== f.lastAt[slot];
    });
  }

  /** Those whose mains was gone stand apart. */
  private byLastReading(slots: readonly number[]): number[][] {
    const { lastAt } = this.cells.columns.fields;
    const groups = new Map<string, number[]>();
    for (const slot of slots) {
      const key = `${lastAt[slot]} ${this.collectors.hadNoMains(slot)}`;
      const group = groups.get(key);
      if (group) group.push(slot);
      else groups.set(key, [slot]);
    }
    return [...groups.values()];
  }

  /** When the clock makes this cell silent, or, once it is, when it is told of again. */
  private dueAt(slot: number): number {
    const f = this.cells.columns.fields;
    const periodMs = f.periodSeconds[slot]! * 1000;
    if (f.silentSince[slot]! > 0) return f.silentTold[slot]! + periodMs;
    if (f.heard[slot]! < this.profile.silentLeastReadings) return Number.POSITIVE_INFINITY;
    const excused = f.excusedAt[slot] === f.lastAt[slot] ? this.profile.excusedSilenceHours * 3_600_000 : 0;
    return f.lastAt[slot]! + Math.max(this.patience.periodsFor(slot) * periodMs, excused);
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
