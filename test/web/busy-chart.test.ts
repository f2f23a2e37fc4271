// The chart of busy hours: gaps, the fan, and the line of a full cell.

import { expect, test } from 'vitest';
import type { CapacityCourseAnswer } from '../../server/api/contract.ts';
import { busyChart } from '../../web/pages/capacity/busy-chart.ts';

const DAY = 86_400_000;
const BOX = { width: 100, height: 50 };

function course(users: (number | null)[], ahead: number): CapacityCourseAnswer {
  const last = users.length;
  return {
    outlook: {
      ...{ cell: 'a', name: 'A', at: '2026-03-02T00:00:00.000Z', state: 'growing', days: last, busyHour: 19 },
      ...{ users: 80, fillUsers: 100, limit: 'blocks', blocksPct: 70, growthPctPerWeek: 5, trigger: false },
      ...{ full: null, fullSince: null, steps: [], tellsFrom: null, lat: null, lon: null },
    },
    days: users.map((each, i) => [i * DAY, each, null]),
    forecast: Array.from({ length: ahead }, (_, i) => [(last + i) * DAY, 80, 85, 90]),
  };
}

test('days that do not count are gaps, never joined', () => {
  expect(busyChart(course([70, 71, null, 73], 5), BOX).past).toHaveLength(2);
});

test('the line of a full cell lies above what is used, and everything lies in the box', () => {
  const chart = busyChart(course([70, 71, 72], 10), BOX);
  expect(chart.limitY).toBeLessThan(20);
  const heights = [...chart.past.join('').matchAll(/,([\d.]+)/g)].map(([, y]) => Number(y));
  for (const y of heights) expect(y >= 0 && y <= BOX.height && y > chart.limitY!).toBe(true);
  expect(chart.levels.length).toBeGreaterThanOrEqual(3);
});

test('a cell without a forecast is drawn without a fan', () => {
  expect(busyChart(course([70, 71], 0), BOX).fan).toBe('');
});
