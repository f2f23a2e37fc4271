// Senders come and go: as many as there are, the list and its numbers stay right, also after a restart.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openSourceWatch } from '../../server/alerts/sources.ts';
import { Live } from '../../server/live/live.ts';
import { MOST_SOURCES, Sources } from '../../server/live/sources.ts';
import { batchOf } from '../batch.ts';

const WALL = Date.UTC(2026, 0, 1);
const DAY_MS = 86_400_000;

function heard(live: Live, source: string, cell: string, minute: number): void {
  const receivedAt = WALL + minute * 60_000;
  const batch = { ...batchOf([{ cell, at: receivedAt - 1000, periodSeconds: 60 }], source), receivedAt };
  live.take({ seq: live.position + 1, kind: 'readings', batch });
}

const now = (live: Live, cell: string) => live.present.get(live.directory.get(cell)!.index)!;
const ids = (sources: Sources) => sources.list(WALL).map(({ id }) => id);

async function restarted(live: Live): Promise<Live> {
  const folder = await mkdtemp(join(tmpdir(), 'cellstar-sources-'));
  await live.checkpoint(join(folder, 'live'));
  const again = new Live();
  await again.restore([], join(folder, 'live'), (line) => expect(line).toBe(''));
  await rm(folder, { recursive: true });
  return again;
}

describe('the list of senders', () => {
  it('drops, where it is full, the one that was not heard for longest', () => {
    const sources = new Sources();
    for (let n = 0; n < MOST_SOURCES; n++) sources.refuse(`csv/${n}`, 1, WALL + n);
    sources.refuse('csv/0', 1, WALL + MOST_SOURCES);
    sources.refuse('csv/late', 1, WALL + MOST_SOURCES + 1);
    expect(ids(sources)).toHaveLength(MOST_SOURCES);
    expect(ids(sources)).toContain('csv/0');
    expect(ids(sources)).toContain('csv/late');
    expect(ids(sources)).not.toContain('csv/1');
  });

  it('never gives the cells of one that is gone to whoever comes next, before and after a restart', async () => {
    let live = new Live();
    heard(live, 'old', 'A', 0);
    heard(live, 'other', 'B', 0);
    live.sources.remove('old');
    heard(live, 'new', 'C', 1);
    live.present.sweep(WALL);
    const told = () => [now(live, 'A'), now(live, 'B'), now(live, 'C')].map(({ source }) => source);
    expect(told()).toEqual(['', 'other', 'new']);
    expect([now(live, 'A').health, now(live, 'B').health]).toEqual(['unknown', 'ok']);
    expect(live.present.cellsBySource()).toEqual(
      new Map([
        ['other', ['B']],
        ['new', ['C']],
      ]),
    );
    live = await restarted(live);
    expect(told()).toEqual(['', 'other', 'new']);
    heard(live, 'newer', 'D', 2);
    heard(live, 'old', 'A', 2);
    expect([...told(), now(live, 'D').source]).toEqual(['old', 'other', 'new', 'newer']);
  });

  it('keeps each cell with its own sender, whatever comes, goes and restarts', async () => {
    const step = fc.record({
      what: fc.constantFrom('hear', 'hear', 'hear', 'remove', 'restart'),
      source: fc.constantFrom('a', 'b', 'c', 'd'),
      cell: fc.constantFrom('A', 'B', 'C'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        let live = new Live();
        const senderOf = new Map<string, string>();
        for (const [minute, { what, source, cell }] of steps.entries()) {
          if (what === 'restart') live = await restarted(live);
          else if (what === 'hear') {
            heard(live, source, cell, minute);
            senderOf.set(cell, source);
          } else {
            live.sources.remove(source);
            for (const [each, sender] of senderOf) if (sender === source) senderOf.set(each, '');
          }
          for (const [each, sender] of senderOf) expect(now(live, each).source).toBe(sender);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('does not bring back whom a person took off it, for what was refused before; being heard again does', () => {
    const sources = new Sources();
    sources.refuse('csv/junk', 3, WALL);
    sources.remove('csv/junk');
    const again = new Sources();
    again.load(structuredClone(sources.save()));
    again.recall('csv/junk', 3, WALL, WALL + 60_000);
    expect(ids(again)).toEqual([]);
    again.recall('csv/junk', 4, WALL + 1000, WALL + 60_000);
    expect(ids(again)).toEqual(['csv/junk']);
    const full = new Sources(1);
    full.refuse('csv/kept', 1, WALL - DAY_MS);
    full.recall('csv/junk', 4, WALL, WALL);
    expect(ids(full)).toEqual(['csv/kept']);
  });

  it('ends the alert of a quiet one that is dropped', () => {
    const watch = openSourceWatch(() => new Map());
    const quiet = { ...new Sources(), id: 'csv/x', quiet: true, heardAt: WALL, usualGapMs: 1000 } as never;
    const first = watch([quiet], WALL);
    first.settle();
    expect(first.findings.map(({ phase }) => phase)).toEqual(['begins']);
    const second = watch([], WALL);
    expect(second.findings).toMatchObject([{ phase: 'ends', subject: { id: 'csv/x' } }]);
    second.settle();
    expect(watch([], WALL).findings).toEqual([]);
  });
});
