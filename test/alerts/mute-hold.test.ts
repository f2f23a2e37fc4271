// The window of a mute as a state machine: nothing of it is told too early, twice or never, whatever happens meanwhile.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Held, isHeld } from '../../server/alerts/mute-hold.ts';
import type { Finding } from '../../server/model/finding.ts';
import { mutedBench } from './muted.ts';
import { finding, MemoryLedger, PERIOD_MS, period } from './network.ts';

const CELLS = ['S-A', 'H-A', 'L-A'];
const PERIODS = 20;
const GRACE_PERIODS = 2;

/** From the first bad period up to the first good one; `end` is PERIODS where none came. */
function spellsOf(bad: readonly boolean[]): { begin: number; end: number }[] {
  return bad.flatMap((isBad, n) => {
    if (!isBad || bad[n - 1]) return [];
    const end = bad.findIndex((later, i) => i > n && !later);
    return [{ begin: n, end: end < 0 ? PERIODS : end }];
  });
}

function findingAt(cell: string, bad: readonly boolean[], n: number): Finding[] {
  const spell = spellsOf(bad).find(({ begin, end }) => n >= begin && n <= end);
  if (!spell) return [];
  const phase = n === spell.begin ? 'begins' : n === spell.end ? 'ends' : 'lasts';
  return [finding('fault', cell, phase, n, spell.begin)];
}

const story = fc.record({
  bad: fc.tuple(...CELLS.map(() => fc.array(fc.boolean(), { minLength: PERIODS, maxLength: PERIODS }))),
  from: fc.integer({ min: 1, max: 8 }),
  length: fc.integer({ min: 0, max: 8 }),
});

describe('a window over cells that fail and recover as they like', () => {
  test('is quiet to the end of its grace, then tells each spell of it that lasts, once, and no other', async () => {
    const run = async ({ bad, from, length }: { bad: boolean[][]; from: number; length: number }) => {
      const to = from + length;
      const room = await mutedBench(new MemoryLedger(), { flapMs: 0 });
      await room.mute({ cells: CELLS, from: period(from), to: period(to) });
      /** The record at which an alert was told of first, by cell and beginning. */
      const toldAt = new Map<string, number>();
      for (let n = 0; n < PERIODS; n++) {
        const before = room.published.length;
        await room.hear(n, ...CELLS.flatMap((cell, i) => findingAt(cell, bad[i]!, n)));
        for (const { alert } of room.published.slice(before)) {
          const key = `${alert.subject} ${alert.raisedAt}`;
          if (alert.mutedBy === undefined && !toldAt.has(key)) toldAt.set(key, n);
        }
        const active = room.listed().filter(({ state }) => state !== 'cleared');
        const early = active.filter((alert) => alert.since! <= period(to));
        if (n >= from && n <= to + GRACE_PERIODS) expect(early).toEqual([]);
      }
      CELLS.forEach((cell, i) => {
        for (const { begin, end } of spellsOf(bad[i]!)) {
          const inWindow = begin >= from && begin <= to;
          const release = to + GRACE_PERIODS + 1;
          const lasts = end > release && release < PERIODS;
          const expected = !inWindow ? begin : lasts ? release : undefined;
          expect(toldAt.get(`${cell} ${period(begin)}`)).toBe(expected);
        }
      });
    };
    await fc.assert(fc.asyncProperty(story, run), { numRuns: 60 });
  });

  const held = fc.record({
    began: fc.integer({ min: 0, max: 30 }),
    knownAt: fc.option(fc.integer({ min: 0, max: 60 }), { nil: undefined }),
    isConfirmed: fc.boolean(),
    graceMs: fc.constantFrom(0, 2, 4),
    isFresh: fc.boolean(),
    isMuted: fc.boolean(),
  });
  const times = fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 20 }));

  test('holds nothing before it opens, nor what began after it; what it let go it takes back only while it is open', () => {
    fc.assert(
      fc.property(times, fc.integer({ min: 0, max: 60 }), held, ([from, length], clock, one: Held) => {
        const window = { from, to: from + length };
        const holds = isHeld(window, clock, one);
        if (Math.max(clock, one.knownAt ?? 0) < from || one.began > window.to) expect(holds).toBe(false);
        if (!one.isFresh && !one.isMuted) expect(holds).toBe(holds && clock <= window.to);
        if (clock >= from && clock <= window.to && one.began <= window.to) expect(holds).toBe(true);
        if (one.knownAt === undefined && clock > window.to + one.graceMs) expect(holds).toBe(false);
      }),
    );
  });

  test('what is held is let go only once, as time goes on', () => {
    fc.assert(
      fc.property(times, held, fc.array(fc.boolean(), { minLength: 5, maxLength: 60 }), ([from, length], one, bad) => {
        const window = { from, to: from + length };
        let isMuted = false;
        let turns = 0;
        for (const [at, isConfirmed] of bad.entries()) {
          const now = { ...one, began: from, isFresh: at === from, isMuted, isConfirmed };
          const next = isHeld(window, at, { ...now, knownAt: one.knownAt === undefined ? undefined : at });
          if (next !== isMuted) turns += 1;
          isMuted = next;
        }
        expect(turns).toBeLessThanOrEqual(2);
      }),
    );
  });

  test('the grace is two periods of the cell itself', async () => {
    const room = await mutedBench();
    await room.mute({ cells: ['S-A'], from: period(0), to: period(4) });
    const hourly = (n: number) => finding('fault', 'S-A', n === 4 ? 'begins' : 'lasts', n, 4, { periodSeconds: 3600 });
    const why = { code: 'down', values: { downSeconds: 3600, periodSeconds: 3600 } };
    for (const n of [4, 8, 12]) await room.hear(n, { ...hourly(n), why });
    expect(room.listed()).toEqual([]);
    await room.hear(16, { ...hourly(16), why });
    expect(room.listed()).toMatchObject([{ changedAt: period(4) + 12 * PERIOD_MS }]);
  });
});
