// Where the baselines' lines stand: chosen on training seeds by `npm run score -- --tune`, never on those that are scored.

/** False alerts per 1,000 cell-days that each baseline may use up; what falls in their knobs was tuned to it. */
export const BUDGET = 10;

export const TUNED = {
  /** Times what the catalogue's line allows. */
  staticThresholds: 4,
  /** Standard deviations. */
  earlierWeeks: 8,
  rollingZScore: 10,
  /** Least r² of a straight line. */
  timeLeftFit: 0.8,
  /** Alerts per 1,000 cell-days: with them chance uses up the budget too. */
  randomRate: 20,
};
