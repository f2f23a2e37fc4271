// The journal on a disk that fails: nothing is acknowledged that is not there, and nothing that is there is lost.

import { mkdir, mkdtemp, open as openFile, readdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { followJournal } from '../../server/journal/follower.ts';
import { type Journal, JournalFailed, JournalFull } from '../../server/journal/journal.ts';
import { type FileJournalOptions, openFileJournal } from '../../server/journal/journals/file.ts';
import type { JournalEntry, JournalRecord } from '../../server/model/journal.ts';
import { batchOf } from '../batch.ts';

let folder: string;
let journal: Journal;
const lines: string[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cellstar-journal-'));
  lines.length = 0;
});
afterEach(async () => {
  vi.restoreAllMocks();
  await journal.close();
  await rm(folder, { recursive: true, force: true });
});

async function open(options: Partial<FileJournalOptions> = {}): Promise<void> {
  journal = await openFileJournal({ folder, maxBytes: 1 << 30, log: (line) => lines.push(line), ...options });
}

async function reopen(options: Partial<FileJournalOptions> = {}): Promise<void> {
  await journal.close();
  await open(options);
}

const entry = (value: number): JournalEntry => ({
  kind: 'readings',
  batch: batchOf([{ cell: 'A', at: 1_700_000_000_000 + value * 900_000, kpis: { traffic_gb: value } }]),
});

async function seqsFrom(after = 0): Promise<number[]> {
  const seqs: number[] = [];
  for await (const { seq } of journal.read(after)) seqs.push(seq);
  return seqs;
}

/** What all open files have in common, so that one call of one of them can be made to fail. */
async function everyFile() {
  const file = await openFile(tmpdir(), 'r');
  await file.close();
  return Object.getPrototypeOf(file) as typeof file;
}

/** The next group gets only its first bytes onto the disk, as on a full one. */
async function fillTheDisk(): Promise<void> {
  vi.spyOn(await everyFile(), 'writev').mockImplementationOnce(async function (this: unknown, buffers) {
    const file = this as Awaited<ReturnType<typeof everyFile>>;
    const { bytesWritten } = await file.write(buffers[0] as Uint8Array);
    return { bytesWritten, buffers: buffers as never };
  });
}

describe('on a full disk', () => {
  it('a record that was written in part is refused, and the next takes its number', async () => {
    await open();
    await journal.append(entry(1));
    await fillTheDisk();
    await expect(journal.append(entry(2))).rejects.toThrow();
    expect(await journal.append(entry(3))).toBe(2);
    await reopen();
    expect(await seqsFrom()).toEqual([1, 2]);
    expect(lines.join()).not.toContain('half-written');
  });

  it('records are refused as long as a half-written one cannot be cut off', async () => {
    await open();
    await journal.append(entry(1));
    await fillTheDisk();
    const file = await everyFile();
    vi.spyOn(file, 'truncate').mockRejectedValueOnce(new Error('EIO')).mockRejectedValueOnce(new Error('EIO'));
    await expect(journal.append(entry(2))).rejects.toThrow();
    await expect(journal.append(entry(3))).rejects.toThrow('EIO');
    await expect(journal.append(entry(4))).rejects.toThrow('EIO');
    expect(await journal.append(entry(5))).toBe(2);
    await reopen();
    expect(await seqsFrom()).toEqual([1, 2]);
  });

  it('leaves no hole when records come while one fails', async () => {
    await open();
    const writev = vi.spyOn(await everyFile(), 'writev');
    let later: Promise<number> | undefined;
    writev.mockImplementationOnce(async () => {
      later = journal.append(entry(2));
      throw new Error('ENOSPC');
    });
    await expect(journal.append(entry(1))).rejects.toThrow();
    await later?.catch(() => undefined);
    await journal.append(entry(3));
    const { head } = journal.status();
    expect(await seqsFrom()).toEqual(Array.from({ length: head }, (_, i) => i + 1));
  });

  it('what is refused says when to come again', async () => {
    await open();
    await fillTheDisk();
    const refused = await journal.append(entry(1)).catch((error) => error);
    expect(refused).toBeInstanceOf(JournalFailed);
    expect(refused.retryAfterSeconds).toBeGreaterThan(0);
  });
});

describe('a new file that cannot be begun', () => {
  const inTheWay = () => join(folder, '0000000000000002.journal');

  it('refuses no record and is tried again with the next', async () => {
    await open({ segmentBytes: 1 });
    await mkdir(inTheWay());
    expect(await journal.append(entry(1))).toBe(1);
    expect(await journal.append(entry(2))).toBe(2);
    expect(await journal.append(entry(3))).toBe(3);
    await rmdir(inTheWay());
    expect(await readdir(folder)).toContain('0000000000000003.journal');
    expect(lines.join()).toContain('could not begin a new file');
    await reopen();
    expect(await seqsFrom()).toEqual([1, 2, 3]);
  });

  it('hides nothing when it is left behind empty', async () => {
    await open();
    for (const value of [1, 2, 3]) await journal.append(entry(value));
    await writeFile(inTheWay(), '');
    await reopen();
    expect(await journal.append(entry(4))).toBe(4);
    await reopen();
    expect(await seqsFrom()).toEqual([1, 2, 3, 4]);
  });
});

describe('a file damaged in one byte', () => {
  const RECORDS = 5;

  it('loses the one record it stands in, and its number is not given again', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.integer({ min: 1, max: 255 }), async (place, flip) => {
        await rm(folder, { recursive: true, force: true });
        await open();
        for (let value = 1; value <= RECORDS; value++) await journal.append(entry(value));
        await journal.close();
        const file = join(folder, '0000000000000001.journal');
        const bytes = await readFile(file);
        const at = place % bytes.length;
        bytes[at]! ^= flip;
        await writeFile(file, bytes);
        const damaged = 1 + Math.floor((at / bytes.length) * RECORDS);
        await open();
        // The last record cannot be told from one that a crash left half written.
        expect(await journal.append(entry(6))).toBe(damaged === RECORDS ? RECORDS : RECORDS + 1);
        const whole = [1, 2, 3, 4, 5, 6].filter((seq) => (damaged === RECORDS ? seq !== 6 : seq !== damaged));
        await reopen();
        expect(await seqsFrom()).toEqual(whole);
        await journal.close();
      }),
      { numRuns: 25 },
    );
  });

  it('is spoken of in the log', async () => {
    await open();
    for (const value of [1, 2, 3]) await journal.append(entry(value));
    await journal.close();
    const file = join(folder, '0000000000000001.journal');
    const bytes = await readFile(file);
    bytes[10]! ^= 1;
    await writeFile(file, bytes);
    await open();
    expect(lines.join()).toContain('1 of 3 records in 0000000000000001.journal');
    await seqsFrom();
    expect(lines.join()).toContain('records 1 to 1 cannot be read');
    expect(lines.join()).not.toContain('half-written');
  });
});

describe('a consumer', () => {
  const record = (seq: number): JournalRecord => ({ seq, ...entry(seq) }) as JournalRecord;

  it('goes on where it was after the journal could not be read', async () => {
    await open();
    const taken: number[] = [];
    let failures = 1;
    async function* read(after: number): AsyncGenerator<JournalRecord> {
      for (let seq = after + 1; seq <= 1000; seq++) {
        if (seq === 700 && failures-- > 0) throw new Error('EMFILE: too many open files');
        yield record(seq);
      }
    }
    const take = async (records: JournalRecord[]) => void taken.push(...records.map(({ seq }) => seq));
    const follower = followJournal(
      { name: 'store', after: 0, take },
      { head: () => 1000, read, log: (line) => lines.push(line) },
    );
    await follower.reached(1000);
    await follower.stop();
    expect(taken).toEqual(Array.from({ length: 1000 }, (_, i) => i + 1));
    expect(lines.join()).toContain('EMFILE');
  });

  it('comes to rest when the newest records cannot be read', async () => {
    await open({ atLeast: 7 });
    let reads = 0;
    const log = () => undefined;
    async function* read(): AsyncGenerator<JournalRecord> {
      if (++reads > 1000) throw new Error('reads again and again');
      yield* [];
    }
    const follower = followJournal(
      { name: 'store', after: 0, take: async () => undefined },
      { head: () => 7, read, log },
    );
    await follower.reached(7);
    await follower.stop();
    expect(reads).toBe(1);
  });
});

describe('records that wait for the disk', () => {
  it('are bounded in bytes: more is refused with a time to come back', async () => {
    await open({ maxPendingBytes: 1000 });
    const answers = await Promise.allSettled(Array.from({ length: 20 }, (_, value) => journal.append(entry(value))));
    const refused = answers.filter((answer) => answer.status === 'rejected');
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThan(20);
    for (const { reason } of refused) expect(reason).toBeInstanceOf(JournalFull);
    expect(await journal.append(entry(21))).toBe(20 - refused.length + 1);
  });
});

describe('a held position', () => {
  it('keeps what stands after it, and is no consumer', async () => {
    await open({ segmentBytes: 1 });
    journal.attach({ name: 'store', after: 0, take: async () => undefined });
    journal.hold('live', 0);
    for (const value of [1, 2, 3]) await journal.append(entry(value));
    journal.release('store', 3);
    await journal.append(entry(4));
    expect(await seqsFrom()).toEqual([1, 2, 3, 4]);
    expect(Object.keys(journal.status().consumers)).toEqual(['store']);
    journal.release('live', 3);
    await expect.poll(() => readdir(folder)).not.toContain('0000000000000001.journal');
  });
});
