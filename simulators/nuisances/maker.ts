// One nuisance about to be made; the same draft as a fault has serves it.

import type { Draft } from '../faults/draft.ts';
import type { Nuisance, NuisanceKind } from '../faults/happening.ts';

export interface NuisanceMaker {
  /** What its rate counts: for every 100 cells and week, for the whole network and week, or for every 100 cells from the first day on. */
  per: 'cells' | 'network' | 'once';
  /** `end` is the end of the plan, epoch milliseconds. Undefined where this network has nothing for it. */
  make(draft: Draft, end: number): Nuisance | undefined;
}

type Parts = Pick<Nuisance, 'cells' | 'apply'> & Partial<Pick<Nuisance, 'changes' | 'until'>> & { lasts: number };

/** From the draft's time on. `lasts` is how long anybody may be surprised; an effect that stays has `until` beyond. */
export function nuisance({ onset }: Draft, kind: NuisanceKind, { lasts, ...parts }: Parts): Nuisance {
  const upsetsUntil = onset + lasts;
  return { id: '', nature: 'nuisance', kind, from: onset, until: upsetsUntil, upsetsUntil, ...parts };
}
