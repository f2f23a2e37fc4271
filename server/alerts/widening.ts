// How alerts come to stand behind a wider one, and for themselves again.

import type { AlertRecord } from '../model/alert.ts';
import { told } from './alert-state.ts';

/** A cell's alert becomes its site's, or one of a site its area's, under the same id. */
export function widened(alert: AlertRecord, siteId: string, wallMs: number, scope: 'site' | 'area'): AlertRecord {
  const history = told(alert, { at: wallMs, what: 'widened' });
  return { ...alert, scope, siteId, partOf: undefined, recovered: alert.recovered ?? [], history };
}

/** Becomes part of a wider alert; whoever took that one has taken this one too. */
export function joined(alert: AlertRecord, wide: AlertRecord, wallMs: number): AlertRecord {
  if (alert.partOf === wide.id) return alert;
  const part: AlertRecord = { ...alert, partOf: wide.id, history: told(alert, { at: wallMs, what: 'joined' }) };
  if (wide.acknowledgedBy === undefined || part.acknowledgedBy !== undefined) return part;
  return { ...part, state: 'acknowledged', acknowledgedBy: wide.acknowledgedBy, acknowledgedAt: wide.acknowledgedAt };
}

/** Stands for itself again, since what it was part of is over. */
export function parted(alert: AlertRecord, wallMs: number): AlertRecord {
  return { ...alert, partOf: undefined, history: told(alert, { at: wallMs, what: 'parted' }) };
}
