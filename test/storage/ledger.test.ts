// The ledger: inventory, alerts and numbers outlive a restart, and none of them grows without end.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AlertRecord } from '../../server/model/alert.ts';
import type { Cell } from '../../server/model/cell.ts';
import { openDatabase } from '../../server/storage/duckdb/database.ts';
import { ALERTS_POSITION, INVENTORY_POSITION, type Ledger, MOST_ALERT_CHANGES } from '../../server/storage/ledger.ts';
import { openDuckDbLedger } from '../../server/storage/ledger-duckdb.ts';

const T0 = Date.UTC(2026, 2, 17);

function cell(id: string, more: Partial<Cell> = {}): Cell {
  return { id, siteId: `site of ${id}`, radio: 'LTE', ...more };
}

function alert(id: string, more: Partial<AlertRecord> = {}): AlertRecord {
  return {
    id,
    kind: 'anomaly',
    audience: 'noc',
    severity: 'major',
    state: 'open',
    scope: 'cell',
    subject: `cell of ${id}`,
    cells: [`cell of ${id}`],
    raisedAt: T0,
    changedAt: T0,
    count: 1,
    evidence: { observed: 3, expected: 0.2, low: 0.1, high: 0.5, score: 0.9 },
    title: { code: 'alert.title', values: { kpi: 'drop_rate_pct' } },
    why: { code: 'alert.why', values: {} },
    wouldClear: { code: 'alert.clear', values: {} },
    history: [{ at: T0, what: 'raised' }],
    ...more,
  };
}

const done = { state: 'cleared', acknowledgedAt: T0, acknowledgedBy: 'mei' } as const;

describe('the ledger', () => {
  let folder: string;
  let ledger: Ledger;
  let close: () => Promise<void>;

  const open = async () => {
    const database = await openDatabase({ file: join(folder, 'cellstar.duckdb'), memoryLimitMb: 256 });
    ledger = await openDuckDbLedger(database);
    close = async () => {
      await ledger.close();
      database.close();
    };
  };
  const reopen = async () => {
    await close();
    await open();
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cellstar-ledger-'));
    await open();
  });
  afterEach(async () => {
    await close();
    await rm(folder, { recursive: true });
  });

  describe('of special days', () => {
    const holiday = { date: '2026-02-17', type: 'holiday' as const, name: '春节' };
    const match = { date: '2026-02-17', type: 'event' as const, area: 'Old Harbour' };

    it('keeps one a date and area over a restart, and in place of all when a whole calendar comes', async () => {
      await ledger.saveCalendar([match, { ...holiday, type: 'workday' }], 'merge', 1);
      await ledger.saveCalendar([holiday], 'merge', 2);
      await reopen();
      expect(await ledger.calendar()).toEqual([holiday, match]);
      await ledger.saveCalendar([match], 'full', 3);
      expect(await ledger.calendar()).toEqual([match]);
    });

    it('takes each number of the journal once, in one order with the cells', async () => {
      await ledger.saveCalendar([holiday], 'merge', 5);
      await ledger.saveCells([cell('A')], [], 4);
      await ledger.saveCalendar([], 'full', 5);
      expect(await ledger.calendar()).toEqual([holiday]);
      expect(await ledger.cells()).toEqual([]);
      expect(await ledger.number(INVENTORY_POSITION)).toBe(5);
    });
  });

  describe('of cells', () => {
    it('starts empty', async () => {
      expect(await ledger.cells()).toEqual([]);
      expect(await ledger.number(INVENTORY_POSITION)).toBeUndefined();
    });

    it('keeps every field of a cell, and the journal number it came from', async () => {
      const full = cell(`it's "odd", 长治\\`, {
        nameZh: '市郊区',
        aliases: ['ManagedElement=1,EUtranCellFDD=2', "x'y"],
        lat: -29.31,
        lon: 27.48,
        azimuthDeg: 0,
      });
      await ledger.saveCells([full, cell('B')], [], 12);
      await reopen();
      expect(await ledger.cells()).toEqual([cell('B'), full].sort((a, b) => (a.id < b.id ? -1 : 1)));
      expect(await ledger.number(INVENTORY_POSITION)).toBe(12);
    });

    it('holds the newest state of a cell, also when it comes twice in one change', async () => {
      await ledger.saveCells([cell('A'), cell('B')], [], 1);
      await ledger.saveCells([cell('A', { lat: 1 }), cell('A', { lat: 2 })], [], 2);
      expect(await ledger.cells()).toEqual([cell('A', { lat: 2 }), cell('B')]);
    });

    it('leaves out retired cells until they come back', async () => {
      await ledger.saveCells([cell('A'), cell('B')], [], 1);
      await ledger.saveCells([], ['A', 'never heard of'], 2);
      expect(await ledger.cells()).toEqual([cell('B')]);
      await ledger.saveCells([cell('A')], [], 3);
      expect(await ledger.cells()).toEqual([cell('A'), cell('B')]);
    });

    it('lets cells exchange names, and tells of each what changed, whatever it was called; the same record again changes nothing', async () => {
      const [a, b] = [cell('A', { lat: 1 }), cell('B', { lat: 2 })];
      await ledger.saveCells([a, b], [], 1);
      const change = (of: string, from: string, to: string) => ({ cell: of, field: 'id' as const, from, to, at: 5 });
      const swap = {
        merged: [],
        renamed: [
          { from: 'A', to: 'B' },
          { from: 'B', to: 'A' },
        ],
        changes: [change('B', 'A', 'B'), change('A', 'B', 'A')],
      };
      const tilt = { cell: 'A', field: 'tiltDeg' as const, from: '1', to: '2', at: 3 };
      await ledger.saveCells([], [], 2, { merged: [], renamed: [], changes: [tilt] });
      for (let again = 0; again < 2; again++)
        await ledger.saveCells(
          [
            { ...b, id: 'A' },
            { ...a, id: 'B' },
          ],
          [],
          3,
          swap,
        );
      expect(await ledger.cells()).toEqual([
        { ...b, id: 'A' },
        { ...a, id: 'B' },
      ]);
      expect(await ledger.cellChanges('A')).toEqual([change('A', 'B', 'A')]);
      expect(await ledger.cellChanges('B')).toEqual([{ ...tilt, cell: 'B' }, change('B', 'A', 'B')]);
    });

    it('remembers who left, under a name of its own once another has the name', async () => {
      await ledger.saveCells([cell('A'), cell('B')], [], 1);
      const renamed = [
        { from: 'B', to: 'B (left)' },
        { from: 'A', to: 'B' },
      ];
      await ledger.saveCells([cell('B', { lat: 1 })], ['B'], 2, { merged: [], renamed, changes: [] });
      expect([await ledger.cells(), await ledger.leftCells()]).toEqual([[cell('B', { lat: 1 })], ['B (left)']]);
    });

    it('takes 20,000 cells at once', async () => {
      const cells = Array.from({ length: 20_000 }, (_, i) => cell(`c${String(i).padStart(5, '0')}`));
      await ledger.saveCells(cells, [], 1);
      expect(await ledger.cells()).toEqual(cells);
    });
  });

  describe('of alerts', () => {
    it('gives back an alert as it was saved, after a restart too', async () => {
      const one = alert('a', {
        clearedAt: T0 + 5,
        evidence: { observed: null, expected: 1, low: null, high: 2, score: 1 },
      });
      await ledger.saveAlerts([{ seq: 5, alert: one }], 33);
      await reopen();
      expect(await ledger.alert('a')).toEqual(one);
      expect(await ledger.alert('b')).toBeUndefined();
      expect(await ledger.number(ALERTS_POSITION)).toBe(33);
    });

    it('holds the newest state of an alert, and every change of it in order', async () => {
      await ledger.saveAlerts([{ seq: 1, alert: alert('a') }]);
      const worse = alert('a', { severity: 'critical' });
      await ledger.saveAlerts([
        { seq: 2, alert: alert('a', { count: 2 }) },
        { seq: 3, alert: worse },
      ]);
      expect(await ledger.alerts(10)).toEqual([worse]);
      const changes = await ledger.alertChanges(1, 10);
      expect(changes).toEqual([
        { seq: 2, alert: alert('a', { count: 2 }) },
        { seq: 3, alert: worse },
      ]);
      expect(await ledger.alertChanges(0, 2)).toHaveLength(2);
      expect(await ledger.alertChanges(3, 10)).toEqual([]);
    });

    it('gives those that changed since a time of data, page after page, done or not', async () => {
      await ledger.saveAlerts([
        { seq: 1, alert: alert('before', { ...done, changedAt: T0 - 1 }) },
        { seq: 2, alert: alert('then', { ...done, changedAt: T0 }) },
        { seq: 3, alert: alert('later', { changedAt: T0 + 9 }) },
      ]);
      const [first] = await ledger.alertsSince(T0, 0, 1);
      expect(first).toEqual({ seq: 2, alert: alert('then', { ...done, changedAt: T0 }) });
      expect(await ledger.alertsSince(T0, 2, 9)).toEqual([{ seq: 3, alert: alert('later', { changedAt: T0 + 9 }) }]);
      expect(await ledger.alertsSince(T0, 3, 9)).toEqual([]);
    });

    it('lists all that somebody must still look at, and only so many of the others, newest first', async () => {
      await ledger.saveAlerts([
        { seq: 1, alert: alert('open', { changedAt: T0 + 1 }) },
        { seq: 2, alert: alert('cleared, nobody saw it', { state: 'cleared', changedAt: T0 + 2 }) },
        { seq: 3, alert: alert('done first', { ...done, changedAt: T0 + 3 }) },
        { seq: 4, alert: alert('done last', { ...done, changedAt: T0 + 5 }) },
        { seq: 5, alert: alert('acknowledged', { state: 'acknowledged', acknowledgedAt: T0, changedAt: T0 + 4 }) },
      ]);
      const ids = async (limit: number) => (await ledger.alerts(limit)).map(({ id }) => id);
      expect(await ids(1)).toEqual(['done last', 'acknowledged', 'cleared, nobody saw it', 'open']);
      expect(await ids(0)).toEqual(['acknowledged', 'cleared, nobody saw it', 'open']);
      expect(await ids(9)).toHaveLength(5);
    });

    it('saves a journal number without any change', async () => {
      await ledger.saveAlerts([], 7);
      expect(await ledger.number(ALERTS_POSITION)).toBe(7);
    });

    it('forgets the oldest changes, never an open alert', async () => {
      const changes = Array.from({ length: MOST_ALERT_CHANGES + 50 }, (_, i) => ({
        seq: i + 1,
        alert: alert(i === 0 ? 'the oldest' : `a${i % 20}`, { count: i }),
      }));
      await ledger.saveAlerts(changes);
      const kept = await ledger.alertChanges(0, MOST_ALERT_CHANGES * 2);
      expect(kept).toHaveLength(MOST_ALERT_CHANGES);
      expect(kept[0]?.seq).toBe(51);
      expect(await ledger.alert('the oldest')).toEqual(changes[0]?.alert);
    });
  });

  describe('of numbers', () => {
    it('keeps each under its name, the newest one', async () => {
      await ledger.setNumber('feed.reserved', 1000);
      await ledger.setNumber('feed.reserved', 2 ** 53 - 1);
      await ledger.setNumber('other', -0.5);
      await reopen();
      expect(await ledger.number('feed.reserved')).toBe(2 ** 53 - 1);
      expect(await ledger.number('other')).toBe(-0.5);
      expect(await ledger.number('neither')).toBeUndefined();
    });

    it('takes many at once without mixing them up', async () => {
      await Promise.all(Array.from({ length: 50 }, (_, i) => ledger.setNumber(`n${i % 5}`, i)));
      const numbers = await Promise.all([0, 1, 2, 3, 4].map((i) => ledger.number(`n${i}`)));
      expect(numbers).toEqual([45, 46, 47, 48, 49]);
    });
  });
});
