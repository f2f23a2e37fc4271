// Who may come in: tokens, roles and sessions, or only this machine; the same at every door and at the socket.

import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { START } from '../flow/network.ts';
import { RunningServer } from '../flow/running-server.ts';

const ROLES = ['ingest', 'viewer', 'engineer', 'planner', 'care', 'admin'] as const;
type Role = (typeof ROLES)[number];
const READERS: readonly Role[] = ['viewer', 'engineer', 'planner', 'care', 'admin'];
const tokenOf = (role: Role) => `${role}-token-1234`;
const bearer = (role: Role) => ({ Authorization: `Bearer ${tokenOf(role)}` });

/** How the socket answers: 101 when it opens. */
async function knock(server: RunningServer, headers: Record<string, string> = {}): Promise<number> {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/api/live`, { headers });
  const status = await Promise.race([
    once(socket, 'open').then(() => 101),
    once(socket, 'unexpected-response').then(([, response]) => response.statusCode as number),
  ]);
  socket.on('error', () => undefined);
  socket.terminate();
  return status;
}

/** Sends bytes as they are and gives what comes back until the line closes. */
async function raw(server: RunningServer, text: string): Promise<string> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  let answer = '';
  socket.setEncoding('utf8').on('data', (part) => {
    answer += part;
  });
  socket.on('error', () => undefined);
  socket.write(text);
  await Promise.race([once(socket, 'close'), new Promise((resolve) => setTimeout(resolve, 2000).unref())]);
  socket.destroy();
  return answer;
}

describe('with tokens', () => {
  let server: RunningServer;
  const status = async (path: string, headers: Record<string, string> = {}, init: RequestInit = {}) =>
    (await server.ask(path, { ...init, headers: { ...headers, ...(init.headers as object) } })).status;
  beforeAll(async () => {
    const tokens = ROLES.map((role) => `${role}:${tokenOf(role)}`).join(',');
    server = await RunningServer.start({ CELLSTAR_TOKENS: tokens, HOST: '127.0.0.1' });
  });
  afterAll(() => server.remove());

  const reading = JSON.stringify({ readings: [{ cell: 'a', at: START, kpis: { latency_ms: 1 } }] });
  const post = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: reading };

  it('nobody comes in without one, and is told how', async () => {
    for (const path of [
      '/api/health',
      '/api/cells',
      '/api/cells/a',
      '/api/alerts',
      '/api/sources',
      '/api/rejections',
      '/metrics',
      '/api/kpis',
      '/api/calendar',
      '/api/capacity',
      '/api/dispatch.html',
      '/api/mutes',
      '/api/predictions',
    ]) {
      expect([path, await status(path)]).toEqual([path, 401]);
    }
    expect(await status('/ingest/readings', {}, post)).toBe(401);
    const answer = await server.ask<{ detail: string }>('/api/cells');
    expect(answer.body.detail).toContain('Authorization: Bearer');
    expect(answer.headers.get('www-authenticate')).toContain('Bearer');
    // A browser would put its own password window over ours.
    expect(answer.headers.get('www-authenticate')).not.toContain('Basic');
  });

  it.each([
    ['a wrong token', 'Bearer nonsense-1234'],
    ['an empty one', 'Bearer '],
    ['a half one', `Bearer ${tokenOf('admin').slice(0, -1)}`],
    ['another scheme', `Digest ${tokenOf('admin')}`],
    ['a wrong password', `Basic ${Buffer.from('admin:nonsense').toString('base64')}`],
  ])('%s does not open', async (_name, Authorization) => {
    expect(await status('/api/cells', { Authorization })).toBe(401);
    expect(await knock(server, { Authorization })).toBe(401);
  });

  it.each([
    ['Bearer', `Bearer ${tokenOf('viewer')}`],
    ['bearer in small letters', `bearer ${tokenOf('viewer')}`],
    ['Token, as InfluxDB’s clients send it', `Token ${tokenOf('viewer')}`],
    ['Basic, the token as the password', `Basic ${Buffer.from(`anyone:${tokenOf('viewer')}`).toString('base64')}`],
  ])('%s opens, the socket too', async (_name, Authorization) => {
    expect(await status('/api/cells', { Authorization })).toBe(200);
    expect(await knock(server, { Authorization })).toBe(101);
  });

  const doors: [string, RequestInit, readonly Role[]][] = [
    ['/ingest/readings', post, ['ingest', 'engineer', 'admin']],
    ['/api/inventory', { ...post, method: 'PUT', body: '{"cells":[]}' }, ['ingest', 'engineer', 'planner', 'admin']],
    ['/api/cells', {}, READERS],
    ['/api/kpis', {}, READERS],
    ['/api/alerts', {}, READERS],
    ['/api/alerts/x/explanation', {}, READERS],
    ['/api/alerts/x/acknowledge', { method: 'POST' }, ['engineer', 'care', 'admin']],
    ['/api/mutes', {}, READERS],
    ['/api/mutes', { ...post, body: '{}' }, ['engineer', 'admin']],
    ['/api/mutes/x', { method: 'DELETE' }, ['engineer', 'admin']],
    ['/api/calendar', {}, ROLES],
    ['/api/calendar', { ...post, method: 'PUT', body: '{"days":[]}' }, ['ingest', 'engineer', 'admin']],
    ['/api/calendar/2024-01-01', { method: 'DELETE' }, ['ingest', 'engineer', 'admin']],
    ['/api/capacity', {}, READERS],
    ['/api/capacity.csv', {}, READERS],
    ['/api/capacity/x', {}, READERS],
    ['/api/predictions', {}, READERS],
    ['/api/predictions/record', {}, READERS],
    ['/api/predictions/x/outcome', { ...post, body: '{"found":true}' }, ['engineer', 'planner', 'admin']],
    ['/api/models', {}, READERS],
    ['/api/models/train', { method: 'POST' }, ['engineer', 'admin']],
    ['/api/models/rollback', { ...post, body: '{}' }, ['engineer', 'admin']],
    ['/api/dispatch', {}, READERS],
    ['/api/dispatch.csv', {}, READERS],
    ['/api/dispatch.html', {}, READERS],
    ['/api/backtest', { ...post, body: '{}' }, ['engineer', 'admin']],
    ['/api/detection', {}, READERS],
    ['/api/health', {}, ROLES],
  ];
  it.each(doors)('%s is for its roles alone', async (path, init, allowed) => {
    for (const role of ROLES) {
      const answer = await server.ask<{ detail: string }>(path, {
        ...init,
        headers: { ...(init.headers as object), ...bearer(role) },
      });
      expect([role, answer.status === 403]).toEqual([role, !allowed.includes(role)]);
      if (answer.status === 403) expect(answer.body.detail).toContain(role);
    }
  });

  it('the ingest role does not hear the socket', async () => {
    expect(await knock(server)).toBe(401);
    expect(await knock(server, bearer('ingest'))).toBe(403);
    expect(await knock(server, bearer('care'))).toBe(101);
  });

  describe('a browser', () => {
    const signIn = (token: unknown) =>
      server.ask<{ role: string }>('/api/session', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ token }),
      });

    it('trades its token for a cookie that scripts cannot read and other pages cannot use, good for the socket', async () => {
      const { status: code, body, headers } = await signIn(tokenOf('viewer'));
      expect([code, body]).toEqual([200, { role: 'viewer' }]);
      const cookie = headers.get('set-cookie')!;
      expect(cookie).toContain('HttpOnly');
      expect(cookie).toContain('SameSite=Strict');
      const Cookie = cookie.split(';')[0]!;
      expect(cookie).not.toContain(tokenOf('viewer'));
      expect(await status('/api/cells', { Cookie })).toBe(200);
      expect(await status('/ingest/readings', { Cookie }, post)).toBe(403);
      expect(await knock(server, { Cookie })).toBe(101);
      expect(await knock(server, { Cookie, Origin: server.url })).toBe(101);
      expect(await knock(server, { Cookie, Origin: 'https://elsewhere.example' })).toBe(403);
      expect(await status('/api/cells', { Cookie: `${Cookie}x` })).toBe(401);
    });

    it('is not used by a foreign page, neither by its cookie nor by a password that it remembers', async () => {
      const Cookie = (await signIn(tokenOf('admin'))).headers.get('set-cookie')!.split(';')[0]!;
      const Authorization = `Basic ${Buffer.from(`a:${tokenOf('admin')}`).toString('base64')}`;
      for (const Origin of ['https://elsewhere.example', 'null', `${server.url.replace('http', 'https')}0`]) {
        expect(await status('/api/alerts/x/clear', { Cookie, Origin }, { method: 'POST' })).toBe(403);
        expect(await status('/api/alerts/x/clear', { Authorization, Origin }, { method: 'POST' })).toBe(403);
      }
      expect(await status('/api/alerts/x/clear', { Cookie, Origin: server.url }, { method: 'POST' })).toBe(404);
    });

    it.each([['nonsense-1234'], [''], [42], [null], [{ a: 1 }]])('gets no session for %j', async (token) => {
      const answer = await signIn(token);
      expect(answer.status).toBe(401);
      expect(answer.headers.get('set-cookie')).toBeNull();
    });
  });
});

describe('without tokens', () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await RunningServer.start();
  });
  afterAll(() => server.remove());

  it('this machine’s own programs and pages come in', async () => {
    expect((await server.ask('/api/cells')).status).toBe(200);
    expect((await server.ask('/api/cells', { headers: { Origin: server.url } })).status).toBe(200);
    expect(await knock(server, { Origin: server.url })).toBe(101);
    expect((await server.health()).access).toBe('loopback');
  });

  it('no foreign page does, neither by its origin nor by a name of its own for this machine', async () => {
    expect((await server.ask('/api/cells', { headers: { Origin: 'https://elsewhere.example' } })).status).toBe(403);
    expect(await knock(server, { Origin: 'https://elsewhere.example' })).toBe(403);
    expect(await raw(server, 'GET /api/cells HTTP/1.1\r\nHost: rebound.example\r\nConnection: close\r\n\r\n')).toMatch(
      /^HTTP\/1.1 403 [\s\S]*CELLSTAR_TOKENS/,
    );
    expect(await raw(server, 'GET /api/cells HTTP/1.1\r\nHost: LOCALHOST:1\r\nConnection: close\r\n\r\n')).toMatch(
      /^HTTP\/1.1 200/,
    );
  });

  it('nothing that is said to the socket’s door ends the server', async () => {
    const upgrade =
      'Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==';
    for (const path of [
      '//',
      '/',
      '/api/live/..',
      '*',
      'http://x/api/live',
      '/api/live?since=%',
      `/api/live?${'a'.repeat(5000)}`,
    ]) {
      await raw(server, `GET ${path} HTTP/1.1\r\nHost: localhost\r\n${upgrade}\r\n\r\n`);
    }
    await raw(server, `GET /api/live HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n`);
    for (const message of ['hello', '{"type":"x"}', 'x'.repeat(100_000)]) {
      const socket = new WebSocket(`${server.url.replace('http', 'ws')}/api/live`);
      socket.on('error', () => undefined);
      await once(socket, 'open');
      socket.send(message);
      socket.terminate();
    }
    for (let i = 0; i < 50; i++) {
      const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write(`GET /nowhere HTTP/1.1\r\nHost: localhost\r\n${upgrade}\r\n\r\n`, () => socket.resetAndDestroy());
      await once(socket, 'close');
    }
    expect((await server.health()).version).toMatch(/^\d/);
  });
});
