// A place grows faster than the network: week by week more users, until the busy hour is full.

import { DAY } from '../era.ts';
import { busiestOf, weekCurve } from '../traffic/week.ts';
import type { CityCell } from '../world/city.ts';
import { type Draft, type FaultMaker, progress } from './draft.ts';
import type { FalsePrecursor, Fault } from './happening.ts';

/** Users that fill a cell so that the others wait, of those at which 63 % of the blocks are used: 88 % load. */
const FULL = 2.1;
/** Nobody grows to more than so many times what there was, and who is full by less is full without that. */
const GROWTH = [1.1, 3.2] as const;
/** A newcomer that comes at once, or growth that goes on: so much above full. */
const ABOVE = [1.15, 1.5] as const;
const LEAD_HOURS = [18 * 24, 60 * 24] as const;

const CURVE = weekCurve(3600);

/** Factor on the users of a usual week that fills the cell in its busy hour, where the whole network has grown by `growth`. */
export function fullAt({ peakUsers, homeShare, carrier }: CityCell, growth: number): number {
  return (FULL * carrier.fullUsers) / (growth * peakUsers * busiestOf(CURVE, homeShare));
}

function make(draft: Draft): Fault | FalsePrecursor | undefined {
  const place = placeOf(draft);
  if (!place) return undefined;
  if (draft.sign === 'false') return flattens(draft, place);
  return draft.sign === 'true' ? grows(draft, place) : jumps(draft, place);
}

/** Full at the draft's time, having grown for so long (milliseconds); undefined where no cell could. */
export function growingCell(draft: Draft, lead: number): Fault | undefined {
  const place = placeOf(draft);
  return place && grows(draft, place, lead);
}

interface Place {
  cell: number;
  /** Factor on its users that fills it. */
  full: number;
}

function placeOf(draft: Draft): Place | undefined {
  const { city, growthAt } = draft.material;
  const growth = growthAt(draft.onset);
  const fills = (cell: number) => fullAt(city.cells[cell]!, growth);
  const cell = draft.awake((cell) => fills(cell) > GROWTH[0] && fills(cell) < GROWTH[1]);
  return cell === undefined ? undefined : { cell, full: fills(cell) };
}

/** The same factor every week, and full at the onset with what the whole network has grown; after the repair (a new carrier next door) it is as before. */
function grows(draft: Draft, { cell, full }: Place, lead = draft.span(...LEAD_HOURS)): Fault {
  const { onset, random } = draft;
  const most = full * random.between(...ABOVE);
  return draft.fault('congestion-growth', {
    cells: [cell],
    lead,
    lasts: draft.span(7 * 24, 21 * 24),
    hurt: 0.3,
    apply: ({ demand }, at) => {
      demand[cell] = demand[cell]! * Math.min(most, full ** ((at - onset + lead) / lead));
    },
  });
}

function jumps(draft: Draft, { cell, full }: Place): Fault {
  const factor = full * draft.random.between(...ABOVE);
  return draft.fault('congestion-growth', {
    cells: [cell],
    lasts: draft.span(4 * 24, 14 * 24),
    hurt: 0.3,
    apply: ({ demand }) => {
      demand[cell] = demand[cell]! * factor;
    },
  });
}

/** A building site that fills, and empties when the house is done. */
function flattens(draft: Draft, { cell, full }: Place): FalsePrecursor {
  const { onset, random } = draft;
  const rises = draft.span(14 * 24, 30 * 24);
  const falls = draft.whole(7 * DAY);
  const top = 1 + random.between(0.4, 0.65) * (full - 1);
  return draft.falseAlarm('congestion-growth', {
    cells: [cell],
    lasts: rises + falls,
    apply: ({ demand }, at) => {
      const part = Math.min(progress(at, onset, onset + rises), 1 - progress(at, onset + rises, onset + rises + falls));
      demand[cell] = demand[cell]! * top ** part;
    },
  });
}

export const CONGESTION_GROWTH: FaultMaker = { canBeForetold: true, make };
