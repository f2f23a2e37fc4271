// A cell that hardly anybody uses: three attempts an hour, so that one failure is a third of all.

import { busiestOf, weekCurve } from '../traffic/week.ts';
import { type NuisanceMaker, nuisance } from './maker.ts';

/** Active users that make three attempts an hour, at an attempt every three minutes each. */
const USERS = 0.15;
const CURVE = weekCurve(3600);

export const QUIET_CELL: NuisanceMaker = {
  per: 'once',
  make: (draft, end) => {
    const { cells } = draft.material.city;
    const cell = draft.awake();
    if (cell === undefined) return undefined;
    const { peakUsers, homeShare } = cells[cell]!;
    // On the mean of day and night, a bit more than half of the busiest.
    const factor = USERS / (0.55 * peakUsers * busiestOf(CURVE, homeShare));
    return nuisance(draft, 'quiet-cell', {
      cells: [cell],
      lasts: end - draft.onset,
      apply: ({ demand }) => {
        demand[cell] = demand[cell]! * factor;
      },
    });
  },
};
