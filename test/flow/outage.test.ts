// InfluxDB stays away until the journal's budget is spent: senders are asked to wait, and all that was taken is handed over in order.

import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Influxd, influxdMissing, startInfluxd } from '../influxd.ts';
import { CELL_IDS, CELLS, ordinary, PERIOD_MS, periodsOf, START } from './network.ts';
import { RunningServer } from './running-server.ts';

/** Periods in one delivery. */
const PERIODS = 96;
/** Far more than the journal of this test can hold. */
const MOST_DELIVERIES = 400;

describe.skipIf(influxdMissing)('while InfluxDB is away for long', () => {
  const file = join(tmpdir(), `cellstar-outage-${process.pid}.yaml`);
  let influxd: Influxd;
  let server: RunningServer;
  let taken = 0;

  beforeAll(async () => {
    await writeFile(file, 'limits:\n  journal: 2MB\n');
    influxd = await startInfluxd();
    server = await RunningServer.start({
      ...{ INFLUX_URL: influxd.url, INFLUX_DATABASE: 'cellstar', CELLSTAR_CONFIG: file },
    });
    await server.putCells(CELLS);
  });
  afterAll(async () => {
    await server.remove();
    await influxd.remove();
  });

  const deliver = () => server.post(periodsOf(CELL_IDS, taken * PERIODS, (taken + 1) * PERIODS));

  it('readings are taken into a bounded queue on disk, whose size and age show, and then senders are asked to wait', async () => {
    await influxd.stop();
    let answer = await deliver();
    for (; answer.status === 202 && taken < MOST_DELIVERIES; answer = await deliver()) taken++;
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get('Retry-After'))).toBeGreaterThan(0);
    expect(taken).toBeGreaterThan(3);
    const { journal } = await server.health();
    expect(journal.bytes).toBeLessThanOrEqual(journal.maxBytes);
    expect(journal.behind.store).toBeGreaterThan(0);
    expect(Date.now() - Date.parse(journal.waitingSince.store!)).toBeLessThan(120_000);
  });

  it('a crash meanwhile loses nothing of it', async () => {
    await server.kill();
    await server.start();
    expect((await server.cell('ferry-2-A')).at).toBe(new Date(START + taken * PERIODS * PERIOD_MS).toISOString());
  });

  it('it drains by itself when InfluxDB is back, in order and once, and senders are let in again', async () => {
    await influxd.start();
    await server.settled();
    await expect.poll(async () => (await deliver()).status, { timeout: 30_000, interval: 500 }).toBe(202);
    await server.settled();
    const periods = (taken + 1) * PERIODS;
    const query = `&from=${START}&to=${START + periods * PERIOD_MS}&step=900`;
    const { points } = await server.series('ferry-2-A', 'traffic_gb', query);
    const expected = Array.from({ length: periods }, (_, period) => ordinary('ferry-2-A', period));
    expect(points).toEqual(expected.map(({ at, kpis }) => [at, kpis.traffic_gb]));
  });
});
