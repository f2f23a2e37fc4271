// The area of a cell is what the inventory says, else what its name says, else a square of the map.

import { describe, expect, it } from 'vitest';
import { inventoryCsv } from '../../server/collect/formats/inventory-csv.ts';
import { inventoryJson } from '../../server/collect/formats/inventory-json.ts';
import { readInventory } from '../../server/collect/inventory.ts';
import { areaOf } from '../../server/experience/areas.ts';
import type { Cell } from '../../server/model/cell.ts';

const cell = (more: Partial<Cell>): Cell => ({ id: 'x', siteId: 's', radio: 'LTE', ...more });
const keyOf = (more: Partial<Cell>) => areaOf(cell(more)).key;

describe('the area of a cell', () => {
  it('is what the inventory says', () => {
    expect(areaOf(cell({ area: 'Saltmarsh', areaZh: '盐田', name: 'Old Harbour 7-B' }))).toEqual({
      ...{ key: 'Saltmarsh', kind: 'named', name: 'Saltmarsh', nameZh: '盐田' },
    });
  });

  it.each([
    ['Lighthouse Point 4-A', 'Lighthouse Point'],
    ['Old Harbour 7-B', 'Old Harbour'],
    ['Old Harbour 12 B2', 'Old Harbour'],
    ['Old_Harbour_7_B', 'Old Harbour'],
    ['Ferry Hill', 'Ferry Hill'],
  ])('is the place in its name: %s → %s', (name, area) => {
    expect(keyOf({ name })).toBe(area);
  });

  it('has its Chinese name beside it', () => {
    expect(areaOf(cell({ name: 'Lighthouse Point 4-A', nameZh: '灯塔角 4-A' }))).toMatchObject({ nameZh: '灯塔角' });
    expect(keyOf({ nameZh: '老港 7 站' })).toBe('老港');
  });

  it('is a square of the map where the name names no place, else unplaced', () => {
    expect(keyOf({ name: '4-A', lat: 22.371, lon: -114.129 })).toBe('22.3,-114.2');
    expect(keyOf({})).toBe('unplaced');
    expect(areaOf(undefined).key).toBe('unplaced');
  });

  it('comes with an inventory as a column or a key', () => {
    const json = JSON.stringify({
      cells: [{ id: 'a', siteId: 's', radio: 'LTE', area: 'Mirror Bay', areaZh: '镜湾' }],
    });
    expect(readInventory(inventoryJson, json, { zoneOffsetMinutes: 0 }).rows[0]?.cell).toMatchObject({
      area: 'Mirror Bay',
      areaZh: '镜湾',
    });
    const csv = 'cell,site,radio,area\na,s,LTE,Mirror Bay\n';
    expect(readInventory(inventoryCsv, csv, { zoneOffsetMinutes: 0 }).rows[0]?.cell).toMatchObject({
      area: 'Mirror Bay',
    });
  });
});
