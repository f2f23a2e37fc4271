// The pretend network as a program: exit codes and what it says, run for real against a small server.

import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const MAIN = fileURLToPath(new URL('../../simulators/main.ts', import.meta.url));

async function run(...argv: string[]): Promise<{ code: number | null; stderr: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', MAIN, ...argv], { stdio: ['ignore', 'ignore', 'pipe'] });
  const stderr = text(child.stderr);
  const code = await new Promise<number | null>((done) => child.on('close', done));
  return { code, stderr: await stderr };
}

it('ends with 2 and a sentence for a wrong option', async () => {
  const { code, stderr } = await run('--sites', 'many');
  expect(code).toBe(2);
  expect(stderr).toContain('--sites many: must be a whole number from 1 to 400');
});

it('sends a day of history, people and radio samples, with a line of progress every tenth, and ends with 0', async () => {
  const lines = new Map<string, number>();
  const http = createServer(async (request, response) => {
    const body = await text(request);
    if (request.method === 'GET') return void response.writeHead(404).end();
    const door = /^\/ingest\/(\w+)/.exec(request.url ?? '')?.[1] ?? 'other';
    lines.set(door, (lines.get(door) ?? 0) + body.trimEnd().split('\n').length);
    response.writeHead(202).end('{"accepted":1,"rejected":0,"rejections":[]}');
  });
  await new Promise<void>((done) => http.listen(0, '127.0.0.1', done));
  const server = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const { code, stderr } = await run(
    '--server',
    server,
    '--sites',
    '1',
    '--days',
    '1',
    '--people',
    '40',
    '--backfill-only',
  );
  http.close();
  expect(stderr).toContain('100%');
  expect(code).toBe(0);
  expect(lines.get('readings')).toBe(6 * 288);
  expect(lines.get('samples')).toBeGreaterThan(2000);
  // The newest month of everyone; of the two before it, those who were customers then.
  expect(lines.get('subscribers')).toBeGreaterThan(100);
  expect(lines.get('subscribers')).toBeLessThanOrEqual(120);
  expect(lines.get('exposure')).toBeGreaterThan(40);
});
