// Scores of all contenders on one seed.

import { scoreDailyOdds } from './daily-odds.ts';
import { scoreDetection } from './detection-score.ts';
import type { SeedTally } from './figures.ts';
import type { Window } from './matching.ts';
import { scorePrediction } from './prediction-score.ts';
import type { Told } from './scored-alert.ts';
import type { Truth } from './truth.ts';
import { scoreVisits } from './visit-score.ts';

/** Two weeks are for learning; nothing of them is scored. */
export const LEARNING_DAYS = 14;

export const windowOf = ({ from, until }: Pick<Truth, 'from' | 'until'>): Window => ({
  from: from + LEARNING_DAYS * 86_400_000,
  until,
});

export function tallyOf({ alerts, visits = [] }: Told, truth: Truth): SeedTally {
  const window = windowOf(truth);
  return {
    seed: truth.seed,
    detection: scoreDetection(truth, alerts, window),
    prediction: scorePrediction(truth, alerts, window),
    odds: scoreDailyOdds(truth, alerts, window),
    visits: scoreVisits(truth, visits, window),
  };
}
