// A process of its own that appends to a DuckDB store without end and tells of every acknowledgement, made to be killed.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { openDatabase } from '../../server/storage/duckdb/database.ts';
import { openDuckDbStore } from '../../server/storage/kpi-stores/duckdb.ts';
import { MINUTES, reading, recordOf, T0 } from '../contracts/kpi-store.ts';

const thisFile = fileURLToPath(import.meta.url);

export class ChildStore {
  /** The newest journal number that the process has told of. */
  acknowledged = 0;

  private constructor(private readonly child: ChildProcess) {
    createInterface({ input: child.stdout! }).on('line', (line) => {
      this.acknowledged = Number(line);
    });
  }

  get pid(): number {
    return this.child.pid!;
  }

  /** Resolves when the store is open and has taken its first record. */
  static async start(folder: string, way: 'appends' | 'pools' = 'appends'): Promise<ChildStore> {
    const child = spawn(process.execPath, ['--import', 'tsx', thisFile, folder, way], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const store = new ChildStore(child);
    await Promise.race([once(child.stdout!, 'data'), failed(child)]);
    return store;
  }

  async killAfter(ms: number): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, ms));
    await this.kill();
  }

  async kill(): Promise<void> {
    const closed = once(this.child, 'close');
    this.child.kill('SIGKILL');
    await closed;
  }
}

async function failed(child: ChildProcess): Promise<never> {
  const [code] = await once(child, 'exit');
  throw new Error(`the process that appends ended by itself with code ${code}`);
}

/** Record n holds the n-th period of ten cells, with n as their value. */
async function appendForEver(folder: string): Promise<never> {
  const database = await openDatabase({ file: join(folder, 'cellstar.duckdb'), memoryLimitMb: 256 });
  const store = await openDuckDbStore(database, { log: console.error, runRows: 200 });
  for (let seq = (await store.position()) + 1; ; seq++) {
    const readings = Array.from({ length: 10 }, (_, i) =>
      reading(`cell ${i}`, seq * 5, { active_users: seq }, { counters: { 'raw count': seq } }),
    );
    await store.append([recordOf(seq, ...readings)]);
    process.stdout.write(`${seq}\n`);
  }
}

/** Record n holds a quarter of a day and, late, something of the day before; days are pooled all the while. */
async function poolForEver(folder: string): Promise<never> {
  const database = await openDatabase({ file: join(folder, 'cellstar.duckdb'), memoryLimitMb: 256 });
  const store = await openDuckDbStore(database, { log: console.error, runRows: 200 });
  for (let seq = (await store.position()) + 1; ; seq++) {
    const readings = Array.from({ length: 10 }, (_, i) => [
      reading(`cell ${i}`, seq * 360, { traffic_gb: seq }),
      reading(`cell ${i}`, (seq - 4) * 360 - 60, { traffic_gb: 1 }),
    ]);
    await store.append([recordOf(seq, ...readings.flat())]);
    process.stdout.write(`${seq}\n`);
    await store.rollUp(T0 + seq * 360 * MINUTES);
  }
}

if (process.argv[1] === thisFile) await (process.argv[3] === 'pools' ? poolForEver : appendForEver)(process.argv[2]!);
