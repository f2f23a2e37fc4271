// What every row of the bench shares: how a result is told, how a time is taken, how a target is judged.

export interface Setting {
  /** A quick run that only shows that everything works: its figures mean nothing. */
  small: boolean;
  /** One line of progress for people. */
  say(line: string): void;
}

/** One figure beside its baseline of the same run; `ratio` is value / baseline. */
export interface Result {
  bench: string;
  value: number;
  unit: string;
  baseline: number;
  baselineIs: string;
  ratio: number;
  target: string;
  met: boolean;
  /** The conditions, where they belong to the figure. */
  under?: string;
}

export interface LeftOut {
  bench: string;
  'left out': string;
}

export interface Bench {
  name: string;
  run(setting: Setting): Promise<(Result | LeftOut)[]>;
}

/** What the figure should be: of the ratio to the baseline, or of the value itself in its own unit. */
export interface Target {
  of: 'ratio' | 'value';
  is: '≥' | '≤';
  figure: number;
}

type Measured = Omit<Result, 'ratio' | 'target' | 'met'> & { target: Target };

export function resultOf({ target, under, ...measured }: Measured): Result {
  const { value, baseline, unit } = measured;
  const ratio = value / baseline;
  const judged = target.of === 'ratio' ? ratio : value;
  return {
    ...measured,
    value: rounded(value),
    baseline: rounded(baseline),
    ratio: rounded(ratio),
    target: `${target.is} ${target.figure.toLocaleString('en')}${target.of === 'ratio' ? '' : ` ${unit}`}`,
    met: target.is === '≥' ? judged >= target.figure : judged <= target.figure,
    ...(under && { under }),
  };
}

/** Four significant digits: more would be noise. */
function rounded(figure: number): number {
  return Number(figure.toPrecision(4));
}

/** Milliseconds that `act` takes. */
export async function timed(act: () => unknown): Promise<number> {
  const start = performance.now();
  await act();
  return performance.now() - start;
}

/** The shortest times of two acts that take turns, so that a busy machine is busy for both. Milliseconds. */
export async function bestInTurns(turns: number, act: () => unknown, baseline: () => unknown) {
  const best = { act: Number.POSITIVE_INFINITY, baseline: Number.POSITIVE_INFINITY };
  for (let turn = 0; turn < turns; turn++) {
    best.baseline = Math.min(best.baseline, await timed(baseline));
    best.act = Math.min(best.act, await timed(act));
  }
  return best;
}

/** The value that a share of all stay at or below. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, Math.max(0, ms)));
