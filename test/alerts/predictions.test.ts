// What the record of predictions gives: each is settled once, by what came, and what is not relied on is not told.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FoundCause } from '../../server/model/alert.ts';
import type { Finding } from '../../server/model/finding.ts';
import type { FaultMode } from '../../server/model/prediction.ts';
import type { RecordedPrediction } from '../../server/model/prediction-record.ts';
import type { ReadingBatch } from '../../server/model/reading.ts';
import { alarm, bench, dropping, finding, MemoryLedger, period } from './network.ts';

const HOUR = 3_600_000;
const inHours = (hours: number) => hours * 4;

/** A word of the foreteller in the n-th period: the fault is expected in so many hours, give or take a half. */
function word(cell: string, phase: Finding['phase'], n: number, more: Partial<Said> = {}): Finding {
  const { mode = 'feeder', hours = 48, probability = 0.7, since = n } = more;
  const at = period(n);
  const base = finding('fault-predicted', cell, phase, n, since);
  const dates = {
    expectedAt: at + hours * HOUR,
    earliestAt: at + (hours / 2) * HOUR,
    latestAt: at + 1.5 * hours * HOUR,
  };
  return { ...base, prediction: { ...base.prediction!, ...dates, mode, probability } };
}

interface Said {
  mode: FaultMode;
  hours: number;
  probability: number;
  since: number;
}

/** Out of line by this KPI above all. */
function led(kpi: string): Partial<Finding> {
  const values = { kpi, observed: 9, low: 14, high: 18 };
  return {
    kpi,
    evidence: { observed: 9, expected: 16, low: 14, high: 18, score: 0.9 },
    why: { code: 'below-usual', values },
    wouldClear: { code: 'back-in-range', values: { ...values, periods: 3 } },
  };
}

/** Readings of cells at the n-th period. */
function readings(n: number, ...cells: string[]): ReadingBatch {
  return {
    ...{ source: 'ndjson', receivedAt: 0, rows: cells.length, cells, cell: Uint32Array.from(cells, (_, i) => i) },
    at: Float64Array.from(cells, () => period(n)),
    ...{ periodSeconds: new Uint32Array(cells.length).fill(900), suspect: new Uint8Array(cells.length) },
    ...{ kpis: [], counters: [] },
  };
}

async function desk(ledger = new MemoryLedger()) {
  const room = await bench(ledger);
  return {
    ...room,
    record: () => [...ledger.recorded.values()],
    one: (cell = 'H-B'): RecordedPrediction => {
      const found = [...ledger.recorded.values()].filter(({ subject }) => subject === cell).at(-1);
      if (!found) throw new Error(`nothing was said about ${cell}`);
      return found;
    },
    hear: (n: number, ...cells: string[]) =>
      room.alerts.take([], room.alerts.position + 1, undefined, readings(n, ...cells)),
  };
}

describe('a prediction', () => {
  test('comes true: the fault names the warning, the warning is over, and the lead is kept', async () => {
    const { take, one, about } = await desk();
    await take(word('H-B', 'begins', 0));
    const warning = about('H-B', 'fault-predicted');
    await take(finding('fault', 'H-B', 'begins', inHours(50)));
    expect(one()).toMatchObject({ outcome: 'hit', told: true, counts: true, alert: warning.id });
    expect(one().cameAt! - one().saidAt).toBe(50 * HOUR);
    expect(about('H-B', 'fault')).toMatchObject({ foretoldBy: warning.id, cause: { code: 'feeder' } });
    expect(about('H-B', 'fault-predicted')).toMatchObject({ state: 'cleared' });
    expect(about('H-B', 'fault-predicted').history.at(-1)!.what).toBe('came-true');
  });

  test('of a hot cabinet comes true as well where signal quality shows it, and where it leads only later', async () => {
    const { take, one, about } = await desk();
    await take(word('H-B', 'begins', 0, { mode: 'cooling', hours: 8 }));
    await take(word('L-A', 'begins', 0, { mode: 'cooling', hours: 8 }));
    const from = inHours(6);
    await take(finding('anomaly', 'H-B', 'begins', from, from, led('sinr_db')));
    expect(one('H-B')).toMatchObject({ outcome: 'hit', cameAs: about('H-B', 'anomaly').id });
    // What was foretold is the cause, also where another KPI leads later and the whole site is in trouble.
    await take(finding('anomaly', 'H-B', 'lasts', from + 1, from, led('rsrp_dbm')));
    await take(
      ...['H-A', 'H-C'].map((cell) => finding('anomaly', cell, 'begins', from + 1, from + 1, led('rsrp_dbm'))),
    );
    expect(about('H-B', 'anomaly')).toMatchObject({ scope: 'site', cause: { code: 'cooling' } });
    await take(finding('anomaly', 'L-A', 'begins', from, from, led('ul_interference_dbm')));
    expect(one('L-A').outcome).toBeUndefined();
    await take(finding('anomaly', 'L-A', 'lasts', from + 2, from, led('sinr_db')));
    expect(one('L-A')).toMatchObject({ outcome: 'hit', cameAs: about('L-A', 'anomaly').id });
  });

  test('that leaves nobody the time to act is late, and one that comes after the fault began too', async () => {
    const { take, one, about } = await desk();
    await take(word('H-B', 'begins', 0));
    await take(finding('fault', 'H-B', 'begins', inHours(3)));
    expect(one()).toMatchObject({ outcome: 'late' });
    await take(word('L-A', 'begins', 20));
    await take(finding('silent', 'L-A', 'begins', 21, 18));
    expect(one('L-A')).toMatchObject({ outcome: 'late' });
    expect(about('L-A', 'silent').foretoldBy).toBeUndefined();
  });

  test('is not settled by what stood on the list before it was said, also where one record holds days of both', async () => {
    const { take, one } = await desk();
    await take(
      finding('anomaly', 'H-B', 'begins', 0, 0, led('ul_throughput_mbps')),
      word('H-B', 'begins', inHours(40), { mode: 'interference' }),
    );
    expect(one().outcome).toBeUndefined();
    await take(finding('fault', 'H-B', 'begins', inHours(80)));
    expect(one()).toMatchObject({ outcome: 'hit', cameAt: period(inHours(80)) });
  });

  test('is settled by what came and went within one record of days, and the next one of its cell stands for itself', async () => {
    const { alerts, take, record, about } = await desk();
    await take(
      finding('fault', 'H-B', 'begins', inHours(50)),
      finding('fault', 'H-B', 'ends', inHours(52), inHours(50)),
      word('H-B', 'begins', 0),
      word('H-B', 'ends', inHours(51), { since: 0 }),
      word('H-B', 'begins', inHours(200)),
      word('H-B', 'begins', inHours(400)),
    );
    const said = record().map(({ outcome, saidAt }) => [saidAt, outcome]);
    expect(said).toEqual([
      [period(0), 'hit'],
      [period(inHours(200)), 'false'],
      [period(inHours(400)), undefined],
    ]);
    expect(alerts.predictions.running('feeder', 'first-passage@1')).toMatchObject({ settled: 2, cameTrue: 1 });
    expect(about('H-B', 'fault-predicted').state).toBe('open');
  });

  test('comes true by what began in time and is told with a word that comes too late, in whichever order', async () => {
    const began = finding('fault', 'H-B', 'begins', inHours(80), inHours(79));
    const [again, over] = (['lasts', 'ends'] as const).map((phase) => word('H-B', phase, inHours(80), { since: 0 }));
    for (const together of [
      [began, again!],
      [again!, began],
      [over!, began],
    ]) {
      const { take, one } = await desk();
      await take(word('H-B', 'begins', 0));
      await take(...together);
      expect(one()).toMatchObject({ outcome: 'hit', cameAt: period(inHours(79)) });
    }
  });

  test('comes true where its cell fell silent in time, though that is told after the last word', async () => {
    const { take, one } = await desk();
    await take(word('H-B', 'begins', 0));
    await take(word('H-B', 'ends', inHours(80), { since: 0 }));
    await take(finding('fault', 'H-B', 'begins', inHours(80) + 2, inHours(79)));
    expect(one()).toMatchObject({ outcome: 'hit', cameAt: period(inHours(79)) });
  });

  test('is false once its own cells tell of a later time, not by the clock of others', async () => {
    const { take, hear, one, about } = await desk();
    await take(word('H-B', 'begins', 0));
    await hear(inHours(500), 'L-A', 'S-A');
    await hear(inHours(73), 'H-B');
    expect(one().outcome).toBeUndefined();
    await hear(inHours(80), 'H-B');
    expect(one()).toMatchObject({ outcome: 'false', counts: true });
    expect(about('H-B', 'fault-predicted').history.at(-1)!.what).toBe('expired');
    await take(finding('fault', 'H-B', 'begins', inHours(81)));
    expect(one().outcome).toBe('false');
    expect(about('H-B', 'fault').foretoldBy).toBeUndefined();
  });

  test('leaves its cells as well as they are until it comes', async () => {
    const { take, alerts, about } = await desk();
    await take(word('H-B', 'begins', 0));
    expect(about('H-B', 'fault-predicted').state).toBe('open');
    expect(alerts.healthOf('H-B')).toBeUndefined();
    await take(finding('fault', 'H-B', 'begins', inHours(50)));
    expect(alerts.healthOf('H-B')).toBeDefined();
  });

  test('is titled by the date that holds now, and keeps the one that was said first', async () => {
    const { take, one, about } = await desk();
    await take(word('H-B', 'begins', 0));
    await take(word('H-B', 'lasts', inHours(24), { since: 0, hours: 96 }));
    expect(one().prediction.expectedAt).toBeGreaterThan(one().first.expectedAt);
    expect(one().title).toEqual(about('H-B', 'fault-predicted').title);
    expect(one().title.values!.expectedMs).toBe(one().prediction.expectedAt);
  });

  test('cannot be put off for ever', async () => {
    const { take, hear, one } = await desk();
    await take(word('H-B', 'begins', 0));
    for (let hours = 24; hours <= 240; hours += 24)
      await take(word('H-B', 'lasts', inHours(hours), { since: 0, hours: 72 }));
    await hear(inHours(240), 'H-B');
    expect(one().outcome).toBe('false');
  });

  test('that is taken back and does not come counts only when it was likely', async () => {
    const { take, hear, one } = await desk();
    await take(word('H-B', 'begins', 0), word('H-C', 'begins', 0, { probability: 0.4 }));
    await take(word('H-B', 'ends', 8, { since: 0 }), word('H-C', 'ends', 8, { since: 0 }));
    expect(one().outcome).toBeUndefined();
    await hear(inHours(12), 'H-B', 'H-C');
    expect(one('H-B')).toMatchObject({ outcome: 'withdrawn', counts: true });
    expect(one('H-C')).toMatchObject({ outcome: 'withdrawn', counts: false });
  });

  test('that is taken back as the fault begins has still foretold it', async () => {
    const { take, one } = await desk();
    await take(word('H-B', 'begins', 0));
    await take(word('H-B', 'ends', inHours(40), { since: 0 }));
    await take(finding('silent', 'H-B', 'begins', inHours(40) + 3, inHours(40) + 1));
    expect(one().outcome).toBe('hit');
  });

  test('has not come where a KPI only creeps, but does once that breaks', async () => {
    const { take, one } = await desk();
    await take(word('H-B', 'begins', 0));
    const began = -inHours(200);
    const crept = { ...led('dl_throughput_mbps'), why: { code: 'crept-below', values: { kpi: 'dl_throughput_mbps' } } };
    await take(finding('anomaly', 'H-B', 'begins', inHours(10), began, crept));
    expect(one().outcome).toBeUndefined();
    await take(finding('anomaly', 'H-B', 'lasts', inHours(50), began, dropping(30)));
    expect(one()).toMatchObject({ outcome: 'hit', cameAt: period(inHours(50)) });
  });

  test('is not settled by what a whole region does, nor by a gap in the data of many sites', async () => {
    const { take, one } = await desk();
    await take(word('H-B', 'begins', 0));
    const region = { subject: { scope: 'area' as const, id: 'LTE' }, cells: ['H-B', 'L-A', 'S-A'] };
    const slow = { code: 'wide-below', values: { kpi: 'dl_throughput_mbps', cells: 3 } };
    const gap = { code: 'shared-gap', values: { source: 'inbox', cells: 3, sites: 3, lastAt: period(inHours(29)) } };
    const from = inHours(30);
    await take(finding('anomaly', 'H-B', 'begins', from, from, { ...led('dl_throughput_mbps'), ...region, why: slow }));
    await take(finding('silent', 'H-B', 'begins', from, from, { ...region, why: gap }));
    expect(one().outcome).toBeUndefined();
    await take(finding('fault', 'H-B', 'begins', inHours(50)));
    expect(one().outcome).toBe('hit');
  });

  test('is confirmed or not by whoever goes there, once', async () => {
    const { take, one, alerts, about } = await desk();
    await take(word('H-B', 'begins', 0), word('L-A', 'begins', 0));
    expect(await alerts.visit(one('H-B').id, { found: true, by: 'Ann', comment: 'wet connector' })).toMatchObject({
      prediction: { outcome: 'confirmed', visit: { found: true, by: 'Ann' } },
    });
    expect(about('H-B', 'fault-predicted')).toMatchObject({ state: 'cleared' });
    expect(about('H-B', 'fault-predicted').history.at(-1)).toMatchObject({ what: 'cleared', by: 'Ann' });
    await alerts.visit(about('L-A', 'fault-predicted').id, { found: false });
    expect(one('L-A')).toMatchObject({ outcome: 'nothing-found', counts: true });
    expect(await alerts.visit(one('H-B').id, { found: false })).toEqual({ refused: 'already-told' });
    expect(await alerts.visit('nobody', { found: true })).toEqual({ refused: 'unknown' });
    await take(word('H-B', 'lasts', 4, { since: 0 }));
    expect(about('H-B', 'fault-predicted').state).toBe('cleared');
  });

  test('stays open where the journal does not take what was found: it is said again', async () => {
    const { take, one, alerts, about } = await desk();
    await take(word('H-B', 'begins', 0));
    const full = () => Promise.reject(new Error('full'));
    await expect(alerts.visit(one('H-B').id, { found: true }, full)).rejects.toThrow('full');
    expect(one('H-B').outcome).toBeUndefined();
    expect(about('H-B', 'fault-predicted').state).toBe('open');
    expect(await alerts.visit(one('H-B').id, { found: true })).toMatchObject({ prediction: { outcome: 'confirmed' } });
  });

  test('is settled by who clears its warning and says what it was, as by a visit', async () => {
    const { take, alerts, about, one, hear } = await desk();
    await take(word('H-B', 'begins', 0), word('L-A', 'begins', 0), word('L-B', 'begins', 0));
    const clear = (cell: string, found?: FoundCause) =>
      alerts.act(about(cell, 'fault-predicted').id, { what: 'clear', by: 'Ann', ...(found && { found }) });
    await clear('H-B', 'feeder');
    await clear('L-A', 'nothing');
    await clear('L-B');
    await hear(inHours(400), 'H-B', 'L-A', 'L-B');
    expect(['H-B', 'L-A', 'L-B'].map((cell) => one(cell).outcome)).toEqual(['confirmed', 'nothing-found', 'false']);
    expect(one('H-B').visit).toMatchObject({ found: true, by: 'Ann' });
  });

  test('what equipment says of itself is a sign, not yet the fault; nor is trouble of another kind', async () => {
    const { take, takeAlarms, one } = await desk();
    await take(word('H-B', 'begins', 0, { mode: 'battery', hours: 2 }));
    await takeAlarms(alarm('H-B', '1', 'critical', 1));
    await take(finding('anomaly', 'H-B', 'begins', 2, 2, dropping(20)), finding('fault', 'H-C', 'begins', 2));
    expect(one().outcome).toBeUndefined();
  });

  test('goes by the new names of its cells, and is nobody’s mistake when they leave', async () => {
    const { take, alerts, one } = await desk();
    await take(word('H-B', 'begins', 0));
    await alerts.take([], alerts.position + 1, { retired: [], names: new Map([['H-B', 'H-D']]) });
    expect(one('H-D')).toMatchObject({ cells: ['H-D'] });
    await alerts.take([], alerts.position + 1, { retired: ['H-D'], names: new Map() });
    expect(one('H-D')).toMatchObject({ outcome: 'withdrawn', counts: false });
  });

  test('is as before when the ledger cannot save', async () => {
    const { take, ledger, alerts, one } = await desk();
    await take(word('H-B', 'begins', 0));
    ledger.failing = true;
    await expect(take(finding('fault', 'H-B', 'begins', inHours(50)))).rejects.toThrow('the disk is full');
    expect(alerts.predictions.open()).toHaveLength(1);
    ledger.failing = false;
    await take(finding('fault', 'H-B', 'begins', inHours(50)));
    expect(one().outcome).toBe('hit');
    expect(alerts.predictions.running('feeder', 'first-passage@1')).toMatchObject({ settled: 1, cameTrue: 1 });
  });
});

describe('what is told', () => {
  test('stops when the record does not bear it out, goes on in silence, and comes back with it', async () => {
    const { take, hear, alerts, one } = await desk();
    const cry = async (n: number, comes: boolean) => {
      await take(word('H-B', 'begins', n, { hours: 30 }));
      const { told } = one();
      if (comes) await take(finding('fault', 'H-B', 'begins', n + inHours(40)));
      await hear(n + inHours(60), 'H-B');
      if (comes) await take(finding('fault', 'H-B', 'ends', n + inHours(61), n + inHours(40)));
      return told;
    };
    const told: boolean[] = [];
    for (let i = 0; i < 60; i++) told.push(await cry(i * inHours(100), i >= 10));
    expect(told.slice(0, 8)).toEqual(Array(8).fill(true));
    expect(told.slice(8, 12)).toEqual(Array(4).fill(false));
    expect(told.at(-1)).toBe(true);
    const [record] = alerts.predictions.record();
    expect(record).toMatchObject({ mode: 'feeder', said: 60, open: 0, support: { isSupported: true } });
    expect(record!.outcomes).toMatchObject({ hit: 50, false: 10 });
    expect(record!.told).toBe(told.filter(Boolean).length);
  });
});

/** A story of words, faults, readings and visits about three cells, in records. */
const CELLS = ['H-A', 'H-B', 'L-A'] as const;
const step = fc.record({
  cell: fc.constantFrom(...CELLS),
  what: fc.constantFrom('begins', 'lasts', 'ends', 'fault', 'well', 'hear', 'confirmed', 'nothing'),
  hours: fc.integer({ min: 1, max: 40 }),
  probability: fc.constantFrom(0.3, 0.6, 0.9),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
const story = fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 25 });

const onceEach = (steps: readonly Step[]) => [
  ...new Map(steps.map((each) => [`${each.cell} ${isFault(each)}`, each])).values(),
];

function findingsOf(steps: readonly Step[], n: number): Finding[] {
  return onceEach(steps).flatMap(({ cell, what, hours, probability }) => {
    if (what === 'begins' || what === 'lasts' || what === 'ends') return [word(cell, what, n, { hours, probability })];
    return isFault({ what }) ? [finding('fault', cell, what === 'fault' ? 'begins' : 'ends', n)] : [];
  });
}

/** One record of a story: at most one word and one change of a fault for each cell. */
async function play(room: Awaited<ReturnType<typeof desk>>, steps: readonly Step[], n: number, seq: number) {
  const once = onceEach(steps);
  const findings = findingsOf(steps, n);
  const heard = once.filter(({ what }) => what === 'hear').map(({ cell }) => cell);
  await room.alerts.take(findings, seq, undefined, readings(n, ...heard));
}

const isFault = ({ what }: Pick<Step, 'what'>) => what === 'fault' || what === 'well';

describe('whatever happens', () => {
  test('a prediction is settled at most once, and stays as it was settled', async () => {
    await fc.assert(
      fc.asyncProperty(story, async (records) => {
        const room = await desk();
        const settled = new Map<string, string>();
        for (const [i, steps] of records.entries()) {
          await play(room, steps, i * 30, i + 1);
          for (const { what, cell } of steps)
            if (what === 'confirmed' || what === 'nothing')
              for (const entry of room.alerts.predictions.open().filter(({ subject }) => subject === cell))
                await room.alerts.visit(entry.id, { found: what === 'confirmed' });
          for (const { id, outcome } of room.record()) {
            if (settled.has(id)) expect(outcome).toBe(settled.get(id));
            if (outcome) settled.set(id, outcome);
          }
        }
        const counted = room.alerts.predictions.record().flatMap(({ outcomes }) => Object.values(outcomes));
        expect(counted.reduce((sum, count) => sum + count, 0)).toBe(settled.size);
        expect(room.alerts.predictions.open()).toHaveLength(room.record().length - settled.size);
      }),
      { numRuns: 60 },
    );
  });

  test('days in one record are settled as days that came one by one', async () => {
    await fc.assert(
      fc.asyncProperty(story, async (records) => {
        const said = records.map((steps, i) => findingsOf(steps, i * 30));
        const [apart, whole] = [await desk(), await desk()];
        const last = 30 * (records.length + 20);
        for (const [i, findings] of said.entries())
          await apart.alerts.take(findings, i + 1, undefined, readings(i * 30, ...CELLS));
        await apart.alerts.take([], said.length + 1, undefined, readings(last, ...CELLS));
        await whole.alerts.take(said.flat(), 1, undefined, readings(last, ...CELLS));
        const settled = (room: typeof apart) =>
          room
            .record()
            .map(({ id, outcome, settledAt, cameAt }) => ({ id, outcome, settledAt, cameAt }))
            .sort((a, b) => (a.id < b.id ? -1 : 1));
        expect(settled(whole)).toEqual(settled(apart));
      }),
      { numRuns: 60 },
    );
  });

  test('the order within a record changes nothing, nor does a crash after any record, nor a replay', async () => {
    const outcome = fc.tuple(story, fc.infiniteStream(fc.boolean()), fc.boolean());
    await fc.assert(
      fc.asyncProperty(outcome, async ([records, crashes, isTurned]) => {
        const [plain, shaken] = [new MemoryLedger(), new MemoryLedger()];
        const room = await desk(plain);
        let other = await desk(shaken);
        for (const [i, steps] of records.entries()) {
          const once = [...new Map(steps.map((each) => [`${each.cell} ${isFault(each)}`, each])).values()];
          await play(room, once, i * 30, i + 1);
          if (crashes.next().value) other = await desk(shaken);
          // After a crash the journal gives again what the ledger does not know to be dealt with.
          for (let again = other.alerts.position; again < i; again++) {
            const past = [...new Map(records[again]!.map((each) => [`${each.cell} ${isFault(each)}`, each])).values()];
            await play(other, past, again * 30, again + 1);
          }
          await play(other, isTurned ? [...once].reverse() : once, i * 30, i + 1);
        }
        const sorted = (ledger: MemoryLedger) => [...ledger.recorded.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
        expect(sorted(shaken)).toEqual(sorted(plain));
        expect(other.alerts.predictions.record()).toEqual(room.alerts.predictions.record());
      }),
      { numRuns: 60 },
    );
  });
});
