// The journal on the local disk: one appender with group commit, segments, and consumers that follow at their own pace.

import { mkdir } from 'node:fs/promises';
import { basename } from 'node:path';
import type { JournalEntry, JournalRecord } from '../../model/journal.ts';
import { type Follower, followJournal } from '../follower.ts';
import { type Consumer, type Journal, JournalFailed, JournalFull, type JournalStatus } from '../journal.ts';
import { decodeRecord, encodeEntry } from '../record-codec.ts';
import { createSegment, type SegmentEnd } from '../segment-end.ts';
import { deleteSegment, frame, listSegments, mendTail, readSegment, type Segment } from '../segments.ts';
import { RecordTail } from '../tail.ts';

export interface FileJournalOptions {
  folder: string;
  /** Disk budget of what a consumer still needs; beyond it `append` rejects with JournalFull. */
  maxBytes: number;
  /** A new file is begun beyond this size; an eighth of `maxBytes` where that is less, so that room can be won again. */
  segmentBytes?: number;
  /** Records that wait for the disk; beyond it `append` rejects with JournalFull. */
  maxPendingBytes?: number;
  /** Newest records kept in memory for consumers that keep up. */
  tailBytes?: number;
  /** Numbering goes on after this, even when the folder is empty (the consumers' newest position). */
  atLeast?: number;
  log(line: string): void;
}

interface Pending {
  entry: JournalEntry;
  payload: Uint8Array;
  resolve(seq: number): void;
  reject(error: unknown): void;
}

const SEGMENT_BYTES = 64 << 20;
/** Files are deleted whole: of a budget that is spent one eighth stays with the newest file. */
const SEGMENTS = 8;
const MAX_PENDING_BYTES = 256 << 20;
const TAIL_BYTES = 96 << 20;
/** Senders are asked to come back after this when the journal is full or the disk fails. */
const RETRY_AFTER_SECONDS = 10;

export async function openFileJournal(options: FileJournalOptions): Promise<Journal> {
  const journal = new FileJournal(options);
  await journal.open();
  return journal;
}

class FileJournal implements Journal {
  private segments: Segment[] = [];
  private end: SegmentEnd | undefined;
  private head = 0;
  private pending: Pending[] = [];
  private pendingBytes = 0;
  private committing: Promise<void> | undefined;
  private readonly watchers: ((record: JournalRecord) => void)[] = [];
  private readonly consumers = new Map<string, Follower>();
  private readonly released = new Map<string, number>();
  private readonly tail: RecordTail;
  private readonly segmentBytes: number;

  constructor(private readonly options: FileJournalOptions) {
    this.tail = new RecordTail(options.tailBytes ?? TAIL_BYTES);
    this.segmentBytes = Math.min(options.segmentBytes ?? SEGMENT_BYTES, options.maxBytes / SEGMENTS);
  }

  async open(): Promise<void> {
    await mkdir(this.options.folder, { recursive: true });
    const found = await listSegments(this.options.folder);
    this.segments = found.filter((segment) => segment.bytes > 0);
    const last = this.segments.at(-1);
    if (last) {
      const { head, damaged, cutBytes } = await mendTail(last);
      if (cutBytes > 0)
        this.options.log(`journal: cut ${cutBytes} half-written bytes off the end (never acknowledged)`);
      if (damaged > 0)
        this.options.log(
          `journal: ${damaged} of ${head - last.firstSeq + 1} records in ${basename(last.file)} are damaged`,
        );
      this.head = head;
    }
    // The name of an empty file tells how far the numbers were when it was begun.
    const empty = found.filter((segment) => !this.segments.includes(segment));
    this.head = Math.max(this.head, this.options.atLeast ?? 0, ...empty.map(({ firstSeq }) => firstSeq - 1));
    this.tail.startAfter(this.head);
    await this.beginSegment();
    for (const segment of empty) if (segment.firstSeq <= this.head) await deleteSegment(segment);
  }

  append(entry: JournalEntry): Promise<number> {
    const payload = encodeEntry(entry);
    const pendingBytes = this.pendingBytes + payload.length;
    if (this.diskBytes() + pendingBytes > this.options.maxBytes) {
      return Promise.reject(new JournalFull('a consumer is behind and the journal is full', RETRY_AFTER_SECONDS));
    }
    if (pendingBytes > (this.options.maxPendingBytes ?? MAX_PENDING_BYTES)) {
      return Promise.reject(new JournalFull('more comes than the disk can write', RETRY_AFTER_SECONDS));
    }
    return new Promise((resolve, reject) => {
      this.pending.push({ entry, payload, resolve, reject });
      this.pendingBytes = pendingBytes;
      this.committing ??= this.commitAll();
    });
  }

  /** Everything that came in while the last sync ran goes out with the next one. */
  private async commitAll(): Promise<void> {
    // One turn of the event loop, so that what arrives together is synced together.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.pending.length > 0) await this.commitGroup(this.pending.splice(0));
    // In the same turn as the look above: an append that follows begins the next commit.
    this.committing = undefined;
  }

  private async commitGroup(group: Pending[]): Promise<void> {
    // Numbered only now: what was refused leaves no hole.
    const first = this.head + 1;
    try {
      await this.end!.write(group.flatMap(({ payload }, index) => frame(first + index, payload)));
    } catch (error) {
      this.options.log(`journal: ${group.length} records could not be written and are refused: ${error}`);
      for (const one of group) one.reject(new JournalFailed(error, RETRY_AFTER_SECONDS));
      return;
    } finally {
      for (const { payload } of group) this.pendingBytes -= payload.length;
    }
    this.head += group.length;
    for (const [index, { entry, payload, resolve }] of group.entries()) {
      const seq = first + index;
      this.publish({ ...entry, seq } as JournalRecord, payload.length);
      resolve(seq);
    }
    for (const consumer of this.consumers.values()) consumer.wake();
    if (this.end!.segment.bytes >= this.segmentBytes) await this.rotate();
  }

  /** Goes on in the old file when there is no room for a new one, and tries again with the next group. */
  private async rotate(): Promise<void> {
    try {
      await this.beginSegment();
      await this.deleteReleased();
    } catch (error) {
      this.options.log(`journal: could not begin a new file: ${error}`);
    }
  }

  private publish(record: JournalRecord, bytes: number): void {
    this.tail.push(record, bytes);
    for (const watch of this.watchers) watch(record);
  }

  private async beginSegment(): Promise<void> {
    const old = this.end;
    this.end = await createSegment(this.options.folder, this.head + 1);
    // A file of the same name was empty and is used again.
    if (this.segments.at(-1)?.firstSeq === this.head + 1) this.segments.pop();
    this.segments.push(this.end.segment);
    await old?.close();
  }

  watch(watcher: (record: JournalRecord) => void): void {
    this.watchers.push(watcher);
  }

  attach(consumer: Consumer): void {
    this.hold(consumer.name, consumer.after);
    this.consumers.set(
      consumer.name,
      followJournal(consumer, { head: () => this.head, read: (after) => this.read(after), log: this.options.log }),
    );
  }

  hold(name: string, after: number): void {
    this.released.set(name, after);
  }

  release(name: string, seq: number): void {
    if (seq <= (this.released.get(name) ?? 0)) return;
    this.released.set(name, seq);
    void this.deleteReleased().catch((error) => this.options.log(`journal: could not delete a segment: ${error}`));
  }

  private async deleteReleased(): Promise<void> {
    if (this.released.size === 0) return;
    const everyoneHas = Math.min(...this.released.values());
    while (this.segments.length > 1 && this.segments[1]!.firstSeq - 1 <= everyoneHas) {
      await deleteSegment(this.segments.shift()!);
    }
  }

  async *read(after: number): AsyncGenerator<JournalRecord> {
    let next = Math.max(after + 1, this.segments[0]!.firstSeq);
    while (next <= this.head) {
      const before = next;
      for await (const record of this.tail.from(next) ?? this.readDisk(next)) {
        if (record.seq > next) this.sayDamaged(next, record.seq - 1);
        yield record;
        next = record.seq + 1;
      }
      if (next > before) continue;
      // Nothing whole is left in this segment: on with the next one, rather than stand still.
      next = this.segments.find((segment) => segment.firstSeq > before)?.firstSeq ?? this.head + 1;
      this.sayDamaged(before, next - 1);
    }
  }

  private async *readDisk(from: number): AsyncGenerator<JournalRecord> {
    const index = this.segments.findLastIndex((segment) => segment.firstSeq <= from);
    for await (const { seq, payload } of readSegment(this.segments[Math.max(index, 0)]!)) {
      if (seq > this.head) return;
      if (seq >= from) yield decodeRecord(seq, payload);
    }
  }

  private sayDamaged(from: number, to: number): void {
    this.options.log(`journal: records ${from} to ${to} cannot be read (damaged file); going on after them`);
  }

  drained(consumer: string, seq: number): Promise<void> {
    return this.consumers.get(consumer)?.reached(seq) ?? Promise.resolve();
  }

  status(): JournalStatus {
    return {
      head: this.head,
      bytes: this.diskBytes(),
      maxBytes: this.options.maxBytes,
      holder: this.holder(),
      consumers: Object.fromEntries([...this.consumers].map(([name, follower]) => [name, follower.taken()])),
      waitingSince: Object.fromEntries(
        [...this.consumers].flatMap(([name, follower]) => {
          const since = follower.waitingSince();
          return since === undefined ? [] : [[name, since] as const];
        }),
      ),
    };
  }

  private holder(): string | undefined {
    let oldest: [name: string, seq: number] | undefined;
    for (const one of this.released) if (!oldest || one[1] < oldest[1]) oldest = one;
    return oldest?.[0];
  }

  private diskBytes(): number {
    return this.segments.reduce((sum, segment) => sum + segment.bytes, 0);
  }

  async close(): Promise<void> {
    await this.committing;
    await Promise.all([...this.consumers.values()].map((follower) => follower.stop()));
    await this.end?.close();
    this.end = undefined;
  }
}
