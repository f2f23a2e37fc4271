// The contract of the ledger: what is not a series: inventory, alerts and their story, counters that must outlive a restart. Always DuckDB.

import type { AlertRecord } from '../model/alert.ts';
import type { Cell } from '../model/cell.ts';

export interface StoredAlertChange {
  /** Number on the live feed, rising over restarts. */
  seq: number;
  alert: AlertRecord;
}

/** The names under which `saveCells` and `saveAlerts` keep their journal numbers. */
export const INVENTORY_POSITION = 'position.inventory';
export const ALERTS_POSITION = 'position.alerts';

/** Named maximums: older alert changes, older alerts that are done with are forgotten. */
export const MOST_ALERT_CHANGES = 20_000;
export const MOST_DONE_ALERTS = 100_000;

export interface Ledger {
  /** Current cells; retired ones are left out. */
  cells(): Promise<Cell[]>;
  /** Upserts and retires in one transaction, together with the journal number it came from (INVENTORY_POSITION). */
  saveCells(upserts: readonly Cell[], retired: readonly string[], journalSeq: number): Promise<void>;

  /** Newest state of every alert that is not (cleared and acknowledged), plus the newest `limit` others; last changed first. */
  alerts(limit: number): Promise<AlertRecord[]>;
  alert(id: string): Promise<AlertRecord | undefined>;
  /** Alert changes with `seq > since` in order, at most `limit`: for clients that come back. */
  alertChanges(since: number, limit: number): Promise<StoredAlertChange[]>;
  /** Saves changes and, in the same transaction, the journal number up to which findings are dealt with (ALERTS_POSITION). */
  saveAlerts(changes: readonly StoredAlertChange[], journalSeq?: number): Promise<void>;

  /** A named number, or undefined: `position.alerts`, `feed.reserved`, … */
  number(name: string): Promise<number | undefined>;
  setNumber(name: string, value: number): Promise<void>;

  close(): Promise<void>;
}
