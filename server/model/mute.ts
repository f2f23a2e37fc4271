// A mute: for how long, and of what, nobody is to be called, since somebody works there or knows already; in data time.

import type { AlertKind } from './alert.ts';
import type { Severity } from './health.ts';

export const REPEATS = ['daily', 'weekly'] as const;
export type Repeat = (typeof REPEATS)[number];

/** What a mute covers. Cells, site and area add up; kinds narrow them down. */
export interface MuteScope {
  cells?: string[];
  siteId?: string;
  /** As stars and reports name areas. */
  area?: string;
  /** The whole network: only where it is said. */
  all?: true;
  /** Without: every kind. */
  kinds?: AlertKind[];
}

/** Times are data time, epoch milliseconds, both ends included. */
export interface MuteTimes {
  from: number;
  to: number;
  /** The same local times again, each day or each week. */
  repeat?: Repeat;
  /** The last moment at which a window may begin; without it a repeated mute goes on until somebody ends it. */
  until?: number;
}

/** Who did something, when, in wall time; `role` as the server knows it. */
export interface MuteAct {
  at: number;
  by: string;
  role: string;
}

export interface MuteRecord extends MuteScope, MuteTimes {
  id: string;
  reason: string;
  made: MuteAct;
  /** Ended by hand at this data time. */
  endedAt?: number;
  /** `atOnce`: without the grace that a window has at its end. */
  ended?: MuteAct & { atOnce: boolean };
}

/**
 * `waiting`: no window is open yet, or now. `closing`: the window is over, and what was wrong in it is held back until it is
 * known to last. `over`: nothing will be held back any more.
 */
export const MUTE_STATES = ['waiting', 'open', 'closing', 'over'] as const;
export type MuteState = (typeof MUTE_STATES)[number];

/** A mute with how it stands at a moment of data time. */
export interface MuteNow {
  mute: MuteRecord;
  state: MuteState;
  /** The open window, else the next one, else the last one. */
  window: { from: number; to: number };
  /** Alerts that it holds back now, parts of wider ones not counted, and the worst of them. */
  holds: number;
  worst?: Severity;
}
