// Figures of one contender over all seeds: counts are added up, and the spread between seeds stands beside.

import type { DetectionTally, KindTally, NuisanceTally } from './detection-score.ts';
import { brierOf, type PredictionTally, type ReliabilityBin, reliabilityOf } from './prediction-score.ts';

export interface SeedTally {
  seed: number;
  detection: DetectionTally;
  prediction: PredictionTally;
}

/** A figure over all seeds, and the least and the most of one; null where there is nothing to divide by. */
export interface Spread {
  all: number | null;
  least: number | null;
  most: number | null;
}

export interface KindFigures {
  faults: number;
  recall: number | null;
  /** Periods, median. */
  afterOnset: number | null;
  afterHurt: number | null;
}

export interface Figures {
  name: string;
  faults: number;
  recall: Spread;
  falsePer1000CellDays: Spread;
  /** Shares of the false alerts: at signs that led nowhere, at nuisances; the rest is for nothing. */
  misledBy: { falsePrecursors: number | null; nuisances: number | null };
  precision: Spread;
  /** Periods after the onset. */
  delay: { median: number | null; p90: number | null };
  /** For one fault that was found. */
  duplicates: Spread;
  siteFaults: number;
  asOne: Spread;
  byKind: Record<string, KindFigures>;
  nuisances: Record<string, { cells: number; fooled: number | null }>;
  prediction: {
    events: number;
    foretellable: number;
    recall: Spread;
    predictions: number;
    precision: Spread;
    leadHours: { p10: number | null; median: number | null; p90: number | null };
    /** Share of those that came true within the interval that was named. */
    inInterval: number | null;
    brier: number | null;
    /** The Brier score of always saying how many come true. */
    brierOfBaseRate: number | null;
    reliability: ReliabilityBin[];
  };
}

export function figuresOf(name: string, seeds: readonly SeedTally[]): Figures {
  const detections = seeds.map(({ detection }) => detection);
  const kinds = pooledKinds(detections);
  const every = Object.values(kinds);
  const delays = every.flatMap(({ afterOnset }) => afterOnset);
  return {
    name,
    faults: sum(every, ({ faults }) => faults),
    recall: spread(detections, foundIn, faultsIn),
    falsePer1000CellDays: spread(
      detections,
      ({ falseAlerts }) => 1000 * falseAlerts,
      ({ cellDays }) => cellDays,
    ),
    precision: spread(
      detections,
      ({ alerts, falseAlerts }) => alerts - falseAlerts,
      ({ alerts }) => alerts,
    ),
    misledBy: misledBy(detections),
    delay: { median: quantile(delays, 0.5), p90: quantile(delays, 0.9) },
    duplicates: spread(detections, ({ duplicates }) => duplicates, foundIn),
    siteFaults: sum(detections, ({ siteFaults }) => siteFaults),
    asOne: spread(
      detections,
      ({ siteFaultsAsOne }) => siteFaultsAsOne,
      ({ siteFaults }) => siteFaults,
    ),
    byKind: Object.fromEntries(Object.entries(kinds).map(([kind, tally]) => [kind, kindFigures(tally)])),
    nuisances: nuisanceFigures(detections),
    prediction: predictionFigures(seeds.map(({ prediction }) => prediction)),
  };
}

function misledBy(detections: readonly DetectionTally[]): Figures['misledBy'] {
  const wrong = sum(detections, ({ falseAlerts }) => falseAlerts);
  return {
    falsePrecursors: share(
      sum(detections, ({ atFalsePrecursors }) => atFalsePrecursors),
      wrong,
    ),
    nuisances: share(
      sum(detections, ({ atNuisances }) => atNuisances),
      wrong,
    ),
  };
}

const foundIn = ({ byKind }: DetectionTally) => sum(Object.values(byKind), ({ found }) => found);
const faultsIn = ({ byKind }: DetectionTally) => sum(Object.values(byKind), ({ faults }) => faults);

function pooledKinds(detections: readonly DetectionTally[]): Record<string, KindTally> {
  const pooled: Record<string, KindTally> = {};
  for (const [kind, tally] of detections.flatMap(({ byKind }) => Object.entries(byKind))) {
    pooled[kind] ??= { faults: 0, found: 0, afterOnset: [], afterHurt: [] };
    const all = pooled[kind]!;
    all.faults += tally.faults;
    all.found += tally.found;
    all.afterOnset.push(...tally.afterOnset);
    all.afterHurt.push(...tally.afterHurt);
  }
  return Object.fromEntries(Object.entries(pooled).sort());
}

function kindFigures({ faults, found, afterOnset, afterHurt }: KindTally): KindFigures {
  return {
    faults,
    recall: share(found, faults),
    afterOnset: quantile(afterOnset, 0.5),
    afterHurt: quantile(afterHurt, 0.5),
  };
}

function nuisanceFigures(detections: readonly DetectionTally[]): Figures['nuisances'] {
  const pooled: Record<string, NuisanceTally> = {};
  for (const [kind, { cells, fooled }] of detections.flatMap(({ nuisances }) => Object.entries(nuisances))) {
    pooled[kind] ??= { cells: 0, fooled: 0 };
    pooled[kind]!.cells += cells;
    pooled[kind]!.fooled += fooled;
  }
  const figures = Object.entries(pooled).map(([kind, { cells, fooled }]) => [
    kind,
    { cells, fooled: share(fooled, cells) },
  ]);
  return Object.fromEntries(figures.sort());
}

function predictionFigures(seeds: readonly PredictionTally[]): Figures['prediction'] {
  const outcomes = seeds.flatMap((seed) => seed.outcomes);
  const leads = seeds.flatMap(({ leadHours }) => leadHours);
  const came = outcomes.filter(({ cameTrue }) => cameTrue);
  const base = share(came.length, outcomes.length);
  return {
    events: sum(seeds, ({ events }) => events),
    foretellable: sum(seeds, ({ foretellable }) => foretellable),
    recall: spread(
      seeds,
      ({ foretold }) => foretold,
      ({ events }) => events,
    ),
    predictions: outcomes.length,
    precision: spread(
      seeds,
      ({ cameTrue }) => cameTrue,
      ({ predictions }) => predictions,
    ),
    leadHours: { p10: quantile(leads, 0.1), median: quantile(leads, 0.5), p90: quantile(leads, 0.9) },
    inInterval: share(came.filter(({ inInterval }) => inInterval).length, came.length),
    brier: brierOf(outcomes),
    brierOfBaseRate: base === null ? null : base * (1 - base),
    reliability: reliabilityOf(outcomes),
  };
}

function spread<T>(seeds: readonly T[], over: (seed: T) => number, under: (seed: T) => number): Spread {
  const each = seeds.map((seed) => share(over(seed), under(seed))).filter((one) => one !== null);
  const all = share(sum(seeds, over), sum(seeds, under));
  return each.length === 0
    ? { all, least: null, most: null }
    : { all, least: Math.min(...each), most: Math.max(...each) };
}

function sum<T>(all: readonly T[], of: (one: T) => number): number {
  return all.reduce((total, one) => total + of(one), 0);
}

const share = (part: number, whole: number) => (whole === 0 ? null : part / whole);

/** The smallest value that a share of all stay at or below; null of none. */
function quantile(values: readonly number[], part: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? null;
}
