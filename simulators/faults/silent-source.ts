// What collects the counters of some sites has died: the cells live, but nothing is heard of them.

import type { Draft, FaultMaker } from './draft.ts';
import type { Fault } from './happening.ts';

/** Of all sites, so many hang on one collector. */
const COLLECTED = [0.06, 0.15] as const;

function make(draft: Draft): Fault {
  const cells = draft.collected(...COLLECTED);
  return draft.fault('silent-source', {
    cells,
    harmlessFor: null,
    lasts: draft.span(2, 12),
    hurt: 0,
    apply: ({ lost }) => {
      for (const cell of cells) lost[cell] = 1;
    },
  });
}

export const SILENT_SOURCE: FaultMaker = { canBeForetold: false, make };
