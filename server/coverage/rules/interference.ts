// The rules of cells that disturb each other: too many alike in one place (overlap), or one heard far beyond its own (overshoot).

import { cellToLatLng } from 'h3-js';
import { distanceM } from '../../maths/ground.ts';
import type { Ground, Hexagon } from '../ground.ts';
import { type CellDirectory, isPlacedCell } from '../inventory.ts';
import type { Profile } from '../profile.ts';

/** Cells whose medians lie within so many dB of the strongest, each heard often enough; strongest first. */
export function alikeCells({ heard }: Pick<Hexagon, 'heard'>, { overlap, leastHeard }: Profile): string[] {
  const known = heard
    .filter((one) => one.cell !== undefined && one.samples >= leastHeard && !Number.isNaN(one.medianRsrpDbm))
    .sort((a, b) => b.medianRsrpDbm - a.medianRsrpDbm);
  const strongest = known[0]?.medianRsrpDbm ?? 0;
  return known.filter((one) => strongest - one.medianRsrpDbm <= overlap.withinDb).map((one) => one.cell!);
}

export function overlapHexagons(ground: Ground, profile: Profile): string[] {
  return [...ground.values()]
    .filter(({ samples }) => samples >= profile.leastSamples)
    .filter((hexagon) => alikeCells(hexagon, profile).length > profile.overlap.neighbours)
    .map(({ id }) => id);
}

/** Where a cell with a place is heard: how far on average, and from which distance on it is too far. */
export interface Reach {
  samples: number;
  meanM: number;
  tooFarM: number;
}

export function reachOf(ground: Ground, cells: CellDirectory, { overshoot }: Profile): Map<string, Reach> {
  const sums = new Map<string, { samples: number; metres: number }>();
  for (const { cell, samples, metres } of distances(ground, cells)) {
    const sum = sums.get(cell) ?? { samples: 0, metres: 0 };
    sums.set(cell, { samples: sum.samples + samples, metres: sum.metres + samples * metres });
  }
  const reach = [...sums].map(([cell, { samples, metres }]): [string, Reach] => {
    const meanM = samples === 0 ? 0 : metres / samples;
    const times = meanM < overshoot.nearM ? overshoot.timesNear : overshoot.timesFar;
    return [cell, { samples, meanM, tooFarM: Math.max(overshoot.leastM, times * meanM) }];
  });
  return new Map(reach);
}

export function overshootHexagons(
  ground: Ground,
  cells: CellDirectory,
  reach: ReadonlyMap<string, Reach>,
  { leastSamples }: Profile,
): string[] {
  const isTooFar = (cell: string, metres: number) => {
    const known = reach.get(cell);
    return known !== undefined && known.samples >= leastSamples && metres > known.tooFarM;
  };
  const found = [...distances(ground, cells)].filter(
    ({ cell, samples, metres }) => samples >= leastSamples && isTooFar(cell, metres),
  );
  return [...new Set(found.map(({ hexagon }) => hexagon))];
}

function* distances(ground: Ground, cells: CellDirectory) {
  for (const { id: hexagon, heard } of ground.values()) {
    const [lat, lon] = cellToLatLng(hexagon);
    for (const { cell, samples } of heard) {
      const known = cell === undefined ? undefined : cells.cell(cell);
      if (cell !== undefined && isPlacedCell(known)) {
        yield { hexagon, cell, samples, metres: distanceM(known, { lat, lon }) };
      }
    }
  }
}
