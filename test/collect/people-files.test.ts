// Files of people: known by their fields, told apart from all others, and never kept by the inbox.

import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { FormatContext } from '../../server/collect/format.ts';
import { peopleCsv } from '../../server/collect/formats/people-csv.ts';
import { detectFormat } from '../../server/collect/formats.ts';
import { isAboutPeople } from '../../server/collect/private-file.ts';
import { Inbox } from '../../server/collect/sources/inbox.ts';
import type { Receipt } from '../../server/model/rejection.ts';

describe('a file of people', () => {
  it.each([
    ['subscribers', 'people-csv', 'subscriber,tier,plan\n1,gold,Flex'],
    ['subscribers', 'people-csv', '\uFEFFMSISDN;Tier\r\n1;gold'],
    ['exposure', 'people-csv', 'subscriber,cell,share\n1,A,0.5'],
    ['exposure', 'people-csv', 'cell\tsubscriber\nA\t1'],
    ['complaints', 'people-csv', 'subscriber,at,category,text,cell,lat,lon\n'],
    ['surveys', 'people-csv', 'subscriber,at,score,scale'],
    ['subscribers', 'people-json', '{"subscribers":[]}'],
    ['exposure', 'people-json', '{"exposures":[{"subscriber":1,"cell":"A"}]}'],
    ['complaints', 'people-json', '{"complaints": ['],
    ['surveys', 'people-json', '[{"subscriber":"a","at":1,"score":9}]'],
    ['subscribers', 'people-json', '{\n  "subscriber": 1,\n  "tier": "gold"\n}'],
    ['exposure', 'people-ndjson', '{"subscriber":1,"cell":"A"}\n{"subscriber":1,"cell":"B"}\n'],
    ['complaints', 'people-ndjson', '{"subscriber":1,"at":1,"answeredAt":2,"cell":"B"}\n{"su'],
  ])('of %s is known as %s: %j', (people, name, head) => {
    expect(detectFormat(head)).toMatchObject({ kind: 'people', people, format: { name } });
  });

  it.each([
    '{"readings":[{"cell":"a","at":1,"kpis":{"active_users":4}}]}',
    'id,site_id,radio,lat,lon\n',
    'at,lat,lon,rsrp_dbm\n',
    '{"cell":"a","at":1,"subscribers_seen":4}\n',
  ])('is none that names no person: %j', (head) => {
    expect(detectFormat(head)?.kind).not.toBe('people');
    expect(isAboutPeople(Buffer.from(head))).toBe(false);
  });

  const csv = `subscriber,tier\n${Array.from({ length: 5000 }, (_, i) => `anna-${i},${(i * 7919) % 1000}`).join('\n')}`;
  const packed = gzipSync(csv);
  it.each<[string, Uint8Array]>([
    ['plain', Buffer.from(csv)],
    ['packed', packed],
    ['packed and cut short', packed.subarray(0, packed.length - 2000)],
    ['packed with a broken end', Buffer.concat([packed.subarray(0, packed.length - 8), Buffer.alloc(8)])],
    [
      'with letters that are no UTF-8',
      Buffer.concat([Buffer.from('subscriber,tier\nanna,'), Buffer.from([0xff, 0xe9])]),
    ],
    ['of a few bytes as gzip', gzipSync('subscriber\na')],
    ['in UTF-16', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(csv, 'utf16le')])],
  ])('is known from its first bytes: %s', (_, bytes) => expect(isAboutPeople(bytes)).toBe(true));
});

it('columns that are not read are named, but never what could be somebody', () => {
  const notesOf = (heading: string) => {
    const context: FormatContext = { zoneOffsetMinutes: 0 };
    Array.from(peopleCsv.parse(`${heading}\n`, 'subscribers', context));
    return context.notes;
  };
  const many = Array.from({ length: 12 }, (_, i) => `Wish ${i}`);
  expect(notesOf(`subscriber,${many.join(',')}`)).toEqual([
    `12 columns mean nothing here and were not read: ${many.slice(0, 10).join(', ')}, …`,
  ]);
  expect(notesOf('subscriber,Colour,353871234567,a@b.example')).toEqual([
    '3 columns mean nothing here and were not read: Colour, …',
  ]);
  expect(notesOf('subscriber,353871234567')).toEqual(['1 column means nothing here and was not read']);
});

describe('the inbox', () => {
  it('deletes what it has read about people, taken or refused or too large, and keeps all else', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'cellstar-inbox-'));
    const receive = async ({ name }: { name: string }): Promise<Receipt> =>
      name.startsWith('bad')
        ? { accepted: 0, rejected: 1, rejections: [{ reason: 'missing-field', detail: 'a tier is missing' }] }
        : { accepted: 1, rejected: 0, rejections: [] };
    await writeFile(join(folder, 'people.csv'), 'subscriber,tier\nanna-17,gold\n');
    await writeFile(join(folder, 'bad.csv'), 'tier,subscriber\n,anna-17\n');
    await writeFile(join(folder, 'large.csv'), `subscriber,tier\n${'anna-17,gold\n'.repeat(100)}`);
    await writeFile(join(folder, 'bad-network.csv'), 'id,site_id,radio\n');
    const lines: string[] = [];
    const inbox = new Inbox({
      folder,
      receive,
      refuse: () => undefined,
      pollMs: 10,
      maxFileBytes: 200,
      log: (line) => void lines.push(line),
    });
    inbox.start();
    await expect.poll(async () => (await readdir(folder)).sort(), { timeout: 5000 }).toEqual(['done', 'refused']);
    await inbox.stop();
    expect(await readdir(join(folder, 'done'))).toEqual([]);
    const kept = (await readdir(join(folder, 'refused'))).sort();
    expect(kept).toEqual([
      'bad-network.csv',
      'bad-network.csv.reasons.json',
      'bad.csv.reasons.json',
      'large.csv.reasons.json',
    ]);
    for (const name of kept) expect(await readFile(join(folder, 'refused', name), 'utf8')).not.toContain('anna');
    expect(lines.join('\n')).toContain('"people.csv": 1 accepted, 0 refused; deleted, since it is about people');
    await rm(folder, { recursive: true });
  });
});
