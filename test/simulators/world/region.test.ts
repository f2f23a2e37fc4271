// Regions of any size and networks out of cell lists: as many cells as asked for, believed by the inventory, the same for the same seed.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CELL_NUMBER_RANGES } from '../../../server/model/cell.ts';
import { readCellList } from '../../../simulators/world/cell-list.ts';
import { distanceKm } from '../../../simulators/world/grid.ts';
import { fromDegrees, toDegrees } from '../../../simulators/world/places.ts';
import { buildRegion } from '../../../simulators/world/region.ts';
import { SPACING_KM } from '../../../simulators/world/towns.ts';
import { buildWorld, UnusableList } from '../../../simulators/world/world.ts';

const SAMPLES = process.env.CELLSTAR_SAMPLES;

describe('a pretend region', () => {
  it.each([60, 61, 500, 3000])('has exactly %i cells, each with an id and identity of its own', (count) => {
    const { cells, sites } = buildRegion(1, count);
    expect(cells).toHaveLength(count);
    for (const key of ['id', 'cgi'] as const) expect(new Set(cells.map(({ cell }) => cell[key])).size).toBe(count);
    expect(new Set(sites.map(({ id }) => id)).size).toBe(sites.length);
    expect(cells.every(({ site }, index) => sites[site]!.cells.includes(index))).toBe(true);
  });

  it('holds all scenarios and both radios, in values that an inventory believes', () => {
    const cells = buildRegion(2, 1500).cells.map(({ cell }) => cell);
    expect(new Set(cells.map(({ scenario }) => scenario))).toEqual(
      new Set(['dense-urban', 'suburb', 'rural', 'indoor', 'highway', 'railway']),
    );
    expect(new Set(cells.map(({ radio }) => radio))).toEqual(new Set(['LTE', 'NR']));
    for (const cell of cells) {
      for (const [field, [low, high]] of Object.entries(CELL_NUMBER_RANGES)) {
        const value = cell[field as keyof typeof CELL_NUMBER_RANGES]!;
        if (!(value >= low && value <= high)) expect.fail(`${cell.id} ${field} ${value}`);
      }
    }
  });

  it('is the same for the same seed, and another for another', () => {
    const text = (seed: number) => JSON.stringify(buildRegion(seed, 300).cells);
    expect(text(5)).toBe(text(5));
    expect(text(6)).not.toBe(text(5));
  });

  it('stands close in towns and far apart in the country', () => {
    const { sites } = buildRegion(1, 1000);
    const nearestKm = (name: string) => {
      const own = sites.filter(({ district }) => district.scenario === name);
      const each = own.map((site) =>
        Math.min(...own.filter((other) => other !== site).map((other) => distanceKm(other.place, site.place))),
      );
      return each.sort((a, b) => a - b)[each.length >> 1]!;
    };
    expect(nearestKm('dense-urban')).toBeLessThan(1.2 * SPACING_KM['dense-urban']);
    expect(nearestKm('rural')).toBeGreaterThan(4 * nearestKm('dense-urban'));
  });

  it('lets the sectors of a road look along it', () => {
    const { sites, cells } = buildRegion(1, 1000);
    for (const { cells: own } of sites.filter(({ district }) => district.scenario === 'highway')) {
      const [a, b] = own.map((c) => cells[c]!.cell.azimuthDeg!);
      if (b !== undefined) expect(Math.abs(a! - b)).toBe(180);
    }
  });
});

describe('a network out of a list of cells', () => {
  const HEADER = 'radio,mcc,net,area,cell,unit,lon,lat,range,samples,changeable,created,updated,averageSignal';
  const row = (radio: string, cell: number, lon: number, lat: number) =>
    `${radio},262,1,7,${cell},0,${lon},${lat},1000,2,1,0,0,0`;
  const rows = [row('LTE', 25601, 13.401, 52.5), row('LTE', 25602, 13.399, 52.501), row('GSM', 1234, 13.42, 52.5)];

  it('takes the columns of OpenCelliD, with or without their header, and renamed ones in any order', () => {
    const renamed = ['CID,LAT,LON,MNC,MCC,TAC,radio', '25601,52.5,13.401,1,262,7,lte'];
    for (const lines of [[HEADER, ...rows], rows]) {
      expect(readCellList(lines.join('\n'))?.cells.map(({ id }) => id)).toEqual([
        '262-1-7-25601',
        '262-1-7-25602',
        '262-1-7-1234',
      ]);
    }
    expect(readCellList(renamed.join('\r\n'))?.cells[0]).toMatchObject({ id: '262-1-7-25601', radio: 'LTE' });
  });

  it('leaves out rows without a place, a number or a known radio, and counts them', () => {
    const bad = [
      'LTE,262,1,7,268435455,0,13,52,1',
      'LTE,262,1,7,5,0,,52,1',
      '6G,262,1,7,5,0,13,52,1',
      'LTE,262,1,7,x,0,13,52,1',
    ];
    expect(readCellList([HEADER, ...rows, ...bad].join('\n'))).toMatchObject({ leftOut: 4 });
  });

  it('puts the sectors of one eNodeB on one mast, each looking where phones heard it', () => {
    const { sites, cells } = buildWorld(1, { kind: 'list', text: [HEADER, ...rows].join('\n') });
    expect(sites.map(({ cells: own }) => own.length)).toEqual([2, 1]);
    const [east, west] = cells.map(({ cell }) => cell);
    expect(east!.siteId).toBe('262-1-100');
    expect(east!.azimuthDeg).toBeGreaterThan(90);
    expect(east!.azimuthDeg).toBeLessThan(180);
    expect(west!.azimuthDeg).toBeGreaterThan(270);
    expect(Math.abs(east!.lat! - 52.5005)).toBeLessThan(0.0001);
  });

  it('says what is wrong with a list of something else', () => {
    expect(() => buildWorld(1, { kind: 'list', text: 'name,age\nAda,36\n' })).toThrow(UnusableList);
    expect(() => buildWorld(1, { kind: 'list', text: '' })).toThrow(/columns/);
  });

  it.skipIf(SAMPLES === undefined)('takes a whole country (needs CELLSTAR_SAMPLES)', () => {
    const text = readFileSync(`${SAMPLES}/cells/opencellid-lesotho/LesothoCellTowersData.csv`, 'utf8');
    expect(readCellList(text)!.leftOut).toBeLessThan(10);
    const { cells, sites } = buildWorld(1, { kind: 'list', text });
    expect(cells.length).toBeGreaterThan(1900);
    expect(sites.length).toBeGreaterThan(500);
  });

  it('finds its way from degrees to kilometres and back', () => {
    const origin = { lat: -29.6, lon: 28.2 };
    const there = toDegrees(fromDegrees({ lat: -29.31234, lon: 27.98765 }, origin), origin);
    expect(there.lat).toBeCloseTo(-29.31234, 5);
    expect(there.lon).toBeCloseTo(27.98765, 5);
  });
});
