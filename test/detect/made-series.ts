// Invented single series of the kinds that are met in the field, seeded, with one thing spoiled or nothing.

import { AnySeries } from '../../server/detect/any-series/any-series.ts';
import { ANY_SERIES_1 } from '../../server/detect/any-series/profile.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, Noise, START } from './synthetic-network.ts';

export interface Series {
  at: number[];
  values: number[];
}

const turn = (at: number, length: number) => Math.sin((2 * Math.PI * at) / length);

/** What each kind of series is without anything wrong: from time, noise and the value before. */
export const KINDS: Record<string, (at: number, noise: Noise, before: number) => number> = {
  noise: (_, noise) => 100 + 5 * noise.normal(),
  'a daily season': (at, noise) => 200 + 80 * turn(at, DAY_MS) + 8 * noise.normal(),
  'a weekly season': (at, noise) =>
    (at % (7 * DAY_MS) < 2 * DAY_MS ? 0.5 : 1) * (200 + 80 * turn(at, DAY_MS)) + 8 * noise.normal(),
  'a trend': (at, noise) => 50 + (20 * (at - START)) / DAY_MS + 5 * noise.normal(),
  'a counter': (_, noise, before) => before + noise.poisson(40),
  'rare counts': (_, noise) => noise.poisson(0.05),
  'heavy tails': (_, noise) => 20 * Math.exp(1.2 * noise.normal()),
  'a wandering level': (_, noise, before) => 0.98 * before + 0.02 * 100 + noise.normal(),
  'two levels in turn': (at, noise) => (at % DAY_MS < 8 * HOUR_MS ? 10 : 40) + noise.normal(),
  'a constant': () => 42,
};

export function made(kind: string, seed: number, days = 28, periodMs = 5 * MINUTE_MS): Series {
  const noise = new Noise(seed);
  const series: Series = { at: [], values: [] };
  for (let at = START; at < START + days * DAY_MS; at += periodMs) {
    series.at.push(at);
    series.values.push(KINDS[kind]!(at, noise, series.values.at(-1) ?? 100));
  }
  return series;
}

export function scores({ at, values }: Series): number[] {
  const detector = new AnySeries(ANY_SERIES_1);
  return at.map((time, i) => detector.judge(time, values[i]!));
}

/** Times at which incidents begin: alarms within six hours of one another are one. */
export function incidents({ at }: Series, given: readonly number[], from: number): number[] {
  const begun: number[] = [];
  let last = Number.NEGATIVE_INFINITY;
  given.forEach((score, i) => {
    if (score < 0.5 || at[i]! < from) return;
    if (at[i]! - last > 6 * HOUR_MS) begun.push(at[i]!);
    last = at[i]!;
  });
  return begun;
}
