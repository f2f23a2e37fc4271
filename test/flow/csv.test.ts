// Readings as tables go in by the door, the inbox and the import command; ten kinds of bad input are answered with what and where.

import { spawnSync } from 'node:child_process';
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CellDetail, Receipt, RejectionList, SourceList } from '../../server/api/contract.ts';
import { zipOf } from '../collect/packed.ts';
import { RunningServer } from './running-server.ts';

const ENTRY = fileURLToPath(new URL('../../dist/server/main.js', import.meta.url));

let server: RunningServer;
beforeAll(async () => {
  server = await RunningServer.start({ CELLSTAR_ZONE: 'Asia/Shanghai' });
});
afterAll(() => server.remove());

type Answer = Receipt & { detail: string };
const post = (body: BodyInit, { type = 'text/csv', query = '' } = {}) =>
  server.ask<Answer>(`/ingest/csv${query}`, { method: 'POST', body, headers: { 'Content-Type': type } });
const cell = async (id: string) => (await server.ask<CellDetail>(`/api/cells/${id}`)).body;

describe('the door for readings as CSV', () => {
  it('takes a table as it was exported, and the cell shows it', async () => {
    const table = 'Report;;\n小区;结束时间;流量 (MB)\nold-harbour;17.03.2024 21:45;1.234,5\n';
    const { status, body } = await post(table, { query: '?source=oss-1' });
    expect([status, body.accepted, body.rejected]).toEqual([202, 1, 0]);
    expect(await cell('old-harbour')).toMatchObject({
      at: '2024-03-17T13:45:00.000Z',
      kpis: { traffic_gb: 1.2345 },
      source: 'csv/oss-1',
    });
    const { sources } = (await server.ask<SourceList>('/api/sources')).body;
    expect(sources.map(({ id }) => id)).toContain('csv/oss-1');
  });

  it('refuses bad rows with line, field and text, keeps the others, and shows what it refused', async () => {
    const { status, body } = await post(
      'cell,at,drop_rate_pct\na,2024-03-17T21:45:00Z,1\nb,2024-03-17T21:45:00Z,much\n',
    );
    expect(status).toBe(202);
    expect(body).toMatchObject({
      accepted: 1,
      rejected: 1,
      rejections: [{ reason: 'not-a-number', line: 3, field: 'drop_rate_pct' }],
    });
    const { rejections } = (await server.ask<RejectionList>('/api/rejections?limit=100')).body;
    expect(rejections).toContainEqual(expect.objectContaining({ line: 3, excerpt: 'b,2024-03-17T21:45:00Z,much' }));
  });

  it('takes what Chinese spreadsheets write, declared or by its headings, and says how it was read', async () => {
    // 小区,时间,掉话率（%） and a row of 码头-7 in GB18030.
    const table = Buffer.from(
      'd0a1c7f82ccab1bce42cb5f4bbb0c2caa3a825a3a90ac2ebcdb72d372c323032342d30332d31372032313a34352c302e340a',
      'hex',
    );
    const declared = await post(table, { type: 'text/csv; charset=GB18030' });
    expect(declared.body).toMatchObject({ accepted: 1, rejected: 0 });
    expect(JSON.stringify(declared.body.notes)).not.toContain('GB18030');
    expect(await cell('码头-7')).toMatchObject({ kpis: { drop_rate_pct: 0.4 }, source: 'csv/unnamed' });
    expect((await post(table)).body.notes).toContainEqual(expect.stringContaining('read as GB18030; declare charset='));
    const latin = await post(Buffer.from('cell,at,drop_rate_pct\nD\xe9bit,2024-03-17T21:45:00Z,1\n', 'latin1'));
    expect([latin.status, latin.body.rejections[0]?.reason]).toEqual([400, 'not-utf8']);
    expect(latin.body.rejections[0]?.detail).toContain('charset=');
  });

  it('takes a spreadsheet sheet by sheet', async () => {
    const cells = (row: number, ...texts: string[]) =>
      `<row r="${row}">${texts.map((text, i) => `<c r="${'ABC'[i]}${row}" t="inlineStr"><is><t>${text}</t></is></c>`).join('')}</row>`;
    const sheet = `<worksheet><sheetData>${cells(1, 'cell', 'at', 'drop_rate_pct')}${cells(2, 'pier-7', '2024-03-17T21:45:00Z', '0.7')}</sheetData></worksheet>`;
    const book = zipOf({
      '[Content_Types].xml': '<Types/>',
      'xl/workbook.xml': '<workbook><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
      'xl/_rels/workbook.xml.rels':
        '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
      'xl/worksheets/sheet1.xml': sheet,
    });
    const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
    const { status, body } = await post(Buffer.from(book), { type, query: '?source=office' });
    expect([status, body]).toMatchObject([202, { accepted: 1, rejected: 0 }]);
    expect(await cell('pier-7')).toMatchObject({ kpis: { drop_rate_pct: 0.7 }, source: 'csv/office' });
  });

  const LINE = 'a,2024-03-17T21:45:00Z,1';
  const table = (...rows: string[]) => `cell,at,drop_rate_pct\n${rows.join('\n')}\n`;
  it.each<[string, BodyInit, number, string]>([
    ['nothing but a heading', 'drop_rate_pct\n', 400, 'missing-field'],
    ['a text that is cut off', `${table()}a,2024-03-`, 400, 'wrong-shape'],
    ['a line of megabytes', table('x'.repeat(3 << 20)), 400, 'too-long'],
    ['a hundred thousand columns', `cell,at,${'x,'.repeat(100_000)}\n${LINE}\n`, 400, 'too-long'],
    [
      'bytes that are no UTF-8',
      Buffer.concat([Buffer.from(table(LINE)), Buffer.from([0xff, 0xfe, 0x80])]),
      400,
      'not-utf8',
    ],
    ['a wrong year', table('a,2999-03-17T21:45:00Z,1'), 400, 'future-time'],
    ['a value that is no number', table('a,2024-03-17T21:45:00Z,Infinity'), 400, 'not-a-number'],
    ['a value beyond belief', table('a,2024-03-17T21:45:00Z,1e300'), 400, 'out-of-range'],
    ['an open quote', table('"a,2024-03-17T21:45:00Z,1'), 400, 'wrong-shape'],
    ['JSON', '{"readings":[]}', 400, 'missing-field'],
    ['people', 'subscriber,at,category,cell\n353871234567,2024-03-17,slow,a\n', 400, 'wrong-shape'],
  ])('answers %s with what and where', async (_, body, status, reason) => {
    const answer = await post(body);
    expect(answer.status).toBe(status);
    expect(answer.body.rejections).toMatchObject([{ reason, detail: expect.any(String) }]);
    expect(JSON.stringify(answer.body).length).toBeLessThan(3000);
  });

  it('answers what is too large, once inflated too, with 413, and another type with 415', async () => {
    expect((await post('x'.repeat(50 << 20))).status).toBe(413);
    const bomb = await server.ask<Answer>('/ingest/csv', {
      method: 'POST',
      body: gzipSync(Buffer.alloc(200 << 20, 'a')),
      headers: { 'Content-Type': 'text/csv', 'Content-Encoding': 'gzip' },
    });
    expect(bomb.status).toBe(413);
    expect((await post('{}', { type: 'application/json' })).status).toBe(415);
  });
});

describe('tables as files', () => {
  const import_ = (...args: string[]) =>
    spawnSync(process.execPath, [ENTRY, 'import', ...args], {
      env: { PATH: process.env.PATH, CELLSTAR_DATA: server.folder, CELLSTAR_ZONE: 'Asia/Shanghai' },
      encoding: 'utf8',
      timeout: 60_000,
    });
  const sheet = (rows: string) => `<worksheet><sheetData>${rows}</sheetData></worksheet>`;
  const text = (value: string) => `<c t="inlineStr"><is><t>${value}</t></is></c>`;
  const number = (value: number) => `<c><v>${value}</v></c>`;
  const book = zipOf({
    '[Content_Types].xml': '<Types/>',
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="a" Target="worksheets/sheet1.xml"/></Relationships>',
    'xl/workbook.xml': '<workbook xmlns:r="r"><sheets><sheet name="March" r:id="a"/></sheets></workbook>',
    'xl/worksheets/sheet1.xml': sheet(
      `<row>${text('Zelle')}${text('Beginn')}${text('Abbrüche')}</row>` +
        `<row>${text('book-1')}${number(45_368.5)}${number(0.004)}</row><row>${text('book-2')}${number(45_368.5)}${text('viel')}</row>`,
    ),
  });

  it('go in by a mapping file, spreadsheets too; refusals name sheet and row', async () => {
    const mapping = {
      kind: 'readings',
      columns: { cell: 'Zelle', at: 'Beginn', drop_rate_pct: 'Abbrüche' },
      units: { drop_rate_pct: 'fraction' },
      constants: { periodSeconds: 3600 },
      timeOf: 'start',
    };
    await writeFile(join(server.folder, 'map.json'), JSON.stringify(mapping));
    await writeFile(join(server.folder, 'march.xlsx'), book);
    const run = import_('--map', join(server.folder, 'map.json'), join(server.folder, 'march.xlsx'));
    expect(run.stderr).toContain('march.xlsx: 1 accepted, 1 refused');
    expect(run.stderr).toContain('line 3: not-a-number: "Abbrüche" is "viel"');
    expect(run.status).toBe(1);
    expect(await cell('book-1')).toMatchObject({
      ...{ at: '2024-03-17T05:00:00.000Z', kpis: { drop_rate_pct: 0.4 } },
      source: 'readings/import',
    });
  });

  it('go in by their content alone from the inbox', async () => {
    const inbox = join(server.folder, 'inbox');
    await mkdir(inbox, { recursive: true });
    await writeFile(join(server.folder, 'table.csv'), 'eci,timestamp,latency_us\nbook-3,2024-03-17 21:45,1500\n');
    await copyFile(join(server.folder, 'table.csv'), join(inbox, 'table.csv'));
    await expect.poll(() => readdir(join(inbox, 'done')).catch(() => []), { timeout: 20_000 }).toEqual(['table.csv']);
    expect(await readFile(join(inbox, 'done', 'table.csv'), 'utf8')).toContain('book-3');
    expect(await cell('book-3')).toMatchObject({ kpis: { latency_ms: 1.5 }, source: 'csv/inbox' });
  });
});
