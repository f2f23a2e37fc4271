// A chart shows what was measured: gaps stay gaps, the usual range stands under the line, scales are round.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Series } from '../../server/api/contract.ts';
import {
  axisWidth,
  bandAt,
  chartData,
  concerns,
  linesOf,
  scaleFor,
  severityAt,
  stepOf,
} from '../../web/parts/chart-data.ts';
import { tickHours, timeTicks, widthOf, withoutCollisions } from '../../web/parts/time-ticks.ts';

const STEP = 900_000;

function series(change: Partial<Series> = {}): Series {
  return {
    kpi: 'drop_rate_pct',
    unit: '%',
    step: 0,
    level: 'raw',
    points: [],
    spread: [],
    band: [],
    forecast: [],
    marks: [],
    ...change,
  };
}

describe('the axis of a chart', () => {
  it('has room for its longest label, and is the same for all charts with short ones', () => {
    expect([axisWidth(['0', '50', '100 %']), axisWidth([])]).toEqual([54, 54]);
    expect(axisWidth(['0', '30,000 GB'])).toBeGreaterThanOrEqual(68);
  });
});

describe('the columns of a chart', () => {
  it('break the line where the server says that something is missing, and nowhere else', () => {
    const data = chartData(
      series({
        points: [
          [0, 1],
          [4 * STEP, 2],
          [5 * STEP, 2],
          [6 * STEP, null],
          [9 * STEP, 3],
        ],
      }),
    );
    expect(data.value).toEqual([1, 2, 2, null, 3]);
  });

  it('have the least and greatest behind values of days, judged by neither; none behind sums', () => {
    const days = series({ step: 86_400, level: 'daily', points: [[STEP, 9]], spread: [[STEP, 1, 3]] });
    expect(chartData(days)).toMatchObject({ low: [1], high: [3], value: [9], outside: [false] });
    expect(chartData({ ...days, kpi: 'traffic_gb' })).toMatchObject({ low: [undefined], high: [undefined] });
  });

  it('find the step of a raw series from its points', () => {
    expect(
      stepOf(
        series({
          points: [
            [0, 1],
            [STEP, 1],
            [2 * STEP, 1],
            [9 * STEP, 1],
          ],
        }),
      ),
    ).toBe(STEP);
    expect(stepOf(series({ step: 3600 }))).toBe(3_600_000);
    expect(stepOf(series())).toBe(0);
  });

  it('tell which values lie outside of the usual range, between the band’s own times too', () => {
    const data = chartData(
      series({
        points: [
          [0, 1],
          [STEP, 5],
          [2 * STEP, 1],
        ],
        band: [
          [0, 0, 2],
          [2 * STEP, 0, 2],
        ],
      }),
    );
    expect(data.x).toEqual([0, 900, 1800]);
    expect(data.outside).toEqual([false, true, false]);
    expect(data.high[1]).toBe(2);
  });

  it('judge nothing where no usual range is known', () => {
    expect(chartData(series({ points: [[0, 99]] })).outside).toEqual([false]);
    expect(bandAt([], 0)).toBeNull();
    expect(bandAt([[10, 0, 1]], 5)).toBeNull();
  });

  it('keep a missing value missing: never zero', () => {
    expect(chartData(series({ points: [[0, null]] })).value).toEqual([null]);
  });

  it('leave an outage open though the band goes on through it', () => {
    const band: Series['band'] = [0, 1, 2, 3, 4, 5].map((i) => [i * STEP, 0, 2]);
    const points: Series['points'] = [
      [0.4 * STEP, 1],
      [1.4 * STEP, null],
      [4.4 * STEP, 1],
    ];
    const { value } = chartData(series({ step: 900, points, band }));
    const [before, after] = [value.indexOf(1), value.lastIndexOf(1)];
    expect(after - before).toBeGreaterThan(4);
    expect(value.slice(before + 1, after).every((one) => one === null)).toBe(true);
    expect(value.at(-1)).toBeUndefined();
  });

  it('lead on beyond the newest value where the band does', () => {
    const data = chartData(
      series({
        points: [[0, 1]],
        band: [
          [0, 0, 2],
          [STEP, 0, 2],
        ],
      }),
    );
    expect(data.value).toEqual([1, undefined]);
  });
});

describe('marks', () => {
  const marks: Series['marks'] = [{ at: 2 * STEP, until: 3 * STEP, kind: 'alert', severity: 'major' }];

  it('give their severity to the time they cover', () => {
    expect(severityAt(marks, 2.5 * STEP, STEP)).toBe('major');
    expect(severityAt(marks, 5 * STEP, STEP)).toBeNull();
  });

  it('stand on every chart of a cell that was silent, until the value that ended it', () => {
    const points: Series['points'] = [
      [STEP, 1],
      [2 * STEP, null],
      [5 * STEP, 1],
    ];
    const mark = { at: 2 * STEP, until: 5 * STEP, kind: 'alert', severity: 'critical' } as const;
    expect(concerns(mark, chartData(series({ points })), STEP)).toBe(true);
  });

  it('stand only on charts that were out of line, or silent, at that time', () => {
    const band: Series['band'] = [
      [0, 0, 2],
      [9 * STEP, 0, 2],
    ];
    const calm = chartData(
      series({
        points: [
          [STEP, 1],
          [2 * STEP, 1],
          [3 * STEP, 1],
        ],
        band,
      }),
    );
    const loud = chartData(
      series({
        points: [
          [STEP, 1],
          [2 * STEP, 7],
          [3 * STEP, 7],
        ],
        band,
      }),
    );
    const silent = chartData(
      series({
        points: [
          [0, 1],
          [STEP, 1],
        ],
        band,
      }),
    );
    expect(concerns(marks[0]!, calm, STEP)).toBe(false);
    expect(concerns(marks[0]!, loud, STEP)).toBe(true);
    expect(concerns(marks[0]!, silent, STEP)).toBe(true);
  });
});

describe('the scale of a chart', () => {
  const ofValues = (kpi: string, values: number[]) =>
    scaleFor(kpi, chartData(series({ points: values.map((value, i) => [i * STEP, value]) })));

  it('begins at zero for rates of trouble and ends at 100 for rates of success', () => {
    expect(ofValues('drop_rate_pct', [0.3, 2.1]).min).toBe(0);
    expect(ofValues('setup_success_pct', [99.1, 99.6])).toEqual({ min: 96, max: 100, step: 2 });
  });

  it('does not blow up a flat line', () => {
    const { min, max } = ofValues('ul_interference_dbm', [-110, -110.1]);
    expect(max - min).toBeGreaterThanOrEqual(3);
  });

  it('holds every value between two and four lines, whatever comes', () => {
    const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(
        fc.constantFrom('ul_interference_dbm', 'traffic_gb', 'unheard_of'),
        fc.array(value, { minLength: 1 }),
        (kpi, values) => {
          const scale = ofValues(kpi, values);
          const lines = linesOf(scale);
          expect(scale.min).toBeLessThanOrEqual(Math.min(...values) + Math.abs(scale.step) * 1e-6);
          expect(scale.max).toBeGreaterThanOrEqual(Math.max(...values) - Math.abs(scale.step) * 1e-6);
          expect(lines.length).toBeGreaterThanOrEqual(2);
          expect(lines.length).toBeLessThanOrEqual(4);
        },
      ),
    );
  });

  it('shows an empty chart with a scale too', () => {
    expect(linesOf(scaleFor('traffic_gb', chartData(series()))).length).toBeGreaterThanOrEqual(2);
  });
});

describe('the marks of a time axis', () => {
  it('stand on whole hours of the network’s zone', () => {
    const from = Date.parse('2026-03-17T10:10:00.000Z');
    const ticks = timeTicks(from, from + 12 * 3_600_000, 6, 'Asia/Kolkata');
    expect(ticks.map((tick) => new Date(tick.at).toISOString())).toEqual([
      '2026-03-17T12:30:00.000Z',
      '2026-03-17T18:30:00.000Z',
    ]);
    expect(ticks[1]?.midnight).toBe(true);
  });

  it('keep to local midnight when the clocks change', () => {
    const from = Date.parse('2026-03-27T00:00:00.000Z');
    const ticks = timeTicks(from, from + 4 * 86_400_000, 24, 'Europe/Berlin');
    expect(ticks.map((tick) => new Date(tick.at).toISOString().slice(0, 16))).toEqual([
      '2026-03-27T23:00',
      '2026-03-28T23:00',
      '2026-03-29T22:00',
      '2026-03-30T22:00',
    ]);
  });

  it('are few enough to read', () => {
    expect(tickHours(24 * 3_600_000, 5)).toBe(6);
    expect(tickHours(30 * 86_400_000, 5)).toBe(168);
    expect(tickHours(365 * 86_400_000, 4)).toBe(4380);
  });
});

describe('labels of a time axis', () => {
  it('give way to the day’s name, to each other and to the edge', () => {
    const label = (middle: number, first = false) => ({ middle, width: 40, first });
    const kept = withoutCollisions([label(10), label(60), label(95, true), label(150), label(190)], 200);
    expect(kept.map(({ middle }) => middle)).toEqual([95, 150]);
  });

  it('take more room in Chinese', () => {
    expect(widthOf('3月1日周三', 12)).toBeGreaterThan(widthOf('Wed 1', 12));
  });
});
