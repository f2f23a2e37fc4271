// Floors: our detector, fed by the doors as it is used, does no worse on networks of its own than it did when this was written.

import { beforeAll, describe, expect, it } from 'vitest';
import { oursBesideChance, play } from './contenders.ts';
import { ENOUGH_CELLS, type Figures, figuresOf, MOST_FOOLED, type SeedTally } from './figures.ts';
import type { RunOptions } from './pretend-run.ts';
import { tallyOf } from './score-run.ts';

/** A day on which much breaks, and weeks in which hardly anything does; these seeds are used for nothing else. */
const RUNS: RunOptions[] = [
  { seed: 2001, scenario: 'storm', cells: 100, days: 18 },
  { seed: 2002, scenario: 'storm', cells: 100, days: 18 },
  { seed: 2003, scenario: 'quiet-month', cells: 60, days: 21 },
];

const figures = new Map<string, Figures>();
const of = (name: string) => figures.get(name)!;

beforeAll(async () => {
  const tallies = new Map<string, SeedTally[]>();
  for (const run of RUNS) {
    const played = await play(run, 'server');
    for (const told of oursBesideChance(played)) {
      tallies.set(told.name, [...(tallies.get(told.name) ?? []), tallyOf(told, played.truth)]);
    }
  }
  for (const [name, each] of tallies) figures.set(name, figuresOf(name, each));
}, 900_000);

describe('on days of storm and in quiet weeks', () => {
  it('there is enough to be found, and who knows the truth finds it all', () => {
    expect(of('oracle').faults).toBeGreaterThan(10);
    expect(of('oracle')).toMatchObject({
      recall: { all: 1 },
      falsePer1000CellDays: { all: 0 },
      duplicates: { all: 0 },
    });
  });

  it('nearly every fault is found, mostly within two periods, that of a site by one alert', () => {
    expect(of('Cellstar').recall.all).toBeGreaterThanOrEqual(0.95);
    expect(of('Cellstar').outagesInTime.all).toBeGreaterThanOrEqual(0.85);
    expect(of('Cellstar').delay.median).toBeLessThanOrEqual(2);
    expect(of('Cellstar').asOne.all).toBeGreaterThanOrEqual(0.9);
  });

  it('false alerts on the night list stay few, and most alerts are right', () => {
    expect(of('Cellstar').falsePer1000CellDays.all).toBeLessThanOrEqual(4);
    expect(of('Cellstar').falseForAnybodyPer1000CellDays.all).toBeLessThanOrEqual(5);
    expect(of('Cellstar').precision.all).toBeGreaterThanOrEqual(0.8);
  });

  it('of the cells that see what is no fault at most one in twenty fools anybody, by any kind of it that many see', () => {
    const nuisances = Object.values(of('Cellstar').nuisances);
    const cells = nuisances.reduce((sum, one) => sum + one.cells, 0);
    const fooled = nuisances.reduce((sum, one) => sum + one.cells * (one.fooled ?? 0), 0);
    expect(cells).toBeGreaterThanOrEqual(ENOUGH_CELLS);
    expect(fooled / cells).toBeLessThanOrEqual(MOST_FOOLED);
    expect(nuisances.filter(({ isRare }) => isRare === false)).toEqual([]);
  });

  it('readings that come twice, late or not at all for a while fool nobody', () => {
    const { nuisances } = of('Cellstar');
    for (const kind of ['collection-gap', 'doubled-data', 'late-data']) {
      expect(nuisances[kind]!.fooled).toBeLessThanOrEqual(MOST_FOOLED);
    }
  });

  it('dice find next to nothing for as many false alerts', () => {
    expect(of('random').recall.all).toBeLessThan(0.3);
    expect(of('random').precision.all).toBeLessThan(0.3);
  });
});
