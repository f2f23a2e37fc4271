// What hurts people on a cell, and how much: nothing of a sound cell, all of a dead one, and more of what is worse.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ASLEEP, DOWN, ON_AIR, SILENT, SLEEPING } from '../../simulators/effects.ts';
import { painOf, painOffAir } from '../../simulators/pain.ts';
import { SENT } from '../../simulators/readings.ts';

const SOUND = {
  ...{ dl_throughput_mbps: 20, latency_ms: 25, packet_loss_pct: 0.1, setup_attempts: 500, setup_successes: 498 },
  ...{ session_releases: 498, abnormal_releases: 2 },
};
const rowOf = (values: Record<string, number>) => Float64Array.from(SENT, ({ kpi }) => values[kpi] ?? Number.NaN);
const pain = (change: Partial<typeof SOUND>) => painOf(rowOf({ ...SOUND, ...change }));

describe('the pain of a cell', () => {
  it('is none where all is well, or nobody is there, or a carrier sleeps', () => {
    expect(pain({})).toBe(0);
    expect(painOf(rowOf({ setup_attempts: 0, session_releases: 0 }))).toBe(0);
    expect(painOf(rowOf({ ...SOUND, setup_attempts: 9, setup_successes: 4 }))).toBe(0);
    expect([ON_AIR, ASLEEP].map(painOffAir)).toEqual([0, 0]);
  });

  it('is whole where nothing is to be had', () => {
    expect([SILENT, DOWN, SLEEPING].map(painOffAir)).toEqual([1, 1, 1]);
    expect(pain({ dl_throughput_mbps: 0 })).toBe(1);
  });

  it('rises with all that is worse, and stays between none and whole', () => {
    const two = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }));
    fc.assert(
      fc.property(two, ([a, b]) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)];
        for (const of of [
          (worse: number) => pain({ dl_throughput_mbps: 20 * (1 - worse) }),
          (worse: number) => pain({ latency_ms: 20 + 1000 * worse }),
          (worse: number) => pain({ packet_loss_pct: 100 * worse }),
          (worse: number) => pain({ setup_successes: 500 * (1 - worse) }),
          (worse: number) => pain({ abnormal_releases: 498 * worse }),
        ]) {
          expect(of(less)).toBeLessThanOrEqual(of(more));
          expect(of(less)).toBeGreaterThanOrEqual(0);
          expect(of(more)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});
