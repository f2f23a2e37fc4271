// Invariants of the score and of care's priority: what may move them, and which way alone.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { serviceScore } from '../../server/experience/dimensions/complaint-handling.ts';
import { satisfactionScore } from '../../server/experience/dimensions/satisfaction.ts';
import { periodScore } from '../../server/experience/hour-score.ts';
import { priorityOf } from '../../server/experience/priority.ts';
import { STAR_PROFILE } from '../../server/experience/profile.ts';
import { combine, halfWidth, type Known } from '../../server/experience/star-score.ts';
import { DIMENSIONS } from '../../server/model/star.ts';

const score = fc.double({ min: 0, max: 100, noNaN: true });
const maybe = fc.option(score, { nil: null });
const known: fc.Arbitrary<Known> = fc.record({
  ...{ network: maybe, service: maybe, usage: maybe, plan: maybe, satisfaction: maybe },
});
const AT = Date.UTC(2026, 2, 17);
const HOUR = 3_600_000;
const complaint = fc.record({
  subscriber: fc.constant('p-0000000000000001'),
  at: fc.integer({ min: AT - 80 * 24 * HOUR, max: AT }),
  hours: fc.option(fc.integer({ min: 0, max: 400 }), { nil: undefined }),
});
const withAnswer = ({ hours, ...rest }: { subscriber: string; at: number; hours?: number }) => ({
  ...rest,
  ...(hours !== undefined && { answeredAt: rest.at + hours * HOUR }),
});

describe('a star score', () => {
  it('lies within 0…100, between the lowest and the highest of what is known', () => {
    fc.assert(
      fc.property(known, (dimensions) => {
        const scores = DIMENSIONS.map((id) => dimensions[id]).filter((one) => one !== null);
        const { score: total, weights } = combine(dimensions, STAR_PROFILE);
        if (scores.length === 0) return total === null;
        const sum = DIMENSIONS.reduce((all, id) => all + weights[id], 0);
        expect(sum).toBeCloseTo(1);
        expect(total!).toBeGreaterThanOrEqual(Math.min(...scores) - 1e-9);
        expect(total!).toBeLessThanOrEqual(Math.max(...scores) + 1e-9);
        return true;
      }),
    );
  });

  it('never rises when one dimension falls', () => {
    fc.assert(
      fc.property(known, fc.constantFrom(...DIMENSIONS), score, (dimensions, id, lower) => {
        const before = dimensions[id];
        if (before === null || lower > before) return;
        const fallen = combine({ ...dimensions, [id]: lower }, STAR_PROFILE).score!;
        expect(fallen).toBeLessThanOrEqual(combine(dimensions, STAR_PROFILE).score! + 1e-9);
      }),
    );
  });

  it('has a wider range the less is known', () => {
    const all: Known = { network: 80, service: 80, usage: 80, plan: 80, satisfaction: 80 };
    const width = (dimensions: Known, knownShare: number) =>
      halfWidth(combine(dimensions, STAR_PROFILE), dimensions, { knownShare, freshness: 1 }, STAR_PROFILE);
    expect(width(all, 0.5)).toBeGreaterThan(width(all, 1));
    expect(width({ ...all, satisfaction: null }, 1)).toBeGreaterThan(width(all, 1));
  });
});

describe('what a period was worth', () => {
  const of = (kpis: Record<string, number>) => periodScore((kpi) => kpis[kpi] ?? Number.NaN, 900, STAR_PROFILE);

  it('is as good as its worst part; a ratio over few attempts does not speak', () => {
    expect(of({ drop_rate_pct: 0.3, session_releases: 900, latency_ms: 30 }).score).toBe(100);
    expect(of({ drop_rate_pct: 5, session_releases: 900, latency_ms: 30 })).toEqual({
      score: 0,
      worst: 'drop_rate_pct',
    });
    expect(of({ drop_rate_pct: 46, session_releases: 9, latency_ms: 30 }).score).toBe(100);
  });

  it('is nothing while off air by fault, and not known, never nothing, when nothing was measured or by plan', () => {
    expect(of({ availability_pct: 0 }).score).toBe(0);
    expect(of({}).score).toBeNull();
    expect(of({ availability_pct: 0, planned_unavail_s: 900 }).score).toBeNull();
    expect(of({ availability_pct: 0, saving_s: 900 }).score).toBeNull();
  });

  it('never rises with an outage', () => {
    fc.assert(
      fc.property(score, fc.integer({ min: 0, max: 900 }), (drop, fault) => {
        const kpis = { drop_rate_pct: drop / 10, session_releases: 900 };
        expect(of({ ...kpis, fault_unavail_s: fault }).score!).toBeLessThanOrEqual(of(kpis).score! + 1e-9);
      }),
    );
  });
});

describe("care's priority", () => {
  const input = fc.record({
    ...{ network: maybe, service: maybe, satisfaction: maybe },
    openComplaints: fc.integer({ min: 0, max: 20 }),
  });

  it('never falls with an outage or a worse survey', () => {
    fc.assert(
      fc.property(input, fc.constantFrom('network' as const, 'satisfaction' as const), score, (one, id, worse) => {
        if ((one[id] ?? 100) < worse) return;
        expect(priorityOf({ ...one, [id]: worse })).toBeGreaterThanOrEqual(priorityOf(one) - 1e-9);
      }),
    );
  });

  it('never falls with one more complaint, however it was handled', () => {
    fc.assert(
      fc.property(fc.array(complaint, { maxLength: 6 }), complaint, input, (before, more, one) => {
        const priority = (complaints: (typeof more)[]) => {
          const made = complaints.map(withAnswer);
          const openComplaints = made.filter(({ answeredAt }) => answeredAt === undefined || answeredAt > AT).length;
          return priorityOf({ ...one, service: serviceScore(made, AT, STAR_PROFILE), openComplaints });
        };
        expect(priority([...before, more])).toBeGreaterThanOrEqual(priority(before) - 1e-9);
      }),
    );
  });

  it('rises when the newest survey is worse', () => {
    const survey = (points: number) =>
      satisfactionScore([{ subscriber: 'p-1', at: AT - HOUR, score: points, scale: 'csat' }], AT, STAR_PROFILE);
    const of = (satisfaction: number | null) =>
      priorityOf({ network: 80, service: null, satisfaction, openComplaints: 0 });
    expect(of(survey(1))).toBeGreaterThan(of(survey(5)));
    expect(of(survey(5))).toBe(of(null));
  });
});
