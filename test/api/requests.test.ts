// Requests of every kind: what people do with alerts, odd methods and bodies, the page's files; each answer says what to do.

import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Alert, Problem } from '../../server/api/contract.ts';
import { CELLS, PERIOD_MS, START } from '../flow/network.ts';
import { RunningServer } from '../flow/running-server.ts';

let server: RunningServer;
let alerts: Alert[];
const act = (id: string, name: string, body?: unknown) =>
  server.ask<Alert & Problem>(`/api/alerts/${id}/${name}`, {
    method: 'POST',
    ...(body !== undefined && { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
  });

beforeAll(async () => {
  server = await RunningServer.start();
  await server.putCells(CELLS);
  for (const period of [1, 2, 3]) {
    const kpis = { availability_pct: 0, fault_unavail_s: 900 };
    await server.post(
      ['ferry-2-A', 'lone-1', 'lone-2'].map((cell) => ({ cell, at: START + period * PERIOD_MS, kpis })),
    );
  }
  await server.settled();
  alerts = await server.alerts('open');
});
afterAll(() => server.remove());

describe('someone on duty', () => {
  it('takes, hands on, comments and clears an alert, and the story tells it all', async () => {
    const { id } = alerts[0]!;
    expect((await act(id, 'acknowledge', { by: 'Ana', comment: ' on it ' })).body.state).toBe('acknowledged');
    expect((await act(id, 'assign', { by: 'Ana', assignee: 'Field team 3' })).body.assignedTo).toBe('Field team 3');
    await act(id, 'comment', { by: 'Li', comment: '市电中断' });
    const { body } = await act(id, 'clear', { by: 'Ana' });
    expect(body).toMatchObject({ state: 'cleared', acknowledgedBy: 'Ana' });
    expect(body.history.map(({ what, by, comment }) => [what, by, comment]).slice(-4)).toEqual([
      ['acknowledged', 'Ana', 'on it'],
      ['assigned', 'Ana', undefined],
      ['commented', 'Li', '市电中断'],
      ['cleared', 'Ana', undefined],
    ]);
  });

  it('may acknowledge without a word, with an empty body or none', async () => {
    expect((await act(alerts[1]!.id, 'acknowledge')).status).toBe(200);
    expect((await act(alerts[1]!.id, 'acknowledge', {})).status).toBe(200);
  });

  it('is told what is missing or cannot be', async () => {
    const [cleared, open] = [alerts[0]!.id, alerts[1]!.id];
    const wrong: [string, string, unknown, number, string][] = [
      [cleared, 'clear', {}, 409, 'is cleared'],
      [cleared, 'assign', { assignee: 'X' }, 409, 'is cleared'],
      [open, 'assign', {}, 400, 'assignee is missing'],
      [open, 'comment', { comment: '  ' }, 400, 'comment is missing'],
      [open, 'comment', { comment: 7 }, 400, 'comment must be text'],
      [open, 'comment', { comment: 'x'.repeat(2001) }, 400, '2000'],
      [open, 'acknowledge', [], 400, 'no JSON object'],
      ['nobody', 'clear', {}, 404, 'nobody'],
    ];
    for (const [id, name, body, status, part] of wrong) {
      const answer = await act(id, name, body);
      expect([name, answer.status]).toEqual([name, status]);
      expect(answer.body.detail).toContain(part);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
    }
    expect((await act(cleared, 'comment', { comment: 'afterwards' })).status).toBe(200);
  });
});

describe('a body that is not what it should be', () => {
  it.each([
    ['broken JSON', 'application/json', '{"by":', 400],
    ['a bare word', 'application/json', '"Ana"', 400],
    ['a form', 'application/x-www-form-urlencoded', 'by=Ana', 415],
    ['plain text', 'text/plain', '{"by":"Ana"}', 415],
    ['an unknown encoding', 'application/json; charset=klingon', '{}', 415],
    ['too much', 'application/json', JSON.stringify({ comment: 'x'.repeat(100_000) }), 413],
  ])('%s is refused, never passed over and never a 5xx', async (_name, type, body, status) => {
    for (const path of [`/api/alerts/${alerts[1]!.id}/acknowledge`, '/api/alerts/nobody/clear']) {
      const answer = await server.send<Problem>(path, type, body);
      expect(answer.status).toBe(status);
      expect(answer.body.status).toBe(status);
      expect(answer.body.detail.length).toBeGreaterThan(15);
    }
  });

  it('what is too large is told with how much may be, also where that is less than a megabyte', async () => {
    const large = JSON.stringify({ comment: 'x'.repeat(100_000) });
    const answer = await server.send<Problem>('/api/alerts/nobody/clear', 'application/json', large);
    expect(answer.body.detail).toContain('at most 64 kB');
  });

  it('readings nested beyond all reason are refused like any other', async () => {
    const deep = '['.repeat(50_000) + ']'.repeat(50_000);
    for (const one of [deep, `{"cell":"x","at":${deep}}`, `{"cell":${deep},"at":${START},"kpis":{"latency_ms":1}}`]) {
      const answer = await server.send('/ingest/readings', 'application/json', `{"readings":[${one}]}`);
      expect([answer.status, answer.body.rejected]).toEqual([400, 1]);
    }
    const cell = `{"id":"x","siteId":${deep},"radio":"LTE"}`;
    for (const one of [deep, cell]) {
      const answer = await server.send('/api/inventory', 'application/json', `{"cells":[${one}]}`, 'PUT');
      expect([answer.status, answer.body.rejected]).toEqual([400, 1]);
    }
  });

  it('gzip is taken; what only says it is gzip is not', async () => {
    const body = gzipSync(JSON.stringify({ readings: [] }));
    const headers = { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' };
    expect((await server.ask('/ingest/readings', { method: 'POST', headers, body })).status).toBe(202);
    const broken = await server.ask<Problem>('/ingest/readings', { method: 'POST', headers, body: 'hello' });
    expect(broken.status).toBe(400);
    const brotli = { ...headers, 'Content-Encoding': 'zstd' };
    expect((await server.ask('/ingest/readings', { method: 'POST', headers: brotli, body })).status).toBe(415);
  });
});

describe('a slip of the pen', () => {
  it.each([
    ['/api/alerts?sate=all', '"sate"'],
    ['/api/cells/ferry-2-A/series?kpi=latency_ms&form=now-1h', '"form"'],
    [`/api/alerts?${'x'.repeat(500)}=1`, '"xxx'],
  ])('in the query is told, with the names that there are: %s', async (path, part) => {
    const { status, body } = await server.ask<Problem>(path);
    expect([status, body.title]).toEqual([400, 'The request cannot be read']);
    expect(body.detail).toContain(part);
    expect(body.detail).toMatch(/in the query is not read here: give \w+, .*lang/);
    expect(body.detail.length).toBeLessThan(250);
  });

  it('in the query of data is told before anything is taken', async () => {
    const { status } = await server.ask('/ingest/readings?sauce=oss', { method: 'POST' });
    expect(status).toBe(400);
  });

  it('is none where another product’s clients say more than is read, nor in the address of a page', async () => {
    const line = `cell_kpi,cell=ferry-2-A latency_ms=20 ${START + 9 * PERIOD_MS}000000`;
    for (const path of ['/write', '/write/', '/api/v2/write'])
      expect((await server.send(`${path}?db=x&rp=autogen&consistency=one`, 'text/plain', line)).status).toBe(204);
    for (const path of [
      '/ping?verbose=true',
      '/metrics?module=all',
      '/api/health?_=1',
      '/?from=mail',
      '/api/alerts?lang=zh&limit=5',
    ])
      expect((await server.ask(path)).status).toBeLessThan(300);
  });

  it('is none where a cache, a gateway or a tracked link adds a name on the way', async () => {
    for (const path of ['/api/alerts?_=1733011200', '/api/cells?utm_source=mail&limit=5&__cf_id=a'])
      expect((await server.ask(path)).status).toBe(200);
    expect((await server.ask<Problem>('/api/alerts?utm=1')).body.detail).toContain('"utm"');
  });

  it.each([
    ['/api/models/rollback', { mdoe: 'battery' }, '"mdoe" is no field here: give mode, version'],
    ['/api/models/train', { mode: 'battery' }, '"mode" is no field here: it takes none'],
    ['/api/alerts/any/acknowledge', { user: 'Ana' }, '"user" is no field here: give by, comment'],
    ['/api/predictions/any/outcome', { found: true, remark: 'x' }, '"remark" is no field here'],
  ])('in a body is told, with the fields that there are: %s', async (path, sent, part) => {
    const { status, body } = await server.send<Problem>(path, 'application/json', JSON.stringify(sent));
    expect(status).toBe(400);
    expect(body.detail).toContain(part);
  });

  it('that makes a body no JSON at all begins no training', async () => {
    const { status, body } = await server.send<Problem>('/api/models/train', 'application/json', '{"mode":');
    expect([status, body.detail]).toEqual([400, 'the body is no JSON']);
    expect((await server.ask<{ training?: unknown }>('/api/models')).body.training).toBeUndefined();
  });
});

describe('methods', () => {
  it('HEAD answers as GET without a body, OPTIONS says what is there', async () => {
    const head = await fetch(`${server.url}/api/cells`, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    const options = await server.ask('/api/cells', { method: 'OPTIONS' });
    expect(options.status).toBe(200);
    expect(options.headers.get('allow')).toContain('GET');
    expect(options.headers.get('access-control-allow-origin')).toBeNull();
  });

  it.each([
    ['DELETE', '/api/cells', 'GET'],
    ['POST', '/api/cells/a', 'GET'],
    ['GET', '/ingest/readings', 'POST'],
    ['POST', '/api/inventory', 'PUT, GET'],
    ['PATCH', '/api/alerts/x/clear', 'POST'],
  ])('%s %s is answered by what the door takes', async (method, path, allowed) => {
    const answer = await server.ask<Problem>(path, { method });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, allowed]);
    expect(answer.body.detail).toContain(allowed);
  });

  it('says of the live door that it is a WebSocket', async () => {
    const answer = await fetch(`${server.url}/api/live`);
    expect([answer.status, answer.headers.get('upgrade')]).toEqual([426, 'websocket']);
  });
});

describe('questions', () => {
  it.each([
    ['/api/cells?cursor=abc', 'abc'],
    ['/api/cells?limit=0', 'limit'],
    ['/api/cells?limit=1e9', 'limit'],
    ['/api/alerts?cursor=abc', 'abc'],
    ['/api/rejections?cursor=abc', 'abc'],
    ['/api/rejections?cursor=-1', '-1'],
    ['/api/alerts?lang=fr', 'fr'],
    ['/api/alerts?state=open&state=all', 'more than once'],
    ['/api/cells/lone-1/series?kpi=latency_ms&step=1e300', 'step'],
    ['/api/cells/lone-1/series?kpi=latency_ms&step=Infinity', 'step'],
    ['/api/cells/lone-1/series?kpi=latency_ms&step=-5', 'step'],
    ['/api/cells/lone-1/series?kpi=latency_ms&from=0&step=1', 'longer step'],
    ['/api/cells/lone-1/series?kpi=latency_ms&from=9999999999999999', 'before'],
  ])('%s: what is wrong is named', async (path, part) => {
    const answer = await server.ask<Problem>(path);
    expect(answer.status).toBe(400);
    expect(answer.body.detail).toContain(part);
  });

  it('of all time are answered', async () => {
    for (const range of ['from=-9999999999999999', 'from=now-999999w', 'from=0&to=9999999999999999']) {
      expect((await server.ask(`/api/cells/lone-1/series?kpi=availability_pct&${range}`)).status).toBe(200);
    }
  });

  it('are answered in the language that is asked for, or that the browser prefers', async () => {
    const title = async (query: string, prefers: string) =>
      (await server.ask<Alert>(`/api/alerts/${alerts[1]!.id}${query}`, { headers: { 'Accept-Language': prefers } }))
        .body.title;
    expect(await title('', 'zh-CN,zh;q=0.9,en;q=0.8')).toMatch(/\p{Script=Han}/u);
    expect(await title('?lang=en', 'zh-CN')).not.toMatch(/\p{Script=Han}/u);
    expect(await title('', 'de')).toBe(await title('?lang=en', 'zh'));
  });
});

describe('the page', () => {
  it('is asked for each time; what it is made of is kept for good, and loads nothing from elsewhere', async () => {
    const page = await server.ask<string>('/');
    expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-cache']);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    const assets = readdirSync(fileURLToPath(new URL('../../dist/web/assets', import.meta.url)));
    const asset = await server.ask(`/assets/${assets[0]}`);
    expect(asset.headers.get('cache-control')).toContain('immutable');
    expect((await server.ask('/assets/gone.js')).status).toBe(404);
    expect((await server.ask('/..%2f..%2fpackage.json')).status).toBeGreaterThanOrEqual(400);
  });
});
