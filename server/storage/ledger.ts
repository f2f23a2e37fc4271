// The contract of the ledger: what is not a series: inventory, alerts and their story, counters that must outlive a restart. Always DuckDB.

import type { SourceClockState } from '../maths/source-clock.ts';
import type { AlarmState, StandingAlarms, StandingAsk } from '../model/alarm.ts';
import type { AlertRecord } from '../model/alert.ts';
import type { CalendarDay, CalendarMode } from '../model/calendar.ts';
import type { Cell } from '../model/cell.ts';
import type { CellChange, IdentityChange } from '../model/identity.ts';
import type { MuteRecord } from '../model/mute.ts';
import type { PredictionPage, PredictionQuery, RecordedPrediction } from '../model/prediction-record.ts';
import type { AlarmQuery } from './duckdb/alarm-table.ts';

export interface StoredAlertChange {
  /** Number on the live feed, rising over restarts. */
  seq: number;
  alert: AlertRecord;
}

/** The names under which `saveCells` with `saveCalendar`, and `saveAlerts`, keep their journal numbers. */
export const INVENTORY_POSITION = 'position.inventory';
export const ALERTS_POSITION = 'position.alerts';
export const MUTES_POSITION = 'position.mutes';

/** Named maximums: older alert changes, older alerts that are done with are forgotten. */
export const MOST_ALERT_CHANGES = 20_000;
export const MOST_DONE_ALERTS = 100_000;
/** Changes of one cell that are told, the newest. */
export const MOST_CELL_CHANGES = 200;

/** The time as mutes count it, and up to which journal record. */
export interface MuteClock {
  heard: number;
  clock: SourceClockState;
}

/** Mutes in the order in which they were made; `judged`: the newest journal record whose outcome is saved (MUTES_POSITION). */
export interface KnownMutes {
  mutes: MuteRecord[];
  clock?: MuteClock;
  judged: number;
}

/** What is saved of mutes in one with alerts; `gone`: ids of those that are forgotten. */
export interface SavedMutes {
  mutes: readonly MuteRecord[];
  gone: readonly string[];
  clock?: MuteClock;
  judged: number;
}

export interface Ledger {
  /** Current cells; retired ones are left out. */
  cells(): Promise<Cell[]>;
  /**
   * Retires, renames and upserts in one transaction, together with the journal number it came from (INVENTORY_POSITION). A
   * number that is held already changes nothing.
   */
  saveCells(
    upserts: readonly Cell[],
    retired: readonly string[],
    journalSeq: number,
    identity?: IdentityChange,
  ): Promise<void>;
  /** Ids of the cells that left the network and did not come back. */
  leftCells(): Promise<string[]>;
  /** What changed of a cell over time, under whichever name it had; oldest first, at most MOST_CELL_CHANGES. */
  cellChanges(cell: string): Promise<CellChange[]>;
  /** Special days, in order of date and area. */
  calendar(): Promise<CalendarDay[]>;
  /** As `saveCells` does, in one order with it and under the same number. */
  saveCalendar(days: readonly CalendarDay[], mode: CalendarMode, journalSeq: number): Promise<void>;
  /** The tags under which InfluxDB holds cells that do not go by their ids there. */
  influxTags(): Promise<[cell: string, tags: string[]][]>;
  /** In place of all that were kept, in one transaction with a named number. */
  saveInfluxTags(tags: readonly [cell: string, tags: string[]][], position: string, seq: number): Promise<void>;

  /** Newest state of every alert that is not (cleared and acknowledged), plus the newest `limit` others; last changed first. */
  alerts(limit: number): Promise<AlertRecord[]>;
  alert(id: string): Promise<AlertRecord | undefined>;
  /** Alerts that changed at this data time or later, in the order in which they were saved, after one of them; at most `limit`. */
  alertsSince(changedAt: number, afterSeq: number, limit: number): Promise<StoredAlertChange[]>;
  /** Alert changes with `seq > since` in order, at most `limit`: for clients that come back. */
  alertChanges(since: number, limit: number): Promise<StoredAlertChange[]>;
  /**
   * Saves changes and, in the same transaction, the equipment alarms behind them, the record of predictions, and the
   * journal number up to which findings are dealt with (ALERTS_POSITION). With new names of cells, older alarms go by these.
   */
  saveAlerts(
    changes: readonly StoredAlertChange[],
    journalSeq?: number,
    alarms?: readonly AlarmState[],
    names?: ReadonlyMap<string, string>,
    predictions?: readonly RecordedPrediction[],
    muting?: SavedMutes,
  ): Promise<void>;
  knownMutes(): Promise<KnownMutes>;

  /** Those of the keys that are known. */
  alarmsByKey(keys: readonly string[]): Promise<AlarmState[]>;
  /** Alarms that are not over: the newest of them, and how many more there are. */
  standingAlarms(ask: StandingAsk): Promise<StandingAlarms>;
  /** The fault history, newest raised first. */
  alarmHistory(query: AlarmQuery): Promise<AlarmState[]>;

  /** All predictions that are open, and the newest settled ones. */
  knownPredictions(limit: number): Promise<{ open: RecordedPrediction[]; settled: RecordedPrediction[] }>;
  /** By its own id, or the newest that its alert told. */
  prediction(id: string): Promise<RecordedPrediction | undefined>;
  /** Undefined when the cursor is none of ours. */
  predictions(query: PredictionQuery): Promise<PredictionPage | undefined>;

  /** A named number, or undefined: `position.alerts`, `feed.reserved`, … */
  number(name: string): Promise<number | undefined>;
  setNumber(name: string, value: number): Promise<void>;

  close(): Promise<void>;
}
