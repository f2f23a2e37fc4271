// What a scenario is: a stretch of time and the rates at which things happen in it. Pure data.

import type { FaultKind } from '../faults/happening.ts';
import type { DrawnNuisance } from '../nuisances/makers.ts';

export type FaultRates = Partial<Record<FaultKind, number>>;

export interface NamedScenario {
  name: string;
  /** One line for people. */
  summary: string;
  /** Cells unless told otherwise, about. */
  cells: number;
  days: number;
  periodSeconds: number;
  /** First day; left out: the history ends behind the clock, and live follows. */
  from?: string;
  /** Nothing breaks in the first days, so that what is usual can be learned. */
  calmDays: number;
  /** Faults for every 100 cells and week. */
  faults: FaultRates;
  /** Hours in which more happens: faults for every 100 cells in all. */
  bursts?: readonly { day: number; hours: number; faults: FaultRates }[];
  /** Of faults that can announce themselves, so many do not, 0…1. */
  withoutPrecursor: number;
  /** False precursors for each true one. */
  falsePrecursors: number;
  /** By the measure of each kind: see `NuisanceMaker.per`. */
  nuisances: Partial<Record<DrawnNuisance, number>>;
  /** Holidays and make-up workdays. */
  hasCalendar: boolean;
  /** Growth of all traffic, a week. */
  growthPerWeek: number;
}
