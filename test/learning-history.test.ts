// What a training reads of the network's past: trouble by data time, causes that people told, alarms as they were raised; and the command's words.

import { describe, expect, it } from 'vitest';
import { modelArguments } from '../server/commands/model.ts';
import { networkHistory } from '../server/learning-history.ts';
import type { AlarmState } from '../server/model/alarm.ts';
import type { AlertRecord } from '../server/model/alert.ts';
import type { RecordedPrediction } from '../server/model/prediction-record.ts';

const HOUR_MS = 3_600_000;
const AT = Date.UTC(2026, 2, 3);
/** Long after: people act by the clock on the wall. */
const WALL = AT + 900 * HOUR_MS;

const alert = (more: Partial<AlertRecord>) =>
  ({
    ...{ kind: 'fault', kpi: 'availability_pct', scope: 'site', subject: 'a-1', cells: ['a-1', 'a-2'], siteId: 'a' },
    ...{ state: 'cleared', title: { code: 'title-down', values: {} } },
    ...{ since: AT, raisedAt: AT, changedAt: AT + HOUR_MS, clearedAt: AT + HOUR_MS, history: [] },
    ...more,
  }) as unknown as AlertRecord;

function historyOf(
  {
    alerts = [],
    alarms = [],
    settled = [],
  }: {
    alerts?: AlertRecord[];
    alarms?: AlarmState[];
    settled?: RecordedPrediction[];
  },
  limits: Parameters<typeof networkHistory>[1] = {},
) {
  const ledger: Parameters<typeof networkHistory>[0] = {
    alertsSince: async (_, after, limit) =>
      alerts
        .map((one, seq) => ({ seq, alert: one }))
        .filter(({ seq }) => seq > after)
        .slice(0, limit),
    alarmHistory: async ({ from = 0, to = 0, isWhole, limit }) =>
      alarms
        .filter(({ raisedAt, clearedAt = WALL }) => isWhole && raisedAt <= to && clearedAt > from)
        .sort((a, b) => b.raisedAt - a.raisedAt)
        .slice(0, limit),
    predictions: async ({ cursor }) => {
      const from = Number(cursor ?? 0);
      return {
        predictions: settled.slice(from, from + 2),
        ...(from + 2 < settled.length && { nextCursor: `${from + 2}` }),
      };
    },
  };
  return networkHistory(ledger, limits);
}

describe('the history', () => {
  it('tells trouble of sites by data time, also where somebody cleared it by the clock on the wall', async () => {
    const byHand = alert({ clearedAt: WALL, changedAt: AT + 2 * HOUR_MS });
    const { faults } = await historyOf({ alerts: [byHand, alert({ state: 'open', since: AT - HOUR_MS })] }).troubles(0);
    expect(faults).toEqual([
      { at: AT - HOUR_MS, endedAt: null, siteId: 'a' },
      { at: AT, endedAt: AT + 2 * HOUR_MS, siteId: 'a' },
    ]);
  });

  it('takes what equipment says of itself, what is foretold and what creeps for no trouble', async () => {
    const alerts = [
      alert({ alarmsOn: { scope: 'site', id: 'a' } as never }),
      alert({ kind: 'fault-predicted' }),
      alert({ kind: 'anomaly', kpi: 'dl_throughput_mbps', title: { code: 'title-crept-below', values: {} } }),
    ];
    expect((await historyOf({ alerts }).troubles(0)).faults).toEqual([]);
  });

  const event = (found: string) => ({ at: WALL, what: 'commented', by: 'Ann', found });
  it('tells the cause that people told last, of the site, or of the cell that the evidence is of', async () => {
    const alerts = [
      alert({ history: [event('feeder'), event('battery')] as never }),
      alert({ history: [event('nothing')] as never, since: AT + HOUR_MS }),
      alert({}),
    ];
    expect((await historyOf({ alerts }).troubles(0)).causes).toEqual([
      { at: AT, subjects: ['a'], mode: 'battery' },
      { at: AT + HOUR_MS, subjects: ['a-1', 'a'], mode: null },
    ]);
  });

  it('tells of which warning it was said that nothing was found', async () => {
    const prediction = { mode: 'cooling' } as AlertRecord['prediction'];
    const warning = alert({ kind: 'fault-predicted', prediction, history: [event('nothing')] as never });
    expect((await historyOf({ alerts: [warning] }).troubles(0)).causes).toMatchObject([
      { mode: null, foretold: 'cooling' },
    ]);
  });

  it('makes no example of all cells of an area, whatever was said of it', async () => {
    const area = { scope: 'area' as const, cells: ['a-1', 'a-2', 'b-1', 'c-1'] };
    const found = (what: string) => ({ history: [event(what)] as never });
    const alerts = [
      alert({ ...area, ...found('feeder') }),
      alert({ ...area, ...found('battery') }),
      // A move of a whole region is no cell's.
      alert({ ...area, subject: 'LTE B3', siteId: undefined, ...found('battery') } as Partial<AlertRecord>),
    ];
    expect((await historyOf({ alerts }).troubles(0)).causes.map(({ subjects }) => subjects)).toEqual([['a-1'], ['a']]);
  });

  it('keeps the newest trouble where there is too much of it', async () => {
    const alerts = [0, 1, 2, 3].map((hour) => alert({ since: AT + hour * HOUR_MS, changedAt: AT + 9 * HOUR_MS }));
    const { faults } = await historyOf({ alerts }, { most: 2 }).troubles(0);
    expect(faults.map(({ at }) => at)).toEqual([AT + 2 * HOUR_MS, AT + 3 * HOUR_MS]);
  });

  it('tells each alarm once, however many there are and whatever was raised with it', async () => {
    const raisedAt = [0, 1, 1, 2, 2, 3, 4].map((minute) => AT + minute * 60_000);
    const alarms = raisedAt.map(
      (at) => ({ raisedAt: at, subject: { siteId: 'a' }, alarm: { condition: 'FanStopped' } }) as unknown as AlarmState,
    );
    const told = await historyOf({ alarms }, { alarmsAPage: 3 }).alarms(AT - HOUR_MS, AT + HOUR_MS);
    expect(told.map(({ at }) => at).sort()).toEqual(raisedAt);
  });

  it('tells each alarm once, in the page in which it was raised', async () => {
    const state = (raisedAt: number) =>
      ({ raisedAt, subject: { siteId: 'a' }, alarm: { condition: 'FanStopped' } }) as unknown as AlarmState;
    const history = historyOf({ alarms: [state(AT), state(AT + HOUR_MS)] });
    const pages = [await history.alarms(AT - HOUR_MS, AT), await history.alarms(AT, AT + HOUR_MS)];
    expect(pages).toEqual([
      [{ at: AT, siteId: 'a', condition: 'FanStopped' }],
      [{ at: AT + HOUR_MS, siteId: 'a', condition: 'FanStopped' }],
    ]);
  });

  it('tells settled predictions page by page, the oldest first', async () => {
    const settled = [5, 4, 3, 2, 1].map(
      (n) => ({ id: `p${n}`, outcome: 'hit', settledAt: AT + n, saidAt: AT }) as unknown as RecordedPrediction,
    );
    expect((await historyOf({ settled }).settled()).map(({ id }) => id)).toEqual(['p1', 'p2', 'p3', 'p4', 'p5']);
  });
});

describe('the model command', () => {
  it('lists unless told otherwise, and says which argument is wrong', () => {
    expect(modelArguments([])).toEqual({ act: 'list', ask: {}, lang: 'en' });
    expect(modelArguments(['rollback', '--mode', 'battery', '--to', '2'])).toMatchObject({
      ask: { mode: 'battery', version: 2 },
    });
    for (const [args, wrong] of [
      [['undo'], 'undo'],
      [['rollback', '--to', '2'], '--to'],
      [['rollback', '--mode', 'battery', '--to', '0'], '--to'],
      [['list', '--lang', 'xx'], '--lang'],
      [['list', '--what'], '--what'],
    ] as const)
      expect(() => modelArguments([...args])).toThrow(wrong);
  });
});
