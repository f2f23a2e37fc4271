// The rule of the rival: another operator, measured in the same way, has clearly more samples above the line.

import { gridDisk } from 'h3-js';
import { leastExcess } from '../../maths/wilson-interval.ts';
import type { Ground } from '../ground.ts';
import type { Profile } from '../profile.ts';

export interface Counts {
  samples: number;
  weak: number;
}

/** A rival's counts by hexagon, at the line by which ours is judged there. */
export interface Rival {
  operator: string;
  counts: ReadonlyMap<string, Counts>;
}

/** By how much the rival's share above the line exceeds ours, 0…1 signed. */
export const behind = (own: Counts, rival: Counts): number => own.weak / own.samples - rival.weak / rival.samples;

/** Both were measured enough, the rival is better by so many points, and not by chance. */
export function isBehind(own: Counts, rival: Counts, { leastSamples, rivalPoints }: Profile): boolean {
  if (own.samples < leastSamples || rival.samples < leastSamples) return false;
  const excess = leastExcess({ hits: own.weak, all: own.samples }, { hits: rival.weak, all: rival.samples });
  return behind(own, rival) >= rivalPoints && excess > 0;
}

/**
 * Hexagons in which a rival is better. Five points are few among twenty samples: a hexagon counts when it is behind
 * itself and is surely so together with its neighbours.
 */
export function competitorHexagons(ground: Ground, rivals: readonly Rival[], profile: Profile): string[] {
  return [...ground.values()]
    .filter((own) =>
      rivals.some(({ counts }) => {
        const rival = counts.get(own.id);
        const isEnough = rival && Math.min(own.samples, rival.samples) >= profile.leastSamples;
        if (!isEnough || behind(own, rival) < profile.rivalPoints) return false;
        // Only hexagons in which both were measured enough are compared, so that we stand in the same places.
        const together = gridDisk(own.id, 1).filter(
          (id) => Math.min(ground.get(id)?.samples ?? 0, counts.get(id)?.samples ?? 0) >= profile.leastSamples,
        );
        return isBehind(sumOver(together, ground), sumOver(together, counts), profile);
      }),
    )
    .map(({ id }) => id);
}

export function sumOver(hexagons: Iterable<string>, counts: ReadonlyMap<string, Counts>): Counts {
  const sum = { samples: 0, weak: 0 };
  for (const id of hexagons) {
    const one = counts.get(id);
    sum.samples += one?.samples ?? 0;
    sum.weak += one?.weak ?? 0;
  }
  return sum;
}
