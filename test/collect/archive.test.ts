// Archives: every member is a file of its own, within bounds; what is wrong with one stops no other.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { packTar } from 'modern-tar';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { archiveKind, archiveMembers } from '../../server/collect/archive.ts';
import { ARCHIVE_BOUNDS, type ArchiveBounds, type Member } from '../../server/collect/archive-member.ts';
import { type Files, tarGzOf, tarOf, zipOf } from './packed.ts';

const PACKERS: [string, (files: Files) => Promise<Uint8Array> | Uint8Array][] = [
  ['a.zip', zipOf],
  ['a.tar', tarOf],
  ['a.tar.gz', tarGzOf],
];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'archive-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function open(name: string, bytes: Uint8Array, bounds: Partial<ArchiveBounds> = {}): Promise<Member[]> {
  const kind = archiveKind(name, bytes);
  if (!kind) throw new Error(`${name} is no archive`);
  const members: Member[] = [];
  for await (const member of archiveMembers(name, bytes, kind, { ...ARCHIVE_BOUNDS, ...bounds })) members.push(member);
  return members;
}

const texts = (members: Member[]) =>
  members.map(({ name, bytes, rejection }) => [name, rejection?.reason ?? Buffer.from(bytes).toString()]);

describe('links in a tar', () => {
  it('are not followed, and told as one rejection with their count; folders need no word', async () => {
    const bytes = await packTar([
      { header: { name: 'pm/', size: 0, type: 'directory' } },
      { header: { name: 'pm/a.xml', size: 3, type: 'file' }, body: 'one' },
      { header: { name: 'pm/latest.xml', size: 0, type: 'symlink', linkname: 'a.xml' } },
      { header: { name: 'pm/same.xml', size: 0, type: 'link', linkname: 'pm/a.xml' } },
      { header: { name: 'pm/b.xml', size: 3, type: 'file' }, body: 'two' },
    ]);
    const members = await open('a.tar', bytes);
    expect(texts(members)).toEqual([
      ['a.tar/pm/a.xml', 'one'],
      ['a.tar/pm/b.xml', 'two'],
      ['a.tar/pm/latest.xml', 'wrong-shape'],
    ]);
    expect(members.at(-1)?.rejection).toMatchObject({ count: 2, detail: expect.stringContaining('tar -h') });
  });
});

describe.each(PACKERS)('%s', (name, pack) => {
  it('gives each of its files, whole and by name, from a path as from bytes; folders and litter are none', async () => {
    const files = {
      'pm/': '',
      'pm/a.xml': 'one',
      'pm/b.xml': 'two',
      '__MACOSX/._a.xml': 'x',
      '.DS_Store': 'x',
      'pm/ü.csv': '',
    };
    const bytes = await pack(files);
    const expected = [
      [`${name}/pm/a.xml`, 'one'],
      [`${name}/pm/b.xml`, 'two'],
      [`${name}/pm/ü.csv`, ''],
    ];
    expect(texts(await open(name, bytes))).toEqual(expected);
    await writeFile(join(folder, name), bytes);
    const members: Member[] = [];
    for await (const one of archiveMembers(name, join(folder, name), archiveKind(name, bytes)!)) members.push(one);
    expect(texts(members)).toEqual(expected);
  });

  it('takes a path that leads elsewhere for a name, on one line', async () => {
    const members = await open(name, await pack({ '../../etc/x': 'a', '/abs': 'b', 'c\nd': 'c', 'e\\..\\f': 'd' }));
    expect(members.map((one) => Buffer.from(one.bytes).toString()).sort()).toEqual(['a', 'b', 'c', 'd']);
    for (const one of members) expect(one.name).toMatch(/^a\.[\w.]+\/[^\n]+$/);
  });

  it('refuses a member that is larger than allowed, keeps its beginning to look at, and goes on', async () => {
    const members = await open(name, await pack({ a: 'x'.repeat(100_000), b: 'small' }), { memberBytes: 1000 });
    expect(texts(members)).toEqual([
      [`${name}/a`, 'too-long'],
      [`${name}/b`, 'small'],
    ]);
    expect(members[0]!.bytes.length).toBeGreaterThan(500);
    expect(members[0]!.bytes.length).toBeLessThan(20_000);
  });

  it('refuses an archive within it and reads a gzip file in it', async () => {
    const members = await open(
      name,
      await pack({ a: zipOf({ x: '1' }), b: await tarGzOf({ x: '1' }), c: gzipSync('text') }),
    );
    expect(members.map(({ rejection }) => rejection?.reason)).toEqual(['wrong-shape', 'wrong-shape', undefined]);
  });

  it('ends with a reason at the bounds of members, of inflated bytes and of ratio, after what came before', async () => {
    const many = await pack(
      Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`f${String(i).padStart(2, '0')}`, 'x'.repeat(5000)])),
    );
    for (const bounds of [{ members: 3 }, { totalBytes: 40_000 }]) {
      const members = await open(name, many, bounds);
      expect(members.at(-1)).toMatchObject({ name, rejection: { reason: 'too-long' } });
      expect(members.at(-1)!.rejection!.detail).toContain('split it');
      expect(members.length).toBeLessThan(12);
    }
  });

  it('that is cut short gives what is whole before the cut, or nothing, and says so', async () => {
    const bytes = await pack({
      a: 'x'.repeat(3000),
      b: Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) % 251)),
    });
    const members = await open(name, bytes.subarray(0, Math.floor(bytes.length * 0.7)));
    expect(members.at(-1)).toMatchObject({ name, rejection: { reason: 'unknown-format' } });
  });

  it('never makes its reader fail, whatever bytes are changed in it', async () => {
    const bytes = await pack({ a: 'one '.repeat(50), 'dir/b': 'two', c: 'three' });
    const change = fc.record({ at: fc.nat({ max: bytes.length - 1 }), to: fc.integer({ min: 0, max: 255 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
        const spoilt = Buffer.from(bytes);
        for (const { at, to } of changes) spoilt[at] = to;
        const kind = archiveKind(name, spoilt);
        if (!kind) return;
        for await (const one of archiveMembers(name, spoilt, kind)) expect(one.name).toBeTruthy();
      }),
      { numRuns: 300 },
    );
  });
});

describe('a bomb', () => {
  it('of zeros is left when it has grown out of proportion', async () => {
    const zeros = Buffer.alloc(30 << 20);
    const files = Object.fromEntries(Array.from({ length: 5 }, (_, i) => [`z${i}`, zeros]));
    for (const [name, bytes] of [
      ['z.zip', zipOf(files)],
      ['z.tar.gz', await tarGzOf(files)],
    ] as const) {
      const members = await open(name, bytes);
      expect(members.at(-1)!.rejection).toMatchObject({
        reason: 'too-long',
        detail: expect.stringContaining('times its size'),
      });
      expect(members.length).toBeLessThanOrEqual(4);
    }
  });
});

describe('a zip file', () => {
  it('is read in order of the periods in its names', async () => {
    const names = ['C20240102.0000-0015.xml', 'A20240101.0015-0030.xml', 'A20240101.0000-0015.xml'];
    const members = await open('a.zip', zipOf(Object.fromEntries(names.map((one) => [one, 'x']))));
    expect(members.map(({ name }) => name.slice(6))).toEqual(names.reverse());
  });

  it('says of an encrypted member and of a damaged one what is wrong', async () => {
    const [encrypted] = await open('a.zip', zipOf({ a: 'x' }, { flags: 1 }));
    expect(encrypted!.rejection!.detail).toContain('encrypted');
    const [damaged] = await open('a.zip', zipOf({ a: 'x' }, { crc: 1 }));
    expect(damaged!.rejection!.detail).toContain('checksum');
  });

  it('that is an office document is one file and no archive, but for the sheets of a spreadsheet', () => {
    const book = zipOf({ '[Content_Types].xml': '<x/>', 'xl/workbook.xml': '<x/>' });
    expect(archiveKind('book', book)).toBe('xlsx');
    expect(
      archiveKind('letter', zipOf({ '[Content_Types].xml': '<x/>', 'word/document.xml': '<x/>' })),
    ).toBeUndefined();
    expect(archiveKind('letter.docx', zipOf({ a: 'x' }))).toBeUndefined();
  });
});

it('says that nothing was read where nothing was, and ends its sentences once', async () => {
  const many = zipOf(Object.fromEntries(Array.from({ length: 4 }, (_, i) => [`${i}.xml`, 'x'])));
  const [whole] = await open('many.zip', many, { members: 3 });
  expect(whole?.rejection?.detail).toBe('nothing of many.zip was read: it holds more than 3 files: split it');
  const [cut] = await open('cut.zip', many.subarray(0, many.length - 30));
  expect(cut?.rejection?.detail).toMatch(/^nothing of cut\.zip was read: .*[^.]$/);
  const tar = await open('many.tar', await tarOf({ a: 'x', b: 'y', c: 'z' }), { members: 2 });
  expect(tar.at(-1)?.rejection?.detail).toContain('read up to member 2 and no further');
});
