// The impact of an alert: who is hit is counted exactly, and nothing that people are or have lowers an urgent rank.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CellScores,
  type Crowd,
  type Hurting,
  impactOn,
  ONE_DAY,
  severityRank,
} from '../../server/experience/impact.ts';
import { TIER_WEIGHTS, tierWeight } from '../../server/experience/tier-weight.ts';
import { SEVERITIES, type Severity } from '../../server/model/health.ts';

interface Person {
  tier: string | null;
  /** Share of use by cell. */
  on: Record<string, number>;
}

const crowdOf = (people: readonly Person[], networkWeight = 0.35): Crowd => ({
  size: people.length,
  tierOf: (person) => people[person]!.tier,
  networkWeightOf: () => networkWeight,
  eachOn: (cell, visit) => {
    for (const [person, { on }] of people.entries()) if (on[cell] !== undefined) visit(person, on[cell]);
  },
});

const scoresOf = (usual: number, present: number | null): CellScores => ({
  usual: () => usual,
  present: () => present,
});
const GOOD = scoresOf(90, 60);

function alertOf(title: string, cells: string[], severity: Severity = 'major', more: Partial<Hurting> = {}): Hurting {
  const said = { code: title, values: {} };
  return { kind: 'fault', severity, cells, title: said, why: said, ...more };
}
const off = (cells: string[], severity?: Severity) => alertOf('title-down', cells, severity);
const worse = (cells: string[], severity?: Severity) => alertOf('title-above', cells, severity, { kind: 'anomaly' });

const many = (count: number, person: Person) => Array.from({ length: count }, () => person);

describe('the impact of an alert', () => {
  it('is not known while nobody is, or where no cell is named', () => {
    expect(impactOn(off(['a']), crowdOf([]), GOOD)).toBeUndefined();
    expect(impactOn(off([]), crowdOf(many(20, { tier: 'gold', on: { a: 1 } })), GOOD)).toBeUndefined();
  });

  it('counts each person once, by tier, whose usual cells are among the hurt ones; nobody else', () => {
    const people = [
      ...many(120, { tier: 'gold', on: { a: 0.5, b: 0.5 } }),
      ...many(30, { tier: null, on: { b: 0.1, z: 0.9 } }),
      ...many(500, { tier: 'gold', on: { z: 1 } }),
    ];
    const impact = impactOn(off(['a', 'b']), crowdOf(people), GOOD)!;
    expect(impact.subscribers).toBe(150);
    expect(impact.byTier).toEqual({ gold: 120, unrated: 30 });
    expect(impact.noOtherCover).toBe(120);
  });

  it('takes a cell that has left the network for nobody’s other cover', () => {
    const crowd = crowdOf([
      ...many(40, { tier: '4', on: { a: 0.6, gone: 0.4 } }),
      ...many(25, { tier: '4', on: { a: 0.6, z: 0.4 } }),
    ]);
    const shareGone = (person: number) => (person < 40 ? 0.4 : 0);
    expect(impactOn(off(['a']), crowd, GOOD)?.noOtherCover).toBe(0);
    expect(impactOn(off(['a']), { ...crowd, shareGone }, GOOD)?.noOtherCover).toBe(40);
  });

  it('leaves out cells that are well again', () => {
    const people = [...many(40, { tier: '4', on: { a: 1 } }), ...many(25, { tier: '4', on: { b: 1 } })];
    const alert = { ...off(['a', 'b']), recovered: ['a'] };
    expect(impactOn(alert, crowdOf(people), GOOD)?.subscribers).toBe(25);
  });

  it('takes the stars of one day from who is wholly on a cell off air: 0.206 × weight × usual score', () => {
    const { starsAtRisk } = impactOn(off(['a']), crowdOf(many(1000, { tier: null, on: { a: 1 } })), GOOD)!;
    expect(ONE_DAY).toBeCloseTo(0.2063, 4);
    expect(starsAtRisk).toBeCloseTo((1000 * ONE_DAY * 0.35 * 90) / 20, 1);
  });

  it('takes of a degraded cell only what it is worse than usual, and nothing when it is not', () => {
    const crowd = crowdOf(many(1000, { tier: null, on: { a: 0.4, z: 0.6 } }));
    expect(impactOn(worse(['a']), crowd, GOOD)!.starsAtRisk).toBeCloseTo((1000 * 0.4 * ONE_DAY * 0.35 * 30) / 20, 1);
    expect(impactOn(worse(['a']), crowd, scoresOf(60, 90))!.starsAtRisk).toBe(0);
    expect(impactOn(worse(['a']), crowd, scoresOf(60, null))!.starsAtRisk).toBe(0);
    expect(impactOn(worse(['a']), crowd, GOOD)!.noOtherCover).toBeUndefined();
  });

  it('of weak coverage counts people by the part of their use that lies there, and its weak share alone', () => {
    const weak = alertOf('title-weak-coverage', ['b', 'a'], 'minor', { kind: 'weak-coverage' });
    const why = { code: 'weak-area', values: { sharePct: 50, useParts: '0.4 0.1' } };
    const crowd = crowdOf([
      ...many(100, { tier: 'gold', on: { a: 1 } }),
      ...many(300, { tier: '3', on: { b: 0.5, z: 0.5 } }),
    ]);
    const impact = impactOn({ ...weak, why }, crowd, GOOD)!;
    expect(impact).toMatchObject({ subscribers: 55, byTier: { gold: 40, '3': 15 } });
    const points = (100 * 0.4 + 300 * 0.5 * 0.1) * 0.5 * 90;
    expect(impact.starsAtRisk).toBeCloseTo((points * ONE_DAY * 0.35) / 20, 1);
    expect(impact.noOtherCover).toBeUndefined();
  });

  it('hides small tiers, and another so that the total does not tell', () => {
    const people = [
      ...many(3, { tier: 'diamond', on: { a: 1 } }),
      ...many(40, { tier: 'gold', on: { a: 1 } }),
      ...many(80, { tier: 'silver', on: { a: 1 } }),
    ];
    const impact = impactOn(off(['a']), crowdOf(people), GOOD)!;
    expect(impact.byTier).toEqual({ diamond: '<10', gold: 'hidden', silver: 80 });
    expect(impact.subscribers).toBe(123);
  });

  it('of a site with 30,000 people is known within a moment', () => {
    const byCell = ['a', 'b', 'c'].map((cell) => many(10_000, { tier: 'gold', on: { [cell]: 0.7, z: 0.3 } }));
    const people = byCell.flat();
    const crowd: Crowd = {
      ...crowdOf(people),
      eachOn: (cell, visit) => {
        const from = ['a', 'b', 'c'].indexOf(cell) * 10_000;
        for (let person = from; person < from + 10_000; person++) visit(person, 0.7);
      },
    };
    impactOn(off(['a', 'b', 'c']), crowd, GOOD);
    const begin = performance.now();
    expect(impactOn(off(['a', 'b', 'c']), crowd, GOOD)?.subscribers).toBe(30_000);
    expect(performance.now() - begin).toBeLessThan(2000);
  });
});

const CELLS = ['a', 'b', 'c'];
const tier = fc.constantFrom(null, 'unheard of', ...TIER_WEIGHTS.map(([, name]) => name!));
const person = fc.record({
  tier,
  on: fc
    .uniqueArray(fc.constantFrom(...CELLS, 'z'), { minLength: 1 })
    .map((cells) => Object.fromEntries(cells.map((cell) => [cell, 1 / cells.length]))),
});
const severity = fc.constantFrom(...SEVERITIES.filter((one) => one !== 'cleared'));
const score = fc.integer({ min: 0, max: 100 });
const alert = fc
  .tuple(
    fc.constantFrom('title-down', 'title-asleep', 'title-above', 'title-silent'),
    fc.subarray(CELLS, { minLength: 1 }),
  )
  .chain(([title, cells]) => severity.map((one) => alertOf(title, cells, one)));

describe('the rank', () => {
  it('never falls when more people of a high tier are exposed', () => {
    const high = fc.constantFrom('gold', 'diamond', '7', '五星钻');
    fc.assert(
      fc.property(
        alert,
        fc.array(person, { maxLength: 30 }),
        person,
        high,
        score,
        score,
        (one, people, more, t, u, p) => {
          const scores = scoresOf(u, p);
          const before = impactOn(one, crowdOf(people), scores)?.rank ?? severityRank(one.severity);
          const after = impactOn(one, crowdOf([...people, { ...more, tier: t }]), scores)!.rank;
          expect(after).toBeGreaterThanOrEqual(before);
        },
      ),
    );
  });

  it('never falls when people move up a tier', () => {
    fc.assert(
      fc.property(alert, fc.array(person, { minLength: 1, maxLength: 30 }), score, (one, people, u) => {
        const up = people.map((each) => (tierWeight(each.tier) < 3 ? { ...each, tier: 'diamond' } : each));
        const scores = scoresOf(u, 0);
        expect(impactOn(one, crowdOf(up), scores)!.rank).toBeGreaterThanOrEqual(
          impactOn(one, crowdOf(people), scores)!.rank,
        );
      }),
    );
  });

  it('of an alert where nobody is exposed is that of its severity', () => {
    fc.assert(
      fc.property(alert, fc.integer({ min: 1, max: 50 }), score, (one, count, u) => {
        const elsewhere = crowdOf(many(count, { tier: 'diamond', on: { z: 1 } }));
        const impact = impactOn(one, elsewhere, scoresOf(u, 0))!;
        expect(impact.rank).toBe(severityRank(one.severity));
        expect(impact.subscribers).toBe(0);
      }),
    );
    const values = SEVERITIES.map(severityRank);
    expect(values).toEqual([...values].sort((a, b) => b - a));
  });

  it('of a total loss without other cover is never below that of a degradation, whatever tiers and severities', () => {
    const lone = fc.record({ tier, on: fc.constant({ a: 1 }) });
    fc.assert(
      fc.property(
        fc.array(lone, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 2000 }),
        tier,
        severity,
        severity,
        score,
        (cutOff, others, otherTier, s1, s2, usual) => {
          const people = [...cutOff, ...many(others, { tier: otherTier, on: { b: 1 } })];
          const crowd = crowdOf(people, 1);
          const scores = scoresOf(usual, 0);
          const lost = impactOn(off(['a'], s1), crowd, scores)!;
          const slow = impactOn(worse(['b'], s2), crowd, scores)!;
          expect(lost.rank).toBeGreaterThan(slow.rank);
        },
      ),
    );
  });

  it('sees a whole site unheard as a total loss, a single cell unheard as not known', () => {
    const crowd = crowdOf(many(20, { tier: null, on: { a: 1 } }));
    const site = { ...alertOf('title-silent', ['a']), why: { code: 'site-silent', values: {} } };
    expect(impactOn(site, crowd, GOOD)!.noOtherCover).toBe(20);
    expect(impactOn(alertOf('title-silent', ['a']), crowd, scoresOf(90, null))!.starsAtRisk).toBe(0);
  });
});
