// Runs hold exactly the times that were put into them, in whatever order.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isIn, type TimeRun, withTime } from '../../server/maths/time-runs.ts';

const STEP = 4;

it('runs hold the times that were put in and no other, as few runs as there are gaps, newest first', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 80 }), { minLength: 1, maxLength: 60 }), (times) => {
      const runs = times.reduce<TimeRun[]>((all, at) => withTime(all, at, STEP), []);
      for (let at = -10; at < 100; at++) {
        expect(runs.some((run) => isIn(run, at, STEP))).toBe(times.includes(at));
      }
      const firsts = new Set(times.filter((at) => !times.includes(at - STEP)));
      expect(runs).toHaveLength(firsts.size);
      expect(runs.map(({ to }) => to)).toEqual(runs.map(({ to }) => to).sort((a, b) => b - a));
    }),
  );
});
