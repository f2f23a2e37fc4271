// Capacity: how full a cell is in its busy hour, when it will be full, and what would put that off.

/** A date with its interval; epoch milliseconds, or ISO text where it is told. */
export interface FullDate<Time = number> {
  expectedAt: Time;
  /** It comes no earlier in nine of ten cases, no later in nine of ten, if it comes at all. */
  earliestAt: Time;
  latestAt: Time;
  /** 0…1: that it comes no later than `latestAt`. */
  probability: number;
}

export const CAPACITY_STEPS = ['balance', 'carrier', 'split', 'site'] as const;
export type CapacityStepKind = (typeof CAPACITY_STEPS)[number];

/** What could be done, and what it would change. */
export interface CapacityStep<Time = number> {
  kind: CapacityStepKind;
  /** Share of the busy hour's users that it takes off the cell, 0…1. */
  takes: number;
  /** When the cell would be full with it; null: not within half a year. */
  full: FullDate<Time> | null;
  /** Of a balance: those that have room, most first. */
  cells: string[];
}

/** `growing`: it will be full, more likely than not · `full`: it is, on three of the last seven workdays · `steady`: neither within half a year, or less likely than not · `learning`: too few days are known. */
export const CAPACITY_STATES = ['full', 'growing', 'steady', 'learning'] as const;
export type CapacityState = (typeof CAPACITY_STATES)[number];

export interface CapacityOutlook<Time = number> {
  cell: string;
  /** End of the newest day that is known. */
  at: Time;
  state: CapacityState;
  /** Days that are known, of those that are remembered. */
  days: number;
  /** Local hour that is busiest, 0…23. */
  busyHour: number;
  /** Active users in the busy hour of a middling day now, and those that fill the cell; null while not known. */
  users: number | null;
  fillUsers: number | null;
  /** Which limit is met first: radio blocks are used up, or people become too slow. */
  limit: 'blocks' | 'speed';
  /** Share of radio blocks in use in the busy hour, %, median of the last seven days; null while not known. */
  blocksPct: number | null;
  /** Growth of the busy hour a week, %; null while not known. */
  growthPctPerWeek: number | null;
  /** Whether the operator's own trigger for more capacity is met by the busy hours of the last seven days. */
  trigger: boolean;
  full: FullDate<Time> | null;
  /** Full in its busy hours since; null: it is not. */
  fullSince: Time | null;
  steps: CapacityStep<Time>[];
}

/** Which cells are asked for: of these states, of one area unless all, soonest full first. */
export interface CapacityQuery {
  states: readonly CapacityState[];
  area?: string | undefined;
  limit: number;
  /** How many of them come before. */
  cursor: number;
}

/** What is known of all cells, and some of those that were asked for. */
export interface CapacityPage {
  /** End of the newest day that is known of any cell, epoch milliseconds; null: of none. */
  at: number | null;
  daysKnown: number;
  /** When the first forecast can be told; null: it can be, or nobody knows when. */
  tellsFrom: number | null;
  counts: Record<CapacityState, number>;
  areas: string[];
  cells: CapacityOutlook[];
  /** How many cells the question is about in all. */
  asked: number;
}

/** The days of one cell, and where they go. */
export interface CapacityCourse<Time = number> {
  outlook: CapacityOutlook<Time>;
  /** Users in the busy hour, by END of the day; null on days that do not count. */
  days: [at: Time, users: number | null, blocksPct: number | null][];
  /** Eight of ten outcomes lie between low and high. */
  forecast: [at: Time, low: number, mid: number, high: number][];
}
