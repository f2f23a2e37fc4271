// The front door of detection: real threads, the same findings whatever their number, memory that survives a restart.

import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CHECKPOINT_BYTES_PER_SECOND, type Detect, openDetect } from '../../server/detect/detect.ts';
import type { Finding } from '../../server/model/finding.ts';
import type { ReadingBatch } from '../../server/model/reading.ts';
import { startThread } from '../../server/threads.ts';
import { only, Watched } from './watched.ts';

let folder: string;
const open: Detect[] = [];
let lines: string[];
let uptimeMs = 0;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cellstar-detect-'));
  lines = [];
});

afterEach(async () => {
  await Promise.all(open.splice(0).map((detect) => detect.close()));
  rmSync(folder, { recursive: true, force: true });
});

async function opened(threads = 1): Promise<Detect> {
  const detect = await openDetect({
    startThread,
    checkpointFolder: folder,
    zone: 'UTC',
    placeOf: (cell) => ({ siteId: `site-${Number(cell.slice(5)) >> 1}` }),
    threads,
    uptimeMs: () => uptimeMs,
    log: (line) => lines.push(line),
  });
  open.push(detect);
  return detect;
}

/** Nine days of ten cells, towards the end of which one is slow, one is down and one falls silent. */
function story(): ReadingBatch[] {
  const network = new Watched(10);
  const batches = Array.from({ length: 9 * 96 }, () => network.next());
  for (let i = 0; i < 8; i++) {
    batches.push(
      network.next((cell, _at, row) => {
        if (cell === 'cell-2') return { ...row, latency_ms: 900 };
        if (cell === 'cell-5') return { fault_unavail_s: 900, availability_pct: 0 };
        return cell === 'cell-7' ? undefined : row;
      }),
    );
  }
  batches.push(...Array.from({ length: 5 }, () => network.next(only('cell-2', (row) => row))));
  return batches;
}

async function play(detect: Detect, batches: readonly ReadingBatch[], from = 0): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const [i, batch] of batches.entries()) {
    found.push(...(await detect.observe({ kind: 'readings', seq: from + i + 1, batch })));
  }
  return found;
}

describe('detection behind its front door', () => {
  it('finds the same in the same order with one thread and with three', async () => {
    const batches = story();
    const one = await play(await opened(1), batches);
    expect([...new Set(one.map((finding) => finding.kind))].sort()).toEqual(['anomaly', 'fault', 'silent']);
    rmSync(folder, { recursive: true });
    expect(await play(await opened(3), batches)).toEqual(one);
  });

  it('goes on after a restart as if nothing had been', async () => {
    const batches = story();
    const whole = await play(await opened(2), batches);
    rmSync(folder, { recursive: true });
    const first = await opened(2);
    expect(first.after).toBe(0);
    const before = await play(first, batches.slice(0, 870));
    await first.checkpoint(870);
    await play(first, batches.slice(870, 873), 870);
    await first.close();
    const second = await opened(2);
    expect(second.after).toBe(870);
    expect([...before, ...(await play(second, batches.slice(870), 870))]).toEqual(whole);
    expect(lines).toEqual([]);
  });

  it('tells silence at the same moment, wherever it was restarted, though deliveries hold a cell or two', async () => {
    const network = new Watched(10);
    const cellsOf = (batch: ReadingBatch): ReadingBatch[] =>
      batch.cells.map((name, i) => ({
        ...batch,
        ...{ rows: 1, cells: [name], cell: Uint32Array.of(0) },
        ...{ at: batch.at.slice(i, i + 1), periodSeconds: batch.periodSeconds.slice(i, i + 1) },
        suspect: batch.suspect.slice(i, i + 1),
        kpis: batch.kpis.map((column) => ({ ...column, values: column.values.slice(i, i + 1) })),
      }));
    const told = (count: number, still: readonly string[]) =>
      Array.from({ length: count }, () =>
        cellsOf(network.next((cell, _at, row) => (still.includes(cell) ? undefined : row))),
      ).flat();
    const all = network.next();
    const most = all.cells.slice(0, 9);
    const batches = [...cellsOf(all), ...told(60, []), ...told(12, most)];
    const whole = await play(await opened(1), batches);
    expect(new Set(whole.map(({ kind }) => kind))).toContain('silent');
    for (let stop = batches.length - 12; stop < batches.length; stop += 2) {
      rmSync(folder, { recursive: true });
      const first = await opened(1);
      const before = await play(first, batches.slice(0, stop));
      await first.checkpoint(stop);
      await first.close();
      const after = await play(await opened(1), batches.slice(stop), stop);
      expect([...before, ...after]).toEqual(whole);
    }
  });

  it('keeps one generation of files', async () => {
    const detect = await opened(2);
    const batches = story();
    await play(detect, batches.slice(0, 2));
    await detect.checkpoint(2);
    await play(detect, batches.slice(2, 3), 2);
    await detect.checkpoint(3, { force: true });
    expect(readdirSync(folder).sort()).toEqual(['detect-3-0.bin', 'detect-3-1.bin', 'detect.manifest']);
  });

  it('writes its memory as often as the size of it makes sensible, and tells which journal number is durable', async () => {
    const batches = story();
    const detect = await opened();
    expect(await detect.checkpoint(0)).toBe(0);
    expect(readdirSync(folder)).toEqual([]);
    await play(detect, batches.slice(0, 1));
    expect(await detect.checkpoint(1)).toBe(1);
    const seconds = statSync(join(folder, 'detect-1-0.bin')).size / CHECKPOINT_BYTES_PER_SECOND;
    await play(detect, batches.slice(1, 2), 1);
    uptimeMs += seconds * 1000 - 1;
    expect(await detect.checkpoint(2)).toBe(1);
    uptimeMs += 2;
    expect(await detect.checkpoint(2)).toBe(2);
    await play(detect, batches.slice(2, 3), 2);
    expect(await detect.checkpoint(3)).toBe(2);
    expect(await detect.checkpoint(3, { force: true })).toBe(3);
    await detect.close();
    const again = await opened();
    expect(again.after).toBe(3);
    expect(await again.checkpoint(4, { force: true })).toBe(3);
  });

  it.each(['detect-3-0.bin', 'detect.manifest'])(
    'sets a checkpoint aside whose %s is damaged, says so, and starts empty',
    async (name) => {
      const detect = await opened();
      await play(detect, story().slice(0, 3));
      await detect.checkpoint(3);
      await detect.close();
      const bytes = readFileSync(join(folder, name));
      bytes[bytes.length >> 1]! ^= 1;
      writeFileSync(join(folder, name), bytes);
      const again = await opened();
      expect(again.after).toBe(0);
      expect((await again.size()).series).toBe(0);
      expect(lines.join()).toContain('set aside');
      expect(readdirSync(join(folder, 'set-aside')).sort()).toEqual(['detect-3-0.bin', 'detect.manifest']);
    },
  );

  it('keeps the number of threads of its checkpoint, for the memory is dealt out to them', async () => {
    const detect = await opened(2);
    await play(detect, story().slice(0, 3));
    await detect.checkpoint(3);
    const cells = (await detect.size()).cells;
    await detect.close();
    const again = await opened(1);
    expect((await again.size()).cells).toBe(cells);
    expect(lines.join()).toContain('keeps them');
  });

  it('tells the usual of a cell in whichever thread it lives, and nothing of one never heard of', async () => {
    const detect = await opened(2);
    const batches = story().slice(0, 9 * 96);
    await play(detect, batches);
    const at = batches.at(-1)!.at[0]! + 43_200_000;
    for (const cell of ['cell-0', 'cell-9']) {
      expect((await detect.usual(cell, 'latency_ms', [at]))[0]!.mid).toBeGreaterThan(10);
    }
    expect(await detect.usual('nowhere', 'latency_ms', [at, at])).toEqual([null, null]);
    expect(detect.version).toBe('seasonal@5');
  });

  it('leaves the batch of the journal untouched', async () => {
    const [batch] = story();
    const before = structuredClone(batch!);
    await play(await opened(2), [batch!]);
    expect(batch).toEqual(before);
  });

  it('tells once of a thread that ended by itself, refuses what was under way, and says nothing when it is closed', async () => {
    const workers: Worker[] = [];
    const told: Error[] = [];
    const detect = await openDetect({
      startThread: (entry, data) => {
        const worker = startThread(entry, data);
        workers.push(worker);
        return worker;
      },
      checkpointFolder: folder,
      zone: 'UTC',
      placeOf: () => undefined,
      log: (line) => lines.push(line),
      fatal: (error) => told.push(error),
    });
    // So much that a quick thread cannot be done with it. Nobody looks at these until later: that must not count as unhandled.
    const underWay = [
      ...story().map((batch, i) => detect.observe({ kind: 'readings', seq: i + 1, batch })),
      detect.change({ cells: [], retired: ['cell-1'] }),
    ];
    await workers[0]!.terminate();
    await new Promise((resolve) => setTimeout(resolve, 10));
    const refused = (await Promise.allSettled(underWay)).filter(({ status }) => status === 'rejected');
    expect(refused.length).toBeGreaterThan(2);
    for (const { reason } of refused as PromiseRejectedResult[]) expect(reason.message).toContain('ended');
    await expect(underWay.at(-1)).rejects.toThrow('ended');
    expect(told).toEqual([expect.objectContaining({ message: expect.stringContaining('ended') })]);
    await detect.close();
    const other = await opened();
    await other.close();
    expect([told.length, lines]).toEqual([1, []]);
  });

  it('refuses to go on once a thread is gone', async () => {
    const detect = await opened();
    await detect.close();
    await expect(play(detect, story().slice(0, 1))).rejects.toThrow('ended');
  });
});
