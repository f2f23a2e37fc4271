// The date that common tools give: a straight line through four weeks of daily peaks says when they meet the limit.

import { linearRegression } from 'simple-statistics';
import { CAPACITY_PROFILE } from '../../../server/detect/foretellers/congestion/capacity-profile.ts';
import type { ReadingsTable } from '../readings-table.ts';
import type { KeptRun } from './kept-run.ts';
import { DISTANCE_DAYS, grownDaysOf, growthsOf, type Miss } from './replay.ts';

const DAY_MS = 86_400_000;
const LOOK_DAYS = 28;

/** As `Replayed.misses`. */
export function linearMisses(run: KeptRun, table: ReadingsTable): Miss[] {
  const asked = growthsOf(run).filter((fault) => grownDaysOf(fault) > 0);
  return asked.map((fault) => {
    const { cells, hurtsFrom } = fault;
    const today = Math.floor((hurtsFrom! - run.truth.from) / DAY_MS) - DISTANCE_DAYS;
    const cell = table.cells.indexOf(cells[0]!);
    const peaks = Array.from({ length: LOOK_DAYS }, (_, i): [number, number] => [
      i,
      peakOf(table, cell, today - LOOK_DAYS + i),
    ]);
    const { m, b } = linearRegression(peaks.filter(([, peak]) => peak > 0));
    const left = (CAPACITY_PROFILE.fullPct - b) / m - LOOK_DAYS;
    return { lateDays: m > 0 ? Math.max(0, left) - DISTANCE_DAYS : null, grownDays: grownDaysOf(fault) };
  });
}

/** Highest value of a day; 0: none. */
function peakOf(table: ReadingsTable, cell: number, day: number): number {
  const blocks = table.column('prb_util_pct');
  const hours = DAY_MS / table.periodMs;
  let peak = 0;
  for (let hour = Math.max(0, day * hours); hour < (day + 1) * hours; hour++) {
    const value = blocks[hour * table.cells.length + cell]!;
    if (value > peak) peak = value;
  }
  return peak;
}
