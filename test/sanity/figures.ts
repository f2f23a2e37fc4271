// Figures by which a made-up network is held against a real one: pure sums over readings of many cells, and over levels.

/** One cell in one period. */
export interface LoadReading {
  cell: string;
  /** Of the local day, 0…1439. */
  minute: number;
  /** Resource blocks in use, %. */
  loadPct: number;
  /** What the cell carries downwards, Mbit/s. */
  carriedMbps: number;
}

export interface Spread {
  low: number;
  middle: number;
  high: number;
}

/** Quantile by linear interpolation, `share` 0…1; NaN of nothing. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(place)] ?? Number.NaN, sorted[Math.ceil(place)] ?? Number.NaN];
  return below + (above - below) * (place % 1);
}

/** The middle nine tenths. */
export function spreadOf(values: readonly number[]): Spread {
  return { low: quantile(values, 0.05), middle: quantile(values, 0.5), high: quantile(values, 0.95) };
}

export const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string | number): T[][] {
  const groups = new Map<string | number, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return [...groups.values()];
}

/** Mean load of each hour of the day against the mean of all 24. */
export function dailyShape(readings: readonly LoadReading[]): number[] {
  const hours = Array.from({ length: 24 }, (_, hour) =>
    meanOf(readings.filter(({ minute }) => Math.floor(minute / 60) === hour).map(({ loadPct }) => loadPct)),
  );
  const mean = meanOf(hours);
  return hours.map((load) => load / mean);
}

/** Mean load from two to five at night against the busiest hour. */
export function nightShare(shape: readonly number[]): number {
  return meanOf(shape.slice(2, 5)) / Math.max(...shape);
}

/** Mean load of the busy cells (90th percentile) against the quiet ones (10th). */
export function cellSpread(readings: readonly LoadReading[]): number {
  const means = groupBy(readings, ({ cell }) => cell).map((own) => meanOf(own.map(({ loadPct }) => loadPct)));
  return quantile(means, 0.9) / quantile(means, 0.1);
}

/** How much the load of a cell at the same time of day differs from day to day: median of standard deviation by mean. */
export function dayToDay(readings: readonly LoadReading[], leastDays = 4): number {
  const ratios = groupBy(readings, ({ cell, minute }) => `${cell} ${minute}`)
    .filter((own) => own.length >= leastDays)
    .map((own) => deviationOf(own.map(({ loadPct }) => loadPct)) / meanOf(own.map(({ loadPct }) => loadPct)));
  return quantile(ratios, 0.5);
}

/** Mbit/s that would be carried with all blocks in use, for readings with a load worth dividing by. */
export function carriedAtFull(readings: readonly LoadReading[], leastPct: number): Spread {
  return spreadOf(
    readings
      .filter(({ loadPct }) => loadPct >= leastPct)
      .map(({ carriedMbps, loadPct }) => (100 * carriedMbps) / loadPct),
  );
}

/** Median over cells of the correlation of load and what is carried. */
export function loadAndCarried(readings: readonly LoadReading[]): number {
  const each = groupBy(readings, ({ cell }) => cell)
    .filter((own) => own.length >= 20)
    .map((own) =>
      correlation(
        own.map(({ loadPct }) => loadPct),
        own.map(({ carriedMbps }) => carriedMbps),
      ),
    );
  return quantile(each, 0.5);
}

/** Pearson's. */
export function correlation(a: readonly number[], b: readonly number[]): number {
  const [meanA, meanB] = [meanOf(a), meanOf(b)];
  const together = meanOf(a.map((value, i) => (value - meanA) * (b[i]! - meanB)));
  return together / (deviationOf(a) * deviationOf(b));
}

function deviationOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2)));
}
