// Objects of PM files at intake: one wrong counter refuses itself alone, and what is no cell is counted or known to be none.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pmXml } from '../../server/collect/formats/pm-xml.ts';
import { unpack } from '../../server/collect/unpack.ts';
import { measData, measInfo, pmFile } from '../collect/measured.ts';
import { deliver, intakeOver, reading, Shelf } from './shelf.ts';

const cell = (name: string, objectClass = 'EUtranCellFDD') => ({
  element: 'E',
  ldn: `${objectClass}=${name}`,
  objectClass,
  name,
});

describe('an object of a PM file', () => {
  it('keeps its other counters when one is no number, which is refused once for all objects', async () => {
    const shelf = new Shelf();
    const counters = { A: 1, B: 'broken', C: '1,x,3', D: '4,5' };
    const parsed = ['1', '2'].map((name) => reading({ cell: cell(name), counters }));
    const { receipt } = await deliver(intakeOver(shelf), shelf, parsed);
    expect(receipt).toMatchObject({ accepted: 2, rejected: 4 });
    expect(receipt.rejections.map(({ reason, field, count }) => [reason, field, count])).toEqual([
      ['not-a-number', 'counters.B', 2],
      ['not-a-number', 'C', 2],
    ]);
    expect(shelf.countersOf('E/LTE/1')).toEqual({ A: 1, 'D[0]': 4, 'D[1]': 5 });
  });

  it('of which nothing is left is refused as a whole', async () => {
    const shelf = new Shelf();
    const { receipt } = await deliver(intakeOver(shelf), shelf, [reading({ cell: cell('1'), counters: { A: 'x' } })]);
    expect(receipt).toMatchObject({ accepted: 0, rejected: 1, rejections: [{ reason: 'not-a-number' }] });
  });

  it('whose class the deployment calls none is left out with a word, and is no refusal', async () => {
    const shelf = new Shelf();
    const objects = { classes: new Map([['Board', 'none' as const]]), names: [] };
    const parsed = [reading({ cell: cell('1', 'Board'), counters: { A: 1 } })];
    const { receipt } = await deliver(intakeOver(shelf, { objects }), shelf, parsed);
    expect(receipt).toMatchObject({ accepted: 0, rejected: 0 });
    expect(receipt.notes!.join()).toContain('Board 1×');
  });

  it('is the cell that the deployment says, but only where the inventory says nothing', async () => {
    const objects = { classes: new Map(), names: [{ object: 'EUtranCellFDD={n}', cell: 'pier-{n}' }] };
    const shelf = new Shelf();
    const parsed = [reading({ cell: cell('7'), counters: { A: 1 } })];
    await deliver(intakeOver(shelf, { objects }), shelf, parsed);
    expect(shelf.countersOf('pier-7')).toEqual({ A: 1 });
    const names = { find: () => undefined, findInInventory: (name: string) => (name === 'E/7' ? 'quay-7' : undefined) };
    await deliver(intakeOver(shelf, { objects, names }), shelf, parsed);
    expect(shelf.countersOf('quay-7')).toEqual({ A: 1 });
  });

  it('with a name without end is refused, and does not become a cell', async () => {
    const unplaced: string[] = [];
    const shelf = new Shelf();
    const intake = intakeOver(shelf, { unplaced: ({ id }) => void unplaced.push(id) });
    const { receipt } = await deliver(intake, shelf, [
      reading({ cell: cell('x'.repeat(100_000)), counters: { A: 1 } }),
    ]);
    expect(receipt).toMatchObject({ accepted: 0, rejected: 1, rejections: [{ reason: 'too-long' }] });
    expect(receipt.rejections[0]!.excerpt!.length).toBeLessThanOrEqual(200);
    expect(unplaced).toEqual([]);
  });
});

describe('a hostile PM file', () => {
  async function accepted(text: string) {
    const shelf = new Shelf();
    const parsed = [...pmXml.parse(text, { zoneOffsetMinutes: 0 })];
    return { shelf, ...(await deliver(intakeOver(shelf), shelf, parsed)) };
  }
  const file = (value: string) => pmFile(measData('E', measInfo(['A', 'B'], { 'EUtranCellFDD=1': ['7', value] })));

  it.each([
    ['a line of a megabyte', 'x'.repeat(1_000_000)],
    ['digits of a megabyte', '1'.repeat(1_000_000)],
    ['a list of a megabyte', '1,'.repeat(500_000)],
    ['a NaN in a list', '1,NaN,x'],
    ['half a character', '\uD800x'],
  ])('with %s as one value keeps the other', async (_, value) => {
    const { shelf, receipt } = await accepted(file(value));
    expect(receipt.accepted).toBe(1);
    expect(receipt.rejected).toBe(1);
    expect(JSON.stringify(receipt).length).toBeLessThan(2000);
    expect(shelf.countersOf('E/LTE/1')).toEqual({ A: 7 });
  });

  it.each([
    ['2999-01-01T00:00:00Z', 'future-time'],
    ['1970-01-01T00:15:00Z', 'ancient-time'],
    ['2026-02-30T00:00:00Z', 'bad-time'],
    ['soon', 'bad-time'],
  ])('of the time %s is refused as %s, whatever else it holds', async (endTime, reason) => {
    const period = `<granPeriod duration="PT900S" endTime="${endTime}"/>`;
    const { receipt } = await accepted(
      pmFile(measData('E', measInfo(['A'], { 'EUtranCellFDD=1': ['7'] }, { period }))),
    );
    expect(receipt).toMatchObject({ accepted: 0, rejected: 1, rejections: [{ reason }] });
  });
});

/** Folder of real files; without it these tests are left out, and the runner says so. */
const samples = process.env.CELLSTAR_SAMPLES;
/** Accepted objects, refused ones, and the reasons. Objects that are no cells are all that is refused. */
const REAL: Record<string, [accepted: number, refused: number]> = {
  'bodastage-mdc/A1.xml': [3, 0],
  'onap/A20181002.0000-1000-0015-1000_5G.xml': [3, 1],
  'onap/A20181002.0000-1000-0015-1000_5G.xml.gz': [3, 1],
  'onap/A_no_measdata.xml': [0, 0],
  'onap/C20190328.0000-0015.xml': [3, 0],
  'onap/C20190329.0000-0015_28532.xml': [3, 0],
  'oran-ranpm/A20230515.0700_0100-0715_0100_GNODEB-0.xml': [10, 86],
};

describe.skipIf(!samples)('the real PM files', () => {
  it('are kept but for what is no cell, with a reason for each', async () => {
    const folder = join(samples!, 'pm-xml');
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.xml(\.gz)?$/.test(name),
    );
    const found: typeof REAL = {};
    for (const name of names) {
      const unpacked = await unpack(readFileSync(join(folder, name)));
      if (unpacked.kind !== 'text') throw new Error(name);
      const shelf = new Shelf();
      const parsed = [...pmXml.parse(unpacked.text, { zoneOffsetMinutes: 0 })];
      const { receipt } = await deliver(intakeOver(shelf), shelf, parsed);
      expect(receipt.accepted + receipt.rejected).toBe(parsed.length);
      expect(new Set(receipt.rejections.map(({ reason }) => reason))).toEqual(
        new Set(receipt.rejected ? ['not-a-cell'] : []),
      );
      found[name] = [receipt.accepted, receipt.rejected];
    }
    expect(found).toEqual(REAL);
  });
});
