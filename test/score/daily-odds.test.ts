// Daily odds scored by hand: who warns, who keeps silent, who cries wolf.

import { describe, expect, it } from 'vitest';
import { scoreDailyOdds, skillOf } from './daily-odds.ts';
import { at, DAY, madeFault, madePrediction, madeTruth } from './made-truth.ts';
import type { ScoredAlert } from './scored-alert.ts';

const truth = madeTruth({ faults: [madeFault(20 * DAY + 48, 2 * DAY, { precursorFrom: at(18 * DAY) })] });
const score = (...alerts: ScoredAlert[]) => scoreDailyOdds(truth, alerts, { from: at(14 * DAY), until: truth.until });
/** Sure that it comes in the middle of day 20. */
const sure = madePrediction(18 * DAY + 48, 20 * DAY + 48, 1, 1);

describe('the odds of a day', () => {
  it('are asked for each cell that is well and each day of which the next two are known', () => {
    // 30 cells on 15 days, less one cell on the two mornings when it is down; it was to come on two mornings before.
    expect(score()).toEqual({ rows: 30 * 15 - 2, came: 2, squares: 2 });
  });

  it('are better for a right warning, by the mornings on which it stood', () => {
    expect(score(sure).squares).toBeCloseTo(0);
    const later = madePrediction(19 * DAY + 48, 20 * DAY + 48, 1, 1);
    expect(score(later).squares).toBeCloseTo(1);
    expect(skillOf(score(sure))).toBeCloseTo(1);
    expect(skillOf(score(later))).toBeCloseTo(0.5, 1);
  });

  it('go by what stands on that morning, not by what was said first', () => {
    const doubtful = madePrediction(18 * DAY + 48, 20 * DAY + 48, 1, 0.5);
    const restated = [{ at: at(19 * DAY + 48), prediction: { ...doubtful.prediction!, probability: 1 } }];
    expect(score(doubtful).squares).toBeGreaterThan(0.5);
    expect(score({ ...doubtful, restated }).squares).toBeCloseTo(0.25, 1);
  });

  it('are worse for a wrong one, as far as it was sure, until it is taken back', () => {
    const wolf = (probability: number, given: Partial<ScoredAlert> = {}) =>
      madePrediction(22 * DAY - 1, 22 * DAY + 48, 1, probability, { cells: ['5-A'], ...given });
    expect(score(sure, wolf(1)).squares).toBeCloseTo(1);
    expect(score(sure, wolf(0.5)).squares).toBeCloseTo(0.25);
    expect(score(sure, wolf(1, { endedAt: at(22 * DAY) })).squares).toBeCloseTo(0);
  });

  it('of silence have no skill, and of a time in which nothing came there is nothing to be better than', () => {
    expect(skillOf(score())).toBeLessThan(0);
    expect(skillOf(score())).toBeGreaterThan(-0.01);
    expect(skillOf({ rows: 10, came: 0, squares: 0 })).toBeNull();
    expect(skillOf({ rows: 0, came: 0, squares: 0 })).toBeNull();
  });
});
