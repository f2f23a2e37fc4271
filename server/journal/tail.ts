// The newest records in memory, bounded in bytes, so that consumers that keep up never touch the disk.

import type { JournalRecord } from '../model/journal.ts';

export class RecordTail {
  private records: JournalRecord[] = [];
  private sizes: number[] = [];
  private bytes = 0;
  private firstSeq = 1;

  constructor(private readonly maxBytes: number) {}

  startAfter(seq: number): void {
    this.firstSeq = seq + 1;
  }

  push(record: JournalRecord, bytes: number): void {
    this.records.push(record);
    this.sizes.push(bytes);
    this.bytes += bytes;
    while (this.bytes > this.maxBytes && this.records.length > 1) {
      this.records.shift();
      this.bytes -= this.sizes.shift() ?? 0;
      this.firstSeq++;
    }
  }

  /** The records from `seq` on, or undefined when the oldest of them is no longer (or not yet) here. */
  from(seq: number): JournalRecord[] | undefined {
    const index = seq - this.firstSeq;
    return index >= 0 && index < this.records.length ? this.records.slice(index) : undefined;
  }
}
