// A level that bends into a straight line: where it bends, and how steeply the line leaves it.

export interface HingeLine {
  /** Index up to which it is level. */
  at: number;
  perStep: number;
  /** Of the line at the last value. */
  level: number;
  /** Squares that it leaves. */
  misfit: number;
}

/**
 * The least-squares broken stick (Hudson 1966) whose first part is level: of all bends with `least` steps on either side the one
 * that leaves the smallest squares. One step apart, NaN is no value. Undefined where there are too few.
 */
export function hingeLine(values: ArrayLike<number>, least: number): HingeLine | undefined {
  const [count, sum, squares] = totals(values);
  const last = values.length - 1;
  let best: HingeLine | undefined;
  // Over the values after the bend, of their distance u from it: how many, their sum, and sums of u, u² and u times the value.
  let [n, y, u, uu, uy] = [0, 0, 0, 0, 0];
  for (let at = last - 1; at >= least; at--) {
    const value = values[at + 1]!;
    if (!Number.isNaN(value)) [n, y] = [n + 1, y + value];
    [uu, u, uy] = [uu + 2 * u + n, u + n, uy + y];
    const across = uu - (u * u) / count;
    if (last - at < least || !(across > 0)) continue;
    const along = uy - (u * sum) / count;
    const misfit = Math.max(0, squares - (sum * sum) / count - (along * along) / across);
    if (best && misfit >= best.misfit) continue;
    const perStep = along / across;
    best = { at, perStep, level: (sum - perStep * u) / count + perStep * (last - at), misfit };
  }
  return best;
}

/** How many values there are, their sum and that of their squares. */
function totals(values: ArrayLike<number>): [number, number, number] {
  let [count, sum, squares] = [0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) continue;
    [count, sum, squares] = [count + 1, sum + value, squares + value * value];
  }
  return [count, sum, squares];
}
