// Signs of life: a sender whose heartbeats stop is noticed, though it never sends a reading.

import { describe, expect, it } from 'vitest';
import { Sources } from '../../server/live/sources.ts';

const MINUTE = 60_000;
const START = Date.UTC(2026, 2, 17);

/** Heartbeats each minute, so many. */
function heard(beats: number, everySeconds?: number): Sources {
  const sources = new Sources();
  for (let n = 0; n < beats; n++) beat(sources, n, everySeconds);
  return sources;
}

function beat(sources: Sources, n: number, everySeconds?: number): void {
  const at = START + n * MINUTE;
  const beats = [{ at, ...(everySeconds !== undefined && { everySeconds }) }];
  sources.hearEvents({ source: 'ves/du-3', receivedAt: at, alarms: [], beats });
}

const quietAt = (sources: Sources, n: number) => sources.list(START + n * MINUTE)[0]!.quiet;

describe('a sender of heartbeats', () => {
  it('is heard at each, and its rhythm is shown', () => {
    expect(heard(10).list(START + 9 * MINUTE)).toMatchObject([
      { id: 'ves/du-3', heardAt: START + 9 * MINUTE, usualGapMs: MINUTE, readings: 0, quiet: false },
    ]);
  });

  it('is quiet once several are missing, and speaks with the next', () => {
    const sources = heard(10);
    expect(quietAt(sources, 12)).toBe(false);
    expect(quietAt(sources, 16)).toBe(true);
    beat(sources, 17);
    expect(quietAt(sources, 17)).toBe(false);
  });

  it('is not quiet while it says that the next heartbeat is not due', () => {
    expect(quietAt(heard(10, 300), 20)).toBe(false);
  });

  it('is not quiet while anything else of it is heard', () => {
    const sources = heard(10);
    sources.hearEvents({ source: 'ves/du-3', receivedAt: START + 16 * MINUTE, alarms: [], beats: [] });
    expect(quietAt(sources, 17)).toBe(false);
  });

  it('keeps its rhythm in a checkpoint', () => {
    const again = new Sources();
    again.load(structuredClone(heard(10).save()));
    expect(quietAt(again, 16)).toBe(true);
  });

  it('that sent only alarms, which come when they must, is never quiet', () => {
    const sources = new Sources();
    for (let n = 0; n < 9; n++) {
      sources.hearEvents({ source: 'ves/ems', receivedAt: START + n * MINUTE, alarms: [], beats: [] });
    }
    expect(quietAt(sources, 10_000)).toBe(false);
  });
});
