// A radio or the unit behind it dies at once: one cell, or all of one carrier at a site.

import { DOWN, SILENT } from '../effects.ts';
import type { Draft, FaultMaker } from './draft.ts';
import type { Fault } from './happening.ts';

/** In so many cases the unit that all sectors share fails. */
const SHARED_UNIT = 0.3;
/** So many can still say that they are down. */
const REPORTS = 0.75;

function make(draft: Draft): Fault | undefined {
  const cell = draft.awake();
  if (cell === undefined) return undefined;
  const cells = draft.random.uniform() < SHARED_UNIT ? draft.matesOf(cell) : [cell];
  const state = draft.random.uniform() < REPORTS ? DOWN : SILENT;
  return draft.fault('cell-outage', {
    cells,
    lasts: draft.span(0.5, 12),
    hurt: 1,
    apply: (effects) => {
      for (const one of cells) effects.setState(one, state);
    },
  });
}

export const CELL_OUTAGE: FaultMaker = { canBeForetold: false, make };
