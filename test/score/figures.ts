// Figures of one contender over all seeds: counts are added up, and the spread between seeds stands beside.

import { type OddsTally, skillOf } from './daily-odds.ts';
import { type DetectionTally, type KindTally, type NuisanceTally, noFaults } from './detection-score.ts';
import { type PredictionFigures, predictionFigures } from './prediction-figures.ts';
import type { PredictionTally } from './prediction-score.ts';
import { quantile, type Spread, share, spread, sum } from './spread.ts';
import type { VisitTally } from './visit-score.ts';

export interface SeedTally {
  seed: number;
  detection: DetectionTally;
  prediction: PredictionTally;
  odds: OddsTally;
  visits: VisitTally;
}

/** Faults of these kinds put people off the air at once, and are asked to be told at once. */
const OUTAGES = ['cell-outage', 'power-loss', 'sleeping-cell'];
/** Of so many, a share that is asked for can be told from chance. */
export const ENOUGH_CELLS = 100;
export const MOST_FOOLED = 0.05;

export interface KindFigures {
  faults: number;
  recall: number | null;
  /** Within two periods after people are hurt. */
  inTime: number | null;
  /** Periods, median. */
  afterOnset: number | null;
  afterHurt: number | null;
}

/** Shares of the cells: see the tally. */
export interface NuisanceFigures {
  cells: number;
  fooled: number | null;
  named: number | null;
  touched: number | null;
  /** At most one in twenty is fooled; null: too few cells to say. */
  isRare: boolean | null;
}

export interface Figures {
  name: string;
  faults: number;
  recall: Spread;
  /** Of the faults that hurt people; of outages and sleeping cells, those found within two periods. */
  recallOfHurting: Spread;
  outagesInTime: Spread;
  /** On the night list. */
  falsePer1000CellDays: Spread;
  /** The strict figure: for anybody, with those that name a nuisance as such. */
  falseForAnybodyPer1000CellDays: Spread;
  /** Alerts for planners, and the share of them that is wrong. */
  forPlannersPer1000CellDays: Spread;
  wrongForPlanners: number | null;
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
  nuisances: Record<string, NuisanceFigures>;
  prediction: PredictionFigures;
  /** Brier skill of what is said of each cell each day, silence included; null where nothing came. */
  dailySkill: number | null;
  visits: number;
  visitsConfirmed: Spread;
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
    recallOfHurting: spread(
      detections,
      (seed) => sum(kindsOf(seed), ({ afterHurt }) => afterHurt.length),
      (seed) => sum(kindsOf(seed), ({ hurting }) => hurting),
    ),
    outagesInTime: spread(
      detections,
      (seed) => sum(kindsOf(seed, OUTAGES), ({ inTime }) => inTime),
      (seed) => sum(kindsOf(seed, OUTAGES), ({ faults }) => faults),
    ),
    falsePer1000CellDays: per1000CellDays(detections, ({ falseAlerts }) => falseAlerts),
    falseForAnybodyPer1000CellDays: per1000CellDays(detections, ({ falseForAnybody }) => falseForAnybody),
    forPlannersPer1000CellDays: per1000CellDays(detections, ({ forPlanners }) => forPlanners),
    wrongForPlanners: share(
      sum(detections, ({ wrongForPlanners }) => wrongForPlanners),
      sum(detections, ({ forPlanners }) => forPlanners),
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
    dailySkill: skillOf({
      rows: sum(seeds, ({ odds }) => odds.rows),
      came: sum(seeds, ({ odds }) => odds.came),
      squares: sum(seeds, ({ odds }) => odds.squares),
    }),
    visits: sum(seeds, ({ visits }) => visits.visits),
    visitsConfirmed: spread(
      seeds,
      ({ visits }) => visits.confirmed,
      ({ visits }) => visits.visits,
    ),
  };
}

function per1000CellDays(detections: readonly DetectionTally[], count: (seed: DetectionTally) => number): Spread {
  return spread(
    detections,
    (seed) => 1000 * count(seed),
    ({ cellDays }) => cellDays,
  );
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

function kindsOf({ byKind }: DetectionTally, kinds = Object.keys(byKind)): KindTally[] {
  return kinds.flatMap((kind) => byKind[kind] ?? []);
}

const foundIn = (seed: DetectionTally) => sum(kindsOf(seed), ({ found }) => found);
const faultsIn = (seed: DetectionTally) => sum(kindsOf(seed), ({ faults }) => faults);

function pooledKinds(detections: readonly DetectionTally[]): Record<string, KindTally> {
  const pooled: Record<string, KindTally> = {};
  for (const [kind, tally] of detections.flatMap(({ byKind }) => Object.entries(byKind))) {
    pooled[kind] ??= noFaults();
    const all = pooled[kind]!;
    all.faults += tally.faults;
    all.found += tally.found;
    all.hurting += tally.hurting;
    all.inTime += tally.inTime;
    all.afterOnset.push(...tally.afterOnset);
    all.afterHurt.push(...tally.afterHurt);
  }
  return Object.fromEntries(Object.entries(pooled).sort());
}

function kindFigures({ faults, found, inTime, afterOnset, afterHurt }: KindTally): KindFigures {
  return {
    faults,
    recall: share(found, faults),
    inTime: share(inTime, faults),
    afterOnset: quantile(afterOnset, 0.5),
    afterHurt: quantile(afterHurt, 0.5),
  };
}

function nuisanceFigures(detections: readonly DetectionTally[]): Figures['nuisances'] {
  const pooled: Record<string, NuisanceTally> = {};
  for (const [kind, own] of detections.flatMap(({ nuisances }) => Object.entries(nuisances))) {
    const all = pooled[kind] ?? { cells: 0, fooled: 0, named: 0, touched: 0 };
    pooled[kind] = {
      ...{ cells: all.cells + own.cells, fooled: all.fooled + own.fooled },
      ...{ named: all.named + own.named, touched: all.touched + own.touched },
    };
  }
  return Object.fromEntries(
    Object.entries(pooled)
      .map(([kind, tally]) => [kind, sharesOf(tally)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function sharesOf({ cells, fooled, named, touched }: NuisanceTally): NuisanceFigures {
  const isRare = cells < ENOUGH_CELLS ? null : fooled <= MOST_FOOLED * cells;
  return { cells, isRare, fooled: share(fooled, cells), named: share(named, cells), touched: share(touched, cells) };
}
