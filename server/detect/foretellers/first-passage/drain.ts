// How long a site's battery carries it: what batteries usually do, and what this one has shown so far (Bayes' rule on a grid).

import type { Course } from './passage.ts';

/** Hours that a battery carries its site: median and logarithmic spread; two of three carry one to four. *Default*, from practice. */
const USUAL_LIFE_HOURS = 2;
const LIFE_SPREAD = 0.7;
const SHORTEST_HOURS = 0.25;
const LONGEST_HOURS = 36;
const LIVES = 72;
/** What a reading of the voltage may err by, in parts of the charge, and the curve of a battery from that of others. */
const READING_ERROR = 0.04;
const CURVE_ERROR = 0.05;
/** Only the newest readings say where a battery is that held its voltage for long. */
const NEWEST = 4;
/** Most voltages fall all along (see `battery.ts`), some (lithium) hold for a part of the way and fall then: how many each. */
const HOLDS: readonly (readonly [part: number, share: number])[] = [
  [0, 0.85],
  [0.5, 0.05],
  [0.8, 0.05],
  [0.95, 0.05],
];

/** Hours since mains failed by which a battery is empty in one, five and nine and a half of ten cases. */
export interface Drain {
  earliest: number;
  expected: number;
  latest: number;
}

/** By the used part of the charge (0…1) at hours since mains failed; the load is there from the start, and stays. */
export function drainOf(course: Course): Drain {
  const [hours, x] = [course.hours.slice(-NEWEST), course.x.slice(-NEWEST)];
  const lives = Array.from(
    { length: LIVES },
    (_, i) => SHORTEST_HOURS * (LONGEST_HOURS / SHORTEST_HOURS) ** (i / (LIVES - 1)),
  );
  const logs = lives.map((life) => logPrior(life) + logLikelihood(life, hours, x));
  const most = Math.max(...logs);
  const weights = logs.map((log) => Math.exp(log - most));
  const at = (part: number) => quantile(lives, weights, part);
  return { earliest: at(0.1), expected: at(0.5), latest: at(0.95) };
}

const logPrior = (life: number) => -0.5 * (Math.log(life / USUAL_LIFE_HOURS) / LIFE_SPREAD) ** 2;

function logLikelihood(life: number, hours: readonly number[], x: readonly number[]): number {
  const likelihood = HOLDS.reduce((sum, [part, share]) => {
    const usedAt = (hour: number) => Math.min(1, Math.max(0, (hour / life - part) / (1 - part)));
    return sum + share * Math.exp(logFit(hours.map(usedAt), x));
  }, 0);
  return Math.log(Math.max(likelihood, Number.MIN_VALUE));
}

function logFit(expected: readonly number[], x: readonly number[]): number {
  return x.reduce((sum, used, i) => {
    // An empty battery tells no more of when it was.
    if (used >= 1) return sum;
    return sum - 0.5 * ((used - expected[i]!) / (READING_ERROR + CURVE_ERROR * used)) ** 2;
  }, 0);
}

function quantile(values: readonly number[], weights: readonly number[], part: number): number {
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  let sum = 0;
  const found = values.find((_, i) => {
    sum += weights[i]!;
    return sum >= part * whole;
  });
  return found ?? values.at(-1)!;
}
