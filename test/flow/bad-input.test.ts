// Every door with every kind of bad input: an answer below 500 that says what is wrong, the good beside it kept, memory bounded.

import { readFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Receipt } from '../../server/api/contract.ts';
import { measData, measInfo, pmFile } from '../collect/measured.ts';
import { RunningServer } from './running-server.ts';

const AT = '2024-01-01T00:15:00Z';
const MB = 2 ** 20;
/** Of the process after all of this, far below what the bombs would swell to. */
const MOST_MEMORY_MB = 1500;

interface Door {
  path: string;
  method?: string;
  type: string;
  /** A body in which all is well. */
  good: string;
  /** The number in it that is replaced by what is no number. */
  value?: string;
  /** Its rows stand by themselves: a bad one behind a good one must not hurt it. */
  rows?: boolean;
  xml?: boolean;
}

const VES_AT = Date.parse(AT) * 1000;
const event = {
  event: {
    commonEventHeader: {
      ...{ domain: 'perf3gpp', eventId: 'e1', eventName: 'perf3gpp_Maker', version: '4.1', priority: 'Normal' },
      ...{ reportingEntityName: 'bad-ves', sourceName: 'bad-ves', sequence: 0, vesEventListenerVersion: '7.2.1' },
      ...{ startEpochMicrosec: VES_AT - 900e6, lastEpochMicrosec: VES_AT },
    },
    perf3gppFields: {
      perf3gppFieldsVersion: '1.0',
      measDataCollection: {
        ...{ granularityPeriod: 900, measuredEntityDn: 'bad-ves', measuredEntityUserName: '' },
        measInfoList: [
          {
            measInfoId: { sMeasInfoId: 'g' },
            measTypes: { sMeasTypesList: ['RRC.ConnMean'] },
            measValuesList: [{ measObjInstId: 'EUtranCellFDD=1', measResults: [{ p: 1, sValue: '41.5' }] }],
          },
        ],
      },
    },
  },
};
const period = `<granPeriod duration="PT900S" endTime="${AT}"/>`;
const pm = pmFile(measData('bad-pm', measInfo(['RRC.ConnMean'], { 'EUtranCellFDD=1': ['41.5'] }, { period })));
const reading = JSON.stringify({ cell: 'bad-json', at: AT, kpis: { active_users: 41.5 } });

const DOORS: Record<string, Door> = {
  json: { path: '/ingest/readings', type: 'application/json', good: `{"readings":[${reading}]}`, value: '41.5' },
  ndjson: { path: '/ingest/readings', type: 'application/x-ndjson', good: `${reading}\n`, value: '41.5', rows: true },
  csv: {
    ...{ path: '/ingest/csv', type: 'text/csv', value: '41.5', rows: true },
    good: `cell,at,active_users\nbad-csv,${AT},41.5\n`,
  },
  'line protocol of 1.x': {
    ...{ path: '/write?precision=ms', type: 'text/plain', value: '41.5', rows: true },
    good: `cell_kpi,cell=bad-line active_users=41.5 ${Date.parse(AT)}\n`,
  },
  'line protocol of 2.x': {
    ...{ path: '/api/v2/write?precision=s', type: 'text/plain', value: '41.5', rows: true },
    good: `cell_kpi,cell=bad-line active_users=41.5 ${Date.parse(AT) / 1000}\n`,
  },
  pm: { path: '/ingest/pm', type: 'application/xml', good: pm, value: '41.5', xml: true },
  ves: { path: '/eventListener/v7', type: 'application/json', good: JSON.stringify(event), value: '41.5' },
  'ves batch': {
    ...{ path: '/eventListener/v7/eventBatch', type: 'application/json', value: '41.5' },
    good: JSON.stringify({ eventList: [event.event] }),
  },
  samples: {
    ...{ path: '/ingest/samples', type: 'text/csv', value: '-91.5', rows: true },
    good: `at,lat,lon,rsrp_dbm\n${AT},52.1,-8.2,-91.5\n`,
  },
  inventory: {
    ...{ path: '/api/inventory', method: 'PUT', type: 'text/csv', value: '52.1', rows: true },
    good: 'id,siteId,radio,lat,lon\nbad-cell,bad-site,LTE,52.1,-8.2\n',
  },
  subscribers: {
    ...{ path: '/ingest/subscribers', type: 'text/csv', value: '41.5', rows: true },
    good: 'subscriber,tier,price\n41700000001,gold,41.5\n',
  },
  complaints: {
    ...{ path: '/ingest/complaints', type: 'text/csv', rows: true },
    good: `subscriber,at,category\n41700000001,${AT},slow\n`,
  },
};

let server: RunningServer;
beforeAll(async () => {
  server = await RunningServer.start();
});
afterAll(() => server.remove());

type Answer = Partial<Receipt> &
  Partial<Record<'detail' | 'message' | 'error', string>> & { requestError?: { ServiceException: { text: string } } };

async function send(door: Door, body: BodyInit, headers: Record<string, string> = {}) {
  const init = { method: door.method ?? 'POST', body, headers: { 'Content-Type': door.type, ...headers } };
  const answer = await server.ask<Answer>(door.path, init);
  return { ...answer, refusedRows: Number(answer.headers.get('X-Cellstar-Rejected') ?? answer.body.rejected ?? 0) };
}

/** In one of the forms of an error that our doors speak, a sentence. */
const sentenceOf = ({ rejections, detail, message, error, requestError }: Answer) =>
  rejections?.[0]?.detail ?? detail ?? message ?? error ?? requestError?.ServiceException.text;

function expectRefusal({ status, body }: { status: number; body: Answer }): void {
  expect(status, JSON.stringify(body)).toBeGreaterThanOrEqual(400);
  expect(status, JSON.stringify(body)).toBeLessThan(500);
  expect(sentenceOf(body), JSON.stringify(body)).toMatch(/\w+ \w+/);
}

/** Refused whole, or the good part taken and the bad part told: as refused, or as not measured. */
function expectTold(answer: Awaited<ReturnType<typeof send>>): void {
  if (answer.status >= 300) expectRefusal(answer);
  else expect(answer.refusedRows + (answer.body.notes?.length ?? 0), JSON.stringify(answer.body)).toBeGreaterThan(0);
}

const bomb = gzipSync(Buffer.alloc(64 * MB, ' '));
const XML_BOMB = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "${'a'.repeat(1000)}">${Array.from({ length: 20 }, (_, i) => `<!ENTITY b${i} "${i ? `&b${i - 1};`.repeat(10) : '&a;'}">`).join('')}]><measCollecFile>&b19;</measCollecFile>`;

describe.each(Object.entries(DOORS))('the door for %s', (_, door) => {
  const { good, value, rows, xml } = door;

  it('takes what is well', async () => {
    const answer = await send(door, good);
    expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
    expect(answer.refusedRows).toBe(0);
  });

  it('tells of a body that is cut off', async () => {
    const cut = rows ? good.trimEnd().slice(0, -8) : good.slice(0, Math.floor(good.length * 0.7));
    // What is left of a row may be a whole row to anyone.
    const answer = await send(door, cut);
    expect(answer.status).toBeLessThan(500);
    if (!rows) expectTold(answer);
  });

  it.runIf(value)('tells of a value that is no number', async () => {
    for (const wrong of ['NaN', '"abc"', 'Infinity', '1e999', '٣']) {
      const answer = await send(door, good.replace(value!, wrong));
      expect(answer.status, wrong).toBeLessThan(500);
      // In a table NaN is how many programs write "not measured".
      if (!(wrong === 'NaN' && rows)) expectTold(answer);
    }
  });

  it.runIf(good.includes(AT) && door.path !== '/api/inventory')('tells of years that cannot be', async () => {
    for (const year of ['1899', '1970', '2999']) {
      const answer = await send(door, good.replaceAll('2024-01-01', `${year}-01-01`));
      expectTold(answer);
    }
  });

  it('tells of another type, or takes it for what it is', async () => {
    const answer = await send(door, good, { 'Content-Type': 'image/png' });
    if (door.path.includes('write')) expect(answer.status).toBe(204);
    else expect([answer.status, typeof sentenceOf(answer.body)]).toEqual([415, 'string']);
  });

  it('tells of bytes that are no text, and of binary waste', async () => {
    expectTold(
      await send(
        door,
        Buffer.concat([Buffer.from(good.slice(0, 20)), Buffer.from([0xff, 0xfe, 0xc0]), Buffer.from(good.slice(20))]),
      ),
    );
    expectTold(await send(door, Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 151 + (i >> 3)) % 256))));
  });

  it('tells of a line that has a megabyte and more', async () => {
    const long = rows ? `${good}${'x'.repeat(1.5 * MB)}\n` : good.replace(value!, `"${'x'.repeat(1.5 * MB)}"`);
    const answer = await send(door, long);
    expectTold(answer);
    expect(JSON.stringify(answer.body).length).toBeLessThan(20_000);
  });

  it('tells of brackets a hundred thousand deep', async () => {
    const deep = xml ? `<measCollecFile>${'<a>'.repeat(100_000)}` : '['.repeat(100_000);
    expectTold(await send(door, deep));
    if (door.type === 'application/json') expectTold(await send(door, `{"readings":${'{"a":'.repeat(100_000)}`));
  });

  it('refuses 50 MB, plain or swelling from a little gzip, with 413', async () => {
    const large = await send(door, Buffer.alloc(50 * MB, 'a')).catch(() => undefined);
    // Whoever goes on sending after the answer may find the connection closed.
    if (large) expect(large.status).toBe(413);
    const swelling = await send(door, bomb, { 'Content-Encoding': 'gzip' });
    expect([swelling.status, typeof sentenceOf(swelling.body)]).toEqual([413, 'string']);
    const broken = await send(door, Buffer.from('no gzip'), { 'Content-Encoding': 'gzip' });
    expectRefusal(broken);
  });

  it.runIf(xml)('neither expands nor fetches what a document type declares', async () => {
    expectRefusal(await send(door, XML_BOMB));
    const outside = good
      .replace('?>', '?><!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/passwd">]>')
      .replace('41.5', '&x;');
    const answer = await send(door, outside);
    expectTold(answer);
    expect(JSON.stringify(answer.body)).not.toContain('root:');
  });

  it.runIf(rows)('keeps the good rows beside the bad ones', async () => {
    const [last] = good.trimEnd().split('\n').slice(-1);
    const bad =
      door.type === 'text/csv'
        ? last!
            .split(',')
            .map(() => '?')
            .join(',')
        : '?';
    const answer = await send(door, `${good}${bad}\n`);
    expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
    expect(answer.refusedRows).toBe(1);
  });

  it('is not held up by a sender that stops in the middle', async () => {
    const { hostname, port } = new URL(server.url);
    const slow = createConnection(Number(port), hostname);
    slow.write(
      `${door.method ?? 'POST'} ${door.path} HTTP/1.1\r\nHost: ${hostname}\r\nContent-Type: ${door.type}\r\nContent-Length: 1000\r\n\r\n${good.slice(0, 30)}`,
    );
    expect((await send(door, good)).status).toBeLessThan(300);
    slow.destroy();
  });
});

describe('after all of that', () => {
  it('the server is well, has not swollen, and nothing of people stands among what was refused', async () => {
    const status = await readFile(`/proc/${server.pid}/status`, 'utf8').catch(() => 'VmHWM: 0 kB');
    expect(Number(/VmHWM:\s+(\d+)/.exec(status)![1]) / 1024).toBeLessThan(MOST_MEMORY_MB);
    expect((await server.health()).status).toBe('ok');
    const { body } = await server.ask<{ rejections: object[] }>('/api/rejections?limit=1000');
    expect(body.rejections.length).toBeGreaterThan(50);
    expect(JSON.stringify(body)).not.toContain('41700000001');
  });
});
