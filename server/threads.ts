// Starts a worker thread by its entry file, from the build (.js) or, in tests and development, from the source (.ts).

import { Worker } from 'node:worker_threads';

/** `entry` is relative to `server/` and without its ending: `storage/duckdb-thread`. */
export type StartThread = (entry: string, workerData?: unknown) => Worker;

export const startThread: StartThread = (entry, workerData) => {
  const fromSource = import.meta.url.endsWith('.ts');
  const file = new URL(`./${entry}.${fromSource ? 'ts' : 'js'}`, import.meta.url);
  return fromSource ? new Worker(throughTsx(file), { workerData, eval: true }) : new Worker(file, { workerData });
};

/** A thread's entry file is loaded before `--import tsx` takes effect in it, so a line of JavaScript goes first. */
function throughTsx(file: URL): string {
  return `import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(file.href)}); });`;
}
