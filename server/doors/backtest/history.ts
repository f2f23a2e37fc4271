// The stored readings behind a backtest, one cell after another, as columns of one stretch of time after the other.

import type { WindowColumns } from '../../detect/backtest/window.ts';
import { DAY_MS } from '../../maths/local-time.ts';
import type { Reading } from '../../model/reading.ts';
import { type KpiStore, MOST_READINGS, type SeriesPoint } from '../../storage/kpi-store.ts';

/** What is in memory at once. */
const CELL_DAYS_AT_ONCE = 500;
/** A store gives so many days of a cell at once, but for cells of the shortest periods. */
const MOST_DAYS_AT_ONCE = 28;
const SHORTEST_SPLIT_MS = 60_000;

/** Stretches `from < at <= to` of whole days, as long as memory allows for so many cells. */
export function windowsOf(from: number, to: number, cells: number): Stretch[] {
  const days = Math.max(1, Math.min(MOST_DAYS_AT_ONCE, Math.floor(CELL_DAYS_AT_ONCE / cells)));
  const windows: Stretch[] = [];
  for (let at = from; at < to; at += days * DAY_MS) windows.push({ from: at, to: Math.min(to, at + days * DAY_MS) });
  return windows;
}

type Store = Pick<KpiStore, 'readings' | 'series'>;
type Stretch = { from: number; to: number };

/** Reads stretches of a span, and asks no more for cells of which nothing is stored from there on: most, where a list names more cells than report. */
export function readerOf(store: Store, span: Stretch) {
  const newest = new Map<string, number>();
  const newestOf = async (cell: string): Promise<number> => {
    const known = newest.get(cell);
    if (known !== undefined) return known;
    const [last] = await store.readings(cell, span.from, span.to, 1);
    const at = last?.at ?? Number.NEGATIVE_INFINITY;
    newest.set(cell, at);
    return at;
  };
  return async (cell: string, stretch: Stretch, kpis?: readonly string[]): Promise<Reading[]> =>
    (await newestOf(cell)) > stretch.from ? historyOf(store, cell, stretch, kpis) : [];
}

/** All readings of one cell, or, where only some KPIs matter, those values; a stretch that holds too many is halved. */
async function historyOf(
  store: Store,
  cell: string,
  { from, to }: Stretch,
  kpis: readonly string[] | undefined,
): Promise<Reading[]> {
  if (kpis) return ofValues(cell, kpis, await Promise.all(kpis.map((kpi) => store.series({ cell, kpi, from, to }))));
  const readings = await store.readings(cell, from, to);
  if (readings.length < MOST_READINGS || to - from < SHORTEST_SPLIT_MS) return readings;
  const middle = (from + to) / 2;
  const halves = [
    await historyOf(store, cell, { from, to: middle }, kpis),
    await historyOf(store, cell, { from: middle, to }, kpis),
  ];
  return halves.flat();
}

function ofValues(cell: string, kpis: readonly string[], series: readonly SeriesPoint[][]): Reading[] {
  const byKey = new Map<string, Reading>();
  kpis.forEach((kpi, i) => {
    for (const { at, value, periodSeconds = 0, suspect, late } of series[i]!) {
      if (value === null) continue;
      const key = `${at} ${periodSeconds}`;
      const reading = byKey.get(key) ?? { cell, at, periodSeconds, kpis: {} };
      reading.kpis[kpi] = value;
      if (suspect) reading.suspect = true;
      if (late) reading.late = true;
      byKey.set(key, reading);
    }
  });
  return [...byKey.values()];
}

/** Puts readings of many cells into columns. */
export class ColumnsBuilder {
  private readonly cell: number[] = [];
  private readonly at: number[] = [];
  private readonly periodSeconds: number[] = [];
  private readonly suspect: number[] = [];
  private readonly kpis = new Map<string, number[]>();

  /** `index`: number of the cell. */
  add(index: number, readings: readonly Reading[]): void {
    for (const { at, periodSeconds, suspect, kpis } of readings) {
      const row = this.at.push(at) - 1;
      this.cell.push(index);
      this.periodSeconds.push(periodSeconds);
      this.suspect.push(suspect ? 1 : 0);
      for (const [kpi, value] of Object.entries(kpis)) this.column(kpi)[row] = value;
    }
  }

  build(): WindowColumns {
    const rows = this.at.length;
    return {
      cell: Uint32Array.from(this.cell),
      at: Float64Array.from(this.at),
      periodSeconds: Uint32Array.from(this.periodSeconds),
      suspect: Uint8Array.from(this.suspect),
      kpis: [...this.kpis].map(([name, values]) => ({
        name,
        values: Float64Array.from({ length: rows }, (_, row) => values[row] ?? Number.NaN),
      })),
    };
  }

  private column(kpi: string): number[] {
    const known = this.kpis.get(kpi) ?? [];
    this.kpis.set(kpi, known);
    return known;
  }
}

export function buffersOf({ cell, at, periodSeconds, suspect, kpis }: WindowColumns): ArrayBuffer[] {
  return [cell, at, periodSeconds, suspect, ...kpis.map(({ values }) => values)].map(
    ({ buffer }) => buffer as ArrayBuffer,
  );
}
