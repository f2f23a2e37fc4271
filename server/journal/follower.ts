// Feeds one consumer from the journal: in order, a bounded handful at a time, trying again after a failure.

import type { JournalRecord } from '../model/journal.ts';
import type { Consumer } from './journal.ts';

/** What a follower needs of the journal. */
export interface Readable {
  head(): number;
  read(after: number): AsyncIterable<JournalRecord>;
  log(line: string): void;
}

export interface Follower {
  /** Something new may be there. */
  wake(): void;
  /** Newest number that the consumer has taken. */
  taken(): number;
  /** When the oldest record came that the consumer is at or has yet to take, epoch milliseconds; undefined: nothing waits. */
  waitingSince(): number | undefined;
  reached(seq: number): Promise<void>;
  stop(): Promise<void>;
}

/** A handful ends at whichever comes first. */
const MAX_ROWS = 40_000;
const MAX_RECORDS = 512;
/** Pause after a failed reading or take: doubles up to the longest. */
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 15_000;

export function followJournal(consumer: Consumer, journal: Readable): Follower {
  let taken = consumer.after;
  let stopped = false;
  let oldestAt: number | undefined;
  let wake: () => void = () => undefined;
  let waiting: { seq: number; resolve(): void }[] = [];

  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      if (stopped) return resolve();
      const timer = setTimeout(resolve, ms);
      wake = () => {
        if (stopped) {
          clearTimeout(timer);
          resolve();
        }
      };
    });

  const nothingNew = () =>
    new Promise<void>((resolve) => {
      wake = resolve;
      if (stopped || journal.head() > taken) resolve();
    });

  const advance = (seq: number) => {
    taken = Math.max(taken, seq);
    for (const one of waiting.filter(({ seq }) => seq <= taken)) one.resolve();
    waiting = waiting.filter(({ seq }) => seq > taken);
  };

  /** Retries the same records until the consumer takes them: nothing is skipped. */
  const hand = async (records: JournalRecord[]) => {
    oldestAt = receivedAt(records[0]!);
    for (let wait = FIRST_PAUSE_MS; !stopped; wait = Math.min(wait * 2, LONGEST_PAUSE_MS)) {
      try {
        await consumer.take(records);
        advance(records.at(-1)!.seq);
        oldestAt = undefined;
        return;
      } catch (error) {
        journal.log(`journal: ${consumer.name} could not take records (trying again in ${wait} ms): ${error}`);
        await pause(wait);
      }
    }
  };

  /** Hands over all that is there. What cannot be read is passed by, lest it be looked for again and again. */
  const catchUp = async () => {
    const head = journal.head();
    for await (const records of handfuls(journal.read(taken))) {
      await hand(records);
      if (stopped) return;
    }
    advance(head);
  };

  const run = async () => {
    let wait = FIRST_PAUSE_MS;
    while (!stopped) {
      try {
        await catchUp();
        wait = FIRST_PAUSE_MS;
        await nothingNew();
      } catch (error) {
        journal.log(`journal: ${consumer.name} could not read on (trying again in ${wait} ms): ${error}`);
        await pause(wait);
        wait = Math.min(wait * 2, LONGEST_PAUSE_MS);
      }
    }
  };
  const running = run();

  return {
    wake: () => wake(),
    taken: () => taken,
    waitingSince: () => oldestAt,
    reached: (seq) =>
      seq <= taken || stopped ? Promise.resolve() : new Promise((resolve) => waiting.push({ seq, resolve })),
    async stop() {
      stopped = true;
      wake();
      await running;
      for (const one of waiting) one.resolve();
    },
  };
}

async function* handfuls(records: AsyncIterable<JournalRecord>): AsyncGenerator<JournalRecord[]> {
  let group: JournalRecord[] = [];
  let rows = 0;
  for await (const record of records) {
    group.push(record);
    rows += rowsOf(record);
    if (rows >= MAX_ROWS || group.length >= MAX_RECORDS) {
      yield group;
      group = [];
      rows = 0;
    }
  }
  if (group.length > 0) yield group;
}

const receivedAt = (record: JournalRecord) => ('batch' in record ? record.batch.receivedAt : record.receivedAt);

function rowsOf(record: JournalRecord): number {
  if (record.kind === 'inventory') return record.cells.length;
  if (record.kind === 'alarms') return record.alarms.length;
  if (record.kind === 'calendar') return record.days.length;
  if (record.kind === 'models') return record.models.length;
  if (record.kind === 'causes') return record.causes.length;
  if (record.kind !== 'people') return record.batch.rows;
  return Object.values(record.people).reduce((sum, rows) => sum + rows.length, 0);
}
