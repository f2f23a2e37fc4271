// Orders things by how bad they are, best first, so that the worst is drawn last and on top; a counting sort without garbage.

import { RANKS } from '../../data/network.ts';

const RANK_COUNT = 8;

/**
 * Fills `order` with the numbers of all things whose health is not ok, least bad first, and returns how many.
 * With `withOk` the ok ones come before them.
 */
export function orderByRank(health: Uint8Array, order: Uint32Array, withOk: boolean): number {
  const starts = new Uint32Array(RANK_COUNT + 1);
  for (let i = 0; i < health.length; i++) starts[RANKS[health[i]!]! + 1]!++;
  if (!withOk) starts[1] = 0;
  for (let rank = 1; rank <= RANK_COUNT; rank++) starts[rank]! += starts[rank - 1]!;
  const total = starts[RANK_COUNT]!;
  for (let i = 0; i < health.length; i++) {
    const rank = RANKS[health[i]!]!;
    if (rank > 0 || withOk) order[starts[rank]!++] = i;
  }
  return total;
}
