// Predictions scored by hand: what comes true, what comes too late, what was said without a sign, and how sure it was.

import { describe, expect, it } from 'vitest';
import { at, DAY, madeFault, madePrediction, madeSpell, madeTruth } from './made-truth.ts';
import { brierOf, brierSkillOf, reliabilityOf, scorePrediction, wrongAllowedBy } from './prediction-score.ts';
import type { ScoredAlert } from './scored-alert.ts';

/** Shows from day 18, breaks on day 20, hurts eight hours later. */
const slow = madeFault(20 * DAY, 96, { precursorFrom: at(18 * DAY), hurtsFrom: at(20 * DAY + 32) });
const truth = madeTruth({ faults: [slow, madeFault(22 * DAY, 8, { cells: ['2-A'] })] });
const score = (...alerts: ScoredAlert[]) => scorePrediction(truth, alerts, { from: at(14 * DAY), until: truth.until });

describe('a prediction', () => {
  it('made after the first sign and before people are hurt foretells the event; its lead is counted from the first one', () => {
    const tally = score(
      madePrediction(19 * DAY, 20 * DAY + 16, 96, 0.8),
      madePrediction(20 * DAY, 20 * DAY + 30, 8, 0.9),
    );
    expect(tally).toMatchObject({ events: 2, foretellable: 1, foretold: 1, predictions: 2, cameTrue: 2 });
    expect(tally.leadHours).toEqual([32]);
    expect(tally.outcomes[0]).toEqual({ probability: 0.8, cameTrue: true, inInterval: true });
  });

  it('comes in good time when it comes as long before as is asked of the kind', () => {
    const feeder = { ...truth, faults: [{ ...slow, kind: 'feeder-decay' }] };
    const window = { from: at(14 * DAY), until: truth.until };
    const early = scorePrediction(feeder, [madePrediction(19 * DAY, 20 * DAY + 16, 96, 0.8)], window);
    expect(early).toMatchObject({ foretold: 1, inGoodTime: 1, slowLeadHours: [32] });
    const late = scorePrediction(feeder, [madePrediction(20 * DAY, 20 * DAY + 16, 96, 0.8)], window);
    expect(late).toMatchObject({ foretold: 1, inGoodTime: 0, slowLeadHours: [8] });
  });

  it('of a sign that leads nowhere is counted by signs, and its probability says how often it may be', () => {
    const falsePrecursors = [18, 21].map((day) => madeSpell('feeder-decay', day * DAY, (day + 2) * DAY, ['5-A']));
    const told = [madePrediction(18 * DAY + 9, 19 * DAY, 20, 0.6, { cells: ['5-A'] })];
    const tally = scorePrediction({ ...truth, falsePrecursors }, told, { from: at(14 * DAY), until: truth.until });
    expect(tally).toMatchObject({ falseSigns: 2, falseSignsTold: 1, cameTrue: 0 });
    // The fault to come was not told, nor one of the two that were none.
    expect(tally.signs.map(({ probability, cameTrue }) => [probability, cameTrue])).toEqual([
      [0, true],
      [0.6, false],
      [0, false],
    ]);
    expect(brierSkillOf(tally.signs)).toBeCloseTo(1 - 1.36 / 3 / (2 / 9));
    expect(wrongAllowedBy(tally.outcomes).wrong).toBeCloseTo(0.4);
    expect(wrongAllowedBy(tally.outcomes).spread).toBeCloseTo(Math.sqrt(0.24));
  });

  it('made once people are hurt foretells nothing', () => {
    expect(score(madePrediction(20 * DAY + 33, 20 * DAY + 40, 8, 0.9))).toMatchObject({ foretold: 0, cameTrue: 0 });
  });

  it('that said "by then" of what came later was wrong', () => {
    expect(score(madePrediction(19 * DAY, 19 * DAY + 40, 40, 0.7))).toMatchObject({
      foretold: 0,
      predictions: 1,
      cameTrue: 0,
    });
  });

  it('of what came before the earliest time that it named is true, outside its interval', () => {
    const { outcomes } = score(madePrediction(19 * DAY, 24 * DAY, 96, 0.7));
    expect(outcomes).toEqual([{ probability: 0.7, cameTrue: true, inInterval: false }]);
  });

  it('made before there was any sign is luck: it came true, but the event was not foretold', () => {
    expect(score(madePrediction(17 * DAY, 20 * DAY, 96, 0.7))).toMatchObject({ foretold: 0, cameTrue: 1 });
  });

  it('of "some day" is held to thirty days', () => {
    const early = { ...truth, faults: [{ ...slow, precursorFrom: at(0) }] };
    const some = madePrediction(0, 5000, 5000, 0.5);
    expect(scorePrediction(early, [some], { from: at(0), until: early.until }).cameTrue).toBe(1);
    const beyond = { ...early, until: at(60 * DAY), faults: [{ ...slow, hurtsFrom: at(31 * DAY) }] };
    expect(scorePrediction(beyond, [some], { from: at(0), until: beyond.until })).toMatchObject({
      predictions: 1,
      cameTrue: 0,
    });
  });

  it('whose time is not up when the readings end is left out', () => {
    expect(score(madePrediction(28 * DAY, 30 * DAY, 96, 0.5, { cells: ['3-A'] })).predictions).toBe(0);
  });

  it('is scored as none where none is made', () => {
    expect(score()).toMatchObject({ events: 2, foretold: 0, predictions: 0, leadHours: [] });
    expect(brierOf([])).toBeNull();
    expect(reliabilityOf([])).toEqual([]);
  });
});

it('the Brier score and the reliability show who is surer than right', () => {
  const said = (probability: number, cameTrue: boolean) => ({ probability, cameTrue, inInterval: cameTrue });
  const outcomes = [said(1, true), said(0.9, false), said(0.9, true), said(0.1, false)];
  expect(brierOf(outcomes)).toBeCloseTo((0 + 0.81 + 0.01 + 0.01) / 4);
  const [low, high] = reliabilityOf(outcomes);
  expect(low).toMatchObject({ predictions: 1, came: 0 });
  expect(high!.said).toBeCloseTo(2.8 / 3);
  expect(high!.came).toBeCloseTo(2 / 3);
});
