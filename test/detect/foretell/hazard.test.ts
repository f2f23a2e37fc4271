// Probabilities mean what they say, dates hold what they promise, and a network's own cases count more with each one.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_SEEN } from '../../../server/detect/foretellers/equipment/case.ts';
import { CUT_OFF_V, usedPart, voltsAt } from '../../../server/detect/foretellers/first-passage/battery.ts';
import { addPoint, newCourse } from '../../../server/detect/foretellers/first-passage/course-book.ts';
import { drainOf, voltageAhead } from '../../../server/detect/foretellers/first-passage/drain.ts';
import { passageOf, trendOf } from '../../../server/detect/foretellers/first-passage/passage.ts';
import { probabilityOf } from '../../../server/detect/foretellers/hazard/mode-model.ts';
import { shippedModel } from '../../../server/detect/foretellers/hazard/priors.ts';
import { remainingHours } from '../../../server/detect/foretellers/hazard/signs.ts';
import { caseFit } from '../../../server/detect/learning/case-fit.ts';
import { normalFrom, seededRandom } from '../../../server/maths/seeded-random.ts';
import type { Example } from '../../../server/model/learning.ts';

const MANNER = { later: 0, unforeseen: 0.25 };

/** Each with one feature beside the constant one, asked as often as can be. */
const held = (features: number[]) => Array.from({ length: MOST_SEEN }, () => features);

function examplesOf(count: number, seed: number, chanceOf: (sign: number) => number): Example[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, i) => {
    const sign = 4 * random() - 2;
    const came = random() < chanceOf(sign);
    const times = { since: i * 3_600_000, endedAt: (i + 1) * 3_600_000 };
    const seen = held([1, sign, 0]);
    return { mode: 'battery', subject: `site-${i}`, ...times, seen, came, leadHours: null, most: 0.5 };
  });
}

describe('a model of a mode', () => {
  it('of warnings that it gives seven in ten, seven in ten come true, once it has seen some hundred cases', () => {
    const chanceOf = (sign: number) => 1 / (1 + Math.exp(-(0.4 + 1.3 * sign)));
    const model = caseFit('battery', examplesOf(500, 7, chanceOf));
    const fresh = examplesOf(2500, 8, chanceOf).map(({ seen, came }) => ({ p: probabilityOf(model, seen[0]!), came }));
    for (const line of [0.1, 0.3, 0.5, 0.7, 0.9]) {
      const near = fresh.filter(({ p }) => Math.abs(p - line) < 0.05);
      const share = near.filter(({ came }) => came).length / near.length;
      expect(Math.abs(share - line)).toBeLessThan(0.12);
    }
  });

  it('of no history is the one that is shipped, and each case moves it a little', () => {
    const { weights, line, reach } = shippedModel('battery').parameters;
    expect(caseFit('battery', [])).toMatchObject({ line, reach });
    for (const [i, weight] of caseFit('battery', []).weights.entries()) expect(weight).toBeCloseTo(weights[i]!, 6);
    const asked = [1, 0.3, 0.09];
    const chances = [0, 5, 40].map((count) =>
      probabilityOf(
        caseFit(
          'battery',
          examplesOf(count, 3, () => 0).map((one) => ({ ...one, seen: held(asked) })),
        ),
        asked,
      ),
    );
    expect(chances.toSorted((a, b) => b - a)).toEqual(chances);
    expect(chances[1]! - chances[2]!).toBeGreaterThan(0.05);
    expect(chances.at(-1)).toBeLessThan(0.25);
  });

  it('is never certain and never without a number, whatever it has seen', () => {
    const features = fc.array(fc.double({ min: -20, max: 20, noNaN: true }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(fc.array(fc.tuple(features, fc.boolean()), { maxLength: 30 }), features, (cases, asked) => {
        const [base] = examplesOf(1, 1, () => 1);
        const p = probabilityOf(
          caseFit(
            'battery',
            cases.map(([seen, came]) => ({ ...base!, seen: [seen], came })),
          ),
          asked,
        );
        expect(p).toBeGreaterThanOrEqual(0.03 - 1e-9);
        expect(p).toBeLessThanOrEqual(0.97);
      }),
      { numRuns: 60 },
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
  /** Voltages read every quarter of an hour for so long, of a battery that carries its site for `life` hours. */
  function drained(life: number, hours: number, seed: number) {
    const normal = normalFrom(seededRandom(seed));
    const at = Array.from({ length: Math.round(4 * hours) }, (_, i) => (i + 0.5) / 4);
    return { hours: at, x: at.map((hour) => usedPart(voltsAt(hour / life) + 0.1 * normal())!) };
  }

  it('a battery of any usual size is told by its first voltages: the first leaves room, each further one takes some of it', () => {
    let within = 0;
    for (let seed = 1; seed <= 200; seed++) {
      const life = 0.75 * 10 ** (seed / 200);
      const first = drainOf(drained(life, 0.25, seed));
      if (first.earliest <= life && first.latest >= life) within += 1;
      const later = drainOf(drained(life, Math.max(0.75, 0.6 * life), seed));
      expect(Math.abs(Math.log(later.expected / life))).toBeLessThan(0.35);
      expect(later.latest / later.earliest).toBeLessThan(first.latest / first.earliest);
    }
    expect(within / 200).toBeGreaterThanOrEqual(0.8);
  });

  it('a battery that holds its voltage for hours and then falls is told once it falls', () => {
    const hours = Array.from({ length: 16 }, (_, i) => (i + 0.5) / 4);
    const holding = drainOf({ hours, x: hours.map(() => 0.02) });
    expect(holding.expected).toBeGreaterThan(5);
    expect(holding.latest).toBeGreaterThan(10);
    const falling = drainOf({ hours, x: hours.map((_, i) => Math.max(0.02, 0.8 - 0.2 * (15 - i))) });
    expect(falling.earliest).toBeLessThan(4.3);
    expect(falling.latest).toBeLessThan(6.5);
  });

  it('another load, or a voltage that falls straight, moves no date far once half of the way is shown', () => {
    const straight = (from: number) => (part: number) => from - (from - CUT_OFF_V) * part;
    const lighterLoad = (part: number) => CUT_OFF_V + ((voltsAt(part) - CUT_OFF_V) * 8.8) / 7.6;
    for (const voltsOf of [straight(50.5), straight(53.5), lighterLoad])
      for (const life of [1, 2, 4]) {
        const at = Array.from({ length: Math.round(12 * 0.6 * life) }, (_, i) => (i + 0.5) / 12);
        const shown = { hours: at, x: at.map((hour) => usedPart(voltsOf(hour / life))!) };
        const { earliest, expected, latest } = drainOf(shown);
        expect(Math.abs(Math.log(expected / life))).toBeLessThan(0.25);
        expect(earliest).toBeLessThan(1.05 * life);
        expect(latest).toBeGreaterThan(0.95 * life);
        const ahead = voltageAhead(shown);
        expect(Math.abs(ahead(at.at(-1)!).mid - voltsOf(at.at(-1)! / life))).toBeLessThan(0.5);
        expect(ahead(3 * life)).toEqual({ low: CUT_OFF_V, mid: CUT_OFF_V, high: CUT_OFF_V });
      }
  });

  it('a battery that lasts much longer than usual is believed once it has shown it', () => {
    const { earliest, expected, latest } = drainOf(drained(12, 6, 1));
    expect(earliest).toBeLessThan(12);
    expect(Math.abs(expected - 12)).toBeLessThan(1.5);
    expect(latest).toBeGreaterThan(12);
  });

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
    // Above a full one under load: less than nothing is used, and the voltage is kept.
    expect(voltsAt(usedPart(53.5)!)).toBeCloseTo(53.5, 6);
    expect(usedPart(26.4)).toBeUndefined();
  });
});
