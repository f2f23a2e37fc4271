// What a control room gets of mutes: quiet while works are on, no burst at their end, and nothing forgotten.

import { describe, expect, test } from 'vitest';
import { heardAt, mutedBench } from './muted.ts';
import { alarm, finding, MemoryLedger, period, siteAlarm } from './network.ts';

const down = (cell: string, n: number, since = n) => finding('fault', cell, n === since ? 'begins' : 'lasts', n, since);
const up = (cell: string, n: number, since: number) => finding('fault', cell, 'ends', n, since);

describe('while a mute is open', () => {
  test('what it covers is raised, kept and judged, but stands on no list, and its cells are in planned works', async () => {
    const room = await mutedBench();
    const { id } = await room.mute({ cells: ['H-B'], from: period(1), to: period(8) });
    await room.hear(1);
    await room.hear(2, down('H-B', 2), down('S-A', 2));
    expect(room.listed().map(({ subject }) => subject)).toEqual(['S-A']);
    expect(room.about('H-B')).toMatchObject({ state: 'open', mutedBy: id, raisedAt: period(2), count: 1 });
    expect(room.about('H-B').toldAt).toBeUndefined();
    expect(room.about('H-B').history.map(({ what }) => what)).toEqual(['raised', 'muted']);
    expect(room.about('H-B').history[1]).toMatchObject({ by: 'Ann', comment: 'New antennas' });
    expect(room.alerts.healthOf('H-B')).toBe('planned');
    expect(room.alerts.healthOf('S-A')).toBe('critical');
    expect(room.alerts.counts()).toMatchObject({ open: 1, muted: 1, bySeverity: { critical: 1 } });
    await room.hear(3, down('H-B', 3, 2), down('S-A', 3, 2));
    expect(room.about('H-B').count).toBe(2);
    const held = (muted: boolean) =>
      room.alerts.list({ state: 'all', muted, limit: 9 })!.alerts.map((each) => each.subject);
    expect(held(true)).toEqual(['H-B']);
    expect(held(false)).toEqual(['S-A']);
    expect(room.alerts.muting.list()).toMatchObject([{ mute: { id }, state: 'open', holds: 1, worst: 'major' }]);
  });

  test('a cell that is well counts as in planned works too, and as itself again afterwards', async () => {
    const room = await mutedBench();
    await room.mute({ siteId: 'L', from: period(1), to: period(2) });
    expect(room.alerts.healthOf('L-A')).toBeUndefined();
    await room.hear(1);
    expect(room.alerts.healthOf('L-A')).toBe('planned');
    await room.hear(3);
    expect(room.alerts.healthOf('L-A')).toBeUndefined();
  });

  test('an alert that stood already leaves the list at once, told by one change', async () => {
    const room = await mutedBench();
    await room.hear(0, down('H-B', 0));
    await room.mute({ cells: ['H-B'], from: period(0), to: period(4) });
    expect(room.listed()).toEqual([]);
    expect(room.published.map(({ alert }) => alert.mutedBy !== undefined)).toEqual([false, true]);
  });

  test('only its kinds and cells are held back, and a whole site only where all that is wrong of it is covered', async () => {
    const room = await mutedBench();
    await room.mute({ cells: ['L-A', 'L-B'], kinds: ['fault'], from: period(0), to: period(9) });
    await room.hear(1, down('L-A', 1), finding('anomaly', 'L-B', 'begins', 1));
    expect(room.listed().map(({ kind }) => kind)).toEqual(['anomaly']);
    await room.hear(2, down('L-A', 2, 1), down('L-B', 2));
    expect(room.about('L-A', 'fault')).toMatchObject({ scope: 'site', cells: ['L-A', 'L-B'] });
    expect(room.about('L-A', 'fault').mutedBy).toBeDefined();
    expect(room.about('L-B', 'fault').mutedBy).toBe(room.about('L-A', 'fault').mutedBy);
    await room.hear(3, down('L-A', 3, 1), down('L-B', 3, 2), down('L-C', 3));
    expect(room.about('L-A', 'fault').mutedBy).toBeUndefined();
    expect(
      room
        .listed()
        .map(({ kind }) => kind)
        .sort(),
    ).toEqual(['anomaly', 'fault']);
    // The cell that nobody works at is well again: what is left of it is covered.
    await room.hear(4, down('L-A', 4, 1), down('L-B', 4, 2), up('L-C', 4, 3));
    expect(room.about('L-A', 'fault').mutedBy).toBeDefined();
  });

  test('equipment alarms of a muted site are held back with what they explain', async () => {
    const room = await mutedBench();
    await room.mute({ siteId: 'L', from: period(0), to: period(4) });
    await room.takeAlarms(siteAlarm('L', 'power', 'critical', 1));
    await room.hear(1, finding('silent', 'L-A', 'begins', 1));
    expect(room.listed()).toEqual([]);
    for (let n = 2; n <= 6; n++) await room.hear(n, finding('silent', 'L-A', 'lasts', n, 1));
    expect(room.listed()).toEqual([]);
    await room.hear(7, finding('silent', 'L-A', 'lasts', 7, 1));
    expect(room.listed()).toHaveLength(1);
  });

  test('the whole network is quiet only where that was said, senders that fall silent too', async () => {
    const room = await mutedBench();
    await room.mute({ all: true, from: period(0), to: period(4) });
    const source = finding('source-silent', 'x', 'begins', 1, 1, {
      subject: { scope: 'network', id: 'inbox' },
      cells: [],
    });
    await room.alerts.takeNow([source]);
    await room.takeAlarms(alarm('S-A', 'link', 'major', 1));
    expect(room.listed()).toEqual([]);
    expect(room.alerts.counts()).toMatchObject({ open: 0, muted: 2 });
  });
});

describe('when a window closes', () => {
  test('what recovers in the grace of two periods never shows, and what lasts is told once, with its true beginning', async () => {
    const room = await mutedBench();
    await room.mute({ cells: ['H-B', 'S-A', 'L-A'], from: period(1), to: period(4) });
    await room.hear(1, down('H-B', 1), down('S-A', 1), down('L-A', 1));
    for (let n = 2; n <= 4; n++) await room.hear(n, down('H-B', n, 1), down('S-A', n, 1), down('L-A', n, 1));
    await room.hear(5, down('H-B', 5, 1), up('S-A', 5, 1), down('L-A', 5, 1));
    await room.hear(6, down('H-B', 6, 1), down('L-A', 6, 1));
    expect(room.told()).toEqual([]);
    expect(room.alerts.muting.list()).toMatchObject([{ state: 'closing', holds: 2 }]);
    await room.hear(7, down('H-B', 7, 1), up('L-A', 7, 1));
    expect(room.told().map(({ subject }) => subject)).toEqual(['H-B']);
    expect(room.listed()).toMatchObject([{ subject: 'H-B', raisedAt: period(1), state: 'open' }]);
    expect(room.about('H-B').toldAt).toBeGreaterThan(0);
    await room.hear(8, down('H-B', 8, 1));
    expect(room.told()).toHaveLength(1);
    expect(room.alerts.muting.list()).toMatchObject([{ state: 'over', holds: 0 }]);
  });

  test('a cell whose own reading is yet to come is not told before it, though the network is further', async () => {
    const room = await mutedBench();
    await room.mute({ cells: ['H-B'], from: period(1), to: period(2) });
    await room.hear(1, down('H-B', 1));
    for (let n = 2; n <= 4; n++) await room.hear(n, down('H-B', n, 1));
    await room.alerts.take([], room.alerts.position + 1, undefined, heardAt(5, ['S-A', 'L-A', 'L-B']));
    expect(room.told()).toEqual([]);
    await room.hear(5, up('H-B', 5, 1));
    expect(room.told()).toEqual([]);
  });

  test('trouble that begins after its end is told at once, and a quick return of what recovered in it too', async () => {
    const room = await mutedBench();
    await room.mute({ cells: ['H-B', 'S-A'], from: period(1), to: period(3) });
    await room.hear(2, down('S-A', 2));
    await room.hear(3, up('S-A', 3, 2));
    await room.hear(4, down('H-B', 4), finding('fault', 'S-A', 'begins', 4, 4));
    expect(
      room
        .listed()
        .map(({ subject }) => subject)
        .sort(),
    ).toEqual(['H-B', 'S-A']);
    expect(room.about('S-A')).toMatchObject({ count: 2, raisedAt: period(2) });
  });

  test('a mute of a window that is over takes nothing back, and holds late readings of it', async () => {
    const room = await mutedBench();
    await room.hear(10, down('H-B', 10, 2));
    await room.mute({ cells: ['H-B', 'S-A'], from: period(1), to: period(5) });
    await room.hear(11, down('H-B', 11, 2), finding('fault', 'S-A', 'begins', 4, 4));
    expect(room.listed().map(({ subject }) => subject)).toEqual(['H-B']);
    expect(room.about('S-A').mutedBy).toBeDefined();
  });

  test('ended by hand it leaves the grace, or not, as is asked', async () => {
    for (const atOnce of [false, true]) {
      const room = await mutedBench();
      const { id } = await room.mute({ cells: ['H-B'], from: period(1), to: period(40) });
      await room.hear(2, down('H-B', 2));
      const answer = await room.alerts.endMute(id, { by: 'Bo', role: 'engineer' }, atOnce);
      expect(answer).toMatchObject({ mute: { endedAt: period(2), ended: { by: 'Bo', atOnce } } });
      expect(room.listed()).toHaveLength(atOnce ? 1 : 0);
      for (let n = 3; n <= 5; n++) await room.hear(n, down('H-B', n, 2));
      expect(room.listed()).toHaveLength(1);
      expect(await room.alerts.endMute(id, { by: 'Bo', role: 'engineer' }, false)).toEqual({ refused: 'over' });
    }
  });

  test('one that is over does not take over what another lets go', async () => {
    const room = await mutedBench();
    await room.mute({ cells: ['H-B'], from: period(1), to: period(2) });
    for (let n = 1; n <= 5; n++) await room.hear(n, down('H-B', n, 1));
    expect(room.listed()).toHaveLength(1);
    const { id } = await room.mute({ siteId: 'H', from: period(5), to: period(9) });
    expect(room.listed()).toEqual([]);
    await room.alerts.endMute(id, { by: 'Bo', role: 'engineer' }, true);
    expect(room.listed()).toHaveLength(1);
  });

  test('what waits in the grace can be had at once', async () => {
    const room = await mutedBench();
    const { id } = await room.mute({ cells: ['H-B'], from: period(1), to: period(2) });
    await room.hear(2, down('H-B', 2));
    await room.hear(3, down('H-B', 3, 2));
    await room.alerts.endMute(id, { by: 'Bo', role: 'engineer' }, true);
    expect(room.listed()).toHaveLength(1);
  });

  test('a repeated one holds each night anew', async () => {
    const room = await mutedBench();
    await room.mute({ cells: ['H-B'], from: period(1), to: period(4), repeat: 'daily' });
    await room.hear(2, down('H-B', 2));
    await room.hear(3, up('H-B', 3, 2));
    await room.hear(50, down('H-B', 50));
    await room.hear(51, up('H-B', 51, 50));
    expect(room.told().map(({ raisedAt }) => raisedAt)).toEqual([period(50), period(50)]);
    await room.hear(98, down('H-B', 98));
    expect(room.told()).toHaveLength(2);
    expect(room.alerts.muting.windowsOf('H-B', { from: period(0), to: period(100) }, 10)).toHaveLength(2);
  });
});

describe('mutes', () => {
  test('follow cells to their new names', async () => {
    const room = await mutedBench();
    await room.mute({ cells: ['H-B'], from: period(0), to: period(9) });
    await room.alerts.take([], 1, { retired: [], names: new Map([['H-B', 'H-C']]) });
    await room.hear(1, down('H-C', 1));
    expect(room.listed()).toEqual([]);
    expect((await room.ledger.knownMutes()).mutes).toMatchObject([{ cells: ['H-C'] }]);
  });

  test('are not made when they cannot be saved', async () => {
    const room = await mutedBench();
    await room.hear(0, down('H-B', 0));
    room.ledger.failing = true;
    await expect(room.mute({ cells: ['H-B'], from: period(0), to: period(9) })).rejects.toThrow('the disk is full');
    room.ledger.failing = false;
    await room.hear(1, down('H-B', 1, 0));
    expect(room.alerts.muting.list()).toEqual([]);
    expect(room.listed()).toHaveLength(1);
  });

  test('are bounded in number', async () => {
    const room = await mutedBench(new MemoryLedger(), { maximumMutes: 3 });
    for (let i = 0; i < 3; i++) await room.mute({ cells: ['H-B'], from: period(0), to: period(9) });
    await expect(room.mute({ cells: ['H-B'], from: period(0), to: period(9) })).rejects.toThrow('too-many');
  });

  test('tell the same after a crash at any record, in the same order', async () => {
    const run = async (crashes: boolean) => {
      const ledger = new MemoryLedger();
      let room = await mutedBench(ledger);
      const told: string[] = [];
      const records = [...Array(12).keys()].map((n) => {
        const lasting = n >= 2 ? [down('H-B', n, 2)] : [];
        const short = n >= 2 && n < 6 ? [down('S-A', n, 2)] : n === 6 ? [up('S-A', 6, 2)] : [];
        const late = n >= 8 ? [down('L-A', n, 8)] : [];
        return [...lasting, ...short, ...late];
      });
      const step = async (n: number) => {
        await room.alerts.take(records[n]!, n + 1, undefined, heardAt(n));
        if (n === 0) await room.mute({ cells: ['H-B', 'S-A'], from: period(1), to: period(4) });
      };
      for (let n = 0; n < records.length; n++) {
        await step(n);
        if (!crashes) continue;
        // Nothing but the ledger is left; the journal comes again from its beginning.
        room = await mutedBench(ledger);
        for (let again = 0; again <= n; again++)
          await room.alerts.take(records[again]!, again + 1, undefined, heardAt(again));
      }
      for (const { alert } of ledger.changes)
        told.push(`${alert.id} ${alert.mutedBy ?? 'told'} ${alert.history.at(-1)!.what}`);
      return [...new Set(told.map((line) => line.replace(/mute_\S+/, 'muted')))];
    };
    const whole = await run(false);
    expect(whole.filter((line) => line.includes('unmuted'))).toHaveLength(1);
    expect(await run(true)).toEqual(whole);
  });
});
