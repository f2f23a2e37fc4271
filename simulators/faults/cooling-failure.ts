// The cabinet's cooling fails: it warms for hours, then the radios throttle themselves, then the capacity carriers go off.

import { DOWN, type Effects } from '../effects.ts';
import { type Draft, type FaultMaker, progress } from './draft.ts';
import type { FalsePrecursor, Fault } from './happening.ts';

/** Added warmth at which radios throttle, and at which they switch off what is not needed for coverage, °C. */
const THROTTLES_C = 22;
const SWITCHES_OFF_C = 27;
/** A throttled radio sends at half its power. */
const THROTTLED_DB = 3;
const THROTTLED_SETUP_FAIL = 0.03;
const THROTTLED_DROP_FAIL = 0.012;

function make(draft: Draft): Fault | FalsePrecursor | undefined {
  const site = draft.site('temperature');
  if (!site) return undefined;
  return draft.sign === 'false' ? coolsAgain(draft, site.cells) : overheats(draft, site.cells);
}

/** Without a sign the sensor sees nothing: only the radios know. */
function overheats(draft: Draft, cells: readonly number[]): Fault {
  const { onset, sign, material, random } = draft;
  const lead = draft.span(2.5, 36);
  const endC = random.between(29, 36);
  const lag = lead / -Math.log(1 - THROTTLES_C / endC);
  return draft.fault('cooling-failure', {
    cells,
    lead,
    lasts: draft.span(3, 24),
    hurt: 0.3,
    apply: (effects, at) => {
      const heatC = endC * (1 - Math.exp(-(at - onset + lead) / lag));
      for (const cell of cells) {
        if (sign !== 'none') effects.heatC[cell] = heatC;
        if (at < onset) continue;
        throttle(effects, cell);
        if (heatC >= SWITCHES_OFF_C && material.city.cells[cell]!.carrier.role === 'capacity')
          effects.setState(cell, DOWN);
      }
    },
  });
}

function throttle(effects: Effects, cell: number): void {
  effects.dlLossDb[cell] = effects.dlLossDb[cell]! + THROTTLED_DB;
  effects.setupFail[cell] = effects.setupFail[cell]! + THROTTLED_SETUP_FAIL;
  effects.dropFail[cell] = effects.dropFail[cell]! + THROTTLED_DROP_FAIL;
}

/** A door left open, a filter that is changed in time. */
function coolsAgain(draft: Draft, cells: readonly number[]): FalsePrecursor {
  const { onset, random } = draft;
  const rises = draft.span(2.5, 24);
  const falls = draft.span(2, 5);
  const topC = random.between(8, 17);
  return draft.falseAlarm('cooling-failure', {
    cells,
    lasts: rises + falls,
    apply: ({ heatC }, at) => {
      const up = 1 - Math.exp(-2 * progress(at, onset, onset + rises));
      const down = Math.exp(-4 * progress(at, onset + rises, onset + rises + falls));
      for (const cell of cells) heatC[cell] = (topC / (1 - Math.exp(-2))) * up * down;
    },
  });
}

export const COOLING_FAILURE: FaultMaker = { canBeForetold: true, make };
