// Radio samples through the doors of a real server: every kind of body, every kind of bad one, files and restarts.

import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CellList, Receipt, RejectionList, SourceList } from '../../server/api/contract.ts';
import { openFileJournal } from '../../server/journal/journals/file.ts';
import type { SampleBatch } from '../../server/model/sample.ts';
import { RunningServer } from './running-server.ts';

const ENTRY = fileURLToPath(new URL('../../dist/server/main.js', import.meta.url));
const DOOR = '/ingest/samples';
const at = (i: number) => new Date(Date.UTC(2026, 2, 17, 10) + 1000 * i).toISOString();
const sample = (i: number) => ({ at: at(i), lat: 51.9 + i / 1e4, lon: -8.47, cell: `rival-${i}`, rsrpDbm: -80 - i });
const lines = (...list: unknown[]) => list.map((one) => JSON.stringify(one)).join('\n');

let server: RunningServer;
beforeAll(async () => {
  server = await RunningServer.start();
});
afterAll(() => server.remove());

const post = (type: string, body: BodyInit, source = 'van') => server.send(`${DOOR}?source=${source}`, type, body);

async function sourceOf(id: string) {
  const { sources } = (await server.ask<SourceList>('/api/sources')).body;
  return sources.find((one) => one.id === id);
}

describe('samples at the door', () => {
  it.each([
    ['application/json', JSON.stringify({ samples: [sample(0), sample(1)] })],
    ['application/json', lines(sample(2), sample(3))],
    ['application/x-ndjson', lines(sample(4), sample(5))],
    ['text/csv', `at,lat,lon,rsrp_dbm\n${at(6)},51.9,-8.47,-97\n${at(7)},51.9,-8.47,-98\n`],
    ['text/plain', `longitude;latitude;timestamp;level\n-8,47;51,9;${at(8)};-97,5\n-8,47;51,9;${at(9)};-98\n`],
    ['text/tab-separated-values', `at\tlat\tlon\trsrp\n${at(10)}\t51.9\t-8.47\t-97\n${at(11)}\t51.9\t-8.47\t--\n`],
    [
      'text/csv; charset=utf-8',
      'Timestamp,Longitude,Latitude,CellID,NetworkMode,RSRP\n2026.03.17_10.00.20,-8.47,51.9,5,LTE,-90\n2026.03.17_10.00.21,-8.47,51.9,5,LTE,-91',
    ],
  ])('come as %s %#', async (type, body) => {
    expect(await post(type, body)).toMatchObject({ status: 202, body: { accepted: 2, rejected: 0, rejections: [] } });
  });

  it('come in gzip', async () => {
    const answer = await server.ask<Receipt>(DOOR, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-ndjson', 'Content-Encoding': 'gzip' },
      body: new Uint8Array(gzipSync(lines(sample(30), sample(31)))),
    });
    expect(answer).toMatchObject({ status: 202, body: { accepted: 2 } });
  });

  it('may be none at all', async () => {
    expect(await post('application/json', '{"samples":[]}')).toMatchObject({ status: 202, body: { accepted: 0 } });
  });

  it('are counted with their source, and make no cells of the network out of cells that they name', async () => {
    await server.settled();
    expect(await sourceOf('samples/van')).toMatchObject({
      samples: 14,
      readings: 0,
      newestAt: at(21).replace('Z', 'Z'),
    });
    expect((await server.ask<CellList>('/api/cells')).body.cells).toEqual([]);
    expect((await server.health()).readings).toBe(0);
  });

  it('that come again count once, and the answer says so', async () => {
    const before = await sourceOf('samples/twice');
    expect(before).toBeUndefined();
    const body = lines(sample(40), sample(41));
    const first = await post('application/x-ndjson', body, 'twice');
    const again = await post('application/x-ndjson', body, 'twice');
    expect([first.body.accepted, again.body.accepted]).toEqual([2, 2]);
    expect(first.body.notes ?? []).not.toContain('this delivery came before; it counts once');
    expect(again.body.notes).toContain('this delivery came before; it counts once');
    expect((await sourceOf('samples/twice'))?.samples).toBe(2);
  });
});

describe('bad samples at the door', () => {
  const good = sample(50);
  it.each<[string, string, BodyInit, number, object]>([
    [
      'a list that breaks off',
      'application/json',
      `{"samples":[${JSON.stringify(good)},{"at":`,
      202,
      { reason: 'not-json' },
    ],
    ['a line that is no JSON', 'application/x-ndjson', `${lines(good)}\nhello`, 202, { reason: 'not-json', line: 2 }],
    [
      'a level that is a word',
      'application/x-ndjson',
      lines(good, { ...good, rsrpDbm: 'x' }),
      202,
      { field: 'rsrpDbm' },
    ],
    [
      'a time to come',
      'application/x-ndjson',
      lines(good, { ...good, at: '2099-01-01T00:00Z' }),
      202,
      { reason: 'future-time' },
    ],
    ['a time long gone', 'application/x-ndjson', lines(good, { ...good, at: 1e9 }), 202, { reason: 'ancient-time' }],
    ['no place', 'application/x-ndjson', lines(good, { ...good, lat: 0, lon: 0 }), 202, { field: 'lat', index: 1 }],
    [
      'NaN for a place',
      'text/csv',
      `at,lat,lon,rsrp\n${at(51)},NaN,1,-90\n${at(52)},51,1,-90`,
      202,
      { field: 'lat', line: 2 },
    ],
    ['a line of a megabyte', 'application/x-ndjson', `${lines(good)}\n${'x'.repeat(1 << 20)}`, 202, { line: 2 }],
    ['nothing that is right', 'application/json', '{"samples":[{},17]}', 400, { reason: 'missing-field', field: 'at' }],
    ['no list', 'application/json', '{"samples":7}', 400, { reason: 'wrong-shape' }],
    ['no JSON', 'application/json', 'hello', 400, { reason: 'not-json' }],
    ['no heading', 'text/csv', '1,2,3\n4,5,6', 400, { reason: 'wrong-shape', line: 1 }],
    ['broken UTF-8', 'text/csv', new Uint8Array([97, 116, 10, 0xff, 0xfe, 0xfd]), 400, { reason: 'not-utf8', line: 2 }],
    [
      'events of a drive',
      'text/plain',
      'Timestamp\tLongitude\tLatitude\tCellID\tNetworkTech\tEventType\n2026.03.17_10.00.00\t1\t2\t3\t4G\tCALL',
      400,
      { detail: expect.stringContaining('events') },
    ],
  ])('%s: said with its place, and what is good beside it is kept', async (_, type, body, status, rejection) => {
    const answer = await post(type, body, 'bad');
    expect(answer.status).toBe(status);
    expect(answer.body.rejections[0]).toMatchObject(rejection);
    expect(answer.body.accepted).toBe(status === 202 ? 1 : 0);
    expect(answer.body.rejections[0]!.detail.length).toBeGreaterThan(15);
  });

  it('of another type, too large, or a gzip bomb are refused at the door', async () => {
    expect((await post('image/png', 'x')).status).toBe(415);
    const bomb = gzipSync(Buffer.alloc(80 << 20, 0x20));
    const headers = { 'Content-Type': 'text/csv', 'Content-Encoding': 'gzip' };
    expect((await server.ask(DOOR, { method: 'POST', headers, body: new Uint8Array(bomb) })).status).toBe(413);
    expect((await server.ask(DOOR)).status).toBe(405);
  });

  it('are kept and shown with their source', async () => {
    const { rejections } = (await server.ask<RejectionList>('/api/rejections?limit=50')).body;
    expect(rejections.filter(({ source }) => source === 'samples/bad').length).toBeGreaterThan(10);
    expect((await sourceOf('samples/bad'))?.rejected).toBeGreaterThan(10);
  });
});

describe('files of samples', () => {
  const csv = `at,lat,lon,cell,rsrp_dbm,radio\n${at(0)},51.9,-8.47,old-pier,-97,LTE\n${at(1)},51.9,-8.47,rival-1,-200,LTE\n`;

  it('go in by import and by the inbox, and stand in the journal as batches', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'cellstar-samples-'));
    await writeFile(
      join(folder, 'cells.json'),
      JSON.stringify({ cells: [{ id: 'pier', siteId: 's', radio: 'LTE', aliases: ['old-pier'] }] }),
    );
    await writeFile(join(folder, 'a-drive.csv'), csv);
    const other = await RunningServer.start({ CELLSTAR_INBOX: join(folder, 'inbox') });
    const env = { ...process.env, CELLSTAR_DATA: other.folder };
    const files = ['a-drive.csv', 'cells.json'].map((name) => join(folder, name));
    const run = spawnSync(process.execPath, [ENTRY, 'import', ...files], { env, encoding: 'utf8', timeout: 60_000 });
    expect([run.status, run.stderr]).toEqual([0, expect.stringContaining('a-drive.csv: 2 accepted, 0 refused')]);
    expect(run.stderr).toContain('1 of 2 samples have no level (−200 1×)');
    await mkdir(join(folder, 'inbox'), { recursive: true });
    await writeFile(join(folder, 'inbox', 'b-drive.csv'), csv.replaceAll('51.9', '52.1'));
    await expect.poll(() => readdir(join(folder, 'inbox')), { timeout: 20_000 }).toEqual(['done']);
    await other.kill('SIGKILL');
    const batches = await samplesIn(join(other.folder, 'journal'));
    expect(batches.map(({ cells, rows }) => [cells, rows])).toEqual([
      [['pier', 'rival-1'], 2],
      [['pier', 'rival-1'], 2],
    ]);
    expect(batches.map(({ values }) => [...values[0]!])).toEqual([
      [-97, Number.NaN],
      [-97, Number.NaN],
    ]);
    expect(batches[0]!.digest).toMatch(/^[\da-f]{64}#0$/);
    await other.remove();
    await rm(folder, { recursive: true, force: true });
  });
});

async function samplesIn(folder: string): Promise<SampleBatch[]> {
  const journal = await openFileJournal({ folder, maxBytes: 1 << 30, atLeast: 0, log: () => undefined });
  const batches: SampleBatch[] = [];
  for await (const record of journal.read(0)) if (record.kind === 'samples') batches.push(record.batch);
  await journal.close();
  return batches;
}

const real = process.env.CELLSTAR_SAMPLES;

describe.skipIf(!real)('a real drive test', () => {
  it('goes in as it is, with a note of what was not measured', async () => {
    const log = await readFile(join(real!, 'coverage/gnettrack-senegal/raw_logs/Orange_log.txt'));
    const answer = await post('text/plain', new Uint8Array(log), 'dakar');
    expect(answer).toMatchObject({ status: 202, body: { accepted: 2625, rejected: 0 } });
    expect(answer.body.notes?.join()).toContain('−164 121×');
  });
});
