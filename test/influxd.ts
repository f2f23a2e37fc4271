// A real InfluxDB 1.x for tests, in a folder and on a port of its own.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Influxd {
  url: string;
  /** Ends the server but keeps what it holds. */
  stop(): Promise<void>;
  /** Starts it again at the same address. */
  start(): Promise<void>;
  /** Ends it for good and removes its folder. */
  remove(): Promise<void>;
}

/** Set when suites against InfluxDB are left out; where everything must be there (`CI=true`) they run and fail. */
export const influxdMissing = spawnSync('influxd', ['version']).error !== undefined && process.env.CI !== 'true';

if (influxdMissing) {
  console.warn('Left out: the tests against InfluxDB. To run them: apt-get install influxdb');
}

/** @param authEnabled only users that exist may do anything; the first `CREATE USER … WITH ALL PRIVILEGES` is let through */
export async function startInfluxd({ authEnabled = false } = {}): Promise<Influxd> {
  const folder = await mkdtemp(join(tmpdir(), 'cellstar-influxd-'));
  const [httpPort, rpcPort] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${httpPort}`;
  await writeFile(join(folder, 'influxdb.conf'), configuration(folder, httpPort, rpcPort, authEnabled));
  let child: ChildProcess;
  const kill = () => void child.kill('SIGKILL');
  const start = async () => {
    child = spawn('influxd', ['-config', join(folder, 'influxdb.conf')], { stdio: 'ignore' });
    process.once('exit', kill);
    await Promise.race([answering(url), failed(child)]);
  };
  const stop = async () => {
    process.off('exit', kill);
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    kill();
    await exited;
  };
  await start();
  return {
    url,
    start,
    stop,
    remove: async () => {
      await stop();
      await rm(folder, { recursive: true });
    },
  };
}

function configuration(folder: string, httpPort: number, rpcPort: number, authEnabled: boolean): string {
  return `
reporting-disabled = true
bind-address = "127.0.0.1:${rpcPort}"
[meta]
  dir = "${folder}/meta"
[data]
  dir = "${folder}/data"
  wal-dir = "${folder}/wal"
  index-version = "tsi1"
  max-series-per-database = 0
  max-values-per-tag = 0
[http]
  bind-address = "127.0.0.1:${httpPort}"
  auth-enabled = ${authEnabled}
  log-enabled = false
[monitor]
  store-enabled = false
`;
}

async function answering(url: string): Promise<void> {
  for (;;) {
    const answer = await fetch(`${url}/ping`).catch(() => undefined);
    if (answer?.status === 204) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function failed(child: ChildProcess): Promise<never> {
  const error = await Promise.race([once(child, 'exit'), once(child, 'error')]);
  throw new Error(`influxd did not start (${error}); to install it: apt-get install influxdb`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}
