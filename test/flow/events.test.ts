// VES events through the whole house: what a sender is answered, what the control room sees, and what outlives a restart.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RejectionList, SourceList } from '../../server/api/contract.ts';
import type { Receipt } from '../../server/model/rejection.ts';
import { CELLS, ordinary, PERIOD_MS, START } from './network.ts';
import { LiveClient, RunningServer } from './running-server.ts';

const samples = process.env.CELLSTAR_SAMPLES;
const DOOR = '/eventListener/v7';
const BATCH = '/eventListener/v7/eventBatch';

let server: RunningServer;
beforeAll(async () => {
  server = await RunningServer.start();
  await server.putCells(CELLS);
});
afterAll(() => server.remove());

interface Fault extends Receipt {
  requestError?: { ServiceException: { messageId: string; text: string } };
}
const post = (door: string, body: unknown, type = 'application/json') =>
  server.send<Fault>(door, type, typeof body === 'string' ? body : JSON.stringify(body));

const micros = (period: number) => (START + period * PERIOD_MS) * 1000;
const event = (domain: string, fields: object, more: object = {}) => ({
  commonEventHeader: {
    ...{
      domain,
      eventId: 'e-1',
      eventName: domain,
      priority: 'High',
      version: '4.1',
      vesEventListenerVersion: '7.2.1',
    },
    ...{ sequence: 0, sourceName: 'harbour-7', reportingEntityName: 'ems-1' },
    ...{ startEpochMicrosec: micros(1), lastEpochMicrosec: micros(1) },
    ...more,
  },
  ...fields,
});
const fault = (eventSeverity: string, more: object = {}, fields: object = {}) =>
  event(
    'fault',
    {
      faultFields: {
        ...{
          alarmCondition: 'RadioUnitDown',
          eventSourceType: 'other',
          specificProblem: 'No answer',
          vfStatus: 'Active',
        },
        ...{ eventSeverity, alarmInterfaceA: 'harbour-7-A', faultFieldsVersion: '4.0' },
        ...fields,
      },
    },
    more,
  );

describe('the doors for events', () => {
  it('turn a fault into an alert on the socket at once, and into fault history of the cell', async () => {
    const live = new LiveClient(server);
    await live.next('hello');
    expect(await post(DOOR, { event: fault('CRITICAL') })).toMatchObject({
      status: 202,
      body: { accepted: 1, rejected: 0 },
    });
    const { alert } = await live.next('alert', (message) => message.alert.kind === 'fault');
    expect(alert).toMatchObject({
      ...{ severity: 'critical', scope: 'cell', cells: ['harbour-7-A'], title: 'Old Harbour 7-A: RadioUnitDown' },
      ...{ audience: 'noc', raisedAt: new Date(micros(1) / 1000).toISOString() },
      alarms: [{ condition: 'RadioUnitDown', problem: 'No answer', severity: 'critical' }],
    });
    live.close();
    expect((await server.cell('harbour-7-A')).alarms).toMatchObject([{ condition: 'RadioUnitDown' }]);
    await expect.poll(async () => (await server.cell('harbour-7-A')).health, { timeout: 5000 }).toBe('critical');
    expect((await server.cell('harbour-7-B')).alarms).toEqual([]);
  });

  it('take what the measurements then show into the same alert, over a restart, and clear it with the clear', async () => {
    const down = { availability_pct: 0, fault_unavail_s: 900 };
    for (const period of [1, 2, 3]) {
      const readings = CELLS.map(({ id }) => ({
        ...ordinary(id, period),
        ...(id === 'harbour-7-A' && { kpis: down }),
      }));
      await server.post(readings);
    }
    await server.settled();
    const open = (await server.alerts('open')).filter(({ kind }) => kind === 'fault');
    const [parts, whole] = [open.filter(({ partOf }) => partOf), open.filter(({ partOf }) => !partOf)];
    expect(whole).toMatchObject([{ title: 'Old Harbour 7-A: RadioUnitDown' }]);
    expect(parts).toMatchObject([{ partOf: whole[0]!.id, cells: ['harbour-7-A'] }]);
    await server.kill('SIGKILL');
    await server.start();
    expect((await server.alerts('open')).map(({ id }) => id).sort()).toEqual(open.map(({ id }) => id).sort());
    expect((await post(DOOR, { event: fault('CRITICAL') })).body.accepted).toBe(1);
    await post(DOOR, { event: fault('NORMAL', { sequence: 1, lastEpochMicrosec: micros(5) }) });
    await server.settled();
    const [cleared] = (await server.alerts('cleared')).filter(({ alarms }) => alarms);
    expect(cleared).toMatchObject({ id: whole[0]!.id, clearedAt: new Date(micros(5) / 1000).toISOString() });
    const { alarms } = await server.cell('harbour-7-A');
    expect(alarms).toMatchObject([{ severity: 'critical', clearedAt: new Date(micros(5) / 1000).toISOString() }]);
  });

  it('turn measurements into readings of the cell', async () => {
    const hashMap = { dl_throughput_mbps: '31.5', active_users: '12' };
    const fields = { measurementInterval: 900, additionalMeasurements: [{ name: 'ferry-2-A', hashMap }] };
    const one = event('measurement', { measurementFields: fields }, { lastEpochMicrosec: micros(9) });
    expect((await post(BATCH, { eventList: [one] })).body).toMatchObject({ accepted: 1 });
    await server.settled();
    expect(await server.cell('ferry-2-A')).toMatchObject({ source: 'ves/ems-1', kpis: { dl_throughput_mbps: 31.5 } });
  });

  it('take either form at either door, and a heartbeat makes its sender known', async () => {
    const beat = event('heartbeat', { heartbeatFields: { heartbeatInterval: 30 } }, { reportingEntityName: 'du-3' });
    expect((await post(BATCH, { event: beat })).status).toBe(202);
    expect((await post(DOOR, { eventList: [beat, beat] })).body).toMatchObject({ accepted: 2 });
    const { sources } = (await server.ask<SourceList>('/api/sources')).body;
    expect(sources.map(({ id }) => id)).toContain('ves/du-3');
  });

  it('keep the good beside the bad, and tell of each kind that is not read once, with its count', async () => {
    const syslog = event('syslog', {});
    const { status, body } = await post(BATCH, { eventList: [syslog, fault('MINOR', { eventId: 'e-2' }), syslog, 17] });
    expect(status).toBe(202);
    expect(body).toMatchObject({ accepted: 1, rejected: 3 });
    expect(body.rejections).toContainEqual(expect.objectContaining({ reason: 'unknown-event', count: 2, index: 0 }));
    expect(body.rejections).toContainEqual(expect.objectContaining({ reason: 'wrong-shape', index: 3 }));
    const { rejections } = (await server.ask<RejectionList>('/api/rejections')).body;
    expect(rejections.some(({ source }) => source === 'ves/ems-1')).toBe(true);
  });

  it.each([
    ['text that is no JSON', '{"event":', 400],
    ['half a batch without a whole event', '{"eventList":[{"commonEventHeader":{', 400],
    ['a list of nothing that is an event', [1, 'x', null], 400],
    [
      'numbers that are no numbers',
      '{"event":{"commonEventHeader":{"domain":"fault","sourceName":"a","startEpochMicrosec":NaN}}}',
      400,
    ],
    ['a year ahead', { event: fault('MAJOR', { startEpochMicrosec: 4e15, lastEpochMicrosec: 4e15 }) }, 400],
    ['1970', { event: fault('MAJOR', { startEpochMicrosec: 1, lastEpochMicrosec: 1 }) }, 400],
    ['a severity that is none', { event: fault('PURPLE') }, 400],
    ['an id of a megabyte', { event: fault('MAJOR', { eventId: 'x'.repeat(1 << 20) }) }, 400],
    ['nesting without end', `{"event":${'['.repeat(100_000)}`, 400],
    ['nothing', '', 400],
  ])('answer %s in the words of VES, with what and where', async (_, body, status) => {
    const answer = await post(DOOR, body);
    expect(answer.status).toBe(status);
    expect(answer.body.requestError?.ServiceException).toMatchObject({
      messageId: 'SVC0002',
      text: expect.stringMatching(/\w/),
    });
    expect(answer.body.rejections[0]!.detail).toMatch(/\w/);
  });

  it('refuse what is too large, of another type or not UTF-8, in the words of VES', async () => {
    expect(await post(DOOR, 'x', 'text/plain')).toMatchObject({ status: 415, body: { requestError: {} } });
    const large = await post(DOOR, `{"eventList":[${'"x",'.repeat(10 << 20)}"x"]}`);
    expect(large).toMatchObject({
      status: 413,
      body: { requestError: { ServiceException: { messageId: 'SVC0002' } } },
    });
  });
});

describe.skipIf(!samples)('the real files', () => {
  it.each([
    ['measurement7x.json', 1, 0],
    ['oran_measurement_template.json', 0, 1],
    ['perf3gpp_pm_report.json', 3, 1],
    ['ves7_batch_valid.json', 2, 0],
    ['ves7_valid_30_1_1_event.json', 1, 0],
    ['ves_stdnDefined_valid.json', 1, 0],
  ])('%s: %i accepted, %i refused', async (name, accepted, rejected) => {
    const { body } = await post(BATCH, await readFile(join(samples!, 'ves', name), 'utf8'));
    expect(body).toMatchObject({ accepted, rejected });
  });

  it('and the alarms in them are alerts of the elements that they name', async () => {
    await server.settled();
    const open = (await server.alerts('open')).filter(({ siteId }) => siteId === 'scfx0001vm002cap001');
    expect(open).toMatchObject([{ severity: 'critical', scope: 'site', cells: [], count: 4 }]);
  });
});
if (!samples)
  console.warn('Left out: the tests on real VES files. To run them: CELLSTAR_SAMPLES=<folder of sample files>');
