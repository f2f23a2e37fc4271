// The front door of coverage: radio samples in; hexagons, weak areas with cause and remedy, and findings out.

import type { CoverageHexagons, CoverageQuery, CoverageSlice, WeakArea } from '../model/coverage.ts';
import type { Finding } from '../model/finding.ts';
import type { StoredArea } from '../model/sample-columns.ts';
import type { TimingBin } from '../model/timing-advance.ts';
import { tellSlice } from './findings.ts';
import type { HexagonQuery } from './hexagon-query.ts';
import { hexagonsOf } from './hexagons.ts';
import { named } from './identity.ts';
import type { CellDirectory, CellLoad } from './inventory.ts';
import { judgeSlice } from './judge.ts';
import type { JudgeOptions } from './judging.ts';
import type { Outage } from './outage.ts';
import { PROFILE, type Profile } from './profile.ts';
import type { SamplePast } from './sample-past.ts';
import { askedSlices, keyOf, type NamedSlice, namedSlices } from './slices.ts';
import { judgeTiming, type TimingJudgement } from './timing-advance.ts';

export type { HexagonQuery } from './hexagon-query.ts';
export type { CellDirectory, CellLoad } from './inventory.ts';
export type { Outage } from './outage.ts';

export interface Coverage {
  /** Newest samples that were judged for alerts, as a journal number. */
  readonly judged: number;
  slices(): Promise<CoverageSlice[]>;
  /** Weak areas of one operator, all technologies and kinds apart; unordered: priority needs people, whom this room does not know. */
  areas(query: CoverageQuery): Promise<WeakArea[]>;
  /** Of the slice that the query names, else of the one with most samples. */
  hexagons(query: HexagonQuery): Promise<CoverageHexagons>;
  /**
   * Counts by distance and level of one cell and what they say: of local days that touch `from < at <= to`, or of the judging
   * window up to its newest day.
   */
  timing(cell: string, from?: number, to?: number): Promise<CellTiming>;
  /** Judges all of our slices again when samples have come since, up to journal number `seq`: what begins, lasts, grows or ends. */
  findings(seq: number): Promise<Finding[]>;
  /** The findings that were handed out last are dealt with: only now are they not told again. */
  settle(): Promise<void>;
}

export interface CellTiming extends TimingJudgement {
  /** Absent while it has none. */
  from?: number;
  to?: number;
  bins: TimingBin[];
}

export interface CoverageOptions {
  store: SamplePast;
  cells: CellDirectory;
  /** Outages of our cells that fall into a span of data time. */
  outages(from: number, to: number): readonly Outage[];
  /** What a cell's busy time is like; null where nothing is known. */
  loadOf(cell: string): CellLoad | null;
  /** Our own name or PLMN. */
  operator: string | undefined;
  profile?: Profile;
  /** Waits for samples that were accepted before a question. */
  caughtUp?(): Promise<unknown>;
  log(line: string): void;
}

/** Answers kept; the one that was asked for longest ago goes first. */
const MOST_ANSWERS = 32;
/** Areas told of at once; more are a matter for other means than alerts. */
const MOST_TOLD_AREAS = 2000;

export async function openCoverage(options: CoverageOptions): Promise<Coverage> {
  const { areas, judged } = await options.store.areas();
  return new CoverageRoom(options, areas, judged);
}

class CoverageRoom implements Coverage {
  private readonly answers = new Map<string, Promise<unknown>>();
  private unsettled: { areas: StoredArea[]; seq: number } | undefined;
  private readonly judging: JudgeOptions;

  constructor(
    private readonly options: CoverageOptions,
    private stored: readonly StoredArea[],
    private judgedSeq: number,
  ) {
    this.judging = { ...options, profile: options.profile ?? PROFILE };
  }

  get judged(): number {
    return this.judgedSeq;
  }

  async slices(): Promise<CoverageSlice[]> {
    return (await this.named()).map(({ operators: _, ...slice }) => slice);
  }

  areas(query: CoverageQuery): Promise<WeakArea[]> {
    return this.answer('areas', query, async () => {
      const all = await this.named();
      const areas: WeakArea[] = [];
      for (const slice of askedSlices(all, query)) {
        const judged = await judgeSlice(slice, all, query, this.judging);
        areas.push(...named(judged.areas, keyOf(slice), this.stored).map(({ area }) => area));
      }
      return areas;
    });
  }

  hexagons(query: HexagonQuery): Promise<CoverageHexagons> {
    return this.answer('hexagons', query, async () => {
      const all = await this.named();
      return hexagonsOf(askedSlices(all, query)[0], all, query, this.judging);
    });
  }

  async timing(cell: string, from?: number, to?: number): Promise<CellTiming> {
    const { store, cells, profile } = this.judging;
    await this.options.caughtUp?.();
    const until = to ?? (await this.options.store.timingTo(cell));
    const since = from ?? (until === undefined ? undefined : until - profile.windowMs);
    const found = until === undefined ? [] : await store.timing([cell], since!, until);
    const bins = found[0]?.[1] ?? [];
    return { ...judgeTiming(bins, cells.cell(cell) ?? {}, profile), from: since, to: until, bins };
  }

  async findings(seq: number): Promise<Finding[]> {
    if (seq <= this.judgedSeq) return [];
    const all = await this.named();
    const findings: Finding[] = [];
    const areas: StoredArea[] = [];
    for (const slice of askedSlices(all, { operator: 'ours' })) {
      const key = keyOf(slice);
      const { areas: found, ground } = await judgeSlice(slice, all, {}, this.judging);
      const around = { slice: key, at: slice.to, ground, profile: this.judging.profile };
      const told = tellSlice(named(found, key, this.stored), this.stored, around);
      findings.push(...told.findings);
      areas.push(...told.areas);
    }
    if (areas.length > MOST_TOLD_AREAS)
      this.options.log(`coverage: ${areas.length} weak areas; only ${MOST_TOLD_AREAS} of them are kept and told`);
    this.unsettled = { areas: areas.slice(0, MOST_TOLD_AREAS), seq };
    const kept = new Set(this.unsettled.areas.map(({ id }) => id));
    return findings.filter(({ phase, subject }) => phase === 'ends' || kept.has(subject.id));
  }

  async settle(): Promise<void> {
    if (!this.unsettled) return;
    const { areas, seq } = this.unsettled;
    await this.options.store.saveAreas(areas, seq);
    this.stored = areas;
    this.judgedSeq = seq;
    this.unsettled = undefined;
  }

  private async named(): Promise<NamedSlice[]> {
    return this.answer('slices', {}, async () => namedSlices(await this.options.store.slices(), this.options.operator));
  }

  /** The same question gets the same answer until samples, cells, outages or stored areas have changed. */
  private async answer<T>(what: string, query: object, work: () => Promise<T>): Promise<T> {
    const { store, cells, outages, caughtUp } = this.options;
    await caughtUp?.();
    const position = await store.position();
    const outageKey =
      what === 'slices' ? '' : outages(0, Number.MAX_SAFE_INTEGER).map(({ cell, from, to }) => [cell, from, to]);
    const key = JSON.stringify([what, query, position, cells.version, this.judgedSeq, outageKey]);
    const known = this.answers.get(key) as Promise<T> | undefined;
    const answer = known ?? work();
    this.answers.delete(key);
    this.answers.set(key, answer);
    answer.catch(() => this.answers.delete(key));
    if (this.answers.size > MOST_ANSWERS) this.answers.delete(this.answers.keys().next().value!);
    return answer;
  }
}
