// When a cell is in the network by its own inventory entry, in data time.

import { DAY_MS } from '../maths/local-time.ts';
import { parseTime } from '../maths/parse-time.ts';
import type { Cell } from '../model/cell.ts';

/**
 * Epoch milliseconds; without a limit ∓∞. A day without a clock time begins a validity with its beginning and ends one with
 * its end, UTC.
 */
export function validityOf({ validFrom, validTo }: Pick<Cell, 'validFrom' | 'validTo'>): { from: number; to: number } {
  const day = (text: string) => parseTime(`${text}T00:00Z`);
  const from = validFrom === undefined ? undefined : (parseTime(validFrom) ?? day(validFrom));
  const lastDay = validTo === undefined ? undefined : day(validTo);
  const to = validTo === undefined ? undefined : lastDay === undefined ? parseTime(validTo) : lastDay + DAY_MS;
  return { from: from ?? Number.NEGATIVE_INFINITY, to: to ?? Number.POSITIVE_INFINITY };
}

/** While the network has no data time (0), everything in the inventory is there. */
export function isYetToCome(cell: Cell, dataAt: number): boolean {
  return dataAt > 0 && cell.validFrom !== undefined && validityOf(cell).from > dataAt;
}

export function isOver(cell: Cell, dataAt: number): boolean {
  return dataAt > 0 && cell.validTo !== undefined && validityOf(cell).to <= dataAt;
}
