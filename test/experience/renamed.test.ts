// People whose cells get other names: their stars stay, in memory, after a crash, and when all is taken again.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Experience, openExperience } from '../../server/experience/experience.ts';
import type { IdentityChange } from '../../server/model/identity.ts';
import type { JournalRecord } from '../../server/model/journal.ts';
import { type DuckDb, openDuckDb } from '../../server/storage/duckdb.ts';
import { startThread } from '../../server/threads.ts';
import { batchOf } from '../batch.ts';

const PERIOD_MS = 900_000;
const START = Date.UTC(2026, 2, 1);
const DAYS = 3;
const PEOPLE = ['p-0000000000000001', 'p-0000000000000002'];

let folder: string;
let duckDb: DuckDb;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cellstar-renamed-'));
});
afterEach(async () => {
  await duckDb.close();
  await rm(folder, { recursive: true, force: true });
});

async function open(): Promise<Experience> {
  duckDb = await openDuckDb({ file: join(folder, 'x.duckdb'), memoryLimitMb: 512, startThread, log: () => undefined });
  return openExperience({
    past: duckDb.people,
    readings: async () => [],
    holds: async () => true,
    caughtUp: async () => undefined,
    zone: 'UTC',
    now: () => START,
    log: () => undefined,
  });
}

/** Days of one cell: well, or dropping a third of all calls. */
function days(seq: number, cell: string, isWell: boolean, from = 0, to = DAYS): JournalRecord {
  const rows = Array.from({ length: (to - from) * 96 }, (_, i) => ({
    ...{ cell, at: START + (from * 96 + i + 1) * PERIOD_MS, periodSeconds: 900 },
    kpis: { drop_rate_pct: isWell ? 0.3 : 33, session_releases: 900, availability_pct: 100, latency_ms: 30 },
  }));
  return { seq, kind: 'readings', batch: batchOf(rows) };
}

const lives = (seq: number, cells: readonly string[]): JournalRecord => ({
  ...{ seq, kind: 'people', source: 'test', receivedAt: START },
  people: {
    subscribers: [],
    exposures: cells.map((cell, i) => ({ subscriber: PEOPLE[i % 2]!, cell, share: 1 })),
    complaints: [],
    surveys: [],
  },
});

const renames = (seq: number, change: Partial<IdentityChange>): JournalRecord => ({
  ...{ seq, kind: 'inventory', receivedAt: START, cells: [], retired: [] },
  identity: { merged: [], renamed: [], changes: [], ...change },
});

const scores = async (room: Experience) =>
  Promise.all(
    PEOPLE.map(async (id) => {
      const star = await room.star(id);
      return star!.dimensions.find((one) => one.id === 'network')!.score!;
    }),
  );

describe('stars of people whose cells get other names', () => {
  const swap = {
    renamed: [
      { from: 'good', to: 'bad' },
      { from: 'bad', to: 'good' },
    ],
  };
  const story = [
    lives(1, ['good', 'bad']),
    days(2, 'good', true),
    days(3, 'bad', false),
    renames(4, swap),
    days(5, 'bad', true, DAYS, DAYS + 1),
    days(6, 'good', false, DAYS, DAYS + 1),
  ];

  it('follow the cell and not the name, also over a crash before, at and after it', async () => {
    let room = await open();
    await room.take(story);
    const [well, ill] = await scores(room);
    expect(well! - ill!).toBeGreaterThan(20);
    for (const upTo of [2, 4, 5]) {
      await duckDb.close();
      await rm(folder, { recursive: true });
      folder = await mkdtemp(join(tmpdir(), 'cellstar-renamed-'));
      room = await open();
      await room.take(story.slice(0, upTo));
      await duckDb.close();
      room = await open();
      await room.take(story.filter(({ seq }) => seq > room.position));
      expect(await scores(room)).toEqual([well, ill]);
    }
  }, 60_000);

  it('are of both stretches once a name that only data had given turns out to be the cell', async () => {
    let room = await open();
    await room.take([lives(1, ['good', 'bad']), days(2, 'bad', true), days(3, 'good', true, 0, 2)]);
    await room.take([days(4, 'data-only', false, 2), renames(5, { merged: [{ from: 'data-only', to: 'good' }] })]);
    const [joined, other] = await scores(room);
    expect(joined).toBeLessThan(other! - 5);
    await duckDb.close();
    room = await open();
    await room.take([days(2, 'bad', true), days(3, 'good', true, 0, 2)]);
    expect(await scores(room)).toEqual([joined, other]);
  });
});
