// A delivery that the journal cannot take: the sender is told to come again, and a file stays in the inbox.

import { mkdtemp, open as openFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Receiver, type ReceiverRooms } from '../../server/arrival/receive.ts';
import type { ArrivedFile } from '../../server/collect/source.ts';
import { Inbox } from '../../server/collect/sources/inbox.ts';
import type { Journal } from '../../server/journal/journal.ts';
import { openFileJournal } from '../../server/journal/journals/file.ts';
import { Directory } from '../../server/live/directory.ts';

const INVENTORY = Buffer.from('{"cells":[{"id":"pier-1","siteId":"pier","radio":"NR"}]}');

let folder: string;
let journal: Journal;
let receiver: Receiver;
const log = () => undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cellstar-delivery-'));
  journal = await openFileJournal({ folder: join(folder, 'journal'), maxBytes: 1 << 30, log });
  const rooms = {
    journal,
    directory: new Directory(),
    dataAt: () => 0,
    refuse: log,
    now: () => 1_700_000_000_000,
    zoneOffsetMinutes: () => 0,
    maxBodyBytes: 1 << 20,
  };
  receiver = new Receiver(rooms as Partial<ReceiverRooms> as ReceiverRooms);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await journal.close();
  await rm(folder, { recursive: true, force: true });
});

async function fillTheDisk() {
  const file = await openFile(folder, 'r');
  await file.close();
  const writev = vi.spyOn(Object.getPrototypeOf(file) as typeof file, 'writev');
  return writev.mockRejectedValue(new Error('ENOSPC: no space left on device'));
}

describe('while the disk is full', () => {
  it('a sender is answered 503 and told when to come again', async () => {
    await fillTheDisk();
    const refused = await receiver
      .takeInventory({ bytes: INVENTORY, type: 'application/json', source: undefined }, 'merge')
      .catch((error) => error);
    expect(refused).toMatchObject({ status: 503, headers: { 'Retry-After': expect.stringMatching(/^\d+$/) } });
    expect(refused.detail).toContain('ENOSPC');
  });

  it('a good file stays in the inbox and is taken when there is room again', async () => {
    const writev = await fillTheDisk();
    const inbox = join(folder, 'inbox');
    const receive = (file: ArrivedFile) => receiver.takeFile(file);
    const watching = () => new Inbox({ folder: inbox, receive, refuse: () => undefined, log, pollMs: 5 });
    const first = watching();
    first.start();
    await vi.waitFor(async () => expect(await readdir(inbox)).toEqual([]));
    await writeFile(join(inbox, 'cells.json'), INVENTORY);
    await vi.waitFor(() => expect(writev).toHaveBeenCalled(), { timeout: 10_000 });
    await first.stop();
    expect(await readdir(inbox)).toEqual(['cells.json']);
    writev.mockRestore();
    const second = watching();
    second.start();
    const done = async () => expect(await readdir(join(inbox, 'done'))).toEqual(['cells.json']);
    await vi.waitFor(done, { timeout: 10_000 });
    await second.stop();
  });
});
