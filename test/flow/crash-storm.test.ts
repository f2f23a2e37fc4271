// Killed with kill -9 at random moments, over and over, while readings come by every door at once: each that was acknowledged is there once.

import { readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { measData, measInfo, pmFile } from '../collect/measured.ts';
import { seeded } from '../detect/synthetic-network.ts';
import { PERIOD_MS, START } from './network.ts';
import { RunningServer } from './running-server.ts';

const KILLS = 12;
/** Some kills fall into the start, some into a write, some into a checkpoint. Milliseconds of life. */
const SHORTEST_LIFE_MS = 20;
const LONGEST_LIFE_MS = 1200;
const FILE_EVERY_MS = 40;
const TIMEOUT_MS = 240_000;
/** A run that failed is told with its seed, and can be had again. */
const SEED = Number(process.env.CRASH_SEED) || Math.floor(Math.random() * 1e9);

const endOf = (period: number) => START + (period + 1) * PERIOD_MS;
const usersIn = (period: number) => 3 + ((period * 7) % 1000);

/** One sender a door, each with a cell of its own. Rejects when the server is gone; false when it did not take it. */
type Send = (period: number) => Promise<boolean>;

let server: RunningServer;
const isTaken = async (answer: Promise<{ status: number }>) => (await answer).status < 300;
const iso = (period: number) => new Date(endOf(period)).toISOString();

const SENDERS: Record<string, Send> = {
  'by-ndjson': (period) =>
    isTaken(server.post([{ cell: 'by-ndjson', at: endOf(period), kpis: { active_users: usersIn(period) } }])),
  'by-json': (period) => {
    const readings = [{ cell: 'by-json', at: iso(period), kpis: { active_users: usersIn(period) } }];
    return isTaken(server.send('/ingest/readings', 'application/json', JSON.stringify({ readings })));
  },
  'by-csv': (period) => {
    const table = `cell,at,active_users\nby-csv,${iso(period)},${usersIn(period)}\n`;
    return isTaken(server.send('/ingest/csv', 'text/csv', table));
  },
  'by-line': (period) => {
    const line = `cell_kpi,cell=by-line active_users=${usersIn(period)}i ${endOf(period)}`;
    return isTaken(server.send('/write?precision=ms', 'text/plain', line));
  },
  'by-pm/LTE/1': (period) => {
    const when = `<granPeriod duration="PT900S" endTime="${iso(period)}"/>`;
    const info = measInfo(['RRC.ConnMean'], { 'EUtranCellFDD=1': [String(usersIn(period))] }, { period: when });
    return isTaken(server.send('/ingest/pm', 'application/xml', pmFile(measData('by-pm', info))));
  },
  'by-inbox': async (period) => {
    const line = JSON.stringify({ cell: 'by-inbox', at: endOf(period), kpis: { active_users: usersIn(period) } });
    const inbox = join(server.folder, 'inbox');
    // Written under a name that says so, then renamed, as a careful sender does: from here on the file is ours to keep.
    await writeFile(join(inbox, `.${period}.part`), `${line}\n`);
    await rename(join(inbox, `.${period}.part`), join(inbox, `${String(period).padStart(6, '0')}.ndjson`));
    await pause(FILE_EVERY_MS);
    return true;
  },
};

/** Sends period after period until the server dies; what was taken. A period that was not is sent again after the restart. */
async function sendUntilGone(send: Send, next: number): Promise<number> {
  for (let period = next; ; period++) {
    const taken = await send(period).catch(() => false);
    if (!taken || server.isGone) return taken ? period + 1 : period;
  }
}

beforeAll(async () => {
  server = await RunningServer.start();
});
afterAll(() => server.remove());

describe('a server that is killed at random moments', () => {
  it(
    `has each reading that it acknowledged, by every door, once (seed ${SEED})`,
    async () => {
      const random = seeded(SEED);
      const next = new Map(Object.keys(SENDERS).map((cell) => [cell, 0]));
      for (let kill = 0; kill < KILLS; kill++) {
        const life = SHORTEST_LIFE_MS + random() * (LONGEST_LIFE_MS - SHORTEST_LIFE_MS);
        const dying = new Promise((resolve) => setTimeout(() => resolve(server.kill()), life));
        const sending = Object.entries(SENDERS).map(async ([cell, send]) => {
          next.set(cell, await sendUntilGone(send, next.get(cell)!));
        });
        await Promise.all([dying, ...sending]);
        await server.start();
      }
      await inboxIsEmpty();
      await server.settled();
      for (const [cell, periods] of next) {
        expect(periods, cell).toBeGreaterThan(KILLS);
        const query = `&from=${START}&to=${endOf(periods - 1)}&step=900`;
        const { points } = await server.series(cell, 'active_users', query);
        expect(points, cell).toEqual(Array.from({ length: periods }, (_, i) => [endOf(i), usersIn(i)]));
      }
    },
    TIMEOUT_MS,
  );
});

async function inboxIsEmpty(): Promise<void> {
  const waiting = async () => (await readdir(join(server.folder, 'inbox'))).filter((name) => name.endsWith('.ndjson'));
  await expect.poll(waiting, { timeout: 60_000, interval: 500 }).toEqual([]);
}
