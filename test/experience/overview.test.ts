// Sums over everybody: who counts at this hour, by which key, and how strong the links are, over a real population.

import { describe, expect, it } from 'vitest';
import { Everybody } from '../../server/experience/everybody.ts';
import type { Hurting } from '../../server/experience/impact.ts';
import { ImpactBook } from '../../server/experience/impact-book.ts';
import { Overview, type Scoring, type Standing } from '../../server/experience/overview.ts';
import { Population } from '../../server/experience/population.ts';
import { DIMENSIONS } from '../../server/model/star.ts';

const SIZE = 400;
const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 2, 17, 12);
const idOf = (person: number) => `p-${person.toString(16).padStart(16, '0')}`;

function town() {
  const population = new Population();
  for (let person = 0; person < SIZE; person++) {
    const subscriber = idOf(person);
    population.putSubscriber({ subscriber, tier: person % 4 ? '3' : 'gold', plan: 'plan-50', left: person < 100 });
    population.putExposure({ subscriber, cell: person % 2 ? 'hill-1' : 'pier-1', share: 0.7 });
    population.putExposure({ subscriber, cell: 'town-1', share: 0.3 });
  }
  return population;
}

/** Half of the people, those of the hill, fell by 20 within the week. */
function scoringOf(population: Population): Scoring {
  const standing = (fell: number): Standing => {
    const scores = Float32Array.from(
      { length: population.size },
      (_, person) => 70 - (person % 2 ? fell : 0) - person / 1000,
    );
    const by = <T>(of: (id: string) => T) => Object.fromEntries(DIMENSIONS.map((id) => [id, of(id)]));
    const none = scores.map(() => Number.NaN);
    return {
      at: NOW,
      total: scores,
      dimensions: by((id) => (id === 'network' ? scores : none)) as Standing['dimensions'],
      weights: by((id) => scores.map(() => (id === 'network' ? 1 : 0))) as Standing['weights'],
    };
  };
  return {
    version: 1,
    priorityOf: (person) => person,
    totals: async (daysAgo) => (daysAgo > 10 ? undefined : standing(daysAgo >= 7 ? 0 : 20).total),
    standing: async (daysAgo) => standing(daysAgo >= 7 ? 0 : 20),
    usual: () => 80,
    present: () => null,
  };
}

const weighing = { networkWeightOf: () => 0.4, localHour: () => 10 };
const areaOf = (cell: string) => cell.split('-')[0]!;

describe('everybody', () => {
  it('counts on a cell with its share of all use', () => {
    const seen: number[] = [];
    new Everybody(town(), weighing).eachOn('town-1', (_, share) => seen.push(share));
    expect(seen).toHaveLength(300);
    expect(seen[0]).toBeCloseTo(0.3, 5);
  });

  it('whose use is known by the hour counts with the share of this hour', () => {
    const population = new Population();
    const put = (cell: string, hour?: number) =>
      population.putExposure({ subscriber: idOf(1), cell, share: 1, ...(hour !== undefined && { hour }) });
    for (const hour of [9, 10, 11]) put('office', hour);
    put('home', 20);
    const shareOn = (cell: string, hour: number) => {
      let found = -1;
      new Everybody(population, { ...weighing, localHour: () => hour }).eachOn(cell, (_, share) => {
        found = share;
      });
      return found;
    };
    expect([shareOn('office', 10), shareOn('home', 10), shareOn('home', 20)]).toEqual([1, 0, 1]);
  });

  it('is mainly on the cell with the largest share', () => {
    const everybody = new Everybody(town(), weighing);
    expect([everybody.mainCellOf(100), everybody.mainCellOf(101)]).toEqual(['pier-1', 'hill-1']);
  });
});

describe('the overview', () => {
  const population = town();
  const overview = new Overview(new Everybody(population, weighing), scoringOf(population));

  it('has the area that fell first, its change and four weeks of history; who left is not counted', async () => {
    const all = await overview.stars('area', areaOf);
    expect(all.people).toBe(300);
    expect(all.groups.map(({ key, people, change }) => [key, people, change])).toEqual([
      ['hill', 150, -1],
      ['pier', 150, 0],
    ]);
    expect(all.groups[0]!.history).toHaveLength(28);
    expect(all.groups[0]!.history.slice(0, 17).every((stars) => stars === null)).toBe(true);
    expect(all.moved[0]).toMatchObject({ id: 'network', points: -10 });
  });

  it('parts the same people by every key', async () => {
    for (const by of ['tier', 'plan', 'cell', 'area'] as const) {
      const { groups } = await overview.stars(by, areaOf);
      expect(groups.reduce((sum, { people }) => sum + (people as number), 0)).toBe(300);
    }
  });

  it('measures the link to who left and who is dissatisfied, once somebody said something', async () => {
    for (let person = 0; person < SIZE; person++) {
      const subscriber = idOf(person);
      if (person % 2)
        population.putSurvey({ subscriber, at: NOW - DAY_MS, scale: 'csat', score: person % 4 === 1 ? 1 : 5 });
      if (person % 5 === 0) population.putComplaint({ subscriber, at: NOW - DAY_MS });
    }
    const { links } = await new Overview(new Everybody(population, weighing), scoringOf(population)).stars(
      'tier',
      areaOf,
    );
    expect(links.map(({ outcome, measure }) => `${outcome} ${measure}`)).toEqual([
      ...['left network', 'left complaints', 'dissatisfied network', 'dissatisfied complaints'],
    ]);
    expect(links[0]).toMatchObject({ people: 400, cases: 100, strength: 'not-shown' });
    expect(links[2]).toMatchObject({ people: 200, cases: 100 });
  });

  it('has nobody at risk while all is well', async () => {
    expect(await overview.atRisk([], areaOf)).toMatchObject({ at: NOW, people: 0, groups: [], subscribers: [] });
  });
});

describe('the book of impacts', () => {
  const said = { code: 'title-down', values: {} };
  const alert: Hurting & { id: string } = {
    ...{ id: 'a', kind: 'fault', severity: 'major', cells: ['hill-1'], title: said, why: said },
  };

  it('has an impact again as it was, and anew when people, hour or trouble have changed', () => {
    const population = town();
    let hour = 1;
    const book = new ImpactBook(new Everybody(population, weighing), scoringOf(population), () => hour);
    const first = book.of(alert);
    expect(first?.subscribers).toBe(150);
    expect(book.of(alert)).toBe(first);
    hour = 2;
    expect(book.of(alert)).not.toBe(first);
    expect(book.of({ ...alert, cells: ['hill-1', 'pier-1'] })?.subscribers).toBe(300);
    population.putExposure({ subscriber: idOf(SIZE), cell: 'hill-1', share: 1 });
    expect(book.of(alert)?.subscribers).toBe(151);
  });

  it('counts people on a part of cells by the part of their use', () => {
    const population = town();
    const book = new ImpactBook(new Everybody(population, weighing), scoringOf(population), () => 1);
    const { people } = book.peopleOn([{ cell: 'hill-1', part: 0.5 }])!;
    expect(Math.abs((people as number) - 150 * 0.7 * 0.5)).toBeLessThan(1);
    expect(
      new ImpactBook(new Everybody(new Population(), weighing), scoringOf(population), () => 1).peopleOn([]),
    ).toBeUndefined();
  });
});
