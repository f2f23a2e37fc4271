// What every store of readings must do; run on each part against the real thing.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ReadingsRecord } from '../../server/model/journal.ts';
import type { Reading } from '../../server/model/reading.ts';
import type { KpiStore } from '../../server/storage/kpi-store.ts';
import { batchOf } from '../batch.ts';

/** A place to keep readings in: opening it again finds what was there. */
export interface StorePlace {
  open(): Promise<{ store: KpiStore; close(): Promise<void> }>;
  remove(): Promise<void>;
}

export const T0 = Date.UTC(2026, 2, 17);
export const MINUTES = 60_000;
const ALL = { from: 0, to: Date.UTC(2100, 0, 1) };

export function recordOf(seq: number, ...readings: Reading[]): ReadingsRecord {
  return { seq, kind: 'readings', batch: batchOf(readings) };
}

export function reading(cell: string, minutes: number, kpis: Record<string, number>, more?: Partial<Reading>): Reading {
  return { cell, at: T0 + minutes * MINUTES, periodSeconds: 300, kpis, ...more };
}

/** Runs the suite on one part; `makePlace` is called for each test and gives an empty place. */
export function kpiStoreContract(name: string, makePlace: () => Promise<StorePlace>): void {
  describe(`the ${name} store of readings`, () => {
    let place: StorePlace;
    let opened: Awaited<ReturnType<StorePlace['open']>>;
    let store: KpiStore;

    const open = async () => {
      opened = await place.open();
      store = opened.store;
    };
    const reopen = async () => {
      await opened?.close();
      await open();
    };
    const all = (cell: string) => store.readings(cell, ALL.from, ALL.to);
    const values = async (cell: string, kpi: string) =>
      (await store.series({ cell, kpi, ...ALL })).map(({ value }) => value);

    beforeEach(async () => {
      place = await makePlace();
      await open();
    });
    afterEach(async () => {
      await opened?.close();
      await place.remove();
    });

    it('says before when nothing is stored', async () => {
      expect(await store.oldest()).toBe(Number.POSITIVE_INFINITY);
      await store.append([
        recordOf(1, reading('A', 10, { drop_rate_pct: 0.25 }), reading('B', 5, { rsrp_dbm: -101.5 })),
        recordOf(2, reading('A', 15, { drop_rate_pct: 0 })),
      ]);
      const oldest = T0 + 5 * MINUTES;
      expect(await store.oldest()).toBeLessThanOrEqual(oldest);
      expect(await store.oldest()).toBeGreaterThan(oldest - 24 * 60 * MINUTES);
    });

    it('gives back what was put in, in order of time', async () => {
      await store.append([
        recordOf(1, reading('A', 10, { drop_rate_pct: 0.25, active_users: 12 }), reading('B', 5, { rsrp_dbm: -101.5 })),
        recordOf(2, reading('A', 5, { drop_rate_pct: 0 })),
      ]);
      expect(await all('A')).toEqual([
        reading('A', 5, { drop_rate_pct: 0 }),
        reading('A', 10, { drop_rate_pct: 0.25, active_users: 12 }),
      ]);
      expect(await store.series({ cell: 'A', kpi: 'drop_rate_pct', ...ALL })).toEqual([
        { at: T0 + 5 * MINUTES, periodSeconds: 300, value: 0 },
        { at: T0 + 10 * MINUTES, periodSeconds: 300, value: 0.25 },
      ]);
    });

    it('has nothing to say about cells, KPIs and times that it has not heard of', async () => {
      expect(await store.position()).toBe(0);
      expect(await all('A')).toEqual([]);
      expect(await values('A', 'drop_rate_pct')).toEqual([]);
      await store.append([recordOf(1, reading('A', 5, { rsrp_dbm: -90 }))]);
      expect(await all('B')).toEqual([]);
      expect(await values('A', 'drop_rate_pct')).toEqual([]);
      expect(await store.readings('A', T0 + 6 * MINUTES, T0 + 60 * MINUTES)).toEqual([]);
    });

    it('merges the parts of one period that different units of a base station report', async () => {
      const du = { prb_util_pct: 55, dl_throughput_mbps: 31.5 };
      const cu = { setup_success_pct: 99.5 };
      await store.append([recordOf(1, reading('A', 5, du, { counters: { 'RRU.PrbTotDl': 55 } }))]);
      await store.append([recordOf(2, reading('A', 5, cu, { counters: { 'RRC.ConnEstabAtt': 200 } }))]);
      expect(await all('A')).toEqual([
        reading('A', 5, { ...du, ...cu }, { counters: { 'RRU.PrbTotDl': 55, 'RRC.ConnEstabAtt': 200 } }),
      ]);
    });

    it('merges parts of one period within one record, the later row winning', async () => {
      await store.append([
        recordOf(1, reading('A', 5, { rsrp_dbm: -90, sinr_db: 9 }), reading('A', 5, { rsrp_dbm: -91, latency_ms: 20 })),
      ]);
      expect(await all('A')).toEqual([reading('A', 5, { rsrp_dbm: -91, sinr_db: 9, latency_ms: 20 })]);
    });

    it('lets the newest value win, and a missing one never replace it', async () => {
      await store.append([
        recordOf(1, reading('A', 5, { rsrp_dbm: -90, sinr_db: 9 }), reading('B', 5, { sinr_db: 1 })),
      ]);
      await store.append([recordOf(2, reading('A', 5, { sinr_db: 7 }), reading('B', 5, { rsrp_dbm: -80 }))]);
      expect(await all('A')).toEqual([reading('A', 5, { rsrp_dbm: -90, sinr_db: 7 })]);
      expect(await values('A', 'rsrp_dbm')).toEqual([-90]);
      expect(await values('A', 'sinr_db')).toEqual([7]);
    });

    it('holds a record once, however often it comes', async () => {
      const first = recordOf(1, reading('A', 5, { active_users: 3 }, { counters: { 'a.b': 1 } }));
      const second = recordOf(2, reading('A', 10, { active_users: 4 }));
      await store.append([first, second]);
      await store.append([first]);
      await store.append([first, second]);
      expect(await store.position()).toBe(2);
      expect(await values('A', 'active_users')).toEqual([3, 4]);
      expect(await all('A')).toHaveLength(2);
    });

    it('puts late data where it belongs', async () => {
      await store.append([recordOf(1, reading('A', 60, { sinr_db: 3 }))]);
      await store.append([recordOf(2, reading('A', -24 * 60, { sinr_db: 1 }), reading('A', 30, { sinr_db: 2 }))]);
      expect(await values('A', 'sinr_db')).toEqual([1, 2, 3]);
    });

    it('keeps periods of different length apart, also when they end together', async () => {
      const hour = { periodSeconds: 3600 };
      await store.append([
        recordOf(1, reading('A', 60, { traffic_gb: 1 }), reading('A', 60, { traffic_gb: 12 }, hour)),
      ]);
      expect(await all('A')).toEqual([reading('A', 60, { traffic_gb: 1 }), reading('A', 60, { traffic_gb: 12 }, hour)]);
      const points = await store.series({ cell: 'A', kpi: 'traffic_gb', ...ALL });
      expect(points.map(({ periodSeconds, value }) => [periodSeconds, value])).toEqual([
        [300, 1],
        [3600, 12],
      ]);
    });

    it('keeps counters as the sender named them, hundreds of them and some in one reading only', async () => {
      const many = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`VS.Counter.${i}`, i * 1.5]));
      await store.append([
        recordOf(
          1,
          reading('A', 5, {}, { counters: many }),
          reading('A', 10, { sinr_db: 1 }),
          reading('B', 5, {}, { counters: { 'VS.Counter.7': -1, only: 2 } }),
        ),
      ]);
      expect(await all('A')).toEqual([reading('A', 5, {}, { counters: many }), reading('A', 10, { sinr_db: 1 })]);
      expect(await all('B')).toEqual([reading('B', 5, {}, { counters: { 'VS.Counter.7': -1, only: 2 } })]);
    });

    it('lets a counter and a KPI have the same name', async () => {
      await store.append([
        recordOf(1, reading('A', 5, { saving_s: 1 }, { counters: { saving_s: 2, suspect: 3, time: 4 } })),
      ]);
      expect(await all('A')).toEqual([
        reading('A', 5, { saving_s: 1 }, { counters: { saving_s: 2, suspect: 3, time: 4 } }),
      ]);
    });

    it('keeps the mark of values that their sender doubts', async () => {
      const suspect = { suspect: true };
      await store.append([recordOf(1, reading('A', 5, { sinr_db: 1 }, suspect), reading('A', 10, { sinr_db: 2 }))]);
      expect(await all('A')).toEqual([reading('A', 5, { sinr_db: 1 }, suspect), reading('A', 10, { sinr_db: 2 })]);
      expect(
        (await store.series({ cell: 'A', kpi: 'sinr_db', ...ALL })).map((point) => point.suspect ?? false),
      ).toEqual([true, false]);
    });

    it('keeps the mark of what came late, beside the other, and of a period any part of which did', async () => {
      const both = { suspect: true, late: true };
      await store.append([recordOf(1, reading('A', 5, { sinr_db: 1 }, both), reading('A', 10, { sinr_db: 2 }))]);
      await store.append([recordOf(2, reading('A', 10, { rsrp_dbm: -90 }, { late: true }))]);
      expect(await all('A')).toEqual([
        reading('A', 5, { sinr_db: 1 }, both),
        reading('A', 10, { sinr_db: 2, rsrp_dbm: -90 }, { late: true }),
      ]);
      const points = await store.series({ cell: 'A', kpi: 'sinr_db', ...ALL });
      expect(points.map(({ suspect, late }) => [suspect, late])).toEqual([
        [true, true],
        [undefined, true],
      ]);
    });

    it('marks a period as suspect once any part of it was', async () => {
      await store.append([recordOf(1, reading('A', 5, { sinr_db: 1 }, { suspect: true }))]);
      await store.append([recordOf(2, reading('A', 5, { rsrp_dbm: -90 }))]);
      expect(await all('A')).toEqual([reading('A', 5, { sinr_db: 1, rsrp_dbm: -90 }, { suspect: true })]);
    });

    it.each([
      ['spaces', 'eNodeB Function Name=Harbour East, Cell Name=H 1'],
      ['quotes', `it's "quoted"`],
      ['commas and equal signs', 'a,b=c,d=e'],
      ['backslashes', 'back\\slash \\, \\= \\" \\n end\\'],
      ['Chinese', '长治市郊区-1'],
      ['an emoji', 'cell 📡'],
      ['line breaks and tabs', 'a\nb\r\nc\td'],
      ['percent signs', '100%25 %5C %'],
      ['a hash', '#1'],
      ['SQL', `'; DROP TABLE readings.recent; --`],
    ])('keeps cells, KPIs and counters whose names have %s', async (_, odd) => {
      await store.append([
        recordOf(1, reading(odd, 5, { [odd]: 1 }, { counters: { [odd]: 2 } }), reading(`${odd}.`, 5, { sinr_db: 3 })),
      ]);
      expect(await all(odd)).toEqual([reading(odd, 5, { [odd]: 1 }, { counters: { [odd]: 2 } })]);
      expect(await values(odd, odd)).toEqual([1]);
      expect(await values(`${odd}.`, 'sinr_db')).toEqual([3]);
    });

    it('tells names apart that differ in case only, or mean something to the store itself', async () => {
      const kpis = { KPI: 1, kpi: 2, time: 3, cell: 4, period: 5, suspect: 6, 'c:x': 7, at_ms: 8 };
      await store.append([recordOf(1, reading('a', 5, kpis), reading('A', 5, { kpi: 20 }))]);
      expect(await all('a')).toEqual([reading('a', 5, kpis)]);
      expect(await values('A', 'kpi')).toEqual([20]);
    });

    it('answers for `from < at <= to`', async () => {
      await store.append([recordOf(1, ...[5, 10, 15, 20].map((minute) => reading('A', minute, { sinr_db: minute })))]);
      const from = T0 + 5 * MINUTES;
      const to = T0 + 15 * MINUTES;
      expect((await store.series({ cell: 'A', kpi: 'sinr_db', from, to })).map(({ value }) => value)).toEqual([10, 15]);
      expect((await store.readings('A', from, to)).map(({ at }) => at)).toEqual([T0 + 10 * MINUTES, to]);
      const everything = { cell: 'A', kpi: 'sinr_db', from: -Infinity, to: Infinity };
      expect(await store.series(everything)).toHaveLength(4);
    });

    it('keeps the newest when more are there than were asked for', async () => {
      const hour = { periodSeconds: 3600 };
      await store.append([
        recordOf(
          1,
          ...[5, 10, 15, 20].map((minute) => reading('A', minute, { sinr_db: minute })),
          reading('A', 10, { sinr_db: 99 }, hour),
        ),
      ]);
      expect((await store.series({ cell: 'A', kpi: 'sinr_db', ...ALL }, 3)).map(({ value }) => value)).toEqual([
        99, 15, 20,
      ]);
      expect((await store.readings('A', ALL.from, ALL.to, 2)).map(({ at }) => at)).toEqual([
        T0 + 15 * MINUTES,
        T0 + 20 * MINUTES,
      ]);
    });

    it('keeps numbers exactly: tiny, huge, negative and zero', async () => {
      const kpis = { a: 1e-300, b: 1.7976931348623157e308, c: -0.1, d: 0, e: 123456789.125, f: 2 ** 53 };
      await store.append([recordOf(1, reading('A', 5, kpis))]);
      expect(await all('A')).toEqual([reading('A', 5, kpis)]);
    });

    it('takes 5,000 readings at once and leaves none out', async () => {
      const readings = Array.from({ length: 5000 }, (_, i) =>
        reading(`cell ${i % 50}`, Math.floor(i / 50) * 5, {
          active_users: i,
          ...(i % 3 === 0 ? { sinr_db: i / 10 } : {}),
        }),
      );
      await store.append([recordOf(1, ...readings)]);
      for (const cell of ['cell 0', 'cell 49']) {
        expect(await all(cell)).toEqual(readings.filter((one) => one.cell === cell));
      }
      let rows = 0;
      for (let i = 0; i < 50; i++) rows += (await values(`cell ${i}`, 'active_users')).length;
      expect(rows).toBe(5000);
    });

    it('answers many questions at once', async () => {
      await store.append([recordOf(1, ...Array.from({ length: 100 }, (_, i) => reading(`c${i}`, 5, { sinr_db: i })))]);
      const answers = await Promise.all(Array.from({ length: 100 }, (_, i) => values(`c${i}`, 'sinr_db')));
      expect(answers).toEqual(Array.from({ length: 100 }, (_, i) => [i]));
    });

    it('has all of it after it was closed and opened again, and goes on from there', async () => {
      await store.append([recordOf(7, reading('A', 5, { sinr_db: 1 }, { counters: { 'x y': 1 } }))]);
      await reopen();
      expect(await store.position()).toBe(7);
      expect(await all('A')).toEqual([reading('A', 5, { sinr_db: 1 }, { counters: { 'x y': 1 } })]);
      await store.append([
        recordOf(7, reading('A', 5, { sinr_db: 1 })),
        recordOf(8, reading('A', 5, { sinr_db: 2, rsrp_dbm: -70 })),
      ]);
      await reopen();
      expect(await store.position()).toBe(8);
      expect(await all('A')).toEqual([reading('A', 5, { sinr_db: 2, rsrp_dbm: -70 }, { counters: { 'x y': 1 } })]);
    });

    it('says that it is well', async () => {
      expect(await store.health()).toMatchObject({ ok: true });
    });
  });
}
