// Pools points of a series into buckets, each named by its END: single values, or values that were pooled before.

export type Pooling = 'ratio-of-sums' | 'weighted-mean' | 'mean' | 'sum' | 'max' | 'min';

export interface Poolable {
  at: number;
  value: number | null;
  /** What the value weighs: its attempts, or how many values it stands for. One where it is unknown. */
  weight?: number;
  /** Least and greatest single value, where the value was pooled before. */
  low?: number;
  high?: number;
}

/** A bucket is a point again: `at` is its END. */
export type Bucket = Poolable & { weight: number };

/**
 * `points` in any order; `endOf` gives the END of the bucket of a moment. A ratio weighted by its attempts is the ratio of
 * sums: Σ value·weight / Σ weight. Sums add up, and means weigh by the number of values behind them. A bucket whose values are
 * all null, or weigh nothing, is null; one without any point is left out. In order of time.
 */
export function bucketize(points: readonly Poolable[], endOf: (at: number) => number, pooling: Pooling): Bucket[] {
  const pools = new Map<number, Pool>();
  for (const point of points) {
    const end = endOf(point.at);
    let pool = pools.get(end);
    if (!pool) {
      pool = { sum: 0, product: 0, weight: 0, count: 0, low: Number.POSITIVE_INFINITY, high: Number.NEGATIVE_INFINITY };
      pools.set(end, pool);
    }
    if (point.value !== null) addTo(pool, point.value, point);
  }
  return [...pools].sort(([a], [b]) => a - b).map(([at, pool]) => ({ at, ...resultOf(pool, pooling) }));
}

interface Pool {
  sum: number;
  product: number;
  weight: number;
  count: number;
  low: number;
  high: number;
}

function addTo(pool: Pool, value: number, { weight = 1, low = value, high = value }: Poolable): void {
  pool.sum += value;
  pool.product += value * weight;
  pool.weight += weight;
  pool.count++;
  pool.low = Math.min(pool.low, low);
  pool.high = Math.max(pool.high, high);
}

function resultOf(pool: Pool, pooling: Pooling): Omit<Bucket, 'at'> {
  const { weight, low, high } = pool;
  return pool.count === 0 ? { value: null, weight } : { value: pooled(pool, pooling), weight, low, high };
}

function pooled({ sum, product, weight, low, high }: Pool, pooling: Pooling): number | null {
  if (pooling === 'sum') return sum;
  if (pooling === 'max') return high;
  if (pooling === 'min') return low;
  return weight > 0 ? product / weight : null;
}
