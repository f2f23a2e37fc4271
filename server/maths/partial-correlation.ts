// Partial correlation: how closely two series move together once what both share with others is taken away.

/** Added to the diagonal, so that series that say nearly the same do not tear each other apart. */
const RIDGE = 0.05;

/**
 * Of the first series with each other one, the rest held fixed: −1…1, from the inverse of the correlation matrix
 * (Whittaker, Graphical Models, 1990: −p_ij / √(p_ii · p_jj)). 0 for a series that does not move. All of one length.
 */
export function partialCorrelations(series: readonly (readonly number[])[]): number[] {
  const scaled = series.map(standardized);
  const count = series[0]?.length ?? 0;
  const correlations = scaled.map((a, i) =>
    scaled.map((b, j) => (i === j ? 1 + RIDGE : a.reduce((sum, x, row) => sum + x * b[row]!, 0) / Math.max(1, count))),
  );
  const inverse = inverted(correlations);
  return inverse.slice(1).map((row, i) => clamp(-row[0]! / Math.sqrt(row[i + 1]! * inverse[0]![0]!)));
}

const clamp = (value: number) => (Number.isFinite(value) ? Math.min(1, Math.max(-1, value)) : 0);

function standardized(values: readonly number[]): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length));
  return values.map((value) => (deviation > 1e-9 * (1 + Math.abs(mean)) ? (value - mean) / deviation : 0));
}

/** By Gauss and Jordan; what is inverted here is positive definite, so no pivot is zero. */
function inverted(matrix: readonly (readonly number[])[]): number[][] {
  const size = matrix.length;
  const rows = matrix.map((row, i) => [...row, ...Array.from({ length: size }, (_, j) => (i === j ? 1 : 0))]);
  for (let pivot = 0; pivot < size; pivot++) {
    const divisor = rows[pivot]![pivot]!;
    rows[pivot] = rows[pivot]!.map((value) => value / divisor);
    for (let other = 0; other < size; other++) {
      const factor = rows[other]![pivot]!;
      if (other !== pivot) rows[other] = rows[other]!.map((value, j) => value - factor * rows[pivot]![j]!);
    }
  }
  return rows.map((row) => row.slice(size));
}
