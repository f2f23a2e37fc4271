// The ways of judging one series that are compared: our own detector, and what common tools offer; each row from the rows before it alone.

import { AnySeries } from '../../../server/detect/any-series/any-series.ts';
import { ANY_SERIES_1 } from '../../../server/detect/any-series/profile.ts';

const HOUR_MS = 3_600_000;
const WEEK_HOURS = 168;
const TINY = 1e-9;

export interface Method {
  name: string;
  /** The line that it ships with, or that its users set by custom. */
  line: number;
  /** A score for each row; NaN was not measured. */
  judge(at: readonly number[], values: readonly number[]): Float64Array;
}

export const METHODS: readonly Method[] = [
  { name: 'Cellstar', line: 0.5, judge: ours },
  { name: 'rolling z-score', line: 4, judge: rollingZScore },
  { name: 'same hour of earlier weeks', line: 4, judge: earlierWeeks },
];

function ours(at: readonly number[], values: readonly number[]): Float64Array {
  const detector = new AnySeries(ANY_SERIES_1);
  return Float64Array.from(at, (time, row) => detector.judge(time, values[row]!));
}

/** A deviation is no smaller than this share of what the series usually measures: else a quiet hour makes everything an alarm. */
const LEAST_DEVIATION = 0.1;
const WINDOW_ROWS = 60;

/** Standard deviations from the mean of the last rows. */
function rollingZScore(_: readonly number[], values: readonly number[]): Float64Array {
  const size = new RunningMean();
  return Float64Array.from(values, (value, row) => {
    const window = values.slice(Math.max(0, row - WINDOW_ROWS), row).filter((other) => !Number.isNaN(other));
    if (Number.isNaN(value)) return 0;
    const least = LEAST_DEVIATION * size.mean + TINY;
    size.add(Math.abs(value));
    if (window.length < WINDOW_ROWS / 6) return 0;
    const mean = window.reduce((sum, other) => sum + other, 0) / window.length;
    const variance = window.reduce((sum, other) => sum + (other - mean) ** 2, 0) / window.length;
    return Math.abs(value - mean) / (Math.sqrt(variance) + least);
  });
}

/** How far a value lies from the mean of its hour of the week, in usual distances from it. */
function earlierWeeks(at: readonly number[], values: readonly number[]): Float64Array {
  const hours = Array.from({ length: WEEK_HOURS }, () => ({
    mean: new RunningMean(),
    newest: new RunningMean(),
    began: 0,
  }));
  const usual = new RunningMean();
  return Float64Array.from(values, (value, row) => {
    const number = Math.floor(at[row]! / HOUR_MS);
    const hour = hours[((number % WEEK_HOURS) + WEEK_HOURS) % WEEK_HOURS]!;
    if (Number.isNaN(value)) return 0;
    if (hour.began !== number) {
      if (hour.newest.count > 0) hour.mean.add(hour.newest.mean);
      Object.assign(hour, { newest: new RunningMean(), began: number });
    }
    hour.newest.add(value);
    if (hour.mean.count === 0) return 0;
    const distance = Math.abs(value - hour.mean.mean);
    const score = usual.count < WEEK_HOURS / 7 ? 0 : distance / (usual.mean + TINY);
    usual.add(distance);
    return score;
  });
}

class RunningMean {
  count = 0;
  mean = 0;

  add(value: number): void {
    this.mean += (value - this.mean) / ++this.count;
  }
}
