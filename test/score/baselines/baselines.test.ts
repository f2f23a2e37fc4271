// The rivals do honest work: each finds what it is made for, looks back only, and is blind where its idea is.

import { describe, expect, it } from 'vitest';
import { dayWave, madeTable, ripple } from '../made-table.ts';
import { at, DAY } from '../made-truth.ts';
import type { ReadingsTable } from '../readings-table.ts';
import { alertsOf, USUAL_RULE } from '../strength.ts';
import { earlierWeeks } from './earlier-weeks.ts';
import { rollingZScore } from './rolling-z-score.ts';
import { staticThresholds } from './static-thresholds.ts';
import { timeLeft } from './time-left.ts';

const SICK = 15 * DAY;
const told = (table: ReadingsTable, strengths: Float32Array, line: number) =>
  alertsOf(table, strengths, { line, ...USUAL_RULE }).map(
    ({ kind, cells, raises }) => `${kind} ${cells} ${(raises[0]! - at(0)) / 900_000}`,
  );

/** Two cells with a day's wave; from day 15 on, for twelve periods, the delay of cell b is far above its usual. */
const slow = madeTable(2, 16 * DAY, (cell, period) => {
  const isSick = cell === 1 && period >= SICK && period < SICK + 12;
  return { active_users: 50, latency_ms: 30 + 10 * dayWave(period) + ripple(cell, period) + (isSick ? 60 : 0) };
});

describe('rolling z-score', () => {
  it('finds what leaves the last day far behind, at once, and only in its cell', () => {
    expect(told(slow, rollingZScore(slow), 3)).toEqual([`anomaly b ${SICK + 1}`]);
  });
});

describe('earlier weeks', () => {
  it('finds what the same hour of earlier weeks never had', () => {
    expect(told(slow, earlierWeeks(slow), 10)).toEqual([`anomaly b ${SICK + 1}`]);
  });

  it('says nothing in the first week', () => {
    expect(
      earlierWeeks(slow)
        .subarray(0, 2 * 7 * DAY)
        .every((strength) => strength === 0),
    ).toBe(true);
  });
});

describe('static thresholds', () => {
  it('know nothing of a KPI without a line', () => {
    expect(told(slow, staticThresholds(slow), 1)).toEqual([]);
  });

  it('find what misses the line, a rate and a level, once it comes again', () => {
    const table = madeTable(2, 30, (cell, period) => ({
      setup_attempts: 1000,
      setup_successes: cell === 0 && period >= 10 && period < 15 ? 985 : 995,
      prb_util_pct: cell === 1 && period >= 20 ? 85 : 50,
    }));
    expect(told(table, staticThresholds(table), 1)).toEqual(['anomaly a 12', 'anomaly b 22']);
  });

  it('know of planned works and of too few attempts, as every operator has told them', () => {
    const table = madeTable(2, 30, (cell, period): Record<string, number> => {
      if (cell === 0) return { availability_pct: period < 10 ? 100 : 0, planned_unavail_s: period < 10 ? 0 : 900 };
      return { session_releases: 9, abnormal_releases: 4 };
    });
    expect(told(table, staticThresholds(table), 1)).toEqual([]);
  });
});

it('nobody sees the future: strengths are the same when the readings end there', () => {
  for (const baseline of [rollingZScore, earlierWeeks, staticThresholds]) {
    const cut = madeTable(2, SICK, (cell, period) => ({
      active_users: 50,
      latency_ms: slow.column('latency_ms')[2 * period + cell]!,
    }));
    expect([...baseline(cut)]).toEqual([...baseline(slow).subarray(0, 2 * SICK)]);
  }
});

describe('alerts of strengths', () => {
  it('stay open while strength wavers about the line, and come anew after a calm', () => {
    const table = madeTable(1, 12, () => ({ latency_ms: 1 }));
    const strengths = Float32Array.from([0, 5, 4, 3.6, 5, 0, 0, 5, 0, 0, 0, 5]);
    expect(told(table, strengths, 5)).toEqual(['anomaly a 2', 'anomaly a 12']);
  });

  it('tell of silence after three periods, once, and not of a cell that never spoke', () => {
    const table = madeTable(2, 12, (cell, period) => (cell === 0 && period < 4 ? { latency_ms: 1 } : undefined));
    expect(told(table, new Float32Array(24), 5)).toEqual(['silent a 7']);
  });
});

describe('linear time-left', () => {
  it('says when a steady rise will meet the line', () => {
    const table = madeTable(2, 20 * DAY, (cell, period) => ({
      prb_util_pct: 50 + (cell === 1 ? (1.5 * period) / DAY : 0),
    }));
    const [first, again, ...others] = timeLeft(table, 0.9);
    expect(others).toEqual([]);
    expect(first).toMatchObject({ kind: 'congestion-forecast', cells: ['b'] });
    // A straight line meets 80 % on day 20; it is told on the second day on which it is nearer than two weeks.
    expect(Math.abs(first!.prediction!.expectedAt - at(20 * DAY))).toBeLessThan(at(DAY) - at(0));
    expect(first!.raises).toEqual([at(8 * DAY)]);
    // The quick look tells it anew in the last hours.
    expect(again!.raises[0]).toBeGreaterThan(at(19 * DAY));
  });

  it('says nothing of what wavers, or is beyond the line already', () => {
    const table = madeTable(2, 20 * DAY, (cell, period) => ({
      prb_util_pct: cell === 0 ? 50 + 10 * ripple(0, Math.floor(period / 96)) : 85,
    }));
    expect(timeLeft(table, 0.9)).toEqual([]);
  });
});
