// Archives in the inbox: read member by member, put away as one; nothing of people is kept.

import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ArrivedFile, Receive } from '../../server/collect/source.ts';
import { Inbox } from '../../server/collect/sources/inbox.ts';
import type { Receipt } from '../../server/model/rejection.ts';
import { tarGzOf, zipOf } from './packed.ts';

let folder: string;
let inbox: Inbox | undefined;
const received: string[] = [];
const refused: string[] = [];

const byContent: Receive = async ({ name, bytes }: ArrivedFile): Promise<Receipt> => {
  received.push(name);
  const text = Buffer.from(bytes).toString();
  if (text === 'poison') throw new Error('boom');
  const rejection = { reason: 'not-xml', detail: 'no', file: name } as const;
  return text === 'bad'
    ? { accepted: 0, rejected: 1, rejections: [rejection], notes: ['odd'] }
    : { accepted: 2, rejected: 0, rejections: [], notes: ['odd'] };
};

function open(receive: Receive = byContent, maxArchiveBytes?: number): Inbox {
  const refuse = (source: string, { reason }: { reason: string }) => refused.push(`${source}: ${reason}`);
  const log = () => undefined;
  inbox = new Inbox({
    folder,
    receive,
    refuse,
    log,
    pollMs: 5,
    maxFileBytes: 20_000,
    ...(maxArchiveBytes && { maxArchiveBytes }),
  });
  inbox.start();
  return inbox;
}

const list = (sub = '') => readdir(join(folder, sub)).catch(() => []);
const eventually = (check: () => unknown) => vi.waitFor(check, { timeout: 10_000, interval: 5 });
const reasons = async (path: string): Promise<Receipt> => JSON.parse(await readFile(join(folder, path), 'utf8'));

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inbox-archive-'));
  received.length = 0;
  refused.length = 0;
});
afterEach(async () => {
  await inbox?.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('an archive in the inbox', () => {
  it('is read member by member and put away as one; a poisonous member stops no other', async () => {
    await writeFile(
      join(folder, 'day.zip'),
      zipOf({ 'a.xml': 'good', 'b.xml': 'poison', 'c.xml': 'bad', 'd.zip': zipOf({ x: '1' }), 'e.xml': 'good' }),
    );
    open();
    await eventually(async () => expect(await list('done')).toEqual(['day.zip', 'day.zip.reasons.json']));
    expect(received).toEqual(['a.xml', 'b.xml', 'c.xml', 'e.xml'].map((name) => `day.zip/${name}`));
    const receipt = await reasons('done/day.zip.reasons.json');
    expect(receipt).toMatchObject({ accepted: 4, rejected: 3, notes: ['odd'] });
    expect(receipt.rejections.map(({ file, reason }) => [file, reason])).toEqual([
      ['day.zip/b.xml', 'unknown-format'],
      ['day.zip/c.xml', 'not-xml'],
      ['day.zip/d.zip', 'wrong-shape'],
    ]);
    expect(refused).toEqual(['file/inbox: unknown-format', 'file/inbox: wrong-shape']);
  });

  it('may be larger than a single file', async () => {
    // Nothing packs it any smaller.
    const noise = randomBytes(15_000);
    const packed = zipOf({ a: noise, b: noise, c: noise });
    expect(packed.length).toBeGreaterThan(20_000);
    await writeFile(join(folder, 'a.zip'), packed);
    open();
    await eventually(async () => expect(await list('done')).toContain('a.zip'));
    expect(received).toHaveLength(3);
  });

  it('larger than the bound of archives is refused unread', async () => {
    await writeFile(join(folder, 'a.zip'), zipOf({ a: 'good' }));
    open(byContent, 10);
    await eventually(async () => expect(await list('refused')).toContain('a.zip'));
    expect([received, refused]).toEqual([[], ['file/inbox: too-long']]);
  });

  it('goes on at the member for which there was no room, and takes none twice', async () => {
    let full = 3;
    open(async (file) => {
      if (file.name.endsWith('b') && full-- > 0) throw Object.assign(new Error('full'), { retryAfterSeconds: 0.01 });
      return byContent(file);
    });
    await writeFile(join(folder, 'a.tar.gz'), await tarGzOf({ a: 'good', b: 'good', c: 'good' }));
    await eventually(async () => expect(await list('done')).toEqual(['a.tar.gz']));
    expect(received).toEqual(['a.tar.gz/a', 'a.tar.gz/b', 'a.tar.gz/c']);
  });

  it('waits for the next start when the inbox is stopped within it', async () => {
    open(async (file) => {
      if (file.name.endsWith('b')) throw Object.assign(new Error('full'), { retryAfterSeconds: 3600 });
      return byContent(file);
    });
    await writeFile(join(folder, 'a.zip'), zipOf({ a: 'good', b: 'good' }));
    await eventually(() => expect(received).toEqual(['a.zip/a']));
    await inbox!.stop();
    expect((await list()).sort()).toEqual(['.a.zip.read', 'a.zip']);
    open();
    await eventually(async () => expect(await list('done')).toEqual(['a.zip']));
    // It went on where it had stopped, and no mark is left.
    expect(received).toEqual(['a.zip/a', 'a.zip/b']);
    await eventually(async () => expect((await list()).filter((name) => name.startsWith('.'))).toEqual([]));
  });

  it('that is another one of the same name is read from its beginning', async () => {
    open(async (file) => {
      if (file.name.endsWith('b')) throw Object.assign(new Error('full'), { retryAfterSeconds: 3600 });
      return byContent(file);
    });
    await writeFile(join(folder, 'a.zip'), zipOf({ a: 'good', b: 'good' }));
    await eventually(async () => expect(await list()).toContain('.a.zip.read'));
    await inbox!.stop();
    await writeFile(join(folder, 'a.zip'), zipOf({ c: 'good', d: 'good', e: 'good' }));
    open();
    await eventually(async () => expect(await list('done')).toEqual(['a.zip']));
    expect(received).toEqual(['a', 'c', 'd', 'e'].map((name) => `a.zip/${name}`));
  });

  it('that is cut short is put away with what came before the cut', async () => {
    const whole = await tarGzOf({
      a: 'good',
      b: Buffer.from(Array.from({ length: 9000 }, (_, i) => (i * i * 31) % 251)),
    });
    await writeFile(join(folder, 'a.tgz'), whole.subarray(0, whole.length - 60));
    open();
    await eventually(async () => expect((await list('done')).length + (await list('refused')).length).toBe(2));
    expect(received.slice(0, 1)).toEqual(['a.tgz/a']);
  });
});

describe('an archive that holds anything about people', () => {
  const people = 'subscriber,tier\nanna-17,gold\n';

  it.each([
    ['plain among others', () => zipOf({ 'a.xml': 'good', 'b.csv': people })],
    ['as gzip in a tar.gz', () => tarGzOf({ 'a.xml': 'good', 'b.csv.gz': gzipSync(people) })],
    ['refused, since it is too large', () => zipOf({ 'b.csv': people + 'x'.repeat(33 << 20) })],
  ])('is deleted once it is read: %s', async (_, pack) => {
    await writeFile(join(folder, 'mixed'), await pack());
    open();
    await eventually(async () => expect(await list()).not.toContain('mixed'));
    await eventually(async () => expect((await list('done')).length + (await list('refused')).length).toBeLessThan(2));
    for (const sub of ['done', 'refused']) {
      for (const name of await list(sub)) {
        expect(name).toMatch(/reasons\.json$/);
        expect(await readFile(join(folder, sub, name), 'utf8')).not.toContain('anna');
      }
    }
  });
});
