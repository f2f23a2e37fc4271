// The front door of prediction: one thread in journal order, a memory that survives, and what is damaged is set aside.

import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Foretell, openForetell } from '../../../server/detect/foretell.ts';
import { shippedModel } from '../../../server/detect/foretellers/hazard/priors.ts';
import type { JournalRecord } from '../../../server/model/journal.ts';
import { startThread } from '../../../server/threads.ts';
import { START } from '../synthetic-network.ts';
import { batchesOf, inventory, onBattery, PERIOD_MS, type Story, siteOf } from './cabinets.ts';

const DARKENING: Story = (_, site, hour) => (site === 3 && hour > 30 ? onBattery((hour - 30) / 4.1) : {});
const RECORDS: JournalRecord[] = batchesOf(DARKENING, 34).map((batch, i) => ({ seq: i + 1, kind: 'readings', batch }));

let folder: string;
let lines: string[];
const opened: Foretell[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'foretell-'));
  lines = [];
});
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
  await rm(folder, { recursive: true });
});

async function open(): Promise<Foretell> {
  const one = await openForetell({
    startThread,
    checkpointFolder: folder,
    zone: 'UTC',
    cells: () => inventory(4),
    log: (line) => lines.push(line),
  });
  opened.push(one);
  return one;
}

async function take(one: Foretell, records: readonly JournalRecord[]) {
  return (await Promise.all(records.map((record) => one.take(record, [])))).flat();
}

it('says what it foresees, and a chart can ask where it leads', async () => {
  const one = await open();
  const findings = await take(one, RECORDS);
  expect(findings[0]).toMatchObject({ kind: 'fault-predicted', subject: { scope: 'site', id: siteOf(3) } });
  const newest = START + RECORDS.length * PERIOD_MS;
  const [ahead] = await one.forecast(`${siteOf(3)}-a`, 'supply_voltage_v', [newest]);
  expect(ahead!.mid).toBeLessThan(51);
  expect((await one.size()).series).toBeGreaterThan(0);
});

it('a restart between two records changes nothing, and records that it had seen are passed over', async () => {
  const whole = await take(await open(), RECORDS);
  await opened.splice(0)[0]!.close();
  await rm(folder, { recursive: true });
  const first = await open();
  const cut = RECORDS.length - 10;
  const before = await take(first, RECORDS.slice(0, cut));
  expect(await first.checkpoint(cut)).toBe(cut);
  const second = await open();
  expect(second.after).toBe(cut);
  expect(await take(second, RECORDS.slice(cut - 5, cut))).toEqual([]);
  expect([...before, ...(await take(second, RECORDS.slice(cut)))]).toEqual(whole);
});

it('models and causes hold from their place in the journal on: what comes again after a crash is judged as it was', async () => {
  const shipped = shippedModel('battery');
  const hopeless = { ...shipped, version: 2, parameters: { ...shipped.parameters, line: [-9, 1] as [number, number] } };
  // Under the second model nothing is foretold; then somebody goes back; then somebody says that nothing was wrong.
  const [at, cut] = [RECORDS.length - 8, RECORDS.length - 12];
  const renumbered = [
    ...RECORDS.slice(0, 4),
    { kind: 'models' as const, receivedAt: 0, models: [hopeless] },
    ...RECORDS.slice(4, at),
    { kind: 'models' as const, receivedAt: 0, models: [shipped] },
    ...RECORDS.slice(at, at + 7),
    {
      ...{ kind: 'causes' as const, receivedAt: 0 },
      causes: [{ at: START, subjects: [`${siteOf(3)}-a`], mode: null, isMended: false }],
    },
    ...RECORDS.slice(at + 7),
  ].map((record, i): JournalRecord => ({ ...record, seq: i + 1 }));
  const first = await open();
  await take(first, renumbered.slice(0, cut));
  await first.checkpoint(cut);
  const whole = await take(first, renumbered.slice(cut));
  expect(whole.map(({ phase, ending }) => ending ?? phase)).toEqual(['begins', 'withdrawn']);
  expect(await first.adopted()).toEqual([shipped]);
  // The crash: nothing is known but the checkpoint and the journal.
  const second = await open();
  expect(await second.adopted()).toEqual([hopeless]);
  expect(await take(second, renumbered.slice(cut))).toEqual(whole);
});

it('a memory that is damaged is set aside with a line in the log, and learning starts anew', async () => {
  const first = await open();
  await take(first, RECORDS.slice(0, 20));
  await first.checkpoint(20);
  for (const name of await readdir(folder)) if (name.endsWith('.bin')) await writeFile(join(folder, name), 'nonsense');
  const second = await open();
  expect(second.after).toBe(0);
  expect(lines).toEqual([expect.stringContaining('set aside')]);
  expect(await readdir(join(folder, 'set-aside'))).not.toEqual([]);
});
