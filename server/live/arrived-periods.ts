// Which periods have come of each cell, by length: tells what comes late, and what comes again.

import { grown } from '../maths/grown.ts';
import { isIn, isInRuns, type TimeRuns, withTime } from '../maths/time-runs.ts';
import type { ReadingBatch } from '../model/reading.ts';
import type { Directory } from './directory.ts';

/**
 * Stretches without a gap that are remembered of all cells together, 16 bytes each, and of one cell at least and at most: all
 * of its past, unless more is missing. What is of before them counts as late, also where it comes again.
 */
const MOST_RUNS = 2_000_000;
const MOST_RUNS_OF_CELL = { least: 64, most: 4096 };
/** Kinds of rows (a length and a set of columns) that are told apart; 16 bytes a cell each beside those of its gaps. */
const MOST_KINDS = 24;

/**
 * One kind of rows: a length of period, and the columns of the batch, for parts of one period (the CU half after the DU half)
 * are no doubles. Columns by cell index.
 */
interface Kind {
  key: string;
  periodSeconds: number;
  /** First and last END of the newest run, epoch milliseconds; 0 before the first. */
  since: Float64Array;
  newest: Float64Array;
  /** Runs before it, newest first, of cells that have some. */
  older: Map<number, TimeRuns>;
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
    const mostRuns = this.mostRunsOfCell();
    let doubled = 0;
    for (let row = 0; row < batch.rows; row++) {
      const index = indexes[batch.cell[row]!]!;
      const kind = index < 0 ? undefined : kindOf(batch.periodSeconds[row]!);
      if (!kind) continue;
      if (hasSeen(kind, index, batch.at[row]!)) doubled++;
      else see(kind, index, batch.at[row]!, mostRuns);
    }
    return doubled;
  }

  private mostRunsOfCell(): number {
    const share = Math.floor(MOST_RUNS / (1 + this.directory.length * this.kinds.size));
    return Math.min(MOST_RUNS_OF_CELL.most, Math.max(MOST_RUNS_OF_CELL.least, share));
  }

  private kindOf(periodSeconds: number, columns: string): Kind | undefined {
    const key = kindKey(periodSeconds, columns);
    const known = this.kinds.get(key);
    if (known || this.kinds.size >= MOST_KINDS) return known;
    const kind = emptyKind({ key, periodSeconds });
    this.kinds.set(key, kind);
    return kind;
  }

  save(): ArrivedState {
    return [...this.kinds.values()];
  }

  /** Cells may have other numbers now: `ids` by the number they had. */
  load(state: ArrivedState, ids: readonly string[]): void {
    const indexes = ids.map((id) => (id === '' ? -1 : (this.directory.get(id)?.index ?? -1)));
    for (const saved of state) {
      const kind = emptyKind(saved);
      for (const [old, index] of indexes.entries()) {
        if (index < 0 || !saved.newest[old]) continue;
        reserve(kind, index);
        kind.since[index] = saved.since[old]!;
        kind.newest[index] = saved.newest[old]!;
        const older = saved.older.get(old);
        if (older) kind.older.set(index, older);
      }
      this.kinds.set(kind.key, kind);
    }
  }
}

const emptyKind = ({ key, periodSeconds }: Pick<Kind, 'key' | 'periodSeconds'>): Kind => ({
  ...{ key, periodSeconds, older: new Map() },
  since: new Float64Array(0),
  newest: new Float64Array(0),
});

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

const NONE: TimeRuns = new Float64Array(0);

function hasSeen({ periodSeconds, since, newest, older }: Kind, index: number, at: number): boolean {
  const to = newest[index] ?? 0;
  const stepMs = 1000 * periodSeconds;
  if (to === 0 || at > to) return false;
  return isIn(since[index]!, to, at, stepMs) || isInRuns(older.get(index) ?? NONE, at, stepMs);
}

function see(kind: Kind, index: number, at: number, mostRuns: number): void {
  reserve(kind, index);
  const stepMs = 1000 * kind.periodSeconds;
  if (at - kind.newest[index]! === stepMs) {
    kind.newest[index] = at;
    return;
  }
  const before = kind.newest[index]
    ? [kind.since[index]!, kind.newest[index]!, ...(kind.older.get(index) ?? NONE)]
    : [];
  const runs = withTime(Float64Array.from(before), at, stepMs);
  [kind.since[index], kind.newest[index]] = [runs[0]!, runs[1]!];
  if (runs.length > 2) kind.older.set(index, runs.slice(2, 2 * mostRuns));
  else kind.older.delete(index);
}

function reserve(kind: Kind, index: number): void {
  kind.since = grown(kind.since, index + 1);
  kind.newest = grown(kind.newest, index + 1);
}
