// What was accepted keeps its names, not the texts that they were read from: files are far larger than what comes of them.

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { pmXml } from '../../server/collect/formats/pm-xml.ts';
import type { ReadingBatch } from '../../server/model/reading.ts';
import { CONTEXT, intakeOver, Shelf } from './shelf.ts';

const FILES = 16;
const PADDING = 'x'.repeat(3_000_000);

/** A counter of a name of its own in each, as texts that nobody has seen before. */
function fileOf(n: number): string {
  return `<measCollecFile><!--${PADDING}--><measData><managedElement localDn="ManagedElement=old-harbour-7"/>
    <measInfo><granPeriod duration="PT900S" endTime="2026-03-17T21:45:00Z"/><measType p="1">pmSomeCounterOfFile${n}</measType>
    <measValue measObjLdn="EUtranCellFDD=old-harbour-7-A"><r p="1">4</r></measValue></measInfo></measData></measCollecFile>`;
}

async function memoryBytes(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  // Twice, with a turn between: what is outside the heap goes after what pointed to it.
  for (let turn = 0; turn < 2; turn++) {
    await new Promise((resolve) => setImmediate(resolve));
    collect();
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

it('a batch that waits to be stored does not keep the file that it came in', async () => {
  const intake = intakeOver(new Shelf(), { names: { find: () => 'a', findInInventory: () => 'a' } });
  const held: ReadingBatch[] = [];
  const before = await memoryBytes();
  for (let n = 0; n < FILES; n++) {
    // From bytes, as it comes.
    const text = Buffer.from(fileOf(n)).toString('latin1');
    held.push(...(await intake.accept(pmXml.parse(text, { zoneOffsetMinutes: 0 }), () => 'pm/test', CONTEXT)).batches);
  }
  expect(held.flatMap(({ counters }) => counters.map(({ name }) => name))).toHaveLength(FILES);
  expect((await memoryBytes()) - before).toBeLessThan((FILES * PADDING.length) / 2);
});
