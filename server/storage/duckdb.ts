// The front door of DuckDB: starts the thread that owns the file and hands out what lives in it, readings and ledger.

import { resolve } from 'node:path';
import type { Worker } from 'node:worker_threads';
import type { RenamedRecord } from '../model/identity.ts';
import type { ReadingsRecord, SamplesRecord } from '../model/journal.ts';
import type { Column } from '../model/reading.ts';
import { Calls, type FromThread } from './duckdb/rpc.ts';
import type { KpiStore, StoredRecord } from './kpi-store.ts';
import type { Ledger } from './ledger.ts';
import type { PeopleStore } from './people-store.ts';
import type { RejectionStore } from './rejection-store.ts';
import type { Rollups } from './rollups.ts';
import type { SampleStore } from './sample-store.ts';

export interface OpenDuckDbOptions {
  /** Path of the file; made when missing. Its folder must exist. */
  file: string;
  /** What DuckDB may hold in memory, MB; beyond that it spills to disk. */
  memoryLimitMb: number;
  /** IANA name of the network's zone: pooled days are local days. UTC unless told. */
  zone?: string;
  /** Starts a worker by its entry, relative to `server/`. */
  startThread(entry: string, workerData: unknown): Worker;
  log(line: string): void;
  /**
   * The thread has ended by itself, or DuckDB has given the database up: nothing is stored any more until the file is opened
   * anew, and all that was acknowledged is in the journal. Told once; logged unless told otherwise.
   */
  fatal?(error: Error): void;
}

export interface DuckDb {
  store: KpiStore;
  /** Pooled values of readings that another store holds. */
  rollups: Rollups;
  /** Also there when another store holds the readings. */
  ledger: Ledger;
  samples: SampleStore;
  people: PeopleStore;
  rejections: RejectionStore;
  /** Finishes what was asked, closes the file and ends the thread. `store.close` and `ledger.close` alone do not. */
  close(): Promise<void>;
}

const LEDGER_METHODS = [
  'cells',
  'saveCells',
  'leftCells',
  'cellChanges',
  'calendar',
  'saveCalendar',
  'influxTags',
  'saveInfluxTags',
  'alerts',
  'alert',
  'alertChanges',
  'alertsSince',
  'saveAlerts',
  'alarmsByKey',
  'standingAlarms',
  'alarmHistory',
  'knownMutes',
  'knownPredictions',
  'prediction',
  'predictions',
  'number',
  'setNumber',
] as const satisfies readonly (keyof Ledger)[];

const STORE_METHODS = [
  'position',
  'series',
  'readings',
  'rolled',
  'stale',
  'rollUp',
  'forget',
  'oldest',
  'kept',
  'keptAfter',
] as const satisfies readonly (keyof KpiStore)[];

const ROLLUP_METHODS = [
  'mark',
  'due',
  'roll',
  'rolled',
  'stale',
  'forget',
  'oldestDay',
  'letRawGo',
  'kept',
  'keptAfter',
] as const satisfies readonly (keyof Rollups)[];

const SAMPLE_METHODS = [
  'position',
  'known',
  'slices',
  'byHexagonAndCell',
  'samples',
  'timing',
  'timingTo',
  'forget',
  'areas',
  'saveAreas',
] as const satisfies readonly (keyof SampleStore)[];

const PEOPLE_METHODS = [
  'append',
  'rename',
  'position',
  'subscribers',
  'subscriber',
  'usage',
  'usages',
  'usualExposures',
  'exposures',
  'complaints',
  'surveys',
  'complaintsSince',
  'surveysSince',
  'saveDays',
  'days',
  'forgetDays',
  'audit',
  'audits',
] as const satisfies readonly (keyof PeopleStore)[];

const REJECTION_METHODS = ['save', 'list', 'counts', 'kept'] as const satisfies readonly (keyof RejectionStore)[];

/** Files open in this process: DuckDB itself notices only other processes. */
const openFiles = new Set<string>();

/**
 * Opens the file in a thread of its own. Rejects with a sentence for people when the file is in use
 * (by another process or by this one), is no database, or cannot be read.
 */
export async function openDuckDb(options: OpenDuckDbOptions): Promise<DuckDb> {
  const file = resolve(options.file);
  if (openFiles.has(file)) throw new Error(`${file} is open in this process already`);
  openFiles.add(file);
  try {
    const worker = options.startThread('storage/duckdb-thread', {
      file,
      memoryLimitMb: options.memoryLimitMb,
      zone: options.zone,
    });
    worker.once('exit', () => openFiles.delete(file));
    const calls = new Calls(worker);
    await opened(worker, options.log);
    calls.watch(options.fatal ?? ((error) => options.log(`storage: ${error.message}`)));
    let closing: Promise<void> | undefined;
    const close = () => {
      closing ??= endThread(calls, worker);
      return closing;
    };
    const rejections = {
      ...calls.remote<RejectionStore, (typeof REJECTION_METHODS)[number]>('rejections', REJECTION_METHODS),
      close: async () => {},
    };
    const people = calls.remote<PeopleStore, (typeof PEOPLE_METHODS)[number]>('people', PEOPLE_METHODS);
    const rollups = calls.remote<Rollups, (typeof ROLLUP_METHODS)[number]>('rollups', ROLLUP_METHODS);
    return {
      store: storeOver(calls),
      rollups,
      ledger: ledgerOver(calls),
      samples: samplesOver(calls),
      people,
      rejections,
      close,
    };
  } catch (error) {
    openFiles.delete(file);
    throw error;
  }
}

function opened(worker: Worker, log: (line: string) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the storage thread ended before it had opened the file')));
    worker.on('message', (message: FromThread) => {
      if (message.kind === 'opened') resolve();
      else if (message.kind === 'failed') reject(new Error(message.message));
      else if (message.kind === 'log') log(message.line);
    });
  });
}

async function endThread(calls: Calls, worker: Worker): Promise<void> {
  calls.expectEnd();
  const exited = new Promise((resolve) => worker.once('exit', resolve));
  await calls.call('thread', 'close', []);
  await exited;
}

function storeOver(calls: Calls): KpiStore {
  return {
    name: 'duckdb',
    ...calls.remote<KpiStore, (typeof STORE_METHODS)[number]>('store', STORE_METHODS),
    append: async (records) => {
      const { copies, buffers } = copyForTransfer(records);
      await calls.call('store', 'append', [copies], buffers);
    },
    health: () =>
      (calls.call('store', 'health', []) as ReturnType<KpiStore['health']>).catch((error: Error) => ({
        ok: false,
        error: error.message,
      })),
    close: async () => {},
  };
}

function ledgerOver(calls: Calls): Ledger {
  return {
    ...calls.remote<Ledger, (typeof LEDGER_METHODS)[number]>('ledger', LEDGER_METHODS),
    close: async () => {},
  };
}

function samplesOver(calls: Calls): SampleStore {
  return {
    ...calls.remote<SampleStore, (typeof SAMPLE_METHODS)[number]>('samples', SAMPLE_METHODS),
    append: async (records) => {
      const { copies, buffers } = copySamples(records);
      await calls.call('samples', 'append', [copies], buffers);
    },
  };
}

/**
 * Copies that may move to the thread. A column is often a view of a much larger buffer (a piece of the journal), and
 * posting a view would copy that whole buffer.
 */
function copyForTransfer(records: readonly StoredRecord[]) {
  const buffers: ArrayBuffer[] = [];
  const own = <A extends { buffer: ArrayBuffer }>(copy: A): A => {
    buffers.push(copy.buffer);
    return copy;
  };
  const ownColumn = ({ name, values }: Column): Column => ({ name, values: own(new Float64Array(values)) });
  const copyOf = ({ batch, ...record }: ReadingsRecord) => ({
    ...record,
    batch: {
      ...batch,
      cell: own(new Uint32Array(batch.cell)),
      at: own(new Float64Array(batch.at)),
      periodSeconds: own(new Uint32Array(batch.periodSeconds)),
      suspect: own(new Uint8Array(batch.suspect)),
      ...(batch.late && { late: own(new Uint8Array(batch.late)) }),
      kpis: batch.kpis.map(ownColumn),
      counters: batch.counters.map(ownColumn),
    },
  });
  return { copies: records.map((one) => (one.kind === 'readings' ? copyOf(one) : one)), buffers };
}

function copySamples(records: readonly (SamplesRecord | RenamedRecord)[]) {
  const buffers: ArrayBuffer[] = [];
  const own = <A extends { buffer: ArrayBuffer }>(copy: A): A => {
    buffers.push(copy.buffer);
    return copy;
  };
  const copyOf = ({ batch, ...record }: SamplesRecord) => ({
    ...record,
    batch: {
      ...batch,
      at: own(new Float64Array(batch.at)),
      hex: own(new BigUint64Array(batch.hex)),
      cell: own(new Int32Array(batch.cell)),
      operator: own(new Int32Array(batch.operator)),
      band: own(new Int32Array(batch.band)),
      radio: own(new Uint8Array(batch.radio)),
      kind: own(new Uint8Array(batch.kind)),
      indoor: own(new Uint8Array(batch.indoor)),
      values: batch.values.map((values) => own(new Float32Array(values))),
    },
  });
  return { copies: records.map((one) => (one.kind === 'samples' ? copyOf(one) : one)), buffers };
}
