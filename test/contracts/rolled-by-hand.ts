// Pooled values worked out from readings by hand, reading by reading: what every store's are held against.

import { findKpi } from '../../server/model/catalogue.ts';
import type { Reading } from '../../server/model/reading.ts';

export interface RolledByHand {
  at: number;
  value: number;
  weight: number;
  low: number;
  high: number;
}

/** `readings` in order of arrival; `endOf` names the hour or day of a moment. Buckets without any weight are left out. */
export function rollByHand(
  readings: readonly Reading[],
  cell: string,
  kpi: string,
  endOf: (at: number) => number,
): RolledByHand[] {
  const merged = mergedByKey(readings.filter((one) => one.cell === cell));
  const values = shortestByEnd(merged, kpi);
  const { aggregation, attempts } = findKpi(kpi)!;
  const weighs = aggregation === 'ratio-of-sums' || aggregation === 'weighted-mean';
  const weights = weighs && attempts ? shortestByEnd(merged, attempts) : new Map<number, number>();
  const buckets = new Map<number, { value: number; weight: number }[]>();
  for (const [at, value] of values) {
    const inside = buckets.get(endOf(at)) ?? [];
    inside.push({ value, weight: weights.get(at) ?? 1 });
    buckets.set(endOf(at), inside);
  }
  return [...buckets]
    .sort(([a], [b]) => a - b)
    .map(([at, inside]) => ({ at, ...pooledByHand(inside, aggregation) }))
    .filter(({ weight }) => weight > 0);
}

function mergedByKey(readings: readonly Reading[]): Reading[] {
  const byKey = new Map<string, Reading>();
  for (const one of readings) {
    const key = `${one.at}/${one.periodSeconds}`;
    const before = byKey.get(key);
    const suspect = one.suspect || before?.suspect;
    byKey.set(key, { ...one, kpis: { ...before?.kpis, ...one.kpis }, ...(suspect && { suspect }) });
  }
  return [...byKey.values()];
}

function shortestByEnd(readings: readonly Reading[], kpi: string): Map<number, number> {
  const shortest = new Map<number, Reading>();
  for (const one of readings) {
    if (one.kpis[kpi] === undefined) continue;
    const other = shortest.get(one.at);
    if (!other || one.periodSeconds < other.periodSeconds) shortest.set(one.at, one);
  }
  const trusted = [...shortest.values()].filter(({ suspect }) => !suspect);
  return new Map(trusted.map(({ at, kpis }) => [at, kpis[kpi]!]));
}

function pooledByHand(inside: readonly { value: number; weight: number }[], aggregation: string) {
  const values = inside.map(({ value }) => value);
  const sum = (numbers: number[]) => numbers.reduce((total, one) => total + one, 0);
  const weight = sum(inside.map((one) => one.weight));
  const [low, high] = [Math.min(...values), Math.max(...values)];
  if (aggregation === 'sum') return { value: sum(values), weight, low, high };
  if (aggregation === 'max') return { value: high, weight, low, high };
  if (aggregation === 'min') return { value: low, weight, low, high };
  return { value: sum(inside.map((one) => one.value * one.weight)) / weight, weight, low, high };
}
