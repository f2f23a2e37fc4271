// Scores the visits of a day: of those that stand first on its list, how many find something that a visit mends, or prevents.

import { AFTER_PERIODS, type Window } from './matching.ts';
import type { ScoredVisit } from './scored-alert.ts';
import type { Fault, Truth } from './truth.ts';

const WEEK_MS = 7 * 24 * 3_600_000;
/** Mended from afar, by others, or by building: nobody has to drive to the site. */
const NO_VISITS = [
  ...['sleeping-cell', 'never-woken', 'wrong-parameter'],
  ...['silent-source', 'interference', 'congestion-growth'],
];

export interface VisitTally {
  visits: number;
  confirmed: number;
}

/**
 * A visit is confirmed when its site has a fault that a visit mends: one that is there when the list is read (or was until two
 * periods before), or breaks within a week. The same site on the lists of two days counts twice: somebody drives twice.
 */
export function scoreVisits(truth: Truth, visits: readonly ScoredVisit[], { from, until }: Window): VisitTally {
  const scored = visits.filter(({ at }) => at >= from && at < until);
  return { visits: scored.length, confirmed: scored.filter((visit) => isConfirmed(truth, visit)).length };
}

function isConfirmed({ faults, sites, periodMs }: Truth, { cells, at }: ScoredVisit): boolean {
  const siteIds = new Set(cells.map((cell) => sites.get(cell)));
  const isThere = ({ onset, repair }: Fault) => onset <= at + WEEK_MS && repair >= at - AFTER_PERIODS * periodMs;
  return faults.some(
    (fault) =>
      !NO_VISITS.includes(fault.kind) && isThere(fault) && fault.cells.some((cell) => siteIds.has(sites.get(cell))),
  );
}
