// The n-th largest of many numbers.

/** Counted from 1, so that 1 gives the largest; with fewer than n numbers the smallest; undefined of none. */
export function nthLargest(numbers: Iterable<number>, n: number): number | undefined {
  const sorted = Float64Array.from(numbers).sort();
  return sorted.length === 0 ? undefined : sorted[Math.max(0, sorted.length - n)];
}
