// Up to when some cells have been heard: by it, what waits for data time to pass goes on.

import type { ReadingBatch } from '../model/reading.ts';

export type Heard = Pick<ReadingBatch, 'cells' | 'cell' | 'at' | 'rows'>;

/** Newest data time of each wanted cell that the batch tells of, epoch milliseconds. */
export function newestHeard(heard: Heard, isWanted: (cell: string) => boolean): Map<string, number> {
  const newest = new Map<string, number>();
  for (const cell of heard.cells) if (isWanted(cell)) newest.set(cell, 0);
  if (newest.size === 0) return newest;
  for (let row = 0; row < heard.rows; row++) {
    const cell = heard.cells[heard.cell[row]!]!;
    const known = newest.get(cell);
    if (known !== undefined && heard.at[row]! > known) newest.set(cell, heard.at[row]!);
  }
  return newest;
}
