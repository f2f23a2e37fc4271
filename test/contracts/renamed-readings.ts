// What every store of readings must do when cells change names; run on each part against the real thing.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type IdentityChange, renamedOf } from '../../server/model/identity.ts';
import type { KpiStore, StoredRecord } from '../../server/storage/kpi-store.ts';
import { reading, recordOf, type StorePlace } from './kpi-store.ts';

const NAMES = ['a', 'b', 'c', 'd'];
const ALL = { from: 0, to: Date.UTC(2100, 0, 1) };

/** A reading under a name, or new names for cells: `names[i]` is what the i-th of those that are called something is called then. */
type Step = { tell: string } | { shuffle: string[] } | { merge: [string, string] };
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ tell: fc.constantFrom(...NAMES) }) },
    fc.record({ shuffle: fc.shuffledSubarray([...NAMES, 'e', 'f'], { minLength: 4, maxLength: 4 }) }),
    fc.record({
      merge: fc
        .shuffledSubarray(NAMES, { minLength: 2, maxLength: 2 })
        .map(([from, to]) => [from!, to!] as [string, string]),
    }),
  ),
  { minLength: 1, maxLength: 14 },
);

/** Cells by name, each with what it told; and the records that tell it so. */
function story(all: readonly Step[]): { cells: Map<string, number[]>; records: StoredRecord[] } {
  let cells = new Map<string, number[]>();
  const records: StoredRecord[] = [];
  for (const [i, step] of all.entries()) {
    const seq = i + 1;
    if ('tell' in step) {
      cells.set(step.tell, [...(cells.get(step.tell) ?? []), seq]);
      records.push(recordOf(seq, reading(step.tell, 5 * seq, { traffic_gb: seq })));
    } else if ('shuffle' in step) {
      const renamed = [...cells.keys()].map((from, k) => ({ from, to: step.shuffle[k] ?? from }));
      // Only so many have names to go by.
      if (renamed.length > 4) continue;
      cells = new Map([...cells].map(([from, told], k) => [step.shuffle[k] ?? from, told]));
      push(records, seq, { merged: [], renamed: renamed.filter(({ from, to }) => from !== to) });
    } else {
      const [from, to] = step.merge;
      const told = [...(cells.get(to) ?? []), ...(cells.get(from) ?? [])];
      cells.delete(from);
      if (told.length > 0) cells.set(to, told);
      push(records, seq, { merged: [{ from, to }], renamed: [] });
    }
  }
  return { cells, records };
}

function push(records: StoredRecord[], seq: number, change: Pick<IdentityChange, 'merged' | 'renamed'>): void {
  const record = renamedOf({ seq, identity: { ...change, changes: [] } });
  if (record) records.push(record);
}

const valuesOf = async (store: KpiStore, cell: string) =>
  (await store.series({ cell, kpi: 'traffic_gb', ...ALL })).map(({ value }) => value);

export function renamedReadingsContract(name: string, makePlace: () => Promise<StorePlace>, numRuns: number): void {
  it(`${name} tells of each cell under its newest name, however records are bundled, sent again, or the store reopened`, async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.array(fc.integer({ min: 1, max: 4 })), async (all, sizes) => {
        const { cells, records } = story(all);
        const place = await makePlace();
        let opened = await place.open();
        try {
          for (let from = 0, k = 0; from < records.length; k++) {
            const some = records.slice(Math.max(0, from - (k % 2)), from + (sizes[k] ?? 2));
            await opened.store.append(some);
            from += sizes[k] ?? 2;
            if (k % 3 !== 2) continue;
            await opened.close();
            opened = await place.open();
          }
          for (const cell of [...NAMES, 'e', 'f']) {
            expect(await valuesOf(opened.store, cell)).toEqual((cells.get(cell) ?? []).sort((a, b) => a - b));
            const readings = await opened.store.readings(cell, ALL.from, ALL.to);
            expect(readings.every((one) => one.cell === cell)).toBe(true);
          }
        } finally {
          await opened.close();
          await place.remove();
        }
      }),
      { numRuns },
    );
  }, 120_000);
}
