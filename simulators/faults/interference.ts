// Somebody else's transmitter lifts the noise that a cell hears: a jammer, a repeater, a faulty machine.

import type { Draft, FaultMaker } from './draft.ts';
import type { Fault } from './happening.ts';

/** Interference of this lift hurts as much as any, dB. */
const WORST_DB = 18;
/** In so many cases the whole site hears it, else one sector. */
const WHOLE_SITE = 0.25;

function make(draft: Draft): Fault | undefined {
  const { random } = draft;
  const cell = draft.awake();
  if (cell === undefined) return undefined;
  const cells = random.uniform() < WHOLE_SITE ? draft.matesOf(cell) : [cell];
  return interference(draft, cells, random.between(9, 18), draft.span(1, 72));
}

export function interference(draft: Draft, cells: readonly number[], liftDb: number, lasts: number): Fault {
  return draft.fault('interference', {
    cells,
    lasts,
    hurt: 0.5 * Math.min(1, liftDb / WORST_DB),
    apply: ({ ulNoiseDb }) => {
      for (const cell of cells) ulNoiseDb[cell] = Math.max(ulNoiseDb[cell]!, liftDb);
    },
  });
}

export const INTERFERENCE: FaultMaker = { canBeForetold: false, make };
