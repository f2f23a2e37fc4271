// The people of the pretend city: whole, plausible, the same for the same seed; and what they say refers to what there is.

import { beforeAll, describe, expect, it } from 'vitest';
import { SURVEY_SCALES } from '../../server/model/person.ts';
import { isFault } from '../../simulators/faults/happening.ts';
import { planHappenings } from '../../simulators/faults/plan.ts';
import { buildPeople, type Person } from '../../simulators/people.ts';
import { bodies, exposureRows, monthRows, profileRows, type Row } from '../../simulators/people-rows.ts';
import { Samples } from '../../simulators/samples.ts';
import { answerRow, complaintRow, planVoices, type Voices } from '../../simulators/voices.ts';
import { buildCity } from '../../simulators/world/city.ts';
import { DAY, MONDAY, mean } from './made.ts';

const city = buildCity(1, 60);
const era = { from: MONDAY, liveFrom: MONDAY + 28 * DAY, periodSeconds: 900 };
const plan = planHappenings(1, city, era);
const world = new Samples(1, city, [], era, 0, MONDAY);
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
    let voices: Voices;
    beforeAll(() => {
      voices = planVoices(1, people, city, plan, era);
    });

    it('is the same for the same seed, in the order of time', () => {
      const rows = ({ complaints, answers }: Voices) => [
        ...complaints.map((one) => complaintRow(one, era.liveFrom)),
        ...answers.map(answerRow),
      ];
      expect(rows(planVoices(1, people, city, plan, era))).toEqual(rows(voices));
      for (const list of [voices.complaints, voices.answers]) {
        expect(list.length).toBeGreaterThan(100);
        expect(list.every((one, i) => i === 0 || one.at >= list[i - 1]!.at)).toBe(true);
      }
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

    it('follows a fault on the cells that failed, within a day', () => {
      const outages = voices.complaints.filter(({ category }) => category === 'outage');
      expect(outages.length).toBeGreaterThan(10);
      for (const { at, cell } of outages) {
        const caused = plan
          .filter(isFault)
          .some(
            ({ cells, onset }) => at > onset && at <= onset + DAY && cells.some((c) => city.cells[c]!.cell.id === cell),
          );
        expect(caused).toBe(true);
      }
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
