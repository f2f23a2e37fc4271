// The radio samples of the pretend city: repeatable, physical, measured where people are, and gone while a cell is off air.

import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Effects, WORKS } from '../../simulators/effects.ts';
import type { Happening } from '../../simulators/faults/happening.ts';
import { Air } from '../../simulators/radio/air.ts';
import { crestLossDb } from '../../simulators/radio/path-loss.ts';
import { Samples, SENTINEL_SHARE, type SentSample, samplesNdjson } from '../../simulators/samples.ts';
import { buildCity } from '../../simulators/world/bay-city.ts';
import { ownTransmitters, RIVAL } from '../../simulators/world/masts.ts';
import { at, toDegrees } from '../../simulators/world/places.ts';
import { crossing, RIDGES, ROADS, WEAK_PLACES, walk } from '../../simulators/world/terrain.ts';
import { DAY, MONDAY } from './made.ts';

const HOUR = 3_600_000;
const city = buildCity(1, 60);

function samples(seed: number, plan: Happening[] = [], from = MONDAY, perDay = 3000): Samples {
  const own = seed === 1 ? city : buildCity(seed, 60);
  return new Samples(seed, own, plan, { from: MONDAY, liveFrom: MONDAY + 28 * DAY, periodSeconds: 900 }, perDay, from);
}

const digest = (list: readonly SentSample[]) => createHash('sha256').update(samplesNdjson(list)).digest('hex');
const levels = (list: readonly SentSample[]) => list.flatMap(({ rsrpDbm }) => (isLevel(rsrpDbm) ? [rsrpDbm!] : []));
const isLevel = (value: number | null) => value !== null && value > -139;
const median = (list: number[]) => list.sort((a, b) => a - b)[list.length >> 1]!;

describe('the radio samples of the pretend city', () => {
  let days: SentSample[];
  beforeAll(() => {
    days = samples(1).take(MONDAY + 2 * DAY);
  });

  it('are the same bytes for the same seed, and others for another', () => {
    const two = (seed: number) => digest(samples(seed).take(MONDAY + 6 * HOUR));
    expect(two(1)).toBe(two(1));
    expect(two(2)).not.toBe(two(1));
  });

  it('are the same whether they are asked for at once or bit by bit, and from a later start on', () => {
    const bits = samples(1);
    const list = [...bits.take(MONDAY + 0.3 * HOUR), ...bits.take(MONDAY + 7 * HOUR), ...bits.take(MONDAY + 2 * DAY)];
    expect(digest(list)).toBe(digest(days));
    const late = samples(1, [], MONDAY + 30.5 * HOUR).take(MONDAY + 2 * DAY);
    expect(digest(late)).toBe(digest(days.filter((sample) => sample.at > MONDAY + 30.5 * HOUR)));
  });

  it('come in the order of time, about as many a day as asked for, most of them by devices of our people', () => {
    expect(days.every((sample, i) => i === 0 || sample.at >= days[i - 1]!.at)).toBe(true);
    const devices = days.filter(({ kind }) => kind === 'mdt');
    expect(devices.length).toBeGreaterThan(5000);
    expect(devices.length).toBeLessThan(7500);
    const ours = devices.filter(({ operator }) => operator !== RIVAL);
    expect(ours.length / devices.length).toBeGreaterThan(0.7);
    const known = new Set(city.cells.map(({ cell }) => cell.id));
    expect(ours.every(({ cell, radio }) => known.has(cell) && (radio === 'NR') === cell.endsWith('-nr'))).toBe(true);
    expect(devices.filter(({ operator }) => operator === RIVAL).every(({ cell }) => !known.has(cell))).toBe(true);
    expect(days.some(({ radio }) => radio === 'NR')).toBe(true);
  });

  it('lie within what a device can measure', () => {
    for (const { rsrpDbm, sinrDb, dlMbps } of days) {
      if (!isLevel(rsrpDbm)) continue;
      expect(rsrpDbm).toBeGreaterThanOrEqual(-127);
      expect(rsrpDbm).toBeLessThanOrEqual(-40);
      expect(sinrDb).toBeGreaterThanOrEqual(-25);
      expect(sinrDb).toBeLessThanOrEqual(40);
      if (dlMbps !== undefined) expect(dlMbps).toBeGreaterThanOrEqual(0);
    }
  });

  it('fall with the distance from the cell that serves', () => {
    const place = new Map(city.cells.map(({ cell }) => [cell.id, cell]));
    const at = ({ cell, lat, lon }: SentSample) => {
      const own = place.get(cell)!;
      return Math.hypot((lat - own.lat!) * 111.2, (lon - own.lon!) * 68.7);
    };
    const ours = days.filter(({ cell, radio, indoor }) => place.has(cell) && radio === 'LTE' && indoor === false);
    const medians = [0, 0.2, 0.4, 0.8].map((from, i, all) =>
      median(levels(ours.filter((one) => at(one) >= from && at(one) < (all[i + 1] ?? 1.6)))),
    );
    expect(medians.every((level, i) => i === 0 || level < medians[i - 1]! - 2)).toBe(true);
  });

  it('are weaker indoors, and say so', () => {
    const ours = days.filter(({ operator, radio, kind }) => operator !== RIVAL && radio === 'LTE' && kind === 'mdt');
    const inside = median(levels(ours.filter(({ indoor }) => indoor)));
    expect(median(levels(ours.filter(({ indoor }) => !indoor)))).toBeGreaterThan(inside + 4);
  });

  it('hold values that mean "not measured", in the share that was set', () => {
    const odd = days.filter(({ rsrpDbm }) => !isLevel(rsrpDbm));
    expect(new Set(odd.map(({ rsrpDbm }) => rsrpDbm))).toEqual(new Set([null, -200, -140]));
    expect(Math.abs(odd.length / days.length - SENTINEL_SHARE)).toBeLessThan(0.004);
  });

  it('come from a car on its day, that hears both operators along the road', () => {
    const driven = days.filter(({ kind }) => kind === 'drive');
    expect(driven.every((one) => Math.floor(one.at / DAY) * DAY === MONDAY + DAY)).toBe(true);
    expect(new Set(driven.map(({ operator }) => operator)).size).toBe(2);
    const road = walk(ROADS[0]!.way, 0.025).map((point) => toDegrees(point));
    expect(driven.every(({ lat, lon }) => road.some((point) => point.lat === lat && point.lon === lon))).toBe(true);
  });

  it('name no cell while it is off air, and others serve', () => {
    const { cells, id } = city.sites.find(({ id }) => id === 'old-harbour-1')!;
    const event = {
      ...({ id: 'work', nature: 'nuisance', kind: 'planned-work', cells } as const),
      ...{ from: MONDAY + 8 * HOUR, until: MONDAY + 20 * HOUR, upsetsUntil: MONDAY + 20 * HOUR },
      apply: (effects: Effects) => {
        for (const cell of cells) effects.setState(cell, WORKS);
      },
    };
    const during = (list: SentSample[]) => list.filter((one) => one.at > event.from && one.at <= event.until);
    const hurt = during(samples(1, [event]).take(MONDAY + DAY));
    const well = during(days);
    const ofSite = (list: SentSample[]) => list.filter(({ cell }) => cell.startsWith(`${id}-`)).length;
    expect(ofSite(well)).toBeGreaterThan(20);
    expect(ofSite(hurt)).toBe(0);
    expect(hurt.length).toBeGreaterThan(0.9 * well.length);
  });
});

describe('the planned weak places', () => {
  const air = new Air(1, ownTransmitters(city), city.relief);
  const heard = (eastKm: number, northKm: number) =>
    air.listen(
      at(eastKm, northKm),
      'LTE',
      () => true,
      () => 0.5,
    )?.rsrpDbm ?? -150;

  it.each(WEAK_PLACES.filter(({ indoorLossDb }) => indoorLossDb === 0))('$name is weak out of doors', ({ patch }) => {
    const middle = heard((patch.west + patch.east) / 2, (patch.south + patch.north) / 2);
    expect(middle).toBeLessThan(-104);
  });

  it('are made by geometry: a crest in the way takes most of the signal, none does nothing', () => {
    const [from, to] = [at(0, 9), at(3.3, 7.8)];
    expect(RIDGES.some((ridge) => crossing(from, to, ridge) >= 0)).toBe(true);
    expect(crossing(at(0, 0), at(1, 0), { from: at(0.5, -1), to: at(0.5, 1), heightM: 50 })).toBeCloseTo(0.5);
    expect(crossing(at(0, 0), at(0.4, 0), { from: at(0.5, -1), to: at(0.5, 1), heightM: 50 })).toBe(-1);
    expect(crestLossDb(75, 30, 1000, 300, 1842)).toBeGreaterThan(20);
    expect(crestLossDb(0, 30, 1000, 300, 1842)).toBeLessThan(3);
  });
});
