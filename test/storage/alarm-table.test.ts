// The fault history: alarms by key, those that stand, and those of a cell in a time.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AlarmState } from '../../server/model/alarm.ts';
import { type Database, openDatabase } from '../../server/storage/duckdb/database.ts';
import { ALERTS_POSITION, type Ledger } from '../../server/storage/ledger.ts';
import { openDuckDbLedger } from '../../server/storage/ledger-duckdb.ts';

const DAY = 86_400_000;
const AT = Date.UTC(2026, 2, 17);

/** An alarm from one day to another; `to` undefined while it stands. */
function state(key: string, cell: string | null, siteId: string, from: number, to?: number): AlarmState {
  const subject =
    cell === null ? ({ scope: 'site', id: siteId, siteId } as const) : ({ scope: 'cell', id: cell, siteId } as const);
  const raisedAt = AT + from * DAY;
  const alarm = {
    ...{ element: 'gnb', alarmId: key, startedMicros: raisedAt * 1000, sequence: 1, at: raisedAt, raisedAt },
    ...{ severity: 'major' as const, condition: 'LinkDown', subject },
  };
  const steps = [{ at: raisedAt, sequence: 1, severity: 'major' as const }];
  return { key, alarm, subject, steps, raisedAt, ...(to !== undefined && { clearedAt: AT + to * DAY }) };
}

describe('the table of alarms', () => {
  let folder: string;
  let database: Database;
  let ledger: Ledger;
  const open = async () => {
    database = await openDatabase({ file: join(folder, 'x.duckdb'), memoryLimitMb: 200 });
    ledger = await openDuckDbLedger(database);
  };
  const close = async () => {
    await ledger.close();
    database.close();
  };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cellstar-alarms-'));
    await open();
    const over = [state('a', 'L-A', 'L', 0, 2), state('b', 'L-B', 'L', 0, 1), state('c', null, 'L', 3, 4)];
    await ledger.saveAlerts([], 7, [...over, state('d', 'H-A', 'H', 1)]);
  });
  afterAll(async () => {
    await close();
    await rm(folder, { recursive: true, force: true });
  });
  const keys = (states: AlarmState[]) => states.map(({ key }) => key);

  it('gives back what was saved, with the place in the journal, also after it was opened anew', async () => {
    await close();
    await open();
    expect(await ledger.number(ALERTS_POSITION)).toBe(7);
    expect(await ledger.alarmsByKey(['a', 'nothing'])).toEqual([state('a', 'L-A', 'L', 0, 2)]);
    expect(keys((await ledger.standingAlarms({ most: 9, each: 9 })).alarms)).toEqual(['d']);
  });

  it('gives a cell that was renamed its alarms under the new name', async () => {
    await ledger.saveAlerts([], 7, [], new Map([['L-B', 'L-Z']]));
    expect(await ledger.alarmHistory({ cell: 'L-Z', limit: 9 })).toMatchObject([{ key: 'b', subject: { id: 'L-Z' } }]);
    expect(await ledger.alarmHistory({ cell: 'L-B', limit: 9 })).toEqual([]);
  });

  it('holds one row for a key: the newest', async () => {
    await ledger.saveAlerts([], 8, [state('d', 'H-A', 'H', 1, 2)]);
    expect(await ledger.standingAlarms({ most: 9, each: 9 })).toEqual({ alarms: [], elsewhere: [] });
    await ledger.saveAlerts([], 9, [state('d', 'H-A', 'H', 1)]);
    expect(await ledger.alarmsByKey(['d'])).toHaveLength(1);
  });

  it('gives the newest of those that stand, and how many more there are of each cell and site', async () => {
    const many = [1, 2, 3].flatMap((day) => [state(`m${day}`, 'M-A', 'M', day), state(`n${day}`, null, 'M', day)]);
    await ledger.saveAlerts([], 10, many);
    const { alarms, elsewhere } = await ledger.standingAlarms({ most: 3, each: 2 });
    expect(keys(alarms)).toEqual(['m2', 'm3', 'n3']);
    expect(elsewhere.filter(({ subject }) => subject.id.startsWith('M')).sort((a, b) => a.count - b.count)).toEqual([
      { subject: { scope: 'cell', id: 'M-A' }, count: 1 },
      { subject: { scope: 'site', id: 'M' }, count: 2 },
    ]);
    const ofSite = await ledger.standingAlarms({ most: 9, each: 9, on: { scope: 'site', id: 'M' } });
    expect(keys(ofSite.alarms)).toEqual(['n1', 'n2', 'n3']);
  });

  it('tells what stood on a cell, with the alarms of its site and without those of its neighbours', async () => {
    const ask = (from?: number, to?: number) =>
      ledger.alarmHistory({
        cell: 'L-A',
        siteId: 'L',
        limit: 10,
        ...(from !== undefined && { from: AT + from * DAY, to: AT + to! * DAY }),
      });
    expect(keys(await ask())).toEqual(['c', 'a']);
    expect(keys(await ask(1, 2))).toEqual(['a']);
    expect(keys(await ask(2, 3))).toEqual(['c']);
    expect(keys(await ledger.alarmHistory({ siteId: 'L', limit: 2 }))).toEqual(['c', 'a']);
    expect(keys(await ledger.alarmHistory({ siteId: 'L', limit: 9 }))).toEqual(['c', 'a', 'b']);
    expect(await ledger.alarmHistory({ limit: 9 })).toEqual([]);
    const whole = await ledger.alarmHistory({ isWhole: true, limit: 99 });
    expect(new Set(whole.map(({ subject }) => subject.siteId))).toEqual(new Set(['H', 'L', 'M']));
  });
});
