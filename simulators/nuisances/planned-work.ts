// Work that was announced: a site is switched off by people, and says so.

import { WORKS } from '../effects.ts';
import type { Nuisance } from '../faults/happening.ts';

export function plannedWork(cells: readonly number[], from: number, until: number): Nuisance {
  return {
    id: '',
    nature: 'nuisance',
    kind: 'planned-work',
    cells,
    from,
    until,
    apply: (effects) => {
      for (const cell of cells) effects.setState(cell, WORKS);
    },
  };
}
