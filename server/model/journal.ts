// What stands in the journal: one numbered record after another, each a batch of readings or a change of inventory.

import type { Cell } from './cell.ts';
import type { ReadingBatch } from './reading.ts';

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

export type JournalRecord = ReadingsRecord | InventoryRecord;
/** A record before the journal has numbered it. */
export type JournalEntry = Omit<ReadingsRecord, 'seq'> | Omit<InventoryRecord, 'seq'>;
