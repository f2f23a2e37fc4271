// InfluxDB's own clients and Telegraf write to us as they would to InfluxDB, and are answered as they expect.

import { gzipSync } from 'node:zlib';
import { HttpError, InfluxDB, Point, setLogger } from '@influxdata/influxdb-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RejectionList, SourceList } from '../../server/api/contract.ts';
import { RunningServer } from './running-server.ts';

const AT = Date.UTC(2024, 0, 1, 0, 15);
const LINE = `cell_kpi,cell=t-1,host=oss-7,period=900 latency_ms=20,session_releases=100i,abnormal_releases=2i ${AT}000000`;
const TOKEN = 'ingest-token-1234';

// The client tells of every answer that is no success; the tests look at them themselves.
setLogger({ error: () => undefined, warn: () => undefined });

let server: RunningServer;
beforeAll(async () => {
  server = await RunningServer.start({ CELLSTAR_TOKENS: `ingest:${TOKEN},admin:admin-token-1234`, HOST: '127.0.0.1' });
});
afterAll(() => server.remove());

const admin = { Authorization: 'Bearer admin-token-1234' };
const write = (body: BodyInit, query = '', headers: Record<string, string> = {}) =>
  server.ask<{ error?: string; accepted?: number }>(`/write?db=telegraf&p=${TOKEN}${query}`, {
    method: 'POST',
    body,
    headers,
  });
const cell = async (id: string) =>
  (
    await server.ask<{ at: string; source: string; kpis: Record<string, number>; suspect: boolean }>(
      `/api/cells/${id}`,
      { headers: admin },
    )
  ).body;

describe('the official client of InfluxDB', () => {
  it('writes points that become readings', async () => {
    const client = new InfluxDB({ url: server.url, token: TOKEN });
    const api = client.getWriteApi('any org', 'any bucket', 'ms', { gzipThreshold: 0, maxRetries: 0 });
    const point = new Point('cell_kpi')
      .tag('cell', 'old harbour, 7')
      .intField('period', 900)
      .floatField('latency_ms', 12.5);
    api.writePoint(point.booleanField('suspect', true).timestamp(AT));
    await api.close();
    expect(await cell('old%20harbour%2C%207')).toMatchObject({
      kpis: { latency_ms: 12.5 },
      suspect: true,
      source: 'lines/unnamed',
    });
  });

  it('hears as its own kind of error why all was refused', async () => {
    const api = new InfluxDB({ url: server.url, token: TOKEN }).getWriteApi('o', 'b', 'ns', {
      maxRetries: 0,
      writeFailed: () => undefined,
    });
    api.writeRecord('cpu,host=a usage=1');
    const error = await api.close().then(
      () => undefined,
      (reason: unknown) => reason as HttpError,
    );
    expect(error).toBeInstanceOf(HttpError);
    expect(error).toMatchObject({ statusCode: 400, code: 'invalid' });
    expect(error!.message).toContain('cpu');
  });

  it('hears that its token is not known', async () => {
    const api = new InfluxDB({ url: server.url, token: 'wrong' }).getWriteApi('o', 'b', 'ns', {
      maxRetries: 0,
      writeFailed: () => undefined,
    });
    api.writeRecord(LINE);
    await expect(api.close()).rejects.toMatchObject({ statusCode: 401, code: 'unauthorized' });
  });
});

describe('Telegraf', () => {
  it('makes its database, writes gzip, and is answered 204', async () => {
    const made = await server.ask<object>(`/query?u=any&p=${TOKEN}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: 'q=CREATE+DATABASE+%22telegraf%22',
    });
    expect([made.status, made.body]).toEqual([200, { results: [{ statement_id: 0 }] }]);
    const basic = `Basic ${Buffer.from(`telegraf:${TOKEN}`).toString('base64')}`;
    const answer = await server.ask('/write?consistency=any&db=telegraf&precision=ns&rp=', {
      method: 'POST',
      headers: {
        'Content-Type': 'text/plain; charset=utf-8',
        'Content-Encoding': 'gzip',
        Authorization: basic,
        'User-Agent': 'Telegraf/1.30',
      },
      body: gzipSync(`${LINE}\n`),
    });
    expect([answer.status, answer.headers.get('x-influxdb-version')]).toEqual([204, '1.8.10']);
    expect(await cell('t-1')).toMatchObject({
      at: new Date(AT).toISOString(),
      source: 'lines/oss-7',
      kpis: { latency_ms: 20, drop_rate_pct: 2 },
    });
  });

  it('that sends its machine’s own measurements too is told how many lines were refused, once for each measurement', async () => {
    const answer = await write(`${LINE}\ncpu,host=oss-7 usage=1\ncpu,host=oss-7 usage=2\nmem,host=oss-7 used=1i\n`);
    expect([answer.status, answer.headers.get('x-cellstar-rejected')]).toEqual([204, '3']);
    const { rejections } = (await server.ask<RejectionList>('/api/rejections?limit=2', { headers: admin })).body;
    expect(rejections.map(({ source, field, count }) => [source, field, count]).sort()).toEqual([
      ['lines/oss-7', 'cpu', 2],
      ['lines/oss-7', 'mem', 1],
    ]);
  });

  it('behind a proxy that joins several machines keeps them apart', async () => {
    await write(
      `cell_kpi,cell=p-1,host=left latency_ms=1 ${AT}000000\ncell_kpi,cell=p-2,host=right latency_ms=2 ${AT}000000`,
    );
    expect([(await cell('p-1')).source, (await cell('p-2')).source]).toEqual(['lines/left', 'lines/right']);
    const { sources } = (await server.ask<SourceList>('/api/sources', { headers: admin })).body;
    expect(sources.map(({ id }) => id)).toEqual(expect.arrayContaining(['lines/left', 'lines/right']));
  });

  it('is there for whoever asks whether we are', async () => {
    for (const method of ['GET', 'HEAD']) {
      const answer = await server.ask('/ping', { method });
      expect([answer.status, answer.headers.get('x-influxdb-version')]).toEqual([204, '1.8.10']);
    }
  });
});

describe('a sender of lines', () => {
  it('with an empty body is answered 204', async () => {
    expect((await write('')).status).toBe(204);
    expect((await write('# nothing\n\n')).status).toBe(204);
  });

  it('of which all is refused gets 400 with the first reason and the receipt', async () => {
    const { status, body } = await write('cell_kpi,cell=a note="x"\ncell_kpi latency_ms=1\n');
    expect(status).toBe(400);
    expect(body).toMatchObject({ accepted: 0, rejected: 2, error: expect.stringMatching(/^all 2 refused.*line \d/) });
  });

  it('gets a receipt on request', async () => {
    const { status, body } = await write(LINE, '', { Prefer: 'return=representation' });
    expect([status, body.accepted]).toEqual([202, 1]);
  });

  it('is told of a wrong precision, another question, a body too large, broken bytes and a missing token, never with a 5xx', async () => {
    const large = gzipSync(Buffer.alloc(33 << 20, 'x'));
    for (const [answer, status, text] of [
      [await write(LINE, '&precision=y'), 400, 'precision'],
      [await server.ask(`/query?p=${TOKEN}&q=SELECT+1`, { method: 'POST' }), 400, 'CREATE DATABASE'],
      [await write(large, '', { 'Content-Encoding': 'gzip' }), 413, 'MB'],
      [await write(Buffer.from([0x61, 0xff, 0xfe])), 400, 'UTF-8'],
      [await write(gzipSync(LINE).subarray(0, 40), '', { 'Content-Encoding': 'gzip' }), 400, ''],
      [await server.ask('/write', { method: 'POST', body: LINE }), 401, 'Bearer'],
    ] as const) {
      expect(answer.status).toBe(status);
      expect((answer.body as { error: string }).error).toContain(text);
    }
  });
});
