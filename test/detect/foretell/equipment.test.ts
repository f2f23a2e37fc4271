// What a network's equipment announces is foretold with a date, and what only looks so is not.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Heard } from '../../../server/detect/foreteller.ts';
import { packed, unpacked } from '../../../server/detect/foretellers/equipment/memory.ts';
import { shippedModel } from '../../../server/detect/foretellers/hazard/priors.ts';
import type { Alarm } from '../../../server/model/alarm.ts';
import type { LearnedModel } from '../../../server/model/learning.ts';
import { LEAST_LEAD_MS } from '../../../server/model/prediction.ts';
import { START } from '../synthetic-network.ts';
import {
  batchesOf,
  cellsOf,
  HOUR_MS,
  hoursFrom,
  newForeteller,
  onBattery,
  PERIOD_MS,
  type Story,
  siteOf,
  told,
  usualNoise,
  usualWarmth,
} from './cabinets.ts';

const QUIET: Story = () => ({});
/** Water creeps into the feeder of one cell: from the hour 72 on, broken 96 hours later, ever faster. */
const DECAY: Story = (cell, _, hour) =>
  cell === 'site-1-a' && hour > 72 ? { vswr_ratio: 1.2 + 0.7 * ((hour - 72) / 96) ** 1.4 } : {};
const BROKEN_HOUR = 72 + 96;
/** Cooling fails at hour 120; radios would throttle 22 °C above the usual. */
const HEAT = (hour: number) => 32 * (1 - Math.exp(-(hour - 120) / 9));
const HOT: Story = (_, site, hour) =>
  site === 2 && hour > 120 ? { temperature_c: usualWarmth(START + hour * HOUR_MS) + HEAT(hour) } : {};
/** Mains is gone from hour 60 on; the battery lasts 4 hours. */
const DARKENING: Story = (_, site, hour) => (site === 3 && hour > 60 ? onBattery((hour - 60) / 4) : {});

/** What stands in every finding that the detector hands over. */
const words = { why: { code: 'down', values: {} }, wouldClear: { code: 'x', values: {} } };
const evidence = { observed: 0, expected: 100, low: 95, high: 100, score: 1 };

describe('equipment that wears out', () => {
  it('a feeder that decays is foretold a day ahead, with an interval that holds the day on which it breaks', () => {
    const findings = told(DECAY, BROKEN_HOUR - 2);
    const first = findings[0]!;
    expect(first).toMatchObject({
      kind: 'fault-predicted',
      phase: 'begins',
      subject: { scope: 'cell', id: 'site-1-a' },
    });
    const { earliestAt, expectedAt, latestAt, mode, probability, limit, basis } = first.prediction!;
    expect({ mode, basis }).toEqual({ mode: 'feeder', basis: 'first-passage' });
    expect(limit!.value).toBeCloseTo(1.9, 1);
    const brokenAt = START + BROKEN_HOUR * HOUR_MS;
    expect(brokenAt - first.at).toBeGreaterThan(LEAST_LEAD_MS.feeder);
    expect(earliestAt).toBeLessThan(expectedAt);
    expect(earliestAt).toBeLessThan(brokenAt);
    expect(latestAt).toBeGreaterThan(brokenAt);
    expect(probability).toBeGreaterThan(0.5);
    expect(first.evidence.observed).toBeGreaterThan(1.3);
  });

  it('a prediction is told anew only when it has moved, not with every reading', () => {
    const findings = told(DECAY, BROKEN_HOUR - 2);
    expect(findings.filter(({ phase }) => phase === 'begins')).toHaveLength(1);
    expect(findings.length).toBeLessThan(8);
  });

  it('a cabinet that warms is foretold for its whole site, hours before the radios throttle', () => {
    const throttled = Array.from({ length: 200 }, (_, i) => 120 + i / 4).find((hour) => HEAT(hour) >= 22)!;
    const first = told(HOT, Math.floor(throttled), 14)[0]!;
    expect(first).toMatchObject({ subject: { scope: 'site', id: siteOf(2) }, cells: cellsOf(2) });
    expect(first.prediction).toMatchObject({ mode: 'cooling' });
    expect(throttled - hoursFrom(first.at)).toBeGreaterThanOrEqual(2);
    expect(Math.abs(hoursFrom(first.prediction!.expectedAt) - throttled)).toBeLessThan(2);
  });

  it('uplink noise that rises for days is foretold before it drowns the phones at the edge', () => {
    // A connector corrodes from the hour 140 on: 10 dB more within six days, ever faster.
    const rising: Story = (cell, _, hour) =>
      cell === 'site-1-b' && hour > 140
        ? { ul_interference_dbm: usualNoise(START + hour * HOUR_MS) + 10 * ((hour - 140) / 144) ** 1.4 }
        : {};
    const first = told(rising, 140 + 144)[0]!;
    expect(first).toMatchObject({ subject: { id: 'site-1-b' }, prediction: { mode: 'interference' } });
    const drownsAt = START + 284 * HOUR_MS;
    expect(drownsAt - first.at).toBeGreaterThan(LEAST_LEAD_MS.interference);
    expect(first.prediction!.earliestAt).toBeLessThan(drownsAt);
    expect(first.prediction!.latestAt).toBeGreaterThan(drownsAt);
  });

  it('uplink noise that rises straight for ten days is foretold for the day on which it drowns them', () => {
    const from = 240;
    const rising: Story = (cell, _, hour) =>
      cell === 'site-1-b' && hour > from
        ? { ul_interference_dbm: usualNoise(START + hour * HOUR_MS) + (hour - from) / 24 }
        : {};
    const first = told(rising, from + 240)[0]!;
    expect(Math.abs(hoursFrom(first.prediction!.expectedAt) - (from + 240))).toBeLessThan(24);
  });

  it('a site on battery is told when it goes dark, half an hour ahead or more', () => {
    const first = told(DARKENING, 64)[0]!;
    expect(first).toMatchObject({ subject: { scope: 'site', id: siteOf(3) }, why: { code: 'foretold-battery' } });
    expect(64 - hoursFrom(first.at)).toBeGreaterThanOrEqual(0.5);
    expect(Math.abs(hoursFrom(first.prediction!.expectedAt) - 64)).toBeLessThan(0.75);
  });
});

describe('what leads nowhere', () => {
  it('nothing is foretold of sound equipment in a month', () => {
    expect(told(QUIET, 30 * 24)).toEqual([]);
  });

  it('a feeder that is wet and rests there is told of no date', () => {
    const wet: Story = (cell, _, hour) =>
      cell === 'site-1-a' && hour > 72 ? { vswr_ratio: 1.2 + 0.25 * (1 - Math.exp(-(hour - 72) / 12)) } : {};
    expect(told(wet, 200)).toEqual([]);
  });

  it('a heat wave over the whole network is weather, not a failure of cooling', () => {
    const heat: Story = (_, __, hour) => (hour > 72 ? { temperature_c: 28 + Math.min(16, (hour - 72) / 2) } : {});
    expect(told(heat, 120, 14)).toEqual([]);
  });

  it('uplink noise of some dawns, of an evening and of a busy week is no trend', () => {
    const noisy: Story = (cell, site, hour) => {
      const noise = usualNoise(START + hour * HOUR_MS);
      const isDawn = site === 1 && hour > 140 && hour % 24 > 3 && hour % 24 < 8;
      const isMatch = site === 2 && hour > 160 && hour < 166;
      const isBusy = cell === 'site-3-a' && hour > 150 && hour % 24 > 9 && hour % 24 < 20;
      if (isDawn) return { ul_interference_dbm: noise + 5 * (1 - Math.abs((hour % 24) - 5.5) / 2.5) };
      if (isMatch) return { ul_interference_dbm: noise + 1.5 * (hour - 160) };
      return isBusy ? { ul_interference_dbm: noise + 3 } : {};
    };
    expect(told(noisy, 320)).toEqual([]);
  });

  it('mains that is back in time takes the warning back', () => {
    const story: Story = (_, site, hour) => (site === 3 && hour > 60 && hour < 63.6 ? onBattery((hour - 60) / 4) : {});
    const findings = told(story, 70);
    expect(findings.map(({ phase }) => phase)).toEqual(expect.arrayContaining(['begins', 'ends']));
    expect(findings.at(-1)).toMatchObject({ phase: 'ends', ending: 'withdrawn' });
    expect(findings.at(-1)!.since).toBe(findings[0]!.since);
  });

  it('readings that the sender doubts or that came late announce nothing', () => {
    const foreteller = newForeteller();
    const doubtful = batchesOf(DARKENING, 64).map((batch, i) =>
      i < 4 * 60 ? batch : { ...batch, suspect: batch.suspect.slice().fill(1) },
    );
    expect(doubtful.flatMap((batch) => foreteller.observe(batch))).toEqual([]);
  });
});

describe('what comes of it', () => {
  const dark = { kind: 'fault' as const, phase: 'begins' as const, cells: cellsOf(3), detector: 'test@1' };

  it('the fault that was foretold ends its prediction as one that came true', () => {
    const foreteller = newForeteller();
    const before = told(DARKENING, 64, 4, foreteller);
    const at = START + 64 * HOUR_MS + PERIOD_MS;
    const subject = { scope: 'cell' as const, id: cellsOf(3)[0]! };
    foreteller.hear({
      what: 'findings',
      findings: [{ ...dark, ...words, evidence, subject, at, since: at, periodSeconds: 900 }],
    });
    const after = batchesOf(DARKENING, 65, 4, 64).flatMap((batch) => foreteller.observe(batch));
    expect(before[0]!.phase).toBe('begins');
    expect(after[0]).toMatchObject({ phase: 'ends', ending: 'came-true', prediction: { mode: 'battery' } });
  });

  it('a level that has hardly moved, of which nobody is told, is not yet the fault that was foretold', () => {
    const foreteller = newForeteller();
    told(DECAY, BROKEN_HOUR - 10, 4, foreteller);
    const hear = (hour: number, phase: 'begins' | 'lasts', fallDb: number) => {
      const at = START + hour * HOUR_MS + PERIOD_MS;
      const moved = { observed: 20 - fallDb, expected: 20, low: 19, high: 21, score: 0.6 };
      const shift = { ...words, why: { code: 'shift-below', values: {} }, kind: 'anomaly' as const, kpi: 'sinr_db' };
      const finding = { ...shift, phase, subject: { scope: 'cell' as const, id: 'site-1-a' }, cells: ['site-1-a'] };
      const times = { at, since: START + (BROKEN_HOUR - 10) * HOUR_MS, periodSeconds: 900 };
      foreteller.hear({ what: 'findings', findings: [{ ...finding, ...times, evidence: moved, detector: 'x' }] });
      return batchesOf(DECAY, hour + 1, 4, hour).flatMap((batch) => foreteller.observe(batch));
    };
    expect(hear(BROKEN_HOUR - 10, 'begins', 1).filter(({ phase }) => phase === 'ends')).toEqual([]);
    const after = hear(BROKEN_HOUR - 9, 'lasts', 6);
    expect(after[0]).toMatchObject({ phase: 'ends', ending: 'came-true', prediction: { mode: 'feeder' } });
    expect(hear(BROKEN_HOUR - 8, 'lasts', 6).filter(({ ending }) => ending === 'came-true')).toEqual([]);
  });

  it('the next warning says how many of the cases before went as far as the fault', () => {
    const foreteller = newForeteller();
    const often: Story = (_, site, hour) =>
      site === 3 && hour > 40 && hour % 12 < 4 ? onBattery((hour % 12) / 4) : {};
    const findings = told(often, 140, 4, foreteller);
    const last = findings.findLast(({ phase }) => phase === 'begins')!;
    expect(Number(last.why.values.cases)).toBeGreaterThanOrEqual(3);
    expect(Number(last.why.values.came)).toBeLessThanOrEqual(Number(last.why.values.cases));
  });

  it('what hardly began is not counted among such cases', () => {
    // Three times the light fades by a quarter of what it can lose, over a day, and comes back; then it fades for good.
    const story: Story = (_, site, hour) => {
      const from = [40, 80, 120].find((begin) => hour > begin && hour < begin + 24);
      const dimmed = from === undefined ? 0 : (2.2 * (hour - from)) / 24;
      return site === 1 ? { optical_rx_dbm: -9 - dimmed - 9 * Math.max(0, (hour - 160) / 72) } : {};
    };
    const foreteller = newForeteller();
    const first = told(story, 230, 4, foreteller).find(({ phase }) => phase === 'begins')!;
    expect(first.prediction!.mode).toBe('optics');
    expect(foreteller.examples().filter(({ mode }) => mode === 'optics').length).toBeGreaterThanOrEqual(2);
    expect(first.why.values.cases).toBeUndefined();
  });

  it('what a person mended is over, and where nothing was found it did not come', () => {
    const foreteller = newForeteller();
    told(DECAY, BROKEN_HOUR - 10, 4, foreteller);
    const at = START + (BROKEN_HOUR - 10) * HOUR_MS;
    foreteller.hear({ what: 'causes', causes: [{ at, subjects: ['site-1-a'], mode: null, isMended: false }] });
    const [batch] = batchesOf(DECAY, BROKEN_HOUR - 9, 4, BROKEN_HOUR - 10);
    expect(foreteller.observe(batch!)[0]).toMatchObject({ phase: 'ends', ending: 'withdrawn' });
  });

  it('where nothing was found of what a warning foretold, other signs of the place go on', () => {
    // The feeder of a cell decays, and the site of that cell loses its mains.
    const both: Story = (cell, site, hour) => ({
      ...DECAY(cell, site, hour),
      ...(site === 1 && hour > 164 ? onBattery((hour - 164) / 8) : {}),
    });
    const foreteller = newForeteller();
    told(both, 166, 4, foreteller);
    const at = START + 166 * HOUR_MS;
    const nothing = { at, mode: null, foretold: 'feeder' as const, isMended: false };
    foreteller.hear({ what: 'causes', causes: [{ ...nothing, subjects: ['site-1-a'] }] });
    const after = batchesOf(both, 172, 4, 166).flatMap((batch) => foreteller.observe(batch));
    expect(after.map(({ phase, ending, prediction }) => [ending ?? phase, prediction!.mode])).toEqual(
      expect.arrayContaining([['withdrawn', 'feeder']]),
    );
    const battery = foreteller.examples().filter(({ mode }) => mode === 'battery');
    expect(battery).toEqual([]);
  });

  it('cells that leave take their predictions with them; renamed ones keep theirs', () => {
    const foreteller = newForeteller();
    told(DECAY, BROKEN_HOUR - 10, 4, foreteller);
    foreteller.rename(new Map([['site-1-a', 'new-name']]));
    const ended = foreteller.forget(['new-name']);
    expect(ended).toEqual([expect.objectContaining({ phase: 'ends', subject: { scope: 'cell', id: 'new-name' } })]);
  });
});

it('a memory of before a signal was watched is gone on with', () => {
  const foreteller = newForeteller();
  told(DECAY, 130, 4, foreteller);
  const { rest, columns } = unpacked(foreteller.save());
  const { trends } = rest as { trends: object[] };
  const older = packed({ ...(rest as object), trends: trends.slice(0, 3) }, columns);
  const again = newForeteller(4, older);
  const findings = batchesOf(DECAY, BROKEN_HOUR - 2, 4, 130).flatMap((batch) => again.observe(batch));
  expect(findings[0]).toMatchObject({ prediction: { mode: 'feeder' } });
});

describe('the model', () => {
  it('that is in force judges from the next reading on, and every prediction names its version', () => {
    const foreteller = newForeteller();
    const shipped = shippedModel('battery');
    foreteller.adopt([{ ...shipped, version: 7 }]);
    expect(told(DARKENING, 64, 4, foreteller)[0]!.prediction!.model).toBe('first-passage@7');
    const hopeless = newForeteller();
    hopeless.adopt([{ ...shipped, version: 8, parameters: { ...shipped.parameters, line: [-9, 1] } }]);
    expect(told(DARKENING, 64, 4, hopeless)).toEqual([]);
  });

  it('is trained on the cases that are over, each with what came of it', () => {
    const foreteller = newForeteller();
    const often: Story = (_, site, hour) =>
      site === 3 && hour > 40 && hour % 12 < 3 ? onBattery((hour % 12) / 4) : {};
    told(often, 100, 4, foreteller);
    const examples = newForeteller(4, foreteller.save()).examples();
    expect(examples).toEqual(foreteller.examples());
    expect(examples.length).toBeGreaterThanOrEqual(4);
    for (const one of examples) expect(one).toMatchObject({ mode: 'battery', subject: siteOf(3), came: false });
  });
});

describe('alarms that follow each other', () => {
  const at = (hour: number) => START + hour * HOUR_MS;
  const alarm = (hour: number, condition: string): Alarm => ({
    ...{ element: siteOf(2), alarmId: `${condition}-${hour}`, startedMicros: 1000 * at(hour), sequence: 0 },
    ...{ at: at(hour), raisedAt: at(hour), severity: 'minor', condition },
    subject: { scope: 'site', id: siteOf(2), siteId: siteOf(2) },
  });
  const lead = Math.log(6);
  /** A door that opens means little here; after a fan has stopped, a fault has followed 18 times of 20, about six hours later. */
  const learned: LearnedModel = {
    ...{ ...shippedModel('other'), version: 4 },
    parameters: {
      base: 0.1,
      counts: [
        ['DoorOpen', 60, 20, 20 * lead, 20 * lead ** 2],
        ['FanStopped → DoorOpen', 20, 18, 18 * lead, 18 * lead ** 2],
      ],
    },
  };
  function heard(conditions: readonly string[], models: LearnedModel[] = [learned]) {
    const foreteller = newForeteller();
    foreteller.adopt(models);
    foreteller.hear({ what: 'alarms', alarms: conditions.map((condition, i) => alarm(50 + 2 * i, condition)) });
    return { foreteller, findings: told(QUIET, 56, 4, foreteller) };
  }

  it('foretell a fault where it often followed, with the hours that are left, how often that was seen, and the version', () => {
    const { findings } = heard(['FanStopped', 'DoorOpen']);
    expect(findings).toHaveLength(1);
    const { subject, prediction, why } = findings[0]!;
    expect(subject).toEqual({ scope: 'site', id: siteOf(2) });
    expect(prediction).toMatchObject({ mode: 'other', model: 'hazard@4', expectedAt: at(58) });
    expect(prediction!.probability).toBeGreaterThan(0.7);
    expect(why).toMatchObject({
      code: 'foretold-sequence',
      values: { sign: 'FanStopped → DoorOpen', times: 20, followed: 18 },
    });
  });

  it('foretell by when they were raised, whichever is told first, before readings or after them', () => {
    const [fan, door] = [alarm(50, 'FanStopped'), alarm(52, 'DoorOpen')];
    const reversed = newForeteller();
    reversed.adopt([learned]);
    reversed.hear({ what: 'alarms', alarms: [door, fan] });
    expect(told(QUIET, 56, 4, reversed)).toHaveLength(1);
    const late = newForeteller();
    late.adopt([learned]);
    late.hear({ what: 'alarms', alarms: [fan] });
    told(QUIET, 51, 4, late);
    late.hear({ what: 'alarms', alarms: [alarm(40, 'FilterOld')] });
    const since = batchesOf(QUIET, 53, 4, 51);
    expect(since.slice(0, 2).flatMap((batch) => late.observe(batch))).toEqual([]);
    late.hear({ what: 'alarms', alarms: [door] });
    expect(since.slice(2).flatMap((batch) => late.observe(batch))).toHaveLength(1);
  });

  it('wait for readings in bounded memory, the newest of them', () => {
    const foreteller = newForeteller();
    foreteller.adopt([learned]);
    const many = Array.from({ length: 12_000 }, (_, i) => alarm(40 + i / 1e4, `C${i}`));
    for (let times = 0; times < 5; times++) foreteller.hear({ what: 'alarms', alarms: many });
    const before = foreteller.save().length;
    foreteller.hear({ what: 'alarms', alarms: many });
    expect(Math.abs(foreteller.save().length - before)).toBeLessThan(before / 50);
    foreteller.hear({ what: 'alarms', alarms: [alarm(50, 'FanStopped'), alarm(52, 'DoorOpen')] });
    expect(told(QUIET, 56, 4, foreteller)).toHaveLength(1);
  });

  it('run out at the same moment, whenever the server was started anew', () => {
    const run = (restarts: boolean) => {
      let { foreteller } = heard(['FanStopped', 'DoorOpen']);
      return batchesOf(QUIET, 90, 4, 56).flatMap((batch, i) => {
        if (restarts && i % 7 === 3) foreteller = newForeteller(4, foreteller.save());
        return foreteller.observe(batch);
      });
    };
    const whole = run(false);
    expect(whole.map(({ ending }) => ending)).toEqual(['expired']);
    expect(run(true)).toEqual(whole);
  });

  it('say nothing in another order, alone, or where nothing was learned', () => {
    expect(heard(['DoorOpen', 'FanStopped']).findings).toEqual([]);
    expect(heard(['DoorOpen']).findings).toEqual([]);
    expect(heard(['FanStopped', 'DoorOpen'], []).findings).toEqual([]);
  });

  /** Service of the site that breaks, or is whole again. */
  const service = (phase: 'begins' | 'ends', hour: number): Heard => ({
    what: 'findings',
    findings: [
      {
        ...{ kind: 'fault', phase, subject: { scope: 'site', id: siteOf(2) }, cells: cellsOf(2), ...words },
        ...{ at: at(hour), since: at(hour), periodSeconds: 900, evidence, detector: 'seasonal@1' },
      },
    ],
  });

  it('say nothing while the site is broken already, also after a restart, and speak again once it is whole', () => {
    const during = newForeteller();
    during.adopt([learned]);
    during.hear(service('begins', 49));
    told(QUIET, 50, 4, during);
    const again = newForeteller(4, during.save());
    const alarms = (hour: number): Heard => ({
      what: 'alarms',
      alarms: [alarm(hour, 'FanStopped'), alarm(hour + 1, 'DoorOpen')],
    });
    again.hear(alarms(50));
    expect(batchesOf(QUIET, 53, 4, 50).flatMap((batch) => again.observe(batch))).toEqual([]);
    again.hear(service('ends', 53));
    again.hear(alarms(54));
    expect(batchesOf(QUIET, 57, 4, 53).flatMap((batch) => again.observe(batch))).toMatchObject([{ phase: 'begins' }]);
  });

  it('were told in vain where the site turns out to have been broken before: that is taken back', () => {
    const { foreteller, findings } = heard(['FanStopped', 'DoorOpen']);
    expect(findings).toHaveLength(1);
    foreteller.hear(service('begins', 51));
    const [batch] = batchesOf(QUIET, 57, 4, 56);
    expect(foreteller.observe(batch!)).toMatchObject([{ phase: 'ends', ending: 'withdrawn' }]);
  });

  it.each([
    ['a KPI only creeps there', { why: { code: 'crept-below', values: {} } }],
    ['a whole region does the same', { subject: { scope: 'area' as const, id: 'LTE 30 120' } }],
  ])('stand where %s: nothing of the site has broken by that', (_, more) => {
    const { foreteller } = heard(['FanStopped', 'DoorOpen']);
    const { findings } = service('begins', 51) as Extract<Heard, { what: 'findings' }>;
    const anomaly = { kind: 'anomaly' as const, kpi: 'dl_throughput_mbps', ...more };
    foreteller.hear({ what: 'findings', findings: findings.map((one) => ({ ...one, ...anomaly })) });
    expect(foreteller.observe(batchesOf(QUIET, 57, 4, 56)[0]!).filter(({ phase }) => phase === 'ends')).toEqual([]);
  });

  it('keep a record: the next warning says of how many before a fault came', () => {
    const { foreteller } = heard(['FanStopped', 'DoorOpen']);
    const findings = [1, 2, 3].flatMap((round) => {
      const from = 56 + 60 * (round - 1);
      // Once the fault comes, then it does not.
      if (round === 1) foreteller.hear(service('begins', 57));
      if (round === 1) foreteller.hear(service('ends', 58));
      foreteller.hear({
        what: 'alarms',
        alarms: [alarm(from + 56, 'FanStopped'), alarm(from + 57, 'DoorOpen')],
      });
      return batchesOf(QUIET, from + 60, 4, from).flatMap((batch) => foreteller.observe(batch));
    });
    const begun = findings.filter(({ phase }) => phase === 'begins');
    expect(begun).toHaveLength(3);
    expect(findings.flatMap(({ ending }) => ending ?? [])).toEqual(['came-true', 'expired', 'expired']);
    expect(begun.at(-1)!.why.values).toMatchObject({ cases: 3, came: 1 });
  });

  it('are remembered over a restart, and over when nothing followed in two days', () => {
    const foreteller = newForeteller();
    foreteller.hear({ what: 'alarms', alarms: [alarm(50, 'FanStopped')] });
    told(QUIET, 51, 4, foreteller);
    const again = newForeteller(4, foreteller.save());
    again.adopt([learned]);
    again.hear({ what: 'alarms', alarms: [alarm(52, 'DoorOpen')] });
    const findings = batchesOf(QUIET, 104, 4, 51).flatMap((batch) => again.observe(batch));
    expect(findings.map(({ phase, ending }) => [phase, ending])).toEqual([
      ['begins', undefined],
      ['ends', expect.stringMatching(/expired|withdrawn/)],
    ]);
  });
});

describe('the chart', () => {
  it('shows where the reading will be, wider the farther ahead, and nothing where nothing moves', () => {
    const foreteller = newForeteller();
    told(DECAY, BROKEN_HOUR - 30, 4, foreteller);
    const now = START + (BROKEN_HOUR - 30) * HOUR_MS;
    const ats = [now, now + 12 * HOUR_MS, now + 30 * HOUR_MS];
    const seen = foreteller.forecast('site-1-a', 'vswr_ratio', ats);
    expect(seen.map((one) => one!.mid)).toEqual(seen.map((one) => one!.mid).toSorted((a, b) => a - b));
    expect(seen[2]!.high - seen[2]!.low).toBeGreaterThan(seen[0]!.high - seen[0]!.low);
    expect(seen[2]!.low).toBeLessThan(1.9);
    expect(seen[2]!.high).toBeGreaterThan(1.9);
    expect(foreteller.forecast('site-0-a', 'vswr_ratio', ats)).toEqual([null, null, null]);
  });
});

describe('the memory', () => {
  const STORY: Story = (cell, site, hour) => ({
    ...DECAY(cell, site, hour),
    ...HOT(cell, site, hour),
    ...DARKENING(cell, site, hour),
  });
  const batches = batchesOf(STORY, BROKEN_HOUR - 20);
  const whole = newForeteller();
  const expected = batches.map((batch) => whole.observe(batch));

  it('saved and loaded at any moment changes nothing of what is foretold afterwards', () => {
    expect(expected.flat().length).toBeGreaterThan(2);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: batches.length - 1 }), (cut) => {
        const first = newForeteller();
        const before = batches.slice(0, cut).map((batch) => first.observe(batch));
        const second = newForeteller(4, first.save());
        expect([...before, ...batches.slice(cut).map((batch) => second.observe(batch))]).toEqual(expected);
      }),
      { numRuns: 12 },
    );
  });

  it('that is cut short is refused', () => {
    const bytes = whole.save();
    for (const length of [0, 3, 40, bytes.length >> 1])
      expect(() => newForeteller(4, bytes.slice(0, length))).toThrow();
  });

  it('does not depend on whether readings come by period or by the day', () => {
    const one = newForeteller();
    const all = newForeteller();
    const byPeriod = batches.flatMap((batch) => one.observe(batch));
    const byDay = Array.from({ length: Math.ceil(batches.length / 96) }, (_, day) =>
      joined(batches.slice(96 * day, 96 * (day + 1))),
    ).flatMap((batch) => all.observe(batch));
    expect(byDay).toEqual(byPeriod);
  });
});

function joined(batches: ReturnType<typeof batchesOf>) {
  const [first] = batches;
  const all = <T>(of: (batch: (typeof batches)[number]) => ArrayLike<T>) =>
    batches.flatMap((batch) => Array.from(of(batch)));
  return {
    ...first!,
    rows: batches.reduce((sum, { rows }) => sum + rows, 0),
    cell: Uint32Array.from(all(({ cell }) => cell)),
    at: Float64Array.from(all(({ at }) => at)),
    periodSeconds: Uint32Array.from(all(({ periodSeconds }) => periodSeconds)),
    suspect: Uint8Array.from(all(({ suspect }) => suspect)),
    kpis: first!.kpis.map(({ name }, k) => ({
      name,
      values: Float64Array.from(all((batch) => batch.kpis[k]!.values)),
    })),
  };
}
