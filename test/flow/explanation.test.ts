// An alert explains itself by the door of a running server: what brought the change, the likely cause, what would end it, what was like it.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Alert, AlertExplanation } from '../../server/api/contract.ts';
import { CELL_IDS, CELLS, DAY, ordinary } from './network.ts';
import { RunningServer } from './running-server.ts';

const DAYS = 15;
const NOISE = { ul_interference_dbm: -112, packet_loss_pct: 0.1, mains_on: 1, supply_voltage_v: 53.5 };

/** Ordinary life with a few more things measured. */
const calm = (cell: string, period: number, change: Record<string, number> = {}) => {
  const one = ordinary(cell, period);
  const ripple = (period % 5) / 10;
  const more = { ...NOISE, ul_interference_dbm: -112 + ripple, packet_loss_pct: 0.1 + ripple / 20 };
  return { ...one, kpis: { ...one.kpis, ...more, ...change } };
};

let server: RunningServer;
let period = DAYS * DAY;

/** Lets so many periods pass, one cell of them changed. */
async function live(
  periods: number,
  cell?: string,
  change?: (ordinary: Record<string, number>) => Record<string, number>,
) {
  for (let i = 0; i < periods; i++, period++) {
    const readings = CELL_IDS.map((id) => {
      const one = calm(id, period);
      return id === cell && change ? calm(id, period, change(one.kpis)) : one;
    });
    await server.post(readings);
  }
  await server.settled();
}

async function explained(cell: string, lang = 'en'): Promise<{ alert: Alert; explanation: AlertExplanation }> {
  const alert = (await server.alerts()).find(({ cells, state }) => cells.includes(cell) && state !== 'cleared')!;
  expect(alert).toBeDefined();
  const { status, body } = await server.ask<AlertExplanation>(`/api/alerts/${alert.id}/explanation?lang=${lang}`);
  expect(status).toBe(200);
  return { alert, explanation: body };
}

beforeAll(async () => {
  server = await RunningServer.start();
  await server.putCells(CELLS);
  const periods = Array.from({ length: DAYS * DAY }, (_, i) => CELL_IDS.map((cell) => calm(cell, i)));
  await server.post(periods.flat());
  await server.settled();
}, 120_000);
afterAll(() => server.remove());

describe.sequential('an alert that is asked why', { timeout: 120_000 }, () => {
  it('shares the change out among the counters behind it, and says how many fewer failures would do', async () => {
    await live(4, 'harbour-7-A', (kpis) => ({ setup_successes: Math.round(kpis.setup_attempts! * 0.7) }));
    const { alert, explanation } = await explained('harbour-7-A');
    expect(alert.kpi).toBe('setup_success_pct');
    expect(explanation).toMatchObject({ kpi: 'setup_success_pct', unit: '%', cell: 'harbour-7-A' });
    expect(explanation.shares[0]).toMatchObject({ counter: 'setup_attempts - setup_successes' });
    expect(explanation.shares[0]!.sharePct).toBeGreaterThan(80);
    expect(explanation.shares.reduce((sum, { sharePct }) => sum + sharePct!, 0)).toBeCloseTo(100, 6);
    expect(explanation.cause.code).toBe('parameter');
    expect(explanation.wouldClear!.sentence).toMatch(/: \d+ fewer of [\d,]+ setups failed would do\.$/);
    expect(alert.wouldClear).toBe(explanation.wouldClear!.sentence);
    expect(explanation.wouldClear!.value).toBeGreaterThan(explanation.observed!);
  });

  it('clears at the value that it said would do', async () => {
    const { alert, explanation } = await explained('harbour-7-A');
    const { value } = explanation.wouldClear!;
    await live(4, 'harbour-7-A', (kpis) => ({ setup_successes: Math.ceil((kpis.setup_attempts! * value) / 100) }));
    expect((await server.ask<Alert>(`/api/alerts/${alert.id}`)).body.state).toBe('cleared');
    await server.send(
      `/api/alerts/${alert.id}/comment`,
      'application/json',
      JSON.stringify({ by: 'Day desk', comment: 'Timer set back' }),
    );
    await live(8);
  });

  it('finds the earlier one like it, and what mended that', async () => {
    await live(4, 'harbour-7-B', (kpis) => ({ setup_successes: Math.round(kpis.setup_attempts! * 0.7) }));
    const { explanation } = await explained('harbour-7-B');
    expect(explanation.alike[0]!.similarity).toBeGreaterThan(0.8);
    expect(explanation.alike[0]!.mendedBy).toMatchObject({ comment: 'Timer set back', by: 'Day desk' });
    expect(explanation.alike[0]!.sentence).toContain('Timer set back');
    await live(12);
  });

  it('names interference for noise on one sector, with its figures and in both languages', async () => {
    await live(4, 'harbour-7-C', () => ({ ul_interference_dbm: -97 }));
    const { alert, explanation } = await explained('harbour-7-C');
    expect(explanation.cause).toMatchObject({ code: 'interference' });
    expect(explanation.cause.evidence[0]).toMatch(/Uplink noise −97 dBm, usually −11\d/i);
    const { explanation: chinese } = await explained('harbour-7-C', 'zh');
    expect(chinese.cause.sentence).toMatch(/干扰/);
    // The value that it says would do, does: of a level as of a ratio.
    await live(4, 'harbour-7-C', () => ({ ul_interference_dbm: explanation.wouldClear!.value }));
    expect((await server.ask<Alert>(`/api/alerts/${alert.id}`)).body.state).toBe('cleared');
    await live(8);
  });

  it('names the transport for loss and delay with sound radio, and shows what moved with a day of points', async () => {
    await live(4, 'ferry-2-A', (kpis) => ({ packet_loss_pct: 4, latency_ms: kpis.latency_ms! * 4 }));
    const { alert, explanation } = await explained('ferry-2-A');
    expect(explanation.cause.code).toBe('transport');
    const other = alert.kpi === 'latency_ms' ? 'packet_loss_pct' : 'latency_ms';
    const moved = explanation.alsoMoved.find(({ kpi }) => kpi === other)!;
    expect(moved).toMatchObject({ cell: 'ferry-2-A', direction: 'up' });
    expect(moved.recent.at(-1)![1]).toBe(moved.observed);
    expect(moved.recent.length).toBeLessThanOrEqual(48);
  });

  it('says 404 of an alert that nobody knows and 400 of a language that nobody speaks here', async () => {
    expect((await server.ask('/api/alerts/none/explanation')).status).toBe(404);
    const [alert] = await server.alerts();
    expect((await server.ask(`/api/alerts/${alert!.id}/explanation?lang=fr`)).status).toBe(400);
    expect((await server.ask(`/api/alerts/${alert!.id}/explanation`, { method: 'POST' })).status).toBe(405);
  });
});
