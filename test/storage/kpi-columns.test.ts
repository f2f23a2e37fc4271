// A KPI's column and its name are one: what happens when making them fails, and to a column that has lost its name.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../server/storage/duckdb/database.ts';
import { openReadingsTables } from '../../server/storage/duckdb/readings-tables.ts';
import { openDuckDbStore } from '../../server/storage/kpi-stores/duckdb.ts';
import { reading, recordOf } from '../contracts/kpi-store.ts';

const FOREVER = Date.UTC(2100, 0, 1);
let folder: string;
let database: Database;
let log: string[];

const openFile = () => openDatabase({ file: join(folder, 'cellstar.duckdb'), memoryLimitMb: 256 });
const openStore = () => openDuckDbStore(database, { log: (line) => log.push(line) });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cellstar-columns-'));
  log = [];
  database = await openFile();
});
afterEach(async () => {
  database.close();
  await rm(folder, { recursive: true });
});

it('a KPI whose column could not be made at first is there after a restart, and so are those that follow', async () => {
  const store = await openStore();
  const other = await database.connect();
  await other.run('BEGIN');
  await other.run('ALTER TABLE readings.settled ADD COLUMN in_the_way DOUBLE');
  const first = recordOf(1, reading('A', 5, { sinr_db: 4 }));
  await expect(store.append([first])).rejects.toThrow(/conflict/i);
  await other.run('ROLLBACK');
  other.close();
  await store.append([first]);
  await store.close();
  database.close();
  database = await openFile();
  const again = await openStore();
  await again.append([recordOf(2, reading('A', 10, { latency_ms: 7 }))]);
  expect(await again.readings('A', 0, FOREVER)).toEqual([
    reading('A', 5, { sinr_db: 4 }),
    reading('A', 10, { latency_ms: 7 }),
  ]);
  expect(log).toEqual([]);
  await again.close();
});

it('a column without a name, whose values nobody can ask for, is dropped with a line in the log', async () => {
  await (await openStore()).close();
  const other = await database.connect();
  for (const stage of ['recent', 'settled']) await other.run(`ALTER TABLE readings.${stage} ADD COLUMN k0 DOUBLE`);
  other.close();
  const store = await openStore();
  await store.append([recordOf(1, reading('A', 5, { sinr_db: 4 }))]);
  expect(await store.readings('A', 0, FOREVER)).toEqual([reading('A', 5, { sinr_db: 4 })]);
  expect(log).toEqual([expect.stringContaining('k0')]);
  await store.close();
});

it('a day that is being pooled while a KPI comes for the first time is pooled without it, not stopped by it', async () => {
  const [writer, roller] = [await database.connect(), await database.connect()];
  const { kpis } = await openReadingsTables(writer, (line) => log.push(line));
  await kpis.add(writer, ['sinr_db']);
  await roller.transaction(async () => {
    await roller.rows('FROM readings.settled');
    await kpis.add(writer, ['latency_ms']);
    const seen = await kpis.seenBy(roller);
    expect([...seen.keys()]).toEqual(['sinr_db']);
    await roller.rows(`SELECT ${[...seen.values()].join(', ')} FROM readings.settled`);
  });
  expect([...(await kpis.seenBy(roller)).keys()]).toEqual(['sinr_db', 'latency_ms']);
  for (const connection of [writer, roller]) connection.close();
});
