// What stands in the journal: one numbered record after another: readings, changes of inventory, radio samples, people, alarms, special days, and what foretelling has learned.

import type { Alarm, Beat } from './alarm.ts';
import type { CalendarDay, CalendarMode } from './calendar.ts';
import type { Cell } from './cell.ts';
import type { IdentityChange } from './identity.ts';
import type { ConfirmedCause, LearnedModel } from './learning.ts';
import type { PeopleDelivery } from './person.ts';
import type { ReadingBatch } from './reading.ts';
import type { SampleBatch } from './sample.ts';

export interface ReadingsRecord {
  seq: number;
  kind: 'readings';
  batch: ReadingBatch;
}

export interface InventoryRecord {
  seq: number;
  kind: 'inventory';
  receivedAt: number;
  /** Upserts by id. */
  cells: Cell[];
  /** Ids of cells that left the network. They leave first; then names change; then `cells` holds. */
  retired: string[];
  /** Data time from which it holds, epoch milliseconds; absent while the network has none. */
  dataAt?: number;
  /** What it says of cells that were known before; absent where none has a new name and nothing else changed. */
  identity?: IdentityChange;
}

export interface SamplesRecord {
  seq: number;
  kind: 'samples';
  batch: SampleBatch;
}

export interface PeopleRecord {
  seq: number;
  kind: 'people';
  source: string;
  receivedAt: number;
  people: PeopleDelivery;
}

/** What equipment says of itself: alarms, and that it is alive. */
export interface AlarmsRecord {
  seq: number;
  kind: 'alarms';
  source: string;
  receivedAt: number;
  alarms: Alarm[];
  beats: Beat[];
}

/** Special days: what stands behind it is judged by them. */
export interface CalendarRecord {
  seq: number;
  kind: 'calendar';
  receivedAt: number;
  days: CalendarDay[];
  mode: CalendarMode;
}

/** Models that are in force from here on, one of each mode: the same journal foretells the same, whatever is learned later. */
export interface ModelsRecord {
  seq: number;
  kind: 'models';
  receivedAt: number;
  models: readonly LearnedModel[];
}

/** What people found, or said of a warning. */
export interface CausesRecord {
  seq: number;
  kind: 'causes';
  receivedAt: number;
  causes: readonly ConfirmedCause[];
}

export type JournalRecord =
  | ReadingsRecord
  | InventoryRecord
  | SamplesRecord
  | PeopleRecord
  | AlarmsRecord
  | CalendarRecord
  | ModelsRecord
  | CausesRecord;
/** A record before the journal has numbered it. */
export type JournalEntry =
  | Omit<ReadingsRecord, 'seq'>
  | Omit<InventoryRecord, 'seq'>
  | Omit<SamplesRecord, 'seq'>
  | Omit<PeopleRecord, 'seq'>
  | Omit<AlarmsRecord, 'seq'>
  | Omit<CalendarRecord, 'seq'>
  | Omit<ModelsRecord, 'seq'>
  | Omit<CausesRecord, 'seq'>;
