// The embedded store: the contract on a real file, and what is DuckDB's own.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Reading } from '../../server/model/reading.ts';
import { type Database, openDatabase } from '../../server/storage/duckdb/database.ts';
import { MOST_KPI_COLUMNS } from '../../server/storage/duckdb/readings-tables.ts';
import { type DuckDb, openDuckDb } from '../../server/storage/duckdb.ts';
import { openDuckDbStore } from '../../server/storage/kpi-stores/duckdb.ts';
import { startThread } from '../../server/threads.ts';
import { kpiStoreContract, MINUTES, reading, recordOf, T0 } from '../contracts/kpi-store.ts';
import { renamedReadingsContract } from '../contracts/renamed-readings.ts';
import { rollByHand } from '../contracts/rolled-by-hand.ts';
import { ROLLED_ZONE, rolledReadingsContract } from '../contracts/rolled-readings.ts';
import { ChildStore } from './killed-store.ts';

const FOREVER = Date.UTC(2100, 0, 1);
const newFolder = () => mkdtemp(join(tmpdir(), 'cellstar-duckdb-'));
const open = (folder: string): Promise<DuckDb> =>
  openDuckDb({ file: join(folder, 'cellstar.duckdb'), memoryLimitMb: 256, startThread, log: () => {} });

// Without the thread in between, which takes long to start from source.
const newPlace = async () => {
  const folder = await newFolder();
  return {
    open: async () => {
      const database = await openDatabase({ file: join(folder, 'cellstar.duckdb'), memoryLimitMb: 256 });
      const store = await openDuckDbStore(database, { zone: ROLLED_ZONE, log: () => {} });
      const close = async () => {
        await store.close();
        database.close();
      };
      return { store, close };
    },
    remove: () => rm(folder, { recursive: true }),
  };
};
kpiStoreContract('DuckDB', newPlace);
rolledReadingsContract('DuckDB', newPlace, 25);
renamedReadingsContract('DuckDB', newPlace, 12);

describe('the DuckDB file', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await newFolder();
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('of before there were late readings keeps its marks, and takes late ones from now on', async () => {
    const file = { file: join(folder, 'cellstar.duckdb'), memoryLimitMb: 256 };
    const before = await openDatabase(file);
    const old = await openDuckDbStore(before, { log: () => {} });
    await old.append([
      recordOf(1, reading('A', 5, { sinr_db: 1 }, { suspect: true }), reading('A', 10, { sinr_db: 2 })),
    ]);
    await old.close();
    const connection = await before.connect();
    for (const stage of ['recent', 'settled']) {
      await connection.run(`ALTER TABLE readings.${stage} ALTER COLUMN flags TYPE BOOLEAN`);
      await connection.run(`ALTER TABLE readings.${stage} RENAME COLUMN flags TO suspect`);
    }
    connection.close();
    before.close();
    const database = await openDatabase(file);
    const store = await openDuckDbStore(database, { log: () => {} });
    await store.append([recordOf(2, reading('A', 10, { sinr_db: 3 }, { late: true }))]);
    expect(await store.readings('A', 0, FOREVER)).toEqual([
      reading('A', 5, { sinr_db: 1 }, { suspect: true }),
      reading('A', 10, { sinr_db: 3 }, { late: true }),
    ]);
    await store.close();
    database.close();
  });

  it('is refused to a second opener in the same process, and is free again once closed', async () => {
    const first = await open(folder);
    await expect(open(folder)).rejects.toThrow(/cellstar\.duckdb is open in this process already/);
    await first.close();
    await (await open(folder)).close();
  });

  it('is refused while another process owns it, naming the file, the process and what to do', {
    timeout: 60_000,
  }, async () => {
    const owner = await ChildStore.start(folder);
    await expect(open(folder)).rejects.toThrow(
      new RegExp(
        `cellstar\\.duckdb is in use by another process \\(number ${owner.pid}\\); stop that one, or .*CELLSTAR_DATA`,
      ),
    );
    await owner.kill();
    await (await open(folder)).close();
  });

  it('is refused with its name when it is no database', async () => {
    await writeFile(join(folder, 'cellstar.duckdb'), 'something else\n'.repeat(1000));
    await expect(open(folder)).rejects.toThrow(/cellstar\.duckdb is not a DuckDB file, or is damaged/);
  });

  it('is refused with its name when its folder is missing', async () => {
    await expect(open(join(folder, 'missing'))).rejects.toThrow(/missing\/cellstar\.duckdb could not be opened/);
  });

  it('tells its size', async () => {
    const { store, close } = await open(folder);
    expect((await store.health()).bytes).toBeGreaterThan(0);
    await close();
  });

  it('answers with an error, not with silence, once it is closed', async () => {
    const { store, close } = await open(folder);
    await close();
    await expect(store.position()).rejects.toThrow(/storage thread has ended/);
    expect(await store.health()).toMatchObject({ ok: false, error: expect.stringContaining('ended') });
  });

  it('keeps what goes to it through the thread, and leaves the columns that it was given untouched', async () => {
    const first = await open(folder);
    const one = reading('A', 5, { sinr_db: 4 }, { counters: { 'x y': 2 }, suspect: true });
    const record = recordOf(3, one);
    await first.store.append([record]);
    expect(record).toEqual(recordOf(3, one));
    await first.ledger.setNumber('feed.reserved', 1000);
    await first.close();
    const { store, ledger, close } = await open(folder);
    expect(await store.position()).toBe(3);
    expect(await store.readings('A', 0, FOREVER)).toEqual([one]);
    expect(await store.series({ cell: 'A', kpi: 'sinr_db', from: 0, to: FOREVER })).toEqual([
      { at: one.at, periodSeconds: 300, value: 4, suspect: true },
    ]);
    expect(await ledger.number('feed.reserved')).toBe(1000);
    await close();
  });

  it('passes on why an append failed, keeps its place, and goes on with the next', async () => {
    const { store, close } = await open(folder);
    const broken = recordOf(1, reading('A', 5, { sinr_db: 4 }));
    broken.batch.at[0] = Number.NaN;
    await expect(store.append([broken])).rejects.toThrow(/NaN/);
    expect(await store.position()).toBe(0);
    await store.append([recordOf(1, reading('A', 5, { sinr_db: 4 }))]);
    expect(await store.readings('A', 0, FOREVER)).toEqual([reading('A', 5, { sinr_db: 4 })]);
    await close();
  });
});

describe('KPIs beyond the most columns that DuckDB is given', () => {
  it('are kept and read like the others', async () => {
    const folder = await newFolder();
    const { store, close } = await open(folder);
    const kpis = Object.fromEntries(Array.from({ length: MOST_KPI_COLUMNS + 20 }, (_, i) => [`own_${i}`, i]));
    await store.append([recordOf(1, reading('A', 5, kpis, { counters: { own_0: -5 } }))]);
    await store.append([recordOf(2, reading('A', 5, { [`own_${MOST_KPI_COLUMNS + 19}`]: 1000 }))]);
    const kpi = `own_${MOST_KPI_COLUMNS + 19}`;
    expect(await store.readings('A', T0, FOREVER)).toEqual([
      reading('A', 5, { ...kpis, [kpi]: 1000 }, { counters: { own_0: -5 } }),
    ]);
    expect(await store.series({ cell: 'A', kpi, from: T0, to: FOREVER })).toEqual([
      { at: T0 + 5 * MINUTES, periodSeconds: 300, value: 1000 },
    ]);
    await close();
    await rm(folder, { recursive: true });
  });
});

describe('settled runs of readings', () => {
  /** A store in this thread that settles after every `runRows` rows. */
  async function openSettling(folder: string, runRows: number) {
    const database = await openDatabase({ file: join(folder, 'cellstar.duckdb'), memoryLimitMb: 256 });
    const log: string[] = [];
    const store = await openDuckDbStore(database, { log: (line) => log.push(line), runRows, pauseMs: 0 });
    const asker = await database.connect();
    const counts = async () => {
      const [row] = await asker.rows(
        `SELECT (SELECT count(*) FROM readings.recent) AS recent, (SELECT count(*) FROM readings.settled) AS settled`,
      );
      return { recent: Number(row!.recent), settled: Number(row!.settled) };
    };
    const settled = async (rows: number) => expect.poll(counts, { timeout: 20_000 }).toMatchObject({ recent: rows });
    const close = async () => {
      await store.close();
      asker.close();
      database.close();
      expect(log).toEqual([]);
    };
    return { store, counts, settled, close };
  }

  it('answer as before, with what came later laid over them', async () => {
    const folder = await newFolder();
    const { store, counts, settled, close } = await openSettling(folder, 10);
    const first = Array.from({ length: 12 }, (_, i) =>
      reading(i % 2 ? 'B' : 'A', 5 + i, { sinr_db: i }, { counters: { n: i } }),
    );
    await store.append([recordOf(1, ...first)]);
    await settled(2);
    expect(await counts()).toEqual({ recent: 2, settled: 10 });
    await store.append([
      recordOf(2, reading('A', 5, { rsrp_dbm: -80 }, { counters: { m: 1 } }), reading('A', 7, { sinr_db: 70 })),
    ]);
    const expected = first.filter(({ cell }) => cell === 'A');
    expected[0] = reading('A', 5, { sinr_db: 0, rsrp_dbm: -80 }, { counters: { n: 0, m: 1 } });
    expected[1]!.kpis.sinr_db = 70;
    expect(await store.readings('A', 0, FOREVER)).toEqual(expected);
    await close();
    await rm(folder, { recursive: true });
  });

  it('hold the parts of a period as one row, the newest values winning', async () => {
    const folder = await newFolder();
    const { store, counts, settled, close } = await openSettling(folder, 4);
    await store.append([
      recordOf(1, reading('A', 5, { sinr_db: 1, rsrp_dbm: -80 }, { suspect: true }), reading('A', 10, { sinr_db: 9 })),
    ]);
    await store.append([recordOf(2, reading('A', 5, { sinr_db: 2 }), reading('A', 5, { latency_ms: 3 }))]);
    await settled(0);
    expect(await counts()).toEqual({ recent: 0, settled: 2 });
    await store.append([recordOf(3, reading('A', 10, { sinr_db: 10 }))]);
    expect(await store.readings('A', 0, FOREVER)).toEqual([
      reading('A', 5, { sinr_db: 2, rsrp_dbm: -80, latency_ms: 3 }, { suspect: true }),
      reading('A', 10, { sinr_db: 10 }),
    ]);
    await close();
    await rm(folder, { recursive: true });
  });
});

describe('any order of parts, repeats and late data', () => {
  const values = fc.record(
    { a: fc.integer({ min: -9, max: 9 }), b: fc.integer({ min: -9, max: 9 }), c: fc.integer({ min: -9, max: 9 }) },
    { requiredKeys: [] },
  );
  const anyReading = fc
    .record({
      cell: fc.constantFrom('A', 'B'),
      minutes: fc.integer({ min: 0, max: 3 }),
      kpis: values,
      counters: fc.option(values, { nil: undefined }),
      suspect: fc.boolean(),
      late: fc.boolean(),
    })
    .map(({ cell, minutes, kpis, ...more }) => reading(cell, minutes, kpis, more));
  const anyRecords = fc.array(fc.array(anyReading, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 8 });

  /** What the contract says, written down as simply as can be. */
  function merged(readings: Reading[], cell: string): Reading[] {
    const byTime = new Map<number, Reading>();
    for (const one of readings.filter((each) => each.cell === cell)) {
      const before = byTime.get(one.at);
      const counters = { ...before?.counters, ...one.counters };
      byTime.set(one.at, {
        ...one,
        kpis: { ...before?.kpis, ...one.kpis },
        counters: Object.keys(counters).length > 0 ? counters : undefined,
        suspect: before?.suspect || one.suspect || undefined,
        late: before?.late || one.late || undefined,
      });
    }
    return [...byTime.values()].sort((x, y) => x.at - y.at);
  }

  it('give what laying the readings over each other gives, settled or not', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(anyRecords, fc.integer({ min: 2, max: 9 }), async (lists, runRows) => {
        const folder = await newFolder();
        const database = await openDatabase({ file: join(folder, 'cellstar.duckdb'), memoryLimitMb: 256 });
        const log: string[] = [];
        const store = await openDuckDbStore(database, { log: (line) => log.push(line), runRows, pauseMs: 0 });
        const records = lists.map((readings, i) => recordOf(i + 1, ...readings));
        for (const record of records) {
          await store.append([record]);
          await store.append(records.slice(0, record.seq)); // as after a crash
          await new Promise(setImmediate);
        }
        for (const cell of ['A', 'B']) {
          expect(await store.readings(cell, 0, FOREVER)).toEqual(merged(lists.flat(), cell));
        }
        await store.close();
        database.close();
        expect(log).toEqual([]);
        await rm(folder, { recursive: true });
      }),
      { numRuns: 15 },
    );
  });
});

describe('a process that is killed while it appends', () => {
  /** Merging hides doubled rows from those who ask for readings, so they are counted here. */
  async function rowsEverAppended(database: Database) {
    const connection = await database.connect();
    const [row] = await connection.rows(
      `SELECT next_ordinal AS numbered, (SELECT count(*) FROM readings.recent) + (SELECT count(*) FROM readings.settled) AS held
       FROM readings.position`,
    );
    connection.close();
    return { numbered: Number(row!.numbered), held: Number(row!.held) };
  }

  it('loses nothing that was acknowledged and doubles nothing', { timeout: 120_000 }, async () => {
    const folder = await newFolder();
    for (let round = 1; round <= 4; round++) {
      const child = await ChildStore.start(folder);
      await child.killAfter(100 + Math.random() * 700);
      const database = await openDatabase({ file: join(folder, 'cellstar.duckdb'), memoryLimitMb: 256 });
      const store = await openDuckDbStore(database, { log: () => {}, pauseMs: 60_000 });
      const position = await store.position();
      // What came after the last acknowledgement may be there or not, but whole.
      expect(position).toBeGreaterThanOrEqual(child.acknowledged);
      expect(await rowsEverAppended(database)).toEqual({ numbered: position * 10, held: position * 10 });
      for (const cell of ['cell 0', 'cell 9']) {
        const readings = await store.readings(cell, 0, FOREVER);
        expect(readings.map(({ kpis }) => kpis.active_users)).toEqual(
          Array.from({ length: position }, (_, i) => i + 1),
        );
        expect(readings.map(({ counters }) => counters?.['raw count'])).toEqual(
          readings.map(({ kpis }) => kpis.active_users),
        );
      }
      await store.close();
      database.close();
    }
    await rm(folder, { recursive: true });
  });
});

describe('a process that is killed while it pools days', () => {
  it('leaves hours and days that hold each reading once', { timeout: 120_000 }, async () => {
    const folder = await newFolder();
    for (let round = 1; round <= 4; round++) {
      const child = await ChildStore.start(folder, 'pools');
      await child.killAfter(300 + Math.random() * 900);
      const database = await openDatabase({ file: join(folder, 'cellstar.duckdb'), memoryLimitMb: 256 });
      const store = await openDuckDbStore(database, { log: () => {}, pauseMs: 60_000 });
      expect(await store.position()).toBeGreaterThanOrEqual(child.acknowledged);
      while (await store.rollUp(FOREVER)) {}
      const readings = await store.readings('cell 3', 0, FOREVER);
      for (const [level, stepMs] of [
        ['hourly', 60 * MINUTES],
        ['daily', 24 * 60 * MINUTES],
      ] as const) {
        const byHand = rollByHand(readings, 'cell 3', 'traffic_gb', (at) => Math.ceil(at / stepMs) * stepMs);
        const { at, value } = await store.rolled(level, { cell: 'cell 3', kpi: 'traffic_gb', from: 0, to: FOREVER });
        expect(Array.from(at, (end, i) => [end, value[i]])).toEqual(byHand.map((one) => [one.at, one.value]));
      }
      await store.close();
      database.close();
    }
    await rm(folder, { recursive: true });
  });
});

describe('room on disk', () => {
  it('of what was let go is used again', { timeout: 60_000 }, async () => {
    const folder = await newFolder();
    const database = await openDatabase({ file: join(folder, 'cellstar.duckdb'), memoryLimitMb: 256 });
    const store = await openDuckDbStore(database, { log: () => {}, runRows: 10_000, pauseMs: 0 });
    const sizes: number[] = [];
    for (let day = 1; day <= 12; day++) {
      const readings = Array.from({ length: 20_000 }, (_, i) =>
        reading(`cell ${i % 500}`, (day - 1) * 1440 + 36 * (1 + Math.floor(i / 500)), { traffic_gb: Math.random() }),
      );
      await store.append([recordOf(day, ...readings)]);
      while (await store.rollUp(FOREVER)) {}
      await store.forget('raw', T0 + (day - 3) * 1440 * MINUTES);
      sizes.push((await store.kept()).raw.bytes!);
    }
    // Three days are kept; the first ones fill the file, and no later one makes it larger by more than a day.
    const days = await store.readings('cell 0', 0, FOREVER);
    expect(days).toHaveLength(3 * 40);
    expect(Math.max(...sizes.slice(6))).toBeLessThan(2 * Math.max(...sizes.slice(2, 6)));
    await store.close();
    database.close();
    await rm(folder, { recursive: true });
  });
});
