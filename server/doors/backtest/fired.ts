// What did fire: the detector's alerts of some cells in a stretch of time, from the ledger and from memory.

import { wasClearedByHand } from '../../alerts/alert-state.ts';
import type { Stretch } from '../../detect/backtest/side-by-side.ts';
import type { AlertRecord } from '../../model/alert.ts';
import type { StoredAlertChange } from '../../storage/ledger.ts';

export interface FiredStretch extends Stretch {
  alert: AlertRecord;
}

export interface FiredRooms {
  alertsSince(changedAt: number, afterSeq: number, limit: number): Promise<StoredAlertChange[]>;
  /** All that are not over, as they stand now. */
  active(): readonly AlertRecord[];
}

const ALERTS_AT_ONCE = 1000;
/** What a detector of readings says of cells; equipment, senders and planners have alerts of their own. */
const KINDS: ReadonlySet<string> = new Set(['anomaly', 'fault', 'silent']);

/** One for each of the cells that an alert concerns, `from < … <= to` in data time; what stands behind a wider alert is told by that. */
export async function firedOf(
  cells: ReadonlySet<string>,
  { from, to }: { from: number; to: number },
  rooms: FiredRooms,
): Promise<FiredStretch[]> {
  const alerts = new Map<string, AlertRecord>();
  const keep = (alert: AlertRecord) => {
    const isOne = KINDS.has(alert.kind) && alert.alarmsOn === undefined && alert.cells.some((cell) => cells.has(cell));
    if (isOne && alert.raisedAt <= to && (endOf(alert) ?? to) > from) alerts.set(alert.id, alert);
  };
  for (let after = 0, page: StoredAlertChange[] = []; ; after = page.at(-1)!.seq) {
    page = await rooms.alertsSince(from, after, ALERTS_AT_ONCE);
    for (const { alert } of page) keep(alert);
    if (page.length < ALERTS_AT_ONCE) break;
  }
  // How long those that last have lasted is not in the ledger yet.
  for (const alert of rooms.active()) keep(alert);
  const whole = [...alerts.values()].filter(({ partOf }) => !alerts.has(partOf ?? ''));
  return whole.flatMap((alert) => stretchesOf(alert, cells));
}

function stretchesOf(alert: AlertRecord, cells: ReadonlySet<string>): FiredStretch[] {
  const { kind, raisedAt: from } = alert;
  const own = alert.cells.filter((cell) => cells.has(cell));
  return own.map((cell) => ({ cell, kind, from, to: endOf(alert), alert }));
}

/** In data time; what a person cleared was last found when it changed last. */
function endOf(alert: AlertRecord): number | null {
  if (alert.state !== 'cleared') return null;
  return wasClearedByHand(alert) ? alert.changedAt : (alert.clearedAt ?? alert.changedAt);
}
