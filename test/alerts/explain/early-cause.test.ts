// With the alert comes what most likely did it, from its own figures; a look at what is stored may say it better.

import { describe, expect, test } from 'vitest';
import { earlyCause } from '../../../server/alerts/explain/early-cause.ts';
import { longAgoOf } from '../../../server/alerts/explain/past.ts';
import type { Finding } from '../../../server/model/finding.ts';
import type { Reading } from '../../../server/model/reading.ts';
import { sayIn } from '../../../server/words/say.ts';
import { bench, finding } from '../network.ts';

/** Out of its usual range 20 to 30, with others. */
function moved(kpi: string, observed: number, also = ''): Finding {
  const evidence = { observed, expected: 25, low: 20, high: 30, score: 0.8 };
  const code = observed > 30 ? 'above-usual' : 'below-usual';
  return finding('anomaly', 'H-B', 'begins', 0, 0, { kpi, evidence, why: { code, values: { kpi, also } } });
}

describe('the likely cause at the raising', () => {
  test.each([
    ['noise', moved('ul_interference_dbm', 40), 'interference'],
    ['loss with a slow answer', moved('packet_loss_pct', 90, 'latency_ms'), 'transport'],
    ['loss under noise', moved('packet_loss_pct', 90, 'ul_interference_dbm'), 'interference'],
    ['failing setups in the heat', moved('setup_success_pct', 5, 'temperature_c'), 'cooling'],
    ['mains lost', moved('mains_on', 0), 'battery'],
    ['a clock lost', moved('sync_ok', 0), 'clock'],
    ['a cell off air', finding('fault', 'H-B', 'begins', 0), 'outage'],
    ['a cell unheard', finding('silent', 'H-B', 'begins', 3), 'unheard'],
  ])('of %s', (_, one, cause) => {
    expect(earlyCause(one, 1)?.code).toBe(cause);
  });

  test('of a cell that goes off air again and again is the unit', () => {
    expect(earlyCause(finding('fault', 'H-B', 'begins', 0), 4)?.code).toBe('hardware');
  });

  test('of an outage claims nothing of power, heat and transport until somebody has looked', async () => {
    const room = await bench();
    await room.take(finding('fault', 'H-B', 'begins', 0));
    const said = () => {
      const { code, values } = room.about('H-B').cause!;
      return (['en', 'zh'] as const).flatMap((lang) =>
        ['cause', 'repair'].map((what) => sayIn(lang, { code: `${what}-${code}`, values }, { zone: 'UTC', reader: 0 })),
      );
    };
    expect(said()).toEqual([
      'Off air. Whether power, heat or transport is behind it is not looked into yet.',
      'Look at power, heat and transport of the site; where they are sound, restart the unit remotely.',
      '已中断；尚未查看供电、温度和传输。',
      '先查看站点的供电、温度和传输；若均正常，远程重启设备。',
    ]);
    await room.alerts.refine(room.about('H-B').id, { code: 'outage', values: {} });
    expect(said()[0]).toBe('Off air while nothing points to power, heat or transport: the unit or its software.');
  });

  test('is not guessed where no pattern fits, nor for what nothing on a cell is the cause of', () => {
    expect(earlyCause(moved('rtt_ms', 40), 1)).toBeUndefined();
    expect(earlyCause(finding('source-silent', 'inbox', 'begins', 3), 1)).toBeUndefined();
  });

  test('of a site is told as soon as its leading cell shows one, and stays as it was explained', async () => {
    const room = await bench();
    const on = (cell: string, one: Finding) => ({
      ...one,
      subject: { scope: 'cell' as const, id: cell },
      cells: [cell],
    });
    await room.take(...['H-A', 'H-B', 'H-C'].map((cell) => on(cell, moved('rtt_ms', 40))));
    expect(room.about('H-A')).toMatchObject({ scope: 'site' });
    expect(room.about('H-A').cause).toBeUndefined();
    const noisy = moved('rtt_ms', 40, 'ul_interference_dbm');
    await room.take(on('H-A', { ...noisy, phase: 'lasts', at: finding('anomaly', 'H-A', 'lasts', 1).at }));
    expect(room.about('H-A')).toMatchObject({ scope: 'site', cause: { code: 'interference' } });
    await room.alerts.refine(room.about('H-A').id, { code: 'duct', values: {} });
    await room.take(on('H-D', noisy));
    expect(room.about('H-A')).toMatchObject({ cells: ['H-A', 'H-B', 'H-C', 'H-D'], cause: { code: 'duct' } });
  });

  test('stays as it was explained while the trouble lasts, and is told anew when another KPI leads', async () => {
    const room = await bench();
    await room.take(moved('ul_interference_dbm', 40));
    await room.alerts.refine(room.about('H-B').id, { code: 'duct', values: {} });
    const lasting = (kpi: string, n: number) => ({
      ...moved(kpi, 40),
      phase: 'lasts' as const,
      at: finding('anomaly', 'H-B', 'lasts', n).at,
    });
    await room.take(lasting('ul_interference_dbm', 1));
    expect(room.about('H-B').cause).toEqual({ code: 'duct', values: {} });
    expect(room.ledger.saved.get(room.about('H-B').id)!.cause!.code).toBe('duct');
    await room.take(lasting('vswr_ratio', 2));
    expect(room.about('H-B').cause!.code).toBe('feeder');
  });
});

test('a cabinet that warms for hours is compared with the same hour of days before, not with the hours since', () => {
  const at = Date.UTC(2026, 2, 17, 14);
  const HOUR = 3_600_000;
  const warm = Array.from({ length: 14 * 24 }, (_, back): Reading => {
    const time = at - back * HOUR;
    const byDay = 24 + 8 * Math.sin(((new Date(time).getUTCHours() - 8) / 12) * Math.PI);
    return { cell: 'c', at: time, periodSeconds: 3600, kpis: { temperature_c: back < 20 ? 55 : byDay } } as Reading;
  });
  expect(longAgoOf(warm.reverse(), at).temperature_c).toBeCloseTo(32, 0);
});
