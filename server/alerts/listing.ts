// Pages of alerts, newest first, with a cursor that stays right while alerts come and go.

import type { AlertRecord, AlertState } from '../model/alert.ts';
import { isListed } from './lifecycle.ts';

export interface AlertQuery {
  /** `listed`: the control-room list, all but those that are cleared and acknowledged. */
  state: AlertState | 'all' | 'listed';
  /** Only those that concern this cell. */
  cell?: string;
  limit: number;
  cursor?: string;
}

export interface AlertPage {
  alerts: AlertRecord[];
  nextCursor?: string;
}

function isBefore(a: AlertRecord, b: { raisedAt: number; id: string }): boolean {
  return a.raisedAt !== b.raisedAt ? a.raisedAt > b.raisedAt : a.id < b.id;
}

function isAsked(alert: AlertRecord, state: AlertQuery['state']): boolean {
  if (state === 'listed') return isListed(alert);
  return state === 'all' || alert.state === state;
}

/** The page after the cursor; undefined when the cursor is none of ours. */
export function pageOf(alerts: Iterable<AlertRecord>, query: AlertQuery): AlertPage | undefined {
  const after = query.cursor === undefined ? undefined : readCursor(query.cursor);
  if (query.cursor !== undefined && !after) return undefined;
  const rows = [...alerts]
    .filter((alert) => isAsked(alert, query.state) && (query.cell === undefined || alert.cells.includes(query.cell)))
    .filter((alert) => !after || (alert.id !== after.id && !isBefore(alert, after)))
    .sort((a, b) => (isBefore(a, b) ? -1 : 1));
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return rows.length > page.length && last
    ? { alerts: page, nextCursor: `${last.raisedAt}.${last.id}` }
    : { alerts: page };
}

function readCursor(cursor: string): { raisedAt: number; id: string } | undefined {
  const match = /^(-?\d{1,16})\.(.+)$/.exec(cursor);
  return match ? { raisedAt: Number(match[1]), id: match[2] ?? '' } : undefined;
}
