// The inbox folder: each file is read once and put away.

import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ArrivedFile, Receive } from '../../server/collect/source.ts';
import { Inbox } from '../../server/collect/sources/inbox.ts';
import type { Receipt, Rejection } from '../../server/model/rejection.ts';

let folder: string;
let inbox: Inbox | undefined;
const received: string[] = [];
const logged: string[] = [];
const refused: string[] = [];

const GOOD: Receipt = { accepted: 1, rejected: 0, rejections: [] };
const BAD: Receipt = { accepted: 0, rejected: 1, rejections: [{ reason: 'not-xml', detail: 'no' }] };

/** Answers by what stands in the file. */
const byContent: Receive = async ({ name, bytes }: ArrivedFile) => {
  received.push(name);
  const text = Buffer.from(bytes).toString();
  if (text === 'poison') throw new Error('boom');
  if (text === 'half') return { ...BAD, accepted: 1 };
  return text === 'bad' ? BAD : GOOD;
};

function open(receive: Receive = byContent, maxFileBytes = 1000): Inbox {
  const refuse = (source: string, { reason }: Rejection) => refused.push(`${source}: ${reason}`);
  inbox = new Inbox({ folder, receive, refuse, log: (line) => logged.push(line), pollMs: 5, maxFileBytes });
  inbox.start();
  return inbox;
}

const drop = (name: string, text: string) => writeFile(join(folder, name), text);
const list = (sub = '') => readdir(join(folder, sub)).catch(() => []);
const eventually = (check: () => unknown) => vi.waitFor(check, { timeout: 10_000, interval: 5 });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inbox-'));
  received.length = 0;
  logged.length = 0;
  refused.length = 0;
});
afterEach(async () => {
  await inbox?.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('a file in the inbox', () => {
  it('is read once and put away as done', async () => {
    open();
    await drop('a.xml', 'good');
    await eventually(async () => expect(await list('done')).toEqual(['a.xml']));
    expect(received).toEqual(['a.xml']);
    expect(inbox!.status()).toEqual({ folder, waiting: 0, stuck: 0, done: 1, refused: 0 });
  });

  it('of which nothing is accepted is put away as refused, with the reasons beside it', async () => {
    open();
    await drop('a.xml', 'bad');
    await eventually(async () => expect(await list('refused')).toEqual(['a.xml', 'a.xml.reasons.json']));
    expect(JSON.parse(await readFile(join(folder, 'refused/a.xml.reasons.json'), 'utf8'))).toEqual(BAD);
  });

  it('of which a part is accepted is done, with the reasons for the rest', async () => {
    open();
    await drop('a.xml', 'half');
    await eventually(async () => expect(await list('done')).toEqual(['a.xml', 'a.xml.reasons.json']));
  });

  it('that makes its reader fail is refused, and stops no other', async () => {
    open();
    await drop('a.xml', 'poison');
    await drop('b.xml', 'good');
    await eventually(async () => expect(await list('done')).toEqual(['b.xml']));
    await eventually(async () => expect(await list('refused')).toEqual(['a.xml', 'a.xml.reasons.json']));
    expect(await readFile(join(folder, 'refused/a.xml.reasons.json'), 'utf8')).toContain('boom');
  });

  it('that is hidden or unfinished is left alone', async () => {
    open();
    for (const name of ['.a.xml', 'b.xml.tmp', 'c.xml.part', 'd.xml~']) await drop(name, 'good');
    await drop('e.xml', 'good');
    await eventually(async () => expect(await list('done')).toEqual(['e.xml']));
    expect(received).toEqual(['e.xml']);
  });

  it('that is still growing waits until it is whole', async () => {
    const sizes: number[] = [];
    open(async ({ bytes }) => {
      sizes.push(bytes.length);
      return GOOD;
    });
    const text = 'x'.repeat(100);
    for (let length = 1; length <= 100; length++) await drop('a.xml', text.slice(0, length));
    await eventually(async () => expect(await list('done')).toContain('a.xml'));
    // The same file may be dropped again while it grows slowly; what counts is that the last look saw all of it.
    await eventually(() => expect(sizes.at(-1)).toBe(100));
  });

  it('that another takes the place of while it is read is followed by that one', async () => {
    const texts: string[] = [];
    open(async ({ bytes }) => {
      texts.push(Buffer.from(bytes).toString());
      if (texts.length === 1) await drop('latest.xml', 'the next period');
      return GOOD;
    });
    await drop('latest.xml', 'a period');
    await eventually(async () => expect(await list()).not.toContain('latest.xml'));
    expect(texts).toEqual(['a period', 'the next period']);
  });

  it('larger than the bound is refused unread', async () => {
    open(byContent, 10);
    await drop('a.xml', 'much too large');
    await eventually(async () => expect(await list('refused')).toContain('a.xml'));
    expect(received).toEqual([]);
    expect(refused).toEqual(['file/inbox: too-long']);
  });

  it('waits and is offered again while there is no room for it', async () => {
    let full = 3;
    open(async (file) => {
      if (full-- > 0) throw Object.assign(new Error('full'), { retryAfterSeconds: 0.01 });
      return byContent(file);
    });
    await drop('a.xml', 'good');
    await eventually(async () => expect(await list('done')).toEqual(['a.xml']));
    expect(full).toBe(-1);
  });

  it('waits for the next start when the inbox is stopped meanwhile', async () => {
    open(async () => {
      throw Object.assign(new Error('full'), { retryAfterSeconds: 3600 });
    });
    await drop('a.xml', 'good');
    await eventually(() => expect(inbox!.status().waiting).toBe(1));
    await inbox!.stop();
    expect(await list()).toEqual(['a.xml']);
    open();
    await eventually(async () => expect(await list('done')).toEqual(['a.xml']));
  });

  it('is named in one line of the log, whatever its name', async () => {
    open();
    await drop('a\ninbox: all is well.xml', 'good');
    await eventually(() => expect(logged.join('\n')).toContain('1 accepted'));
    expect(logged.join('')).not.toContain('\n');
  });

  it('is not read again after a restart, and a new one of the same name overwrites nothing', async () => {
    open();
    await drop('a.xml', 'good');
    await eventually(async () => expect(await list('done')).toEqual(['a.xml']));
    await inbox!.stop();
    open();
    await drop('a.xml', 'good');
    await eventually(async () => expect(await list('done')).toEqual(['a.xml', 'a.xml.2']));
    expect(received).toEqual(['a.xml', 'a.xml']);
  });
});

describe('many files in the inbox', () => {
  it('are read in order of their period, whatever their type', async () => {
    const names = [
      'C20260317.2100+0000-2115+0000_x.xml',
      'A20260317.2115+0000-2130+0000_x.xml',
      'B20260317.2130+0000-2145+0000_x.xml',
    ];
    for (const name of names.toReversed()) await drop(name, 'good');
    open();
    await eventually(async () => expect(await list('done')).toHaveLength(3));
    expect(received).toEqual(names);
  });
});
