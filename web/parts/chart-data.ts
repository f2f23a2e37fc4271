// Turns the series of a door into the columns that a chart draws: gaps stay gaps, the band stands under the line.

import type { Series } from '../../server/api/contract.ts';
import { findKpi } from '../../server/model/catalogue.ts';
import type { Severity } from '../../server/model/health.ts';

/** Columns over one time axis in seconds; gaps are told by the server, which knows each period's length. `undefined`: nothing was due there; `null`: something was, and is missing. */
export interface ChartData {
  x: number[];
  low: (number | null | undefined)[];
  high: (number | null | undefined)[];
  value: (number | null | undefined)[];
  /** Per x: the value lies outside the band. */
  outside: boolean[];
}

/** Room for the labels of an axis at 11 px, pixels: charts stand in line with each other unless one has longer numbers. */
export function axisWidth(labels: readonly string[]): number {
  const longest = Math.max(0, ...labels.map((label) => label.length));
  return Math.max(54, Math.ceil(6.5 * longest) + 12);
}

/** The usual time between points: the median of what is there, for raw series tell no step. */
export function stepOf(series: Series): number {
  if (series.step > 0) return series.step * 1000;
  const steps = series.points
    .slice(1)
    .map(([at], i) => at - series.points[i]![0])
    .sort((a, b) => a - b);
  return steps[Math.floor(steps.length / 2)] ?? 0;
}

/** The band at a time, between its two neighbours; null outside of it. */
export function bandAt(band: Series['band'], at: number): { low: number; high: number } | null {
  let from = 0;
  let to = band.length - 1;
  if (to < 0 || at < band[0]![0] || at > band[to]![0]) return null;
  while (to - from > 1) {
    const middle = (from + to) >> 1;
    if (band[middle]![0] <= at) from = middle;
    else to = middle;
  }
  const [a, b] = [band[from]!, band[to]!];
  const share = b[0] === a[0] ? 0 : (at - a[0]) / (b[0] - a[0]);
  return { low: a[1] + (b[1] - a[1]) * share, high: a[2] + (b[2] - a[2]) * share };
}

/** Between two measured values of which one thing is missing all is missing: times of the band alone must not join the line again. */
function fillGaps(values: readonly (number | null | undefined)[]): (number | null | undefined)[] {
  const filled = [...values];
  let last = -1;
  for (let i = 0; i <= values.length; i++) {
    if (i < values.length && typeof values[i] !== 'number') continue;
    if (values.slice(last + 1, i).includes(null)) filled.fill(null, last + 1, i);
    last = i;
  }
  return filled;
}

/**
 * What stands behind the line: the usual range, or, behind values that were pooled over longer than it is known for, the least
 * and the greatest of them. A sum has no place between those.
 */
function behindLine({ kpi, band, spread }: Series): Series['band'] {
  if (band.length > 0 || findKpi(kpi)?.aggregation === 'sum') return band;
  return spread;
}

export function chartData(series: Series): ChartData {
  const points = new Map(series.points);
  const bands = new Map(behindLine(series).map(([at, low, high]) => [at, { low, high }]));
  const times = [...new Set([...points.keys(), ...bands.keys()])].sort((a, b) => a - b);
  const values = fillGaps(times.map((at) => points.get(at)));
  const data: ChartData = { x: [], low: [], high: [], value: [], outside: [] };
  for (const [i, at] of times.entries()) {
    const value = values[i];
    const band = bands.get(at) ?? (typeof value === 'number' ? bandAt(series.band, at) : null);
    data.x.push(at / 1000);
    data.value.push(value);
    data.low.push(band?.low);
    data.high.push(band?.high);
    const isJudged = typeof value === 'number' && band !== null && series.band.length > 0;
    data.outside.push(isJudged && (value < band.low || value > band.high));
  }
  return data;
}

/** The severity of the alert that a time falls under, worst mark first come; null when none. */
export function severityAt(marks: Series['marks'], at: number, stepMs: number): Severity | null {
  const mark = marks.find(
    (one) => one.kind === 'alert' && at >= one.at - stepMs && at <= (one.until ?? Number.POSITIVE_INFINITY),
  );
  return mark?.severity ?? null;
}

/** True when a mark has to do with this series: while it lasted a value was out of the usual, or there was none at all. */
export function concerns(mark: Series['marks'][number], data: ChartData, stepMs: number): boolean {
  let values = 0;
  for (let i = 0; i < data.x.length; i++) {
    const at = data.x[i]! * 1000;
    if (at < mark.at - stepMs || at > (mark.until ?? Number.POSITIVE_INFINITY)) continue;
    if (data.outside[i]) return true;
    // The value that ended a silence is not of it.
    if (typeof data.value[i] === 'number' && at >= mark.at && at < (mark.until ?? Number.POSITIVE_INFINITY))
      values += 1;
  }
  return values === 0;
}

export interface Scale {
  min: number;
  max: number;
  step: number;
}

const NICE = [1, 2, 2.5, 5, 10];

/** A scale of three or four lines: from zero where zero means something, up to 100 for success ratios; `also` has a place on it. */
export function scaleFor(kpiId: string, data: ChartData, also?: number): Scale {
  const seen = [...data.value, ...data.low, ...data.high, also].filter((value) => typeof value === 'number');
  const kpi = findKpi(kpiId);
  const isSuccess = kpi?.unit === '%' && kpi.worse === 'lower';
  const fromZero = !isSuccess && kpi?.range[0] === 0 && kpi.unit !== 'V';
  const ceiling = isSuccess ? 100 : Number.POSITIVE_INFINITY;
  let low = Math.min(...seen, isSuccess ? 96 : Number.POSITIVE_INFINITY);
  let high = Math.max(...seen, isSuccess ? 100 : Number.NEGATIVE_INFINITY);
  if (!Number.isFinite(low) || !Number.isFinite(high)) [low, high] = [0, 1];
  if (fromZero) low = Math.min(0, low);
  const least = (kpi?.leastChange ?? 0) * 2;
  if (high - low < least) {
    if (!fromZero) low = Math.min(low, Math.max(kpi?.range[0] ?? Number.NEGATIVE_INFINITY, low - least / 2));
    high = Math.max(high, Math.min(kpi?.range[1] ?? Number.POSITIVE_INFINITY, low + least));
  }
  if (high === low) high = low + 1;
  return round(low, high, ceiling);
}

function round(low: number, high: number, ceiling: number): Scale {
  const magnitude = 10 ** Math.floor(Math.log10((high - low) / 3));
  for (const factor of [...NICE, 20, 25, 50]) {
    const step = factor * magnitude;
    const min = Math.floor(low / step + 1e-9) * step;
    const max = Math.min(ceiling, Math.ceil(high / step - 1e-9) * step);
    if ((max - min) / step <= 3.001) return { min, max, step };
  }
  return { min: low, max: high, step: (high - low) / 3 };
}

/** The lines of a scale, lowest first. */
export function linesOf({ min, max, step }: Scale): number[] {
  const lines: number[] = [];
  for (let i = 0; min + i * step <= max + step * 1e-6; i++) lines.push(Number((min + i * step).toPrecision(12)));
  return lines;
}
