// How an alert stands, and the lines of its story.

import { type AlertEvent, type AlertRecord, isDone, lastEnd } from '../model/alert.ts';
import { isWorse, type Severity } from '../model/health.ts';

/** Lines of story that an alert keeps. */
export const HISTORY_MAXIMUM = 200;

export function isActive(alert: AlertRecord): boolean {
  return alert.state !== 'cleared';
}

/** On the control-room list until it is cleared and acknowledged; parts stand behind their wider alert, mutes hold back. */
export function isListed(alert: AlertRecord, withMuted = false): boolean {
  return alert.partOf === undefined && (withMuted || alert.mutedBy === undefined) && !isDone(alert);
}

export function wasClearedByHand(alert: AlertRecord): boolean {
  return lastEnd(alert.history) === 'cleared';
}

/** Adds a line; a full story first loses its oldest line that no person wrote, never its beginning. */
export function told(alert: AlertRecord, event: AlertEvent): AlertEvent[] {
  const history = [...alert.history, event];
  if (history.length <= HISTORY_MAXIMUM) return history;
  const spare = history.findIndex((each, index) => index > 0 && each.by === undefined);
  history.splice(spare > 0 && spare < history.length - 1 ? spare : 1, 1);
  return history;
}

export function withSeverity(alert: AlertRecord, severity: Severity, wallMs: number): AlertRecord {
  if (severity === alert.severity) return alert;
  const what = isWorse(severity, alert.severity) ? 'worsened' : 'eased';
  return { ...alert, severity, history: told(alert, { at: wallMs, what }) };
}
