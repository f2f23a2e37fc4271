// Linear time-left: a straight line through the recent past of a KPI says when it will meet its line, as common tools do.

import type { Kpi } from '../../../server/model/kpi.ts';
import type { ReadingsTable } from '../readings-table.ts';
import type { ScoredAlert } from '../scored-alert.ts';
import { harmOf, judgedColumns } from '../strength.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A way of looking back: so many points, each the worst tenth of a step, and no further ahead than the horizon. */
interface Look {
  stepMs: number;
  points: number;
  horizonMs: number;
}

const SLOW: Look = { stepMs: DAY_MS, points: 7, horizonMs: 14 * DAY_MS };
const QUICK: Look = { stepMs: HOUR_MS, points: 6, horizonMs: 6 * HOUR_MS };
/** Said so many times in a row it is told; not said so many times in a row it is over. */
const CONFIRM = 2;

/**
 * Predictions for KPIs that have a line. `leastFit`: share of the variance that a straight line must explain (r²), the knob.
 * Such tools give a date and no probability: they are taken at their word.
 */
export function timeLeft(table: ReadingsTable, leastFit: number): ScoredAlert[] {
  const alerts: ScoredAlert[] = [];
  for (const { kpi, values } of judgedColumns(table)) {
    if (kpi.line === undefined) continue;
    for (const look of [SLOW, QUICK]) {
      for (let cell = 0; cell < table.cells.length; cell++) {
        alerts.push(...predictionsOf(kpi, steps(values, cell, table, look), { table, cell, look, leastFit }));
      }
    }
  }
  return alerts.sort((a, b) => a.raises[0]! - b.raises[0]!);
}

/** For each whole step of the cell, the level that a tenth of its values is worse than, turned so that more is worse. */
function steps(values: Float64Array, cell: number, table: ReadingsTable, { stepMs }: Look): Float64Array[] {
  const length = Math.round(stepMs / table.periodMs);
  const cells = table.cells.length;
  return Array.from({ length: Math.floor(table.periods / length) }, (_, step) => {
    const own = Float64Array.from({ length }, (_, i) => values[(step * length + i) * cells + cell]!);
    return own.filter((value) => !Number.isNaN(value));
  });
}

interface Place {
  table: ReadingsTable;
  cell: number;
  look: Look;
  leastFit: number;
}

function* predictionsOf(kpi: Kpi, own: Float64Array[], { table, cell, look, leastFit }: Place): Generator<ScoredAlert> {
  const harm = harmOf(kpi);
  const levels = own.map((values) => worstTenth(values.map((value) => harm * value)));
  let [said, unsaid, isOpen] = [0, CONFIRM, false];
  for (let step = look.points; step <= levels.length; step++) {
    const leftMs = timeToLine(levels.slice(step - look.points, step), harm * kpi.line!, look, leastFit);
    [said, unsaid] = leftMs === undefined ? [0, unsaid + 1] : [said + 1, 0];
    if (unsaid >= CONFIRM) isOpen = false;
    if (isOpen || said < CONFIRM || leftMs === undefined) continue;
    isOpen = true;
    yield predicted(kpi, table.cells[cell]!, table.from + step * look.stepMs, leftMs);
  }
}

function worstTenth(values: Float64Array): number {
  return values.sort()[Math.ceil(0.9 * values.length) - 1] ?? Number.NaN;
}

/** Milliseconds until the least-squares line through the levels meets the line; undefined: it does not, in time, or not surely. */
function timeToLine(levels: readonly number[], line: number, look: Look, leastFit: number): number | undefined {
  const count = levels.length;
  const mean = levels.reduce((sum, level) => sum + level, 0) / count;
  const middle = (count - 1) / 2;
  let [across, along, total] = [0, 0, 0];
  levels.forEach((level, i) => {
    across += (i - middle) * (level - mean);
    along += (i - middle) ** 2;
    total += (level - mean) ** 2;
  });
  const slope = across / along;
  const now = mean + slope * (count - 1 - middle);
  // Comparisons with NaN are false: a gap in the past says nothing.
  if (!(slope > 0 && now < line && total > 0 && (slope * across) / total >= leastFit)) return undefined;
  const leftMs = ((line - now) / slope) * look.stepMs;
  return leftMs <= look.horizonMs ? leftMs : undefined;
}

function predicted(kpi: Kpi, cell: string, at: number, leftMs: number): ScoredAlert {
  const kind = kpi.id === 'prb_util_pct' ? 'congestion-forecast' : 'fault-predicted';
  const prediction = {
    ...{ expectedAt: at + leftMs, earliestAt: at + leftMs / 2, latestAt: at + 1.5 * leftMs },
    probability: 1,
  };
  return { id: `${kind} ${cell} ${kpi.id} ${at}`, kind, scope: 'cell', cells: [cell], raises: [at], prediction };
}
