// The median of a few values around each, over a whole series.

/**
 * Of each value and its `half` neighbours on either side, as many as there are; NaN is left out. NaN where fewer than
 * `least` are left.
 */
export function runningMedians(values: ArrayLike<number>, half: number, least = 1): Float64Array {
  const sorted = new Float64Array(2 * half + 1);
  return Float64Array.from({ length: values.length }, (_, i) => {
    let count = 0;
    for (let j = Math.max(0, i - half); j <= Math.min(values.length - 1, i + half); j++) {
      const value = values[j]!;
      if (Number.isNaN(value)) continue;
      // So few are sorted fastest as they come.
      let place = count++;
      for (; place > 0 && sorted[place - 1]! > value; place--) sorted[place] = sorted[place - 1]!;
      sorted[place] = value;
    }
    if (count < least) return Number.NaN;
    return (sorted[(count - 1) >> 1]! + sorted[count >> 1]!) / 2;
  });
}
