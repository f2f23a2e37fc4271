// The charts of a cell always show something that was measured, however long ago it was.

import { expect, it } from 'vitest';
import type { Series } from '../../server/api/contract.ts';
import { chartSpan, withoutUnfinished } from '../../web/pages/cell/chart-span.ts';

const DAY = 86_400_000;
const NOW = 1000 * DAY;

it('charts span the time up to now, with a look ahead', () => {
  expect(chartSpan(NOW, NOW - 3_600_000, DAY)).toEqual({
    from: NOW - DAY,
    to: NOW + DAY / 10,
    now: NOW,
    isPast: false,
  });
  expect(chartSpan(NOW, null, DAY).isPast).toBe(false);
});

it('charts of a cell that fell silent long ago span the time up to its last reading', () => {
  const last = NOW - 400 * DAY;
  expect(chartSpan(NOW, last, DAY)).toEqual({ from: last - DAY, to: last, now: NOW, isPast: true });
  expect(chartSpan(NOW, last, 365 * DAY).isPast).toBe(true);
  expect(chartSpan(NOW, last, 500 * DAY).isPast).toBe(false);
});

it('sums of days show no fall on a day that is not over; ratios, and single readings, are shown as they are', () => {
  const points: Series['points'] = [
    [NOW - DAY / 2, 500],
    [NOW + DAY / 2, 100],
  ];
  const shown = (kpi: string, step: number) =>
    withoutUnfinished(
      { kpi, step, points, unit: '', level: 'daily', spread: [], band: [], forecast: [], marks: [] },
      NOW,
    ).points;
  expect(shown('traffic_gb', 86_400)).toEqual([points[0]]);
  expect(shown('drop_rate_pct', 86_400)).toEqual(points);
  expect(shown('traffic_gb', 0)).toEqual(points);
});
