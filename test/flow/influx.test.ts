// InfluxDB in place of the embedded store: the doors answer the same, and an absent InfluxDB loses nothing.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Influxd, influxdMissing, startInfluxd } from '../influxd.ts';
import { CELL_IDS, CELLS, DAY, ordinary, PERIOD_MS, periodsOf, START } from './network.ts';
import { RunningServer } from './running-server.ts';

describe.skipIf(influxdMissing)('a server whose readings are in InfluxDB', () => {
  let influxd: Influxd;
  let server: RunningServer;
  let twin: RunningServer;

  beforeAll(async () => {
    influxd = await startInfluxd();
    server = await RunningServer.start({ INFLUX_URL: influxd.url, INFLUX_DATABASE: 'cellstar' });
    twin = await RunningServer.start();
    for (const one of [server, twin]) {
      await one.putCells(CELLS);
      await one.post(periodsOf(CELL_IDS, 0, 3 * DAY));
      await one.settled();
    }
  });
  afterAll(async () => {
    await Promise.all([server.remove(), twin.remove()]);
    await influxd.remove();
  });

  it('gives the same cells, series and usual ranges as the embedded store', async () => {
    expect((await server.health()).store).toMatchObject({ name: 'influx', ok: true });
    for (const query of ['', '&from=now-3d&step=PT1H']) {
      for (const kpi of ['drop_rate_pct', 'traffic_gb', 'active_users']) {
        expect(await server.series('harbour-7-A', kpi, query)).toEqual(await twin.series('harbour-7-A', kpi, query));
      }
    }
    const { source: _, ...cell } = await server.cell('ferry-2-A');
    expect(await twin.cell('ferry-2-A')).toMatchObject(cell);
  });

  it('takes readings on while InfluxDB is away, shows them at once, and hands them over when it is back', async () => {
    await influxd.stop();
    const from = 3 * DAY;
    const answer = await server.post(periodsOf(CELL_IDS, from, from + 10));
    expect(answer.status).toBe(202);
    expect((await server.health()).store.ok).toBe(false);
    expect((await server.cell('ferry-2-A')).at).toBe(new Date(START + (from + 10) * PERIOD_MS).toISOString());

    const past = await server.ask<{ title: string }>('/api/cells/ferry-2-A/series?kpi=traffic_gb');
    expect([past.status, past.body.title]).toEqual([503, 'The store does not answer']);

    await server.kill();
    await server.start();
    await influxd.start();
    await server.settled();
    const { points } = await server.series('ferry-2-A', 'traffic_gb', `&from=${START + from * PERIOD_MS}&to=now`);
    const expected = Array.from({ length: 10 }, (_, i) => ordinary('ferry-2-A', from + i));
    expect(points).toEqual(expected.map(({ at, kpis }) => [at, kpis.traffic_gb]));
  });
});
