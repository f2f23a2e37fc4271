// Where a rising function crosses a level.

/**
 * The smallest x in [from, to] (within 2^−steps of the range) with `f(x) >= level`, by bisection; `to` if there is none.
 * `f` must not fall.
 */
export function crossing(f: (x: number) => number, level: number, from: number, to: number, steps = 24): number {
  let low = from;
  let high = to;
  for (let i = 0; i < steps; i++) {
    const middle = (low + high) / 2;
    if (f(middle) >= level) high = middle;
    else low = middle;
  }
  return high;
}
