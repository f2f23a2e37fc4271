// How readings leave: in the forms of their sites, late, twice, with a wrong time, and as PM files with proper names.

import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { pmXml } from '../../server/collect/formats/pm-xml.ts';
import { Effects } from '../../simulators/effects.ts';
import { Network } from '../../simulators/network.ts';
import { SENT } from '../../simulators/readings.ts';
import { Alarms } from '../../simulators/senders/alarms.ts';
import { type Delivery, READING_FORMS } from '../../simulators/senders/delivery.ts';
import { Outbox } from '../../simulators/senders/outbox.ts';
import { sensorsOf } from '../../simulators/sensors.ts';
import { buildCity } from '../../simulators/world/bay-city.ts';
import { DAY, MONDAY, make } from './made.ts';

const PERIOD_MS = 900_000;
const city = buildCity(1, 6);
const row = new Float64Array(SENT.length).fill(42);
const textOf = ({ door, body }: Delivery) => new TextDecoder().decode(door === 'pm' ? gunzipSync(body) : body);

/** Cell and told time of all that leaves in each of some periods. */
function leaving(set: (effects: Effects, period: number) => void, periods: number, cells = [0]): string[][] {
  const outbox = new Outbox(city.cells, 900);
  return Array.from({ length: periods }, (_, period) => {
    const effects = new Effects(city.cells.length);
    set(effects, period);
    outbox.beginPeriod(MONDAY + (period + 1) * PERIOD_MS);
    for (const cell of cells) outbox.add(cell, row, effects);
    const lines = outbox.take().flatMap((one) => textOf(one).trimEnd().split('\n'));
    return lines.map((line) => {
      const { cell, at } = JSON.parse(line);
      return `${cell} ${(at - MONDAY) / PERIOD_MS}`;
    });
  });
}

const [first, second] = city.cells.map(({ cell }) => cell.id);

describe('readings on their way', () => {
  it('come late with the time of their own period, before what is newer', () => {
    const late = leaving(({ lateMs }, period) => void lateMs.fill(period === 0 ? 2 * PERIOD_MS : 0), 4);
    expect(late).toEqual([[], [`${first} 2`], [`${first} 1`, `${first} 3`], [`${first} 4`]]);
  });

  it('come again with the next period where they are doubled', () => {
    const doubled = leaving(({ doubled }, period) => void doubled.fill(period === 0 ? 1 : 0), 3);
    expect(doubled).toEqual([[`${first} 1`], [`${first} 1`, `${first} 2`], [`${first} 3`]]);
  });

  it('tell the time of a wrong clock', () => {
    const wrong = leaving(({ clockShiftMs }) => void clockShiftMs.fill(-3 * PERIOD_MS, 0, 1), 2, [0, 1]);
    expect(wrong).toEqual([
      [`${first} -2`, `${second} 1`],
      [`${first} -1`, `${second} 2`],
    ]);
  });

  it('go by the name that the inventory gives them from then on', () => {
    const outbox = new Outbox(city.cells, 900, ['pm']);
    outbox.beginPeriod(MONDAY);
    outbox.add(0, row, new Effects(city.cells.length));
    outbox.rename(0, 'new-name');
    outbox.beginPeriod(MONDAY + PERIOD_MS);
    outbox.add(0, row, new Effects(city.cells.length));
    const [before, after] = outbox.take().map(textOf);
    expect(before).toContain(`EUtranCellFDD=${first}"`);
    expect(after).toContain('EUtranCellFDD=new-name"');
  });
});

describe('PM files', () => {
  const files = (elementsAFile: number) => {
    const { city, era, plan } = make(1, { sites: 6, days: 1 });
    const network = new Network(1, city, plan, era, { forms: ['pm'], elementsAFile });
    return { city, files: [...network.batches(MONDAY + 2 * PERIOD_MS)].flatMap(({ deliveries }) => deliveries) };
  };

  it('are named by TS 32.432: one element a file, or a group of them', () => {
    expect(
      files(1)
        .files.map(({ name }) => name)
        .slice(0, 2),
    ).toEqual([
      `A20260302.0000+0000-0015+0000_${files(1).city.sites[0]!.id}.xml.gz`,
      `A20260302.0000+0000-0015+0000_${files(1).city.sites[1]!.id}.xml.gz`,
    ]);
    expect(files(4).files.map(({ name }) => name)).toEqual([
      'C20260302.0000+0000-0015+0000_group-1.xml.gz',
      'C20260302.0000+0000-0015+0000_group-2.xml.gz',
      'C20260302.0015+0000-0030+0000_group-1.xml.gz',
      'C20260302.0015+0000-0030+0000_group-2.xml.gz',
    ]);
  });

  it('hold every cell of their elements once, in counters, and read without a word of complaint', () => {
    const { city, files: all } = files(4);
    const cells = new Map<string, number>();
    for (const file of all) {
      const context = { zoneOffsetMinutes: 0, notes: [] as string[] };
      for (const parsed of pmXml.parse(textOf(file), context)) {
        if (parsed.kind !== 'reading') expect.fail(JSON.stringify(parsed));
        const { name } = parsed.reading.cell as { name: string };
        cells.set(name, (cells.get(name) ?? 0) + 1);
      }
      expect(context.notes).toEqual([]);
    }
    // Of an NR cell come a central and a distributed half.
    const expected = city.cells.map(({ cell }) => [cell.id, cell.radio === 'NR' ? 4 : 2]);
    expect(Object.fromEntries(cells)).toEqual(Object.fromEntries(expected));
  });

  it('that come late or with a wrong time get a number, so that they replace no other', () => {
    const outbox = new Outbox(city.cells, 900, ['pm']);
    const effects = new Effects(city.cells.length);
    effects.lateMs[0] = PERIOD_MS;
    const names: (string | undefined)[] = [];
    for (let period = 1; period <= 3; period++) {
      outbox.beginPeriod(MONDAY + period * PERIOD_MS);
      for (const [cell] of city.cells.entries()) outbox.add(cell, row, effects);
      names.push(...outbox.take().map(({ name }) => name));
    }
    expect(names).toContain('C20260302.0000+0000-0015+0000_group-1_-_1.xml.gz');
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('all that leaves', () => {
  it('is the same bytes for the same seed, whatever the forms, with events and all', () => {
    const digest = (seed: number) => {
      const { city, era, plan } = make(seed, { sites: 12, days: 4 });
      const alarms = new Alarms(seed, city, sensorsOf(seed, city), 900);
      const network = new Network(seed, city, plan, era, { forms: READING_FORMS, alarms });
      const hash = createHash('sha256');
      for (const { deliveries } of network.batches(MONDAY + 4 * DAY)) {
        for (const { door, name = '', body } of deliveries) hash.update(`${door} ${name}`).update(body);
      }
      return hash.digest('hex');
    };
    expect(digest(3)).toBe(digest(3));
    expect(digest(4)).not.toBe(digest(3));
  });
});
