// Detection scored by hand: who finds a fault, who is late, who cries wolf, who tells one thing twice.

import { describe, expect, it } from 'vitest';
import { scoreDetection } from './detection-score.ts';
import { at, DAY, madeAlert, madeFault, madeSpell, madeTruth } from './made-truth.ts';
import type { ScoredAlert } from './scored-alert.ts';
import type { Truth } from './truth.ts';

const BEGIN = 14 * DAY;
const score = (truth: Truth, alerts: readonly ScoredAlert[]) =>
  scoreDetection(truth, alerts, { from: at(BEGIN), until: truth.until });
const outage = (given: Partial<Truth> = {}) => madeTruth({ faults: [madeFault(20 * DAY, 8)], ...given });

describe('a fault', () => {
  it('is found by an alert of its cell that is raised while it lasts, as late as that is', () => {
    const { byKind, falseAlerts } = score(outage(), [madeAlert(20 * DAY + 3)]);
    expect(byKind.outage).toEqual({
      ...{ faults: 1, found: 1, hurting: 1, inTime: 0 },
      ...{ afterOnset: [3], afterHurt: [3] },
    });
    expect(falseAlerts).toBe(0);
  });

  it('is found in time within two periods after people are hurt, or after the onset where nobody is', () => {
    const later = outage({ faults: [madeFault(20 * DAY, 8, { hurtsFrom: at(20 * DAY + 4) })] });
    expect(score(later, [madeAlert(20 * DAY + 6)]).byKind.outage!.inTime).toBe(1);
    expect(score(later, [madeAlert(20 * DAY + 7)]).byKind.outage!.inTime).toBe(0);
    const harmless = outage({ faults: [madeFault(20 * DAY, 8, { hurtsFrom: null })] });
    expect(score(harmless, [madeAlert(20 * DAY + 3)]).byKind.outage).toMatchObject({ found: 1, hurting: 0, inTime: 0 });
  });

  it('may be told until two periods after its repair, no later', () => {
    expect(score(outage(), [madeAlert(20 * DAY + 10)]).byKind.outage!.found).toBe(1);
    expect(score(outage(), [madeAlert(20 * DAY + 11)])).toMatchObject({
      byKind: { outage: { found: 0 } },
      falseAlerts: 1,
    });
  });

  it('is not found by an alert that stood before it began, which is a false one', () => {
    expect(score(outage(), [madeAlert(20 * DAY - 1)])).toMatchObject({
      byKind: { outage: { found: 0 } },
      falseAlerts: 1,
    });
  });

  it('is found by an alert that comes back for it', () => {
    expect(score(outage(), [madeAlert([20 * DAY - 1, 20 * DAY + 1])])).toMatchObject({
      byKind: { outage: { found: 1, afterOnset: [1] } },
      falseAlerts: 0,
    });
  });

  it('is not found by an alert of another cell, by a prediction, or by one that stands behind another', () => {
    const others = [
      madeAlert(20 * DAY + 1, { cells: ['1-B'] }),
      madeAlert(20 * DAY + 1, { kind: 'fault-predicted' }),
      madeAlert(20 * DAY + 1, { kind: 'weak-coverage' }),
      madeAlert(20 * DAY + 1, { partOf: 'another' }),
    ];
    expect(score(outage(), others)).toMatchObject({ byKind: { outage: { found: 0 } }, alerts: 1, falseAlerts: 1 });
  });

  it('that shows before it breaks is found early, before people are hurt', () => {
    const slow = madeFault(20 * DAY, 96, { kind: 'feeder', precursorFrom: at(18 * DAY), hurtsFrom: at(20 * DAY + 8) });
    const { byKind } = score(madeTruth({ faults: [slow] }), [madeAlert(19 * DAY)]);
    expect(byKind.feeder).toEqual({
      ...{ faults: 1, found: 1, hurting: 1, inTime: 1 },
      ...{ afterOnset: [-96], afterHurt: [-104] },
    });
  });

  it('is told once: what is raised again is a duplicate, not a false alert', () => {
    const twice = [madeAlert(20 * DAY + 1), madeAlert(20 * DAY + 2, { kind: 'fault' }), madeAlert(20 * DAY + 7)];
    expect(score(outage(), twice)).toMatchObject({ duplicates: 2, falseAlerts: 0, alerts: 3 });
  });

  it('shows at those who serve its users meanwhile: they tell it once more, not falsely', () => {
    const faults = [madeFault(20 * DAY, 8, { disturbs: ['2-B'] })];
    const alerts = [madeAlert(20 * DAY + 3, { cells: ['2-B'] }), madeAlert(22 * DAY, { cells: ['2-B'] })];
    const scored = score(madeTruth({ faults }), alerts);
    expect(scored).toMatchObject({ byKind: { outage: { found: 0 } }, duplicates: 1, falseAlerts: 1 });
  });

  it('of the time of learning, or cut off by the end, is not asked for, and who tells of it is not wrong', () => {
    const faults = [madeFault(10 * DAY, 8), madeFault(30 * DAY - 4, 8, { hurtsFrom: null, cells: ['2-A'] })];
    const alerts = [madeAlert(10 * DAY + 1), madeAlert(30 * DAY - 2, { cells: ['2-A'] })];
    expect(score(madeTruth({ faults }), alerts)).toMatchObject({ byKind: {}, falseAlerts: 0 });
  });

  it('that strikes a cell which has another already takes the alert raised then', () => {
    const slow = madeFault(18 * DAY, 5 * DAY, { kind: 'slow' });
    const { byKind } = score(madeTruth({ faults: [slow, madeFault(20 * DAY, 8)] }), [madeAlert(20 * DAY + 1)]);
    expect(byKind.slow!.found).toBe(0);
    expect(byKind.outage!.found).toBe(1);
  });
});

describe('a fault of a whole site', () => {
  const cells = ['1-A', '1-B', '1-C'];
  const truth = madeTruth({ faults: [madeFault(20 * DAY, 8, { cells })] });

  it('told by one alert that names most of its cells is told as one', () => {
    expect(score(truth, [madeAlert(20 * DAY + 1, { scope: 'site', cells: ['1-A', '1-B'] })])).toMatchObject({
      siteFaults: 1,
      siteFaultsAsOne: 1,
      duplicates: 0,
    });
  });

  it('told cell by cell is not, and all but the first are duplicates', () => {
    const each = cells.map((cell) => madeAlert(20 * DAY + 1, { id: cell, cells: [cell] }));
    expect(score(truth, each)).toMatchObject({ siteFaults: 1, siteFaultsAsOne: 0, duplicates: 2 });
    expect(score(truth, each.slice(0, 1))).toMatchObject({ siteFaults: 1, siteFaultsAsOne: 0 });
  });
});

describe('a nuisance', () => {
  it('fools for the share of its cells about which a false alert is raised meanwhile', () => {
    const nuisances = [madeSpell('match', 20 * DAY, 20 * DAY + 12, ['2-A', '2-B', '2-C', '3-A'])];
    const falsePrecursors = [madeSpell('feeder', 22 * DAY, 24 * DAY, ['4-A'])];
    const alerts = [
      madeAlert(20 * DAY + 4, { cells: ['2-A'] }),
      madeAlert(20 * DAY + 6, { cells: ['2-A'] }),
      madeAlert(21 * DAY, { cells: ['2-B'] }),
      madeAlert(23 * DAY, { cells: ['4-A'] }),
    ];
    const scored = score(madeTruth({ nuisances, falsePrecursors }), alerts);
    expect(scored.nuisances).toEqual({
      match: { cells: 4, fooled: 1, named: 0, touched: 1 },
      'false precursor: feeder': { cells: 1, fooled: 1, named: 0, touched: 1 },
    });
    expect(scored).toMatchObject({ falseAlerts: 4, atNuisances: 2, atFalsePrecursors: 1 });
    expect(scored.cellDays).toBe(30 * 16);
  });

  it('that lasts longer than another of the same moment is not what fooled', () => {
    const nuisances = [
      madeSpell('energy-saving', 0, 30 * DAY, ['2-A']),
      madeSpell('match', 20 * DAY, 20 * DAY + 12, ['2-A']),
    ];
    const scored = score(madeTruth({ nuisances }), [madeAlert(20 * DAY + 4, { cells: ['2-A'] })]);
    expect(scored.nuisances).toMatchObject({ 'energy-saving': { fooled: 0 }, match: { fooled: 1 } });
    expect(scored.atNuisances).toBe(1);
  });

  it('does not fool by an alert that a fault of the same time explains', () => {
    const nuisances = [madeSpell('match', 20 * DAY, 20 * DAY + 12, ['1-A'])];
    expect(score(outage({ nuisances }), [madeAlert(20 * DAY + 1)]).nuisances).toMatchObject({
      match: { cells: 1, fooled: 0, touched: 0 },
    });
  });
});

describe('an alert about an area', () => {
  const five = ['2-A', '2-B', '2-C', '3-A', '3-B'];
  const duct = madeTruth({ nuisances: [madeSpell('duct', 20 * DAY, 20 * DAY + 12, five)] });
  const wide = (given: Partial<ScoredAlert>) =>
    madeAlert(20 * DAY + 4, { scope: 'area', audience: 'planner', cells: five, ...given });

  it('told to planners names the nuisance that nearly all of its cells have: nobody is fooled, and the strict figure says it still', () => {
    const scored = score(duct, [wide({})]);
    expect(scored).toMatchObject({
      alerts: 0,
      falseAlerts: 0,
      forPlanners: 1,
      wrongForPlanners: 0,
      falseForAnybody: 1,
    });
    expect(scored.nuisances.duct).toEqual({ cells: 5, fooled: 0, named: 5, touched: 5 });
  });

  it('of which more than a fifth is elsewhere names nothing, and is wrong', () => {
    const scored = score(duct, [wide({ cells: [...five, '9-A', '9-B'] })]);
    expect(scored).toMatchObject({ falseAlerts: 0, wrongForPlanners: 1, falseForAnybody: 1 });
    expect(scored.nuisances.duct).toMatchObject({ fooled: 0, named: 0, touched: 0 });
  });

  it('that wakes somebody is false, whatever it says', () => {
    const scored = score(duct, [wide({ audience: 'noc' })]);
    expect(scored).toMatchObject({ alerts: 1, falseAlerts: 1, forPlanners: 0, atNuisances: 1 });
    expect(scored.nuisances.duct).toMatchObject({ fooled: 5, named: 0 });
  });

  it('has not found the fault of one of its many cells, and has found one that nearly all of them have', () => {
    const one = madeTruth({ faults: [madeFault(20 * DAY, 8, { cells: ['2-A'] })] });
    expect(score(one, [wide({})]).byKind.outage!.found).toBe(0);
    const all = madeTruth({ faults: [madeFault(20 * DAY, 8, { cells: five.slice(1) })] });
    expect(score(all, [wide({})])).toMatchObject({ byKind: { outage: { found: 1 } }, falseForAnybody: 0 });
  });
});

it('what one cell tells planners alone is no false alert of the night list, but wrong for planners', () => {
  const full = madeAlert(20 * DAY + 4, { audience: 'planner', cells: ['5-A'] });
  expect(score(outage(), [full])).toMatchObject({ alerts: 0, falseAlerts: 0, forPlanners: 1, wrongForPlanners: 1 });
});
