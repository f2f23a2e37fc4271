// An antenna that looks too far down or up: a motor that ran away, a number mistyped, a bolt that gave way in the wind.

import type { Draft, FaultMaker } from './draft.ts';
import type { Fault } from './happening.ts';

/** Of so little nobody notices anything, degrees. */
const NOTICED_DEG = 2.5;

function make(draft: Draft): Fault | undefined {
  const cell = draft.awake();
  if (cell === undefined) return undefined;
  const size = draft.random.between(2, 8);
  const errorDeg = draft.random.uniform() < 0.6 ? size : -size;
  const isNoticed = size >= NOTICED_DEG;
  return draft.fault('wrong-tilt', {
    cells: [cell],
    harmlessFor: isNoticed ? 0 : null,
    lasts: draft.span(12, 120),
    hurt: isNoticed ? size / 20 : 0,
    isHidden: !isNoticed,
    apply: ({ tiltDeg }) => {
      tiltDeg[cell] = tiltDeg[cell]! + errorDeg;
    },
  });
}

export const WRONG_TILT: FaultMaker = { canBeForetold: false, make };
