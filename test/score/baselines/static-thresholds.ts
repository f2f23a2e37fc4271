// Static thresholds: the catalogue's lines, the same for every cell and hour, with hysteresis; the oldest tool of all.

import type { Kpi } from '../../../server/model/kpi.ts';
import type { ReadingsTable } from '../readings-table.ts';
import { harmOf, judgedColumns, raiseStrengths, type Strengths } from '../strength.ts';

/** 1 at the line; 2 where it is missed by as much again as the line allows. KPIs without a line are not watched. */
export function staticThresholds(table: ReadingsTable): Strengths {
  const strengths = new Float32Array(table.heard.length);
  for (const { kpi, values } of judgedColumns(table)) {
    const { line } = kpi;
    if (line === undefined) continue;
    const allowed = allowanceOf(kpi, line);
    const harm = harmOf(kpi);
    // The line itself is still right.
    raiseStrengths(strengths, values, table.cells.length, (value) =>
      harm * (value - line) > 0 ? 1 + (harm * (value - line)) / allowed : 0,
    );
  }
  return strengths;
}

/** How much the line allows: failures for a success rate, the value itself otherwise; least changes where that is nothing. */
function allowanceOf({ range: [, most], unit, worse, leastChange }: Kpi, line: number): number {
  const allowed = unit === '%' && worse === 'lower' ? most - line : line;
  return Math.max(Math.abs(allowed), leastChange);
}
