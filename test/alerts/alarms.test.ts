// What a control room gets of equipment alarms: at once, one alert a subject, and one with what the measurements then show.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AlertRecord } from '../../server/model/alert.ts';
import { sayIn } from '../../server/words/say.ts';
import { alarm, type Bench, bench, finding, period, siteAlarm } from './network.ts';

const all = ({ alerts }: Bench): AlertRecord[] => alerts.list({ state: 'all', limit: 1000 })!.alerts;
const listed = ({ alerts }: Bench): AlertRecord[] => alerts.list({ state: 'listed', limit: 1000 })!.alerts;
const ofAlarms = (room: Bench) => all(room).find(({ alarmsOn }) => alarmsOn !== undefined)!;

describe('an equipment alarm', () => {
  it('raises an alert at once, with the severity and the words that the equipment sends', async () => {
    const room = await bench();
    await room.takeAlarms(
      alarm('H-B', 'e-1', 'critical', 0, { problem: 'No light.', proposedRepair: 'Clean the fibre' }),
    );
    const alert = ofAlarms(room);
    expect(alert).toMatchObject({
      ...{ kind: 'fault', audience: 'noc', severity: 'critical', state: 'open', scope: 'cell', cells: ['H-B'] },
      ...{ raisedAt: period(0), count: 1, proposedRepair: 'Clean the fibre', siteId: 'H' },
      alarms: [{ condition: 'LinkDown', severity: 'critical', raisedAt: period(0) }],
    });
    expect(sayIn('en', alert.title, { zone: 'UTC' })).toBe('Old Harbour 7-B: LinkDown');
    expect(sayIn('en', alert.why, { zone: 'UTC' })).toBe('gnb-7 itself reports “LinkDown” since 21:45: No light.');
    expect(sayIn('zh', alert.why, { zone: 'UTC' })).toBe('自 21:45 起，设备 gnb-7 上报“LinkDown”：No light。');
    expect(sayIn('en', alert.wouldClear, { zone: 'UTC' })).toBe('Clears when the equipment sends the clear.');
    expect(room.alerts.healthOf('H-B')).toBe('critical');
  });

  it('is cleared by its clear, in data time, and by nothing that a detector says', async () => {
    const room = await bench();
    await room.takeAlarms(alarm('H-B', 'e-1', 'major', 0));
    await room.take(finding('fault', 'H-B', 'begins', 1));
    await room.take(finding('fault', 'H-B', 'ends', 4, 1));
    expect(ofAlarms(room).state).toBe('open');
    await room.takeAlarms(alarm('H-B', 'e-1', 'cleared', 5));
    expect(ofAlarms(room)).toMatchObject({ state: 'cleared', clearedAt: period(5) });
    expect(room.alerts.healthOf('H-B')).toBeUndefined();
  });

  it('stands with others of its cell in one alert: counted, as bad as the worst, over with the last', async () => {
    const room = await bench();
    await room.takeAlarms(alarm('H-B', 'e-1', 'minor', 0), alarm('H-B', 'e-2', 'major', 1, { condition: 'Fan' }));
    expect(all(room)).toHaveLength(1);
    expect(ofAlarms(room)).toMatchObject({ count: 2, severity: 'major' });
    expect(sayIn('en', ofAlarms(room).title, { zone: 'UTC' })).toBe('Old Harbour 7-B: Fan and 1 more');
    await room.takeAlarms(alarm('H-B', 'e-2', 'cleared', 2));
    expect(ofAlarms(room)).toMatchObject({ state: 'open', severity: 'minor', count: 2 });
    await room.takeAlarms(alarm('H-B', 'e-1', 'cleared', 3));
    expect(ofAlarms(room).state).toBe('cleared');
    expect(ofAlarms(room).history.map(({ what }) => what)).toEqual(['raised', 'eased', 'recovered']);
  });

  it('changes its severity as the equipment does', async () => {
    const room = await bench();
    await room.takeAlarms(alarm('H-B', 'e-1', 'warning', 0));
    await room.takeAlarms(alarm('H-B', 'e-1', 'critical', 1));
    expect(ofAlarms(room)).toMatchObject({ severity: 'critical', count: 1 });
    expect(ofAlarms(room).history.map(({ what }) => what)).toEqual(['raised', 'worsened']);
  });

  it('about a site is an alert of the site with all its cells', async () => {
    const room = await bench();
    await room.takeAlarms(siteAlarm('L', 'e-1', 'critical', 0));
    expect(ofAlarms(room)).toMatchObject({ scope: 'site', siteId: 'L', cells: ['L-A', 'L-B', 'L-C'] });
    expect(sayIn('en', ofAlarms(room).title, { zone: 'UTC' })).toBe('Lighthouse Point 4: LinkDown');
  });

  it('about an element that nobody knows is told all the same, under its name and without cells', async () => {
    const room = await bench();
    await room.takeAlarms(siteAlarm('router-9', 'e-1', 'minor', 0));
    expect(ofAlarms(room)).toMatchObject({ scope: 'site', siteId: 'router-9', cells: [], state: 'open' });
    await room.takeAlarms(siteAlarm('router-9', 'e-1', 'cleared', 1));
    expect(ofAlarms(room).state).toBe('cleared');
  });

  it('of which only the clear came is kept in the history and raises nothing', async () => {
    const room = await bench();
    await room.takeAlarms(alarm('H-B', 'e-1', 'cleared', 3));
    expect(all(room)).toEqual([]);
    expect([...room.ledger.alarms.values()]).toMatchObject([{ clearedAt: period(3) }]);
    await room.takeAlarms(alarm('H-B', 'e-1', 'critical', 1));
    expect(all(room)).toEqual([]);
  });

  it('that is back within half an hour is the same alert; one that a person cleared stays so until a new alarm comes', async () => {
    const room = await bench();
    await room.takeAlarms(alarm('H-B', 'e-1', 'major', 0), alarm('H-B', 'e-1', 'cleared', 1));
    const isNew = () => ofAlarms(room);
    expect(all(room)).toEqual([]);
    await room.takeAlarms(alarm('H-B', 'e-2', 'major', 2));
    await room.takeAlarms(alarm('H-B', 'e-2', 'cleared', 3));
    await room.takeAlarms(alarm('H-B', 'e-3', 'major', 4));
    expect(all(room)).toHaveLength(1);
    expect(isNew()).toMatchObject({ state: 'open', count: 2, raisedAt: period(2) });
    await room.alerts.act(isNew().id, { what: 'clear', by: 'Ann' });
    await room.takeAlarms(alarm('H-B', 'e-3', 'critical', 5));
    expect(isNew().state).toBe('cleared');
    await room.takeAlarms(alarm('H-B', 'e-4', 'minor', 6));
    expect(isNew()).toMatchObject({ state: 'open', severity: 'critical' });
  });
});

describe('an alarm and what the measurements show', () => {
  it('are one alert: the cell that is then found off air stands behind the alarm, and makes it no milder', async () => {
    const room = await bench();
    await room.takeAlarms(alarm('H-B', 'e-1', 'minor', 0));
    await room.take(finding('fault', 'H-B', 'begins', 1));
    expect(listed(room)).toHaveLength(1);
    expect(listed(room)[0]).toMatchObject({ severity: 'major', alarmsOn: { id: 'H-B' } });
    expect(room.about('H-B').partOf).toBe(listed(room)[0]!.id);
    for (let n = 2; n < 5; n++) await room.take(finding('fault', 'H-B', 'lasts', n, 1));
    expect(listed(room)[0]!.history.map(({ what }) => what)).toEqual(['raised', 'worsened']);
    await room.take(finding('fault', 'H-B', 'ends', 6, 1));
    expect(listed(room)[0]).toMatchObject({ severity: 'minor', state: 'open' });
  });

  it('are one alert when the alarm comes after what was found', async () => {
    const room = await bench();
    await room.take(finding('fault', 'H-B', 'begins', 1));
    await room.takeAlarms(alarm('H-B', 'e-1', 'critical', 1));
    expect(listed(room)).toHaveLength(1);
    expect(room.about('H-B').partOf).toBe(ofAlarms(room).id);
  });

  it('are one alert for a site whose cells then fail together', async () => {
    const room = await bench();
    await room.takeAlarms(alarm('L-A', 'e-1', 'major', 0), alarm('L-B', 'e-2', 'major', 0));
    await room.take(...['L-A', 'L-B', 'L-C'].map((cell) => finding('fault', cell, 'begins', 1)));
    expect(listed(room)).toHaveLength(1);
    expect(listed(room)[0]).toMatchObject({ scope: 'site', severity: 'critical', cells: ['L-A', 'L-B', 'L-C'] });
    await room.take(...['L-A', 'L-B', 'L-C'].map((cell) => finding('fault', cell, 'ends', 5, 1)));
    await room.takeAlarms(alarm('L-A', 'e-1', 'cleared', 5), alarm('L-B', 'e-2', 'cleared', 5));
    expect(all(room).filter(({ state }) => state !== 'cleared')).toEqual([]);
  });

  it('colour only the cells that are hit: a site on battery with one cell down is not a site that is down', async () => {
    const room = await bench();
    await room.takeAlarms(siteAlarm('L', 'e-1', 'warning', 0), alarm('L-B', 'e-2', 'major', 0));
    await room.take(finding('fault', 'L-C', 'begins', 1));
    expect(listed(room)).toMatchObject([{ severity: 'major', cells: ['L-A', 'L-B', 'L-C'] }]);
    expect(['L-A', 'L-B', 'L-C'].map((cell) => room.alerts.healthOf(cell))).toEqual(['warning', 'major', 'major']);
  });

  it('part when the equipment clears while the trouble lasts: it stands for itself again', async () => {
    const room = await bench();
    await room.takeAlarms(alarm('H-B', 'e-1', 'major', 0));
    await room.take(finding('fault', 'H-B', 'begins', 1));
    await room.takeAlarms(alarm('H-B', 'e-1', 'cleared', 2));
    expect(
      listed(room)
        .map(({ state }) => state)
        .sort(),
    ).toEqual(['cleared', 'open']);
    expect(room.about('H-B')).toMatchObject({ partOf: undefined, state: 'open' });
  });

  it('stay apart when the trouble is on another cell, or began hours away from the alarm', async () => {
    const room = await bench();
    await room.takeAlarms(alarm('H-B', 'e-1', 'warning', 0));
    await room.take(finding('fault', 'H-C', 'begins', 1));
    await room.take(finding('anomaly', 'H-B', 'begins', 40));
    expect(listed(room)).toHaveLength(3);
  });

  it('are seen, taken and cleared by a person together', async () => {
    const room = await bench();
    await room.takeAlarms(alarm('H-B', 'e-1', 'major', 0));
    await room.take(finding('fault', 'H-B', 'begins', 1));
    await room.alerts.act(ofAlarms(room).id, { what: 'acknowledge', by: 'Ann' });
    expect(room.about('H-B')).toMatchObject({ state: 'acknowledged', acknowledgedBy: 'Ann' });
  });
});

describe('over time', () => {
  const story: ((room: Bench) => Promise<void>)[] = [
    (room) => room.takeAlarms(alarm('H-B', 'e-1', 'major', 0)),
    (room) => room.take(finding('fault', 'H-B', 'begins', 1)),
    (room) => room.takeAlarms(alarm('H-B', 'e-2', 'critical', 2), siteAlarm('L', 'e-3', 'minor', 2)),
    (room) => room.takeAlarms(alarm('H-B', 'e-1', 'cleared', 3)),
    (room) => room.take(finding('fault', 'H-B', 'ends', 4, 1)),
    (room) => room.takeAlarms(siteAlarm('L', 'e-3', 'cleared', 5)),
  ];
  const plain = (alerts: AlertRecord[]) =>
    alerts
      .map(({ history, toldAt: _, ...alert }) => ({ ...alert, history: history.map(({ what }) => what) }))
      .sort((a, b) => (a.id < b.id ? -1 : 1));

  it('a restart between any two steps changes nothing', async () => {
    const once = await bench();
    for (const step of story) await step(once);
    let room = await bench();
    for (const step of story) {
      await step(room);
      room = await bench(room.ledger);
    }
    expect(plain(all(room))).toEqual(plain(all(once)));
  });

  it('a record that is taken again, since the server died before it noted that, changes nothing', async () => {
    const room = await bench();
    for (const step of story) await step(room);
    const before = plain(all(room));
    const again = await bench(room.ledger);
    for (const step of story) if (step !== story[1] && step !== story[4]) await step(again);
    expect(plain(all(again))).toEqual(before);
  });

  it('records that are dealt with together give what they give one by one', async () => {
    const messages = [
      alarm('H-B', 'e-1', 'minor', 0),
      alarm('H-B', 'e-2', 'critical', 1),
      alarm('H-B', 'e-2', 'cleared', 2),
      siteAlarm('L', 'e-3', 'major', 3),
      siteAlarm('L', 'e-3', 'cleared', 4),
    ];
    const [single, together] = [await bench(), await bench()];
    for (const message of messages) await single.takeAlarms(message);
    await together.alerts.takeAlarms(messages.map((message, i) => ({ seq: i + 1, alarms: [message] })));
    expect(plain(all(together))).toEqual(plain(all(single)));
    expect(together.alerts.position).toBe(single.alerts.position);
  });

  it('a cell that is renamed keeps its alarm, and the clear under the old name ends it', async () => {
    const room = await bench();
    await room.takeAlarms(alarm('H-B', 'e-1', 'major', 0));
    const names = new Map([['H-B', 'H-C']]);
    await room.alerts.take([], room.alerts.position + 1, { retired: [], names });
    expect(ofAlarms(room)).toMatchObject({ cells: ['H-C'], alarmsOn: { id: 'H-C' }, state: 'open' });
    const again = await bench(room.ledger);
    await again.takeAlarms(alarm('H-B', 'e-1', 'cleared', 3));
    expect(ofAlarms(again)).toMatchObject({ state: 'cleared', cells: ['H-C'] });
  });

  it('a ledger that fails leaves the alarms as they were, and the same record may be taken again', async () => {
    const room = await bench();
    room.ledger.failing = true;
    await expect(room.takeAlarms(alarm('H-B', 'e-1', 'major', 0))).rejects.toThrow();
    expect(all(room)).toEqual([]);
    room.ledger.failing = false;
    await room.takeAlarms(alarm('H-B', 'e-1', 'major', 0));
    expect(all(room)).toHaveLength(1);
  });

  it('any order and doubling of raise, change and clear ends with the same alarms open, equally bad', async () => {
    const message = fc.record({
      cell: fc.constantFrom('L-A', 'L-B', 'H-B'),
      id: fc.constantFrom('e-1', 'e-2'),
      n: fc.nat({ max: 5 }),
    });
    const severities = ['minor', 'critical', 'major', 'warning', 'cleared', 'indeterminate'] as const;
    const messages = fc
      .array(message, { minLength: 1, maxLength: 12 })
      .chain((some) =>
        fc.tuple(fc.constant(some), fc.shuffledSubarray([...some, ...some], { minLength: some.length * 2 })),
      );
    const after = async (some: { cell: string; id: string; n: number }[]) => {
      const room = await bench();
      for (const { cell, id, n } of some) await room.takeAlarms(alarm(cell, id, severities[n]!, n));
      const open = all(room).filter(({ state }) => state === 'open');
      return open
        .map(({ cells, severity, subject, alarms }) => ({ cells, severity, subject, standing: standing(alarms) }))
        .sort((a, b) => (a.subject < b.subject ? -1 : 1));
    };
    const standing = (alarms: AlertRecord['alarms']) => alarms?.filter(({ clearedAt }) => clearedAt === undefined);
    await fc.assert(
      fc.asyncProperty(messages, async ([some, other]) => {
        expect(await after(other)).toEqual(await after(some));
      }),
      { numRuns: 60 },
    );
  });
});

describe('an element that sends alarms without an end', () => {
  const limits = { maximumAlarms: 6, maximumAlarmsEach: 3 };
  const raise = (n: number) => alarm('H-B', `e-${n}`, n === 0 ? 'critical' : 'major', n);
  const clear = (n: number) => alarm('H-B', `e-${n}`, 'cleared', 40 + n);

  it('has the oldest of them in the ledger alone, which is told once, and its alert counts them all', async () => {
    const room = await bench(undefined, limits);
    for (let n = 0; n < 10; n++) await room.takeAlarms(raise(n));
    expect(room.log).toHaveLength(1);
    expect(room.log[0]).toContain('more than 3 equipment alarms of one subject');
    expect(ofAlarms(room)).toMatchObject({ severity: 'critical', count: 10 });
    expect(sayIn('en', ofAlarms(room).title, { zone: 'UTC' })).toBe('Old Harbour 7-B: LinkDown and 9 more');
  });

  it('has its alert until the last of them is over, in any order of clearing, restarts and a full memory included', async () => {
    const order = fc.shuffledSubarray([...Array(10).keys()], { minLength: 10 });
    await fc.assert(
      fc.asyncProperty(order, fc.nat({ max: 9 }), fc.nat({ max: 9 }), async (clears, restart, together) => {
        let room = await bench(undefined, limits);
        for (let n = 0; n < 10; n++) await room.takeAlarms(raise(n));
        await room.takeAlarms(...clears.slice(0, together).map(clear));
        for (const [i, n] of clears.slice(together).entries()) {
          if (i === restart) room = await bench(room.ledger, limits);
          expect(ofAlarms(room)).toMatchObject({ state: 'open' });
          await room.takeAlarms(clear(n));
        }
        expect(ofAlarms(room)).toMatchObject({ state: 'cleared' });
      }),
      { numRuns: 60 },
    );
  });

  it('leaves no more than the bound in memory over all elements, and the clear of each alarm ends its alert', async () => {
    const room = await bench(undefined, limits);
    const cells = ['L-A', 'L-B', 'L-C', 'H-A', 'H-B', 'H-C', 'H-D', 'H-E', 'H-F', 'S-A'];
    for (const [n, cell] of cells.entries()) await room.takeAlarms(alarm(cell, 'e', 'major', n));
    for (const cell of cells) await room.takeAlarms(alarm(cell, 'e', 'cleared', 20));
    expect(all(room).filter(({ state }) => state !== 'cleared')).toEqual([]);
  });

  it('keeps its alarms, those in the ledger too, when the cell is renamed', async () => {
    const room = await bench(undefined, limits);
    for (let n = 0; n < 5; n++) await room.takeAlarms(raise(n));
    const names = new Map([['H-B', 'H-C']]);
    await room.alerts.take([], room.alerts.position + 1, { retired: [], names });
    for (const state of room.ledger.alarms.values()) state.subject = { ...state.subject, id: 'H-C' };
    for (let n = 0; n < 5; n++) {
      expect(ofAlarms(room)).toMatchObject({ state: 'open', alarmsOn: { id: 'H-C' } });
      await room.takeAlarms(clear(n));
    }
    expect(ofAlarms(room).state).toBe('cleared');
  });

  it('costs no more for a message when thousands stand than when few do', async () => {
    const costWith = async (standing: number) => {
      const room = await bench(undefined, { maximumAlarms: 40_000, maximumAlarmsEach: 30_000 });
      await room.takeAlarms(...Array.from({ length: standing }, (_, n) => raise(n)));
      // The ledger of these tests looks through all it has; that is not what is measured.
      room.ledger.alarmsByKey = async () => [];
      const times: number[] = [];
      for (let n = 0; n < 60; n++) {
        const startedAt = performance.now();
        await room.takeAlarms(raise(standing + n));
        times.push(performance.now() - startedAt);
      }
      return times.sort((a, b) => a - b)[times.length >> 1]!;
    };
    const few = await costWith(200);
    expect(await costWith(20_000)).toBeLessThan(4 * few);
  });
});
