// What was refused is counted at once and kept, also when the store could not take it the first time, and over a restart.

import { expect, it } from 'vitest';
import { RejectionBook } from '../../server/arrival/rejection-book.ts';
import { RejectionList } from '../../server/intake/rejection-list.ts';
import { Sources } from '../../server/live/sources.ts';
import type { Rejection } from '../../server/model/rejection.ts';
import type { RejectionCount, RejectionStore, StoredRejection } from '../../server/storage/rejection-store.ts';

const rejection: Rejection = { reason: 'not-json', detail: 'line 1: this is no JSON' };

class Shelf implements RejectionStore {
  isAway = false;
  saved: StoredRejection[] = [];
  counted = new Map<string, RejectionCount>();

  async save(some: readonly StoredRejection[], counts: readonly RejectionCount[]) {
    const { isAway } = this;
    await new Promise((resolve) => setImmediate(resolve));
    if (isAway) throw new Error('away');
    this.saved.push(...some);
    for (const one of counts) this.counted.set(`${one.source} ${one.reason}`, one);
  }
  list = async () => this.saved;
  counts = async () => [...this.counted.values()];
  kept = async () => this.saved.length;
  close = async () => undefined;
}

const open = (shelf: Shelf, sources = new Sources(), now = 1000) =>
  RejectionBook.open(
    shelf,
    sources,
    () => now,
    () => undefined,
  );

it('rejections that could not be saved are saved the next time, each once', async () => {
  const shelf = new Shelf();
  const sources = new Sources();
  const book = await open(shelf, sources);
  shelf.isAway = true;
  book.add('x', [rejection], 7);
  expect(sources.totals().rejected).toBe(7);
  await expect(book.flush()).rejects.toThrow('away');
  book.add('x', [rejection], 1);
  shelf.isAway = false;
  await book.flush();
  await book.flush();
  expect(shelf.saved).toEqual(Array(2).fill({ ...rejection, at: 1000, source: 'x' }));
  expect([...shelf.counted.values()]).toMatchObject([{ source: 'x', reason: 'not-json', count: 8 }]);
});

it('whoever asks finds all that was refused before, however many ask at once', async () => {
  const shelf = new Shelf();
  const book = await open(shelf);
  book.add('x', [rejection], 1);
  const first = book.flush();
  book.add('x', [rejection], 1);
  const kept = () => shelf.saved.length;
  expect(await Promise.all([first, book.flush().then(kept), book.flush().then(kept)])).toEqual([undefined, 2, 2]);
});

it('a flush after one that failed tries anew', async () => {
  const shelf = new Shelf();
  const book = await open(shelf);
  shelf.isAway = true;
  book.add('x', [rejection], 1);
  const failing = book.flush().catch((error) => {
    shelf.isAway = false;
    return error.message;
  });
  const next = book.flush();
  expect(await failing).toBe('away');
  await next;
  expect(shelf.saved).toHaveLength(1);
});

it('counts go on over a restart, by source and reason, with the newest as the example', async () => {
  const shelf = new Shelf();
  const before = await open(shelf);
  before.add('x', [rejection, { reason: 'bad-time', detail: 'when?', count: 40 }], 41);
  await before.flush();
  const after = await open(shelf, new Sources(), 2000);
  after.add('x', [{ ...rejection, detail: 'line 9: this neither' }], 1);
  after.add('y', [rejection], 1);
  expect(after.countsOf({ source: 'x' })).toEqual([
    { source: 'x', reason: 'bad-time', count: 40, firstAt: 1000, lastAt: 1000, example: expect.anything() },
    {
      ...{ source: 'x', reason: 'not-json', count: 2, firstAt: 1000, lastAt: 2000 },
      example: { ...rejection, detail: 'line 9: this neither' },
    },
  ]);
  expect(after.countsOf({ reason: 'not-json' }).map(({ source }) => source)).toEqual(['x', 'y']);
});

it('the rejections of a delivery add up to its total, however many there are', () => {
  const list = new RejectionList();
  for (let i = 0; i < 5000; i++) list.add({ reason: i % 2 ? 'bad-time' : 'not-json', detail: `${i}` });
  for (let i = 0; i < 10; i++) list.count({ reason: 'not-a-cell', detail: 'a class' }, `class ${i % 2}`);
  expect(list.total).toBe(5010);
  expect(list.kept.reduce((sum, { count = 1 }) => sum + count, 0)).toBe(5010);
  expect(list.kept.length).toBeLessThan(1010);
});
