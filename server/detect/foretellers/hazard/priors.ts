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
 * Fitted by penalised maximum likelihood to the pretend network's training seeds: 11–16 and 31–38 of slow failure, 11–20 of mixed
 * (300 cells each, as many signs that lead nowhere as signs that do; 537 cases; the clock to earlier runs of the same
 * seeds), each held as firmly as 40 cases would hold it. What the weights say: a course that gathers speed is meant
 * seriously, one that slows down is not; the farther a battery is drained, the less likely mains is back in time; the longer a
 * clock has been without its reference, the likelier it drifts off; restarts mean something once they come by the day.
 *
 * Features: see `judgeCourse` (one, nearness, its square, chance of passage, bend, time left to age, age), `batteryFeatures` and `signFeatures`.
 */
const PRIORS: Partial<Record<FaultMode, ModelPrior>> = {
  cooling: {
    weights: [-0.57, 0.4, 0.64, 1.17, 0.22, -0.54, 0.21],
    precision: [5.6, 0.8, 0.5, 6.9, 1.7, 9.9, 7.3],
  },
  battery: {
    weights: [-0.4, 5.75, 2.11],
    precision: [8.5, 0.5, 0.5],
  },
  optics: {
    weights: [2.71, 1.13, 1.23, -0.49, 5.28, -0.99, -1.06],
    precision: [5, 0.7, 0.5, 12.8, 0.6, 5.8, 52.5],
  },
  feeder: {
    weights: [3.91, 2.37, 0.82, -1.58, 3.7, -1.02, -1.02],
    precision: [6.3, 1, 0.5, 17.3, 1.6, 8.1, 66.3],
  },
  clock: { weights: [-0.95, 0.39, 0.34], precision: [7.6, 17.2, 69.4] },
  hardware: {
    weights: [-4.95, -0.76, 1.77, 2.52, -0.19],
    precision: [7.3, 10.7, 18.1, 19.4, 51.5],
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
