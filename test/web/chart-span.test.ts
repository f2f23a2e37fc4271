// The charts of a cell always show something that was measured, however long ago it was.

import { expect, it } from 'vitest';
import type { Series } from '../../server/api/contract.ts';
import { chartSpan, movedUntil, showsRange, stepSecondsFor, withoutParts } from '../../web/pages/cell/chart-span.ts';

const DAY = 86_400_000;
const NOW = 1000 * DAY;

it('charts span the time up to now, with a look ahead', () => {
  expect(chartSpan(NOW, NOW - 3_600_000, DAY)).toEqual({
    from: NOW - DAY,
    to: NOW + DAY / 10,
    now: NOW,
    newest: NOW,
    isPast: false,
  });
  expect(chartSpan(NOW, null, DAY).isPast).toBe(false);
});

it('charts of a cell that fell silent long ago span the time up to its last reading', () => {
  const last = NOW - 400 * DAY;
  expect(chartSpan(NOW, last, DAY)).toEqual({ from: last - DAY, to: last, now: NOW, newest: last, isPast: true });
  expect(chartSpan(NOW, last, 365 * DAY).isPast).toBe(true);
  expect(chartSpan(NOW, last, 500 * DAY).isPast).toBe(false);
});

it('charts of a cell that is ahead of its network show its readings all the same', () => {
  expect(chartSpan(NOW, NOW + 300 * DAY, DAY)).toMatchObject({ from: NOW + 299 * DAY, to: NOW + 300 * DAY });
});

it('charts go back by spans, and on again up to the present', () => {
  const at = chartSpan(NOW, NOW, DAY);
  const back = movedUntil(at, null, DAY, -1);
  expect(back).toBe(NOW - DAY);
  expect(chartSpan(NOW, NOW, DAY, back)).toMatchObject({ from: NOW - 2 * DAY, to: NOW - DAY });
  expect(movedUntil(at, back, DAY, -1)).toBe(NOW - 2 * DAY);
  expect(movedUntil(at, back, DAY, 1)).toBeNull();
  const last = NOW - 800 * DAY;
  expect(movedUntil(chartSpan(NOW, last, 365 * DAY), null, 365 * DAY, -1)).toBe(last - 365 * DAY);
});

it('charts of months stand by days, unless the cell itself reports more rarely', () => {
  expect([7, 30, 90, 365].map((days) => stepSecondsFor(days * DAY, 900))).toEqual([
    undefined,
    undefined,
    86_400,
    86_400,
  ]);
  expect(stepSecondsFor(90 * DAY, 7 * 86_400)).toBeUndefined();
});

it('sums of days show no fall on a day that is not over, or not all in the span; ratios, and single readings, are shown as they are', () => {
  const points: Series['points'] = [
    [NOW - 3 * DAY, 70],
    [NOW - DAY / 2, 500],
    [NOW + DAY / 2, 100],
  ];
  const shown = (kpi: string, step: number) =>
    withoutParts(
      { kpi, step, points, unit: '', level: 'daily', spread: [], band: [], forecast: [], marks: [] },
      NOW - 3.5 * DAY,
      NOW,
    ).points;
  expect(shown('traffic_gb', 86_400)).toEqual([points[1]]);
  expect(shown('drop_rate_pct', 86_400)).toEqual(points);
  expect(shown('traffic_gb', 0)).toEqual(points);
});

it('charts show what was asked for once they span it, also where somebody went back', () => {
  const day = chartSpan(NOW, NOW, DAY);
  expect([showsRange(day, null, DAY), showsRange(day, null, 7 * DAY)]).toEqual([true, false]);
  const back = chartSpan(NOW, NOW, DAY, NOW - 3 * DAY);
  expect([showsRange(back, NOW - 3 * DAY, DAY), showsRange(back, NOW - 3 * DAY, 7 * DAY)]).toEqual([true, false]);
});
