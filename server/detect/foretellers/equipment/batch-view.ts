// A batch moment by moment: which rows belong to each time, in the order of time, and the columns by name.

import type { ReadingBatch } from '../../../model/reading.ts';

export interface Moment {
  at: number;
  rows: readonly number[];
}

/** What the sender doubts or what came late is left out. */
export function* momentsOf({ rows, at, suspect, late }: ReadingBatch): Generator<Moment> {
  const byTime = new Map<number, number[]>();
  for (let row = 0; row < rows; row++) {
    if (suspect[row] === 1 || late?.[row] === 1) continue;
    const own = byTime.get(at[row]!);
    if (own) own.push(row);
    else byTime.set(at[row]!, [row]);
  }
  for (const time of [...byTime.keys()].sort((a, b) => a - b)) yield { at: time, rows: byTime.get(time)! };
}

export function columnOf({ kpis }: ReadingBatch, name: string): Float64Array | undefined {
  return kpis.find((column) => column.name === name)?.values;
}
