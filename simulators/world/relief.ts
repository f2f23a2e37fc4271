// What the land does to a signal beyond distance and houses: crests that shade, water that carries it far, lower houses.

import { crestLossDb, type Path, seaLossDb } from '../radio/path-loss.ts';
import { isLand, type Point } from './places.ts';
import { crossing, RIDGES } from './terrain.ts';

export interface Relief {
  /** Loss behind the worst crest between two points, dB; 0 where none is in the way. */
  crestDb(from: Point, to: Point, path: Path): number;
  /** The loss of a path that was reckoned for ordinary ground, as it is here, dB. */
  groundDb(from: Point, to: Point, path: Path, lossDb: number, isSeen: boolean): number;
  /** Spread of the shadows beside the models'. */
  shadowShare: number;
  /** False where nobody can build or live. */
  isLand(point: Point): boolean;
}

/** Flat land in all directions. */
export const OPEN_PLAIN: Relief = {
  crestDb: () => 0,
  groundDb: (_from, _to, _path, lossDb) => lossDb,
  shadowShare: 1,
  isLand: () => true,
};

/** The houses of this city are lower, and its streets wider, than those the urban formula was measured among. */
const LOW_HOUSES_DB = 13;
/** Of the way, so much must be water for the wave to see nothing else; and only from a height is the other shore in sight. */
const MOSTLY_WATER = 0.6;
const SEA_VIEW_M = 70;

/** The hills and the bay of the pretend city. */
export const BAY: Relief = {
  crestDb(from, to, { distanceM, heightM, frequencyMhz }) {
    let worst = 0;
    for (const ridge of RIDGES) {
      const along = crossing(from, to, ridge);
      if (along < 0) continue;
      const behindM = (1 - along) * distanceM;
      worst = Math.max(worst, crestLossDb(ridge.heightM, heightM, along * distanceM, behindM, frequencyMhz));
    }
    return worst;
  },
  groundDb(from, to, { model, distanceM, heightM, frequencyMhz }, lossDb, isSeen) {
    const free = 32.45 + 20 * Math.log10((distanceM / 1000) * frequencyMhz) - 0.05;
    const land = model === 'UMa' && !isSeen ? Math.max(free, lossDb - LOW_HOUSES_DB) : lossDb;
    if (heightM < SEA_VIEW_M || waterShare(from, to) < MOSTLY_WATER) return land;
    return Math.min(land, seaLossDb(distanceM, heightM, frequencyMhz));
  },
  shadowShare: 0.6,
  isLand,
};

function waterShare(from: Point, to: Point): number {
  let wet = 0;
  for (let step = 1; step <= 9; step++) {
    const share = step / 10;
    const eastKm = from.eastKm + share * (to.eastKm - from.eastKm);
    const northKm = from.northKm + share * (to.northKm - from.northKm);
    if (!isLand({ eastKm, northKm })) wet++;
  }
  return wet / 9;
}
