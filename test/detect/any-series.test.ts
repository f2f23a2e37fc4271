// The detector for any single series: quiet on what is usual whatever its kind, loud on what is not, and never wiser after the event.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AnySeries } from '../../server/detect/any-series/any-series.ts';
import { ANY_SERIES_1 } from '../../server/detect/any-series/profile.ts';
import { scoreAtLine } from '../score/series/incident-score.ts';
import type { LabelledSeries } from '../score/series/labelled-series.ts';
import { calm, KINDS as KINDS_OF_SCORE, planted, STEPS } from '../score/series/made-kinds.ts';
import { incidents, KINDS, made, type Series, scores } from './made-series.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, START } from './synthetic-network.ts';

const LEARNED = START + 7 * DAY_MS;
/** When the spoiled part begins: well into the third week, at an hour when nothing else happens. */
const SPOILED = START + 17 * DAY_MS + 15 * HOUR_MS;

/** The series with the values from `SPOILED` on, for so many hours, put through `change`. */
function spoiled(kind: string, hours: number, change: (value: number, row: number) => number): Series {
  const { at, values } = made(kind, 5);
  const isIn = (time: number) => time >= SPOILED && time < SPOILED + hours * HOUR_MS;
  const first = at.findIndex(isIn);
  return { at, values: values.map((value, i) => (isIn(at[i]!) ? change(value, i - first) : value)) };
}

/** How long after the spoiled part began the first alarm came, in hours; undefined when none came while it lasted. */
function delayHours(series: Series, hours: number): number | undefined {
  const given = scores(series);
  const first = series.at.findIndex((at, i) => at >= SPOILED && at < SPOILED + hours * HOUR_MS && given[i]! >= 0.5);
  return first < 0 ? undefined : (series.at[first]! - SPOILED) / HOUR_MS;
}

describe('what is usual', () => {
  const most: Record<string, number> = {
    'a weekly season': 8,
    'heavy tails': 7,
    'rare counts': 5,
    'two levels in turn': 4,
  };

  test.each(Object.keys(KINDS))('%s raises few alarms in three weeks, none in most of them', (kind) => {
    const counts = [1, 2, 3].map((seed) => {
      const series = made(kind, seed);
      return incidents(series, scores(series), LEARNED).length;
    });
    expect(counts.toSorted((a, b) => a - b)[1]).toBeLessThanOrEqual(most[kind] ?? 1);
  });

  test('a constant raises none at all', () => {
    const series = made('a constant', 1);
    expect(Math.max(...scores(series))).toBeLessThan(0.5);
  });
});

describe('at the shipped line', () => {
  const HEAVY = ['heavy-tailed noise', 'lognormal noise', 'rare counts', 'mostly zero', 'a share near its limit'];
  const even = Object.keys(KINDS_OF_SCORE).filter((kind) => !HEAVY.includes(kind));
  const steps = STEPS.filter(({ name }) => name === '15 min' || name === '1 h');
  const judged = (series: LabelledSeries) => ({ series, scores: scores(series) });
  const falseAWeek = (kinds: readonly string[]) => {
    const series = kinds.flatMap((kind) => steps.flatMap((step) => [21, 22].map((seed) => calm(kind, step, seed))));
    const { falseIncidents, seriesWeeks } = scoreAtLine(series.map(judged), 0.5);
    return falseIncidents / seriesWeeks;
  };

  test('series of even noise, seasons, drifts, counts and gaps together raise no more than a false alarm in four weeks', () => {
    expect(falseAWeek(even)).toBeLessThanOrEqual(0.25);
  });

  test.each(even)('%s raises no more than one in two weeks', (kind) => {
    expect(falseAWeek([kind])).toBeLessThanOrEqual(0.5);
  });

  test.each(HEAVY)('%s, where monsters are the rule, raises no more than two a week', (kind) => {
    expect(falseAWeek([kind])).toBeLessThanOrEqual(2);
  });

  test('three in five of what is planted is found, in series of every kind and step together', () => {
    const { found, incidents: all } = scoreAtLine(
      Object.keys(KINDS_OF_SCORE).flatMap((kind) => STEPS.slice(1).map((step) => judged(planted(kind, step, 23)))),
      0.5,
    );
    expect(found / all).toBeGreaterThan(0.6);
  });
});

describe('what is not usual is found at once', () => {
  test.each<[string, string, number, (value: number, row: number) => number]>([
    ['a spike', 'noise', 0.2, (value) => value + 80],
    ['a spike in what never moved', 'a constant', 0.2, () => 43],
    ['a level shift', 'a wandering level', 12, (value) => value + 40],
    ['a fall to zero by day', 'a daily season', 3, () => 0],
    ['a peak of the day at night', 'a daily season', 3, () => 290],
    ['a burst of rare counts', 'rare counts', 3, () => 6],
    ['a monster among heavy tails', 'heavy tails', 0.2, () => 40_000],
    ['a break of a trend', 'a trend', 12, (value) => value - 150],
  ])('%s (%s)', (_, kind, hours, change) => {
    expect(delayHours(spoiled(kind, hours, change), hours)).toBeLessThanOrEqual(1);
  });

  test.each<[string, string, number, (value: number, row: number) => number]>([
    ['a series that stands still', 'noise', 12, () => 100],
    ['unrest', 'noise', 12, (value) => 100 + 4 * (value - 100)],
    ['values that are missing', 'noise', 3, () => Number.NaN],
    ['a counter that no longer counts', 'a counter', 12, (_, row) => 192_000 + row * 0],
  ])('%s, within three hours (%s)', (_, kind, hours, change) => {
    expect(delayHours(spoiled(kind, hours, change), hours)).toBeLessThanOrEqual(3);
  });
});

describe('an incident', () => {
  test('is one alarm, not one for each of its rows', () => {
    const series = spoiled('a wandering level', 24, (value) => value + 40);
    const rows = scores(series).filter(
      (score, i) => score >= 0.5 && series.at[i]! >= SPOILED && series.at[i]! < SPOILED + DAY_MS,
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.length).toBeLessThanOrEqual(6);
  });

  test('that stays becomes the usual: days later the new level is quiet', () => {
    const series = spoiled('a wandering level', 11 * 24, (value) => value + 40);
    expect(incidents(series, scores(series), SPOILED + 3 * DAY_MS).length).toBeLessThanOrEqual(1);
  });
});

describe('a score', () => {
  const odd = fc.array(
    fc.tuple(
      fc.oneof(
        fc.nat(10_000).map((minutes) => START + minutes * MINUTE_MS),
        // As far as dates go.
        fc.double({ noNaN: true, min: -8.64e15, max: 8.64e15 }),
      ),
      fc.oneof(fc.constant(0), fc.constant(Number.NaN), fc.integer(), fc.double({ noDefaultInfinity: true })),
    ),
    { maxLength: 300 },
  );

  test('lies between 0 and 1 for whatever comes, in whatever order of time', () => {
    fc.assert(
      fc.property(odd, (rows) => {
        const detector = new AnySeries(ANY_SERIES_1);
        for (const [at, value] of rows)
          expect(detector.judge(at, value)).toSatisfy((score) => score >= 0 && score <= 1);
      }),
    );
  });

  test('does not change when more rows follow', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(KINDS)),
        fc.nat(1000),
        fc.integer({ min: 1, max: 900 }),
        (kind, seed, cut) => {
          const whole = made(kind, seed, 4);
          const start = { at: whole.at.slice(0, cut), values: whole.values.slice(0, cut) };
          expect(scores(start)).toEqual(scores(whole).slice(0, cut));
        },
      ),
      { numRuns: 30 },
    );
  });

  test('is the same whatever the unit: the series in thousandths scores alike', () => {
    const series = made('a daily season', 3, 10);
    const small = scores({ at: series.at, values: series.values.map((value) => value / 1024) });
    for (const [i, score] of scores(series).entries()) expect(small[i]).toBeCloseTo(score, 6);
  });
});
