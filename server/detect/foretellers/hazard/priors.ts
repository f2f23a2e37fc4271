// What each mode's model starts from, before this network has shown anything of its own.

import type { FaultMode } from '../../../model/prediction.ts';
import type { ModelPrior } from './mode-model.ts';

/** Even odds, held loosely: of modes nobody has trained. */
const NOTHING_KNOWN: ModelPrior = { weights: [0, 0, 0, 0, 0, 0, 0], precision: [4, 4, 4, 4, 4, 4, 4] };

/**
 * Fitted by penalised maximum likelihood to the pretend network's training seeds 11–16 (400 cells, six weeks each, as many
 * signs that lead nowhere as signs that do; 306 cases), each held as firmly as 40 observations would hold it. What the
 * weights say: a course that gathers speed is meant seriously, one that slows down is not; the longer a clock has been
 * without its reference, the likelier it drifts off; restarts by themselves tell little, so they are seldom told.
 *
 * Features: see `judgeCourse` (one, nearness, its square, chance of passage, bend, time left to age, age) and `signFeatures`.
 */
const PRIORS: Partial<Record<FaultMode, ModelPrior>> = {
  cooling: {
    weights: [-1.14, -0.47, -2.18, 1.93, -0.43, -0.11, 0.36],
    precision: [5.0, 2.4, 2.2, 9.1, 3.1, 11.6, 14.2],
  },
  battery: {
    weights: [-0.75, 0.47, -0.21, 0.28, -0.94, 0.09, 0.7],
    precision: [9.7, 2.6, 1.5, 26.3, 2.3, 10.9, 4.8],
  },
  optics: {
    weights: [-0.59, -0.62, -0.75, -0.16, 3.99, -0.42, -0.11],
    precision: [5.4, 1.6, 1.1, 15.1, 1.8, 7.1, 58.6],
  },
  feeder: {
    weights: [3.67, 0.04, -1.38, -0.58, 2.31, -1.27, -0.88],
    precision: [7.0, 2.2, 2.3, 20.5, 2.0, 7.2, 86.0],
  },
  clock: { weights: [-0.84, 0.34, 0.34], precision: [7.8, 17.5, 69.4] },
  hardware: { weights: [-2.28, 0.51, 1.09, -1.35, 0.95], precision: [9.5, 13.7, 27.3, 31.0, 76.6] },
};

export function priorOf(mode: FaultMode): ModelPrior {
  return PRIORS[mode] ?? NOTHING_KNOWN;
}
