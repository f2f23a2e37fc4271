// How threads together keep to the budget: sums over all, and a verdict only where it can be told.

import { describe, expect, it } from 'vitest';
import { reportOf } from '../../server/detect/detect-report.ts';
import type { ThreadReport } from '../../server/detect/thread-protocol.ts';

const NONE = { peers: 0, crowd: 0, neighbour: 0, sign: 0, 'special-day': 0 };
const KNOWN = { cells: 100, allowed: 0.1, expected: 0.06, begun: 0.4, days: 20, daysToGo: 0, line: 1.1 };

const thread = (budget: Partial<ThreadReport['budget']> = {}, excused = {}): ThreadReport => ({
  budget: { ...KNOWN, ...budget },
  excused: { ...NONE, ...excused },
  learning: { series: 12, cold: 3 },
});

describe('the report of all threads', () => {
  it('adds up what is allowed, began and was excused; the highest line is told', () => {
    const report = reportOf([thread({}, { peers: 3 }), thread({ line: 1.3, expected: 0.1 }, { peers: 4, sign: 1 })]);
    expect(report.budget).toMatchObject({ cells: 200, allowed: 0.2, begun: 0.8, line: 1.3, daysToGo: 0, met: true });
    expect(report.budget.expectedByChance).toBeCloseTo(0.16, 9);
    expect(report.excused).toEqual({ ...NONE, peers: 7, sign: 1 });
    expect(report.learning).toEqual({ series: 24, cold: 6 });
  });

  it('takes chance in a thread of few cells to be as in the others', () => {
    const few = thread({ cells: 20, allowed: 0.02, expected: 5, daysToGo: null });
    expect(reportOf([few, thread()]).budget.expectedByChance).toBeCloseTo(0.06 * 1.2, 9);
    const empty = thread({ cells: 0, allowed: 0, expected: null, begun: null, days: 0, daysToGo: null });
    expect(reportOf([empty, thread()]).budget).toMatchObject({ expectedByChance: 0.06, begun: 0.4, met: true });
  });

  it('gives no verdict while most cells are still learned', () => {
    expect(reportOf([thread({ daysToGo: 3 }), thread({ cells: 20 })]).budget).toMatchObject({
      ...{ expectedByChance: null, met: null, daysToGo: 3 },
    });
    expect(reportOf([thread({ daysToGo: null })]).budget).toMatchObject({ met: null, daysToGo: null });
  });

  it('says that it is not met where chance has more than its due, and met where no more began at all', () => {
    expect(reportOf([thread({ expected: 0.11 })]).budget.met).toBe(false);
    expect(reportOf([thread({ expected: 0.11, begun: 0.05 })]).budget.met).toBe(true);
    expect(reportOf([thread({ expected: 0.1 + 1e-16 })]).budget.met).toBe(true);
  });
});
