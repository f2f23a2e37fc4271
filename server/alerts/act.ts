// What people do to an alert: acknowledge, assign, comment and clear it, or are refused with the reason.

import type { AlertEvent, AlertRecord, FoundCause } from '../model/alert.ts';
import { isActive, told } from './alert-state.ts';

/** Characters of a comment, an assignee or a name. */
export const TEXT_MAXIMUM = 2000;

/** What a person does. */
export interface Act {
  what: 'acknowledge' | 'assign' | 'comment' | 'clear';
  by?: string;
  comment?: string;
  assignee?: string;
  /** What was the cause, with a comment or a clear. */
  found?: FoundCause;
}

export type Refusal = 'unknown' | 'already-cleared' | 'no-assignee' | 'no-comment' | 'too-long';

/** The alert after a person's act, or why it cannot be done. `wallMs`: wall time, epoch milliseconds. */
export function acted(alert: AlertRecord, act: Act, wallMs: number): AlertRecord | Refusal {
  const texts = [act.by, act.comment, act.assignee];
  if (texts.some((text) => (text?.length ?? 0) > TEXT_MAXIMUM)) return 'too-long';
  const event = (what: AlertEvent['what']): AlertEvent => ({
    ...{ at: wallMs, what, by: nameOf(act), comment: act.comment },
    ...(act.found && { found: act.found }),
  });
  switch (act.what) {
    case 'acknowledge':
      return acknowledged(alert, act, event);
    case 'assign':
      if (!isActive(alert)) return 'already-cleared';
      if (!act.assignee) return 'no-assignee';
      return { ...alert, assignedTo: act.assignee, history: told(alert, event('assigned')) };
    case 'comment':
      return act.comment || act.found ? { ...alert, history: told(alert, event('commented')) } : 'no-comment';
    case 'clear':
      if (!isActive(alert)) return 'already-cleared';
      return { ...alert, state: 'cleared', clearedAt: wallMs, calm: undefined, history: told(alert, event('cleared')) };
  }
}

/** Acts without a name are kept as such rather than not at all. */
function nameOf(act: Act): string {
  return act.by?.trim() || 'someone';
}

/** Acknowledging twice changes nothing but the story, and that only when there is something to say. */
function acknowledged(alert: AlertRecord, act: Act, event: (what: AlertEvent['what']) => AlertEvent): AlertRecord {
  if (alert.acknowledgedBy !== undefined) {
    return act.comment || act.found ? { ...alert, history: told(alert, event('commented')) } : alert;
  }
  const acknowledgement = event('acknowledged');
  return {
    ...alert,
    state: isActive(alert) ? 'acknowledged' : 'cleared',
    acknowledgedBy: nameOf(act),
    acknowledgedAt: acknowledgement.at,
    history: told(alert, acknowledgement),
  };
}
