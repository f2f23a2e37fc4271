// The answer of a backtest counts what people see: alerts and spells, not the pairs in which they stand beside each other.

import { describe, expect, it } from 'vitest';
import type { Spell } from '../../../server/detect/backtest/spells.ts';
import { answerOf } from '../../../server/doors/backtest/answer.ts';
import { firedOf } from '../../../server/doors/backtest/fired.ts';
import type { AlertRecord } from '../../../server/model/alert.ts';
import { bench, finding, period } from '../../alerts/network.ts';

const CELLS = ['H-A', 'H-B', 'H-C', 'H-D', 'H-E', 'H-F', 'L-A'];
const plan = { cells: CELLS, from: period(-10), to: period(40), readFrom: period(-10), settings: {} };
const context = { zone: 'Asia/Shanghai' };

function spell(cell: string, from: number, to: number): Spell {
  const { kind, evidence, why, periodSeconds } = finding('fault', cell, 'begins', from);
  const worst = { peak: evidence.observed, peakAt: period(from), score: evidence.score, periodSeconds, why };
  return { kind, subject: cell, cells: [cell], from: period(from), to: period(to), ...worst };
}

async function answerTo(spells: Spell[], alerts: AlertRecord[]) {
  const fired = await firedOf(new Set(CELLS), plan, { alertsSince: async () => [], active: () => alerts });
  const tally = { judged: 0, suspect: 0, late: 0, cellDays: 1, oldestAt: period(-10) };
  return answerOf(plan, { version: 'test@1', spells, tally }, fired, { slackMs: 0, lang: 'en', context });
}

describe('the answer of a backtest', () => {
  it('counts one alert of a site once, and its parts with it', async () => {
    const one = await bench();
    await one.take(...['H-A', 'H-B', 'H-C', 'H-D'].map((cell) => finding('fault', cell, 'begins', 0)));
    const alerts = one.alerts.list({ state: 'open', limit: 100 })!.alerts;
    expect(alerts).toHaveLength(4);
    const answer = await answerTo([spell('H-A', 0, 4), spell('H-B', 0, 4), spell('L-A', 0, 2)], alerts);
    expect(answer).toMatchObject({ did: { fired: 1 }, would: { fired: 3 }, both: 1, onlyDid: 0, onlyWould: 1 });
  });

  it('counts an alert once, however often a rule would have fired beside it', async () => {
    const one = await bench();
    await one.take(finding('fault', 'L-A', 'begins', 0));
    const alerts = one.alerts.list({ state: 'open', limit: 100 })!.alerts;
    const often = [0, 4, 8].map((n) => spell('L-A', n, n + 1));
    expect(await answerTo(often, alerts)).toMatchObject({ would: { fired: 3 }, both: 1, onlyWould: 0, onlyDid: 0 });
  });

  it('names the zone of the network', async () => {
    expect(await answerTo([], [])).toMatchObject({ zone: 'Asia/Shanghai', both: 0 });
  });
});
