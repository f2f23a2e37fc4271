// The whole house, from a posted reading to an explained alert on the socket.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Receipt } from '../../server/api/contract.ts';
import { CELL_IDS, CELLS, DAY, ordinary, PERIOD_MS, periodsOf, START } from './network.ts';
import { LiveClient, RunningServer } from './running-server.ts';

let server: RunningServer;
const days = 15;

beforeAll(async () => {
  server = await RunningServer.start();
  await server.putCells(CELLS);
  await server.post(periodsOf(CELL_IDS, 0, days * DAY));
  await server.settled();
});
afterAll(() => server.remove());

describe('a network that has lived for two weeks', () => {
  it('has raised no alert', async () => {
    expect(await server.alerts()).toEqual([]);
    await expect.poll(async () => (await server.health()).byHealth.ok).toBe(4);
  });

  it('shows a cell with its newest values, its usual range and how a ratio was made', async () => {
    const cell = await server.cell('harbour-7-A');
    expect(cell.at).toBe(new Date(START + days * DAY * PERIOD_MS).toISOString());
    expect(cell.cell?.nameZh).toBe('老港 7-A');
    const { drop_rate_pct: drop, abnormal_releases, session_releases } = cell.kpis;
    expect(drop).toBeCloseTo((100 * abnormal_releases!) / session_releases!);
    expect(cell.lineage.drop_rate_pct).toMatchObject({
      variant: 'counts',
      counters: { abnormal_releases, session_releases },
    });
    const usual = cell.usual.dl_throughput_mbps!;
    expect(usual.low).toBeLessThan(usual.high);
    expect(usual.low).toBeGreaterThan(10);
  });

  it('gives a series raw for a day, in buckets for two weeks, and a sum as a sum', async () => {
    const day = await server.series('harbour-7-A', 'traffic_gb', '&from=now-24h');
    expect(day).toMatchObject({ step: 0, unit: 'GB' });
    expect(day.points).toHaveLength(DAY);
    expect(day.points.at(-1)).toEqual([
      START + days * DAY * PERIOD_MS,
      ordinary('harbour-7-A', days * DAY - 1).kpis.traffic_gb,
    ]);
    expect(day.band.length).toBeGreaterThan(50);
    const hours = await server.series('harbour-7-A', 'traffic_gb', '&from=now-24h&step=PT1H');
    expect(hours.points).toHaveLength(24);
    const total = (points: [number, number | null][]) => points.reduce((sum, [, value]) => sum + (value ?? 0), 0);
    expect(total(hours.points)).toBeCloseTo(total(day.points));
    expect((await server.series('harbour-7-A', 'traffic_gb', '&from=now-15d')).step).toBeGreaterThan(0);
  });

  it('pools a ratio as the ratio of sums, never the mean of ratios', async () => {
    const { points } = await server.series('harbour-7-B', 'drop_rate_pct', '&from=now-1d&step=PT6H');
    const rows = periodsOf(['harbour-7-B'], (days - 1) * DAY, days * DAY).slice(0, 24);
    const sum = (pick: (kpis: (typeof rows)[0]['kpis']) => number) =>
      rows.reduce((total, row) => total + pick(row.kpis), 0);
    expect(points[0]?.[1]).toBeCloseTo((100 * sum((k) => k.abnormal_releases)) / sum((k) => k.session_releases), 6);
  });

  it('tells a site that goes down as one explained alert on the socket, turns its cells red, and clears it', async () => {
    const live = new LiveClient(server);
    const hello = await live.next('hello');
    expect(hello.cells).toBe(4);
    const sick = ['harbour-7-A', 'harbour-7-B', 'harbour-7-C'];
    const down = (period: number) => [
      ...sick.map((cell) => ({
        cell,
        at: START + (period + 1) * PERIOD_MS,
        kpis: { availability_pct: 0, fault_unavail_s: 900, traffic_gb: 0, active_users: 0 },
      })),
      ordinary('ferry-2-A', period),
    ];
    const from = days * DAY;
    await server.post(down(from));
    await server.post(down(from + 1));
    const site = (await live.next('alert', ({ alert }) => alert.scope === 'site')).alert;
    expect(site).toMatchObject({ kind: 'fault', state: 'open', severity: 'critical', siteId: 'harbour-7' });
    expect(site.cells.sort()).toEqual(sick);
    expect(site.raisedAt).toBe(new Date(START + (from + 1) * PERIOD_MS).toISOString());
    expect(site.title).toContain('Old Harbour 7');
    expect(site.why.length).toBeGreaterThan(20);
    expect(site.wouldClear).toMatch(/^Clears when/);
    const red = await live.next('cells', ({ cells }) =>
      cells.some(({ id, health }) => id === 'harbour-7-B' && health === 'critical'),
    );
    expect(red.seq).toBeGreaterThan(0);
    const parts = (await server.alerts()).filter((alert) => alert.partOf === site.id);
    expect(parts).toHaveLength(2);

    const chinese = (await server.ask<{ title: string }>(`/api/alerts/${site.id}?lang=zh`)).body;
    expect(chinese.title).toContain('老港');

    const seen = await server.send<{ state: string; acknowledgedBy: string }>(
      `/api/alerts/${site.id}/acknowledge`,
      'application/json',
      JSON.stringify({ by: 'Night desk', comment: 'power company called' }),
    );
    expect(seen.body).toMatchObject({ state: 'acknowledged', acknowledgedBy: 'Night desk' });
    await live.next('alert', ({ alert }) => alert.id === site.id && alert.state === 'acknowledged');

    for (let period = from + 2; period < from + 8; period++) await server.post(periodsOf(CELL_IDS, period, period + 1));
    const cleared = (await live.next('alert', ({ alert }) => alert.id === site.id && alert.state === 'cleared')).alert;
    expect(Date.parse(cleared.clearedAt!)).toBeGreaterThan(Date.parse(cleared.raisedAt));
    expect(await server.alerts('open')).toEqual([]);
    live.close();

    // A client that was away gets what it missed, with the numbers it would have had.
    const seqs = live.messages.filter((message) => message.type === 'alert').map((message) => message.seq);
    const back = new LiveClient(server, `?since=${hello.seq}`);
    await back.next('alert', ({ seq }) => seq === seqs.at(-1));
    expect(back.messages.filter((message) => message.type === 'alert').map((message) => message.seq)).toEqual(seqs);
    back.close();
    const lost = new LiveClient(server, '?since=999999999999');
    await lost.next('resync');
    lost.close();
  });

  it('finds dropped calls with their attempts, and says nothing of the same share on nine attempts', async () => {
    const from = days * DAY + 8;
    const dropping = (cell: string, period: number, releases: number) => {
      const reading = ordinary(cell, period);
      return {
        ...reading,
        kpis: { ...reading.kpis, session_releases: releases, abnormal_releases: Math.round(releases * 0.46) },
      };
    };
    for (let period = from; period < from + 3; period++) {
      await server.post([
        dropping('harbour-7-A', period, 900),
        dropping('ferry-2-A', period, 9),
        ordinary('harbour-7-B', period),
        ordinary('harbour-7-C', period),
      ]);
    }
    await server.settled();
    const open = await server.alerts('open');
    expect(open.map((alert) => [alert.cells, alert.kpi])).toEqual([[['harbour-7-A'], 'drop_rate_pct']]);
    expect(open[0]?.evidence).toMatchObject({ observed: 46, attempts: 900 });
    expect(open[0]?.evidence.score).toBeGreaterThanOrEqual(0.5);
    expect(open[0]?.why).toContain('900');
  });
});

describe('readings that are not what they should be', () => {
  it('keeps 99 of 100 and names the one that is wrong by index, field, value and reason', async () => {
    const readings = Array.from({ length: 100 }, (_, i) => ({
      cell: `new-${i}`,
      at: START,
      kpis: { latency_ms: i === 41 ? 'fast' : 20 },
    }));
    const { status, body } = await server.send('/ingest/readings', 'application/json', JSON.stringify({ readings }));
    expect(status).toBe(202);
    expect(body).toMatchObject({ accepted: 99, rejected: 1 });
    expect(body.rejections[0]).toMatchObject({ index: 41, field: 'kpis.latency_ms', reason: 'not-a-number' });
    expect(body.rejections[0]?.detail).toContain('"fast"');
    const kept = await server.ask<{ rejections: { index: number }[] }>('/api/rejections?limit=1');
    expect(kept.body.rejections[0]?.index).toBe(41);
  });

  it('keeps cells that the inventory lacks, as unplaced', async () => {
    const before = (await server.health()).unplaced;
    await server.post([{ cell: 'nowhere-1', at: START, kpis: { latency_ms: 20 } }]);
    expect((await server.health()).unplaced).toBe(before + 1);
    expect(await server.cell('nowhere-1')).toMatchObject({ lat: null, cell: null, radio: null });
  });

  const wrong: [string, string, string, BodyInit, number][] = [
    ['nothing', '/ingest/readings', 'application/json', '', 400],
    ['half of a JSON', '/ingest/readings', 'application/json', '{"readings":[{"cell":"x","at"', 400],
    ['a number', '/ingest/readings', 'application/json', '42', 400],
    ['null', '/ingest/readings', 'application/json', 'null', 400],
    ['a list of nonsense', '/ingest/readings', 'application/json', '[1,"a",null,[],{}]', 400],
    ['deep nesting', '/ingest/readings', 'application/json', '['.repeat(200_000), 400],
    ['a prototype', '/ingest/readings', 'application/json', '{"__proto__":{"readings":[]}}', 400],
    [
      'seconds for milliseconds',
      '/ingest/readings',
      'application/json',
      '{"readings":[{"cell":"x","at":1700000000,"kpis":{"latency_ms":1}}]}',
      400,
    ],
    [
      'the year 2100',
      '/ingest/readings',
      'application/json',
      '{"readings":[{"cell":"x","at":"2100-01-01T00:00:00Z","kpis":{"latency_ms":1}}]}',
      400,
    ],
    [
      'a value that cannot be',
      '/ingest/readings',
      'application/json',
      '{"readings":[{"cell":"x","at":1700000000000,"kpis":{"drop_rate_pct":101}}]}',
      400,
    ],
    ['broken UTF-8', '/ingest/readings', 'application/x-ndjson', new Uint8Array([123, 255, 254, 253]), 400],
    ['no XML', '/ingest/pm', 'application/xml', 'hello', 400],
    [
      'an entity bomb',
      '/ingest/pm',
      'application/xml',
      '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><measCollecFile>&b;</measCollecFile>',
      400,
    ],
    ['broken gzip', '/ingest/pm', 'application/gzip', new Uint8Array([31, 139, 1, 2, 3]), 400],
    ['a type that is not known', '/ingest/readings', 'text/html', '<p>', 415],
    ['no inventory', '/api/inventory', 'text/csv', '\u0000\u0001', 400],
  ];
  it.each(wrong)('answers %s with a reason', async (_name, path, type, body, status) => {
    const answer = await server.send<Receipt & { detail?: string }>(
      path,
      type,
      body,
      path.startsWith('/api') ? 'PUT' : 'POST',
    );
    expect(answer.status).toBe(status);
    const why = answer.body.rejections?.[0]?.detail ?? answer.body.detail ?? '';
    expect(why.length).toBeGreaterThan(15);
  });

  it('refuses a body that is too large, also when it comes small and swells', async () => {
    const { gzipSync } = await import('node:zlib');
    const swelling = gzipSync(Buffer.alloc(40 << 20, 32));
    const headers = { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' };
    const bomb = await server.ask<{ detail: string }>('/ingest/readings', { method: 'POST', headers, body: swelling });
    expect(bomb.status).toBe(413);
    expect(bomb.body.detail).toContain('32 MB');
    const pm = await server.send<{ detail: string }>('/ingest/pm', 'application/gzip', swelling);
    expect(pm.status).toBe(413);
  });

  it('answers a wrong question with what is wrong about it', async () => {
    const asked: [string, number, string][] = [
      ['/api/cells/nobody', 404, 'nobody'],
      ['/api/cells/harbour-7-A/series', 400, 'kpi'],
      ['/api/cells/harbour-7-A/series?kpi=happiness', 400, 'happiness'],
      ['/api/cells/harbour-7-A/series?kpi=latency_ms&from=soon', 400, 'soon'],
      ['/api/cells/harbour-7-A/series?kpi=latency_ms&step=0', 400, 'step'],
      ['/api/cells/harbour-7-A/series?kpi=latency_ms&from=now&to=now-1h', 400, 'before'],
      ['/api/alerts?state=sad', 400, 'sad'],
      ['/api/alerts?limit=-1', 400, 'limit'],
      ['/api/alerts/none', 404, 'none'],
      ['/api/nothing', 404, '/api/nothing'],
      ['/api/cells/%E0%A4%A', 400, ''],
    ];
    for (const [path, status, part] of asked) {
      const answer = await server.ask<{ detail: string; status: number }>(path);
      expect([path, answer.status]).toEqual([path, status]);
      expect(answer.body.detail).toContain(part);
    }
  });

  it('lets no foreign page speak through the browser of someone on this machine', async () => {
    const foreign = await server.ask('/api/cells', { headers: { Origin: 'https://elsewhere.example' } });
    expect(foreign.status).toBe(403);
  });
});
