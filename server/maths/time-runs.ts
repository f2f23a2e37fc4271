// Times on a grid as runs without gaps: a year of quarters that all came is one run, and each gap makes one more.

/** From its first time to its last, both in it, a step apart. Epoch milliseconds. */
export interface TimeRun {
  from: number;
  to: number;
}

export function isIn({ from, to }: TimeRun, at: number, stepMs: number): boolean {
  return at >= from && at <= to && (to - at) % stepMs === 0;
}

/** The runs with one time more, newest first; times off the grid of a run make runs of their own. */
export function withTime(runs: readonly TimeRun[], at: number, stepMs: number): TimeRun[] {
  const touches = ({ from, to }: TimeRun) => isIn({ from: from - stepMs, to: to + stepMs }, at, stepMs);
  const joined = runs.filter(touches);
  const run = {
    from: joined.reduce((first, { from }) => Math.min(first, from), at),
    to: joined.reduce((last, { to }) => Math.max(last, to), at),
  };
  return [run, ...runs.filter((one) => !touches(one))].sort((a, b) => b.to - a.to);
}
