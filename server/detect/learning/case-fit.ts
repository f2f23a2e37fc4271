// Makes the model of a mode from examples, starting from what is shipped: the fewer examples, the nearer it stays to that.

import { dot, logisticFit, type Observation } from '../../maths/logistic-fit.ts';
import type { CaseParameters, Example } from '../../model/learning.ts';
import type { FaultMode } from '../../model/prediction.ts';
import { MOST_SEEN } from '../foretellers/equipment/case.ts';
import { probabilityOf } from '../foretellers/hazard/mode-model.ts';
import { priorOf } from '../foretellers/hazard/priors.ts';
import { SIGN_RULES } from '../foretellers/hazard/signs.ts';

/** The line is held at "as said" as firmly as by so many outcomes. *Default.* */
const LINE_PRIOR = { mean: [0, 1], precision: [4, 8] };
/** How firmly reach and lead are held at what is shipped: as by so many faults. *Default.* */
const PRIOR_FAULTS = 8;
const REACHES = { least: 0.6, most: 1.6 };
/** Calibration is learned on predictions for cases that the weights have not seen: in so many parts. */
const FOLDS = 5;

export function caseFit(mode: FaultMode, examples: readonly Example[]): CaseParameters {
  const prior = { mean: priorOf(mode).weights, precision: priorOf(mode).precision };
  const fit = (of: readonly Example[]) => logisticFit(of.flatMap(observationsOf), prior);
  const unseen = Array.from({ length: FOLDS }, (_, fold) => {
    const weights = fit(examples.filter((__, i) => i % FOLDS !== fold));
    return examples.filter((__, i) => i % FOLDS === fold).flatMap((one) => onTheLine(one, weights));
  });
  const [a, b] = logisticFit(unseen.flat(), LINE_PRIOR) as [number, number];
  return { weights: fit(examples), line: [a, b], reach: reachOf(examples), leadHours: leadOf(mode, examples) };
}

/** Sums over the moments of a case, in parts of the most that a case can have. */
export function scoresOf({ seen, came }: Example, parameters: CaseParameters): { logScore: number; brier: number } {
  let [logScore, brier] = [0, 0];
  for (const features of seen) {
    const p = probabilityOf(parameters, features);
    logScore -= Math.log(came ? p : 1 - p) / MOST_SEEN;
    brier += (p - Number(came)) ** 2 / MOST_SEEN;
  }
  return { logScore, brier };
}

/**
 * Each moment counts alike, whatever came of its case: faults are seen at more moments than what returns halfway, and were
 * they weighed less for it, each early moment would look more harmless than it is.
 */
function observationsOf({ seen, came }: Example): Observation[] {
  return seen.map((features) => ({ features, outcome: Number(came), weight: 1 / MOST_SEEN }));
}

function onTheLine(example: Example, weights: readonly number[]): Observation[] {
  const held = (value: number) => Math.max(-4, Math.min(4, value));
  return observationsOf(example).map((one) => ({ ...one, features: [1, held(dot(weights, one.features))] }));
}

/** Where faults came: nearer than the limit, or only beyond it. */
function reachOf(examples: readonly Example[]): number {
  const ends = examples.filter(({ leadHours, most }) => leadHours !== null && most > 0).map(({ most }) => most);
  const sum = ends.reduce((total, most) => total + Math.max(0.5, Math.min(2, most)), PRIOR_FAULTS);
  return Math.max(REACHES.least, Math.min(REACHES.most, sum / (PRIOR_FAULTS + ends.length)));
}

/** Geometric mean; null of modes whose lead is no part of their rule. */
function leadOf(mode: FaultMode, examples: readonly Example[]): number | null {
  if (mode !== 'clock' && mode !== 'hardware') return null;
  const leads = examples.flatMap(({ leadHours }) => leadHours ?? []);
  const sum = leads.reduce(
    (total, hours) => total + Math.log(hours),
    PRIOR_FAULTS * Math.log(SIGN_RULES[mode].leadHours),
  );
  return Math.exp(sum / (PRIOR_FAULTS + leads.length));
}
