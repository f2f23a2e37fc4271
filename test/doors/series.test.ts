// One cell's series for a chart, from a real store and a real journal: what was acknowledged is there, pooled as it must be.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SeriesAsk } from '../../server/api/doors.ts';
import type { Usual } from '../../server/detect/detector.ts';
import { answerSeries, type SeriesRooms } from '../../server/doors/series.ts';
import type { Journal } from '../../server/journal/journal.ts';
import { openFileJournal } from '../../server/journal/journals/file.ts';
import { localDays } from '../../server/maths/local-days.ts';
import type { AlertRecord } from '../../server/model/alert.ts';
import type { Reading } from '../../server/model/reading.ts';
import { type Database, openDatabase } from '../../server/storage/duckdb/database.ts';
import { MOST_KPI_COLUMNS } from '../../server/storage/duckdb/readings-tables.ts';
import type { KpiStore } from '../../server/storage/kpi-store.ts';
import { openDuckDbStore } from '../../server/storage/kpi-stores/duckdb.ts';
import { batchOf } from '../batch.ts';

type Written = Partial<Reading> & Pick<Reading, 'at'>;

const START = Date.UTC(2024, 0, 1);
const PERIOD_MS = 900_000;
const HOUR = 3_600_000;
const at = (period: number) => START + period * PERIOD_MS;
const NOW = at(4000);

let folder: string;
let database: Database;
let store: KpiStore;
let journal: Journal;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cellstar-series-'));
  database = await openDatabase({ file: join(folder, 'cellstar.duckdb'), memoryLimitMb: 256 });
  store = await openDuckDbStore(database, { log: () => undefined });
  journal = await openFileJournal({ folder: join(folder, 'journal'), maxBytes: 1 << 30, log: () => undefined });
});
afterEach(async () => {
  await journal.close();
  await store.close();
  database.close();
  await rm(folder, { recursive: true });
});

/** Accepted and, unless the store is to lag behind, stored. */
async function accept(readings: Written[], isStored = true): Promise<void> {
  const batch = batchOf(readings.map((one) => ({ cell: 'a', ...one })));
  const seq = await journal.append({ kind: 'readings', batch });
  if (isStored) await store.append([{ kind: 'readings', seq, batch }]);
}

function ask(question: Partial<SeriesAsk> = {}, rooms: Partial<SeriesRooms> = {}, periodSeconds: number | null = 900) {
  const days = localDays('UTC');
  const nothing = { usual: async () => [], alertsOf: async () => [], changesOf: async () => [] };
  const all: SeriesRooms = { store, journal, days, ...nothing, ...rooms };
  return answerSeries({ id: 'a', periodSeconds }, { kpi: 'latency_ms', from: String(START), ...question }, NOW, all);
}

const periods = (count: number, kpis: (period: number) => Record<string, number>, first = 1): Written[] =>
  Array.from({ length: count }, (_, i) => ({ at: at(first + i), kpis: kpis(first + i) }));

describe('a series', () => {
  it('is raw up to a thousand points, and pooled from the next on', async () => {
    await accept(periods(1000, (period) => ({ latency_ms: period })));
    const raw = await ask();
    expect(raw).toMatchObject({ kpi: 'latency_ms', unit: 'ms', step: 0 });
    expect(raw.points).toEqual(Array.from({ length: 1000 }, (_, i) => [at(i + 1), i + 1]));
    await accept(periods(1, () => ({ latency_ms: 5 }), 1001));
    const pooled = await ask();
    expect(pooled.step).toBe(900);
    await accept(periods(1500, () => ({ latency_ms: 5 }), 1002));
    const longer = await ask();
    expect(longer.step % 900).toBe(0);
    expect(longer.points.length).toBeLessThanOrEqual(1001);
    expect(longer.points.every(([end]) => end % (1000 * longer.step) === 0)).toBe(true);
  });

  it('leaves out what ends with its beginning, and holds what ends with its end', async () => {
    await accept(periods(10, (period) => ({ latency_ms: period })));
    const { points } = await ask({ from: String(at(3)), to: new Date(at(6)).toISOString() });
    expect(points.map(([, value]) => value)).toEqual([4, 5, 6]);
  });

  it('holds what was acknowledged and is not yet stored, the newest value of each period', async () => {
    await accept([
      { at: at(1), kpis: { latency_ms: 1 } },
      { at: at(2), kpis: { latency_ms: 2 }, suspect: true },
    ]);
    await accept(
      [
        { at: at(2), kpis: { latency_ms: 20 } },
        { at: at(3), kpis: { latency_ms: 3 } },
        { cell: 'b', at: at(4), kpis: { latency_ms: 9 } },
      ],
      false,
    );
    const { points, marks } = await ask();
    expect(points).toEqual([
      [at(1), 1],
      [at(2), 20],
      [at(3), 3],
    ]);
    expect(marks).toEqual([{ at: at(2), kind: 'suspect' }]);
  });

  it('goes on into the future where that is foreseen, and only when the range reaches up to now', async () => {
    await accept(periods(4, (period) => ({ latency_ms: period })));
    const forecast = async (_: string, __: string, ats: readonly number[]) =>
      ats.map((time, i) => (i < 2 ? { at: time, low: 1, mid: 2, high: 3 } : null));
    const { forecast: ahead } = await ask({ from: String(NOW - 48 * 900_000) }, { forecast });
    expect(ahead).toEqual([
      [NOW, 1, 2, 3],
      [NOW + 450_000, 1, 2, 3],
    ]);
    const past = await ask({ from: String(START), to: String(NOW - 1) }, { forecast });
    expect(past.forecast).toEqual([]);
  });

  it('says when the store is away, with when to come back', async () => {
    const away = {
      ...store,
      position: () => store.position(),
      keptAfter: () => store.keptAfter(),
      series: () => Promise.reject(new Error('no route')),
    } as KpiStore;
    await expect(ask({}, { store: away })).rejects.toMatchObject({ status: 503, headers: { 'Retry-After': '10' } });
  });

  it('goes on as a line where the length of the periods changes', async () => {
    const hours = [4, 8].map((period) => ({ at: at(period), periodSeconds: 3600, kpis: { latency_ms: 1 } }));
    await accept([...hours, ...periods(2, () => ({ latency_ms: 2 }), 9)]);
    expect((await ask()).points).toEqual([4, 8, 9, 10].map((period) => [at(period), period < 9 ? 1 : 2]));
    await accept(periods(1, () => ({ latency_ms: 3 }), 13));
    expect((await ask()).points.slice(3)).toEqual([
      [at(10), 2],
      [at(11), null],
      [at(13), 3],
    ]);
  });

  it('shows a stretch without readings as a gap: never a joined line, never zero', async () => {
    await accept([...periods(2, () => ({ latency_ms: 1 })), ...periods(2, () => ({ latency_ms: 2 }), 9)]);
    expect((await ask()).points).toEqual([
      [at(1), 1],
      [at(2), 1],
      [at(3), null],
      [at(9), 2],
      [at(10), 2],
    ]);
    // A step below the period makes no gaps of its own.
    expect((await ask({ step: '300' })).points).toEqual((await ask()).points);
  });

  it('shows the quarters where an hour and its last quarter end together', async () => {
    await accept(periods(8, () => ({ traffic_gb: 1 })));
    await accept([
      { at: at(4), periodSeconds: 3600, kpis: { traffic_gb: 4 } },
      { at: at(12), periodSeconds: 3600, kpis: { traffic_gb: 4 } },
    ]);
    const { points } = await ask({ kpi: 'traffic_gb', step: 'PT1H' });
    expect(points).toEqual([
      [at(4), 4],
      [at(8), 4],
      [at(12), 4],
    ]);
  });
});

describe('pooled in buckets', () => {
  it('a ratio is the ratio of sums, also while some of it is not yet stored', async () => {
    const counts = (period: number) => ({
      drop_rate_pct: period % 2 ? 50 : 1,
      session_releases: period % 2 ? 10 : 990,
    });
    await accept(periods(3, counts));
    await accept(periods(1, counts, 4), false);
    const { points, step } = await ask({ kpi: 'drop_rate_pct', step: '3600' });
    expect(step).toBe(3600);
    expect(points).toEqual([[START + HOUR, (2 * 5 + 2 * 9.9) / 20]]);
  });

  it('a ratio of one class of service weighs by the attempts of that class', async () => {
    const kpis = (period: number) => ({
      'drop_rate_pct.qci1': period === 1 ? 40 : 0,
      'session_releases.qci1': period === 1 ? 10 : 30,
      session_releases: period === 1 ? 1000 : 1,
    });
    await accept(periods(2, kpis));
    const series = await ask({ kpi: 'drop_rate_pct.qci1', step: 'PT1H' });
    expect(series).toMatchObject({ kpi: 'drop_rate_pct.qci1', unit: '%', points: [[START + HOUR, 10]] });
    expect((await ask({ kpi: 'drop_rate_pct.qci1' })).points).toHaveLength(2);
  });

  it('a period without attempts is no part of a ratio', async () => {
    await accept([
      { at: at(1), kpis: { session_releases: 0 } },
      { at: at(2), kpis: { session_releases: 0, drop_rate_pct: 0 } },
    ]);
    expect((await ask({ kpi: 'drop_rate_pct', step: 'PT1H' })).points).toEqual([[START + HOUR, null]]);
  });
});

describe('the level of an answer', () => {
  const DAYS = 60;
  const counts = (period: number) => ({
    latency_ms: period % 96,
    active_users: 1 + (period % 3),
    drop_rate_pct: period % 7,
    session_releases: period % 11,
  });
  const fill = async () => {
    for (let day = 0; day < DAYS; day++) await accept(periods(96, counts, day * 96 + 1));
    while (await store.rollUp(at(DAYS * 96))) {}
  };
  const whole = { from: String(START), to: String(at(DAYS * 96)) };

  it('is raw for days, by the hour for months, by the day for years; a step asked for is answered by the coarsest that can', async () => {
    await fill();
    expect(await ask({ ...whole, to: String(at(5 * 96)) })).toMatchObject({ level: 'raw', step: 0 });
    expect(await ask({ ...whole, to: String(at(30 * 96)) })).toMatchObject({ level: 'raw', step: 2700 });
    const months = await ask(whole);
    expect(months).toMatchObject({ level: 'hourly', step: 7200 });
    expect(months.points).toHaveLength(DAYS * 12);
    expect(await ask({ ...whole, from: String(START - 300 * 24 * HOUR) })).toMatchObject({
      level: 'daily',
      step: 86_400,
    });
    expect(await ask({ ...whole, step: 'PT15M' })).toMatchObject({ level: 'raw', step: 900 });
    expect(await ask({ ...whole, step: 'PT5H' })).toMatchObject({ level: 'raw', step: 5 * 3600 });
    expect(await ask({ ...whole, step: 'PT6H' })).toMatchObject({ level: 'hourly', step: 6 * 3600 });
    expect(await ask({ ...whole, step: 'P7D' })).toMatchObject({ level: 'daily', step: 7 * 86_400 });
  });

  it('changes no value: hours and days say what the raw readings say, the newest day too', async () => {
    await fill();
    // The last day is not over, a late value is not pooled yet, and one that is newer still waits for the store.
    await accept(periods(10, counts, DAYS * 96 + 1));
    await accept([{ at: at(5), kpis: { drop_rate_pct: 50, session_releases: 1000 } }]);
    await accept([{ at: at(DAYS * 96 + 11), kpis: { drop_rate_pct: 90, session_releases: 10 } }], false);
    const to = String(at(DAYS * 96 + 11));
    for (const [step, level] of [
      ['PT1H', 'hourly'],
      ['PT12H', 'hourly'],
      ['P1D', 'daily'],
    ] as const) {
      const pooled = await ask({ kpi: 'drop_rate_pct', step, to });
      const unpooled = { ...store, rolled: async () => EMPTY, stale: async () => [{ from: START, to: Number(to) }] };
      const { position, series, keptAfter } = bound(store);
      const raw = await ask(
        { kpi: 'drop_rate_pct', step, to },
        { store: { ...unpooled, position, series, keptAfter } as KpiStore },
      );
      expect(pooled.level).toBe(level);
      expect(pooled.points.map(([end]) => end)).toEqual(raw.points.map(([end]) => end));
      for (const [i, [, value]] of pooled.points.entries()) expect(value).toBeCloseTo(raw.points[i]![1]!, 5);
    }
  });

  it('has the least and the greatest value of each bucket', async () => {
    await accept(periods(8, (period) => ({ latency_ms: period })));
    expect((await ask({ step: 'PT1H' })).spread).toEqual([
      [at(4), 1, 4],
      [at(8), 5, 8],
    ]);
    expect((await ask()).spread).toEqual([]);
  });

  it('falls to the coarser one where the finer was let go, and says so when that is not what was asked for', async () => {
    await fill();
    await store.forget('raw', at(30 * 96));
    const early = { from: String(at(10 * 96)), to: String(at(20 * 96)) };
    const hours = await ask(early);
    expect(hours).toMatchObject({ level: 'hourly', step: 3600 });
    expect(hours.points).toHaveLength(10 * 24);
    expect(hours.note).toBeUndefined();
    expect(await ask({ ...early, step: 'PT15M' })).toMatchObject({
      ...{ level: 'hourly', step: 3600 },
      note: { code: 'coarser-step', keptAfter: at(30 * 96) },
    });
    expect(await ask({ ...early, step: 'PT5H' })).toMatchObject({ level: 'hourly', step: 6 * 3600 });
    await store.forget('hourly', at(30 * 96));
    expect(await ask(early)).toMatchObject({ level: 'daily', step: 86_400 });
    expect((await ask(early)).points).toHaveLength(10);
    await store.forget('daily', at(15 * 96));
    const late = await ask(early);
    expect(late).toMatchObject({ level: 'daily', note: { code: 'begins-later', keptAfter: at(15 * 96) } });
    expect(late.points).toHaveLength(5);
    expect(await ask({ from: String(at(40 * 96)), to: String(at(41 * 96)) })).toMatchObject({ level: 'raw' });
  });

  it('is raw for a KPI that has no room among those that are pooled beforehand', async () => {
    const others = Object.fromEntries(Array.from({ length: MOST_KPI_COLUMNS }, (_, i) => [`own_${i}`, i]));
    await accept([{ at: at(1), kpis: others }]);
    await accept(periods(1200, (period) => ({ latency_ms: period })));
    while (await store.rollUp(at(20_000))) {}
    expect((await ask({ to: String(at(60 * 96)) })).points.length).toBeGreaterThan(500);
    expect((await ask({ to: String(at(60 * 96)), step: 'P1D' })).points).toHaveLength(13);
  });

  it('shows few readings as they are, however long the range', async () => {
    await accept([3, 700, 90_000].map((period) => ({ at: at(period), kpis: { latency_ms: period } })));
    while (await store.rollUp(at(200_000))) {}
    const year = await ask({ to: String(at(100_000)) });
    expect(year).toMatchObject({ level: 'raw', step: 0 });
    expect(year.points.filter(([, value]) => value !== null)).toHaveLength(3);
  });

  it('joins the weeks of a cell that is read once a week, though they stand in days', async () => {
    const week = 7 * 96;
    const weeks = Array.from({ length: 60 }, (_, i) => ({ at: at((i + 1) * week), periodSeconds: 604_800 }));
    await accept(weeks.map((one) => ({ ...one, kpis: { latency_ms: 1 } })));
    while (await store.rollUp(at(80 * week))) {}
    const year = await ask({ to: String(at(61 * week)) }, {}, 604_800);
    expect(year.level).toBe('daily');
    expect(year.points.map(([, value]) => value)).toEqual(Array.from({ length: 60 }, () => 1));
  });
});

const EMPTY = {
  ...{ at: new Float64Array(), value: new Float64Array(), weight: new Float64Array() },
  ...{ low: new Float64Array(), high: new Float64Array() },
};
const bound = (one: KpiStore) => ({
  position: () => one.position(),
  series: (...question: Parameters<KpiStore['series']>) => one.series(...question),
  keptAfter: () => one.keptAfter(),
});

describe('marks', () => {
  it('show planned works as stretches from the beginning of the first period to the end of the last', async () => {
    const planned = (period: number) => ({ latency_ms: 1, planned_unavail_s: [3, 4, 8].includes(period) ? 900 : 0 });
    await accept(periods(7, planned));
    await accept(periods(3, planned, 8), false);
    expect((await ask()).marks).toEqual([
      { at: at(2), kind: 'planned', until: at(4) },
      { at: at(7), kind: 'planned', until: at(8) },
    ]);
  });

  it('show alerts of the range with their severity', async () => {
    const asked: number[][] = [];
    const alert = { id: 'x', severity: 'major', raisedAt: at(2), clearedAt: at(5) } as AlertRecord;
    const { marks } = await ask(
      { to: String(at(9)) },
      {
        alertsOf: async (_cell, from, to) => {
          asked.push([from, to]);
          return [alert];
        },
      },
    );
    expect(asked).toEqual([[START, at(9)]]);
    expect(marks).toEqual([{ at: at(2), kind: 'alert', severity: 'major', id: 'x', until: at(5) }]);
  });
});

describe('the usual range', () => {
  it('covers the range and a little of what is to come, in at most some hundred points', async () => {
    const usual = async (_cell: string, _kpi: string, ats: readonly number[]) =>
      ats.map((one): Usual | null => (one === at(4) ? null : { at: one, low: 1, mid: 2, high: 3 }));
    const { band } = await ask({ to: String(at(80)) }, { usual });
    expect(band[0]).toEqual([START, 1, 3]);
    expect(band.at(-1)?.[0]).toBe(at(90));
    expect(band).toHaveLength(90);
    const year = await ask({ from: String(NOW - 365 * 24 * HOUR) }, { usual });
    expect(year.band.length).toBeLessThanOrEqual(301);
  });
});

describe('a question that cannot be answered', () => {
  it.each([
    [{ kpi: 'happiness' }, 'happiness'],
    [{ from: 'soon' }, 'soon'],
    [{ from: 'now' }, 'from (now) is not before to (now)'],
    [{ to: '2023-01-01T00:00:00Z' }, 'is not before'],
    [{ step: 'PT' }, 'PT15M'],
    [{ step: '0.001' }, 'longer step'],
  ])('%o is told why', async (question, part) => {
    await expect(ask(question)).rejects.toMatchObject({ status: 400, detail: expect.stringContaining(part) });
  });
});
