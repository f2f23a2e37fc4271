// VES events: what each domain becomes, what is refused and why, and that no text breaks the parser.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SentEvent } from '../../server/collect/event-format.ts';
import { ves } from '../../server/collect/formats/ves.ts';
import { detectFormat } from '../../server/collect/formats.ts';
import type { Rejection } from '../../server/model/rejection.ts';
import type { RawAlarm, RawBeat, RawReading } from '../../server/model/sent.ts';

const samples = process.env.CELLSTAR_SAMPLES;

/** 2026-03-17 21:45 UTC. */
const AT_MS = Date.UTC(2026, 2, 17, 21, 45);
const AT = AT_MS * 1000;

function read(text: string, cells: readonly string[] = []) {
  const found = {
    readings: [] as RawReading[],
    alarms: [] as RawAlarm[],
    beats: [] as RawBeat[],
    rejections: [] as Rejection[],
    senders: new Set<string | undefined>(),
  };
  const context = { zoneOffsetMinutes: 0, isCell: (name: string) => cells.includes(name) };
  for (const one of ves.parse(text, context)) put(found, one);
  return found;
}

function put(found: ReturnType<typeof read>, one: SentEvent): void {
  found.senders.add(one.sender);
  if (one.kind === 'reading') found.readings.push(one.reading);
  else if (one.kind === 'alarm') found.alarms.push(one.alarm);
  else if (one.kind === 'beat') found.beats.push(one.beat);
  else found.rejections.push(one.rejection);
}

const header = (domain: string, more: object = {}) => ({
  domain,
  eventId: 'e-1',
  eventName: `${domain}_x`,
  sequence: 0,
  priority: 'Normal',
  reportingEntityName: 'ems-1',
  sourceName: 'gnb-7',
  startEpochMicrosec: AT - 900_000_000,
  lastEpochMicrosec: AT,
  version: '4.1',
  vesEventListenerVersion: '7.2.1',
  ...more,
});
const event = (domain: string, fields: object = {}, more: object = {}) => ({
  event: { commonEventHeader: header(domain, more), ...fields },
});
const send = (...args: Parameters<typeof event>) => read(JSON.stringify(event(...args)));
const fault = (more: object = {}, head: object = {}) =>
  send(
    'fault',
    {
      faultFields: {
        alarmCondition: 'LinkDown',
        eventSeverity: 'MAJOR',
        eventSourceType: 'port',
        specificProblem: 'No light',
        vfStatus: 'Active',
        ...more,
      },
    },
    head,
  );

describe('a measurement event', () => {
  const measured = (fields: object, head: object = {}, cells: readonly string[] = []) =>
    read(
      JSON.stringify(event('measurement', { measurementFields: { measurementInterval: 300, ...fields } }, head)),
      cells,
    );

  it('is a reading of its source at the END of the interval, with KPIs and counters from its maps', () => {
    const hashMap = { drop_rate_pct: '0.4', 'RRC.ConnEstabAtt.sum': '120', networkId: 'RAN001' };
    const { readings, rejections } = measured({ requestRate: 23, additionalMeasurements: [{ name: 'ran', hashMap }] });
    expect(rejections).toEqual([]);
    expect(readings).toEqual([
      {
        cell: 'gnb-7',
        at: AT_MS,
        periodSeconds: 300,
        kpis: { drop_rate_pct: '0.4' },
        counters: { requestRate: 23, 'RRC.ConnEstabAtt.sum': '120' },
        suspect: false,
        where: { index: 0 },
      },
    ]);
  });

  it('of several cells is a reading of each: by known names, by distinguished names, or since all hold the same', () => {
    const maps = (...names: string[]) => ({
      additionalMeasurements: names.map((name) => ({ name, hashMap: { latency_ms: '9' } })),
    });
    const cellsOf = (found: RawReading[]) =>
      found.map(({ cell }) => (typeof cell === 'string' ? cell : (cell as { ldn: string }).ldn));
    expect(cellsOf(measured(maps('c-1', 'c-2')).readings)).toEqual(['c-1', 'c-2']);
    expect(cellsOf(measured(maps('c-1'), {}, ['c-1']).readings)).toEqual(['c-1']);
    expect(measured(maps('GNBDUFunction=1,NRCellDU=3')).readings).toMatchObject([
      { cell: { element: 'gnb-7', objectClass: 'NRCellDU', name: '3' }, kpis: { latency_ms: '9' } },
    ]);
    expect(cellsOf(measured(maps('group'), {}, ['gnb-7']).readings)).toEqual(['gnb-7']);
  });

  it('whose parts call themselves suspect, in words, is suspect', () => {
    const nic = { nicIdentifier: 'ens2', valuesAreSuspect: 'true', receivedOctetsDelta: 5.4e5 };
    expect(measured({ nicPerformanceArray: [nic] }).readings).toMatchObject([
      { suspect: true, counters: { 'nicPerformance.ens2.receivedOctetsDelta': 540_000 } },
    ]);
  });

  it('may write its times as digits in a text', () => {
    expect(measured({ requestRate: 1 }, { lastEpochMicrosec: String(AT) }).readings).toMatchObject([{ at: AT_MS }]);
  });
});

describe('a perf3gpp event', () => {
  const info = (types: string[], values: object[]) => ({
    measTypes: { sMeasTypesList: types },
    measValuesList: values,
  });
  const report = (...measInfoList: object[]) =>
    send('perf3gpp', {
      perf3gppFields: {
        measDataCollection: {
          granularityPeriod: 900,
          measuredEntityDn: 'SubNetwork=1,ManagedElement=RNC-1',
          measInfoList,
        },
      },
    });

  it('joins the groups of one object into one reading, by p and never by order', () => {
    const { readings, rejections } = report(
      info(
        ['a', 'b'],
        [
          {
            measObjInstId: 'UtranCell=9',
            measResults: [
              { p: 2, sValue: '7' },
              { p: 1, iValue: 5 },
            ],
          },
        ],
      ),
      info(
        ['c', 'd', 'e'],
        [
          {
            measObjInstId: 'UtranCell=9',
            suspectFlag: 'true',
            measResults: [
              { p: 1, sValue: '1,2' },
              { p: 2, isNull: true },
              { p: 3, rValue: 0.5 },
            ],
          },
        ],
      ),
    );
    expect(rejections).toEqual([]);
    expect(readings).toMatchObject([
      {
        cell: { element: 'SubNetwork=1,ManagedElement=RNC-1', objectClass: 'UtranCell', name: '9' },
        at: AT_MS,
        periodSeconds: 900,
        suspect: true,
      },
    ]);
    expect({ ...(readings[0]!.counters as object) }).toEqual({ a: 5, b: 7, c: '1,2', d: null, e: 0.5 });
  });

  it('keeps what it can name and refuses results whose p has no type', () => {
    const { readings, rejections } = report(
      info(
        ['a'],
        [
          {
            measObjInstId: 'UtranCell=9',
            measResults: [
              { p: 1, sValue: '3' },
              { p: 4, sValue: '8' },
            ],
          },
        ],
      ),
    );
    expect(readings).toHaveLength(1);
    expect(rejections).toMatchObject([{ reason: 'wrong-shape', count: 1, index: 0 }]);
  });

  it('takes measValues where a sender calls the list so', () => {
    const values = [{ measObjInstId: 'UtranCell=9', measResults: [{ p: 1, sValue: '3' }] }];
    expect(report({ measTypes: { sMeasTypesList: ['a'] }, measValues: values }).readings).toHaveLength(1);
  });
});

describe('a fault event', () => {
  it('is an alarm with its key, its severity, and what it may be about, most exact first', () => {
    const { alarms } = fault(
      {
        alarmInterfaceA: 'NRCellDU=3',
        alarmAdditionalInformation: { cellId: 'c-9', proposedRepairActions: 'Clean the fibre' },
      },
      { sequence: 4 },
    );
    expect(alarms).toMatchObject([
      {
        ...{ element: 'gnb-7', alarmId: 'e-1', startedMicros: AT - 900_000_000, sequence: 4, at: AT_MS },
        ...{ severity: 'major', condition: 'LinkDown', problem: 'No light', proposedRepair: 'Clean the fibre' },
        about: ['c-9', { element: 'gnb-7', objectClass: 'NRCellDU', name: '3' }, 'port', 'gnb-7'],
      },
    ]);
  });

  it('of severity NORMAL ends its alarm', () => {
    expect(fault({ eventSeverity: 'NORMAL' }).alarms).toMatchObject([{ severity: 'cleared' }]);
  });

  it('without an id, or with a severity that is none, is refused by the name of the field', () => {
    expect(fault({}, { eventId: '' }).rejections).toMatchObject([{ reason: 'missing-field', field: 'eventId' }]);
    expect(fault({ eventSeverity: 'PURPLE' }).rejections).toMatchObject([
      { reason: 'wrong-type', field: 'eventSeverity' },
    ]);
  });
});

describe('a stndDefined event', () => {
  const notify = (data: object, namespace = '3GPP-FaultSupervision') =>
    send(
      'stndDefined',
      { stndDefinedFields: { schemaReference: 'http://nowhere.invalid/x', data, stndDefinedFieldsVersion: '1.0' } },
      { stndDefinedNamespace: namespace },
    );
  const alarm = {
    alarmId: '17',
    perceivedSeverity: 'CRITICAL',
    specificProblem: 'Power lost',
    eventTime: '2026-03-17T21:40:00Z',
    href: 'https://ems/ManagedElement=gnb-7/GNBDUFunction=1/NRCellDU=3',
  };

  it.each([
    ['notifyNewAlarm', 'critical'],
    ['notifyChangedAlarm', 'critical'],
    ['notifyClearedAlarm', 'cleared'],
  ])('%s is an alarm under its alarmId alone, with its own time and object', (notificationType, severity) => {
    expect(notify({ ...alarm, notificationType }).alarms).toMatchObject([
      {
        ...{ alarmId: '17', startedMicros: 0, sequence: 0, at: AT_MS - 300_000, severity, condition: 'Power lost' },
        about: [{ element: 'ManagedElement=gnb-7', objectClass: 'NRCellDU', name: '3' }, 'gnb-7'],
      },
    ]);
  });

  it('of another notification or namespace is refused under the name of that, once for all equal ones', () => {
    expect(notify({ ...alarm, notificationType: 'notifyComments' }).rejections).toMatchObject([
      { reason: 'unknown-event', field: 'notificationType' },
    ]);
    expect(notify({}, 'O-RAN-Weather').rejections[0]).toMatchObject({
      reason: 'unknown-event',
      detail: expect.stringContaining('O-RAN-Weather'),
    });
    expect(notify({ notificationType: 'notifyFileReady' }, '3GPP-PerformanceAssurance').rejections[0]?.detail).toMatch(
      /not fetched/,
    );
  });

  it('of 3GPP-Heartbeat is a sign of life', () => {
    expect(notify({ heartbeatNtfPeriod: 60 }, '3GPP-Heartbeat').beats).toMatchObject([{ at: AT_MS, everySeconds: 60 }]);
  });
});

describe('other events', () => {
  it('a heartbeat is a sign of life of its sender', () => {
    const { beats, senders } = send('heartbeat', { heartbeatFields: { heartbeatInterval: 30 } });
    expect(beats).toMatchObject([{ at: AT_MS, everySeconds: 30 }]);
    expect([...senders]).toEqual(['ems-1']);
    expect(send('heartbeat', {}, { reportingEntityName: '' }).senders).toEqual(new Set(['gnb-7']));
  });

  it('a domain that is not read is refused by its name', () => {
    expect(send('syslog').rejections).toMatchObject([
      { reason: 'unknown-event', field: 'domain', detail: expect.stringContaining('syslog') },
    ]);
  });

  it('a batch is read event by event, also where one was to be single; one bad among them hurts no other', () => {
    const one = event('heartbeat').event;
    const batch = JSON.stringify({ eventList: [one, 7, { ...one, commonEventHeader: 3 }, one] });
    const { beats, rejections } = read(batch);
    expect(beats).toHaveLength(2);
    expect(rejections).toMatchObject([
      { index: 1, reason: 'wrong-shape' },
      { index: 2, reason: 'missing-field', field: 'commonEventHeader' },
    ]);
    expect(read(batch.slice(0, -60)).beats).toHaveLength(1);
    expect(read([one, { event: one }].map((each) => JSON.stringify(each)).join('\n')).beats).toHaveLength(2);
  });

  it.each([
    ['seconds', AT / 1e6, 'bad-time', /seconds/],
    ['milliseconds', AT / 1e3, 'bad-time', /milliseconds/],
    ['the year 1970', 1000, 'ancient-time', /before 2000/],
    ['words', 'yesterday', 'bad-time', /yesterday/],
    ['nothing', null, 'missing-field', /lastEpochMicrosec|startEpochMicrosec/],
  ])('a time in %s is named', (_, time, reason, detail) => {
    const { rejections } = send(
      'heartbeat',
      {},
      { startEpochMicrosec: time ?? undefined, lastEpochMicrosec: time ?? undefined },
    );
    expect(rejections).toMatchObject([{ reason, detail: expect.stringMatching(detail) }]);
  });

  it('events of other versions are refused by their version; where none is told it is taken as ours', () => {
    expect(send('heartbeat', {}, { version: 3 }).rejections).toMatchObject([{ field: 'version' }]);
    expect(send('heartbeat', {}, { version: undefined, vesEventListenerVersion: undefined }).beats).toHaveLength(1);
  });

  it('a template that nobody filled is refused by the placeholder', () => {
    expect(send('heartbeat', {}, { sourceName: '@pnfId@' }).rejections).toMatchObject([
      { reason: 'wrong-shape', detail: expect.stringContaining('@pnfId@') },
    ]);
  });
});

describe('whatever comes', () => {
  const domains = ['measurement', 'perf3gpp', 'fault', 'stndDefined', 'heartbeat', 'syslog'];

  it('any text gives items and never an exception', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void read(`{"eventList":[${text}`)));
  });

  it('any values in any place of an event give items or rejections, at least one for each event', () => {
    const values = fc.dictionary(
      fc.constantFrom(
        'data',
        'measInfoList',
        'measDataCollection',
        'additionalMeasurements',
        'alarmId',
        'hashMap',
        'name',
        'p',
        'x',
      ),
      fc.jsonValue({ maxDepth: 4 }),
    );
    const head = fc.dictionary(fc.constantFrom(...Object.keys(header('fault'))), fc.jsonValue({ maxDepth: 1 }), {
      maxKeys: 2,
    });
    const fields = fc.constantFrom(
      'measurementFields',
      'perf3gppFields',
      'faultFields',
      'stndDefinedFields',
      'heartbeatFields',
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...domains),
        head,
        fields,
        fc.oneof(values, fc.jsonValue()),
        (domain, more, name, value) => {
          const { readings, alarms, beats, rejections } = send(domain, { [name]: value }, more);
          expect(readings.length + alarms.length + beats.length + rejections.length).toBeGreaterThan(0);
        },
      ),
    );
  });

  it('an event nested ten thousand deep is refused or read, and does not fall', () => {
    const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
    expect(
      read(`{"event":{"commonEventHeader":${JSON.stringify(header('fault'))},"faultFields":${deep}}}`).rejections,
    ).toHaveLength(1);
  });
});

describe.skipIf(!samples)('the real files', () => {
  /** Readings, alarms, refusals of each. */
  it.each([
    ['measurement7x.json', 1, 0, []],
    ['oran_measurement_template.json', 0, 0, ['wrong-shape']],
    ['perf3gpp_pm_report.json', 4, 0, []],
    ['ves7_batch_valid.json', 0, 2, []],
    ['ves7_valid_30_1_1_event.json', 0, 1, []],
    ['ves_stdnDefined_valid.json', 0, 1, []],
  ] as const)('%s: %i readings, %i alarms', (name, readings, alarms, reasons) => {
    const text = readFileSync(join(samples!, 'ves', name), 'utf8');
    expect(detectFormat(text)).toMatchObject({ kind: 'events' });
    const found = read(text);
    expect(found.readings).toHaveLength(readings);
    expect(found.alarms).toHaveLength(alarms);
    expect(found.rejections.map(({ reason }) => reason)).toEqual(reasons);
  });

  it('the perf3gpp report holds the values of all groups of an object, and says which object is suspect', () => {
    const { readings } = read(readFileSync(join(samples!, 'ves', 'perf3gpp_pm_report.json'), 'utf8'));
    const of = (name: string) => readings.find(({ cell }) => (cell as { name: string }).name === name)!;
    expect(of('Gbg-997').counters).toMatchObject({ attTCHSeizures: 813, succTCHSeizures6: 344 });
    expect(of('Gbg-999').suspect).toBe(true);
    expect(of('1').counters).toMatchObject({ succTCHSeizures2: '86,87,2,6,77,96,75,33,24' });
    expect(readings.map(({ periodSeconds }) => periodSeconds)).toEqual([900, 900, 900, 900]);
  });
});
if (!samples)
  console.warn('Left out: the tests on real VES files. To run them: CELLSTAR_SAMPLES=<folder of sample files>');
