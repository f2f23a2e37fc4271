// What many cells of a region do together: told once for all of them, where each alone is excused by the others.

import type { Cells } from './cells.ts';
import { type Draft, sayWideMove } from './finding-draft.ts';
import type { SeasonalProfile } from './profile.ts';
import type { Run } from './run.ts';
import type { Hit, Series } from './series.ts';
import type { Outlier } from './values.ts';

/** A pool of peers of which most are out of line in the same way. */
interface Move {
  pool: string;
  /** The KPI that leads, first period in which the middle peer was so far off, and the newest. */
  kpi: string;
  since: number;
  at: number;
  /** Periods in a row that it was, and since then was not. */
  periods: number;
  calm: number;
  isTold: boolean;
}

export type WideMovesState = Move[];

/** One KPI of a pool in one run. */
interface Part {
  memory: Series;
  median: number;
  outliers: Outlier[];
}

/** One finding names so many cells at most. */
const MOST_CELLS = 5000;
/** It leads where it is among them: the rest follows from it. */
const LEADS = 'ul_interference_dbm';

export class WideMoves {
  private readonly moves = new Map<string, Move>();

  constructor(
    private readonly cells: Cells,
    private readonly profile: SeasonalProfile,
    private readonly memoryOf: (kpi: string) => Series | undefined,
  ) {}

  /** After all values of a run were judged: what begins, lasts and ends. */
  tell(run: Run, outliers: readonly Outlier[]): Draft[] {
    const drafts: Draft[] = [];
    for (const [pool, parts] of this.byPool(run, outliers)) drafts.push(...this.seen(run, pool, parts));
    for (const move of this.moves.values()) if (move.at < run.at) drafts.push(...this.perhapsCalm(run, move));
    return drafts;
  }

  save(): WideMovesState {
    return [...this.moves.values()];
  }

  load(moves: WideMovesState): void {
    for (const move of moves) this.moves.set(move.pool, move);
  }

  /** By pool the KPIs in which most of it is out of line, the one that leads first. */
  private byPool(run: Run, outliers: readonly Outlier[]): Map<number, Part[]> {
    const pools = new Map<number, Map<Series, Part>>();
    for (const outlier of outliers) {
      const { memory } = outlier;
      const { pool, median } = this.cells.places.commonOf(memory.peers, run.slots[outlier.i]!);
      if (median < this.profile.wideStrength) continue;
      const parts = pools.get(pool) ?? new Map<Series, Part>();
      const part = parts.get(memory) ?? { memory, median, outliers: [] };
      part.outliers.push(outlier);
      pools.set(pool, parts.set(memory, part));
    }
    const leads = ({ memory }: Part) => Number(memory.rule.kpi.id === LEADS);
    const sorted = (parts: Map<Series, Part>) =>
      [...parts.values()].sort((a, b) => leads(b) - leads(a) || b.median - a.median);
    return new Map([...pools].map(([pool, parts]) => [pool, sorted(parts)]));
  }

  private seen(run: Run, pool: number, parts: readonly Part[]): Draft[] {
    const name = this.cells.places.poolName(pool);
    const known = this.moves.get(name);
    const kpi = parts[0]!.memory.rule.kpi.id;
    const move = known ?? { pool: name, kpi, since: run.at, at: 0, periods: 0, calm: 0, isTold: false };
    if (move.at >= run.at) return [];
    Object.assign(move, { at: run.at, calm: 0, periods: move.periods + 1, ...(!move.isTold && { kpi }) });
    this.moves.set(name, move);
    if (move.periods < this.profile.widePeriods) return [];
    const phase = move.isTold ? 'lasts' : 'begins';
    move.isTold = true;
    const lead = parts.find(({ memory }) => memory.rule.kpi.id === move.kpi) ?? parts[0]!;
    const also = parts.filter((part) => part !== lead).map(({ memory }) => memory.rule.kpi.id);
    const slots = new Set(parts.flatMap(({ outliers }) => outliers.map(({ i }) => run.slots[i]!)));
    const cells = [...slots].map((slot) => this.cells.names[slot]!).sort();
    return [
      { ...this.frame(run, move, phase, cells), ...sayWideMove(this.middleOf(run, lead.outliers), cells.length, also) },
    ];
  }

  /** The cell in the middle of those that are off speaks for all. */
  private middleOf(run: Run, own: readonly Outlier[]): Hit {
    const middle = [...own].sort((a, b) => a.strength - b.strength || a.i - b.i)[own.length >> 1]!;
    const { memory, series, i, value, attempts } = middle;
    const row = run.rows[i]!;
    return memory.compare(series, run.bins[i]!, run.batch.periodSeconds[row]!, value, row, attempts);
  }

  /** Ends once the middle peer has been in line for some periods. */
  private perhapsCalm(run: Run, move: Move): Draft[] {
    const [pool, memory] = [this.cells.places.poolNamed(move.pool), this.memoryOf(move.kpi)];
    const median = pool === undefined || !memory ? 0 : memory.peers.median(pool);
    if (median >= this.profile.wideStrength * this.profile.releaseStrength) return [];
    Object.assign(move, { at: run.at, calm: move.calm + 1, periods: 0 });
    if (move.isTold && move.calm < this.profile.clearPeriods) return [];
    this.moves.delete(move.pool);
    return move.isTold ? [{ ...this.frame(run, move, 'ends', []), ...sayWideMove(move.kpi, 0, []) }] : [];
  }

  private frame(run: Run, { pool, since }: Move, phase: Draft['phase'], cells: string[]) {
    const subject = { scope: 'area' as const, id: `peers ${pool}` };
    const periodSeconds = run.batch.periodSeconds[run.rows[0]!]!;
    const wide = { subject, cells: cells.slice(0, MOST_CELLS) };
    return { kind: 'anomaly' as const, cell: '', wide, phase, at: run.at, since, periodSeconds };
  }
}
