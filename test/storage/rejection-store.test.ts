// What was refused outlives a restart: the newest one by one within bounds, the counts for ever.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../server/storage/duckdb/database.ts';
import {
  MOST_REJECTION_DAYS,
  MOST_REJECTIONS,
  type RejectionStore,
  type StoredRejection,
} from '../../server/storage/rejection-store.ts';
import { openDuckDbRejections } from '../../server/storage/rejection-store-duckdb.ts';

const T0 = Date.UTC(2026, 2, 17);
const DAY_MS = 86_400_000;
const rejection = (detail: string, more: Partial<StoredRejection> = {}): StoredRejection => ({
  ...{ at: T0, source: 'readings/ridge', index: 3, reason: 'out-of-range', detail },
  ...more,
});

describe('the store of rejections', () => {
  let folder: string;
  let store: RejectionStore;
  let close: () => Promise<void>;

  async function open() {
    const database = await openDatabase({ file: join(folder, 'cellstar.duckdb'), memoryLimitMb: 128 });
    const opened = await openDuckDbRejections(database);
    store = opened;
    close = async () => {
      await opened.close();
      database.close();
    };
  }
  async function reopen() {
    await close();
    await open();
  }
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cellstar-rejections-'));
    await open();
  });
  afterEach(async () => {
    await close();
    await rm(folder, { recursive: true });
  });
  const details = async (query: Parameters<RejectionStore['list']>[0]) =>
    (await store.list(query)).map(({ detail }) => detail);

  it('lists the newest first, page by page, also when all came at once', async () => {
    await store.save(
      ['a', 'b', 'c'].map((detail) => rejection(detail)),
      [],
      T0,
    );
    await store.save(
      ['d', `e: "'\\`].map((detail) => rejection(detail)),
      [],
      T0,
    );
    await reopen();
    const first = await store.list({ limit: 3 });
    expect(first.map(({ detail }) => detail)).toEqual([`e: "'\\`, 'd', 'c']);
    expect(first[1]).toEqual({ ...rejection('d'), id: expect.any(Number) });
    expect(await details({ limit: 3, before: first.at(-1)?.id })).toEqual(['b', 'a']);
  });

  it('finds those of a source, of a reason, of a time', async () => {
    const all = [
      rejection('ridge'),
      rejection('other', { source: "it's" }),
      rejection('time', { reason: 'bad-time', at: T0 + 5 }),
    ];
    await store.save(all, [], T0);
    expect(await details({ limit: 9, source: "it's" })).toEqual(['other']);
    expect(await details({ limit: 9, reason: 'bad-time', source: 'readings/ridge' })).toEqual(['time']);
    expect(await details({ limit: 9, from: T0 + 5 })).toEqual(['time']);
    expect(await details({ limit: 9, from: T0, to: T0 + 5 })).toEqual(['other', 'ridge']);
  });

  it('keeps the newest so many of so many days, and says how many it keeps', async () => {
    await store.save(
      Array.from({ length: MOST_REJECTIONS }, (_, i) => rejection(`${i}`)),
      [],
      T0,
    );
    await store.save([rejection('last', { at: T0 + DAY_MS })], [], T0 + DAY_MS);
    const kept = await details({ limit: MOST_REJECTIONS * 2 });
    expect([kept.length, await store.kept(), kept[0], kept.at(-1)]).toEqual([
      MOST_REJECTIONS,
      MOST_REJECTIONS,
      'last',
      '1',
    ]);
    await store.save([], [], T0 + DAY_MS * (MOST_REJECTION_DAYS + 0.5));
    expect(await details({ limit: 9 })).toEqual(['last']);
  });

  it('counts for ever, by source and reason, whatever is no longer kept', async () => {
    const count = { source: 'a', reason: 'bad-time' as const, count: 7, firstAt: T0, lastAt: T0 + 1 };
    const example = { reason: 'bad-time' as const, detail: 'when?', excerpt: '"soon"' };
    await store.save([], [{ ...count, example }], T0);
    await store.save(
      [],
      [
        { ...count, count: 9, example },
        { ...count, source: "b'", example },
      ],
      T0,
    );
    await reopen();
    expect(await store.counts()).toEqual([
      { ...count, count: 9, example },
      { ...count, source: "b'", example },
    ]);
  });

  it('takes over what the ledger kept before there were counts', async () => {
    await close();
    const database = await openDatabase({ file: join(folder, 'cellstar.duckdb'), memoryLimitMb: 128 });
    const connection = await database.connect();
    await connection.run('CREATE SCHEMA ledger');
    await connection.run('CREATE TABLE ledger.rejection (id BIGINT NOT NULL, body VARCHAR NOT NULL)');
    const old = [rejection('a'), rejection('b', { at: T0 + 1, count: 3 })];
    for (const [i, one] of old.entries())
      await connection.run('INSERT INTO ledger.rejection VALUES ($1, $2)', BigInt(i), JSON.stringify(one));
    connection.close();
    database.close();
    await open();
    expect(await details({ limit: 9 })).toEqual(['b', 'a']);
    expect(await store.counts()).toMatchObject([{ count: 4, firstAt: T0, lastAt: T0 + 1, example: { detail: 'b' } }]);
    await reopen();
    expect(await store.counts()).toMatchObject([{ count: 4 }]);
  });
});
