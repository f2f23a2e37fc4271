// The people of the pretend city: whole, plausible, the same for the same seed; and what they say refers to what there is.

import { beforeAll, describe, expect, it } from 'vitest';
import { SURVEY_SCALES } from '../../server/model/person.ts';
import { type Effects, SILENT } from '../../simulators/effects.ts';
import type { Happening } from '../../simulators/faults/happening.ts';
import { planHappenings } from '../../simulators/faults/plan.ts';
import { Network } from '../../simulators/network.ts';
import { buildPeople, type Person } from '../../simulators/people.ts';
import { bodies, exposureRows, monthRows, profileRows, type Row } from '../../simulators/people-rows.ts';
import { Samples } from '../../simulators/samples.ts';
import { type Answer, answerRow, type Complaint, complaintRow, Voices } from '../../simulators/voices.ts';
import { buildCity } from '../../simulators/world/bay-city.ts';
import { DAY, MONDAY, mean } from './made.ts';

const HOUR = 3_600_000;

const city = buildCity(1, 60);
const era = { from: MONDAY, liveFrom: MONDAY + 28 * DAY, periodSeconds: 900 };
const plan = planHappenings(1, city, era);
const world = new Samples(1, city, [], era, 0, MONDAY);

/** All that these people say while they live through the network of these days. */
function listen(people: Person[], happenings = plan, days = 28): { complaints: Complaint[]; answers: Answer[] } {
  const voices = new Voices(1, people, city, era);
  const network = new Network(1, city, happenings, era, { listeners: [voices.listener] });
  network.skip(MONDAY + days * DAY);
  const byTime = (a: { at: number }, b: { at: number }) => a.at - b.at;
  return { complaints: voices.complaints.sort(byTime), answers: voices.answers.sort(byTime) };
}

const build = (seed: number, count: number) => buildPeople(seed, count, world.settlement, world.own);

describe('the people of the pretend city', () => {
  let people: Person[];
  beforeAll(() => {
    people = build(1, 6000);
  });

  it('are the same for the same seed, and others for another', () => {
    expect(build(1, 100).map(({ home }) => home)).toEqual(people.slice(0, 100).map(({ home }) => home));
    expect(build(2, 100).map(({ home }) => home)).not.toEqual(people.slice(0, 100).map(({ home }) => home));
  });

  it('have numbers of their own, of a range that nobody has', () => {
    expect(new Set(people.map(({ id }) => id)).size).toBe(6000);
    expect(people.every(({ id }) => /^990\d{8}$/.test(id))).toBe(true);
  });

  it('are served by one to nine cells of the inventory, whose parts sum to one', () => {
    const known = new Set(city.cells.map(({ cell }) => cell.id));
    for (const { id, served } of people) {
      const sum = served.reduce((total, { share }) => total + Math.round(1000 * share), 0);
      if (sum !== 1000) expect.fail(`${id}: ${sum} thousandths`);
      expect(served.length).toBeLessThanOrEqual(9);
      expect(new Set(served.map(({ cell }) => cell)).size).toBe(served.length);
      expect(served.every(({ cell, share }) => known.has(cell) && share > 0)).toBe(true);
    }
    expect([...exposureRows(people)]).toHaveLength(people.reduce((sum, { served }) => sum + served.length, 0));
  });

  it('are few in the high tiers, and those pay more and stayed longer; who is new has none', () => {
    const of = (tier: string) => people.filter((person) => person.tier === tier);
    const sizes = ['1', '2', '3', '4', 'silver', 'gold', 'diamond'].map((tier) => of(tier).length);
    expect(sizes.every((size, i) => i < 2 || size < sizes[i - 1]!)).toBe(true);
    expect(of('diamond').length).toBeGreaterThanOrEqual(50);
    expect(of('unrated').every(({ tenureMonths }) => tenureMonths < 6)).toBe(true);
    const spend = (tier: string) => mean(of(tier).map(({ monthlySpend }) => monthlySpend));
    expect(spend('diamond')).toBeGreaterThan(1.5 * spend('1'));
  });

  it('some of them live in weak places, where the level at home is poor', () => {
    const weak = people.filter((person) => person.weak);
    expect(weak.length).toBeGreaterThan(100);
    expect(weak.length).toBeLessThan(900);
    expect(mean(weak.map(({ homeDbm }) => homeDbm))).toBeLessThan(mean(people.map(({ homeDbm }) => homeDbm)) - 15);
  });

  it('are sent with the profile in the newest of three months, and with use by month', () => {
    const rows = [...profileRows(1, people, era.liveFrom)];
    const full = rows.filter(({ tier }) => tier !== undefined);
    expect(full).toHaveLength(6000);
    expect(new Set(rows.map(({ month }) => month))).toEqual(new Set(['2025-12', '2026-01', '2026-02', undefined]));
    const fresh = full.filter(({ activated_at }) => activated_at !== undefined);
    expect(fresh.length).toBeGreaterThan(200);
    expect(fresh.every(({ activated_at }) => Date.parse(String(activated_at)) <= era.liveFrom)).toBe(true);
    for (const { calls, dropped_calls, data_gb, minutes } of rows) {
      if (calls === undefined) continue;
      expect(Number(dropped_calls)).toBeLessThanOrEqual(Number(calls));
      expect(Number(data_gb)).toBeGreaterThanOrEqual(0);
      expect(Number(minutes)).toBeLessThanOrEqual(40_000);
    }
    const march = [...monthRows(1, people, Date.UTC(2026, 2, 1), era.liveFrom)];
    expect(march.every(({ month, tier }) => month === '2026-03' && tier === undefined)).toBe(true);
  });

  it('travel as NDJSON of some thousand lines', () => {
    const rows: Row[] = Array.from({ length: 11_000 }, (_, i) => ({ subscriber: `${i}`, cell: undefined }));
    const sent = [...bodies(rows)];
    expect(sent.map((body) => body.rows)).toEqual([5000, 5000, 1000]);
    expect(new TextDecoder().decode(sent[0]!.ndjson).split('\n', 1)[0]).toBe('{"subscriber":"0"}');
  });

  describe('what they say', () => {
    let voices: ReturnType<typeof listen>;
    beforeAll(() => {
      voices = listen(people);
    });

    it('is the same for the same seed', () => {
      const until = MONDAY + 6 * DAY;
      const rows = ({ complaints, answers }: ReturnType<typeof listen>) => [
        ...complaints.filter(({ at }) => at < until).map((one) => complaintRow(one, until)),
        ...answers.filter(({ at }) => at < until).map(answerRow),
      ];
      expect(rows(voices).length).toBeGreaterThan(50);
      expect(rows(listen(people, plan, 6))).toEqual(rows(voices));
    });

    it('names cells that serve the person, and is answered after it was said, sometimes late or never', () => {
      const answered = voices.complaints.filter(({ answeredAt }) => answeredAt !== undefined);
      expect(answered.length).toBeLessThan(voices.complaints.length);
      expect(answered.some(({ at, answeredAt }) => answeredAt! - at > 2.5 * DAY)).toBe(true);
      for (const { person, cell, at, answeredAt } of voices.complaints) {
        if (cell) expect(person.served.map((one) => one.cell)).toContain(cell);
        if (answeredAt !== undefined) expect(answeredAt).toBeGreaterThan(at);
      }
    });

    it('follows each loss of power by day, within a day of it, from people of the dead cells', () => {
      const byDay = plan.filter(({ kind, from, until }) => {
        const hour = (from % DAY) / HOUR;
        return kind === 'power-loss' && hour > 7 && hour < 20 && until < MONDAY + 27 * DAY;
      });
      expect(byDay.length).toBeGreaterThan(0);
      for (const { cells, from, until } of byDay) {
        const dead = new Set(cells.map((cell) => city.cells[cell]!.cell.id));
        const heard = voices.complaints.filter(
          ({ category, cell, at }) => category === 'outage' && dead.has(cell ?? '') && at > from && at <= until + DAY,
        );
        expect(heard.length).toBeGreaterThan(0);
      }
    });

    it('is more, and the marks are lower, the longer the cells of many are off the air', () => {
      const dark = (hours: number): Happening[] => {
        const cells = city.cells.slice(0, 60).map((_, index) => index);
        const [from, until] = [MONDAY + 10 * HOUR, MONDAY + (10 + hours) * HOUR];
        const apply = (effects: Effects) => {
          for (const cell of cells) effects.setState(cell, SILENT);
        };
        return [
          {
            ...{ nature: 'nuisance', kind: 'planned-work', id: 'dark', cells, from, until },
            upsetsUntil: until,
            apply,
          },
        ];
      };
      const [calm, short, long] = [[], dark(1), dark(6)].map((happenings) => listen(people, happenings, 4));
      const outages = ({ complaints }: ReturnType<typeof listen>) =>
        complaints.filter(({ category }) => category === 'outage').length;
      expect(outages(calm!)).toBe(0);
      expect(outages(short!)).toBeGreaterThan(20);
      expect(outages(long!)).toBeGreaterThan(3 * outages(short!));
      const marks = ({ answers }: ReturnType<typeof listen>) =>
        mean(answers.filter(({ scale, at }) => scale === 'nps' && at > MONDAY + DAY).map(({ score }) => score));
      expect(marks(long!)).toBeLessThan(marks(calm!) - 0.1);
    });

    it('comes more often from weak places, and is less content there', () => {
      const weak = people.filter((person) => person.weak).length / people.length;
      const coverage = voices.complaints.filter(({ category }) => category === 'coverage');
      expect(coverage.filter(({ person }) => person.weak).length / coverage.length).toBeGreaterThan(4 * weak);
      const nps = voices.answers.filter(({ scale }) => scale === 'nps');
      const score = (isWeak: boolean) =>
        mean(nps.filter(({ person }) => Boolean(person.weak) === isWeak).map((one) => one.score));
      expect(score(false)).toBeGreaterThan(score(true) + 1);
    });

    it('keeps to the scales, and tells an answer only once it was given', () => {
      for (const { scale, score } of voices.answers) {
        const [low, high] = SURVEY_SCALES[scale];
        expect(score).toBeGreaterThanOrEqual(low);
        expect(score).toBeLessThanOrEqual(high);
      }
      const one = voices.complaints.find(({ answeredAt }) => answeredAt !== undefined)!;
      expect(complaintRow(one, one.at).answered_at).toBeUndefined();
      expect(complaintRow(one, one.answeredAt!).answered_at).toBe(new Date(one.answeredAt!).toISOString());
    });
  });
});
