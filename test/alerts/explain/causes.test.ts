// Causes by rule: what moved on a cell and around it leads to the cause that an engineer would name, or to none.

import { describe, expect, it } from 'vitest';
import { CAUSES, causeOf } from '../../../server/alerts/explain/causes.ts';
import { movedOf } from '../../../server/alerts/explain/moved.ts';
import { type CellScene, type Scene, signsOf } from '../../../server/alerts/explain/signs.ts';
import { sayIn, WORDS } from '../../../server/words/say.ts';

/** KPI → [now, usual, half of the usual range]. */
type Figures = Record<string, [number, number, number]>;

function cell(figures: Figures = {}, isTdd = false): CellScene {
  const kpis = Object.fromEntries(Object.entries(figures).map(([kpi, [now]]) => [kpi, now]));
  const usual = Object.fromEntries(
    Object.entries(figures).map(([kpi, [, mid, half]]) => [kpi, { low: mid - half, mid, high: mid + half }]),
  );
  const moved = movedOf({ cell: 'c', kpis, usual });
  const noise = figures.ul_interference_dbm;
  const rise = noise && { noiseRiseDb: noise[0] - noise[1] };
  return { cell: 'c', kpis, isTdd, ...rise, moved: new Map(moved.map((one) => [one.kpi, one])) };
}

const causeIn = (scene: Partial<Scene>) =>
  causeOf(signsOf({ own: cell(), around: [], why: 'above-usual', longAgo: {}, hour: 14, breaks: 0, ...scene }));

const noise: Figures = { ul_interference_dbm: [-98, -112, 2] };
const calm: Figures = { ul_interference_dbm: [-112, -112, 2] };
const setupsFail: Figures = { setup_success_pct: [80, 99, 1] };
const handoversFail: Figures = { handover_success_pct: [70, 98, 1] };

/** So many hours after sunrise. */
function sunriseIn(hours: number): Pick<Scene, 'sunrise'> {
  const sunriseMs = Date.UTC(2026, 2, 17, 6, 12);
  return { sunrise: { at: sunriseMs + hours * 3_600_000, sunriseMs } };
}

const CASES: [string, Partial<Scene>, string][] = [
  ['uplink noise up alone', { own: cell(noise), around: [cell(calm), cell(calm)] }, 'interference'],
  [
    'noise up on all TDD cells of a region at dawn',
    { own: cell(noise, true), around: Array.from({ length: 5 }, () => cell(noise, true)), hour: 5 },
    'duct',
  ],
  [
    'the same in the afternoon',
    { own: cell(noise, true), around: Array.from({ length: 5 }, () => cell(noise, true)), hour: 15 },
    'interference',
  ],
  [
    'the same before a late winter sunrise, though the clock says morning',
    { own: cell(noise, true), around: Array.from({ length: 5 }, () => cell(noise, true)), hour: 9, ...sunriseIn(-0.5) },
    'duct',
  ],
  [
    'the same long after an early summer sunrise, though the clock says morning',
    { own: cell(noise, true), around: Array.from({ length: 5 }, () => cell(noise, true)), hour: 8, ...sunriseIn(5) },
    'interference',
  ],
  [
    'failing setups under a duct that fails none around',
    {
      ...{ own: cell({ ...noise, ...setupsFail }, true), kpi: 'setup_success_pct', hour: 5 },
      around: Array.from({ length: 5 }, () => cell(noise, true)),
    },
    'parameter',
  ],
  ['VSWR up and level down', { own: cell({ vswr_ratio: [2, 1.2, 0.1], rsrp_dbm: [-104, -95, 3] }) }, 'feeder'],
  [
    'a weak signal where a neighbour on the site is hot',
    { own: cell({ rsrp_dbm: [-104, -95, 3], ...setupsFail }), site: [cell(), cell({ temperature_c: [58, 30, 6] })] },
    'cooling',
  ],
  [
    'VSWR that has crept up for weeks',
    { own: cell({ vswr_ratio: [1.6, 1.6, 0.1] }), longAgo: { vswr_ratio: 1.2 } },
    'feeder',
  ],
  [
    'loss and delay up with radio fine',
    { own: cell({ packet_loss_pct: [3, 0.1, 0.2], latency_ms: [80, 20, 5], ...calm }) },
    'transport',
  ],
  [
    'nobody on it though it is available',
    { own: cell({ availability_pct: [100, 100, 1], active_users: [0, 40, 12] }), why: 'sleeping' },
    'asleep',
  ],
  [
    'users up, speed down, blocks full',
    { own: cell({ active_users: [200, 60, 30], dl_throughput_mbps: [4, 30, 9], prb_util_pct: [97, 40, 20] }) },
    'crowd',
  ],
  ['temperature up', { own: cell({ temperature_c: [62, 35, 6], ...setupsFail }) }, 'cooling'],
  ['mains off', { own: cell({ mains_on: [0, 1, 0.5], supply_voltage_v: [48, 53.5, 1.5] }) }, 'battery'],
  [
    'mains off and everything down',
    { own: cell({ mains_on: [0, 1, 0.5], availability_pct: [0, 100, 2] }), why: 'down' },
    'battery',
  ],
  [
    'handover failures to all neighbours plus noise around',
    { own: cell({ ...handoversFail, ...calm }, true), around: [cell(noise, true), cell(noise, true)] },
    'clock',
  ],
  ['its own clock lost', { own: cell({ sync_ok: [0, 1, 0.5] }, true) }, 'clock'],
  [
    'noise on a cell beside one that has lost its clock',
    { own: cell(noise, true), around: [cell({ sync_ok: [0, 1, 0.5] }, true)] },
    'clock-around',
  ],
  ['setup failing alone after a change', { own: cell(setupsFail), change: { field: 'tiltDeg', at: 0 } }, 'parameter'],
  ['setup failing alone', { own: cell(setupsFail) }, 'parameter'],
  [
    'setup failing and calls dropping, nothing else',
    { own: cell({ ...setupsFail, drop_rate_pct: [9, 0.3, 0.3] }) },
    'hardware',
  ],
  ['off air again and again', { own: cell({ availability_pct: [40, 100, 2] }), why: 'down', breaks: 4 }, 'hardware'],
  ['off air with nothing else to say', { own: cell({ availability_pct: [0, 100, 2] }), why: 'down' }, 'outage'],
  [
    'weaker at the phones with a sound feeder',
    { own: cell({ rsrp_dbm: [-108, -95, 3], vswr_ratio: [1.2, 1.2, 0.1] }) },
    'antenna',
  ],
  ['no reading since', { why: 'no-readings' }, 'unheard'],
  ['only a longer voice setup time', { own: cell({ voice_setup_time_s: [6, 2, 1] }) }, 'unknown'],
];

describe('the likely cause', () => {
  it.each(CASES)('of %s', (_, scene, code) => {
    expect(causeIn(scene).code).toBe(code);
  });

  it('names the evidence that it rests on, with figures', () => {
    const cause = causeIn({ own: cell(noise), around: [cell(calm), cell(calm)] });
    expect(cause.evidence[0]).toEqual({
      code: 'sign-moved',
      values: { kpi: 'ul_interference_dbm', observed: -98, expected: -112 },
    });
    expect(sayIn('en', cause.evidence[0]!, { zone: 'UTC' })).toBe('Uplink noise −98 dBm, usually −112 dBm.');
  });

  it('tells of the sun where the place is known, else of the clock', () => {
    const said = (scene: Partial<Scene>) => {
      const around = Array.from({ length: 5 }, () => cell(noise, true));
      return sayIn('en', causeIn({ own: cell(noise, true), around, hour: 5, ...scene }).evidence.at(-1)!, {
        zone: 'UTC',
      });
    };
    expect(said(sunriseIn(1))).toMatch(/^The sun rose at 06:12:/);
    expect(said(sunriseIn(-1))).toMatch(/^The sun rises at 06:12:/);
    expect(said({})).toMatch(/^By the clock it is night or early morning \(5 h\)/);
  });

  it('leaves it to the foretelling when a battery is empty: the fall of its voltage until now tells too long a time', () => {
    const cause = causeIn({ own: cell({ mains_on: [0, 1, 0.5], supply_voltage_v: [46, 53.6, 1] }) });
    expect(cause.code).toBe('battery');
    for (const lang of ['en', 'zh'] as const) expect(sayIn(lang, cause.said, { zone: 'UTC' })).not.toMatch(/\d/);
  });

  it('has a sentence and a first step in both languages for every row of the table', () => {
    for (const { code } of [...CAUSES, { code: 'unknown' }])
      for (const lang of ['en', 'zh'] as const)
        expect(Object.keys(WORDS[lang].sentences)).toEqual(expect.arrayContaining([`cause-${code}`, `repair-${code}`]));
  });
});
