// What is told when the storage thread dies, or its database does.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDuckDb } from '../../server/storage/duckdb.ts';

let folder: string;
let told: Error[];
let log: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cellstar-thread-'));
  told = [];
  log = [];
});
afterEach(() => rm(folder, { recursive: true }));

/** Opens over a thread that answers each call with this JavaScript, `id` being the number of the call. */
function openOver(
  answer: string,
  options: { fatal?: (error: Error) => void } = { fatal: (error) => told.push(error) },
) {
  const code = `const { parentPort: port } = require('node:worker_threads');
    port.on('message', ({ id, method }) => {
      if (method === 'close') { port.postMessage({ kind: 'answer', id }); return port.close(); }
      ${answer}
    });
    port.postMessage({ kind: 'opened' });`;
  return openDuckDb({
    file: join(folder, 'cellstar.duckdb'),
    memoryLimitMb: 256,
    startThread: () => new Worker(code, { eval: true }),
    log: (line) => log.push(line),
    ...options,
  });
}

it('an exception in the thread is told once, and calls under way reject, whether anyone looks or not', async () => {
  const { store, ledger } = await openOver(`throw new Error('out of order');`);
  const underWay = [store.position(), ledger.cells()];
  await expect.poll(() => told.length).toBe(1);
  await new Promise((resolve) => setTimeout(resolve, 10));
  for (const each of underWay) await expect(each).rejects.toThrow('out of order');
  expect(told.map(({ message }) => message)).toEqual(['the storage thread failed: out of order']);
});

it('an end that nobody asked for is told; without anyone to tell, it is logged', async () => {
  const { store } = await openOver('process.exit(3);', {});
  await expect(store.position()).rejects.toThrow('ended');
  expect(log).toEqual([expect.stringContaining('the storage thread has ended')]);
});

it('an invalidated database is told once, for it answers nothing more; other errors are not', async () => {
  const { store, close } = await openOver(`
    const error = method === 'position' ? 'FATAL Error: database has been invalidated because of a previous fatal error' : 'no';
    port.postMessage({ kind: 'answer', id, error });`);
  await expect(store.readings('A', 0, 1)).rejects.toThrow('no');
  expect(told).toEqual([]);
  await expect(store.position()).rejects.toThrow('invalidated');
  await expect(store.position()).rejects.toThrow('invalidated');
  expect(told.map(({ message }) => message)).toEqual([expect.stringContaining('database has been invalidated')]);
  await close();
  expect(told).toHaveLength(1);
});
