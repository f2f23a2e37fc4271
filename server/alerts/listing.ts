// Pages of alerts, newest or most urgent first, with a cursor that stays right while alerts come and go.

import type { AlertRecord, AlertState, Audience } from '../model/alert.ts';
import { isListed } from './alert-state.ts';

export interface AlertQuery {
  /** `listed`: the control-room list, all but those that are cleared and acknowledged. */
  state: AlertState | 'all' | 'listed';
  /** Only those that concern this cell. */
  cell?: string;
  audience?: Audience;
  /**
   * Only those that a mute holds back, or held back to their end; false: only others. Without it the control-room list has
   * others only, and any other list has all.
   */
  muted?: boolean | 'all';
  /** Urgency of each, largest first, by thousandths; without it the newest come first. */
  rankOf?(alert: AlertRecord): number;
  limit: number;
  cursor?: string;
}

export interface AlertPage {
  alerts: AlertRecord[];
  nextCursor?: string;
}

/** Where an alert stands in the list. */
interface Place {
  rank: number;
  raisedAt: number;
  id: string;
}

function isBefore(a: Place, b: Place): boolean {
  if (a.rank !== b.rank) return a.rank > b.rank;
  return a.raisedAt !== b.raisedAt ? a.raisedAt > b.raisedAt : a.id < b.id;
}

function isAsked(alert: AlertRecord, { state, cell, audience, muted }: AlertQuery): boolean {
  if (typeof muted === 'boolean' && muted !== (alert.mutedBy !== undefined)) return false;
  if (cell !== undefined && !alert.cells.includes(cell)) return false;
  if (audience !== undefined && alert.audience !== audience) return false;
  if (state === 'listed')
    return isListed(alert, muted !== undefined) && (audience !== undefined || !isForPlanning(alert));
  return state === 'all' || alert.state === state;
}

/** Weak coverage never lands on the night list: whoever plans asks for it. */
const isForPlanning = (alert: AlertRecord) => alert.kind === 'weak-coverage';

/** The page after the cursor; undefined when the cursor is none of ours. */
export function pageOf(alerts: Iterable<AlertRecord>, query: AlertQuery): AlertPage | undefined {
  const { cursor, limit, rankOf } = query;
  const after = cursor === undefined ? undefined : readCursor(cursor, rankOf !== undefined);
  if (cursor !== undefined && !after) return undefined;
  const rows = [...alerts]
    .filter((alert) => isAsked(alert, query))
    .map((alert) => ({ alert, rank: rankOf ? thousandths(rankOf(alert)) : 0, raisedAt: alert.raisedAt, id: alert.id }))
    .filter((row) => !after || (row.id !== after.id && !isBefore(row, after)))
    .sort((a, b) => (isBefore(a, b) ? -1 : 1));
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const found = page.map(({ alert }) => alert);
  return rows.length > page.length && last
    ? { alerts: found, nextCursor: cursorOf(last, rankOf !== undefined) }
    : { alerts: found };
}

const thousandths = (rank: number) => Math.round(rank * 1000) / 1000;

function cursorOf({ rank, raisedAt, id }: Place, isRanked: boolean): string {
  return `${isRanked ? `${rank}~` : ''}${raisedAt}.${id}`;
}

/** A cursor of the other order is none of ours. */
function readCursor(cursor: string, isRanked: boolean): Place | undefined {
  const match = /^(?:(-?\d{1,16}(?:\.\d{1,3})?)~)?(-?\d{1,16})\.(.+)$/.exec(cursor);
  if (!match || (match[1] !== undefined) !== isRanked) return undefined;
  return { rank: Number(match[1] ?? 0), raisedAt: Number(match[2]), id: match[3] ?? '' };
}
