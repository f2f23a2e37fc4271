// Special days at a running server: taken by door, inbox and import, listed, taken back, and still there after kill -9.

import { execFile } from 'node:child_process';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CalendarList, CalendarReceipt, Problem, RejectionList, RemovedDay } from '../../server/api/contract.ts';
import type { CalendarDay } from '../../server/model/calendar.ts';
import { CELL_IDS, CELLS, DAY, periodsOf } from './network.ts';
import { RunningServer } from './running-server.ts';

const ENTRY = fileURLToPath(new URL('../../dist/server/main.js', import.meta.url));

let server: RunningServer;
const put = (body: string, type = 'text/csv', query = '') =>
  server.send<CalendarReceipt>(`/api/calendar${query}`, type, body, 'PUT');
const list = async (query = '') => (await server.ask<CalendarList>(`/api/calendar${query}`)).body;
const days = async (query = ''): Promise<CalendarDay[]> => (await list(query)).days;

beforeAll(async () => {
  server = await RunningServer.start({ CELLSTAR_ZONE: 'Asia/Shanghai' });
});
afterAll(() => server.remove());

describe('special days', { timeout: 120_000 }, () => {
  it('are taken as CSV, JSON and NDJSON, each in the place of what was said of its date and area before', async () => {
    expect(await days()).toEqual([]);
    const csv = await put('date,type,area,name\n2024-02-10,holiday,,Spring Festival\n2024-02-04,workday,,\n');
    expect([csv.status, csv.body]).toEqual([200, { accepted: 2, rejected: 0, rejections: [] }]);
    const json = { days: [{ date: '2024-02-04', type: 'event', area: '老港' }] };
    expect((await put(JSON.stringify(json), 'application/json')).status).toBe(200);
    await put('{"date":"2024-02-10","type":"holiday","name":"春节"}\n', 'application/x-ndjson');
    expect(await days()).toEqual([
      { date: '2024-02-04', type: 'workday' },
      { date: '2024-02-04', type: 'event', area: '老港' },
      { date: '2024-02-10', type: 'holiday', name: '春节' },
    ]);
  });

  it('that are wrong are told by line, and the good ones beside them are taken', async () => {
    const mixed = await put('date,type\n2024-05-01,holiday\n2024-02-31,holiday\n2024-05-02,feast\n');
    expect([mixed.status, mixed.body.accepted, mixed.body.rejected]).toEqual([200, 1, 2]);
    expect(mixed.body.rejections.map(({ line, reason }) => [line, reason])).toEqual([
      [3, 'bad-time'],
      [4, 'wrong-type'],
    ]);
    const { body } = await server.ask<RejectionList>('/api/rejections?source=calendar');
    expect(body.total).toBe(2);
    expect((await put('date,type\nsoon,holiday\n')).status).toBe(400);
    expect((await put('when,what\n2024-05-01,holiday\n')).body.rejections[0]!.detail).toContain(
      'no column for date, type',
    );
    expect((await put('<days/>', 'application/xml')).status).toBe(415);
    expect((await put('{"days":', 'application/json')).status).toBe(400);
    expect((await put('date,type\n2024-05-01,holiday\n', 'text/csv', '?mode=some')).status).toBe(400);
    expect((await put('subscriber,date,type\n1,2024-05-01,holiday\n')).status).toBe(400);
    expect((await put('')).body).toEqual({ accepted: 0, rejected: 0, rejections: [] });
  });

  it('of an area that no cell is in are taken, and the answer says so, for its name may be misspelt', async () => {
    await server.putCells([{ ...CELLS[0]!, area: 'Old Harbour' }]);
    const { body } = await put('date,type,area\n2024-05-03,event,Old Harbour\n2024-05-03,event,nowhere\n');
    expect(body).toMatchObject({ accepted: 2, unknown: ['nowhere'] });
    for (const area of ['Old Harbour', 'nowhere'])
      await server.ask(`/api/calendar/2024-05-03?area=${encodeURIComponent(area)}`, { method: 'DELETE' });
  });

  it('are listed between two dates and page by page', async () => {
    expect((await days('?from=2024-02-05&to=2024-05-01')).map(({ date }) => date)).toEqual([
      '2024-02-10',
      '2024-05-01',
    ]);
    const first = await list('?limit=3');
    expect(first.days).toHaveLength(3);
    const second = await list(`?limit=3&cursor=${first.nextCursor}`);
    expect([...first.days, ...second.days]).toEqual(await days());
    expect(second.nextCursor).toBeUndefined();
    for (const query of [
      '?from=tomorrow',
      '?from=2024-05-01&to=2024-02-05',
      '?to=2024-02-30',
      '?cursor=x',
      '?limit=0',
    ]) {
      const { status, body } = await server.ask<Problem>(`/api/calendar${query}`);
      expect([status, body.title]).toEqual([400, 'The request cannot be read']);
    }
  });

  it('are taken back one by one, of the network or of one area', async () => {
    const remove = (path: string) => server.ask<RemovedDay & Problem>(`/api/calendar/${path}`, { method: 'DELETE' });
    const { body } = await remove(`2024-02-04?area=${encodeURIComponent('老港')}`);
    expect(body.removed).toEqual({ date: '2024-02-04', type: 'event', area: '老港' });
    expect(await days('?to=2024-02-09')).toEqual([{ date: '2024-02-04', type: 'workday' }]);
    expect((await remove('2024-02-04?area=elsewhere')).status).toBe(404);
    expect((await remove('2024-02-30')).status).toBe(400);
    expect((await remove('%E0%A4%A')).status).toBe(400);
  });

  it('that come as a whole calendar take the place of all; a broken or empty one wipes nothing out', async () => {
    const broken = await put('date,type\n2024-06-10,holiday\nsoon,holiday\n', 'text/csv', '?mode=full');
    expect(broken.body.notes).toEqual(['no day is taken back, since some records were refused']);
    const before = await days();
    await put('date,type\n', 'text/csv', '?mode=full');
    expect(await days()).toEqual(before);
    const whole = await put('date,type\n2024-06-10,holiday\n2024-10-01,holiday\n', 'text/csv', '?mode=full');
    expect(whole.body).toMatchObject({ accepted: 2, removed: before.length - 1 });
    expect((await days()).map(({ date }) => date)).toEqual(['2024-06-10', '2024-10-01']);
  });

  it('beyond what a calendar holds are refused as a whole', async () => {
    const rows = Array.from({ length: 20_001 }, (_, i) => `2024-06-11,event,area ${i}`);
    const { status, body } = await put(`date,type,area\n${rows.join('\n')}\n`);
    expect([status, body.accepted, body.rejected]).toEqual([400, 0, 20_001]);
    expect(body.rejections[0]!.detail).toContain('at most 20000');
    expect(await days()).toHaveLength(2);
  });

  it('come as a file in the inbox and by import, told by their heading', async () => {
    const inbox = join(server.folder, 'inbox');
    await mkdir(inbox, { recursive: true });
    await writeFile(join(server.folder, 'matches.part'), 'date,type,area\n2024-07-14,event,Old Harbour\n');
    await rename(join(server.folder, 'matches.part'), join(inbox, 'matches.csv'));
    await expect.poll(async () => (await days('?from=2024-07-14&to=2024-07-14')).length, { timeout: 20_000 }).toBe(1);
    const file = join(server.folder, 'days.csv');
    await writeFile(file, '日期,类型,名称\n2024-09-17,节假日,中秋节\n');
    const env = { ...process.env, CELLSTAR_DATA: server.folder };
    const { stderr, stdout } = await promisify(execFile)(process.execPath, [ENTRY, 'import', file], { env });
    expect(stderr + stdout).toContain('days.csv');
    expect(await days('?from=2024-09-17&to=2024-09-17')).toEqual([
      { date: '2024-09-17', type: 'holiday', name: '中秋节' },
    ]);
  });

  it('survive kill -9 right after they were acknowledged, before and after readings', async () => {
    await server.putCells(CELLS);
    await put('date,type\n2024-01-01,holiday\n');
    await server.post(periodsOf(CELL_IDS, 0, DAY));
    await put('date,type\n2024-01-06,event\n');
    const before = await days();
    expect(before.map(({ date }) => date)).toContain('2024-01-06');
    await server.kill();
    await server.start();
    expect(await days()).toEqual(before);
    await server.ask('/api/calendar/2024-01-06', { method: 'DELETE' });
    await server.kill();
    await server.start();
    expect(await days()).toEqual(before.filter(({ date }) => date !== '2024-01-06'));
    await server.settled();
    expect(await server.kill('SIGTERM')).toBe(0);
    await server.start();
    expect(await days()).toEqual(before.filter(({ date }) => date !== '2024-01-06'));
  });
});
