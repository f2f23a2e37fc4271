// Senders, followed through the whole house: late and doubled readings, wrong clocks, silence, and what was refused.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RejectionList, SourceList } from '../../server/api/contract.ts';
import { RunningServer } from './running-server.ts';

const PERIOD_MS = 900_000;
const START = Date.UTC(2026, 2, 2);
const at = (period: number) => START + period * PERIOD_MS;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function eventually<T>(ask: () => Promise<T>, fits: (found: T) => boolean, withinMs = 40_000): Promise<T> {
  for (const until = Date.now() + withinMs; ; await pause(250)) {
    const found = await ask();
    if (fits(found) || Date.now() > until) return found;
  }
}

const sourceOf = async (server: RunningServer, id: string) =>
  (await server.ask<SourceList>('/api/sources')).body.sources.find((one) => one.id === id);

describe('readings that come late or again', () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await RunningServer.start();
  });
  afterAll(() => server.remove());

  const reading = (period: number, latency_ms: number) => ({ cell: 'A', at: at(period), kpis: { latency_ms } });

  it('land in their period, are told as late by receipt, sender and chart, and raise nothing', async () => {
    for (const period of [1, 2, 4, 5]) await server.post([reading(period, period)], 'oss');
    const late = await server.post([reading(3, 300), reading(5, 5)], 'oss');
    expect(late.body).toMatchObject({ accepted: 2, rejected: 0, late: 1 });
    const series = () => server.series('A', 'latency_ms', `&from=${at(0)}&to=${at(6)}`);
    const told = { points: [1, 2, 3, 4, 5].map((n) => [at(n), n === 3 ? 300 : n]), late: [at(3)] };
    const shown = async () => {
      const { points, marks } = await series();
      return { points, late: marks.filter(({ kind }) => kind === 'late').map((mark) => mark.at) };
    };
    expect(await shown()).toEqual(told);
    expect(await sourceOf(server, 'readings/oss')).toMatchObject({ readings: 6, late: 1, doubled: 1 });
    expect(await server.cell('A')).toMatchObject({ kpis: { latency_ms: 5 } });
    expect(await server.alerts()).toEqual([]);
    await server.kill();
    await server.start();
    expect(await shown()).toEqual(told);
    expect(await sourceOf(server, 'readings/oss')).toMatchObject({ readings: 6, late: 1, doubled: 1 });
    // What came before the restart is known: the same again is doubled, not late.
    const again = await server.post([reading(3, 300), reading(2, 2)], 'oss');
    expect(again.body.late).toBeUndefined();
    expect(await sourceOf(server, 'readings/oss')).toMatchObject({ late: 1, doubled: 3 });
  });

  it('do not silence their neighbours when one cell’s clock is days ahead', async () => {
    for (let period = 1; period <= 60; period++) {
      const right = ['r1', 'r2', 'r3'].map((cell) => ({ cell, at: at(period), kpis: { latency_ms: 20 } }));
      const wrong = { cell: 'wrong', at: at(period + 300), kpis: { latency_ms: 20 } };
      await server.post(period % 2 ? [wrong, ...right] : [...right, wrong], 'ring');
    }
    await server.settled();
    expect((await server.alerts()).filter(({ kind }) => kind === 'silent')).toEqual([]);
    expect((await sourceOf(server, 'readings/ring'))?.newestAt).toBe(new Date(at(60)).toISOString());
    await expect.poll(async () => (await server.cell('r1')).health).toBe('ok');
  });
});

describe('what is refused', () => {
  let server: RunningServer;
  const as = (role: string) => ({ headers: { Authorization: `Bearer ${role}-token-0001` } });
  beforeAll(async () => {
    const roles = ['ingest', 'viewer', 'engineer', 'admin'];
    const tokens = roles.map((role) => `${role}:${role}-token-0001`).join(',');
    server = await RunningServer.start({ CELLSTAR_TOKENS: tokens, HOST: '127.0.0.1' });
  });
  afterAll(() => server.remove());

  const send = (body: string, source: string) =>
    server.ask(`/ingest/readings?source=${source}`, {
      method: 'POST',
      body,
      headers: { ...as('ingest').headers, 'Content-Type': 'application/x-ndjson' },
    });
  const rejections = async (query: string, role = 'engineer') =>
    (await server.ask<RejectionList>(`/api/rejections?${query}`, as(role))).body;

  it('is counted by sender and reason, also over a restart, and shown with its text to those who mend senders', async () => {
    await send('{"cell":"a","at":"soon","kpis":{"latency_ms":1}}\n=cmd|calc\n'.repeat(30), 'ridge');
    await send('not json at all', 'bay');
    const told = async () =>
      (await rejections('limit=5')).counts.map(({ source, reason, count }) => [source, reason, count]);
    const expected = [
      ['readings/ridge', 'bad-time', 30],
      ['readings/ridge', 'not-json', 30],
      ['readings/bay', 'not-json', 1],
    ];
    expect(new Set((await told()).map(String))).toEqual(new Set(expected.map(String)));
    await server.kill();
    await server.start();
    expect(new Set((await told()).map(String))).toEqual(new Set(expected.map(String)));

    const ridge = await rejections('source=readings/ridge&reason=not-json&limit=100');
    expect([ridge.rejections.length, ridge.total, ridge.kept.most]).toEqual([30, 30, 10_000]);
    expect(ridge.counts[0]?.example.excerpt).toContain('=cmd|calc');
    const seen = await rejections('source=readings/ridge&reason=not-json&limit=100', 'viewer');
    expect([seen.text, seen.rejections.length, JSON.stringify(seen).includes('excerpt')]).toEqual([false, 30, false]);
    expect((await rejections('to=2020-01-01T00:00:00Z')).rejections).toEqual([]);
    const wrong = await server.ask<{ detail: string }>('/api/rejections?from=whenever', as('viewer'));
    expect([wrong.status, wrong.body.detail]).toEqual([400, expect.stringContaining('whenever')]);
  });

  it('comes as a file that no spreadsheet runs', async () => {
    for (const init of [as('engineer'), { headers: { ...as('engineer').headers, Accept: 'text/csv' } }]) {
      const query = 'Accept' in init.headers ? '' : '?format=csv';
      const file = await server.ask<string>(`/api/rejections${query}`, init);
      expect(file.headers.get('content-type')).toContain('text/csv');
      expect(file.headers.get('content-disposition')).toContain('rejections.csv');
      const lines = file.body.trim().split('\r\n');
      expect([lines[0], lines.length]).toEqual(['at,source,reason,count,file,line,index,field,detail,excerpt', 62]);
      expect(file.body).not.toMatch(/(^|,|\n)"?[=+@]/);
    }
  });

  it('stands in the metrics by sender and reason', async () => {
    const { body } = await server.ask<string>('/metrics', as('viewer'));
    expect(body).toContain('cellstar_rejections_total{source="readings/ridge",reason="bad-time"} 30\n');
    expect(body).toMatch(/cellstar_journal_oldest_waiting_seconds\{consumer="store"\} \d/);
  });

  it('is told in our own words to those who do not mend senders: no detail, field or sender quotes what was sent', async () => {
    const secret =
      '{"cell":"B","at":"secret-time","kpis":{}}\n{"cell":"B","at":1773783900000,"kpis":{"secret_kpi":"hush"}}';
    await send(secret, 'secretive');
    const told = async (role: string) => [
      await rejections('source=readings/secretive', role),
      (await server.ask<SourceList>('/api/sources', as(role))).body,
    ];
    const seen = JSON.stringify(await told('viewer'));
    expect(seen).not.toMatch(/secret-time|secret_kpi|hush/);
    expect(seen).toContain('The value is not a number');
    expect(JSON.stringify(await told('engineer'))).toMatch(/secret-time.*secret_kpi.*hush/);
  });

  it('does not let just anybody take a sender off the list', async () => {
    const remove = (id: string, role: string) =>
      server.ask(`/api/sources/${encodeURIComponent(id)}`, { method: 'DELETE', ...as(role) });
    expect((await remove('readings/bay', 'viewer')).status).toBe(403);
    expect((await remove('readings/bay', 'engineer')).status).toBe(409);
    expect((await remove('readings/none', 'engineer')).status).toBe(404);
  });
});

describe('a sender that falls silent', () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await RunningServer.start();
  });
  afterAll(() => server.remove());

  it('is one alert, its cells are unknown and raise none of their own; it is over when the sender is back or taken off', {
    timeout: 120_000,
  }, async () => {
    const cells = (source: string) => [1, 2, 3, 4].map((n) => `${source}-${n}`);
    const talking = new Set(['ridge', 'bay', 'cape']);
    const send = () => {
      const second = Math.floor(Date.now() / 1000) * 1000;
      const period = { at: second, periodSeconds: 1, kpis: { latency_ms: 20 } };
      return Promise.all(
        [...talking].map((one) =>
          server.post(
            cells(one).map((cell) => ({ cell, ...period })),
            one,
          ),
        ),
      );
    };
    await server.post([{ cell: 'once-1', at: Date.now() - 5000, periodSeconds: 1, kpis: { latency_ms: 1 } }], 'once');
    const timer = setInterval(() => void send().catch(() => undefined), 1000);
    const silentOnes = async () => (await server.alerts()).filter(({ kind }) => kind === 'source-silent');
    try {
      await pause(8000);
      talking.delete('ridge');
      talking.delete('cape');
      const raised = await eventually(silentOnes, (found) => found.length >= 2);
      expect(raised.map((alert) => [alert.state, alert.cells.length]).sort()).toEqual([
        ['open', 4],
        ['open', 4],
      ]);
      expect((await server.alerts()).filter(({ kind }) => kind !== 'source-silent')).toEqual([]);
      const health = async (cell: string) => (await server.cell(cell)).health;
      await eventually(
        () => health('ridge-1'),
        (found) => found === 'unknown',
      );
      expect([await health('ridge-1'), await health('bay-1')]).toEqual(['unknown', 'ok']);
      expect(await sourceOf(server, 'readings/ridge')).toMatchObject({ quiet: true });
      expect(await sourceOf(server, 'readings/once')).toMatchObject({ quiet: false });
      expect((await server.health()).quietSources).toBe(2);

      const gone = await server.ask('/api/sources/readings%2Fcape', { method: 'DELETE' });
      expect([gone.status, gone.body]).toEqual([200, { removed: 'readings/cape' }]);
      expect(await sourceOf(server, 'readings/cape')).toBeUndefined();
      await server.kill();
      await server.start();
      expect(await sourceOf(server, 'readings/cape')).toBeUndefined();
      talking.add('ridge');
      const over = await eventually(silentOnes, (found) => found.every(({ state }) => state === 'cleared'));
      expect(over.map(({ state }) => state)).toEqual(['cleared', 'cleared']);
      expect((await server.alerts()).filter(({ kind }) => kind !== 'source-silent')).toEqual([]);
    } finally {
      clearInterval(timer);
    }
  });
});
