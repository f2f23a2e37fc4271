// Runs hold exactly the times that were put into them, in whatever order.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isInRuns, type TimeRuns, withTime } from '../../server/maths/time-runs.ts';

const STEP = 4;

it('runs hold the times that were put in and no other, as few runs as there are gaps, newest first', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 80 }), { minLength: 1, maxLength: 60 }), (times) => {
      const runs = times.reduce<TimeRuns>((all, at) => withTime(all, at, STEP), new Float64Array(0));
      for (let at = -10; at < 100; at++) {
        expect(isInRuns(runs, at, STEP)).toBe(times.includes(at));
      }
      const firsts = new Set(times.filter((at) => !times.includes(at - STEP)));
      expect(runs).toHaveLength(2 * firsts.size);
      const lasts = [...runs].filter((_, i) => i % 2 === 1);
      expect(lasts).toEqual([...lasts].sort((a, b) => b - a));
    }),
  );
});
