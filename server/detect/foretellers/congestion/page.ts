// A page of cells by the date on which they will be full: all are counted and put in order by little, those of the page are told whole.

import { DAY_MS } from '../../../maths/local-time.ts';
import {
  CAPACITY_STATES,
  type CapacityOutlook,
  type CapacityPage,
  type CapacityQuery,
  type CapacityState,
} from '../../../model/capacity.ts';
import { LEAST_DAYS } from './growth.ts';

/** What a cell is counted and put in order by. */
export interface Brief {
  cell: string;
  area: string | undefined;
  state: CapacityState;
  at: number;
  days: number;
  /** Date on which it will be full, epoch milliseconds: −∞ where it is, ∞ where none is known. */
  fullAt: number;
  /** Users in the busy hour against those that fill it; 0 while not known. */
  filled: number;
}

export function pageOf(
  all: readonly Brief[],
  { states, area, limit, cursor }: CapacityQuery,
  outlookOf: (cell: string) => CapacityOutlook,
): CapacityPage {
  const asked = all
    .filter((one) => states.includes(one.state) && (area === undefined || one.area === area))
    .sort(soonestFirst);
  const counts = CAPACITY_STATES.map((state) => [state, all.filter((one) => one.state === state).length]);
  const areas = new Set(all.map((one) => one.area).filter((known) => known !== undefined));
  return {
    at: all.length === 0 ? null : all.reduce((newest, { at }) => Math.max(newest, at), 0),
    daysKnown: all.reduce((most, { days }) => Math.max(most, days), 0),
    tellsFrom: all.some(({ state }) => state !== 'learning') ? null : earliest(all.map(tellsFrom)),
    counts: Object.fromEntries(counts) as CapacityPage['counts'],
    areas: [...areas].sort(),
    cells: asked.slice(cursor, cursor + limit).map(({ cell }) => outlookOf(cell)),
    asked: asked.length,
  };
}

/** Null: something can be said already, or no day of it counts so far, so that nobody knows when. */
export function tellsFrom({ state, at, days }: Pick<Brief, 'state' | 'at' | 'days'>): number | null {
  return state !== 'learning' || days === 0 ? null : at + Math.max(1, LEAST_DAYS - days) * DAY_MS;
}

function earliest(times: readonly (number | null)[]): number | null {
  return times.reduce((first, time) => (time !== null && (first === null || time < first) ? time : first), null);
}

/** Full ones first, then by date; those without a date by how full they are. */
function soonestFirst(a: Brief, b: Brief): number {
  if (a.fullAt !== b.fullAt) return a.fullAt < b.fullAt ? -1 : 1;
  return b.filled - a.filled || (a.cell < b.cell ? -1 : 1);
}
