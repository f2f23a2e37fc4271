// How fast a cell's busy hour fills, from one level a day: the week taken out, changes of course found, the present course measured.

import { hingeLine } from '../../../maths/hinge-line.ts';
import { type Line, lineOfFarPairs } from '../../../maths/line-of-far-pairs.ts';
import { linePieces, misfitOf } from '../../../maths/line-pieces.ts';
import { median } from '../../../maths/median.ts';
import { runningMedians } from '../../../maths/running-medians.ts';

/** Where the present course stands and goes. Levels are natural logarithms. */
export interface Course {
  /** On the last day, of a middling day of the week. */
  level: number;
  perDay: number;
  /** Days that it has lasted. */
  days: number;
  /** How far the last days lie below it at worst, in standard errors of so many days: negative where growth is ending. */
  lag: number;
  /** It only comes back to where it stood for weeks before, as after a holiday. */
  isReturn: boolean;
  /** Its days with the week taken out, NaN where one does not count. */
  plain: Float64Array;
}

/** What is not known of a course, from how its days differ from it. */
export interface Doubt {
  levelVariance: number;
  covariance: number;
  perDayVariance: number;
}

export type Growth = Pick<Course, 'level' | 'perDay' | 'days'> & Doubt;

const WEEK = 7;
const HALF_WEEK = 3;
/** A season is that of the last twelve weeks. */
const WEEKS_OF_SEASON = 12;
/** Fewer days than this say nothing of a week. */
export const LEAST_DAYS = 21;
/** A course lasts so many days, or it is a swing. */
const LEAST_COURSE_DAYS = 7;
/**
 * A new course must explain so much more, in squared spreads: for two numbers and a date, chance does so at 4 of 10,000. So must
 * a jump between a level and the growth after it, or the line that is tied to the level holds.
 */
const COURSE_PENALTY = 18;
/** A day further off than so many spreads counts as so far: one match evening is no growth. */
const MOST_SPREADS = 3;
/** Of a day's level nothing smaller is believed. */
const LEAST_SPREAD = 0.02;
/** Growth that has ended shows in days. */
const LAST_DAYS = 4;
/** Days differ: growth has left the usual level behind when it stands so many spreads above. */
const PAST_SPREADS = 2;
/** A level is the usual one that was held on so many of the last days; one that was left longer ago is not come back to. */
const STOOD_DAYS = 28;
const LATELY_DAYS = 70;

/** `levels` one a day up to today, NaN on days that do not count; `weekdayOfFirst` 0…6. Undefined while too little is known. */
export function courseOf(levels: ArrayLike<number>, weekdayOfFirst: number): Course | undefined {
  if (countKnown(levels) < LEAST_DAYS) return undefined;
  const plain = withoutWeek(levels, weekdayOfFirst);
  const spread = spreadOf(plain);
  const calm = withoutOutliers(plain, spread);
  const pieces = linePieces(calm, spread, LEAST_COURSE_DAYS, COURSE_PENALTY);
  const line = outOfLevel(calm, pieces, spread) ?? straight(calm, pieces.at(-1)!);
  if (!line) return undefined;
  const { level, perStep: perDay, begin } = line;
  return {
    ...{ level, perDay, days: calm.length - begin, plain: calm.subarray(begin) },
    lag: lagOf(plain, line, spread),
    isReturn: !(median(lastKnown(plain))! > stoodAt(calm.subarray(-LATELY_DAYS, begin)) + PAST_SPREADS * spread),
  };
}

interface CourseLine extends Line {
  begin: number;
}

function straight(calm: Float64Array, begin: number): CourseLine | undefined {
  const line = lineOfFarPairs(calm.subarray(begin));
  return line && { ...line, begin };
}

/**
 * Growth mostly begins where the level was: a line that is tied to the level before it tells its beginning and its slope far
 * better than one that floats. Undefined where that does not explain the days as well, as after a jump.
 */
function outOfLevel(calm: Float64Array, pieces: readonly number[], spread: number): CourseLine | undefined {
  const from = pieces.at(-2) ?? 0;
  const own = calm.subarray(from);
  const hinge = hingeLine(own, LEAST_COURSE_DAYS);
  if (!hinge || hinge.perStep <= 0) return undefined;
  const apart = misfitOf(
    own,
    pieces.slice(-2).map((begin) => begin - from),
  );
  if (hinge.misfit > apart + COURSE_PENALTY * spread ** 2) return undefined;
  return { level: hinge.level, perStep: hinge.perStep, begin: from + hinge.at };
}

/** The worst of the means of the last one to four days against the course. */
function lagOf(plain: Float64Array, { level, perStep }: Line, spread: number): number {
  let [worst, sum, known] = [0, 0, 0];
  for (let back = 0; back < LAST_DAYS; back++) {
    const value = plain[plain.length - 1 - back]!;
    if (Number.isNaN(value)) continue;
    sum += value - level + perStep * back;
    known++;
    worst = Math.min(worst, sum / Math.sqrt(known) / spread);
  }
  return worst;
}

/** The last days that count: those of a holiday just over do not. */
function lastKnown(plain: Float64Array): Float64Array {
  return plain.filter((level) => !Number.isNaN(level)).subarray(-LAST_DAYS);
}

/** The level that was reached on four weeks of days or more; none where fewer are known. */
function stoodAt(before: Float64Array): number {
  const known = before.filter((level) => !Number.isNaN(level)).sort();
  return known.length < STOOD_DAYS ? Number.NEGATIVE_INFINITY : known[known.length - STOOD_DAYS]!;
}

function countKnown(levels: ArrayLike<number>): number {
  let known = 0;
  for (let i = 0; i < levels.length; i++) if (!Number.isNaN(levels[i]!)) known++;
  return known;
}

/** Each day against the seven days around it, the median by weekday: what is left is the same on every day of the week. */
function withoutWeek(levels: ArrayLike<number>, weekdayOfFirst: number): Float64Array {
  const off = Array.from({ length: WEEK }, (): number[] => []);
  const around = runningMedians(levels, HALF_WEEK, WEEK);
  for (let i = 0; i < levels.length; i++) {
    if (!Number.isNaN(around[i]!)) off[(weekdayOfFirst + i) % WEEK]!.push(levels[i]! - around[i]!);
  }
  const season = off.map((own) => median(own.slice(-WEEKS_OF_SEASON)) ?? 0);
  const middle = median(season)!;
  return Float64Array.from(levels, (level, i) => level - season[(weekdayOfFirst + i) % WEEK]! + middle);
}

/** Of single days, by how neighbouring days differ. */
function spreadOf(plain: Float64Array): number {
  const steps = Array.from({ length: plain.length - 1 }, (_, i) => Math.abs(plain[i + 1]! - plain[i]!));
  return Math.max(LEAST_SPREAD, ((median(steps) ?? 0) * 1.4826) / Math.SQRT2);
}

function withoutOutliers(plain: Float64Array, spread: number): Float64Array {
  const around = runningMedians(plain, HALF_WEEK);
  const most = MOST_SPREADS * spread;
  return plain.map((level, i) => Math.max(around[i]! - most, Math.min(around[i]! + most, level)));
}

/** Of the least-squares line through as many days that differ from it as much: variances of its last level and of its slope. */
export function doubtOf({ plain, level, perDay }: Course): Doubt {
  const last = plain.length - 1;
  let [count, sum, squares, misfit] = [0, 0, 0, 0];
  for (let i = 0; i <= last; i++) {
    if (Number.isNaN(plain[i]!)) continue;
    const ago = last - i;
    [count, sum, squares] = [count + 1, sum + ago, squares + ago * ago];
    misfit += (plain[i]! - level + perDay * ago) ** 2;
  }
  const variance = misfit / Math.max(1, count - 2);
  const meanAgo = sum / count;
  const perDayVariance = variance / (squares - sum * meanAgo);
  const levelVariance = variance / count + meanAgo ** 2 * perDayVariance;
  return { levelVariance, covariance: meanAgo * perDayVariance, perDayVariance };
}
