// The network dimension: what the hours on a person's cells were worth, by share of use, recent days weighing more.

import { type CellHours, HOURS, UNKNOWN } from './cell-hours.ts';
import { ALL_DAY } from './exposure.ts';
import type { UsualCell } from './population.ts';
import { hourWeights, type StarProfile } from './profile.ts';

const HALF_POINTS = 2;

/** Of one local day: points × weight, weight of the hours that are known, and of all that could be. */
export interface DaySum {
  points: number;
  known: number;
  possible: number;
}

export interface NetworkScore {
  /** 0…100; null while no hour is known. */
  score: number | null;
  /** Part of the weight of all hours of which something is known, 0…1. */
  knownShare: number;
}

/** By cell, decayed over the days up to one: what all-day use is worth, and by local hour. Points of 0…100. */
export interface CellSums {
  points: Float32Array;
  known: Float32Array;
  hourPoints: Float32Array;
  hourKnown: Float32Array;
}

/** Weight of a day, so many days ago. */
export const dayWeight = (daysAgo: number, { halfLifeDays }: StarProfile): number => 2 ** (-daysAgo / halfLifeDays);

/** An hour that is not known counts neither way. @param hoursPast of the day that are over; others cannot be known yet */
export function sumOfDay(
  bytes: Uint8Array | undefined,
  exposures: readonly UsualCell[],
  weights: Float64Array,
  hoursPast = HOURS,
): DaySum {
  const sum: DaySum = { points: 0, known: 0, possible: 0 };
  for (const exposure of exposures) {
    const [from, to] = exposure.hour === ALL_DAY ? [0, HOURS] : [exposure.hour, exposure.hour + 1];
    for (let hour = from; hour < to; hour++) {
      const weight = weightAt(exposure, hour, weights);
      const byte = bytes?.[exposure.cell * HOURS + hour] ?? UNKNOWN;
      if (hour < hoursPast || byte !== UNKNOWN) sum.possible += weight;
      if (byte === UNKNOWN) continue;
      sum.points += (weight * byte) / HALF_POINTS;
      sum.known += weight;
    }
  }
  return sum;
}

/** Use of all day follows the usual course of a day; use of one hour falls in it. */
export function weightAt({ share, hour: only }: UsualCell, hour: number, weights: Float64Array): number {
  return only === ALL_DAY ? share * weights[hour]! : share;
}

/** @param sums of the local days, the newest last; those before the first are not known, an empty one is not this person's */
export function networkScore(sums: readonly DaySum[], profile: StarProfile): NetworkScore {
  let [points, known, possible] = [0, 0, 0];
  for (let ago = 0; ago < profile.days; ago++) {
    const weight = dayWeight(ago, profile);
    const sum = sums[sums.length - 1 - ago];
    // A day of which nothing is heard at all could have been known as well.
    possible += weight * (sum?.possible ?? 1);
    points += weight * (sum?.points ?? 0);
    known += weight * (sum?.known ?? 0);
  }
  return { score: known > 0 ? points / known : null, knownShare: possible > 0 ? Math.min(1, known / possible) : 0 };
}

/** For sums over everybody: the decayed sums of every cell for the days up to `day`. `pause` is called a few times. */
export async function cellSums(
  hours: CellHours,
  day: number,
  profile: StarProfile,
  pause: () => Promise<void>,
): Promise<CellSums> {
  const cells = hours.cells.size;
  const hourPoints = new Float32Array(cells * HOURS);
  const hourKnown = new Float32Array(cells * HOURS);
  for (let ago = 0; ago < profile.days; ago++) {
    const bytes = hours.bytes(day - ago);
    if (bytes) addDay(hourPoints, hourKnown, bytes, dayWeight(ago, profile));
    await pause();
  }
  const sums = { hourPoints, hourKnown, points: new Float32Array(cells), known: new Float32Array(cells) };
  allDay(sums, hourWeights(profile));
  return sums;
}

function addDay(points: Float32Array, known: Float32Array, bytes: Uint8Array, weight: number): void {
  const length = Math.min(bytes.length, points.length);
  for (let i = 0; i < length; i++) {
    if (bytes[i] === UNKNOWN) continue;
    points[i]! += (weight * bytes[i]!) / HALF_POINTS;
    known[i]! += weight;
  }
}

function allDay({ points, known, hourPoints, hourKnown }: CellSums, weights: Float64Array): void {
  for (let cell = 0; cell < points.length; cell++) {
    for (let hour = 0; hour < HOURS; hour++) {
      points[cell]! += weights[hour]! * hourPoints[cell * HOURS + hour]!;
      known[cell]! += weights[hour]! * hourKnown[cell * HOURS + hour]!;
    }
  }
}
