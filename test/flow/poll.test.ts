// Polling through the whole house: an address of the deployment's file is fetched, its news are readings, its failures are told.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RejectionList, SourceList } from '../../server/api/contract.ts';
import { RunningServer } from './running-server.ts';

const START = Date.UTC(2024, 0, 1);

let folder: string;
let server: RunningServer;
let sender: Server;
let period = 0;
let isBroken = false;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cellstar-poll-'));
  sender = createServer((request, response) => {
    if (isBroken || request.headers.authorization !== 'Bearer abc') return void response.writeHead(500).end();
    period++;
    response.end(`cell_kpi,cell=poll-1 latency_ms=${period} ${START + period * 900_000}\n`);
  });
  await new Promise<void>((resolve) => sender.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(sender.address() as AddressInfo).port}/latest?key=secret`;
  const file = join(folder, 'cellstar.yaml');
  await writeFile(file, `poll:\n  - {url: "${url}", every: 1s, source: probe, headers: {Authorization: Bearer abc}}\n`);
  server = await RunningServer.start({ CELLSTAR_CONFIG: file });
});
afterAll(async () => {
  await server.remove();
  sender.closeAllConnections();
  sender.close();
  await rm(folder, { recursive: true });
});

describe('an address in the deployment’s file', () => {
  it('brings readings at its rhythm, under its own name', async () => {
    await expect.poll(() => period, { timeout: 20_000 }).toBeGreaterThan(1);
    await expect.poll(async () => (await server.cell('poll-1')).source, { timeout: 5000 }).toBe('poll/probe');
    const [poll] = (await server.health()).polls;
    expect(poll).toMatchObject({ source: 'poll/probe', everySeconds: 1, failures: 0, problem: null });
    expect(Date.parse(poll!.newAt!)).toBeGreaterThan(0);
  });

  it('that fails is told in health, as a rejection and with its sender, without its secrets', async () => {
    isBroken = true;
    await expect.poll(async () => (await server.health()).polls[0]!.problem, { timeout: 20_000 }).toContain('500');
    const { rejections } = (await server.ask<RejectionList>('/api/rejections?limit=1')).body;
    expect(rejections[0]).toMatchObject({ source: 'poll/probe', reason: 'cannot-fetch' });
    const { sources } = (await server.ask<SourceList>('/api/sources')).body;
    expect(sources.find(({ id }) => id === 'poll/probe')!.rejected).toBeGreaterThan(0);
    expect(JSON.stringify([rejections, await server.health(), server.log])).not.toMatch(/secret|abc/);
  });

  it('lets the server stop at once', async () => {
    const began = Date.now();
    expect(await server.kill('SIGTERM')).toBe(0);
    expect(Date.now() - began).toBeLessThan(10_000);
  });
});
