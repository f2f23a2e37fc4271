// A battery on its way to empty, by the doors of a running server: foretold, killed in between, come true, and on record.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  Alert,
  DispatchAnswer,
  DispatchVisit,
  PredictionList,
  PredictionRecord,
  PredictionRow,
  Problem,
} from '../../server/api/contract.ts';
import { expectKeys } from '../api/keys.ts';
import {
  begin,
  CARRIES,
  FAILS,
  ferryDark,
  ferryOnBattery,
  live,
  ON_MAINS,
  onBattery,
  SITES,
  TOLD,
} from './battery-story.ts';
import { DAY, PERIOD_MS, START } from './network.ts';
import { RunningServer } from './running-server.ts';

describe('a battery that runs down', { timeout: 240_000 }, () => {
  let server: RunningServer;
  const get = async <T>(path: string) => (await server.ask<T>(path)).body;
  const outcome = (id: string, body: unknown) =>
    server.send<PredictionRow & Problem>(`/api/predictions/${id}/outcome`, 'application/json', JSON.stringify(body));
  const open = async () => (await get<PredictionList>('/api/predictions?state=open')).predictions;

  beforeAll(async () => {
    server = await RunningServer.start();
    await begin(server);
  }, 240_000);
  afterAll(() => server.remove());

  it('is foretold with a date, a reason, a repair and its record, as prediction and as alert', async () => {
    await live(server, FAILS, FAILS + TOLD, ferryOnBattery);
    const [row, ...others] = await open();
    expect(others).toEqual([]);
    expect(row).toMatchObject({ mode: 'battery', state: 'open', told: true, siteId: 'ferry-2' });
    expectKeys<PredictionRow>(row!, {
      ...{ id: 'must', kind: 'must', scope: 'must', subject: 'must', cells: 'must', siteId: 'may', kpi: 'may' },
      ...{ mode: 'must', model: 'must', told: 'must', alert: 'may', cameAs: 'may', state: 'must', basis: 'must' },
      ...{ saidAt: 'must', first: 'must', title: 'must', why: 'must', ifNothing: 'must', repair: 'must' },
      ...{ outcome: 'may', settledAt: 'may', cameAt: 'may', leadSeconds: 'may', inInterval: 'may', visit: 'may' },
      ...{ impact: 'may', record: 'must', expectedAt: 'must', earliestAt: 'must', latestAt: 'must' },
      ...{ probability: 'must' },
    });
    expect(row!.cells).toEqual(SITES['ferry-2']);
    expect(row!.record).toMatchObject({ settled: 0, medianLeadSeconds: null });
    expect(row!.record.text).toBe('No such warning has been settled yet: nobody knows how good they are.');
    expect(Date.parse(row!.expectedAt)).toBeGreaterThan(Date.parse(row!.saidAt));
    const alert = await get<Alert>(`/api/alerts/${row!.alert}`);
    expect(alert).toMatchObject({ kind: 'fault-predicted', state: 'open', prediction: { mode: 'battery' } });
    expect(alert.prediction!.record).toEqual(row!.record);
  });

  it('is first on the list of visits, which says why and what to bring, in both languages', async () => {
    const list = await get<DispatchAnswer>('/api/dispatch');
    expect(list).toMatchObject({ countedIn: 'cells', ofAll: 1 });
    expect(list.visits[0]).toMatchObject({ rank: 1, siteId: 'ferry-2', name: 'Ferry Hill 2-A', lat: 38.73 });
    expectKeys<DispatchAnswer>(list, {
      ...{
        day: 'must',
        at: 'must',
        countedIn: 'must',
        horizonHours: 'must',
        ofAll: 'must',
        others: 'must',
        visits: 'must',
      },
    });
    expectKeys<DispatchVisit>(list.visits[0]!, {
      ...{ rank: 'must', siteId: 'must', name: 'must', lat: 'must', lon: 'must', cells: 'must', people: 'must' },
      ...{ saved: 'must', parts: 'must', reasons: 'must' },
    });
    expect(list.visits[0]!.parts).toContain('generator and fuel');
    expect(list.visits[0]!.reasons.map(({ mode }) => mode)).toContain('battery');
    expect(list.visits[0]!.reasons[0]!.worth).toMatch(/ × 1 cell × .* = [\d,.]+ cell-hours$/);
    expect((await get<DispatchAnswer>('/api/dispatch?lang=zh')).visits[0]!.name).toBe('渡口山 2-A');
    expect(await get<string>('/api/dispatch.csv')).toMatch(/^rank,day,site,/);
    expect(await get<string>('/api/dispatch.html?lang=zh')).toContain('<html lang="zh-CN">');
  });

  it('comes true after a crash: the fault names its warning, and the lead stands on record', async () => {
    const [before] = await open();
    await server.kill('SIGKILL');
    await server.start();
    expect((await open()).map(({ id }) => id)).toEqual([before!.id]);
    await live(server, FAILS + TOLD, FAILS + CARRIES, ferryOnBattery);
    await live(server, FAILS + CARRIES, FAILS + CARRIES + 8, ferryDark);
    const [row] = (await get<PredictionList>('/api/predictions?state=settled')).predictions;
    expect(row).toMatchObject({ id: before!.id, outcome: 'hit', alert: before!.alert });
    expect(row!.leadSeconds! * 1000).toBe(Date.parse(row!.cameAt!) - Date.parse(row!.saidAt));
    expect(row!.leadSeconds).toBeGreaterThanOrEqual(30 * 60);
    expect(await get<Alert>(`/api/alerts/${row!.cameAs}`)).toMatchObject({ foretoldBy: row!.alert });
    expect(await get<Alert>(`/api/alerts/${row!.alert}`)).toMatchObject({ state: 'cleared' });
    const { groups, reliability } = await get<PredictionRecord>('/api/predictions/record');
    expect(groups).toMatchObject([
      { mode: 'battery', said: 1, told: 1, open: 0, outcomes: { hit: 1 }, precision: { share: 1, of: 1 } },
    ]);
    expect(reliability).toMatchObject([{ predictions: 1, came: 1 }]);
  });

  it('is settled by whoever goes there and looks, once', async () => {
    const back = FAILS + 2 * DAY;
    await live(server, FAILS + CARRIES + 8, back, () => ON_MAINS);
    await live(server, back, back + TOLD, (site, period) =>
      site === 'harbour-7' ? onBattery(period - back) : ON_MAINS,
    );
    const [row] = await open();
    expect(row).toMatchObject({ siteId: 'harbour-7', record: { settled: 1, cameTrue: 1 } });
    const told = await outcome(row!.id, { found: true, by: 'Ann', comment: 'breaker' });
    expect(told).toMatchObject({ status: 200, body: { outcome: 'confirmed', visit: { found: true, by: 'Ann' } } });
    expect((await outcome(row!.id, { found: false })).status).toBe(409);
    expect(await open()).toEqual([]);
    expect(await get<Alert>(`/api/alerts/${row!.alert}`)).toMatchObject({ state: 'cleared' });
  });

  it('questions that cannot be understood are told what is wrong', async () => {
    for (const path of [
      '/api/predictions?state=maybe',
      '/api/predictions?mode=luck',
      '/api/predictions?outcome=good',
      '/api/predictions?limit=0',
      '/api/predictions?cursor=x',
      '/api/dispatch?day=tomorrow',
      '/api/dispatch?day=2024-02-31',
      '/api/dispatch?day=1999-01-01',
      '/api/dispatch.csv?limit=1000',
      '/api/dispatch.html?limit=-1',
      '/api/dispatch?lang=xx',
    ]) {
      const { status, body } = await server.ask<Problem>(path);
      const name = /\?(\w+)=/.exec(path)![1]!;
      expect([path, status, body.detail.includes(name)]).toEqual([path, 400, true]);
    }
    for (const body of [{}, { found: 'yes' }, [], { found: true, by: 7 }, { found: true, comment: 'x'.repeat(3000) }])
      expect((await outcome('any', body)).status).toBe(400);
    expect((await outcome('no-such', { found: true })).status).toBe(404);
    expect((await server.send('/api/predictions/x/outcome', 'application/json', '{')).status).toBe(400);
    expect((await server.send('/api/predictions/x/outcome', 'text/plain', 'found')).status).toBe(415);
  });

  it('the times stand in data time', async () => {
    const { predictions } = await get<PredictionList>('/api/predictions?limit=1');
    expect(Date.parse(predictions[0]!.saidAt)).toBeGreaterThan(START + FAILS * PERIOD_MS);
    expect((await get<PredictionList>('/api/predictions?limit=1')).nextCursor).toBeDefined();
  });
});
