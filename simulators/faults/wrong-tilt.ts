// An antenna that looks too far down or up: a motor that ran away, a number mistyped, a bolt that gave way in the wind.

import type { Draft, FaultMaker } from './draft.ts';
import type { Fault } from './happening.ts';

/** Errors that occur, and from where on people notice: looking down takes a cell's edge, looking up takes little at first, degrees. */
const DOWN = { least: 3.5, most: 8, noticed: 4.5 };
const UP = { least: 5, most: 9, noticed: 6.5 };
/** More antennas run down than up. */
const RUNS_DOWN = 0.6;

function make(draft: Draft): Fault | undefined {
  const { cells } = draft.material.city;
  const looksDown = draft.random.uniform() < RUNS_DOWN;
  // High in open country a cell has so much reach that looking down takes nothing from its people.
  const cell = draft.awake((one) => !looksDown || cells[one]!.scenario.name !== 'rural');
  if (cell === undefined) return undefined;
  const { least, most, noticed } = looksDown ? DOWN : UP;
  const size = draft.random.between(least, most);
  const errorDeg = looksDown ? size : -size;
  const isNoticed = size >= noticed;
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
