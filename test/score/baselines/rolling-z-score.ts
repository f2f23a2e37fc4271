// Rolling z-score: how many standard deviations a value lies from the mean of the last 24 hours.

import type { ReadingsTable } from '../readings-table.ts';
import { harmOf, judgedColumns, raiseStrengths, type Strengths } from '../strength.ts';

const WINDOW_MS = 24 * 3_600_000;
/** Share of the window that must be filled. */
const LEAST_SHARE = 0.5;

export function rollingZScore(table: ReadingsTable): Strengths {
  const strengths = new Float32Array(table.heard.length);
  const cells = table.cells.length;
  const reach = Math.round(WINDOW_MS / table.periodMs) * cells;
  for (const { kpi, values } of judgedColumns(table)) {
    const window = new MovingSums(cells);
    const least = (LEAST_SHARE * reach) / cells;
    const harm = harmOf(kpi);
    const z = new Float64Array(values.length).fill(Number.NaN);
    for (let place = 0; place < values.length; place++) {
      const cell = place % cells;
      if (place >= reach) window.remove(cell, values[place - reach]!);
      if (window.count[cell]! >= least) {
        const spread = Math.max(window.deviation(cell), kpi.leastChange / 4);
        z[place] = (harm * (values[place]! - window.mean(cell))) / spread;
      }
      window.add(cell, values[place]!);
    }
    raiseStrengths(strengths, z, cells, (value) => value);
  }
  return strengths;
}

/** Count, sum and sum of squares of each cell's window, around its first value so that nothing cancels out. */
class MovingSums {
  readonly count: Float64Array;
  private readonly sum: Float64Array;
  private readonly squares: Float64Array;
  private readonly origin: Float64Array;

  constructor(cells: number) {
    this.count = new Float64Array(cells);
    this.sum = new Float64Array(cells);
    this.squares = new Float64Array(cells);
    this.origin = new Float64Array(cells).fill(Number.NaN);
  }

  add(cell: number, value: number): void {
    if (Number.isNaN(value)) return;
    if (Number.isNaN(this.origin[cell]!)) this.origin[cell] = value;
    this.change(cell, value, 1);
  }

  remove(cell: number, value: number): void {
    if (!Number.isNaN(value)) this.change(cell, value, -1);
  }

  mean(cell: number): number {
    return this.origin[cell]! + this.sum[cell]! / this.count[cell]!;
  }

  deviation(cell: number): number {
    const count = this.count[cell]!;
    const mean = this.sum[cell]! / count;
    return Math.sqrt(Math.max(0, this.squares[cell]! / count - mean * mean));
  }

  private change(cell: number, value: number, sign: number): void {
    const from = value - this.origin[cell]!;
    this.count[cell]! += sign;
    this.sum[cell]! += sign * from;
    this.squares[cell]! += sign * from * from;
  }
}
