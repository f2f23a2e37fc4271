// The figures of the sanity table, on readings whose answer is plain to see.

import { describe, expect, it } from 'vitest';
import * as figures from './figures.ts';

/** Ten days of two cells that follow the hour; the second is three times as busy, and every other day a tenth busier. */
const readings = Array.from({ length: 10 * 24 }, (_, i) => {
  const hour = i % 24;
  const load = 10 + hour;
  const factor = Math.floor(i / 24) % 2 === 0 ? 0.95 : 1.05;
  return [
    { cell: 'a', minute: 60 * hour, loadPct: load * factor, carriedMbps: 0.5 * load * factor },
    { cell: 'b', minute: 60 * hour, loadPct: 3 * load * factor, carriedMbps: 1.5 * load * factor },
  ];
}).flat();

describe('the figures of the sanity table', () => {
  it('find the shape of the day, and that it is the same in a busier network', () => {
    const shape = figures.dailyShape(readings);
    expect(shape.indexOf(Math.max(...shape))).toBe(23);
    expect(figures.meanOf(shape)).toBeCloseTo(1, 9);
    expect(figures.nightShare(shape)).toBeCloseTo(13 / 33, 9);
    const busier = readings.map((one) => ({ ...one, loadPct: 2 * one.loadPct }));
    expect(figures.correlation(shape, figures.dailyShape(busier))).toBeCloseTo(1, 9);
  });

  it('find how cells and days differ, and what is carried', () => {
    expect(figures.cellSpread(readings)).toBeCloseTo(2.8 / 1.2, 9);
    expect(figures.dayToDay(readings)).toBeCloseTo(0.05, 9);
    expect(figures.loadAndCarried(readings)).toBeCloseTo(1, 9);
    const { low, middle, high } = figures.carriedAtFull(readings, 1);
    for (const mbps of [low, middle, high]) expect(mbps).toBeCloseTo(50, 9);
  });

  it('take quantiles between values, and nothing of nothing', () => {
    expect(figures.quantile([4, 1, 3, 2, Number.NaN], 0.5)).toBe(2.5);
    expect(figures.quantile([], 0.5)).toBeNaN();
  });
});
