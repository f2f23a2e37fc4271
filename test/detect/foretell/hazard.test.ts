// Probabilities mean what they say, dates hold what they promise, and a network's own cases count more with each one.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { usedPart, voltsAt } from '../../../server/detect/foretellers/first-passage/battery.ts';
import { addPoint, newCourse } from '../../../server/detect/foretellers/first-passage/course-book.ts';
import { passageOf, trendOf } from '../../../server/detect/foretellers/first-passage/passage.ts';
import { ModeModel } from '../../../server/detect/foretellers/hazard/mode-model.ts';
import { remainingHours } from '../../../server/detect/foretellers/hazard/signs.ts';
import { normalFrom, seededRandom } from '../../../server/maths/seeded-random.ts';

const PRIOR = { weights: [0, 0], precision: [4, 4] };
const MANNER = { later: 0, unforeseen: 0.25 };

describe('a model of a mode', () => {
  it('of warnings that it gives seven in ten, seven in ten come true, once it has seen some hundred cases', () => {
    const random = seededRandom(7);
    const model = new ModeModel(PRIOR);
    const said: { p: number; came: boolean }[] = [];
    for (let n = 0; n < 3000; n++) {
      const sign = 4 * random() - 2;
      const came = random() < 1 / (1 + Math.exp(-(0.4 + 1.3 * sign)));
      if (n >= 500) said.push({ p: model.probability([1, sign]), came });
      model.learn([[1, sign]], came);
    }
    for (const line of [0.1, 0.3, 0.5, 0.7, 0.9]) {
      const near = said.filter(({ p }) => Math.abs(p - line) < 0.05);
      const share = near.filter(({ came }) => came).length / near.length;
      expect(Math.abs(share - line)).toBeLessThan(0.12);
    }
  });

  it('learns what its network shows: where signs lead nowhere, its warnings become rarer with every case', () => {
    const model = new ModeModel({ weights: [1, 0], precision: [8, 8] });
    const chances = Array.from({ length: 40 }, () => {
      model.learn([[1, 0.5]], false);
      return model.probability([1, 0.5]);
    });
    expect(chances.toSorted((a, b) => b - a)).toEqual(chances);
    expect(chances.at(-1)).toBeLessThan(0.25);
    expect(model.state).toMatchObject({ cases: 40, came: 0 });
  });

  it('is never certain and never without a number, whatever it has seen', () => {
    const features = fc.array(fc.double({ min: -20, max: 20, noNaN: true }), { minLength: 2, maxLength: 2 });
    fc.assert(
      fc.property(fc.array(fc.tuple(features, fc.boolean()), { maxLength: 60 }), features, (cases, asked) => {
        const model = new ModeModel(PRIOR);
        for (const [seen, came] of cases) model.learn([seen], came);
        const p = model.probability(asked);
        expect(p).toBeGreaterThanOrEqual(0.03);
        expect(p).toBeLessThanOrEqual(0.97);
      }),
    );
  });
});

describe('a first passage', () => {
  /** A straight way to the limit, of which a part is seen. */
  function course(lengthHours: number, seen: number, noise: number, seed: number) {
    const normal = normalFrom(seededRandom(seed));
    const hours = Array.from({ length: Math.floor(lengthHours * seen) }, (_, i) => i);
    return { hours, x: hours.map((hour) => hour / lengthHours + noise * normal()) };
  }

  it('names an interval that holds the passage in at least eight of ten cases, and a middle that is no one-sided guess', () => {
    let [within, early] = [0, 0];
    for (let seed = 1; seed <= 200; seed++) {
      const trend = trendOf(course(100, 0.5, 0.02, seed))!;
      const { earliest, expected, latest } = passageOf(trend, 400, seededRandom(seed), MANNER);
      if (earliest <= 51 && latest >= 51) within += 1;
      if (expected < 51) early += 1;
    }
    expect(within / 200).toBeGreaterThanOrEqual(0.8);
    expect(early / 200).toBeGreaterThan(0.25);
    expect(early / 200).toBeLessThan(0.75);
  });

  it('is silent where nothing moves, where it falls back, and where it has levelled off', () => {
    const flat = course(1e9, 1e-7, 0.02, 3);
    expect(trendOf(flat) === undefined || passageOf(trendOf(flat)!, 400, seededRandom(1), MANNER).chance < 0.2).toBe(
      true,
    );
    const hours = Array.from({ length: 60 }, (_, i) => i);
    expect(trendOf({ hours, x: hours.map((hour) => 0.8 - hour / 100) })).toBeUndefined();
    const level = trendOf({ hours, x: hours.map((hour) => 0.5 * (1 - Math.exp(-hour / 8))) });
    expect(level === undefined || passageOf(level, 400, seededRandom(1), MANNER).chance < 0.1).toBe(true);
  });

  it('is the same for the same course and seed', () => {
    const trend = trendOf(course(80, 0.6, 0.03, 5))!;
    expect(passageOf(trend, 300, seededRandom(9), MANNER)).toEqual(passageOf(trend, 300, seededRandom(9), MANNER));
  });

  it('keeps a bounded number of points however long a course is, its beginning and its newest among them', () => {
    const kept = newCourse(0);
    for (let i = 0; i <= 5000; i++) addPoint(kept, i * 3_600_000, i / 5000);
    expect(kept.x.length).toBeLessThanOrEqual(96);
    expect(kept.hours.at(-1)).toBe(5000);
    expect(kept.hours[0]).toBeLessThan(4950);
    expect(kept.hours).toEqual(kept.hours.toSorted((a, b) => a - b));
  });
});

describe('leads and batteries', () => {
  it('the longer a sign has lasted, the later the fault as a whole, and never in the past', () => {
    const rule = { leadHours: 13, leadSpread: 0.5 };
    fc.assert(
      fc.property(fc.double({ min: 0, max: 200, noNaN: true }), (age) => {
        const [low, mid, high] = [0.1, 0.5, 0.9].map((part) => remainingHours(age, rule, part));
        expect(low).toBeGreaterThan(0);
        expect(low).toBeLessThanOrEqual(mid!);
        expect(mid).toBeLessThanOrEqual(high!);
        expect(age + remainingHours(age, rule, 0.5)).toBeGreaterThan(12);
      }),
    );
  });

  it('the voltage tells how much is used, and the part that is used its voltage', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (used) => {
        expect(usedPart(voltsAt(used))).toBeCloseTo(used, 6);
      }),
    );
    expect(usedPart(26.4)).toBeUndefined();
  });
});
