// How detection judges as a whole: the reports of all threads as one.

import { EXCUSES, type Excuse } from '../model/detection.ts';
import type { ThreadReport } from './thread-protocol.ts';

/** Rates are a day, over the last weeks. */
export interface DetectReport {
  budget: {
    cells: number;
    /** Findings that the network is willing to look at. */
    allowed: number;
    /** Anomalies that began, whatever their cause; null until a day is over. */
    begun: number | null;
    /** Those that chance brings about beyond the line; null until that can be told. */
    expectedByChance: number | null;
    /** Whether chance stays within what is allowed; null until that can be told. */
    met: boolean | null;
    /** The strength that an anomaly must reach, the highest of all threads: 1 is the line of the profile. */
    line: number;
    /** Days that this rests on, older ones fading; and days until the line is drawn by them: null with too few cells for it. */
    days: number;
    daysToGo: number | null;
  };
  /** Values out of line that were let pass, since learning began. */
  excused: Record<Excuse, number>;
  /** Series, and how many of them know only hard lines yet. */
  learning: { series: number; cold: number };
}

/** A line that was drawn to meet the budget meets it, in whatever digit the sums end. */
const ROUNDING = 1e-6;

/** `threads`: at least one. What a thread of few cells cannot tell yet is taken to be as in the others. */
export function reportOf(threads: readonly ThreadReport[]): DetectReport {
  const budgets = threads.map(({ budget }) => budget);
  const sum = (of: (thread: ThreadReport) => number) => threads.reduce((total, thread) => total + of(thread), 0);
  const cells = sum(({ budget }) => budget.cells);
  const allowed = sum(({ budget }) => budget.allowed);
  const largest = budgets.reduce((most, budget) => (budget.cells > most.cells ? budget : most));
  const begun = largest.begun === null ? null : sum(({ budget }) => budget.begun ?? 0);
  const expectedByChance = largest.daysToGo === 0 ? chanceOf(threads, cells) : null;
  const line = Math.max(...budgets.map((budget) => budget.line));
  const { days, daysToGo } = largest;
  const met = isMet(allowed, expectedByChance, begun);
  return {
    budget: { cells, allowed, begun, expectedByChance, met, line, days, daysToGo },
    excused: Object.fromEntries(EXCUSES.map((excuse) => [excuse, sum(({ excused }) => excused[excuse])])) as Record<
      Excuse,
      number
    >,
    learning: { series: sum(({ learning }) => learning.series), cold: sum(({ learning }) => learning.cold) },
  };
}

function chanceOf(threads: readonly ThreadReport[], cells: number): number {
  const known = threads.filter(({ budget }) => budget.daysToGo === 0);
  const knownCells = known.reduce((sum, { budget }) => sum + budget.cells, 0);
  const expected = known.reduce((sum, { budget }) => sum + (budget.expected ?? 0), 0);
  return knownCells === 0 ? 0 : (expected * cells) / knownCells;
}

/** Chance has no more than its due where it is not expected to, or where no more began at all. */
function isMet(allowed: number, expectedByChance: number | null, begun: number | null): boolean | null {
  if (expectedByChance === null || begun === null) return null;
  return Math.min(expectedByChance, begun) <= allowed * (1 + ROUNDING);
}
