// Stars of many people: means by group that add up, what changed, and nothing told of small groups.

import { describe, expect, it } from 'vitest';
import {
  countsOf,
  MOST_GROUPS,
  movedBy,
  OTHERS,
  partBy,
  type Scores,
  type SummaryInput,
  summarise,
} from '../../server/experience/summary.ts';

const scores = (size: number, of: (person: number) => number): Scores =>
  Float32Array.from({ length: size }, (_, i) => of(i));

/** 60 people of the Harbour, 30 of the Hill, 5 of the Ridge; the first third of each of tier gold. */
const PEOPLE = [
  ...Array.from({ length: 60 }, (_, i) => ({ area: 'Harbour', tier: i < 20 ? 'gold' : '3' })),
  ...Array.from({ length: 30 }, (_, i) => ({ area: 'Hill', tier: i < 12 ? 'gold' : '3' })),
  ...Array.from({ length: 5 }, () => ({ area: 'Ridge', tier: '3' })),
];
const SIZE = PEOPLE.length;
const areas = partBy(SIZE, (i) => PEOPLE[i]!.area);
const tiers = partBy(SIZE, (i) => PEOPLE[i]!.tier);
const now = scores(SIZE, (i) => (PEOPLE[i]!.area === 'Harbour' ? 80 : 50));
const before = scores(SIZE, () => 80);
const input: SummaryInput = { groups: areas, across: tiers, now, before, days: [undefined, before, now] };

describe('the summary of stars', () => {
  it('has the mean of everybody, and what it was a week before', () => {
    const { people, meanScore, stars, before: earlier } = summarise(input);
    expect({ people, meanScore, stars, earlier }).toEqual({
      ...{ people: 95, meanScore: 68.9, stars: 3.4, earlier: { meanScore: 80, stars: 4 } },
    });
  });

  it('has the worst group first, with its change in stars and its history; unknown days are null', () => {
    const [worst] = summarise({
      ...input,
      groups: partBy(SIZE, (i) => (PEOPLE[i]!.area === 'Harbour' ? 'Harbour' : 'Else')),
    }).groups;
    expect(worst).toMatchObject({ key: 'Else', people: 35, meanScore: 50, stars: 2.5, change: -1.5 });
    expect(worst!.history).toEqual([null, 4, 2.5]);
  });

  it('tells nothing of a small group, nor of the one that would give it away', () => {
    const { groups } = summarise(input);
    const byKey = Object.fromEntries(groups.map((group) => [group.key, group]));
    expect(byKey.Ridge).toMatchObject({
      people: '<10',
      meanScore: null,
      stars: null,
      change: null,
      history: [null, null, null],
    });
    expect(byKey.Hill).toMatchObject({ people: 'hidden', meanScore: null });
    expect(byKey.Harbour).toMatchObject({ people: 60, stars: 4 });
  });

  it('has the same people by the second key; a hidden part has no stars either', () => {
    const { groups } = summarise(input);
    for (const { across } of groups) {
      expect(across.map(({ key }) => key)).toEqual(tiers.keys);
      for (const { people, stars } of across) if (typeof people !== 'number') expect(stars).toBeNull();
    }
    const alone = summarise({ ...input, across: areas, groups: areas }).groups.map(({ across }) => across);
    expect(alone).toEqual([[], [], []]);
  });

  it('leaves people of whom nothing is known out of the mean and in the count', () => {
    const half = scores(40, (i) => (i < 20 ? 60 : Number.NaN));
    const one = partBy(40, () => 'all');
    const { groups } = summarise({ groups: one, across: one, now: half, before: undefined, days: [] });
    expect(groups[0]).toMatchObject({ people: 40, meanScore: 60, change: null });
  });

  it('does not count who is left out', () => {
    const some = partBy(40, (i) => (i < 15 ? undefined : i < 20 ? null : 'all'));
    const { people, groups } = summarise({
      groups: some,
      across: some,
      now: scores(40, () => 60),
      before: undefined,
      days: [],
    });
    expect(people).toBe(25);
    expect(groups.map(({ key }) => key)).toEqual(['', 'all']);
  });

  it('puts the smallest of very many groups together', () => {
    const many = partBy(5000, (i) => (i < 4000 ? `cell-${i % 400}` : `cell-${i}`));
    expect(many.keys).toHaveLength(MOST_GROUPS);
    expect(many.keys.at(-1)).toBe(OTHERS);
    expect(countsOf(many).reduce((a, b) => a + b)).toBe(5000);
  });

  it('says by how many points a dimension moved the mean', () => {
    const ten = partBy(10, () => 'all');
    const weights = scores(10, () => 0.4);
    const fell = movedBy(
      ten,
      weights,
      scores(10, (i) => (i < 5 ? 40 : 80)),
      scores(10, () => 80),
    );
    expect(fell).toBe(-8);
    expect(
      movedBy(
        ten,
        weights,
        scores(10, () => Number.NaN),
        scores(10, () => 80),
      ),
    ).toBe(0);
  });

  it('of 100,000 people in 12 areas and 7 tiers over 28 days is there within a moment', () => {
    const size = 100_000;
    const [wide, deep] = [partBy(size, (i) => `area ${i % 12}`), partBy(size, (i) => `tier ${i % 7}`)];
    const day = scores(size, (i) => i % 100);
    const begin = performance.now();
    summarise({ groups: wide, across: deep, now: day, before: day, days: Array.from({ length: 28 }, () => day) });
    expect(performance.now() - begin).toBeLessThan(400);
  });
});
