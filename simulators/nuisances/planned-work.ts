// Work that was announced: a site is switched off by people at night, and says so.

import { WORKS } from '../effects.ts';
import type { Draft } from '../faults/draft.ts';
import type { Nuisance } from '../faults/happening.ts';
import { type NuisanceMaker, nuisance } from './maker.ts';

export function plannedWork(draft: Draft, cells: readonly number[], lasts: number): Nuisance {
  return nuisance(draft, 'planned-work', {
    cells,
    lasts,
    apply: (effects) => {
      for (const cell of cells) effects.setState(cell, WORKS);
    },
  });
}

export const PLANNED_WORK: NuisanceMaker = {
  per: 'cells',
  make: (draft) => {
    const site = draft.site();
    return site && plannedWork(draft.atHour(0, 3), site.cells, draft.span(1, 5));
  },
};
