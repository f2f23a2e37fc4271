// Invented single series of many kinds and steps, seeded: calm, or with planted incidents whose rows are known.

import { DAY_MS, HOUR_MS, MINUTE_MS, Noise, START, seeded } from '../../detect/synthetic-network.ts';
import type { LabelledSeries } from './labelled-series.ts';

interface Kind {
  /** The value at a time, after the one before. */
  value(at: number, noise: Noise, before: number): number;
  /** How far it usually lies from what it should be, the unit of what is planted; negative where things get worse downwards. */
  spread: number;
  /** Whether the day shows in it. */
  isSeasonal?: true;
  /** Near the end of its range: it cannot go the other way. */
  isBounded?: true;
  /** It often stands still by itself. */
  isOftenStill?: true;
  isWhole?: true;
  /** What is written is the sum so far. */
  isTotal?: true;
}

const turn = (at: number, length: number) => Math.sin((2 * Math.PI * at) / length);
const weekend = (at: number) => (at % (7 * DAY_MS) < 2 * DAY_MS ? 0.6 : 1);
const daily = (at: number) => 200 + 80 * turn(at, DAY_MS);
/** Student's t with three degrees of freedom, of unit variance. */
const heavy = (noise: Noise) =>
  noise.normal() / Math.sqrt(noise.normal() ** 2 + noise.normal() ** 2 + noise.normal() ** 2);

export const KINDS: Record<string, Kind> = {
  'normal noise': { spread: 5, value: (_, noise) => 100 + 5 * noise.normal() },
  'heavy-tailed noise': { spread: 5, value: (_, noise) => 100 + 5 * heavy(noise) },
  'lognormal noise': { spread: 20, isBounded: true, value: (_, noise) => 20 * Math.exp(0.8 * noise.normal()) },
  'a daily season': { spread: 8, isSeasonal: true, value: (at, noise) => daily(at) + 8 * noise.normal() },
  'days and weeks': { spread: 8, isSeasonal: true, value: (at, noise) => weekend(at) * daily(at) + 8 * noise.normal() },
  'three seasons': {
    ...{ spread: 8, isSeasonal: true },
    value: (at, noise) => weekend(at) * daily(at) + 30 * turn(at, 8 * HOUR_MS) + 8 * noise.normal(),
  },
  'counts by day': { spread: 5, isSeasonal: true, isWhole: true, value: (at, noise) => noise.poisson(daily(at) / 8) },
  'small counts': { spread: 2, isBounded: true, isWhole: true, value: (_, noise) => noise.poisson(4) },
  'rare counts': {
    ...{ spread: 0.5, isBounded: true, isOftenStill: true, isWhole: true },
    value: (_, noise) => noise.poisson(0.05),
  },
  'mostly zero': {
    ...{ spread: 15, isBounded: true, isOftenStill: true },
    value: (_, noise) => (noise.poisson(0.1) === 0 ? 0 : 20 * Math.exp(0.5 * noise.normal())),
  },
  'a wandering level': { spread: 5, value: (_, noise, before) => 100 + 0.95 * (before - 100) + 1.5 * noise.normal() },
  'a drift': { spread: 5, value: (at, noise) => 100 + (10 * (at - START)) / (7 * DAY_MS) + 5 * noise.normal() },
  'a share near its limit': { spread: -0.3, isBounded: true, value: (_, noise) => 100 - 0.3 * Math.abs(heavy(noise)) },
  'a running total': { spread: 5, isWhole: true, isTotal: true, value: (_, noise) => noise.poisson(40) },
  'with gaps': {
    ...{ spread: 8, isSeasonal: true },
    value: (at, noise) => (noise.poisson(0.05) > 0 ? Number.NaN : daily(at) + 8 * noise.normal()),
  },
  'two levels in turn': {
    ...{ spread: 1, isSeasonal: true },
    value: (at, noise) => (at % DAY_MS < 8 * HOUR_MS ? 10 : 40) + noise.normal(),
  },
};

export interface Step {
  name: string;
  periodMs: number;
  days: number;
}

/** Steps between rows, and how many days are made of each. */
export const STEPS: Step[] = [
  { name: '1 min', periodMs: MINUTE_MS, days: 10 },
  { name: '5 min', periodMs: 5 * MINUTE_MS, days: 28 },
  { name: '15 min', periodMs: 15 * MINUTE_MS, days: 56 },
  { name: '1 h', periodMs: HOUR_MS, days: 112 },
  { name: '1 day', periodMs: DAY_MS, days: 900 },
];

/** What a planted incident does to a series in so many rows. */
interface Incident {
  rows: number;
  /** The new value of a row, `since` rows after the beginning. */
  change(made: Made, row: number, since: number): number;
  /** Whether it would be none in a series of this kind. */
  isNone?(kind: Kind, step: Step): boolean;
}

interface Made extends Kind {
  values: readonly number[];
  rowsOfDay: number;
}

const moved = (by: (since: number) => number) => (made: Made, row: number, since: number) =>
  (made.values[row] ?? 0) + by(since) * made.spread;

export const INCIDENTS: Record<string, Incident> = {
  spike: { rows: 1, change: moved(() => 10) },
  dip: { rows: 3, change: moved(() => -8), isNone: (kind) => kind.isBounded === true },
  'level shift': { rows: 36, change: moved(() => 5) },
  unrest: { rows: 36, change: moved((since) => (since % 2 === 0 ? 5 : -5)), isNone: (kind) => kind.isBounded === true },
  standstill: {
    rows: 48,
    change: ({ values }, row, since) => values[row - since - 1]!,
    isNone: (kind) => kind.isOftenStill === true,
  },
  'season missed': {
    rows: 0,
    change: ({ values, rowsOfDay }, row) => values[row - rowsOfDay / 2]!,
    isNone: (kind, step) => kind.isSeasonal === undefined || step.periodMs > HOUR_MS,
  },
  'slow drift': { rows: 72, change: moved((since) => (8 * since) / 72) },
};

/** A series of a kind with nothing wrong in it. */
export function calm(name: string, step: Step, seed: number): LabelledSeries {
  const made = unspoilt(name, step, seed);
  return { ...made, values: written(KINDS[name]!, made.values) };
}

/** The same with one incident of every sort that it can have, far apart, in an order and at times by the seed; and what they are. */
export function planted(name: string, step: Step, seed: number): LabelledSeries & { sorts: string[] } {
  const kind = KINDS[name]!;
  const { at, values } = unspoilt(name, step, seed);
  const made = { ...kind, values: values.slice(), rowsOfDay: Math.round(DAY_MS / step.periodMs) };
  const uniform = seeded(seed + 7919);
  const sorts = Object.keys(INCIDENTS)
    .filter((sort) => !INCIDENTS[sort]!.isNone?.(kind, step))
    .map((sort) => ({ sort, place: uniform() }))
    .sort((a, b) => a.place - b.place)
    .map(({ sort }) => sort);
  const room = Math.floor((0.7 * at.length) / sorts.length);
  const labelled = sorts.map((sort, i): [number, number] => {
    const { rows, change } = INCIDENTS[sort]!;
    const first = Math.floor(0.3 * at.length + room * (i + 0.4 * uniform()));
    const last = first + (rows || made.rowsOfDay) - 1;
    for (let row = first; row <= last; row++) values[row] = change(made, row, row - first);
    return [first, last];
  });
  return { name: `${name}, ${step.name}`, at, values: written(kind, values), labelled, sorts };
}

function unspoilt(name: string, step: Step, seed: number): LabelledSeries {
  const noise = new Noise(seed);
  const series: LabelledSeries = { name: `${name}, ${step.name}`, at: [], values: [], labelled: [] };
  let before = 100;
  for (let at = START; at < START + step.days * DAY_MS; at += step.periodMs) {
    const value = KINDS[name]!.value(at, noise, before);
    if (!Number.isNaN(value)) before = value;
    series.at.push(at);
    series.values.push(value);
  }
  return series;
}

function written({ isWhole, isTotal, isBounded }: Kind, values: readonly number[]): number[] {
  let sum = 0;
  return values.map((value) => {
    const whole = isWhole ? Math.max(0, Math.round(value)) : isBounded ? Math.max(0, value) : value;
    sum += whole;
    return isTotal ? sum : whole;
  });
}
