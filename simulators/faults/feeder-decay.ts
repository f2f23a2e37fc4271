// Water creeps into a feeder or a connector loosens: first more is thrown back, days later too little reaches the air.

import { type Draft, type FaultMaker, progress } from './draft.ts';
import type { FalsePrecursor, Fault } from './happening.ts';

const USUAL_VSWR = 1.2;
/** Where equipment begins to complain; the feeder is broken from there on. */
const BROKEN_VSWR = 1.9;
const LOSS_AT_BREAK_DB = 1;
/** From this loss on people drop. */
const HURTS_DB = 3;

function make(draft: Draft): Fault | FalsePrecursor | undefined {
  const cell = draft.awake((one) => draft.shows(one, 'vswr'));
  if (cell === undefined) return undefined;
  if (draft.sign === 'false') return dries(draft, cell);
  return draft.sign === 'none' ? snaps(draft, cell) : decays(draft, cell);
}

function decays(draft: Draft, cell: number): Fault {
  const { onset, random } = draft;
  const lead = draft.span(30, 8 * 24);
  const worstDb = random.between(6, 10);
  const worstVswr = random.between(2.6, 3.8);
  const bend = random.between(1, 1.8);
  const rest = worstDb - LOSS_AT_BREAK_DB;
  const harmlessFor = draft.span(1.5, 4);
  const lag = harmlessFor / -Math.log(1 - (HURTS_DB - LOSS_AT_BREAK_DB) / rest);
  return draft.fault('feeder-decay', {
    cells: [cell],
    lead,
    harmlessFor,
    lasts: harmlessFor + draft.span(6, 60),
    hurt: worstDb / 18,
    apply: (effects, at) => {
      const part = progress(at, onset - lead, onset) ** bend;
      const follows = at < onset ? 0 : 1 - Math.exp(-(at - onset) / lag);
      const lossDb = LOSS_AT_BREAK_DB * part ** 2 + rest * follows;
      effects.vswr[cell] = USUAL_VSWR + (BROKEN_VSWR - USUAL_VSWR) * part + (worstVswr - BROKEN_VSWR) * follows;
      effects.dlLossDb[cell] = effects.dlLossDb[cell]! + lossDb;
      effects.ulLossDb[cell] = effects.ulLossDb[cell]! + lossDb;
    },
  });
}

/** A connector gives way at once. */
function snaps(draft: Draft, cell: number): Fault {
  const lossDb = draft.random.between(6, 10);
  const vswr = draft.random.between(2.6, 3.8);
  return draft.fault('feeder-decay', {
    cells: [cell],
    lasts: draft.span(4, 48),
    hurt: lossDb / 18,
    apply: (effects) => {
      effects.vswr[cell] = vswr;
      effects.dlLossDb[cell] = effects.dlLossDb[cell]! + lossDb;
      effects.ulLossDb[cell] = effects.ulLossDb[cell]! + lossDb;
    },
  });
}

/** Rain came in and dries again. */
function dries(draft: Draft, cell: number): FalsePrecursor {
  const { onset, random } = draft;
  const rises = draft.span(30, 6 * 24);
  const falls = draft.span(8, 40);
  const top = random.between(0.45, 0.8) * (BROKEN_VSWR - USUAL_VSWR);
  return draft.falseAlarm('feeder-decay', {
    cells: [cell],
    lasts: rises + falls,
    apply: (effects, at) => {
      const part = Math.min(progress(at, onset, onset + rises), 1 - progress(at, onset + rises, onset + rises + falls));
      effects.vswr[cell] = USUAL_VSWR + top * part;
    },
  });
}

export const FEEDER_DECAY: FaultMaker = { canBeForetold: true, make };
