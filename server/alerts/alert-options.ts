// What alerts are opened with: the ledger that keeps them, the network that they are about, and how many there may be.

import type { AlarmState } from '../model/alarm.ts';
import type { AlertRecord } from '../model/alert.ts';
import type { Health } from '../model/health.ts';
import type { RecordedPrediction } from '../model/prediction-record.ts';
import type { Impact } from '../model/star.ts';
import type { AlarmLimits } from './alarm-book.ts';
import type { FaultHistory } from './alarm-desk.ts';
import type { BookLimits } from './book.ts';
import type { KnownMutes, SavedMutes } from './mute-desk.ts';
import type { Places } from './phrasing.ts';
import type { KnownPredictions } from './prediction-desk.ts';

/** What alerts need of the ledger. */
export interface AlertLedger extends FaultHistory {
  alerts(limit: number): Promise<AlertRecord[]>;
  alert(id: string): Promise<AlertRecord | undefined>;
  /** With new names of cells, whatever their alarms were saved under goes by these. */
  saveAlerts(
    changes: readonly AlertChange[],
    journalSeq?: number,
    alarms?: readonly AlarmState[],
    names?: ReadonlyMap<string, string>,
    predictions?: readonly RecordedPrediction[],
    muting?: SavedMutes,
  ): Promise<void>;
  knownMutes(): Promise<KnownMutes>;
  /** All that are open, and the newest `limit` of those that are settled. */
  knownPredictions(limit: number): Promise<KnownPredictions>;
  prediction(id: string): Promise<RecordedPrediction | undefined>;
  number(name: string): Promise<number | undefined>;
}

export interface AlertChange {
  /** Number on the live feed. */
  seq: number;
  alert: AlertRecord;
}

export interface AlertOptions extends Partial<BookLimits & AlarmLimits> {
  ledger: AlertLedger;
  places: Places;
  /** The next number of the live feed. */
  nextSeq(): number;
  /** Wall time, epoch milliseconds. */
  now(): number;
  /** Called for each change, in order, once it is durable. */
  publish(change: AlertChange): void;
  /** Called when what alerts say about a cell's health has changed; undefined: nothing any more. */
  healthChanged?(cell: string, health: Health | undefined): void;
  /** IANA name of the zone whose local times repeated mutes go by. Default UTC. */
  zone?: string;
  /** Newest data time of the network, epoch milliseconds: where the time of mutes begins. */
  dataAt?(): number;
  /** What an alert does to people, kept with it for when it is over; undefined while none are known. */
  impactOf?(alert: AlertRecord): Impact | undefined;
  log?(line: string): void;
  /** A trouble that is back within so long (data time) is the same alert. Default 30 minutes. */
  flapMs?: number;
  /** Mutes that may stand at once; for two days after its last window one counts as standing. Default 2000. */
  maximumMutes?: number;
}

/** Name under which the ledger keeps the journal number given to `saveAlerts`. */
export const POSITION = 'position.alerts';

/** A trouble that is back within so long (data time) is the same alert, unless told otherwise. */
export const FLAP_MS = 30 * 60_000;

export type AlertLimits = BookLimits & AlarmLimits & { flapMs: number; maximumMutes: number };

export const DEFAULT_LIMITS: AlertLimits = {
  ...{ maximumActive: 50_000, maximumCleared: 10_000, flapMs: FLAP_MS },
  ...{ maximumAlarms: 50_000, maximumAlarmsEach: 1000, maximumMutes: 2000 },
};
