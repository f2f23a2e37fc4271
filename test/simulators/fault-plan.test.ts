// The plan of a scenario: times that agree with effects, rates and shares that hold over seeds, nothing twice on one cell.

import { describe, expect, it } from 'vitest';
import { Effects, ON_AIR } from '../../simulators/effects.ts';
import { DAY, type Era, WEEK } from '../../simulators/era.ts';
import { fullAt } from '../../simulators/faults/congestion-growth.ts';
import { type Fault, type Happening, isFault } from '../../simulators/faults/happening.ts';
import { FAULT_MAKERS } from '../../simulators/faults/makers.ts';
import { planHappenings } from '../../simulators/faults/plan.ts';
import { Network } from '../../simulators/network.ts';
import { findScenario, SCENARIO_NAMES } from '../../simulators/scenarios/all.ts';
import { growthOf } from '../../simulators/traffic/traffic.ts';
import { answerKey, type Truth } from '../../simulators/truth.ts';
import { buildCity } from '../../simulators/world/bay-city.ts';
import { mean } from './made.ts';

const city = buildCity(1, 150);
const SEEDS = Array.from({ length: 12 }, (_, n) => n + 1);
const HUNDREDS = city.cells.length / 100;

function eraOf(name: string): Era {
  const { from, days, periodSeconds } = findScenario(name)!;
  const start = Date.parse(`${from ?? '2026-03-02'}T00:00Z`);
  return { from: start, liveFrom: start + days * DAY, periodSeconds };
}

const planOf = (name: string, seed: number, change = {}) =>
  planHappenings(seed, city, eraOf(name), { ...findScenario(name)!, ...change });

/** Whether people lose something on any of the cells. */
function hurts(effects: Effects, cells: readonly number[]): boolean {
  return cells.some(
    (cell) =>
      effects.state[cell] !== ON_AIR ||
      effects.ulNoiseDb[cell]! > 3 ||
      effects.dlLossDb[cell]! >= 3 ||
      effects.setupFail[cell]! + effects.dropFail[cell]! + effects.handoverFail[cell]! > 0.01 ||
      effects.backhaulLoss[cell]! > 0.002 ||
      Math.abs(effects.tiltDeg[cell]!) > 4 ||
      effects.demand[cell]! > 1.5,
  );
}

function effectsAt(event: Happening, start: number, periodMs: number): Effects {
  const effects = new Effects(city.cells.length);
  if (start >= event.from && start < event.until) event.apply(effects, start + periodMs / 2);
  return effects;
}

describe('the times in the answer key', () => {
  const faults = ['mixed', 'slow-failure', 'storm'].flatMap((name) => planOf(name, 5).filter(isFault));
  const periodMs = 900_000;

  it('are in order, on period boundaries', () => {
    for (const { precursorFrom, onset, hurtsFrom, repair, kind } of faults) {
      const times = [precursorFrom ?? onset, onset, hurtsFrom ?? onset, repair];
      expect(times.every((time) => time % periodMs === 0)).toBe(true);
      if (!times.every((time, i) => i === 0 || time >= times[i - 1]!)) expect.fail(`${kind}: ${times}`);
      expect(repair).toBeGreaterThan(onset);
      if (precursorFrom !== null) expect(precursorFrom).toBeLessThan(onset);
    }
  });

  it('say when people are hurt: not a period before, and from then on', () => {
    for (const fault of faults.filter(({ kind }) => !['intermittent-hardware', 'congestion-growth'].includes(kind))) {
      const { hurtsFrom, cells, id } = fault;
      if (hurtsFrom === null) continue;
      if (hurts(effectsAt(fault, hurtsFrom - periodMs, periodMs), cells)) expect.fail(`${id} hurts earlier`);
      if (!hurts(effectsAt(fault, hurtsFrom, periodMs), cells)) expect.fail(`${id} does not hurt yet`);
    }
  });

  it('say when a growing cell is full: by its own growth and that of the network together', () => {
    const era = eraOf('growth');
    const announced = planOf('growth', 5, { growthPerWeek: 0.02 }).filter(isFault);
    const growing = announced.filter(
      ({ kind, precursorFrom }) => kind === 'congestion-growth' && precursorFrom !== null,
    );
    expect(growing.length).toBeGreaterThan(3);
    for (const fault of growing) {
      const cell = fault.cells[0]!;
      const own = effectsAt(fault, fault.onset, 0).demand[cell]!;
      expect(own * growthOf(0.02, fault.onset - era.from)).toBeCloseTo(fullAt(city.cells[cell]!, 1));
    }
  });

  it('say when something can be seen: from the precursor on, and never of those without', () => {
    const isUsual = (effects: Effects) => JSON.stringify(effects) === JSON.stringify(new Effects(city.cells.length));
    for (const fault of faults.slice(0, 60)) {
      expect(isUsual(effectsAt(fault, fault.from - periodMs, periodMs))).toBe(true);
      expect(isUsual(effectsAt(fault, fault.from, periodMs))).toBe(false);
      expect(fault.from).toBe(fault.precursorFrom ?? fault.onset);
    }
  });

  it('leave the lead that is asked of each kind', () => {
    const HOURS: Record<string, number> = {
      ...{ 'power-loss': 0.5, 'cooling-failure': 2, 'feeder-decay': 24, 'backhaul-degradation': 24 },
      'congestion-growth': 14 * 24,
    };
    const foretold = [...faults, ...planOf('growth', 5).filter(isFault)].filter((one) => one.precursorFrom !== null);
    expect(new Set(foretold.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(6);
    for (const { kind, hurtsFrom, precursorFrom } of foretold) {
      expect((hurtsFrom! - precursorFrom!) / 3_600_000).toBeGreaterThanOrEqual(HOURS[kind] ?? 0);
    }
  });
});

describe('rates and shares', () => {
  const plans = SEEDS.map((seed) => planOf('slow-failure', seed));
  const faults = plans.flat().filter(isFault);
  const announcing = faults.filter(({ kind }) => FAULT_MAKERS[kind].canBeForetold);
  const ofNature = (list: Happening[], nature: string) => list.filter((event) => event.nature === nature).length;

  it('hold over seeds: of the order of one hurting fault for a hundred cells and week', () => {
    const hurting = SEEDS.flatMap((seed) => planOf('mixed', seed).filter(isFault)).filter(
      (one) => one.hurtsFrom !== null,
    );
    const weeks = findScenario('mixed')!.days / 7;
    const rate = hurting.length / SEEDS.length / HUNDREDS / weeks;
    expect(rate).toBeGreaterThan(0.6);
    expect(rate).toBeLessThan(1.4);
  });

  it('hold over seeds: the share without a precursor, and as many false ones as true ones', () => {
    const silent = announcing.filter(({ precursorFrom }) => precursorFrom === null).length / announcing.length;
    expect(Math.abs(silent - findScenario('slow-failure')!.withoutPrecursor)).toBeLessThan(0.05);
    const falseOnes = ofNature(plans.flat(), 'false-precursor');
    const trueOnes = announcing.length * (1 - silent);
    expect(falseOnes / trueOnes).toBeGreaterThan(0.9);
    expect(falseOnes / trueOnes).toBeLessThan(1.1);
  });

  it('can be set', () => {
    const all = planOf('slow-failure', 3, { withoutPrecursor: 0, falsePrecursors: 2 });
    const own = all.filter(isFault);
    expect(own.every(({ precursorFrom }) => precursorFrom !== null)).toBe(true);
    expect(ofNature(all, 'false-precursor') / own.length).toBeGreaterThan(1.7);
    const none = planOf('slow-failure', 3, { withoutPrecursor: 1 });
    expect(none.filter(isFault).every(({ precursorFrom }) => precursorFrom === null)).toBe(true);
    expect(ofNature(none, 'false-precursor')).toBe(0);
  });

  it('put no two faults on a cell at the same time', () => {
    const busy = new Map<number, Fault[]>();
    for (const fault of planOf('storm', 2).filter(isFault)) {
      for (const cell of fault.cells) {
        const others = busy.get(cell) ?? [];
        expect(others.every(({ from, until }) => fault.from >= until || fault.until <= from)).toBe(true);
        busy.set(cell, [...others, fault]);
      }
    }
  });

  it('make a storm a storm: its day has more faults than its fortnight', () => {
    const era = eraOf('storm');
    const day = (fault: Fault) => Math.floor((fault.onset - era.from) / DAY);
    const own = planOf('storm', 1).filter(isFault);
    expect(own.filter((one) => day(one) === 15).length).toBeGreaterThan(3 * own.filter((one) => day(one) < 15).length);
  });
});

describe('whom a fault disturbs', () => {
  const small = buildCity(1, 12);
  const { reception } = new Network(1, small, [], eraOf('mixed'));
  const scenario = { ...findScenario('mixed')!, faults: { 'cell-outage': 20, 'wrong-parameter': 20 }, nuisances: {} };
  const plan = planHappenings(3, small, eraOf('mixed'), scenario);
  const truth: Truth = JSON.parse(answerKey({ seed: 3, scenario, city: small, era: eraOf('mixed'), plan, reception }));

  it('is named in the answer key: those that take over its users, never itself', () => {
    const outages = truth.faults.filter(({ kind }) => kind === 'cell-outage');
    expect(outages.filter(({ disturbs }) => disturbs.length > 0).length).toBeGreaterThan(0.7 * outages.length);
    expect(outages.every(({ disturbs, cells }) => disturbs.every((id) => !cells.includes(id)))).toBe(true);
    expect(mean(outages.map(({ disturbs }) => disturbs.length))).toBeLessThan(0.5 * small.cells.length);
  });

  it('is nobody where people stay', () => {
    const handovers = plan.filter(({ kind }) => kind === 'wrong-parameter');
    expect(handovers.length).toBeGreaterThan(0);
    const calm = truth.faults.filter(({ kind, disturbs }) => kind === 'wrong-parameter' && disturbs.length === 0);
    expect(calm.length).toBeGreaterThan(0.5 * handovers.length);
  });
});

describe('every scenario', () => {
  it.each(SCENARIO_NAMES)('%s is the same for the same seed, and ends in an answer key with its ceiling', (name) => {
    const scenario = findScenario(name)!;
    const era = eraOf(name);
    const key = () => answerKey({ seed: 7, scenario, city, era, plan: planHappenings(7, city, era, scenario) });
    const text = key();
    expect(key()).toBe(text);
    const truth: Truth = JSON.parse(text);
    expect(truth.faults.length).toBeGreaterThan(0);
    expect(truth.nuisances.length).toBeGreaterThan(0);
    expect(truth.ceiling.of).toBe(truth.faults.length);
    expect(truth.ceiling.ofHurting).toBe(truth.faults.filter(({ hurts: isHurting }) => isHurting).length);
    expect(truth.ceiling.foretellable).toBeLessThanOrEqual(truth.ceiling.ofHurting);
    expect(new Set(truth.faults.map(({ id }) => id)).size).toBe(truth.faults.length);
    expect(era.liveFrom - era.from).toBeGreaterThan(2 * WEEK);
  });
});
