// The scores keep their word: who knows the truth scores perfectly, who always alarms or throws dice scores badly.

import { describe, expect, it } from 'vitest';
import { Random } from '../../simulators/random.ts';
import { type Figures, figuresOf } from './figures.ts';
import { at, DAY, madeFault, madeSpell, madeTruth, PERIOD } from './made-truth.ts';
import { alwaysAlarming, onceAlarming, oracle, random } from './oracle.ts';
import { tallyOf } from './score-run.ts';
import type { ScoredAlert } from './scored-alert.ts';
import type { Truth } from './truth.ts';

/** A month in which forty faults of all sorts befall thirty cells, by a die. */
function busyTruth(seed: number): Truth {
  const die = new Random(seed, 'truth');
  const truth = madeTruth({ seed });
  const faults = Array.from({ length: 40 }, (_, i) => {
    const onset = die.below(29 * DAY);
    const site = 1 + die.below(10);
    const whole = die.uniform() < 0.4;
    const cells = whole ? ['A', 'B', 'C'].map((sector) => `${site}-${sector}`) : [`${site}-${'ABC'[die.below(3)]}`];
    const given = { id: `fault-${i}`, kind: ['outage', 'feeder', 'battery'][i % 3]!, cells };
    const fault = madeFault(onset, 4 + die.below(100), given);
    if (i % 3 === 0) return fault;
    return { ...fault, hurtsFrom: fault.onset + 2 * PERIOD, precursorFrom: fault.onset - die.below(90) * PERIOD };
  });
  return { ...truth, faults, nuisances: [madeSpell('match', 20 * DAY, 20 * DAY + 16, ['1-A', '2-A'])] };
}

const TRUTHS = [1, 2, 3].map(busyTruth);
const figures = (watch: (truth: Truth) => ScoredAlert[]): Figures =>
  figuresOf(
    'one',
    TRUTHS.map((truth) => tallyOf({ name: 'one', alerts: watch(truth) }, truth)),
  );

describe('who reads the answer key', () => {
  const perfect = figures(oracle);

  it('finds everything at once, with one alert each and never a false one', () => {
    expect(perfect.recall).toEqual({ all: 1, least: 1, most: 1 });
    expect(perfect.recallOfHurting.all).toBe(1);
    expect(perfect.falsePer1000CellDays.all).toBe(0);
    expect(perfect.falseForAnybodyPer1000CellDays.all).toBe(0);
    expect(perfect.precision.all).toBe(1);
    expect(perfect.duplicates.all).toBe(0);
    expect(perfect.asOne.all).toBe(1);
    expect(perfect.delay).toEqual({ median: 0, p90: 0 });
    expect(perfect.nuisances.match!.fooled).toBe(0);
  });

  it('foretells all that can be foretold, and is sure and right', () => {
    const { prediction } = perfect;
    expect(prediction.recall.all).toBeCloseTo(prediction.foretellable / prediction.events);
    expect(prediction).toMatchObject({ precision: { all: 1 }, inInterval: 1, brier: 0, wrong: 0 });
  });
});

describe('who always alarms', () => {
  it('finds everything, among so many false alerts and duplicates that it is worth nothing', () => {
    const always = figures(alwaysAlarming);
    expect(always.recall.all).toBe(1);
    expect(always.falsePer1000CellDays.all).toBeGreaterThan(50_000);
    expect(always.precision.all).toBeLessThan(0.5);
    expect(always.duplicates.all).toBeGreaterThan(10);
    expect(always.asOne.all).toBe(0);
  });

  it('finds nothing when it alarms once and for all', () => {
    expect(figures(onceAlarming).recall.all).toBe(0);
  });
});

describe('who throws dice', () => {
  it('finds little, is mostly wrong, and foretells next to nothing', () => {
    const chance = figures((truth) => random(truth, 40));
    expect(chance.recall.all).toBeLessThan(0.2);
    expect(chance.precision.all).toBeLessThan(0.3);
    expect(chance.prediction.recall.all).toBeLessThan(0.2);
    expect(chance.prediction.precision.all).toBeLessThan(0.3);
    expect(chance.prediction.brier).toBeGreaterThan(chance.prediction.brierOfBaseRate!);
  });
});

it('figures of no fault at all are none, not perfect', () => {
  const truth = madeTruth();
  const none = figuresOf('none', [tallyOf({ name: 'none', alerts: [] }, truth)]);
  expect(none.recall.all).toBeNull();
  expect(none.precision.all).toBeNull();
  expect(none.falsePer1000CellDays.all).toBe(0);
  expect(at(DAY) - at(0)).toBe(86_400_000);
});
