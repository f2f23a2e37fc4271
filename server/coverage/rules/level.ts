// The rules on the level in a hexagon: too many of all samples are weak (grid), or too many of one weak cell's (cell).

import { gridDisk } from 'h3-js';
import { wilsonInterval } from '../../maths/wilson-interval.ts';
import type { Ground, Hexagon } from '../ground.ts';
import type { Profile } from '../profile.ts';

/** More than the allowed share is weak, and chance alone would hardly make it so. */
export function isSurelyWeak(weak: number, samples: number, profile: Profile): boolean {
  return samples >= profile.leastSamples && wilsonInterval(weak, samples)[0] > profile.allowedShare;
}

/** Neighbours that are looked at, until there are samples enough. */
const MOST_RINGS = 2;

/**
 * Hexagons that are surely weak. One with too few samples of its own is judged together with its neighbours, if it is weak
 * itself: a place that was sampled thinly is found by all its samples, and a good neighbour is never made weak.
 */
export function gridHexagons(ground: Ground, profile: Profile): string[] {
  const isWeakTogether = ({ id, samples, weak }: Hexagon) => {
    if (samples === 0 || weak / samples <= profile.allowedShare) return false;
    for (let rings = 1; rings <= MOST_RINGS; rings++) {
      const near = gridDisk(id, rings).flatMap((other) => ground.get(other) ?? []);
      const sum = (of: 'weak' | 'samples') => near.reduce((total, hexagon) => total + hexagon[of], 0);
      if (sum('samples') >= profile.leastSamples) return isSurelyWeak(sum('weak'), sum('samples'), profile);
    }
    return false;
  };
  return [...ground.values()]
    .filter((hexagon) =>
      hexagon.samples >= profile.leastSamples
        ? isSurelyWeak(hexagon.weak, hexagon.samples, profile)
        : isWeakTogether(hexagon),
    )
    .map(({ id }) => id);
}

/** Hexagons in which a weak cell is weak. */
export function cellHexagons(ground: Ground, profile: Profile): string[] {
  const cells = new Map<string, { samples: number; weak: number }>();
  for (const { heard } of ground.values()) {
    for (const { cell, samples, weak } of heard) {
      if (cell === undefined) continue;
      const sum = cells.get(cell);
      if (!sum) cells.set(cell, { samples, weak });
      else Object.assign(sum, { samples: sum.samples + samples, weak: sum.weak + weak });
    }
  }
  const weakCells = new Set<string | undefined>();
  for (const [cell, { weak, samples }] of cells) if (isSurelyWeak(weak, samples, profile)) weakCells.add(cell);
  const isWeakThere = (samples: number, weak: number) =>
    samples >= profile.leastOfCell && wilsonInterval(weak, samples)[0] > profile.allowedShare;
  return [...ground.values()]
    .filter(({ heard }) => heard.some((one) => weakCells.has(one.cell) && isWeakThere(one.samples, one.weak)))
    .map(({ id }) => id);
}
