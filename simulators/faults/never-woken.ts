// A capacity carrier that slept through the night and does not wake: energy saving by its own word, a fault in truth.

import { ASLEEP } from '../effects.ts';
import { DAY } from '../era.ts';
import { sleepOf } from '../nuisances/energy-saving.ts';
import type { Draft, FaultMaker } from './draft.ts';
import type { Fault } from './happening.ts';

function make(draft: Draft): Fault | undefined {
  const { city, seed, periodMs } = draft.material;
  const cell = draft.cell((one) => city.cells[one]!.carrier.role === 'capacity');
  if (cell === undefined) return undefined;
  const midnight = Math.floor(draft.onset / DAY) * DAY;
  const wakesAt = midnight + sleepOf(seed, city.cells[cell]!.cell.id).to;
  // The first period of which it should be awake for at least the half.
  const onset = Math.ceil((wakesAt - periodMs / 2) / periodMs) * periodMs;
  return draft.at(onset).fault('never-woken', {
    cells: [cell],
    lasts: draft.span(4, 40),
    hurt: 0.15,
    apply: (effects) => effects.setState(cell, ASLEEP),
  });
}

export const NEVER_WOKEN: FaultMaker = { canBeForetold: false, make };
