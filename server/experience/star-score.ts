// One score from five dimensions: what is known, weighed anew where something is missing, with an interval that says how sure it is.

import { DIMENSIONS, type Dimension } from '../model/star.ts';
import type { StarProfile } from './profile.ts';

export type Known = Record<Dimension, number | null>;

export interface Combined {
  /** 0…100; null where nothing is known. */
  score: number | null;
  /** Sum up to 1 over the known ones. */
  weights: Record<Dimension, number>;
}

export function combine(known: Known, { weights }: StarProfile): Combined {
  const sum = DIMENSIONS.reduce((all, id) => all + (known[id] === null ? 0 : weights[id]), 0);
  const own = {} as Record<Dimension, number>;
  let score = 0;
  for (const id of DIMENSIONS) {
    own[id] = known[id] === null || sum === 0 ? 0 : weights[id] / sum;
    score += own[id] * (known[id] ?? 0);
  }
  return { score: sum === 0 ? null : Math.min(100, Math.max(0, score)), weights: own };
}

/** What nobody knows better than this. *Default*, as the figures of `halfWidth`. */
const LEAST_HALF_WIDTH = 3;
const FOR_UNKNOWN_HOURS = 25;
const FOR_MISSING = 20;
const FOR_OLD_SURVEYS = 15;

/**
 * Half of the interval, points: 3, and 25 × weight of the network × the part of its hours that is not known, and 20 × the
 * part of the profile's weights that is missing, and 15 × weight of satisfaction × what its newest answer has lost by age.
 */
export function halfWidth(
  { weights }: Combined,
  known: Known,
  sure: { knownShare: number; freshness: number },
  profile: StarProfile,
): number {
  const all = DIMENSIONS.reduce((sum, id) => sum + profile.weights[id], 0);
  const missing = DIMENSIONS.reduce((sum, id) => sum + (known[id] === null ? profile.weights[id] : 0), 0) / all;
  return (
    LEAST_HALF_WIDTH +
    FOR_UNKNOWN_HOURS * weights.network * (1 - sure.knownShare) +
    FOR_MISSING * missing +
    FOR_OLD_SURVEYS * weights.satisfaction * (1 - sure.freshness)
  );
}

export const starsOf = (score: number): number => Math.round(score / 2) / 10;
