// Killed with kill -9 while readings are posted: all that was acknowledged is there once, and the detector goes on.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CELL_IDS, CELLS, DAY, ordinary, PERIOD_MS, periodsOf, START } from './network.ts';
import { RunningServer } from './running-server.ts';

const KILLS = 6;
/** Time to live before a kill, milliseconds: some fall into the start, some into a write, some into a checkpoint. */
const LIFETIMES_MS = [700, 60, 1300, 250, 900, 400];

let server: RunningServer;
beforeAll(async () => {
  server = await RunningServer.start();
});
afterAll(() => server.remove());

/** Posts period after period from `first` until the server dies; the periods that were acknowledged. */
async function postUntilKilled(first: number, lifetimeMs: number): Promise<number[]> {
  const acknowledged: number[] = [];
  const dying = new Promise<void>((resolve) => setTimeout(() => void server.kill().then(() => resolve()), lifetimeMs));
  for (let period = first; ; period++) {
    const answer = await server.post(periodsOf(CELL_IDS, period, period + 1)).catch(() => undefined);
    if (answer?.status !== 202) break;
    acknowledged.push(period);
  }
  await dying;
  return acknowledged;
}

describe('a server that is killed again and again', () => {
  it('loses nothing that it acknowledged and doubles nothing', { timeout: 120_000 }, async () => {
    await server.putCells(CELLS);
    const acknowledged: number[] = [];
    for (let kill = 0; kill < KILLS; kill++) {
      const next = (acknowledged.at(-1) ?? -1) + 1;
      acknowledged.push(...(await postUntilKilled(next, LIFETIMES_MS[kill]!)));
      await server.start();
    }
    expect(acknowledged.length).toBeGreaterThan(20);
    for (const cell of CELL_IDS) {
      const series = await server.series(
        cell,
        'traffic_gb',
        `&from=${START}&to=${START + 100 * DAY * PERIOD_MS}&step=900`,
      );
      const found = new Map(series.points.filter(([, value]) => value !== null));
      const missing = acknowledged.filter(
        (period) => found.get(START + (period + 1) * PERIOD_MS) !== ordinary(cell, period).kpis.traffic_gb,
      );
      expect(missing).toEqual([]);
      expect(series.points.length).toBe(new Set(series.points.map(([at]) => at)).size);
    }
    expect((await server.ask<{ cells: unknown[] }>('/api/cells')).body.cells).toHaveLength(CELLS.length);
  });

  it('goes on with what its detector had learned, and with its alerts', async () => {
    const first = 200 * DAY;
    await server.post(periodsOf(CELL_IDS, first, first + 8 * DAY));
    await server.settled();
    const before = await server.cell('harbour-7-A');
    expect(Object.keys(before.usual).length).toBeGreaterThan(5);
    await server.kill();
    await server.start();
    const after = await server.cell('harbour-7-A');
    expect(after.usual).toEqual(before.usual);
    expect(after.kpis).toEqual(before.kpis);

    const sick = {
      cell: 'ferry-2-A',
      at: START + (first + 8 * DAY + 1) * PERIOD_MS,
      kpis: { availability_pct: 0, fault_unavail_s: 900 },
    };
    await server.post([sick, { ...sick, at: sick.at + PERIOD_MS }]);
    await server.settled();
    const alerts = await server.alerts('open');
    expect(alerts.map((alert) => alert.cells)).toEqual([['ferry-2-A']]);
    await server.kill();
    await server.start();
    const again = await server.alerts('open');
    expect(again.map(({ id, raisedAt, severity, title }) => ({ id, raisedAt, severity, title }))).toEqual(
      alerts.map(({ id, raisedAt, severity, title }) => ({ id, raisedAt, severity, title })),
    );
    await expect.poll(async () => (await server.cell('ferry-2-A')).health).toBe(alerts[0]?.severity);
  });

  it('stops cleanly on a signal and needs no journal afterwards', async () => {
    const { readings } = await server.health();
    expect(await server.kill('SIGTERM')).toBe(0);
    await server.start();
    const health = await server.health();
    expect(health.readings).toBe(readings);
    expect(health.dataAt).not.toBeNull();
  });
});
