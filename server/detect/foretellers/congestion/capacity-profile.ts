// What counts as full, and what is told of it: every number of the capacity outlook in one place. *Defaults*, not standards.

import type { CapacityStepKind } from '../../../model/capacity.ts';
import type { Lasting } from './first-passage.ts';

/** One class of the operator's trigger, by how much an average session carries. */
interface TriggerRow {
  /** From this mean volume of a session on. */
  sessionKb: number;
  users: number;
  blocksPct: number;
  /** Carried in the hour. */
  gb: number;
}

/** The capacity trigger of one large operator, for the downlink data channel: users, blocks and volume in the own busy hour. */
export const CAPACITY_TRIGGER: readonly TriggerRow[] = [
  { sessionKb: 1000, users: 10, blocksPct: 70, gb: 5 },
  { sessionKb: 300, users: 20, blocksPct: 50, gb: 3.5 },
  { sessionKb: 0, users: 50, blocksPct: 40, gb: 2.2 },
];

export interface CapacityProfile {
  /** Share of the blocks at which others wait. */
  fullPct: number;
  /** Slower than this even a small picture stops, Mbit/s. */
  bearableMbps: number;
  /** Fewer users than this fill nothing that matters. */
  leastUsers: number;
  /** A forecast is told from this probability on, and taken back below the other. */
  tellFrom: number;
  dropBelow: number;
  /** With so many days left a plan is just in time: it is told from a little less on, for waiting would cost that time. */
  inTime: { fromDays: number; toDays: number; tellFrom: number };
  /** Dates further off than this, or in a wider interval, are of no use to a planner. */
  furthestDays: number;
  widestDays: number;
  /** And nearer than this, nothing can be built any more: the cell is as good as full. */
  nearestDays: number;
  /** Growth is believed from so many standard errors on. */
  leastCertainty: number;
  /** Not told while the last days lie further below the course than so many standard errors: growth may be over. */
  mostLag: number;
  /** Said, or not said, so many days in a row before it is told. */
  confirmDays: number;
  /** What is not known of how much fills a cell: spread of the logarithm of its users. */
  fillSpread: number;
  lasting: Lasting;
  /** Share of the busy hour's users that a step takes off a cell; a balance by the room that neighbours have. */
  takes: Record<Exclude<CapacityStepKind, 'balance'>, number>;
  /** Most of its users that a cell can hand to one neighbour: to another carrier of its sector, and to another site. */
  handsOver: { sector: number; site: number };
}

export const CAPACITY_PROFILE: CapacityProfile = {
  fullPct: 88,
  bearableMbps: 2,
  leastUsers: 10,
  tellFrom: 0.73,
  dropBelow: 0.5,
  inTime: { fromDays: 14, toDays: 21, tellFrom: 0.67 },
  furthestDays: 40,
  widestDays: 28,
  nearestDays: 4,
  leastCertainty: 3,
  mostLag: 0.6,
  confirmDays: 1,
  fillSpread: 0.12,
  lasting: { swingDays: 10, exponent: 0.35 },
  // Users do not part evenly: a little less than half goes over.
  takes: { carrier: 0.45, split: 0.4, site: 0.5 },
  handsOver: { sector: 0.4, site: 0.08 },
};

/** Whether an hour meets the trigger. `gb` NaN: the volume is not known and not asked for. */
export function meetsTrigger(hour: { users: number; blocksPct: number; gb: number; sessionKb: number }): boolean {
  // Without sessions counted the strictest row holds.
  const size = Number.isNaN(hour.sessionKb) ? Number.POSITIVE_INFINITY : hour.sessionKb;
  const row = CAPACITY_TRIGGER.find(({ sessionKb }) => size >= sessionKb)!;
  const carries = Number.isNaN(hour.gb) || hour.gb >= row.gb;
  return hour.users >= row.users && hour.blocksPct >= row.blocksPct && carries;
}
