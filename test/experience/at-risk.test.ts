// People at risk: whose score falls below two stars when the present lasts a week, where they are and what would help.

import { describe, expect, it } from 'vitest';
import { atRiskBy, type OpenAlert, outlookOf, type RiskPeople, worstCellOf } from '../../server/experience/at-risk.ts';
import type { CellScores } from '../../server/experience/impact.ts';
import { partBy } from '../../server/experience/summary.ts';

/** 40 people on a (12 of gold), 40 on b, 40 on c; all at 60 of 100, network at 80. */
const SIZE = 120;
const cellOf = (person: number) => 'abc'[Math.floor(person / 40)]!;
const people: RiskPeople = {
  size: SIZE,
  tierOf: (person) => (person < 12 ? 'gold' : '3'),
  networkWeightOf: () => 0.5,
  eachOn: (cell, visit) => {
    for (let person = 0; person < SIZE; person++) if (cellOf(person) === cell) visit(person, 1);
  },
  eachCellOf: (person, visit) => visit(cellOf(person), 1),
};
const scores: CellScores = { usual: () => 80, present: (cell) => (cell === 'b' ? 70 : null) };
const now = { total: new Float32Array(SIZE).fill(60), network: new Float32Array(SIZE).fill(80) };
const alert = (id: string, title: string, cell: string): OpenAlert => ({
  ...{ id, kind: 'fault', severity: 'major', cells: [cell] },
  ...{ title: { code: title, values: {} }, why: { code: '', values: {} } },
});
const OFF = alert('off', 'title-down', 'a');
const SLOW = alert('slow', 'title-above', 'b');

describe('people at risk', () => {
  it('are those whose score falls below two stars when the present lasts a week', () => {
    const { scores: later } = outlookOf(now, people, scores, [OFF, SLOW]);
    const week = 1 - 2 ** (-7 / 3);
    expect(later[0]).toBeCloseTo(60 - 0.5 * week * 80, 3);
    expect(later[40]).toBeCloseTo(60 - 0.5 * week * 10, 3);
    expect(later[80]).toBe(60);
  });

  it('are told by area, how many of a high tier, and the alert that takes most', () => {
    const outlook = outlookOf(now, people, scores, [SLOW, OFF]);
    const risk = atRiskBy(partBy(SIZE, cellOf), outlook, people);
    expect(risk.people).toBe(40);
    expect(risk.groups).toEqual([{ key: 'a', people: 40, highTier: 12, worst: OFF }]);
    expect(worstCellOf(0, outlook, people, scores)).toMatchObject({ cell: 'a', cellScore: 0, share: 1 });
  });

  it('are nobody while all is well, and whoever stands below already', () => {
    expect(atRiskBy(partBy(SIZE, cellOf), outlookOf(now, people, scores, []), people)).toMatchObject({
      people: 0,
      groups: [],
    });
    const low = { ...now, total: now.total.map((score, person) => (person === 100 ? 30 : score)) };
    const { people: few, groups } = atRiskBy(partBy(SIZE, cellOf), outlookOf(low, people, scores, []), people);
    expect([few, groups[0]?.people, groups[0]?.worst]).toEqual(['<10', '<10', undefined]);
  });

  it('are not foretold from weak coverage, which was there before', () => {
    const weak: OpenAlert = { ...OFF, kind: 'weak-coverage', why: { code: 'weak-area', values: { sharePct: 100 } } };
    expect([...outlookOf(now, people, scores, [weak]).scores]).toEqual([...now.total]);
  });

  it('never rise by a trouble, and nothing is foretold of whom nothing is known', () => {
    const unknown = { total: now.total, network: now.network.map(() => Number.NaN) };
    expect([...outlookOf(unknown, people, scores, [OFF]).scores]).toEqual([...now.total]);
    const bad = { total: now.total, network: now.network.map(() => 5) };
    for (const score of outlookOf(bad, people, scores, [SLOW]).scores) expect(score).toBeLessThanOrEqual(60);
  });
});
