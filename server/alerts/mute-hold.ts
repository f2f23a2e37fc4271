// Whether a mute holds an alert back: a pure state machine over data time, and what becomes of the alert.

import type { AlertKind, AlertRecord } from '../model/alert.ts';
import type { MuteRecord } from '../model/mute.ts';
import { isAlarmAlert } from './alarm-alert.ts';
import { told } from './alert-state.ts';
import type { Window } from './mute-windows.ts';

/** Periods after the end of a window in which what was wrong in it may still become well unnoticed. */
export const GRACE_PERIODS = 2;
const USUAL_PERIOD_SECONDS = 900;
/** Kinds that each further period confirms, or ends. */
const CONFIRMED: readonly AlertKind[] = ['anomaly', 'fault', 'silent'];

/** An alert as a mute sees it. */
export interface Held {
  /** When the present spell of trouble began, data time. */
  began: number;
  /** Data time up to which the trouble itself is known; undefined: the network's clock is all there is. */
  knownAt: number | undefined;
  /** Found wrong just now, by a reading of that time. */
  isConfirmed: boolean;
  graceMs: number;
  /** Raised, or back, just now: nobody was told of it yet. */
  isFresh: boolean;
  /** This very mute holds it back already. */
  isMuted: boolean;
}

/**
 * Holds back what is wrong while the window is open, and what began before its end for the grace after it. Beyond the grace
 * a cell's own next bad reading tells it, not the clock of the network, which is a little ahead of many cells: else what is
 * well again by that reading would be told first. What people were told before the window opened is held back only from
 * within it, so that a window of the past takes nothing back.
 */
export function isHeld({ from, to }: Window, clock: number, held: Held): boolean {
  const { began, knownAt, isConfirmed, graceMs, isFresh, isMuted } = held;
  if (from > Math.max(clock, knownAt ?? clock) || began > to) return false;
  if (clock <= to) return true;
  if (!isFresh && !isMuted) return false;
  const end = to + graceMs;
  if (clock <= end) return true;
  return knownAt !== undefined && !(isConfirmed && knownAt > end);
}

/** What just happened to an alert, as far as mutes are concerned. */
export type News = Pick<Held, 'isFresh' | 'isConfirmed'>;

/** @param parts those that stand behind it: what they know it knows */
export function heldOf(alert: AlertRecord, parts: readonly AlertRecord[], news: News): Omit<Held, 'isMuted'> {
  const isTimed = CONFIRMED.includes(alert.kind) && !isAlarmAlert(alert);
  return {
    ...news,
    began: alert.since ?? alert.raisedAt,
    knownAt: isTimed ? Math.max(alert.changedAt, ...parts.map(({ changedAt }) => changedAt)) : undefined,
    graceMs: GRACE_PERIODS * 1000 * periodSecondsOf(alert),
  };
}

function periodSecondsOf({ why }: AlertRecord): number {
  const seconds = Number(why.values.periodSeconds);
  return seconds > 0 ? seconds : USUAL_PERIOD_SECONDS;
}

/** The alert held back by a mute; the same object when it is already. One that nobody was told of has not been told. */
export function muted(alert: AlertRecord, mute: MuteRecord, isFresh: boolean, wallMs: number): AlertRecord {
  if (alert.mutedBy === mute.id) return alert;
  if (alert.mutedBy !== undefined) return { ...alert, mutedBy: mute.id };
  const history = told(alert, { at: wallMs, what: 'muted', by: mute.made.by, comment: mute.reason });
  return { ...alert, mutedBy: mute.id, toldAt: isFresh ? undefined : alert.toldAt, history };
}

/** The alert told from now on: of itself when it is fresh, else because it has outlasted its mute. */
export function unmuted(alert: AlertRecord, isFresh: boolean, wallMs: number): AlertRecord {
  if (alert.mutedBy === undefined) return alert;
  const history = isFresh ? alert.history : told(alert, { at: wallMs, what: 'unmuted' });
  return { ...alert, mutedBy: undefined, toldAt: wallMs, history };
}
