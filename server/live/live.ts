// The front door of live: the directory, the sources and the present, kept by the journal and restored from a checkpoint.

import { type FileHandle, mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { type CalendarDay, calendarAfter } from '../model/calendar.ts';
import type { Cell, Radio } from '../model/cell.ts';
import { newNames } from '../model/identity.ts';
import type { InventoryRecord, JournalRecord } from '../model/journal.ts';
import type { PeopleDelivery } from '../model/person.ts';
import { ArrivedPeriods, type ArrivedState } from './arrived-periods.ts';
import { Directory } from './directory.ts';
import { Present, type PresentState } from './present.ts';
import { Sources, type SourcesState } from './sources.ts';

/** Raised when the checkpoint's shape changes: an older one is rebuilt from what the journal still holds. */
const VERSION = 2;
/** The sender of every inventory: it names none. */
const INVENTORY = 'inventory';

interface Checkpoint {
  version: number;
  seq: number;
  sources: SourcesState;
  present: PresentState;
  /** By the numbers of the present's ids; absent in checkpoints of before it was kept. */
  arrivedRuns?: ArrivedState;
  /** Cells that only data has named. */
  unplaced: { id: string; siteId: string; radio: Radio | null }[];
}

export class Live {
  readonly directory = new Directory();
  readonly sources = new Sources();
  readonly present = new Present(this.directory, this.sources);
  readonly arrived = new ArrivedPeriods(this.directory);
  /** Special days, in order of date and area. */
  calendar: readonly CalendarDay[] = [];
  /** Number of the newest journal record that is in here. */
  position = 0;
  /** Number of the newest record that changed names; 0 before the first. */
  renamedSeq = 0;

  /** Takes a record; the same or an older number changes nothing. */
  take(record: JournalRecord): void {
    if (record.seq <= this.position) return;
    this.position = record.seq;
    if (record.kind === 'readings') {
      const { batch } = record;
      this.present.take(batch);
      const indexes = batch.cells.map((id) => this.directory.get(id)?.index ?? -1);
      this.sources.repeat(batch.source, this.arrived.take(batch, indexes));
      return;
    }
    if (record.kind === 'samples') {
      this.sources.hearSamples(record.batch);
      // Reports are of our own cells, as readings are: one that only they name is unplaced.
      for (const { cell } of record.batch.timing ?? []) this.directory.ensure(cell);
    }
    if (record.kind === 'alarms') this.sources.hearEvents(record);
    if (record.kind === 'people') this.sources.hearRows(record.source, rowsOf(record.people), record.receivedAt);
    if (record.kind === 'inventory') this.takeInventory(record);
    if (record.kind === 'calendar') this.calendar = calendarAfter(this.calendar, record.days, record.mode);
  }

  private takeInventory({ seq, receivedAt, cells, retired, identity, dataAt }: InventoryRecord): void {
    if (identity && newNames(identity).size > 0) this.renamedSeq = seq;
    for (const id of retired) this.directory.retire(id);
    const merges = identity ? this.directory.rename(identity) : [];
    for (const { from, into } of merges) this.present.absorb(from, into);
    for (const cell of cells) this.directory.put(cell, dataAt);
    if (cells.length > 0) this.sources.hearRows(INVENTORY, cells.length, receivedAt);
  }

  /** Restores what was known: the ledger's inventory, then the checkpoint. */
  async restore(inventory: readonly Cell[], file: string, log: (line: string) => void): Promise<void> {
    const checkpoint = await readCheckpoint(file, log);
    if (checkpoint) this.present.loadClock(checkpoint.present);
    for (const cell of inventory) this.directory.put(cell, this.present.dataAt);
    if (!checkpoint) return;
    for (const { id, siteId, radio } of checkpoint.unplaced) this.directory.ensure(id, siteId, radio);
    this.sources.load(checkpoint.sources);
    this.present.load(checkpoint.present);
    this.arrived.load(checkpoint.arrivedRuns ?? [], checkpoint.present.ids);
    this.position = checkpoint.seq;
  }

  /**
   * Writes the present beside its place in the journal; resolves with that number once it is durable. It is never ahead of
   * the inventory, which is kept elsewhere: the present of a cell goes by the name that it has there.
   */
  async checkpoint(file: string, inventoryKept: (seq: number) => Promise<unknown> = async () => {}): Promise<number> {
    const seq = this.position;
    const unplaced = [...this.directory.cells()]
      .filter((known) => !known.cell)
      .map(({ id, siteId, radio }) => ({ id, siteId, radio }));
    const checkpoint: Checkpoint = {
      version: VERSION,
      seq,
      unplaced,
      sources: this.sources.save(),
      present: this.present.save(),
      arrivedRuns: this.arrived.save(),
    };
    const bytes = serialize(checkpoint);
    await inventoryKept(seq);
    await writeDurably(file, bytes);
    return seq;
  }
}

async function readCheckpoint(file: string, log: (line: string) => void): Promise<Checkpoint | undefined> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch {
    return undefined;
  }
  try {
    const checkpoint = deserialize(bytes) as Checkpoint;
    if (checkpoint.version === VERSION) return checkpoint;
    log(`live: ${file} is of another version; starting from the journal`);
  } catch {
    log(`live: ${file} cannot be read; starting from the journal`);
  }
  return undefined;
}

/** The new file takes the old one's place only once it is whole on disk, and so does its name. */
async function writeDurably(file: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await withOpen(`${file}.new`, 'w', async (handle) => {
    await handle.writeFile(bytes);
    await handle.sync();
  });
  await rename(`${file}.new`, file);
  await withOpen(dirname(file), 'r', (folder) => folder.sync());
}

async function withOpen(path: string, flags: string, work: (handle: FileHandle) => Promise<void>): Promise<void> {
  const handle = await open(path, flags);
  try {
    await work(handle);
  } finally {
    await handle.close();
  }
}

function rowsOf({ subscribers, exposures, complaints, surveys }: PeopleDelivery): number {
  return subscribers.length + exposures.length + complaints.length + surveys.length;
}
