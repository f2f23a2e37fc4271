// What the page knows of the present: kept up to date, honest about gaps, and nothing lost on the way.

import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Alert, CellRow, HealthAnswer } from '../../server/api/contract.ts';
import { KPI_CATALOGUE } from '../../server/model/catalogue.ts';
import type { CellFrame } from '../../server/model/cell-frame.ts';
import { healthCode } from '../../server/model/health.ts';
import { type Api, Failure } from '../../web/data/api.ts';
import { Live } from '../../web/data/live.svelte.ts';
import type { SocketOptions } from '../../web/data/socket.ts';
import { sampleAlert } from './sample-alert.ts';

const START = Date.parse('2026-03-17T14:00:00.000Z');
const DATA_AT = '2026-03-17T13:55:00.000Z';

function cellRow(index: number): CellRow {
  return { id: `c${index}`, index, siteId: 's', radio: 'LTE', lat: 1, lon: 2, health: 'ok', at: DATA_AT, kpis: {} };
}

function frame(index: number, health: number): CellFrame {
  const dataAt = Date.parse(DATA_AT) + 300_000;
  const columns = { index: Uint32Array.of(index), ageMinutes: Uint16Array.of(0), health: Uint8Array.of(health) };
  return { seq: 9, dataAt, whole: false, ...columns };
}

/** A page with a server of plain values behind it, and a line on which the test speaks. */
function setUp() {
  let now = START;
  let line: SocketOptions | undefined;
  const answers = { cells: [cellRow(0), cellRow(1)], alerts: [sampleAlert()] as Alert[] };
  const calls = { cells: 0, alerts: 0, reconnects: 0, restarts: 0 };
  const api = {
    health: async () => ({ dataAt: DATA_AT, zone: 'Asia/Shanghai', readings: 3 }) as HealthAnswer,
    kpis: async () => ({ version: 'test', kpis: [...KPI_CATALOGUE] }),
    cells: async () => {
      calls.cells += 1;
      return answers.cells;
    },
    alerts: async (state: string) => {
      calls.alerts += 1;
      return answers.alerts.filter((alert) => alert.state === state);
    },
  };
  const live = new Live({
    api: api as unknown as Api,
    language: () => 'en',
    now: () => now,
    open: (options) => {
      line = options;
      return {
        reconnect: () => (calls.reconnects += 1),
        restart: () => (calls.restarts += 1),
        close: () => {},
      } as unknown as ReturnType<typeof import('../../web/data/socket.ts').openSocket>;
    },
  });
  const hello = (seq: number, cells = 2) =>
    live.take({ type: 'hello', seq, version: '1', dataAt: DATA_AT, zone: 'Asia/Shanghai', cells, lang: 'en' });
  const pass = (ms: number) => {
    now += ms;
    live.tick();
  };
  return { live, api, answers, calls, hello, pass, line: () => line! };
}

type Setting = ReturnType<typeof setUp>;
const settle = () => vi.waitFor(() => undefined);

async function begun(): Promise<Setting> {
  const setting = setUp();
  setting.live.start();
  await vi.waitFor(() => expect(setting.live.loaded).toEqual({ network: true, alerts: true }));
  setting.line().opened();
  setting.hello(5);
  return setting;
}

describe('the live page', () => {
  let setting: Setting;
  beforeEach(async () => {
    setting = await begun();
    return () => setting.live.stop();
  });

  it('knows cells, alerts and the network’s zone once it has begun', () => {
    const { live } = setting;
    expect(live.network.rows).toHaveLength(2);
    expect([...live.alerts.keys()]).toEqual(['a1']);
    expect(live.zone).toBe('Asia/Shanghai');
    expect(live.connection).toBe('live');
  });

  it('shows a new alert and the newest state of a known one without fetching', async () => {
    const { live, calls } = setting;
    const before = calls.alerts;
    live.take({ type: 'alert', seq: 6, alert: sampleAlert({ id: 'a2' }) });
    live.take({ type: 'alert', seq: 7, alert: sampleAlert({ state: 'acknowledged' }) });
    await vi.waitFor(() => expect(live.alerts.get('a2')?.id).toBe('a2'));
    expect(live.alerts.get('a1')?.state).toBe('acknowledged');
    expect(calls.alerts).toBe(before);
  });

  it('takes a frame into the counts and tells the map which cells changed', () => {
    const { live } = setting;
    const told: number[][] = [];
    live.onCells((changed) => told.push(changed === null ? [-1] : [...changed]));
    live.takeFrame(frame(1, healthCode('critical')));
    expect(told).toEqual([[1]]);
    expect(live.counts[healthCode('critical')]).toBe(1);
    expect(live.dataAt).toBe(Date.parse(DATA_AT) + 300_000);
  });

  it('fetches the cells anew when a frame names one it does not know, and when the inventory changed', async () => {
    const { live, calls, answers } = setting;
    answers.cells = [cellRow(0), cellRow(1), cellRow(2)];
    live.takeFrame(frame(2, 0));
    await vi.waitFor(() => expect(live.network.rows).toHaveLength(3));
    live.take({ type: 'inventory', seq: 8, cells: 3 });
    await vi.waitFor(() => expect(calls.cells).toBe(3));
  });

  it('marks what came while it was away, and not what comes after', () => {
    const { live, hello, line } = setting;
    line().closed(START + 500);
    line().opened();
    hello(12);
    live.take({ type: 'alert', seq: 11, alert: sampleAlert({ id: 'missed' }) });
    live.take({ type: 'alert', seq: 12, alert: sampleAlert({ id: 'missed too' }) });
    live.take({ type: 'alert', seq: 13, alert: sampleAlert({ id: 'new' }) });
    expect([...live.missed]).toEqual(['missed', 'missed too']);
  });

  it('forgets what was cleared long ago, and nothing that is open, after weeks', async () => {
    const { live } = setting;
    for (let i = 0; i < 1_200; i++) {
      live.take({ type: 'alert', seq: 20 + i, alert: sampleAlert({ id: `old${i}`, state: 'cleared' }) });
    }
    await vi.waitFor(() => expect(live.alerts.size).toBeGreaterThan(1));
    expect(live.alerts.size).toBeLessThan(1_001);
    expect(live.alerts.has('a1')).toBe(true);
  });

  it('fetches all alerts anew when the server no longer keeps what was missed', async () => {
    const { live, answers } = setting;
    answers.alerts = [sampleAlert({ id: 'other' })];
    live.take({ type: 'resync', seq: 900 });
    await vi.waitFor(() => expect([...live.alerts.keys()]).toEqual(['other']));
  });

  it('does not lose an alert that arrives while the list is being fetched', async () => {
    const { live, answers } = setting;
    answers.alerts = [sampleAlert({ state: 'open' })];
    const loading = live.loadAlerts();
    live.take({ type: 'alert', seq: 14, alert: sampleAlert({ state: 'cleared' }) });
    await loading;
    expect(live.alerts.get('a1')?.state).toBe('cleared');
  });

  it('says Reconnecting after five seconds and Not live after fifteen, and is live again at once', () => {
    const { live, pass, line } = setting;
    line().closed(START + 500);
    pass(4_000);
    expect(live.connection).toBe('live');
    pass(2_000);
    expect(live.connection).toBe('reconnecting');
    pass(10_000);
    expect(live.connection).toBe('lost');
    expect(live.stale).toBe(true);
    line().opened();
    expect(live.connection).toBe('live');
  });

  it('counts durations by the newest data time alone, however long the wall clock goes on', () => {
    const { live, pass, line } = setting;
    line().closed(START + 500);
    pass(60_000);
    expect(live.referenceNow).toBe(live.dataAt);
  });

  it('makes the connection anew when the server does not answer though the line seems open', async () => {
    const { live, api, calls } = setting;
    api.health = async () => {
      throw new Failure(0, '');
    };
    await live.loadHealth();
    expect(calls.reconnects).toBe(1);
  });

  it('asks for a token where the server wants one', async () => {
    const { live, api } = setting;
    api.health = async () => {
      throw new Failure(401, 'Who are you?');
    };
    await live.loadHealth();
    expect(live.locked).toBe(true);
  });

  it('keeps the last known values and says what failed when the cells cannot be fetched', async () => {
    const { live, api } = setting;
    api.cells = async () => {
      throw new Failure(503, 'The store is away.', 'err-7');
    };
    await live.loadCells();
    expect(live.failed).toEqual({ what: 'network', detail: 'The store is away.', instance: 'err-7' });
    expect(live.network.rows).toHaveLength(2);
  });

  describe('while paused', () => {
    it('stands still, counts what is new, and shows all of it on return', () => {
      const { live } = setting;
      const revision = live.revision;
      live.pause();
      live.take({ type: 'alert', seq: 6, alert: sampleAlert({ id: 'a2' }) });
      live.take({ type: 'alert', seq: 7, alert: sampleAlert({ id: 'a2', severity: 'critical' }) });
      live.takeFrame(frame(1, healthCode('critical')));
      expect(live.alerts.has('a2')).toBe(false);
      expect(live.waiting).toBe(1);
      expect(live.revision).toBe(revision);
      live.resume();
      expect(live.alerts.get('a2')?.severity).toBe('critical');
      expect(live.counts[healthCode('critical')]).toBe(1);
      expect(live.revision).toBeGreaterThan(revision);
    });
  });

  it('says so when the data tell of the past', async () => {
    const { live, pass } = setting;
    expect(live.late).toBe(false);
    pass(30 * 24 * 3_600_000);
    await settle();
    expect(live.late).toBe(true);
    expect(live.referenceNow).toBe(live.dataAt);
  });
});
