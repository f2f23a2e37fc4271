// One open DuckDB file: opening it with errors that say what to do, asking it, and changing it one transaction at a time.

import { stat } from 'node:fs/promises';
import {
  BIGINT,
  BLOB,
  blobValue,
  DOUBLE,
  type DuckDBConnection,
  DuckDBInstance,
  type DuckDBType,
  type DuckDBValue,
  LIST,
  listValue,
  VARCHAR,
} from '@duckdb/node-api';

export interface DatabaseOptions {
  /** Path of the file; made when missing. Its folder must exist. */
  file: string;
  /** What DuckDB may hold in memory; beyond that it spills to a folder beside the file. */
  memoryLimitMb: number;
}

/** A write-ahead log longer than this is folded into the file. Longer means fewer pauses and a longer start after a kill. */
const WAL_LIMIT_MB = 128;

/** One core for DuckDB: the others parse, detect and serve. Asking for one cell's day takes a third less of it than with two. */
const THREADS = 1;

export type Parameter = string | number | bigint | Uint8Array | readonly string[] | readonly number[];
export type Row = Record<string, DuckDBValue>;

export interface Database {
  file: string;
  /** A new line of work: transactions on one connection never mix with those on another. */
  connect(): Promise<Connection>;
  /** Bytes on disk: the file and its write-ahead log. */
  bytes(): Promise<number>;
  close(): void;
}

/** Opens or makes the file. Rejects with a sentence for people when another process owns it or it is no database. */
export async function openDatabase({ file, memoryLimitMb }: DatabaseOptions): Promise<Database> {
  const instance = await DuckDBInstance.create(file, {
    memory_limit: `${memoryLimitMb}MB`,
    threads: `${THREADS}`,
    checkpoint_threshold: `${WAL_LIMIT_MB}MB`,
    // A store of readings has no business on the network.
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  }).catch((error: Error) => {
    throw new Error(whyNotOpened(file, error.message));
  });
  return {
    file,
    connect: async () => new Connection(await instance.connect()),
    bytes: async () => (await sizeOf(file)) + (await sizeOf(`${file}.wal`)),
    close: () => instance.closeSync(),
  };
}

function whyNotOpened(file: string, message: string): string {
  const owner = /PID (\d+)/.exec(message)?.[1];
  if (message.includes('Could not set lock')) {
    const who = owner ? `another process (number ${owner})` : 'another process';
    return `${file} is in use by ${who}; stop that one, or give this one a data folder of its own (CELLSTAR_DATA)`;
  }
  if (message.includes('not a valid DuckDB database file')) {
    return `${file} is not a DuckDB file, or is damaged; move it away and start again (${message})`;
  }
  return `${file} could not be opened: ${message}`;
}

/** One DuckDB connection: statements one at a time, transactions one after another. */
export class Connection {
  private last: Promise<unknown> = Promise.resolve();

  constructor(readonly raw: DuckDBConnection) {}

  /** Rows of a query; parameters stand as $1, $2, … BIGINT comes back as bigint. */
  async rows(sql: string, ...parameters: Parameter[]): Promise<Row[]> {
    const result = await this.raw.runAndReadAll(sql, parameters.map(toValue), parameters.map(typeOf));
    return result.getRowObjects();
  }

  /** Columns of a query by name, for answers of many rows. */
  async columns(sql: string, ...parameters: Parameter[]): Promise<Record<string, DuckDBValue[]>> {
    const result = await this.raw.runAndReadAll(sql, parameters.map(toValue), parameters.map(typeOf));
    return result.getColumnsObject();
  }

  async run(sql: string, ...parameters: Parameter[]): Promise<void> {
    await this.raw.run(sql, parameters.map(toValue), parameters.map(typeOf));
  }

  /** Runs `work` alone on this connection and commits what it did; when it fails, nothing of it remains. */
  transaction<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.last.then(async () => {
      await this.raw.run('BEGIN');
      try {
        const result = await work();
        await this.raw.run('COMMIT');
        return result;
      } catch (error) {
        await this.raw.run('ROLLBACK').catch(() => {}); // a failed COMMIT has rolled back already
        throw error;
      }
    });
    this.last = mine.catch(() => {});
    return mine;
  }

  /** Resolves when every transaction asked for so far has ended. */
  async idle(): Promise<void> {
    await this.last;
  }

  close(): void {
    this.raw.closeSync();
  }
}

function toValue(parameter: Parameter): DuckDBValue {
  if (parameter instanceof Uint8Array) return blobValue(parameter);
  return typeof parameter === 'object' ? listValue([...parameter]) : parameter;
}

/** Numbers are bound as DOUBLE and whole ones as bigint, so that a value never changes the type of a statement. */
function typeOf(parameter: Parameter): DuckDBType {
  if (typeof parameter === 'number') return DOUBLE;
  if (typeof parameter === 'bigint') return BIGINT;
  if (typeof parameter === 'string') return VARCHAR;
  if (parameter instanceof Uint8Array) return BLOB;
  return typeof parameter[0] === 'number' ? LIST(DOUBLE) : LIST(VARCHAR);
}

async function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}
