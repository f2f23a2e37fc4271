// The journal on disk: what is acknowledged is there, in order, once; consumers go on where they stopped.

import { appendFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { shippedModel } from '../../server/detect/foretellers/hazard/priors.ts';
import { type Journal, JournalFull } from '../../server/journal/journal.ts';
import { type FileJournalOptions, openFileJournal } from '../../server/journal/journals/file.ts';
import type { JournalEntry, JournalRecord } from '../../server/model/journal.ts';
import type { TimingCount } from '../../server/model/timing-advance.ts';
import { batchOf } from '../batch.ts';
import { batchOf as samplesOf } from '../coverage/sample-batch.ts';

let folder: string;
let journal: Journal | undefined;
const lines: string[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cellstar-journal-'));
  lines.length = 0;
});
afterEach(async () => {
  await journal?.close();
  journal = undefined;
  await rm(folder, { recursive: true, force: true });
});

async function open(options: Partial<FileJournalOptions> = {}): Promise<Journal> {
  journal = await openFileJournal({ folder, maxBytes: 1 << 30, log: (line) => lines.push(line), ...options });
  return journal;
}

async function reopen(options: Partial<FileJournalOptions> = {}): Promise<Journal> {
  await journal?.close();
  return open(options);
}

const entry = (value: number, cell = 'A'): JournalEntry => ({
  kind: 'readings',
  batch: batchOf([{ cell, at: 1_700_000_000_000 + value * 900_000, kpis: { traffic_gb: value } }]),
});

async function readAll(from: Journal, after = 0): Promise<JournalRecord[]> {
  const records: JournalRecord[] = [];
  for await (const record of from.read(after)) records.push(record);
  return records;
}

const firstValue = (record: JournalRecord) =>
  record.kind === 'readings' ? record.batch.kpis[0]?.values[0] : undefined;

describe('the file journal', () => {
  it('gives back alarms and signs of life as they were appended', async () => {
    await open();
    const subject = { scope: 'cell' as const, id: 'A', siteId: 'S' };
    const alarm = { element: 'gnb', alarmId: '1', startedMicros: 1e15, sequence: 2, at: 1e12, raisedAt: 1e12, subject };
    const alarms = [{ ...alarm, severity: 'major' as const, condition: 'LinkDown "µ"' }];
    const beats = [{ at: 1e12, everySeconds: 30 }];
    const heard: JournalEntry = { kind: 'alarms', source: 'ves/x', receivedAt: 1e12, alarms, beats };
    await journal!.append(heard);
    expect(await readAll(await reopen())).toEqual([{ seq: 1, ...heard }]);
  });

  it('gives back samples with their counts by distance and level, also counts alone', async () => {
    await open();
    const timing: TimingCount[] = [
      { cell: 'A', dayEnd: 1e12, form: 'reports', ts: [16, 32], dbm: [null, -125], samples: 3 },
      { cell: 'B', dayEnd: 1e12, form: 'statistics', ts: [4096, null], samples: 7 },
    ];
    const sample = { at: 1e12, lat: 31.2, lon: 121.4, cell: 'A', kind: 'mr' as const, rsrpDbm: -101 };
    const batches = [{ ...samplesOf([sample]), timing }, { ...samplesOf([]), timing }, samplesOf([sample])];
    for (const batch of batches) await journal!.append({ kind: 'samples', batch });
    const read = await readAll(await reopen());
    expect(read.map((record) => record.kind === 'samples' && record.batch)).toEqual(batches);
  });

  it('gives back what was appended, in order and to the bit, also after a restart', async () => {
    await open();
    for (const value of [1, 2, 3]) await journal!.append(entry(value));
    const again = await reopen();
    const records = await readAll(again);
    expect(records.map((record) => record.seq)).toEqual([1, 2, 3]);
    expect(records[1]).toEqual({ seq: 2, ...entry(2) });
    expect(await again.append(entry(4))).toBe(4);
    expect((await readAll(again, 2)).map(firstValue)).toEqual([3, 4]);
  });

  it('keeps nulls, suspect marks, counters and odd names', async () => {
    await open();
    const batch = batchOf([
      { cell: 'x "y",=ü\n', at: 1, kpis: { latency_ms: 5 }, counters: { 'pmA[0]': 7 }, suspect: true, late: true },
      { cell: 'B', at: 2, kpis: { traffic_gb: 1e-9 } },
    ]);
    await journal!.append({ kind: 'readings', batch });
    const [record] = await readAll(await reopen());
    expect(record).toEqual({ seq: 1, kind: 'readings', batch });
  });

  it('carries special days between readings', async () => {
    await open();
    const days = [{ date: '2026-02-17', type: 'holiday' as const, area: '老港', name: 'Spring "Festival"' }];
    const change: JournalEntry = { kind: 'calendar', receivedAt: 5, days, mode: 'full' };
    await journal!.append(entry(1));
    await journal!.append(change);
    expect((await readAll(await reopen()))[1]).toEqual({ seq: 2, ...change });
  });

  it('carries the models in force and what people found between readings', async () => {
    await open();
    const models: JournalEntry = { kind: 'models', receivedAt: 5, models: [shippedModel('battery')] };
    const causes = [{ at: 1e12, subjects: ['A'], mode: 'battery' as const, isMended: true }];
    await journal!.append(models);
    await journal!.append(entry(1));
    await journal!.append({ kind: 'causes', receivedAt: 6, causes });
    const records = await readAll(await reopen());
    expect(records[0]).toEqual({ seq: 1, ...models });
    expect(records[2]).toEqual({ seq: 3, kind: 'causes', receivedAt: 6, causes });
  });

  it('carries changes of the inventory between readings', async () => {
    await open();
    const change: JournalEntry = {
      kind: 'inventory',
      receivedAt: 5,
      cells: [{ id: '渡口山-1', siteId: 'S', radio: 'NR' }],
      retired: ['老港-2'],
    };
    await journal!.append(entry(1));
    await journal!.append(change);
    expect((await readAll(await reopen()))[1]).toEqual({ seq: 2, ...change });
  });

  it('cuts off what a crash left half written and goes on with the next number', async () => {
    await open();
    await journal!.append(entry(1));
    await journal!.append(entry(2));
    await journal!.close();
    const file = (await readdir(folder)).sort()[0]!;
    await appendFile(join(folder, file), Buffer.from([200, 0, 0, 0, 1, 2, 3, 4, 5]));
    const again = await reopen();
    expect((await readAll(again)).map(firstValue)).toEqual([1, 2]);
    expect(await again.append(entry(3))).toBe(3);
    expect(lines.join()).toContain('half-written');
  });

  it('tells watchers of a record before it is acknowledged', async () => {
    await open();
    const seen: number[] = [];
    journal!.watch((record) => seen.push(record.seq));
    await journal!.append(entry(1));
    expect(seen).toEqual([1]);
  });

  it('feeds a consumer everything in order over many segments, from where it stopped', async () => {
    await open({ segmentBytes: 2000, tailBytes: 3000 });
    for (let value = 1; value <= 60; value++) await journal!.append(entry(value));
    const taken: number[] = [];
    journal!.attach({
      name: 'store',
      after: 25,
      take: async (records) => void taken.push(...records.map((one) => one.seq)),
    });
    await journal!.drained('store', 60);
    await journal!.append(entry(61));
    await journal!.drained('store', 61);
    expect(taken).toEqual(Array.from({ length: 36 }, (_, i) => 26 + i));
  });

  it('hands the same records again when a consumer fails, and skips nothing', async () => {
    await open();
    const taken: number[] = [];
    let failures = 2;
    await journal!.append(entry(1));
    journal!.attach({
      name: 'store',
      after: 0,
      take: async (records) => {
        if (failures-- > 0) throw new Error('the store is away');
        taken.push(...records.map((one) => one.seq));
      },
    });
    await journal!.append(entry(2));
    await journal!.drained('store', 2);
    expect(taken).toEqual([1, 2]);
    expect(lines.join()).toContain('the store is away');
  });

  it('deletes a segment only once every consumer has released it', async () => {
    await open({ segmentBytes: 1000 });
    const take = async () => undefined;
    journal!.attach({ name: 'a', after: 0, take });
    journal!.attach({ name: 'b', after: 0, take });
    for (let value = 1; value <= 40; value++) await journal!.append(entry(value));
    const before = (await readdir(folder)).length;
    journal!.release('a', 40);
    await journal!.append(entry(41));
    expect((await readdir(folder)).length).toBeGreaterThanOrEqual(before);
    journal!.release('b', 30);
    await expect.poll(async () => (await readdir(folder)).length).toBeLessThan(before);
    expect((await readAll(journal!, 30)).map((record) => record.seq)).toEqual([
      31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41,
    ]);
  });

  it('refuses with a time to come back when its disk budget is spent, and takes again once released', async () => {
    await open({ maxBytes: 4000, segmentBytes: 1000 });
    let released = 0;
    journal!.attach({ name: 'slow', after: 0, take: async () => undefined });
    const fill = async () => {
      for (;;) released = await journal!.append(entry(1));
    };
    await expect(fill()).rejects.toBeInstanceOf(JournalFull);
    journal!.release('slow', released);
    await expect.poll(() => journal!.status().bytes).toBeLessThan(2000);
    expect(await journal!.append(entry(2))).toBe(released + 1);
  });

  it('goes on after the consumers’ newest number when its folder was lost', async () => {
    await open({ atLeast: 77 });
    expect(await journal!.append(entry(1))).toBe(78);
    expect((await readAll(await reopen({ atLeast: 77 }))).map((record) => record.seq)).toEqual([78]);
  });

  it('numbers a hundred readings that come at once without a gap', async () => {
    await open();
    const seqs = await Promise.all(Array.from({ length: 100 }, (_, value) => journal!.append(entry(value))));
    expect(seqs).toEqual(Array.from({ length: 100 }, (_, i) => i + 1));
    expect((await readAll(await reopen())).map(firstValue)).toEqual(Array.from({ length: 100 }, (_, i) => i));
  });
});
