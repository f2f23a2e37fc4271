// Reads the real files of CELLSTAR_SAMPLES and checks them against a second, independent reading of the same bytes.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { detectFormat } from '../../server/collect/formats.ts';
import { readInventory } from '../../server/collect/inventory.ts';
import { unpack } from '../../server/collect/unpack.ts';
import { readPm } from './measured.ts';

/** Folder of real files; without it these tests are left out, and the runner says so. */
const samples = process.env.CELLSTAR_SAMPLES;

function filesUnder(folder: string, ending: RegExp): string[] {
  if (!samples) return ['(CELLSTAR_SAMPLES is not set)'];
  return readdirSync(join(samples, folder), { recursive: true, encoding: 'utf8' }).filter((name) => ending.test(name));
}

async function textOf(...path: string[]): Promise<string> {
  const unpacked = await unpack(readFileSync(join(samples!, ...path)));
  if (unpacked.kind !== 'text') throw new Error(unpacked.rejection.detail);
  return unpacked.text;
}

/** Every value as plain patterns find it: `element ldn endTime name` → text; and the objects that are suspect. */
function byPatterns(text: string) {
  const values = new Map<string, string>();
  const suspect = new Set<string>();
  const ends = new Map<number, string>();
  const first = (pattern: RegExp, within: string) => pattern.exec(within)?.[1];
  const words = (list: string | undefined) => list?.trim().split(/\s+/) ?? [];
  for (const [, data = ''] of text.matchAll(/<measData>(.*?)<\/measData>/gs)) {
    const element = first(/<(?:managedElement|measEntity)[^>]*\blocalDn="([^"]*)"/s, data);
    for (const [info] of data.matchAll(/<measInfo.*?<\/measInfo>/gs)) {
      const end = first(/<granPeriod[^>]*endTime="([^"]*)"/s, info)!;
      ends.set(epoch(end), end);
      const names = new Map([...info.matchAll(/<measType p="(\d+)">([^<]*)</g)].map(([, p, name]) => [p, name]));
      const list = words(first(/<measTypes>([^<]*)</, info));
      for (const [, ldn, value = ''] of info.matchAll(
        /<measValue[^>]*measObjLdn="([^"]*)"[^>]*>(.*?)<\/measValue>/gs,
      )) {
        const object = `${element} ${ldn} ${end}`;
        for (const [, p, result = ''] of value.matchAll(/<r p="(\d+)">([^<]*)</g)) {
          values.set(`${object} ${names.get(p)}`, result.trim());
        }
        const results = words(first(/<measResults>([^<]*)</, value));
        list.forEach((name, i) => {
          values.set(`${object} ${name}`, results[i]!);
        });
        if (/<suspect>\s*true/.test(value)) suspect.add(object);
      }
    }
  }
  return { values, suspect, ends };
}

const epoch = (text: string) => Date.parse(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));

describe.skipIf(!samples).each(filesUnder('pm-xml', /\.xml(\.gz)?$/))('the real PM file %s', (name) => {
  it('gives every value under its object, its period and its counter, and nothing else', async () => {
    const text = await textOf('pm-xml', name);
    const second = byPatterns(text);
    const { readings, rejections } = readPm(text);
    expect(rejections).toEqual([]);
    const ours = new Map<string, unknown>();
    const suspect = new Set<string>();
    for (const { cell, at, counters, suspect: doubted } of readings) {
      const object = `${cell.element} ${cell.ldn} ${second.ends.get(at as number)}`;
      for (const [counter, value] of Object.entries(counters)) ours.set(`${object} ${counter}`, value);
      if (doubted) suspect.add(object);
    }
    expect([...ours.keys()].sort()).toEqual([...second.values.keys()].sort());
    for (const [key, written] of second.values) {
      const expected = written === '' ? null : written.includes(',') ? written : Number(written);
      expect(ours.get(key)).toBe(expected);
    }
    expect(suspect).toEqual(second.suspect);
  });

  it('is known by its content', async () => {
    expect(detectFormat(await textOf('pm-xml', name))?.format.name).toBe('pm-xml');
  });
});

describe.skipIf(!samples)('the real inventories', () => {
  async function inventory(...path: string[]) {
    const text = await textOf('cells', ...path);
    const found = detectFormat(text);
    if (found?.kind !== 'inventory') throw new Error('no inventory');
    const { rows, rejections } = readInventory(found.format, text, { zoneOffsetMinutes: 0 });
    return { cells: rows.map(({ cell }) => cell), rejections, lines: text.trimEnd().split(/\r?\n/) };
  }

  it('of Lesotho puts each cell at its place, and tells of the two rows that it cannot take', async () => {
    const { cells, rejections, lines } = await inventory('opencellid-lesotho', 'LesothoCellTowersData.csv');
    expect(cells).toHaveLength(1934);
    expect(rejections.map(({ reason }) => reason).sort()).toEqual(['duplicate', 'out-of-range']);
    const placeOf = new Map(cells.map(({ cgi, lat, lon }) => [cgi, [lon, lat]]));
    const refused = new Set(rejections.map(({ line }) => line));
    for (const [i, line] of lines.entries()) {
      if (i === 0 || refused.has(i + 1)) continue;
      const [, , mcc, mnc, tac, cid, , lon, lat] = line.split(',');
      expect(placeOf.get(`${mcc}-${mnc}-${tac}-${cid}`)).toEqual([Number(lon), Number(lat)]);
    }
  });

  it('in Lambert-93 is refused, asking for degrees', async () => {
    const { cells, rejections } = await inventory('arcep_2018_L93_first5000.csv');
    expect([cells.length, rejections.length]).toEqual([0, 1]);
    expect(rejections[0]!.detail).toContain('WGS 84');
  });

  it('of Paris is refused, since it lists sites and no cells', async () => {
    const { cells, rejections } = await inventory('paris_antennes_clean.csv');
    expect([cells.length, rejections.length]).toEqual([0, 1]);
    expect(rejections[0]!.detail).toContain('list of sites');
  });
});
