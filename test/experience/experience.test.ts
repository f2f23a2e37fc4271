// The room of experience on a real store: a cell that fails is felt by those on it alone, with reasons, also after a restart.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Experience, openExperience } from '../../server/experience/experience.ts';
import type { JournalRecord } from '../../server/model/journal.ts';
import type { PeopleDelivery } from '../../server/model/person.ts';
import type { Column, Reading } from '../../server/model/reading.ts';
import { type DuckDb, openDuckDb } from '../../server/storage/duckdb.ts';
import { startThread } from '../../server/threads.ts';

const PERIOD_MS = 900_000;
const DAY_MS = 86_400_000;
const ZONE = 'Asia/Shanghai';
/** Midnight there. */
const START = Date.UTC(2026, 2, 1, -8);
const DAYS = 15;
const CELLS = ['pier-1', 'hill-1', 'town-1'];
const PEOPLE = 1000;
const ON_IT = 200;
const idOf = (person: number) => `p-${person.toString(16).padStart(16, '0')}`;
const none: PeopleDelivery = { subscribers: [], exposures: [], complaints: [], surveys: [] };

const GOOD = {
  availability_pct: 100,
  drop_rate_pct: 0.4,
  session_releases: 900,
  dl_throughput_mbps: 20,
  latency_ms: 30,
};
type Change = (cell: string, at: number) => Record<string, number> | undefined;

let folder: string;
let duckDb: DuckDb;
let seq = 0;
const stored: Reading[] = [];
/** The store holds everything up to this record; less and it is away. */
let held = Number.POSITIVE_INFINITY;

async function open(): Promise<Experience> {
  duckDb = await openDuckDb({ file: join(folder, 'x.duckdb'), memoryLimitMb: 512, startThread, log: () => undefined });
  return openExperience({
    past: duckDb.people,
    readings: async (cell, from, to) => {
      if (held < seq) throw new Error('away');
      return stored.filter((one) => one.cell === cell && one.at > from && one.at <= to);
    },
    holds: async (upTo) => upTo <= held,
    caughtUp: async () => undefined,
    zone: ZONE,
    now: () => START,
    log: () => undefined,
  });
}

/** One record of all cells for the periods that end after `from`, up to `to`. */
function readings(from: number, to: number, change: Change = () => undefined): JournalRecord {
  const rows: Reading[] = [];
  for (let at = from + PERIOD_MS; at <= to; at += PERIOD_MS) {
    for (const cell of CELLS) {
      const kpis = { ...GOOD, ...change(cell, at) };
      rows.push({ cell, at, periodSeconds: 900, kpis });
    }
  }
  stored.push(...rows);
  const column = (name: string): Column => ({ name, values: Float64Array.from(rows, ({ kpis }) => kpis[name]!) });
  return {
    seq: ++seq,
    kind: 'readings',
    batch: {
      ...{ source: 'test', receivedAt: START, rows: rows.length, cells: CELLS, counters: [] },
      cell: Uint32Array.from(rows, ({ cell }) => CELLS.indexOf(cell)),
      at: Float64Array.from(rows, ({ at }) => at),
      periodSeconds: new Uint32Array(rows.length).fill(900),
      suspect: new Uint8Array(rows.length),
      kpis: Object.keys(GOOD).map(column),
    },
  };
}

const people = (delivery: Partial<PeopleDelivery>): JournalRecord => ({
  ...{ seq: ++seq, kind: 'people', source: 'test', receivedAt: START },
  people: { ...none, ...delivery },
});

const everybody = () =>
  people({
    subscribers: Array.from({ length: PEOPLE }, (_, person) => ({
      ...{ subscriber: idOf(person), tier: person % 2 ? 'gold' : '3', plan: 'p', price: 50, monthlySpend: 50 },
    })),
    exposures: Array.from({ length: PEOPLE }, (_, person) =>
      person < ON_IT
        ? [
            { subscriber: idOf(person), cell: 'pier-1', share: 0.6 },
            { subscriber: idOf(person), cell: 'town-1', share: 0.4 },
          ]
        : [{ subscriber: idOf(person), cell: person % 2 ? 'hill-1' : 'town-1', share: 1 }],
    ).flat(),
  });

const end = START + DAYS * DAY_MS;
const networkOf = async (room: Experience, person: number) => {
  const star = (await room.star(idOf(person)))!;
  return { star, network: star.dimensions.find(({ id }) => id === 'network')! };
};

beforeAll(() => {
  seq = 0;
});
afterEach(async () => {
  await duckDb.close();
  await rm(folder, { recursive: true, force: true });
});
afterAll(() => {
  stored.length = 0;
});

async function town(): Promise<Experience> {
  folder = await mkdtemp(join(tmpdir(), 'cellstar-experience-'));
  stored.length = 0;
  const room = await open();
  await room.take([everybody(), readings(START, end - DAY_MS)]);
  return room;
}

describe('readings that come late while the store is away', () => {
  /** A good day, then of a week of good days one quarter of each hour told anew, bad on one cell; then a quarter more. */
  async function told(room: Experience, back: () => void): Promise<number> {
    const bad = (cell: string) => (cell === 'pier-1' ? { drop_rate_pct: 30 } : undefined);
    await room.take([readings(end - DAY_MS, end)]);
    for (let hour = 6; hour < 7 * 24; hour++) {
      const at = end - 9 * DAY_MS + hour * 4 * PERIOD_MS;
      await room.take([readings(at, at + PERIOD_MS, bad)]);
    }
    back();
    stored.splice(0, stored.length, ...mergedByKey(stored));
    await room.take([readings(end, end + PERIOD_MS)]);
    return (await networkOf(room, 1)).star.score;
  }

  it('count with all that was accepted before them, once the store is back', async () => {
    const expected = await told(await town(), () => undefined);
    await duckDb.close();
    await rm(folder, { recursive: true, force: true });
    const room = await town();
    const saved = await room.checkpoint();
    held = seq;
    const score = await told(room, () => {
      held = Number.POSITIVE_INFINITY;
    });
    expect(score).toBe(expected);
    expect(await room.checkpoint()).toBeGreaterThan(saved);
  });

  it('are not saved before', async () => {
    const room = await town();
    const saved = await room.checkpoint();
    held = seq;
    await room.take([readings(end - DAY_MS, end)]);
    const at = end - DAY_MS / 2;
    await room.take([readings(at, at + PERIOD_MS, () => ({ drop_rate_pct: 30 }))]);
    expect(await room.checkpoint()).toBe(saved);
    held = Number.POSITIVE_INFINITY;
    await room.take([readings(end, end + PERIOD_MS)]);
    expect(await room.checkpoint()).toBe(seq);
  });
});

/** As a store merges: the newest reading of a key in place of the older ones. */
function mergedByKey(readings: readonly Reading[]): Reading[] {
  return [...new Map(readings.map((one) => [`${one.cell} ${one.at}`, one])).values()];
}

describe.each([
  ['is off air', { availability_pct: 0 }],
  ['is on air and drops 30 % of its sessions', { drop_rate_pct: 30 }],
])('a cell that %s for a local day', (_, change) => {
  it('costs those who are mainly on it 3 points and more, through the network, with that cell and those hours; others do not move', async () => {
    const room = await town();
    const before = await Promise.all([networkOf(room, 1), networkOf(room, 700), networkOf(room, 701)]);
    await room.take([readings(end - DAY_MS, end, (cell) => (cell === 'pier-1' ? change : undefined))]);
    const after = await Promise.all([networkOf(room, 1), networkOf(room, 700), networkOf(room, 701)]);
    expect(before[0]!.star.score - after[0]!.star.score).toBeGreaterThanOrEqual(3);
    for (const id of ['service', 'usage', 'plan', 'satisfaction'] as const) {
      const of = (star: typeof before) => star[0]!.star.dimensions.find((one) => one.id === id)!.score;
      expect([id, of(after)]).toEqual([id, of(before)]);
    }
    const [reason] = after[0]!.network.reasons;
    expect(reason).toMatchObject({ cells: ['pier-1'], from: end - DAY_MS, to: end });
    expect(after[0]!.star.change).toMatchObject({ code: 'star-fell', values: { dimension: 'network' } });
    for (const other of [1, 2]) expect(after[other]!.star.score).toBe(before[other]!.star.score);
    expect(after[1]!.network.reasons[0]!.why.code).toBe('star-network-well');
    expect(after[0]!.star.tier).toBe('gold');
  });
});

describe('a person', () => {
  it('has the same star after a restart, and after everything has come once more', async () => {
    const room = await town();
    const failing = readings(end - DAY_MS, end, (cell) => (cell === 'pier-1' ? { availability_pct: 0 } : undefined));
    await room.take([failing]);
    const before = (await networkOf(room, 1)).star;
    await room.checkpoint();
    await duckDb.close();
    const again = await open();
    expect(again.position).toBe(seq);
    expect((await networkOf(again, 1)).star).toEqual(before);
    await again.take([{ ...failing, seq: ++seq } as JournalRecord]);
    expect((await networkOf(again, 1)).star.score).toBe(before.score);
  });

  it('is judged from what was durable and what comes again, when hours were lost in a crash', async () => {
    const room = await town();
    const failing = readings(end - DAY_MS, end, (cell) => (cell === 'pier-1' ? { availability_pct: 0 } : undefined));
    await room.checkpoint();
    await room.take([failing]);
    const before = (await networkOf(room, 1)).star.score;
    await duckDb.close();
    const again = await open();
    expect(again.position).toBe(failing.seq - 1);
    await again.take([failing]);
    expect((await networkOf(again, 1)).star.score).toBe(before);
  });

  it('who complains weeks after the newest reading is served as well as before', async () => {
    const room = await town();
    const before = await networkOf(room, 1);
    const complaint = { subscriber: idOf(1), at: end + 20 * DAY_MS, category: 'slow data' };
    await room.take([people({ complaints: [complaint] })]);
    const after = await networkOf(room, 1);
    expect(after.network.score).toBe(before.network.score);
    expect(after.star.hours).toEqual(before.star.hours);
    expect(after.star.at).toBe(complaint.at);
    // A complaint that nobody answered counts against our handling of it, and nothing else.
    const others = ({ star }: typeof after) =>
      star.dimensions.filter(({ id }) => id !== 'service').map(({ score }) => score);
    expect(others(after)).toEqual(others(before));
  });

  it('nobody has heard of is not found; one without cells or hours has a wide range and is told what is missing', async () => {
    const room = await town();
    expect(await room.star(idOf(99_999))).toBeUndefined();
    const newcomer = idOf(5000);
    await room.take([people({ subscribers: [{ subscriber: newcomer, price: 50, monthlySpend: 50 }] })]);
    const star = (await room.star(newcomer))!;
    expect(star.low).toBeLessThanOrEqual(80);
    const network = star.dimensions.find(({ id }) => id === 'network')!;
    expect(network).toMatchObject({ score: null, weight: 0 });
    expect(network.reasons[0]!.why.code).toBe('star-no-network');
  });

  it('with a day of its own on another cell is judged by that cell on that day', async () => {
    const room = await town();
    const bad = (cell: string) => (cell === 'hill-1' ? { availability_pct: 0 } : undefined);
    await room.take([readings(end - DAY_MS, end, bad)]);
    const before = (await networkOf(room, 1)).network.score!;
    const visit = { subscriber: idOf(1), cell: 'hill-1', share: 1, day: '2026-03-15' };
    await room.take([people({ exposures: [visit] })]);
    const after = (await networkOf(room, 1)).network;
    expect(after.score!).toBeLessThan(before - 10);
    expect(after.reasons[0]!.cells).toEqual(['hill-1']);
  });

  it('who was given a used number is not judged by the days before', async () => {
    const room = await town();
    const bad = (cell: string) => (cell === 'pier-1' ? { availability_pct: 0 } : undefined);
    await room.take([readings(end - DAY_MS, end, bad), readings(end, end + DAY_MS)]);
    const old = (await networkOf(room, 1)).network.score!;
    await room.take([people({ subscribers: [{ subscriber: idOf(1), activatedAt: end }] })]);
    const { star, network } = await networkOf(room, 1);
    expect(network.score!).toBeGreaterThan(old + 5);
    expect(star.history).toHaveLength(1);
  });

  it('has a history by local day that ends with the present score', async () => {
    const room = await town();
    const { star } = await networkOf(room, 1);
    expect(star.history.map(({ day }) => day)).toEqual(
      Array.from({ length: DAYS - 1 }, (_, i) => `2026-03-${String(i + 1).padStart(2, '0')}`),
    );
    expect(star.history.at(-1)!.score).toBe(star.score);
    expect(star.hours).toHaveLength(7);
    expect(star.hours.at(-1)!.scores.every((score) => score === 100)).toBe(true);
  });
});

describe('everybody', () => {
  it('is counted once, a week ago and now, as each person alone is', async () => {
    const room = await town();
    await room.take([readings(end - DAY_MS, end, (cell) => (cell === 'pier-1' ? { availability_pct: 0 } : undefined))]);
    const stars = await room.overview.stars('cell', (cell) => cell);
    expect(stars.people).toBe(PEOPLE);
    const one = (await networkOf(room, 1)).star.score;
    const other = (await networkOf(room, 700)).star.score;
    const mean = (ON_IT * one + (PEOPLE - ON_IT) * other) / PEOPLE;
    expect(stars.meanScore!).toBeCloseTo(mean, 0);
    expect(stars.moved.find(({ id }) => id === 'network')!.points).toBeLessThan(0);
    expect(room.peopleOn([{ cell: 'pier-1', part: 1 }])!.people).toBe(ON_IT * 0.6);
  });
});
