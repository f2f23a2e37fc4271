// Times on a grid as runs without gaps: a year of quarters that all came is one run, and each gap makes one more.

/** Pairs of the first and the last time of each run, both in it, a step apart; newest run first. Epoch milliseconds. */
export type TimeRuns = Float64Array;

export function isInRuns(runs: TimeRuns, at: number, stepMs: number): boolean {
  for (let i = 0; i < runs.length; i += 2) if (isIn(runs[i]!, runs[i + 1]!, at, stepMs)) return true;
  return false;
}

export function isIn(from: number, to: number, at: number, stepMs: number): boolean {
  return at >= from && at <= to && (to - at) % stepMs === 0;
}

/** The runs with one time more; times off the grid of a run make runs of their own. */
export function withTime(runs: TimeRuns, at: number, stepMs: number): TimeRuns {
  const apart: number[] = [];
  let [first, last] = [at, at];
  for (let i = 0; i < runs.length; i += 2) {
    const [from, to] = [runs[i]!, runs[i + 1]!];
    if (isIn(from - stepMs, to + stepMs, at, stepMs)) [first, last] = [Math.min(first, from), Math.max(last, to)];
    else apart.push(from, to);
  }
  let place = 0;
  while (place < apart.length && apart[place + 1]! > last) place += 2;
  const joined = new Float64Array(apart.length + 2);
  joined.set(apart.slice(0, place));
  joined.set([first, last], place);
  joined.set(apart.slice(place), place + 2);
  return joined;
}
