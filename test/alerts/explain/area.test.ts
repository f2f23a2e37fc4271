// An area's alert explains the area: what most of its cells show, never what one of them does.

import { describe, expect, it } from 'vitest';
import { Explainer, type ExplainRooms } from '../../../server/alerts/explain/explanation.ts';
import type { AlertRecord } from '../../../server/model/alert.ts';
import type { Finding, Said } from '../../../server/model/finding.ts';
import type { Reading } from '../../../server/model/reading.ts';
import { sayIn } from '../../../server/words/say.ts';
import { type Bench, bench, finding, period } from '../network.ts';

const CELLS = Array.from({ length: 20 }, (_, i) => `Q${i}-A`);
const NOISE = 'ul_interference_dbm';
const say = (said: Said, lang: 'en' | 'zh' = 'en') => sayIn(lang, said, { zone: 'UTC' });

/** Many cells at once, off in one KPI from the period `n` on. */
function wide(kpi: string, phase: Finding['phase'], n: number, since = n): Finding {
  const evidence = { observed: 40, expected: 25, low: 20, high: 30, score: phase === 'ends' ? 0 : 0.7 };
  const values = { kpi, cells: CELLS.length, observed: 40, low: 20, high: 30 };
  return finding('anomaly', `peers of ${kpi}`, phase, n, since, {
    ...{ subject: { scope: 'area', id: `peers of ${kpi}` }, cells: CELLS, kpi, evidence },
    ...{ why: { code: 'wide-above', values }, wouldClear: { code: 'wide-over', values: { kpi } } },
  });
}

/** All of the cells measure these; of each 20 to 30 is usual. */
function rooms(one: Bench, kpis: Record<string, number>, more: Partial<ExplainRooms> = {}): ExplainRooms {
  const reading = (cell: string, at: number): Reading => ({ cell, at, periodSeconds: 900, kpis });
  return {
    readings: async (cell, _from, to) => [reading(cell, to)],
    usual: async (_cell, _kpi, ats) => ats.map(() => ({ low: 20, mid: 25, high: 30 })),
    madeOf: () => undefined,
    place: (id) => ({ id, isTdd: true, siteId: id.split('-')[0]!, at: { lat: 50, lon: 8 } }),
    ...{ sameSite: () => [], around: () => [], classOf: () => '', hourOf: () => 12 },
    ...{ changes: async () => [], alarmsOf: async () => [] },
    past: () => one.alerts.list({ state: 'all', limit: 1000 })!.alerts,
    ...more,
  };
}

async function explained(one: Bench, alert: AlertRecord, kpis: Record<string, number>) {
  return new Explainer(rooms(one, kpis)).explain(alert);
}

describe('the explanation of an area', () => {
  it('speaks of all its cells, names none, and tells what else most of them show', async () => {
    const one = await bench();
    await one.take(wide('packet_loss_pct', 'begins', 0));
    const alert = one.about('peers of packet_loss_pct');
    const { cell, headline, cause, alsoMoved, shares } = await explained(one, alert, {
      packet_loss_pct: 40,
      latency_ms: 90,
    });
    expect({ cell, headline, shares }).toEqual({ cell: null, headline: alert.why, shares: [] });
    expect(say(cause.said)).toMatch(/^Loss or delay rose on all of them/);
    expect(say(cause.said, 'zh')).toMatch(/^这些站点/);
    expect(say(cause.evidence[0]!)).toMatch(/^Packet loss 40 %, usually 25 % in the middle of 12 cells looked at\.$/i);
    expect(alsoMoved).toMatchObject([{ kpi: 'latency_ms', direction: 'up', cells: 12, of: 12 }]);
    // Told with the alert at once, too.
    expect(say({ code: 'cause-transport', values: alert.cause!.values })).toBe(say(cause.said));
  });

  it('calls noise before the sun has mixed the air a duct, and noise at midday none', async () => {
    const one = await bench();
    // Half past five on a March morning in the middle of Europe, and noon: the sun rises at half past five, UTC.
    await one.take(wide(NOISE, 'begins', 31));
    const kpis = { [NOISE]: 40 };
    const dawn = await explained(one, one.about(`peers of ${NOISE}`), kpis);
    expect(dawn.cause.code).toBe('duct');
    expect(dawn.cause.evidence.map((said) => say(said))[0]).toBe('Uplink noise is up on 12 cells looked at.');
    const noon = await bench();
    await noon.take(wide(NOISE, 'begins', 57));
    expect((await explained(noon, noon.about(`peers of ${NOISE}`), kpis)).cause.code).toBe('interference');
  });

  it('is like what was over before, not like what began with it', async () => {
    const one = await bench();
    await one.take(wide(NOISE, 'begins', 0));
    await one.take(wide(NOISE, 'ends', 4, 0));
    await one.take(wide(NOISE, 'begins', 96), wide('packet_loss_pct', 'begins', 96), wide('latency_ms', 'begins', 96));
    const alert = one.alerts.list({ state: 'open', limit: 10 })!.alerts.find(({ kpi }) => kpi === NOISE)!;
    const { alike } = await explained(one, alert, { [NOISE]: 40 });
    expect(alike.map(({ raisedAt }) => raisedAt)).toEqual([period(0)]);
  });
});

it('the explanation of a cell says what the alert says, as that it was foretold, where no pattern fits what is stored', async () => {
  const one = await bench();
  const evidence = { observed: 40, expected: 25, low: 20, high: 30, score: 0.8 };
  const why = { code: 'above-usual', values: { kpi: 'rtt_ms' } };
  await one.take(finding('anomaly', 'H-B', 'begins', 0, 0, { kpi: 'rtt_ms', evidence, why }));
  const alert = one.about('H-B');
  expect((await explained(one, alert, { rtt_ms: 40 })).cause.code).toBe('unknown');
  const foretold = { ...alert, cause: { code: 'cooling', values: {} } };
  expect((await explained(one, foretold, { rtt_ms: 40 })).cause.code).toBe('cooling');
});
