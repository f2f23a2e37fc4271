// First passage: from a trend with its bend and its noise, when it meets its limit, and how sure that is.

import { normalFrom } from '../../../maths/seeded-random.ts';
import { theilSen } from '../../../maths/theil-sen.ts';

/** A course towards a limit: `x` is 0 where it is usual and 1 at the limit; hours from any zero, rising. */
export interface Course {
  hours: readonly number[];
  x: readonly number[];
}

/** What the course is at its newest point. */
export interface Trend {
  /** Level now, without the noise of the newest point. */
  level: number;
  /** An hour, now; and its logarithmic change an hour: negative where the course levels off. */
  slope: number;
  bend: number;
  /** One standard deviation of what remains when the trend is taken off. */
  noise: number;
  ageHours: number;
  residuals: number[];
}

/** Hours from now; infinite where less than that part of the paths passes at all. */
export interface Passage {
  earliest: number;
  expected: number;
  latest: number;
  /** Part of the paths that passes within the horizon. */
  chance: number;
}

const DRAWS = 200;
/** Fewer points are no trend with a bend. */
const LEAST_POINTS = 4;
/** A slope that has fallen to this part of what it was has levelled off. */
const LEVELLED = 0.15;
/** A bend is believed to be within ± this over the age of the course, before it is seen. */
const USUAL_BEND = 0.7;

/** Theil–Sen slopes of the two halves give slope and bend; undefined where there is no trend towards the limit. */
export function trendOf({ hours, x }: Course): Trend | undefined {
  const n = hours.length;
  if (n < LEAST_POINTS) return undefined;
  const middle = n >> 1;
  const ageHours = Math.max(hours[n - 1]! - hours[0]!, 1e-6);
  const late = theilSen(hours.slice(middle), x.slice(middle)) ?? 0;
  const early = theilSen(hours.slice(0, middle + 1), x.slice(0, middle + 1)) ?? 0;
  const whole = theilSen(hours, x) ?? 0;
  if (whole <= 0 || late <= LEVELLED * whole) return undefined;
  const bend = bendOf(early, late, ageHours, noiseAround(hours, x, whole));
  const slope = 0.5 * (late + whole) * Math.exp((bend * ageHours) / 4);
  const residuals = residualsOf(hours, x, slope, bend);
  const noise = Math.sqrt(residuals.reduce((sum, one) => sum + one * one, 0) / n);
  const tail = residuals.slice(-4);
  const level = x[n - 1]! - residuals[n - 1]! + tail.reduce((sum, one) => sum + one, 0) / tail.length;
  return { level, slope, bend, noise, ageHours, residuals };
}

/** The change of the logarithm of the slope, shrunk towards none by how little the noise lets it be known. */
function bendOf(early: number, late: number, ageHours: number, noise: number): number {
  const raw = Math.log(late / Math.max(early, 0.1 * late)) / (ageHours / 2);
  const errorOfSlope = (noise * 4) / ageHours / Math.max(Math.min(early, late), 1e-9);
  const variance = (2 * errorOfSlope ** 2) / (ageHours / 2) ** 2;
  const prior = (USUAL_BEND / ageHours) ** 2;
  return (raw * prior) / (prior + variance);
}

function noiseAround(hours: readonly number[], x: readonly number[], slope: number): number {
  const rest = x.map((value, i) => value - slope * hours[i]!);
  const mean = rest.reduce((sum, one) => sum + one, 0) / rest.length;
  return Math.sqrt(rest.reduce((sum, one) => sum + (one - mean) ** 2, 0) / rest.length / rest.length);
}

/** What remains when the bent trend through the newest points is taken off. */
function residualsOf(hours: readonly number[], x: readonly number[], slope: number, bend: number): number[] {
  const last = hours.at(-1)!;
  const rest = x.map((value, i) => value - grown(slope, bend, hours[i]! - last));
  const tail = rest.slice(-Math.max(4, rest.length >> 2)).sort((a, b) => a - b);
  const level = tail[tail.length >> 1]!;
  return rest.map((value) => value - level);
}

/** How far a course goes in so many hours. */
export function grown(slope: number, bend: number, hours: number): number {
  return Math.abs(bend * hours) < 1e-6 ? slope * hours : (slope * Math.expm1(bend * hours)) / bend;
}

/** Hours until a course has gone so far; infinite where it levels off before. */
function hoursTo(distance: number, slope: number, bend: number): number {
  if (distance <= 0) return 0;
  if (Math.abs(bend) < 1e-6) return distance / slope;
  const reach = 1 + (bend * distance) / slope;
  return reach <= 0 ? Number.POSITIVE_INFINITY : Math.log(reach) / bend;
}

/** How courses of a kind go on; logarithmic, for the whole of their way. */
export interface Manner {
  /** By how much they slow down on the rest of their way, beyond what they show. */
  later: number;
  /** By how much their slopes turn out to differ, beside what noise does to them: the future is not the past. */
  unforeseen: number;
}

/** Paths whose slope errs as the residuals, drawn anew, make it err (Efron's residual bootstrap), and as the future may. */
export function passageOf(trend: Trend, horizonHours: number, random: () => number, manner: Manner): Passage {
  const normal = normalFrom(random);
  const { level, slope, bend, noise, ageHours, residuals } = trend;
  const rest = Math.max(0, 1 - level);
  const slower = Math.exp(manner.later * rest ** 2);
  const spread = manner.unforeseen * (0.3 + rest);
  const times = Float64Array.from({ length: DRAWS }, () => {
    const error = slopeError(residuals, ageHours, random);
    const steep = Math.max(slope + error, 0.05 * slope) * Math.exp(spread * normal());
    const bent = bend + (0.5 * USUAL_BEND * normal()) / ageHours;
    return slower * hoursTo(1 - level - noise * normal() * 0.5, steep, bent);
  }).sort();
  const passing = times.filter((hours) => hours <= horizonHours);
  const at = (part: number) => passing[Math.floor(part * (passing.length - 1))] ?? Number.POSITIVE_INFINITY;
  return { earliest: at(0.1), expected: at(0.5), latest: at(0.9), chance: passing.length / DRAWS };
}

/** The slope of residuals in another order: what noise alone can do to a slope. */
function slopeError(residuals: readonly number[], ageHours: number, random: () => number): number {
  const n = residuals.length;
  let [across, along] = [0, 0];
  for (let i = 0; i < n; i++) {
    const place = i / (n - 1) - 0.5;
    across += place * residuals[Math.floor(random() * n)]!;
    along += place * place;
  }
  return across / along / ageHours;
}
