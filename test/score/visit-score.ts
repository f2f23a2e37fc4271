// Scores the visits of a day: of those that stand first on its list, how many find something wrong, or about to be.

import { isAmiss, type Window } from './matching.ts';
import type { ScoredVisit } from './scored-alert.ts';
import type { Truth } from './truth.ts';

export interface VisitTally {
  visits: number;
  confirmed: number;
}

/**
 * A visit is confirmed when one of the cells that it is for has a fault, or the first signs of one, at the moment the list is
 * read, or had until two periods before. The same site on the lists of two days counts twice: somebody drives twice.
 */
export function scoreVisits(truth: Truth, visits: readonly ScoredVisit[], { from, until }: Window): VisitTally {
  const scored = visits.filter(({ at }) => at >= from && at < until);
  const confirmed = scored.filter(({ cells, at }) => isAmiss(truth, cells, at));
  return { visits: scored.length, confirmed: confirmed.length };
}
