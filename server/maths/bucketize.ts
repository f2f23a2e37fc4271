// Pools points of a series into buckets of equal length, each `(start, end]` and named by its END.

export type Pooling = 'ratio-of-sums' | 'weighted-mean' | 'mean' | 'sum' | 'max' | 'min';

/**
 * `points`: [epoch ms, value or null] in order of time. Buckets are aligned to multiples of `stepMs` since the epoch.
 * `weightAt` gives the attempts behind a value: a ratio weighted by its attempts is the ratio of sums; where a value has
 * none, it counts as one. A bucket whose values are all null is null; one without any point is left out.
 */
export function bucketize(
  points: readonly (readonly [number, number | null])[],
  stepMs: number,
  pooling: Pooling,
  weightAt: (at: number) => number | undefined = () => undefined,
): [number, number | null][] {
  const buckets = new Map<number, Pool>();
  for (const [at, value] of points) {
    const end = Math.ceil(at / stepMs) * stepMs;
    const pool = buckets.get(end) ?? {
      sum: 0,
      weight: 0,
      count: 0,
      max: Number.NEGATIVE_INFINITY,
      min: Number.POSITIVE_INFINITY,
    };
    buckets.set(end, pool);
    if (value !== null) addTo(pool, value, weightAt(at) ?? 1, pooling);
  }
  return [...buckets].sort(([a], [b]) => a - b).map(([end, pool]) => [end, resultOf(pool, pooling)]);
}

interface Pool {
  sum: number;
  weight: number;
  count: number;
  max: number;
  min: number;
}

function addTo(pool: Pool, value: number, weight: number, pooling: Pooling): void {
  const weighs = pooling === 'ratio-of-sums' || pooling === 'weighted-mean' ? weight : 1;
  pool.sum += value * weighs;
  pool.weight += weighs;
  pool.count++;
  pool.max = Math.max(pool.max, value);
  pool.min = Math.min(pool.min, value);
}

function resultOf(pool: Pool, pooling: Pooling): number | null {
  if (pool.count === 0) return null;
  if (pooling === 'max') return pool.max;
  if (pooling === 'min') return pool.min;
  if (pooling === 'sum') return pool.sum;
  return pool.weight > 0 ? pool.sum / pool.weight : null;
}
