// A cell that believes it is well, and nobody gets on: no alarm, no downtime, no users.

import { SLEEPING } from '../effects.ts';
import type { Draft, FaultMaker } from './draft.ts';
import type { Fault } from './happening.ts';

function make(draft: Draft): Fault | undefined {
  const cell = draft.awake();
  if (cell === undefined) return undefined;
  return draft.fault('sleeping-cell', {
    cells: [cell],
    lasts: draft.span(3, 48),
    hurt: 0.9,
    apply: (effects) => effects.setState(cell, SLEEPING),
  });
}

export const SLEEPING_CELL: FaultMaker = { canBeForetold: false, make };
