// Counts of several seeds added up to one figure, with the least and the most of one seed beside it.

/** A figure over all seeds, and the least and the most of one; null where there is nothing to divide by. */
export interface Spread {
  all: number | null;
  least: number | null;
  most: number | null;
}

export function spread<T>(seeds: readonly T[], over: (seed: T) => number, under: (seed: T) => number): Spread {
  const each = seeds.map((seed) => share(over(seed), under(seed))).filter((one) => one !== null);
  const all = share(sum(seeds, over), sum(seeds, under));
  return each.length === 0
    ? { all, least: null, most: null }
    : { all, least: Math.min(...each), most: Math.max(...each) };
}

export function sum<T>(all: readonly T[], of: (one: T) => number): number {
  return all.reduce((total, one) => total + of(one), 0);
}

export const share = (part: number, whole: number) => (whole === 0 ? null : part / whole);

/** The smallest value that a share of all stay at or below; null of none. */
export function quantile(values: readonly number[], part: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? null;
}
