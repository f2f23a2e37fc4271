// What each mode's model starts from, before this network has shown anything of its own.

import type { FaultMode } from '../../../model/prediction.ts';
import type { ModelPrior } from './mode-model.ts';

/** Even odds, held loosely: of modes nobody has trained. */
const NOTHING_KNOWN: ModelPrior = { weights: [0, 0, 0, 0, 0, 0, 0], precision: [4, 4, 4, 4, 4, 4, 4] };

/**
 * Fitted by penalised maximum likelihood to the pretend network's training seeds 11–16 (400 cells, six weeks each, as many
 * signs that lead nowhere as signs that do; 306 cases), each held as firmly as 40 observations would hold it. What the
 * weights say: a course that gathers speed is meant seriously, one that slows down is not; the longer a clock has been
 * without its reference, the likelier it drifts off; restarts by themselves tell little, so they are seldom told. For batteries the
 * data were too few: the weights lean on how long mains stays away in general.
 *
 * Features: see `judgeCourse` (one, nearness, its square, chance of passage, bend, time left to age, age), `batteryFeatures` and `signFeatures`.
 */
const PRIORS: Partial<Record<FaultMode, ModelPrior>> = {
  cooling: {
    weights: [-1.05, -0.38, -1.93, 2.19, 0.17, 0.19, 0.49],
    precision: [4.8, 2.0, 1.8, 6.5, 3.0, 9.2, 13.8],
  },
  battery: {
    weights: [-0.1, 1.5, 3],
    precision: [10.4, 2, 1],
  },
  optics: {
    weights: [-0.98, -0.61, -0.7, 0.17, 3.97, -0.37, -0.16],
    precision: [5.2, 1.5, 1.0, 14.7, 1.7, 6.3, 58.2],
  },
  feeder: {
    weights: [2.86, 0.01, -1.41, -0.26, 1.98, -1.0, -0.68],
    precision: [7.7, 2.0, 1.9, 20.8, 2.4, 7.3, 96.8],
  },
  clock: { weights: [-0.84, 0.34, 0.34], precision: [7.8, 17.5, 69.4] },
  hardware: {
    weights: [-2.96, 0.46, 0.28, -0.08, 0.97],
    precision: [8.7, 12.3, 23.9, 25.7, 65.2],
  },
};

export function priorOf(mode: FaultMode): ModelPrior {
  return PRIORS[mode] ?? NOTHING_KNOWN;
}
