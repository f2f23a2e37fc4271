// What follows the journal: each record is observed once and in order, however often the ledger turns its alerts away.

import { expect, it } from 'vitest';
import { attachConsumers } from '../server/consumers.ts';
import type { Consumer, Journal } from '../server/journal/journal.ts';
import type { JournalRecord } from '../server/model/journal.ts';
import { Turns } from '../server/turns.ts';

type Rooms = Parameters<typeof attachConsumers>[2];

/** The journal's side of the detector: what it hands over, and whom. */
function detectorOver(observed: number[], takeAlerts: (seq: number) => void) {
  const consumers = new Map<string, Consumer>();
  const journal = { attach: (one: Consumer) => consumers.set(one.name, one), hold: () => undefined };
  const isJudged = attachConsumers(journal as unknown as Journal, { detect: 0 }, {
    experience: { position: 0, take: async () => undefined },
    detect: {
      change: async ({ seq }: JournalRecord) => {
        observed.push(seq);
        return [];
      },
      calendar: async ({ seq }: JournalRecord) => void observed.push(seq),
    },
    foretell: { take: async () => [] },
    alerts: { take: async (_: unknown, seq: number) => takeAlerts(seq) },
    judging: new Turns(),
  } as unknown as Rooms);
  return { take: (records: JournalRecord[]) => consumers.get('detect')!.take(records), isJudged };
}

const inventory = (seq: number): JournalRecord => ({ seq, kind: 'inventory', receivedAt: 0, cells: [], retired: [] });

it('two cells that exchange names exchange them once, though what follows has to be tried again', async () => {
  const observed: number[] = [];
  let failures = 1;
  const { take, isJudged } = detectorOver(observed, (seq) => {
    if (seq === 2 && failures-- > 0) throw new Error('the ledger is away');
  });
  const records = [inventory(1), inventory(2), inventory(3)];
  await expect(take(records)).rejects.toThrow('away');
  expect(isJudged()).toBe(false);
  await take(records);
  expect(observed).toEqual([1, 2, 3]);
  expect(isJudged()).toBe(true);
});

it('special days reach the detector in their place among what they judge', async () => {
  const observed: number[] = [];
  const { take } = detectorOver(observed, () => undefined);
  const days = (seq: number): JournalRecord => ({ seq, kind: 'calendar', receivedAt: 0, days: [], mode: 'merge' });
  await take([inventory(1), days(2), inventory(3)]);
  expect(observed).toEqual([1, 2, 3]);
});

it('the foretellers take each record in its order, with what the detector found in it, and their word follows on his', async () => {
  const consumers = new Map<string, Consumer>();
  const journal = { attach: (one: Consumer) => consumers.set(one.name, one), hold: () => undefined };
  const [handed, told]: unknown[][] = [[], []];
  attachConsumers(journal as unknown as Journal, { detect: 0 }, {
    experience: { position: 0, take: async () => undefined },
    detect: {
      // The first answer is the last to come.
      change: ({ seq }: JournalRecord) =>
        new Promise((resolve) => setTimeout(() => resolve(seq === 1 ? ['found 1'] : []), 20 / seq)),
    },
    foretell: {
      take: async ({ seq }: JournalRecord, found: string[]) => {
        handed!.push([seq, ...found]);
        return seq === 1 ? ['foretold 1'] : [];
      },
    },
    alerts: { take: async (findings: string[], seq: number) => told!.push([seq, ...findings]) },
    judging: new Turns(),
  } as unknown as Rooms);
  Object.assign(journal, { drained: async () => undefined });
  await consumers.get('detect')!.take([inventory(1), inventory(2), inventory(3)]);
  expect(handed).toEqual([[1, 'found 1'], [2], [3]]);
  expect(told).toEqual([[1, 'found 1', 'foretold 1'], [2], [3]]);
});
