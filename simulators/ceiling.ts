// What an observer of perfect judgement could make of a run: the score is read against it.

import { HOUR } from './era.ts';
import type { Fault, FaultKind } from './faults/happening.ts';

export interface Ceiling {
  /** Faults with an effect that can be seen … */
  detectable: number;
  /** … of so many. */
  of: number;
  /** Faults that hurt and whose precursor stands out of the noise as long before as is asked of its kind … */
  foretellable: number;
  /** … of so many that hurt. */
  ofHurting: number;
}

/** How long before the harm a warning must come to be of use, by kind; others: any warning. */
export const USEFUL_LEAD: Partial<Record<FaultKind, number>> = {
  'power-loss': HOUR / 2,
  'cooling-failure': 2 * HOUR,
  'feeder-decay': 24 * HOUR,
  'backhaul-degradation': 24 * HOUR,
  'congestion-growth': 14 * 24 * HOUR,
};

export function ceilingOf(faults: readonly Fault[]): Ceiling {
  const hurting = faults.filter(({ hurtsFrom }) => hurtsFrom !== null);
  return {
    detectable: faults.filter(({ isHidden }) => !isHidden).length,
    of: faults.length,
    foretellable: hurting.filter(isForetellable).length,
    ofHurting: hurting.length,
  };
}

function isForetellable({ kind, hurtsFrom, precursorFrom }: Fault): boolean {
  return precursorFrom !== null && hurtsFrom! - precursorFrom >= (USEFUL_LEAD[kind] ?? 0);
}
