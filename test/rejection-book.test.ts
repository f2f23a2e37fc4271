// What was refused is counted at once and kept, also when the ledger could not take it the first time.

import { expect, it } from 'vitest';
import { Sources } from '../server/live/sources.ts';
import type { Rejection } from '../server/model/rejection.ts';
import { RejectionBook } from '../server/rejection-book.ts';
import type { Ledger, StoredRejection } from '../server/storage/ledger.ts';

const rejection: Rejection = { reason: 'not-json', detail: 'line 1: this is no JSON' };

it('rejections that could not be saved are saved the next time, each once', async () => {
  const saved: StoredRejection[] = [];
  let isAway = true;
  const ledger = {
    saveRejections: async (some: readonly StoredRejection[]) => {
      if (isAway) throw new Error('away');
      saved.push(...some);
    },
  } as Ledger;
  const sources = new Sources();
  const book = new RejectionBook(
    ledger,
    sources,
    () => 1000,
    () => undefined,
  );
  book.add('x', [rejection], 7);
  expect(sources.totals().rejected).toBe(7);
  await expect(book.flush()).rejects.toThrow('away');
  book.add('x', [rejection], 1);
  isAway = false;
  await book.flush();
  await book.flush();
  expect(saved).toEqual(Array(2).fill({ ...rejection, at: 1000, source: 'x' }));
});
