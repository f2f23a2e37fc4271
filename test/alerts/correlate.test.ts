// One cause, one alert: what a control room sees when a site's cells fail together.

import { describe, expect, test } from 'vitest';
import { sayIn } from '../../server/words/say.ts';
import { bench, dropping, finding, period } from './network.ts';

const title = (said: { code: string; values: Record<string, string | number> }, lang: 'en' | 'zh' = 'en') =>
  sayIn(lang, said, { zone: 'UTC' });

describe('cells of a site that fail together', () => {
  test('become one critical alert under the id of the first, the others are parts of it', async () => {
    const { take, about, alerts } = await bench();
    await take(finding('fault', 'L-B', 'begins', 0));
    const { id } = about('L-B');
    await take(finding('fault', 'L-A', 'begins', 1), finding('fault', 'L-C', 'begins', 1));
    expect(about('L-B')).toMatchObject({
      id,
      scope: 'site',
      siteId: 'L',
      severity: 'critical',
      cells: ['L-A', 'L-B', 'L-C'],
    });
    expect(title(about('L-B').title)).toBe('Lighthouse Point 4: whole site off air');
    expect(title(about('L-B').title, 'zh')).toBe('灯塔角 4 站：整站中断');
    expect(title(about('L-B').why)).toMatch(/^All 3 cells of Lighthouse Point 4 have been off air since 21:45\./);
    expect([about('L-A').partOf, about('L-C').partOf]).toEqual([id, id]);
    expect(['L-A', 'L-B', 'L-C'].map((cell) => alerts.healthOf(cell))).toEqual(['critical', 'critical', 'critical']);
  });

  test('tell how many are left as they come back, and clear with the last, whichever that is', async () => {
    const { take, about, alerts } = await bench();
    await take(...['L-A', 'L-B', 'L-C'].map((cell) => finding('fault', cell, 'begins', 0)));
    await take(finding('fault', 'L-A', 'ends', 4, 0));
    expect(about('L-A')).toMatchObject({ state: 'open', recovered: ['L-A'], severity: 'major' });
    expect(title(about('L-A').title)).toBe('Lighthouse Point 4, 2 of 3 cells: off air');
    expect(alerts.healthOf('L-A')).toBeUndefined();
    await take(finding('fault', 'L-C', 'ends', 5, 0));
    expect(title(about('L-A').wouldClear)).toBe('Clears when the last cell is well for 2 periods in a row (30 min).');
    await take(finding('fault', 'L-B', 'ends', 6, 0));
    expect(['L-A', 'L-B', 'L-C'].map((cell) => about(cell).state)).toEqual(['cleared', 'cleared', 'cleared']);
    expect(about('L-A')).toMatchObject({ clearedAt: period(6), cells: ['L-A', 'L-B', 'L-C'] });
  });

  test('that fail again while the site is in trouble are counted as failing again', async () => {
    const { take, about } = await bench();
    await take(...['L-A', 'L-B', 'L-C'].map((cell) => finding('fault', cell, 'begins', 0)));
    await take(finding('fault', 'L-A', 'ends', 2, 0));
    await take(finding('fault', 'L-A', 'begins', 3));
    expect(about('L-A')).toMatchObject({ scope: 'site', recovered: [], severity: 'critical', count: 2 });
  });

  test('and serve badly together are one alert, a step worse than each', async () => {
    const { take, about } = await bench();
    await take(...['H-A', 'H-B', 'H-C'].map((cell) => finding('anomaly', cell, 'begins', 0, 0, dropping(2))));
    expect(about('H-A')).toMatchObject({ scope: 'site', severity: 'major', cells: ['H-A', 'H-B', 'H-C'] });
    expect(title(about('H-A').title)).toBe('Old Harbour 7, 3 of 6 cells: calls drop more often');
  });

  test('stand apart from one that creeps; where it had joined them, what it leaves behind is milder', async () => {
    const { take, about } = await bench();
    const values = { kpi: 'drop_rate_pct', from: 0.4, observed: 1.2, expected: 0.4, days: 9 };
    const crept = {
      ...dropping(1.2),
      why: { code: 'crept-above', values },
      wouldClear: { code: 'crept-back', values },
    };
    const began = -800;
    const sudden = ['L-B', 'L-C'];
    await take(finding('anomaly', 'L-A', 'begins', 0, began, crept));
    await take(...sudden.map((cell) => finding('anomaly', cell, 'begins', 10, 10, dropping(9))));
    await take(finding('anomaly', 'L-A', 'lasts', 12, began, crept));
    expect(about('L-A').partOf).toBeUndefined();
    expect(about('L-B')).toMatchObject({ scope: 'site', severity: 'major', cells: sudden });
    // It breaks as well, with the others, and creeps on when that is over.
    await take(finding('anomaly', 'L-A', 'lasts', 13, began, dropping(9)));
    expect(about('L-A').partOf).toBe(about('L-B').id);
    await take(...sudden.map((cell) => finding('anomaly', cell, 'ends', 20, 10)));
    await take(finding('anomaly', 'L-A', 'lasts', 21, began, crept));
    expect(about('L-B')).toMatchObject({ state: 'open', severity: 'minor', recovered: sudden });
    await take(finding('anomaly', 'L-A', 'ends', 900, began, crept));
    expect(about('L-B').state).toBe('cleared');
  });

  test('in different KPIs are told by one of them, with its own figures', async () => {
    const { take, about } = await bench();
    const quality = { observed: 8, expected: 18, low: 15, high: 21, score: 0.8 };
    const why = { code: 'below-usual', values: { kpi: 'sinr_db' } };
    const below = { kpi: 'sinr_db', evidence: quality, why };
    await take(finding('anomaly', 'L-B', 'begins', 0, 0, dropping(2)));
    await take(finding('anomaly', 'L-A', 'begins', 1, 1, below));
    const site = about('L-B');
    expect(site).toMatchObject({ scope: 'site', kpi: 'sinr_db', evidence: quality });
  });

  test('one off air and the others unheard are one outage', async () => {
    const { take, about } = await bench();
    await take(finding('fault', 'L-A', 'begins', 0));
    await take(finding('silent', 'L-B', 'begins', 3, 1), finding('silent', 'L-C', 'begins', 3, 1));
    expect(about('L-A')).toMatchObject({ kind: 'fault', scope: 'site' });
    expect(about('L-B').partOf).toBe(about('L-A').id);
  });
});

describe('cells of a site that fail apart', () => {
  test('stay alone when they are fewer than half', async () => {
    const { take, about } = await bench();
    await take(finding('fault', 'H-A', 'begins', 0), finding('fault', 'H-B', 'begins', 0));
    expect([about('H-A').scope, about('H-B').partOf]).toEqual(['cell', undefined]);
  });

  test('stay alone when their troubles began more than two periods apart', async () => {
    const { take, about } = await bench();
    await take(finding('fault', 'L-A', 'begins', 0));
    await take(finding('fault', 'L-B', 'begins', 3));
    expect(about('L-A').scope).toBe('cell');
    await take(finding('fault', 'L-C', 'begins', 5));
    expect(about('L-B')).toMatchObject({ scope: 'site', cells: ['L-B', 'L-C'] });
  });

  test('stay alone when one is off air and another only serves badly', async () => {
    const { take, about } = await bench();
    await take(finding('fault', 'L-A', 'begins', 0), finding('anomaly', 'L-B', 'begins', 0));
    expect(about('L-A').scope).toBe('cell');
  });

  test('a site of one cell has no site alert; its only cell off air is critical', async () => {
    const { take, about } = await bench();
    await take(finding('fault', 'S-A', 'begins', 0));
    expect(about('S-A')).toMatchObject({ scope: 'cell', severity: 'critical' });
  });
});

describe("a person's act on a site's alert", () => {
  test('acknowledges and clears its parts too; one that joins later is acknowledged as well', async () => {
    const { take, about, alerts } = await bench();
    await take(
      finding('fault', 'H-A', 'begins', 0),
      finding('fault', 'H-B', 'begins', 0),
      finding('fault', 'H-C', 'begins', 0),
    );
    await alerts.act(about('H-A').id, { what: 'acknowledge', by: 'Ann', comment: 'on it' });
    await take(finding('fault', 'H-D', 'begins', 1));
    expect(['H-A', 'H-B', 'H-D'].map((cell) => about(cell).acknowledgedBy)).toEqual(['Ann', 'Ann', 'Ann']);
    await alerts.act(about('H-A').id, { what: 'clear', by: 'Ann' });
    expect(['H-A', 'H-B', 'H-D'].map((cell) => about(cell).state)).toEqual(['cleared', 'cleared', 'cleared']);
  });
});

test("a site's alert goes on after a restart", async () => {
  const first = await bench();
  await first.take(...['L-A', 'L-B', 'L-C'].map((cell) => finding('fault', cell, 'begins', 0)));
  const second = await bench(first.ledger);
  await second.take(...['L-A', 'L-B', 'L-C'].map((cell) => finding('fault', cell, 'ends', 4, 0)));
  expect(second.about('L-A')).toMatchObject({ state: 'cleared', scope: 'site' });
});
