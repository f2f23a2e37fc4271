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
    weights: [0.1, 1.31, 1.58, 0.62, 2.4, -0.86, 0.23],
    precision: [5.6, 0.8, 0.5, 6.8, 0.8, 10.1, 7.3],
  },
  battery: {
    weights: [-0.39, 5.85, 2.06],
    precision: [8.6, 0.5, 0.5],
  },
  optics: {
    weights: [2.79, 0.01, 0.96, 0.13, 7.09, -0.89, -1.17],
    precision: [5.2, 0.8, 0.5, 13.4, 0.5, 5.7, 55.5],
  },
  feeder: {
    weights: [4.01, 1.67, 0.93, -1.22, 5.75, -0.92, -1.15],
    precision: [6.1, 0.9, 0.5, 16.3, 0.5, 8.1, 63.2],
  },
  // Nobody has trained it: a course that leads to a limit, taken for a feeder's until this network has shown more.
  interference: {
    weights: [4.01, 1.67, 0.93, -1.22, 5.75, -0.92, -1.15],
    precision: [3, 0.5, 0.5, 8, 0.5, 4, 30],
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
