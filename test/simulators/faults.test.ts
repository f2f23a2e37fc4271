// The plan of the demo and the answer key: what is known before anything is sent.

import { describe, expect, it } from 'vitest';
import { type Fault, isFault } from '../../simulators/faults/happening.ts';
import { planHappenings } from '../../simulators/faults/plan.ts';
import { findScenario } from '../../simulators/scenarios/all.ts';
import { answerKey, type Truth } from '../../simulators/truth.ts';
import { DAY, MONDAY, make } from './made.ts';

const HOUR = 3_600_000;
const scenario = findScenario('demo')!;
const SEEDS = [1, 2, 3, 17, 1000];
const era = { from: MONDAY, liveFrom: MONDAY + 28 * DAY, periodSeconds: 300 };
const cityOf = (seed: number) => make(seed, { sites: 60, plan: [] }).city;
const plans = new Map(SEEDS.map((seed) => [seed, planHappenings(seed, cityOf(seed), era)]));
const planOf = (seed: number) => plans.get(seed)!;
const faultsOf = (seed: number): Fault[] => planOf(seed).filter(isFault);
const sudden = ({ precursorFrom }: Fault) => precursorFrom === null;
const byOnset = (a: Fault, b: Fault) => a.onset - b.onset;

describe('the plan of the demo', () => {
  it.each(SEEDS)('has a handful in the history, of both kinds and all repaired before live (seed %i)', (seed) => {
    const past = faultsOf(seed).filter((fault) => sudden(fault) && fault.onset < era.liveFrom);
    expect(past.length).toBeGreaterThanOrEqual(5);
    expect(past.length).toBeLessThanOrEqual(8);
    expect(new Set(past.map(({ kind }) => kind))).toEqual(new Set(['interference', 'power-loss']));
    expect(past.every(({ repair }) => repair <= era.liveFrom - 6 * HOUR)).toBe(true);
  });

  it.each(SEEDS)(
    'starts live with strong interference within half an hour of data, then a silent site (seed %i)',
    (seed) => {
      const [first, second] = faultsOf(seed)
        .filter(({ onset }) => onset >= era.liveFrom)
        .sort(byOnset);
      expect(first).toMatchObject({ kind: 'interference', hurt: 0.5 * (17 / 18) });
      expect(first!.onset).toBeLessThanOrEqual(era.liveFrom + HOUR / 2);
      expect(second).toMatchObject({ kind: 'power-loss' });
      expect(second!.cells.length).toBeGreaterThanOrEqual(3);
      expect(second!.onset).toBeLessThanOrEqual(era.liveFrom + 2 * HOUR);
    },
  );

  it.each(SEEDS)('announces some of it: in the past, within the first hours, and for tomorrow (seed %i)', (seed) => {
    const announced = faultsOf(seed).filter((fault) => !sudden(fault));
    const past = announced.filter(({ onset }) => onset < era.liveFrom);
    expect(new Set(past.map(({ kind }) => kind))).toEqual(new Set(['cooling-failure', 'feeder-decay']));
    expect(past.every(({ repair }) => repair <= era.liveFrom - 6 * HOUR)).toBe(true);
    const [soon, tomorrow] = announced.filter(({ onset }) => onset >= era.liveFrom).sort(byOnset);
    expect(soon).toMatchObject({ kind: 'cooling-failure' });
    expect(soon!.onset).toBeLessThanOrEqual(era.liveFrom + 5 * HOUR);
    expect(tomorrow).toMatchObject({ kind: 'feeder-decay' });
    expect(tomorrow!.precursorFrom).toBeLessThan(era.liveFrom + 7 * HOUR);
    expect(tomorrow!.onset).toBeGreaterThan(era.liveFrom + DAY);
  });

  it.each(SEEDS)('has a cell that fills up within weeks, and has been growing for three (seed %i)', (seed) => {
    const growing = faultsOf(seed).filter(({ kind }) => kind === 'congestion-growth');
    expect(growing).toMatchObject([{ precursorFrom: era.liveFrom - 21 * DAY, hurtsFrom: era.liveFrom + 12 * DAY }]);
    const short = { ...era, from: era.liveFrom - 14 * DAY };
    expect(planHappenings(seed, cityOf(seed), short).some(({ kind }) => kind === 'congestion-growth')).toBe(false);
  });

  it.each(SEEDS)('goes on for hours with pauses and repairs, on period boundaries (seed %i)', (seed) => {
    const faults = faultsOf(seed);
    for (let hour = 0; hour < 24; hour += 4) {
      const from = era.liveFrom + hour * HOUR;
      expect(faults.some(({ onset }) => onset >= from && onset < from + 4 * HOUR)).toBe(true);
    }
    for (const { onset, repair } of faults) {
      expect(onset % 300_000).toBe(0);
      expect(repair % 300_000).toBe(0);
      expect(repair).toBeGreaterThan(onset);
    }
  });
});

describe('the answer key', () => {
  it('names kind, cells, onset and repair of each fault, and keeps nuisances apart', () => {
    const city = cityOf(1);
    const key: Truth = JSON.parse(answerKey({ seed: 1, scenario, city, era, plan: planOf(1) }));
    expect(key.faults.length).toBeGreaterThan(5);
    for (const fault of key.faults) {
      expect(['power-loss', 'interference', 'cooling-failure', 'feeder-decay', 'congestion-growth']).toContain(
        fault.kind,
      );
      expect(fault.cells.length).toBeGreaterThan(0);
      expect(Date.parse(fault.repair)).toBeGreaterThan(Date.parse(fault.onset));
    }
    expect(new Set(key.nuisances.map(({ kind }) => kind))).toEqual(new Set(['planned-work', 'energy-saving']));
    expect(key.cells).toBe(city.cells.length);
  });

  it('is the same text for the same seed', () => {
    const key = () => {
      const city = cityOf(4);
      return answerKey({ seed: 4, scenario, city, era, plan: planHappenings(4, city, era) });
    };
    expect(key()).toBe(key());
  });
});
