// What stands in the journal: one numbered record after another: readings, changes of inventory, radio samples, people.

import type { Cell } from './cell.ts';
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
  /** Ids of cells that left the network. */
  retired: string[];
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

export type JournalRecord = ReadingsRecord | InventoryRecord | SamplesRecord | PeopleRecord;
/** A record before the journal has numbered it. */
export type JournalEntry =
  | Omit<ReadingsRecord, 'seq'>
  | Omit<InventoryRecord, 'seq'>
  | Omit<SamplesRecord, 'seq'>
  | Omit<PeopleRecord, 'seq'>;
