// A straight line through many points of which up to three in ten may be wrong, in one pass.

export interface Line {
  /** Of the line at the last point. */
  level: number;
  perStep: number;
}

/** Pairs this far apart, as parts of the whole, tell the slope nearly as well as all pairs do. */
const GAPS = [1 / 2, 2 / 3, 5 / 6];

/**
 * Theil–Sen over pairs far apart: the median of their slopes, and the median level (Theil 1950, Sen 1968; fewer pairs after
 * Theil's incomplete method). Values one step apart, NaN where there is none. Undefined with fewer than three pairs.
 */
export function lineOfFarPairs(values: Float64Array): Line | undefined {
  const slopes = new Float64Array(GAPS.length * values.length);
  let count = 0;
  for (const part of GAPS) {
    const gap = Math.max(1, Math.round(part * values.length));
    for (let i = 0; i + gap < values.length; i++) {
      const slope = (values[i + gap]! - values[i]!) / gap;
      if (!Number.isNaN(slope)) slopes[count++] = slope;
    }
  }
  if (count < 3) return undefined;
  const perStep = middleOf(slopes.subarray(0, count));
  const last = values.length - 1;
  const levels = values.map((value, i) => value + perStep * (last - i)).filter((level) => !Number.isNaN(level));
  return { level: middleOf(levels), perStep };
}

/** Sorts what it is given. */
function middleOf(values: Float64Array): number {
  values.sort();
  const half = values.length >> 1;
  return values.length % 2 === 1 ? values[half]! : (values[half - 1]! + values[half]!) / 2;
}
