// Measurement reports through the whole house: on the map, in the table of their cell, once however often they come, and nobody named.

import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CellTimingAdvance, CoverageSliceList, Problem, RejectionList } from '../../server/api/contract.ts';
import type { Receipt } from '../../server/model/rejection.ts';
import { type Phone, reportFile, statisticsFile } from '../collect/report-files.ts';
import { CELLS } from './network.ts';
import { RunningServer } from './running-server.ts';

const COLUMNS = ['MR.LteScRSRP', 'MR.LteNcRSRP', 'MR.LteScRSRQ', 'MR.LteScTadv'];
const SUBSCRIBER = '4199517741';
const NODE = 123456;

let server: RunningServer;
beforeAll(async () => {
  server = await RunningServer.start({ CELLSTAR_ZONE: 'Asia/Shanghai' });
  await server.putCells(CELLS.map((cell, i) => ({ ...cell, cgi: `460-00-${NODE * 256 + i + 1}` })));
});
afterAll(() => server.remove());

const post = (body: string | Uint8Array, type = 'application/xml') =>
  server.send<Receipt & Problem>('/ingest/mr?source=omc-1', type, body as BodyInit);
const timing = async (id: string, query = '') =>
  (await server.ask<CellTimingAdvance & Problem>(`/api/cells/${id}/timing-advance${query}`)).body;
const slices = async () => (await server.ask<CoverageSliceList>('/api/coverage/slices')).body.slices;

/** Two rows a report: two neighbours. */
const phones = (count: number, id: string, day = 17): Phone[] =>
  Array.from({ length: count }, (_, i) => {
    const row = { 'MR.LteScRSRP': i % 4 === 0 ? 27 : 50, 'MR.LteScRSRQ': 20, 'MR.LteScTadv': 2 + (i % 3) };
    const at = `2026-03-${day}T12:00:${String(10 + (i % 50))}.440`;
    return { id, at, phone: `${SUBSCRIBER}${i}`, rows: [40, 30].map((heard) => ({ ...row, 'MR.LteNcRSRP': heard })) };
  });

describe('measurement reports', () => {
  it('lie on the map around their cell and in its table, weak and near told as indoors', async () => {
    const answer = await post(gzipSync(reportFile(COLUMNS, phones(400, '1'))), 'application/gzip');
    expect(answer).toMatchObject({ status: 202, body: { accepted: 400, rejected: 0 } });
    expect(await slices()).toMatchObject([{ radio: 'LTE', kind: 'mr', samples: 400, unmeasured: 0 }]);
    const told = await timing('harbour-7-A', '?lang=en');
    expect(told).toMatchObject({
      form: 'reports',
      samples: 400,
      weakDbm: -110,
      nearM: 500,
      verdict: { kind: 'indoor' },
    });
    expect(told).toMatchObject({
      weakNear: { samples: 100, share: 0.25 },
      weakFar: { samples: 0 },
      strongFar: { samples: 0 },
    });
    expect(told.verdict.why).toBe(
      'Weak and near: 25 % of 400 measurements are at or below −110 dBm within 500 m. That is people indoors, not distance.',
    );
    expect(told.rows.reduce((sum, { samples }) => sum + samples, 0)).toBe(400);
    expect(told.rows[0]).toEqual({ form: 'reports', fromM: 156, toM: 234, lowDbm: -115, highDbm: -110, samples: 34 });
    // A local day in Shanghai ends at 16:00 UTC.
    expect(told.to).toBe('2026-03-17T16:00:00.000Z');
    expect((await timing('harbour-7-A', '?lang=zh')).verdict.why).toMatch(/^近而弱：400 次测量中有 25 % /);
  });

  it('count once when the same file comes again, also after a restart by force', async () => {
    const again = await post(reportFile(COLUMNS, phones(400, '1')));
    expect(again).toMatchObject({
      status: 202,
      body: { notes: expect.arrayContaining(['this delivery came before; it counts once']) },
    });
    await server.kill();
    await server.start();
    await post(reportFile(COLUMNS, phones(400, '1')));
    expect((await timing('harbour-7-A')).samples).toBe(400);
    expect((await slices())[0]!.samples).toBe(400);
  });

  it('of other days are asked for by days, and statistics of the network stand beside them unpooled', async () => {
    await post(reportFile(COLUMNS, phones(80, '1', 16)));
    const joint = ['MR.Tadv00Rsrp00', 'MR.Tadv00Rsrp05'];
    await post(statisticsFile('MR.TadvRsrp', joint, { '1': [90, 10] }));
    expect(await timing('harbour-7-A')).toMatchObject({ form: 'reports', samples: 480 });
    const day = await timing('harbour-7-A', '?from=2026-03-15T16:00:00Z&to=2026-03-16T15:00:00Z');
    expect(day).toMatchObject({ form: 'reports', samples: 80 });
    expect((await timing('harbour-7-A')).rows.filter(({ form }) => form === 'statistics')).toHaveLength(2);
    expect((await timing('harbour-7-A', '?from=yesterday-ish')).detail).toMatch(/from is "yesterday-ish"/);
  });

  it('of cells that nobody knows are kept by the name that the file gives, with a word on what to do', async () => {
    const { body } = await post(reportFile(COLUMNS, phones(30, '200')));
    expect(body).toMatchObject({ accepted: 30, rejected: 0 });
    expect(body.notes!.join()).toMatch(/123456-200 \(cell identity 31604936\)\. Give each cell its cgi/);
    expect(await timing('123456-200')).toMatchObject({ samples: 30 });
    expect((await timing('nobody')).status).toBe(404);
    await server.putCells([{ ...CELLS[0], id: 'harbour-7-Z', cgi: undefined, aliases: ['123456-200'] }]);
    expect(await timing('harbour-7-Z')).toMatchObject({ cell: 'harbour-7-Z', samples: 30 });
  });

  it('come through the inbox too, and no copy of the file stays', async () => {
    const inbox = join(server.folder, 'inbox');
    await writeFile(join(inbox, 'FDD-LTE_MRO_OMC1_123456.xml'), reportFile(COLUMNS, phones(25, '2')));
    await expect.poll(async () => (await timing('harbour-7-B')).samples, { timeout: 15_000 }).toBe(25);
    await expect
      .poll(async () => (await readdir(inbox, { recursive: true })).join(), { timeout: 15_000 })
      .not.toMatch(/MRO/);
  });

  it('that are broken are answered with what and where, the good ones beside them kept', async () => {
    const text = reportFile(COLUMNS, phones(30, '3'));
    const bodies: [string | Uint8Array, number, string][] = [
      ['', 400, 'not-xml'],
      ['<measCollecFile/>', 400, 'wrong-shape'],
      ['{"samples":[]}', 400, 'not-xml'],
      [text.slice(0, text.length / 2), 202, 'not-xml'],
      [text.replace('<bulk', '<!DOCTYPE a [<!ENTITY b "c">]><bulk'), 400, 'wrong-shape'],
      [new Uint8Array([60, 0xff, 0xfe, 0x80]), 400, 'not-utf8'],
      [text.replaceAll('>50 ', '>loud '), 202, 'not-a-number'],
      [text.replaceAll('2026-03-17', '1970-01-01'), 400, 'ancient-time'],
      [text.replaceAll('2026-03-17', '2096-03-17'), 400, 'future-time'],
      [text.replaceAll('</v>', '1 2 3</v>'), 400, 'wrong-shape'],
      ['<bulkPmMrDataFile>'.repeat(100), 400, 'wrong-shape'],
    ];
    for (const [body, status, reason] of bodies) {
      const answer = await post(body);
      expect([answer.status, answer.body.rejections?.[0]?.reason ?? '']).toEqual([status, reason]);
      expect(JSON.stringify(answer.body)).not.toContain(SUBSCRIBER);
    }
    expect((await post('x', 'application/json')).status).toBe(415);
  });

  it('name no subscriber anywhere: not in what is refused, not in the log, not in a file of the data folder', async () => {
    const refused = await server.ask<RejectionList>('/api/rejections');
    expect(JSON.stringify(refused.body)).not.toContain(SUBSCRIBER);
    expect(server.log).not.toContain(SUBSCRIBER);
    for (const entry of await readdir(server.folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const bytes = await readFile(join(entry.parentPath, entry.name));
      expect(bytes.includes(SUBSCRIBER), entry.name).toBe(false);
    }
  });
});
