// Figures of what one contender foretold, over all seeds.

import {
  brierOf,
  brierSkillOf,
  type PredictionTally,
  type ReliabilityBin,
  reliabilityOf,
  wrongAllowedBy,
} from './prediction-score.ts';
import { quantile, type Spread, share, spread, sum } from './spread.ts';

export interface PredictionFigures {
  events: number;
  foretellable: number;
  /** Of those that hurt, foretold at all; of those with a sign, at least as long before as is asked of their kind. */
  recall: Spread;
  recallInGoodTime: Spread;
  predictions: number;
  precision: Spread;
  leadHours: { p10: number | null; median: number | null; p90: number | null };
  /** Median. */
  slowLeadHours: number | null;
  /** Share of those that came true within the interval that was named. */
  inInterval: number | null;
  brier: number | null;
  /** The Brier score of always saying how many come true. */
  brierOfBaseRate: number | null;
  /** How much better than always saying the base rate: 1 is perfect, 0 no better; null where all or none come true. */
  brierSkill: number | null;
  /** The same over all signs, of faults to come and of nothing, silence included: how well they are told apart. */
  signSkill: number | null;
  reliability: ReliabilityBin[];
  /** Share of the signs that lead nowhere of which somebody was warned. */
  falseSigns: number;
  falseSignsTold: number | null;
  /** Predictions that did not come true, and as many as may be by what was said. */
  wrong: number;
  wrongAllowed: { wrong: number; spread: number };
}

export function predictionFigures(seeds: readonly PredictionTally[]): PredictionFigures {
  const outcomes = seeds.flatMap((seed) => seed.outcomes);
  const leads = seeds.flatMap(({ leadHours }) => leadHours);
  const came = outcomes.filter(({ cameTrue }) => cameTrue);
  const base = share(came.length, outcomes.length);
  const [brier, brierOfBaseRate] = [brierOf(outcomes), base === null ? null : base * (1 - base)];
  return {
    events: sum(seeds, ({ events }) => events),
    foretellable: sum(seeds, ({ foretellable }) => foretellable),
    recall: spread(
      seeds,
      ({ foretold }) => foretold,
      ({ events }) => events,
    ),
    recallInGoodTime: spread(
      seeds,
      ({ inGoodTime }) => inGoodTime,
      ({ foretellable }) => foretellable,
    ),
    predictions: outcomes.length,
    precision: spread(
      seeds,
      ({ cameTrue }) => cameTrue,
      ({ predictions }) => predictions,
    ),
    leadHours: { p10: quantile(leads, 0.1), median: quantile(leads, 0.5), p90: quantile(leads, 0.9) },
    inInterval: share(came.filter(({ inInterval }) => inInterval).length, came.length),
    slowLeadHours: quantile(
      seeds.flatMap(({ slowLeadHours }) => slowLeadHours),
      0.5,
    ),
    ...{ brier, brierOfBaseRate, brierSkill: brierSkillOf(outcomes) },
    signSkill: brierSkillOf(seeds.flatMap(({ signs }) => signs)),
    reliability: reliabilityOf(outcomes),
    ...{ wrong: outcomes.length - came.length, wrongAllowed: wrongAllowedBy(outcomes) },
    falseSigns: sum(seeds, ({ falseSigns }) => falseSigns),
    falseSignsTold: share(
      sum(seeds, ({ falseSignsTold }) => falseSignsTold),
      sum(seeds, ({ falseSigns }) => falseSigns),
    ),
  };
}
