// How an alert is over: well again, after a rest, or because its cells have left the network.

import type { AlertRecord } from '../model/alert.ts';
import type { PredictionEnd } from '../model/prediction.ts';
import { isActive, told } from './alert-state.ts';
import { comesAndGoes, restOf, withEnd } from './flapping.ts';

/** Well again at data time `at`, or when last found, if a cell leaves the network at an older reading. */
export function recovered(
  alert: AlertRecord,
  at: number,
  wallMs: number,
  what: PredictionEnd | 'recovered' | 'stayed-well' = 'recovered',
): AlertRecord {
  if (!isActive(alert)) return alert;
  const clearedAt = Math.max(at, alert.changedAt);
  return {
    ...alert,
    state: 'cleared',
    changedAt: clearedAt,
    clearedAt,
    spells: withEnd(alert.spells, clearedAt),
    calm: undefined,
    history: told(alert, { at: wallMs, what }),
  };
}

/** Well from `at` on (data time), nothing stands behind it: over, unless it comes and goes and people look at it. */
export function rested(alert: AlertRecord, at: number, flapMs: number, wallMs: number): AlertRecord {
  const spells = withEnd(alert.spells, at);
  if (flapMs <= 0 || alert.mutedBy !== undefined || !comesAndGoes(spells)) return recovered(alert, at, wallMs);
  const calm = { since: at, until: at + restOf(spells!, flapMs) };
  const changedAt = Math.max(at, alert.changedAt);
  return { ...alert, spells, calm, changedAt, history: told(alert, { at: wallMs, what: 'recovered' }) };
}

/** It came and went, and has stayed well for as long as it had to. */
export function overAfterRest(alert: AlertRecord, wallMs: number): AlertRecord {
  const { calm, mutedBy, changedAt } = alert;
  return recovered(alert, mutedBy === undefined ? (calm?.until ?? changedAt) : changedAt, wallMs, 'stayed-well');
}

/** Over because its cells are no longer in the network: nobody is told that anything is well again. */
export function ofTheGone(alert: AlertRecord, wallMs: number): AlertRecord {
  if (!isActive(alert)) return alert;
  const history = told(alert, { at: wallMs, what: 'left' });
  return { ...alert, state: 'cleared', clearedAt: alert.changedAt, calm: undefined, history };
}
