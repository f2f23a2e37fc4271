// The pretend network's readings: repeatable, believable, alive, and hurt by what the answer key says.

import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { findKpi } from '../../server/model/catalogue.ts';
import { DOWN, type Effects, SILENT, WORKS } from '../../simulators/effects.ts';
import type { Happening } from '../../simulators/faults/happening.ts';
import { MAX_ROWS } from '../../simulators/network.ts';
import { energySaving } from '../../simulators/nuisances/energy-saving.ts';
import { buildCity } from '../../simulators/world/bay-city.ts';
import { DAY, MONDAY, make, mean, readings, type SentReading } from './made.ts';

const HOUR = 3_600_000;

function digest(seed: number): string {
  const hash = createHash('sha256');
  const { network, era } = make(seed, { days: 3 });
  for (const { deliveries } of network.batches(era.liveFrom)) {
    for (const { body } of deliveries) hash.update(body);
  }
  return hash.digest('hex');
}

function happening(cells: readonly number[], act: (effects: Effects, cell: number) => void): Happening {
  const [onset, repair] = [MONDAY + 12 * HOUR, MONDAY + 15 * HOUR];
  const times = { from: onset, until: repair, onset, repair, hurtsFrom: onset, precursorFrom: null };
  const apply = (effects: Effects) => {
    for (const cell of cells) act(effects, cell);
  };
  return { id: 'f', nature: 'fault', kind: 'cell-outage', cells, ...times, hurt: 1, isHidden: false, apply };
}

/** Readings of one Monday with one thing going wrong, and the same Monday without it. */
function withAndWithout(event: Happening): { hurt: SentReading[]; well: SentReading[]; ids: string[] } {
  const during = ({ at }: SentReading) => at > event.from && at <= event.until;
  const [hurt, well] = [[event], []].map((plan) =>
    readings(make(1, { days: 1, plan }).network, MONDAY + DAY).filter(during),
  );
  const { cells } = buildCity(1, 12);
  return { hurt: hurt!, well: well!, ids: event.cells.map((c) => cells[c]!.cell.id) };
}

const valuesOf = (list: readonly SentReading[], kpi: string) =>
  list.map(({ kpis }) => kpis[kpi]).filter((value) => value !== undefined);

describe('the readings of the pretend network', () => {
  it('are the same bytes for the same seed, and others for another', () => {
    expect(digest(5)).toBe(digest(5));
    expect(digest(6)).not.toBe(digest(5));
  });

  it('come in the order of time, every cell of a period together, some thousands to a request', () => {
    const { network, era, city } = make(1, { days: 3, plan: [] });
    const batches = [...network.batches(era.liveFrom)];
    expect(batches.every(({ rows }) => rows <= MAX_ROWS && rows % city.cells.length === 0)).toBe(true);
    expect(batches.reduce((sum, { rows }) => sum + rows, 0)).toBe(city.cells.length * 3 * 96);
    const all = readings(make(1, { days: 3, plan: [] }).network, era.liveFrom);
    expect(all.every((reading, i) => i === 0 || reading.at >= all[i - 1]!.at)).toBe(true);
    expect(all.at(-1)?.at).toBe(era.liveFrom);
  });

  it('hold at least twelve known KPIs within the ranges of the catalogue, counts whole, and successes never above attempts', () => {
    const { network, era } = make(2, { days: 6 });
    for (const { cell, kpis } of readings(network, era.liveFrom)) {
      for (const [id, value] of Object.entries(kpis)) {
        const { range, unit, aggregation } = findKpi(id)!;
        if (value < range[0] || value > range[1]) expect.fail(`${cell} ${id} ${value} is out of range`);
        if (unit === '' && aggregation === 'sum' && !Number.isInteger(value)) expect.fail(`${id} ${value} is no count`);
      }
      if (kpis.availability_pct === 100 && kpis.saving_s === undefined && kpis.active_users! > 0) {
        expect(Object.keys(kpis).length).toBeGreaterThanOrEqual(12);
        expect(kpis.setup_successes).toBeLessThanOrEqual(kpis.setup_attempts!);
        expect(kpis.abnormal_releases).toBeLessThanOrEqual(kpis.session_releases!);
        expect(kpis.handover_successes).toBeLessThanOrEqual(kpis.handover_attempts!);
      }
    }
  });

  it('leave ratios to the receiver', () => {
    const { network } = make(1, { days: 1, plan: [] });
    const ids = new Set(readings(network, MONDAY + DAY).flatMap(({ kpis }) => Object.keys(kpis)));
    expect([...ids].filter((id) => /success_pct|drop_rate/.test(id))).toEqual([]);
  });

  it('show day and night, and offices that rest on Sunday', () => {
    const { network, era } = make(3, { days: 14, plan: [] });
    const office = readings(network, era.liveFrom).filter(({ cell }) => /^north-quay-\d+-a$/.test(cell));
    const load = (day: number, hour: number) =>
      mean(
        office
          .filter(({ at }) => Math.floor((at - 1 - MONDAY) / DAY) % 7 === day)
          .filter(({ at }) => Math.floor(((at - 1) % DAY) / HOUR) === hour)
          .map(({ kpis }) => kpis.active_users!),
      );
    expect(load(1, 11)).toBeGreaterThan(3 * load(1, 3));
    expect(load(1, 11)).toBeGreaterThan(1.4 * load(6, 11));
    expect(Math.abs(load(1, 11) / load(2, 11) - 1)).toBeLessThan(0.3);
  });

  it('slow down when a cell is full', () => {
    const { network } = make(1, { days: 2, plan: [] });
    const lte = readings(network, MONDAY + 2 * DAY).filter(({ cell }) => cell === 'old-harbour-2-a');
    const byLoad = [...lte].sort((a, b) => a.kpis.prb_util_pct! - b.kpis.prb_util_pct!);
    const speed = (part: SentReading[]) => mean(valuesOf(part, 'dl_throughput_mbps'));
    expect(speed(byLoad.slice(0, 40))).toBeGreaterThan(1.3 * speed(byLoad.slice(-40)));
  });

  it('put capacity carriers to sleep at night, which is no fault', () => {
    const saving = energySaving(1, buildCity(1, 12), MONDAY, MONDAY + DAY)!;
    const { network } = make(1, { days: 1, plan: [saving] });
    const asleep = readings(network, MONDAY + DAY).filter(({ kpis }) => kpis.saving_s);
    expect(asleep.length).toBeGreaterThan(0);
    expect(asleep.every(({ cell, kpis }) => cell.endsWith('-nr') && kpis.availability_pct === 100)).toBe(true);
    expect(asleep.every(({ at }) => at % DAY <= 7 * HOUR)).toBe(true);
  });
});

describe('a fault of the pretend network', () => {
  it('of power silences the whole site, and the neighbours carry more', () => {
    const { sites, cells } = buildCity(1, 12);
    const site = sites.find(({ district }) => district.en === 'Ferry Hill')!;
    const { hurt, well, ids } = withAndWithout(
      happening(site.cells, (effects, cell) => effects.setState(cell, SILENT)),
    );
    expect(hurt.filter(({ cell }) => ids.includes(cell))).toEqual([]);
    const near = (c: number) =>
      Math.hypot(
        cells[c]!.cell.lat! - cells[site.cells[0]!]!.cell.lat!,
        0.62 * (cells[c]!.cell.lon! - cells[site.cells[0]!]!.cell.lon!),
      );
    const others = cells
      .map((_, c) => c)
      .filter((c) => !site.cells.includes(c) && cells[c]!.carrier.role === 'coverage');
    const neighbours = new Set(
      others
        .sort((a, b) => near(a) - near(b))
        .slice(0, 9)
        .map((c) => cells[c]!.cell.id),
    );
    const users = (list: SentReading[]) =>
      mean(
        valuesOf(
          list.filter(({ cell }) => neighbours.has(cell)),
          'active_users',
        ),
      );
    expect(users(hurt)).toBeGreaterThan(1.1 * users(well));
  });

  it('of power with the cabinet alive reports downtime and no attempts', () => {
    const { hurt, ids } = withAndWithout(happening([0], (effects, cell) => effects.setState(cell, DOWN)));
    const own = hurt.filter(({ cell }) => ids.includes(cell));
    expect(own).toHaveLength(12);
    for (const { kpis } of own) {
      expect(kpis).toMatchObject({ availability_pct: 0, fault_unavail_s: 900, setup_attempts: 0, active_users: 0 });
      expect(kpis.dl_throughput_mbps).toBeUndefined();
    }
  });

  it('of planned work reports planned downtime, never a fault', () => {
    const { hurt, ids } = withAndWithout(happening([0], (effects, cell) => effects.setState(cell, WORKS)));
    for (const { kpis } of hurt.filter(({ cell }) => ids.includes(cell))) {
      expect(kpis.planned_unavail_s).toBe(900);
      expect(kpis.fault_unavail_s).toBeUndefined();
    }
  });

  it('of interference lifts the noise of that cell alone, drops more calls and slows the uplink', () => {
    const { hurt, well, ids } = withAndWithout(
      happening([0], ({ ulNoiseDb }, cell) => {
        ulNoiseDb[cell] = 16;
      }),
    );
    const own = (list: SentReading[], kpi: string) =>
      mean(
        valuesOf(
          list.filter(({ cell }) => cell === ids[0]),
          kpi,
        ),
      );
    expect(own(hurt, 'ul_interference_dbm') - own(well, 'ul_interference_dbm')).toBeCloseTo(16, -0.5);
    expect(own(hurt, 'abnormal_releases')).toBeGreaterThan(4 * own(well, 'abnormal_releases'));
    expect(own(hurt, 'ul_throughput_mbps')).toBeLessThan(0.6 * own(well, 'ul_throughput_mbps'));
    const others = (list: SentReading[]) => list.filter(({ cell }) => cell !== ids[0]);
    expect(others(hurt)).toEqual(others(well));
  });
});
