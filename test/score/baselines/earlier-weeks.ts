// Deviation from the same hour of earlier weeks, as common tools offer it.

import type { ReadingsTable } from '../readings-table.ts';
import { harmOf, judgedColumns, raiseStrengths, type Strengths } from '../strength.ts';

const HOUR_MS = 3_600_000;
const WEEK_MS = 168 * HOUR_MS;
const WEEKS = 4;
/** How far back the spread of what was unexpected is taken from: the last week, with a fading memory. */
const SPREAD_MEMORY_MS = WEEK_MS;

/** Standard deviations from the mean of that hour in up to four earlier weeks; nothing is said in the first week. */
export function earlierWeeks(table: ReadingsTable): Strengths {
  const strengths = new Float32Array(table.heard.length);
  const cells = table.cells.length;
  for (const { kpi, values } of judgedColumns(table)) {
    const off = residuals(values, table);
    const harm = harmOf(kpi);
    const floor = (kpi.leastChange / 4) ** 2;
    const variance = new Float64Array(cells).fill(Number.NaN);
    const keep = Math.exp(-table.periodMs / SPREAD_MEMORY_MS);
    raiseStrengths(strengths, off, cells, (value, place) => {
      const cell = place % cells;
      const known = variance[cell]!;
      const square = value * value;
      // One outlier moves the spread no further than nine times the variance would.
      variance[cell] = Number.isNaN(known)
        ? square
        : keep * known + (1 - keep) * Math.min(square, 9 * Math.max(known, floor));
      return Number.isNaN(known) ? 0 : (harm * value) / Math.sqrt(Math.max(known, floor));
    });
  }
  return strengths;
}

/** Values less the mean of the same hour in earlier weeks. */
function residuals(values: Float64Array, table: ReadingsTable): Float64Array {
  const cells = table.cells.length;
  const week = Math.round(WEEK_MS / table.periodMs);
  const hour = Math.round(HOUR_MS / table.periodMs);
  const off = new Float64Array(values.length).fill(Number.NaN);
  for (let place = week * cells; place < values.length; place++) {
    if (Number.isNaN(values[place]!)) continue;
    const period = Math.floor(place / cells);
    const first = Math.floor(period / hour) * hour;
    let [sum, count] = [0, 0];
    for (let back = 1; back <= WEEKS && first >= back * week; back++) {
      for (let step = 0; step < hour; step++) {
        const value = values[(first - back * week + step) * cells + (place % cells)]!;
        if (Number.isNaN(value)) continue;
        sum += value;
        count++;
      }
    }
    if (count > 0) off[place] = values[place]! - sum / count;
  }
  return off;
}
