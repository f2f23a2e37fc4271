// A trouble that comes and goes is one alert that says so, and is over without a word once it has stayed well.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isActive } from '../../server/alerts/alert-state.ts';
import { flapsOf, restOf, restSentence, spellsTogether, withEnd, withSpell } from '../../server/alerts/flapping.ts';
import type { AlertRecord, Spell } from '../../server/model/alert.ts';
import type { FindingKind } from '../../server/model/finding.ts';
import { sayIn } from '../../server/words/say.ts';
import { heardAt } from './muted.ts';
import { type Bench, bench, finding, period } from './network.ts';

const HOUR = 3_600_000;
/** A spell of two periods of a kind, in periods after the start. */
type Turn = [kind: FindingKind, n: number];

async function live(room: Bench, turns: readonly Turn[], until: number): Promise<void> {
  for (let n = 0; n <= until; n++) {
    const findings = turns.flatMap(([kind, begin]) => {
      const phase = ({ 0: 'begins', 1: 'lasts', 2: 'ends' } as const)[n - begin];
      return phase ? [finding(kind, 'H-B', phase, n, begin)] : [];
    });
    await room.alerts.take(findings, room.alerts.position + 1, undefined, heardAt(n));
  }
}

const everything = ({ alerts }: Bench) => alerts.list({ state: 'all', limit: 1000 })!.alerts;
const told = (room: Bench) => everything(room).filter(({ partOf }) => partOf === undefined);
const english = (said: ReturnType<typeof flapsOf>) => said && sayIn('en', said, { zone: 'UTC' });
const chinese = (said: ReturnType<typeof flapsOf>) => said && sayIn('zh', said, { zone: 'UTC' });
const drops = (...begins: number[]): Turn[] => begins.map((n) => ['anomaly', n]);

describe('drops that come and go', () => {
  test('are one alert from the third time on, that counts them and stays open between them', async () => {
    const room = await bench();
    await live(room, drops(0, 8, 16, 24, 32), 36);
    const [newest, first, ...more] = told(room);
    expect(more).toEqual([]);
    expect(first).toMatchObject({ state: 'cleared', raisedAt: period(0) });
    expect(newest).toMatchObject({ state: 'open', raisedAt: period(8), calm: { since: period(34) } });
    expect(english(flapsOf(newest!))).toBe(
      'Came and went 5 times since 21:45; it has been well since Wed 18 Mar 06:15.',
    );
    expect(chinese(flapsOf(newest!))).toMatch(/时好时坏，已出现 5 次，.*以来正常。$/);
    expect(room.alerts.healthOf('H-B')).toBe('warning');
  });

  test('are over once they stayed away for twice their usual pause, told once', async () => {
    const room = await bench();
    await live(room, drops(0, 8, 16), 29);
    const open = told(room)[0]!;
    // A pause is six periods, and the third spell ended at the 18th.
    expect(open.calm).toEqual({ since: period(18), until: period(30) });
    expect(english(restSentence(open))).toMatch(/^Clears if it stays well until /);
    const before = room.published.length;
    await room.alerts.take([], room.alerts.position + 1, undefined, heardAt(30));
    await room.alerts.take([], room.alerts.position + 1, undefined, heardAt(31));
    expect(room.published.slice(before)).toHaveLength(1);
    expect(told(room)[0]).toMatchObject({ state: 'cleared', clearedAt: period(30) });
    expect(told(room)[0]!.history.at(-1)!.what).toBe('stayed-well');
    expect(room.alerts.healthOf('H-B')).toBeUndefined();
  });

  test('are the same alert when they are back within twelve hours, and another one after that', async () => {
    const room = await bench();
    await live(room, drops(0, 8, 16, 18 + 47), 70);
    expect(told(room)).toHaveLength(2);
    const later = await bench();
    await live(later, drops(0, 8, 16, 18 + 49), 70);
    expect(told(later)).toHaveLength(3);
  });

  test('do not wait for what has not been heard of since', async () => {
    const room = await bench();
    await live(room, drops(0, 8, 16), 19);
    const others = ['L-A', 'S-A'];
    await room.alerts.take([], room.alerts.position + 1, undefined, heardAt(90, others));
    expect(told(room)[0]!.state).toBe('open');
  });

  test('that somebody put away as done begin a new count', async () => {
    const room = await bench();
    await live(room, drops(0, 8, 16), 19);
    await room.alerts.act(told(room)[0]!.id, { what: 'clear', by: 'Ann' });
    await room.take(finding('anomaly', 'H-B', 'begins', 24));
    expect(told(room)[0]).toMatchObject({ raisedAt: period(24), spells: [{ from: period(24) }] });
  });

  test('stay acknowledged by whoever took them, however often they come back', async () => {
    const room = await bench();
    await live(room, drops(0, 8, 16), 19);
    await room.alerts.act(told(room)[0]!.id, { what: 'acknowledge', by: 'Ann' });
    await room.take(finding('anomaly', 'H-B', 'begins', 24));
    expect(told(room)[0]).toMatchObject({ state: 'acknowledged', acknowledgedBy: 'Ann' });
    expect(told(room)[0]!.calm).toBeUndefined();
  });
});

describe('drops and outages of one cell', () => {
  test('are one story under the id of the first, told by the worse', async () => {
    const room = await bench();
    await room.take(finding('anomaly', 'H-B', 'begins', 0));
    await room.take(finding('anomaly', 'H-B', 'lasts', 1, 0), finding('fault', 'H-B', 'begins', 1));
    const { id } = room.about('H-B', 'anomaly');
    expect(room.about('H-B', 'fault').partOf).toBe(id);
    expect(room.about('H-B', 'anomaly')).toMatchObject({ severity: 'major', title: { code: 'title-down' } });
    await room.take(finding('fault', 'H-B', 'ends', 2, 1), finding('anomaly', 'H-B', 'lasts', 2, 0));
    expect(room.about('H-B', 'anomaly')).toMatchObject({ state: 'open', title: { code: 'title-above' } });
  });

  test('are two where what came first only creeps: it is heard of once a night, and lasts for weeks', async () => {
    const room = await bench();
    const crept = { why: { code: 'crept-above', values: { kpi: 'drop_rate_pct', observed: 1.2, days: 9 } } };
    await room.take(finding('anomaly', 'H-B', 'begins', 0, -800, crept));
    await room.take(finding('fault', 'H-B', 'begins', 9));
    expect(room.about('H-B', 'fault').partOf).toBeUndefined();
    await room.take(finding('fault', 'H-B', 'ends', 12, 9));
    expect(room.about('H-B', 'fault').state).toBe('cleared');
    expect(room.about('H-B', 'anomaly')).toMatchObject({ state: 'open', title: { code: 'title-crept-above' } });
    expect(room.alerts.healthOf('H-B')).toBe(room.about('H-B', 'anomaly').severity);
  });

  test('are over once both are', async () => {
    const room = await bench();
    await room.take(finding('anomaly', 'H-B', 'begins', 0));
    await room.take(finding('fault', 'H-B', 'begins', 1));
    await room.take(finding('anomaly', 'H-B', 'ends', 2, 0));
    expect(room.about('H-B', 'anomaly')).toMatchObject({ state: 'open', severity: 'major' });
    await room.take(finding('fault', 'H-B', 'ends', 3, 1));
    expect(everything(room).filter(isActive)).toEqual([]);
  });

  test('that take turns all day are one in the end', async () => {
    const room = await bench();
    const kinds: FindingKind[] = ['anomaly', 'fault'];
    await live(
      room,
      Array.from({ length: 9 }, (_, i): Turn => [kinds[i % 2]!, 9 * i]),
      85,
    );
    expect(told(room).map(({ kind }) => kind)).toEqual(['anomaly']);
  });
});

const spell = fc.record({ from: fc.nat(200), length: fc.integer({ min: 1, max: 9 }) });
const spells = fc
  .array(spell, { maxLength: 30 })
  .map((all) => all.map(({ from, length }): Spell => ({ from, to: from + length })));

describe('whatever comes and goes', () => {
  test('keeps no more than the spells of a day, and waits between the flap time and twelve hours', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 300 })), { maxLength: 120 }),
        (steps) => {
          let [at, known] = [0, [] as Spell[]];
          for (const [gap, length] of steps) {
            known = withSpell(known, at + gap * 60_000);
            at += (gap + length) * 60_000;
            known = withEnd(known, at);
            expect(known.length).toBeLessThanOrEqual(50);
            expect(known.every(({ from }) => from > at - length * 60_000 - 24 * HOUR)).toBe(true);
            const rest = restOf(known, 30 * 60_000);
            expect(rest >= 30 * 60_000 && rest <= 12 * HOUR).toBe(true);
          }
        },
      ),
    );
  });

  test('is not what crept since before: that is no third time', async () => {
    const room = await bench();
    await live(room, drops(0, 8), 36);
    const crept = { why: { code: 'crept-above', values: { kpi: 'drop_rate_pct', observed: 1.2, days: 9 } } };
    await room.take(finding('anomaly', 'H-B', 'begins', 40, -800, crept));
    expect(told(room).map(flapsOf)).toEqual([undefined, undefined, undefined]);
  });

  test('counts spells that overlap as one', () => {
    fc.assert(
      fc.property(spells, spells, (own, other) => {
        const together = spellsTogether(own, other);
        for (const [i, { from }] of together.slice(1).entries()) expect(from).toBeGreaterThan(together[i]!.to!);
        const covered = (all: readonly Spell[], at: number) => all.some(({ from, to }) => at >= from && at <= to!);
        for (let at = 0; at <= 210; at++) expect(covered(together, at)).toBe(covered([...own, ...other], at));
        expect(spellsTogether(own, other)).toEqual(spellsTogether(other, own));
      }),
    );
  });

  const turns = fc
    .array(fc.tuple(fc.constantFrom<FindingKind>('anomaly', 'fault'), fc.integer({ min: 3, max: 12 })), {
      maxLength: 14,
    })
    .map((all) => {
      const begins = all.map((_, i) => all.slice(0, i + 1).reduce((sum, [, gap]) => sum + gap, 0));
      return all.map(([kind], i): Turn => [kind, begins[i]!]);
    });

  test('nothing bad hides behind what is over, all is over in the end, and a crash at any record changes nothing', async () => {
    const run = async (all: Turn[], crashAt: number) => {
      const until = 250;
      const whole = await bench();
      await live(whole, all, until);
      expect(everything(whole).filter(isActive)).toEqual([]);
      const parts = everything(whole).filter(({ partOf }) => partOf !== undefined);
      for (const { partOf } of parts) expect(everything(whole).some(({ id }) => id === partOf)).toBe(true);
      const crashed = await bench();
      await live(crashed, all, crashAt);
      for (const one of everything(crashed).filter(isActive))
        if (one.partOf) expect(isActive(everything(crashed).find(({ id }) => id === one.partOf)!)).toBe(true);
      const again = await bench(crashed.ledger);
      const from = again.alerts.position;
      await replayed(again, all, from, until);
      expect(everything(again).map(lasting)).toEqual(everything(whole).map(lasting));
    };
    await fc.assert(fc.asyncProperty(turns, fc.nat(150), run), { numRuns: 40 });
  });
});

/** All records from the one after `from`: the first was number 1. */
async function replayed(room: Bench, turns: readonly Turn[], from: number, until: number): Promise<void> {
  for (let n = from; n <= until; n++) {
    const findings = turns.flatMap(([kind, begin]) => {
      const phase = ({ 0: 'begins', 1: 'lasts', 2: 'ends' } as const)[n - begin];
      return phase ? [finding(kind, 'H-B', phase, n, begin)] : [];
    });
    await room.alerts.take(findings, n + 1, undefined, heardAt(n));
  }
}

/** All but wall times, which differ between two lives. */
function lasting({ toldAt: _, history, ...rest }: AlertRecord) {
  return { ...rest, history: history.map(({ what }) => what) };
}
