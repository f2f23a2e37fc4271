// Files on their way into a running server: one that cannot take them now is asked again, as it says.

import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { importFiles } from '../../server/commands/import-files.ts';
import { readConfig } from '../../server/config.ts';

it.each([429, 503])('a file that is turned away with %i and Retry-After is sent again', async (busy) => {
  const folder = await mkdtemp(join(tmpdir(), 'import-'));
  const answers = [busy, 202];
  const server = createServer((request, response) => {
    const status = request.url === '/api/health' ? 200 : answers.shift()!;
    const receipt = { accepted: 1, rejected: 0, rejections: [] };
    response.writeHead(status, status === busy ? { 'Retry-After': '1' } : {});
    response.end(JSON.stringify(status === busy ? { title: 'not now', status, detail: 'later' } : receipt));
  }).listen(0, '127.0.0.1');
  try {
    await once(server, 'listening');
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await writeFile(join(folder, 'server.json'), JSON.stringify({ address }));
    await writeFile(join(folder, 'a.ndjson'), '{"cell":"a","at":1773755100000,"kpis":{"latency_ms":20}}\n');
    const config = readConfig({ CELLSTAR_DATA: folder });
    const openHere = () => Promise.reject(new Error('the server runs'));
    expect(await importFiles([join(folder, 'a.ndjson')], config, openHere, () => undefined)).toBe(true);
    expect(answers).toEqual([]);
  } finally {
    server.close();
    await rm(folder, { recursive: true });
  }
});
