// The axis of bars that go both ways from zero.

/** A small move must not look like a large one: the axis is at least this many points long. */
const LEAST_SPAN = 1;

/** Where zero stands and how long one point is, both in percent of the width, so that every bar fits. */
export function barScale(points: readonly number[]): { zero: number; unit: number } {
  const down = Math.max(0, ...points.map((point) => -point));
  const up = Math.max(0, ...points);
  const span = Math.max(LEAST_SPAN, down + up);
  const spare = (span - down - up) / 2;
  return { zero: ((down + spare) / span) * 100, unit: 100 / span };
}
