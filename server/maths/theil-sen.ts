// The slope of a trend that outliers do not bend.

import { median } from './median.ts';

/** The median of the slopes between all pairs of points (Theil 1950, Sen 1968); undefined where no two differ in `x`. */
export function theilSen(x: ArrayLike<number>, y: ArrayLike<number>): number | undefined {
  const slopes: number[] = [];
  for (let i = 0; i < x.length; i++) {
    for (let j = i + 1; j < x.length; j++) {
      if (x[j] !== x[i]) slopes.push((y[j]! - y[i]!) / (x[j]! - x[i]!));
    }
  }
  return median(slopes);
}
