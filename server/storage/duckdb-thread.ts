// The thread that owns the DuckDB file: opens it, then answers calls to the readings and to the ledger.

import { getEnvironmentData, parentPort, workerData } from 'node:worker_threads';
import { CATALOGUE_FOR_THREADS, type Catalogue, installCatalogue, SHIPPED_CATALOGUE } from '../model/catalogue.ts';
import { type DatabaseOptions, openDatabase } from './duckdb/database.ts';
import { answerCalls, type FromThread } from './duckdb/rpc.ts';
import { openDuckDbStore } from './kpi-stores/duckdb.ts';
import { openDuckDbLedger } from './ledger-duckdb.ts';
import { openDuckDbPeople } from './people-store-duckdb.ts';
import { openDuckDbRejections } from './rejection-store-duckdb.ts';
import { openDuckDbSamples } from './sample-store-duckdb.ts';

installCatalogue((getEnvironmentData(CATALOGUE_FOR_THREADS) as Catalogue | undefined) ?? SHIPPED_CATALOGUE);
const port = parentPort!;
const tell = (message: FromThread) => port.postMessage(message);

try {
  const { zone, ...options } = workerData as DatabaseOptions & { zone?: string };
  const database = await openDatabase(options);
  const store = await openDuckDbStore(database, { zone, log: (line) => tell({ kind: 'log', line }) });
  const ledger = await openDuckDbLedger(database);
  const samples = await openDuckDbSamples(database);
  const people = await openDuckDbPeople(database);
  const rejections = await openDuckDbRejections(database);
  const close = async () => {
    await store.close();
    await ledger.close();
    await samples.close();
    await people.close();
    await rejections.close();
    database.close();
    // The answer to this call goes out first; then nothing keeps the thread alive.
    setImmediate(() => port.close());
  };
  answerCalls(port, { store, rollups: store.rollups, ledger, samples, people, rejections, thread: { close } });
  tell({ kind: 'opened' });
} catch (error) {
  tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
}
