// What many cells of a region do together: told once for all of them, where each alone is excused by the others.

import type { Cells } from './cells.ts';
import { DEMAND, FULL_DRIVEN, LOAD_DRIVEN, SIGNS } from './excuses.ts';
import { type Draft, sayWideMove } from './finding-draft.ts';
import type { SeasonalProfile } from './profile.ts';
import { isAhead, type Run } from './run.ts';
import type { Hit, Series } from './series.ts';
import type { Outlier } from './values.ts';

/** What moves alike has one cause: noise in the air, people who are elsewhere, or service itself. */
const FAMILIES: Readonly<Record<string, string>> = {
  ...{ ul_interference_dbm: 'air', ul_throughput_mbps: 'air', packet_loss_pct: 'air' },
  ...{ active_users: 'demand', traffic_gb: 'demand' },
};
const familyOf = (kpi: string) => FAMILIES[kpi] ?? 'service';

/** Pools of peers of which most are out of line in the same way. */
interface Move {
  family: string;
  /** The KPI that leads, first period in which the middle peer was so far off, and the newest. */
  kpi: string;
  since: number;
  at: number;
  /** Periods in a row that it was, and since then was not. */
  periods: number;
  calm: number;
  isTold: boolean;
  /** It is over once the middle peer is below. */
  calmBelow: number;
  /** By slot the newest period in which a cell was out of line with it: a period may come in many parts. */
  cells: Map<number, number>;
}

export type WideMovesState = (Omit<Move, 'cells'> & { cells: [slot: number, at: number][] })[];

/** One KPI of one run, over all pools in which most are out of line. */
interface Part {
  memory: Series;
  median: number;
  outliers: Outlier[];
}

const HOUR_MS = 3_600_000;
/** One finding names so many cells at most, of so many that are counted. */
const MOST_CELLS = 5000;
const MOST_COUNTED = 100_000;
/** It leads where it is among them: the rest follows from it. */
const LEADS = 'ul_interference_dbm';

export class WideMoves {
  private readonly moves = new Map<string, Move>();

  constructor(
    private readonly cells: Cells,
    private readonly profile: SeasonalProfile,
    /** The memories of a KPI: a share has two, of which only one hears the cells. */
    private readonly memoriesOf: (kpi: string) => readonly Series[],
  ) {}

  /** After all values of a run were judged: what begins, lasts and ends. */
  tell(run: Run, outliers: readonly Outlier[]): Draft[] {
    // A clock that is ahead speaks for nobody else.
    if (isAhead(run)) return [];
    const drafts: Draft[] = [];
    for (const [family, parts] of this.byFamily(run, outliers)) drafts.push(...this.seen(run, family, parts));
    for (const move of this.moves.values()) if (move.at < run.at) drafts.push(...this.perhapsCalm(run, move));
    return drafts;
  }

  save(): WideMovesState {
    return [...this.moves.values()].map((move) => ({ ...move, cells: [...move.cells] }));
  }

  load(moves: WideMovesState): void {
    for (const move of moves) this.moves.set(move.family, { ...move, cells: new Map(move.cells) });
  }

  /** The KPIs in which most of some pool is out of line, by family, the one that leads first. */
  private byFamily(run: Run, outliers: readonly Outlier[]): Map<string, Part[]> {
    const families = new Map<string, Map<Series, Part>>();
    for (const outlier of outliers) {
      const { memory, i } = outlier;
      // All cabinets warm up on a hot day: what is no trouble by itself is none by numbers.
      if (SIGNS.has(memory.rule.kpi.id)) continue;
      const { median } = this.cells.places.commonOf(memory.peers, run.slots[i]!, run.at);
      if (median < this.profile.wideStrength && !this.isSharedShift(run, outlier)) continue;
      const family = this.isNoisy(run.slots[i]!, run.at) ? 'air' : familyOf(memory.rule.kpi.id);
      const parts = families.get(family) ?? new Map<Series, Part>();
      const part = parts.get(memory) ?? { memory, median, outliers: [] };
      part.outliers.push(outlier);
      part.median = Math.max(part.median, median);
      families.set(family, parts.set(memory, part));
    }
    const leads = ({ memory }: Part) => Number(memory.rule.kpi.id === LEADS);
    const sorted = (parts: Iterable<Part>) => [...parts].sort((a, b) => leads(b) - leads(a) || b.median - a.median);
    return new Map([...families].map(([family, parts]) => [family, sorted(parts.values())]));
  }

  /** All of the pool have shifted, and not because more people are there, or fewer. */
  private isSharedShift(run: Run, { isShared, memory, i }: Outlier): boolean {
    const kpi = memory.rule.kpi.id;
    if (!isShared || DEMAND.has(kpi)) return false;
    if (!LOAD_DRIVEN.has(kpi) && !FULL_DRIVEN.has(kpi)) return true;
    const { poolOf, widerOf } = this.cells.places;
    const users = this.memoriesOf('active_users')[0]?.peers.commonLately(poolOf[run.slots[i]!]!, widerOf) ?? 0;
    return users > -this.profile.crowdStrength / 4;
  }

  /** All of the pool hear more than usual: whatever else gets worse there comes of it. */
  private isNoisy(slot: number, at: number): boolean {
    const noise = this.memoriesOf(LEADS)[0];
    return (
      noise !== undefined && this.cells.places.commonOf(noise.peers, slot, at).median >= this.profile.wideStrength / 2
    );
  }

  private seen(run: Run, family: string, parts: readonly Part[]): Draft[] {
    const kpi = parts[0]!.memory.rule.kpi.id;
    const known = this.moves.get(family);
    const { wideStrength, releaseStrength, shiftRelease } = this.profile;
    const isShift = parts.every(({ outliers }) => outliers.every(({ isShared }) => isShared));
    const move = known ?? {
      ...{ family, kpi, since: run.at, at: 0, periods: 0, calm: 0, isTold: false },
      calmBelow: isShift ? shiftRelease : wideStrength * releaseStrength,
      cells: new Map<number, number>(),
    };
    this.moves.set(family, move);
    for (const { i } of parts.flatMap(({ outliers }) => outliers)) this.noteCell(move, run.slots[i]!, run.at);
    if (move.at >= run.at) return [];
    Object.assign(move, { at: run.at, calm: 0, periods: move.periods + 1, ...(!move.isTold && { kpi }) });
    if (move.periods < this.profile.widePeriods) return [];
    const phase = move.isTold ? 'lasts' : 'begins';
    move.isTold = true;
    const lead = parts.find(({ memory }) => memory.rule.kpi.id === move.kpi) ?? parts[0]!;
    const also = parts.filter((part) => part !== lead).map(({ memory }) => memory.rule.kpi.id);
    const cells = this.cellsOf(run, move);
    return [
      { ...this.frame(run, move, phase, cells), ...sayWideMove(this.middleOf(run, lead.outliers), cells.length, also) },
    ];
  }

  private noteCell({ cells }: Move, slot: number, at: number): void {
    if (cells.size < MOST_COUNTED || cells.has(slot)) cells.set(slot, at);
  }

  /** Names of the cells that are out of line now, or were in the period before while most of this one is still to come. */
  private cellsOf(run: Run, { cells }: Move): string[] {
    const periodMs = 1000 * run.batch.periodSeconds[run.rows[0]!]!;
    const since = run.source.isWhole ? run.at : run.at - periodMs;
    for (const [slot, at] of cells) if (at < since) cells.delete(slot);
    return [...cells.keys()].flatMap((slot) => this.cells.names[slot] ?? []).sort();
  }

  /** The cell in the middle of those that are off speaks for all. */
  private middleOf(run: Run, own: readonly Outlier[]): Hit {
    const middle = [...own].sort((a, b) => a.strength - b.strength || a.i - b.i)[own.length >> 1]!;
    const { memory, series, i, value, attempts } = middle;
    const row = run.rows[i]!;
    return memory.compare(series, run.bins[i]!, run.paces[i]!, value, row, attempts);
  }

  /** Ends once no pool has been out of line for some periods. */
  private perhapsCalm(run: Run, move: Move): Draft[] {
    const median = Math.max(0, ...this.memoriesOf(move.kpi).map(({ peers }) => peers.highestMedian(run.at)));
    const isUnheard = run.at - move.at >= this.profile.unheardHours * HOUR_MS;
    if (!isUnheard && median >= move.calmBelow) return [];
    Object.assign(move, { at: run.at, calm: move.calm + 1, periods: 0 });
    if (move.isTold && !isUnheard && move.calm < this.profile.clearPeriods) return [];
    this.moves.delete(move.family);
    return move.isTold ? [{ ...this.frame(run, move, 'ends', []), ...sayWideMove(move.kpi, 0, []) }] : [];
  }

  private frame(run: Run, { family, since }: Move, phase: Draft['phase'], cells: string[]) {
    const subject = { scope: 'area' as const, id: `peers ${family}` };
    const periodSeconds = run.batch.periodSeconds[run.rows[0]!]!;
    const wide = { subject, cells: cells.slice(0, MOST_CELLS) };
    return { kind: 'anomaly' as const, cell: '', wide, phase, at: run.at, since, periodSeconds };
  }
}
