// What each mode's model starts from, before this network has shown anything of its own.

import type { CaseParameters, LearnedModel } from '../../../model/learning.ts';
import type { FaultMode } from '../../../model/prediction.ts';

/** What a model starts from: weights, and how firmly each is held (a precision: what so many observations would give). */
export interface ModelPrior {
  weights: readonly number[];
  precision: readonly number[];
}

/** Even odds, held loosely: of modes nobody has trained. */
const NOTHING_KNOWN: ModelPrior = { weights: [0, 0, 0, 0, 0, 0, 0], precision: [4, 4, 4, 4, 4, 4, 4] };

/**
 * Fitted by penalised maximum likelihood to the pretend network's training seeds 11–16 and 31–35 (400 cells, six weeks each, as many
 * signs that lead nowhere as signs that do; 532 cases), each held as firmly as 40 observations would hold it. What the
 * weights say: a course that gathers speed is meant seriously, one that slows down is not; the longer a clock has been
 * without its reference, the likelier it drifts off; restarts by themselves tell little, so they are seldom told.
 *
 * Features: see `judgeCourse` (one, nearness, its square, chance of passage, bend, time left to age, age), `batteryFeatures` and `signFeatures`.
 */
const PRIORS: Partial<Record<FaultMode, ModelPrior>> = {
  cooling: {
    weights: [-1.33, -0.11, -2.59, 1.97, -0.72, -0.08, 0.4],
    precision: [5.3, 2.1, 1.7, 8.1, 3.4, 8.7, 15.6],
  },
  battery: {
    weights: [-0.09, 1.96, -0.42],
    precision: [10.3, 2, 1],
  },
  optics: {
    weights: [-0.05, -0.48, -0.84, 0.61, 3.86, -0.63, -0.57],
    precision: [5.0, 1.5, 1.0, 14.0, 1.4, 5.8, 56.9],
  },
  feeder: {
    weights: [4.0, 0.53, -2.0, -0.48, 2.36, -1.2, -0.88],
    precision: [7.3, 1.8, 1.4, 18.8, 2.1, 7.3, 90.3],
  },
  clock: { weights: [-0.95, 0.39, 0.34], precision: [7.6, 17.2, 69.4] },
  hardware: {
    weights: [-3.34, 0.86, -0.46, -0.13, 1.45],
    precision: [8.1, 11.7, 23.3, 25.4, 60.5],
  },
};

export function priorOf(mode: FaultMode): ModelPrior {
  return PRIORS[mode] ?? NOTHING_KNOWN;
}

/** Version 1 of a mode: what it starts from. */
export function shippedModel(mode: FaultMode): LearnedModel<CaseParameters> {
  const parameters: CaseParameters = { weights: [...priorOf(mode).weights], line: [0, 1], reach: 1, leadHours: null };
  return { mode, version: 1, madeAt: null, learnedTo: null, examples: 0, came: 0, parameters };
}
