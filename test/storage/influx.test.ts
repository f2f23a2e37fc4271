// InfluxDB as the store: the contract on a real server, and what is its own: databases, users, being away.

import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../../server/storage/duckdb/database.ts';
import type { KeptTags } from '../../server/storage/influx/tags.ts';
import { underTags } from '../../server/storage/influx/under-tags.ts';
import { openDuckDbStore } from '../../server/storage/kpi-stores/duckdb.ts';
import { type InfluxOptions, openInfluxStore } from '../../server/storage/kpi-stores/influx.ts';
import { kpiStoreContract, reading, recordOf, T0 } from '../contracts/kpi-store.ts';
import { renamedReadingsContract } from '../contracts/renamed-readings.ts';
import { ROLLED_ZONE, rolledReadingsContract } from '../contracts/rolled-readings.ts';
import { type Influxd, influxdMissing, startInfluxd } from '../influxd.ts';

const FOREVER = Date.UTC(2100, 0, 1);
let databases = 0;

/** A number kept in memory, as the ledger keeps it on disk. */
function keptNumber() {
  let kept = 0;
  return {
    get: async () => kept,
    set: async (seq: number) => {
      kept = seq;
    },
  };
}

/** Pooled values are kept in a DuckDB beside. */
async function openRollups(file: string) {
  const database = await openDatabase({ file, memoryLimitMb: 256 });
  const own = await openDuckDbStore(database, { zone: ROLLED_ZONE, log: () => {} });
  const close = async () => {
    await own.close();
    database.close();
  };
  return { rollups: own.rollups, close };
}

let folder: string;
/** For stores that nobody asks for hours or days. */
let shared: Awaited<ReturnType<typeof openRollups>>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cellstar-influx-rollups-'));
  shared = await openRollups(join(folder, 'shared.duckdb'));
});
afterAll(async () => {
  await shared.close();
  await rm(folder, { recursive: true });
});

describe.skipIf(influxdMissing)('with an InfluxDB of its own', () => {
  let influxd: Influxd;
  const options = (more: Partial<InfluxOptions> = {}): InfluxOptions => ({
    url: influxd.url,
    database: `db ${++databases} "x"`,
    position: keptNumber(),
    rollups: shared.rollups,
    log: () => {},
    ...more,
  });

  beforeAll(async () => {
    influxd = await startInfluxd();
  });
  afterAll(() => influxd?.remove());

  const newPlace = async () => {
    const place = options();
    const file = join(folder, `${databases}.duckdb`);
    return {
      open: async () => {
        const { rollups, close } = await openRollups(file);
        const store = openInfluxStore({ ...place, rollups });
        return { store, close: () => store.close().then(close) };
      },
      remove: async () => {},
    };
  };
  kpiStoreContract('InfluxDB', newPlace);
  rolledReadingsContract('InfluxDB', newPlace, 8);

  const taggedPlace = async () => {
    const place = options({ rollups: shared.rollups });
    let kept: KeptTags = [];
    const keep = async (tags: KeptTags, seq: number) => {
      kept = tags;
      await place.position.set(seq);
    };
    return {
      open: async () => {
        const store = underTags(openInfluxStore(place), { kept, keep });
        return { store, close: () => store.close() };
      },
      remove: async () => {},
    };
  };
  renamedReadingsContract('InfluxDB', taggedPlace, 12);

  it('holds every row of an append far larger than one write', async () => {
    const store = openInfluxStore(options());
    const readings = Array.from({ length: 40_000 }, (_, i) =>
      reading(`cell ${i % 4}`, Math.floor(i / 4), { sinr_db: i }),
    );
    await store.append([recordOf(1, ...readings)]);
    for (let cell = 0; cell < 4; cell++) {
      const points = await store.series({ cell: `cell ${cell}`, kpi: 'sinr_db', from: 0, to: FOREVER });
      expect(points.map(({ value }) => value)).toEqual(Array.from({ length: 10_000 }, (_, i) => i * 4 + cell));
    }
    await store.close();
  });

  it('keeps the order of rows of one cell, so that the newest value wins within one append', async () => {
    const store = openInfluxStore(options());
    const rounds = Array.from({ length: 12_000 }, (_, i) => reading('A', 5, { sinr_db: i }));
    await store.append([recordOf(1, ...rounds), recordOf(2, reading('A', 5, { sinr_db: -1 }))]);
    expect((await store.readings('A', 0, FOREVER))[0]?.kpis).toEqual({ sinr_db: -1 });
    await store.close();
  });

  it('refuses an append while the server is away, and takes the same records once it is back', async () => {
    const lonely = await startInfluxd();
    onTestFinished(() => lonely.remove());
    const store = openInfluxStore(options({ url: lonely.url }));
    await store.append([recordOf(1, reading('A', 5, { sinr_db: 1 }))]);
    await lonely.stop();
    const later = [recordOf(2, reading('A', 10, { sinr_db: 2 }))];
    await expect(store.append(later)).rejects.toThrow(/^InfluxDB at 127\.0\.0\.1:\d+: /);
    expect(await store.position()).toBe(1);
    expect(await store.health()).toMatchObject({ ok: false, error: expect.stringContaining('ECONNREFUSED') });
    await lonely.start();
    await store.append(later);
    expect(await store.position()).toBe(2);
    expect((await store.readings('A', 0, FOREVER)).map(({ kpis }) => kpis.sinr_db)).toEqual([1, 2]);
    await store.close();
  });

  it('goes on when the server refuses rows for good, and tells how many', async () => {
    const told: [number, string][] = [];
    const place = options({ refused: (count, detail) => told.push([count, detail]) });
    const store = openInfluxStore(place);
    await store.append([recordOf(1, reading('A', 5, { sinr_db: 1 }))]);
    const search = new URLSearchParams({
      q: `CREATE RETENTION POLICY "short" ON "${place.database!.replace(/["\\]/g, '\\$&')}" DURATION 1h REPLICATION 1 DEFAULT`,
    });
    await fetch(`${influxd.url}/query?${search}`, { method: 'POST' });
    await store.append([recordOf(2, reading('A', 10, { sinr_db: 2 }), reading('A', 15, { sinr_db: 3 }))]);
    expect(await store.position()).toBe(2);
    expect(told).toEqual([[2, expect.stringMatching(/retention policy/)]]);
    await store.close();
  });

  it('refuses only the line that the server cannot read, and keeps the others of its write', async () => {
    const told: [number, string][] = [];
    const store = openInfluxStore(options({ refused: (count, detail) => told.push([count, detail]) }));
    const tooLong = 'x'.repeat(70_000);
    const readings = [
      reading('A', 5, { sinr_db: 1 }),
      reading(tooLong, 5, { sinr_db: 2 }),
      reading('A', 10, { sinr_db: 3 }),
    ];
    await store.append([recordOf(1, ...readings)]);
    expect(await store.position()).toBe(1);
    expect(told).toEqual([[1, expect.stringContaining('max key length')]]);
    expect(told[0]![1].length).toBeLessThan(2000);
    expect((await store.readings('A', 0, FOREVER)).map(({ kpis }) => kpis.sinr_db)).toEqual([1, 3]);
    await store.close();
  });

  it('refuses options that name neither a bucket nor a database', () => {
    expect(() => openInfluxStore(options({ database: undefined }))).toThrow(/needs a bucket .* or a database/);
  });
});

describe('the doors of InfluxDB 2.x and 3', () => {
  it('are given organisation, bucket and token to write, and InfluxQL to read', async () => {
    const heard: { url: string; authorization: string | undefined; body: string }[] = [];
    const server = createServer(async (request, response) => {
      const body = await text(request);
      heard.push({ url: request.url!, authorization: request.headers.authorization, body });
      if (request.method === 'POST') response.writeHead(204).end();
      else response.writeHead(200, { 'content-type': 'application/json' }).end('{"results":[{"statement_id":0}]}');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/influx/`;
    const place = { url, token: 's3cret', org: 'our org', bucket: 'cell data' };
    const store = openInfluxStore({ ...place, position: keptNumber(), rollups: shared.rollups, log: () => {} });
    await store.append([recordOf(1, reading('A', 5, { sinr_db: 1.5 }))]);
    expect(await store.readings('A', 0, 1000)).toEqual([]);
    expect(heard).toEqual([
      {
        url: '/influx/api/v2/write?org=our%20org&bucket=cell%20data&precision=ms',
        authorization: 'Token s3cret',
        body: `cell_kpi,cell=A,period=300 sinr_db=1.5 ${T0 + 300_000}`,
      },
      {
        url: expect.stringMatching(/^\/influx\/query\?db=cell\+data&q=SELECT.*&epoch=ms$/),
        authorization: 'Token s3cret',
        body: '',
      },
    ]);
    await store.close();
    server.close();
  });
});

describe('a server that turns a whole write away for one line', () => {
  async function answering(answer: (body: string) => { status: number; body?: string }) {
    const taken: string[] = [];
    const server = createServer(async (request, response) => {
      const lines = await text(request);
      const { status, body = '' } = answer(lines);
      if (status === 204) taken.push(...lines.split('\n').map((line) => line.split(' ')[1]!));
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const told: [number, string][] = [];
    const store = openInfluxStore({
      rollups: shared.rollups,
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      bucket: 'cells',
      position: keptNumber(),
      log: () => {},
      refused: (count, detail) => told.push([count, detail]),
    });
    onTestFinished(() => store.close());
    return { store, taken, told };
  }
  const seven = recordOf(1, ...Array.from({ length: 7 }, (_, i) => reading('A', i, { sinr_db: i })));

  it('still gets the others, in order, and the one is told', async () => {
    const { store, taken, told } = await answering((body) =>
      body.includes('sinr_db=4')
        ? { status: 400, body: '{"code":"invalid","message":"unable to parse \'cell_kpi\': bad timestamp"}' }
        : { status: 204 },
    );
    await store.append([seven]);
    expect(taken).toEqual([0, 1, 2, 3, 5, 6].map((i) => `sinr_db=${i}`));
    expect(told).toEqual([[1, expect.stringMatching(/unable to parse.*sinr_db=4/s)]]);
    expect(await store.position()).toBe(1);
  });

  it('is tried again when it is the request that it refuses, not its lines', async () => {
    const { store, told } = await answering(() => ({
      status: 400,
      body: '{"code":"invalid","message":"Please provide either orgID or org"}',
    }));
    await expect(store.append([seven])).rejects.toThrow(/orgID/);
    expect(told).toEqual([]);
    expect(await store.position()).toBe(0);
  });
});

describe.skipIf(influxdMissing)('with an InfluxDB that asks who it is', () => {
  let influxd: Influxd;
  beforeAll(async () => {
    influxd = await startInfluxd({ authEnabled: true });
    const q = `CREATE USER "admin" WITH PASSWORD 'pass: word' WITH ALL PRIVILEGES`;
    await fetch(`${influxd.url}/query?${new URLSearchParams({ q })}`, { method: 'POST' });
  });
  afterAll(() => influxd?.remove());

  it('writes and reads as the user it was given', async () => {
    const user = { username: 'admin', password: 'pass: word' };
    const store = openInfluxStore({
      rollups: shared.rollups,
      url: influxd.url,
      database: 'cellstar',
      ...user,
      position: keptNumber(),
      log: () => {},
    });
    await store.append([recordOf(1, reading('A', 5, { sinr_db: 1 }))]);
    expect(await store.readings('A', 0, FOREVER)).toEqual([reading('A', 5, { sinr_db: 1 })]);
    expect(await store.health()).toEqual({ ok: true });
    await store.close();
  });

  it('says that it was turned away when the password is wrong, and keeps its place', async () => {
    const user = { username: 'admin', password: 'wrong' };
    const store = openInfluxStore({
      rollups: shared.rollups,
      url: influxd.url,
      database: 'cellstar',
      ...user,
      position: keptNumber(),
      log: () => {},
    });
    await expect(store.append([recordOf(1, reading('A', 5, { sinr_db: 1 }))])).rejects.toThrow(/authorization failed/);
    expect(await store.position()).toBe(0);
    expect(await store.health()).toMatchObject({ ok: false, error: expect.stringContaining('authorization failed') });
    await store.close();
  });
});
