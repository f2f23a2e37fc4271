// Inventories: which cells come out of what operators have, and what is refused.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FormatContext } from '../../server/collect/format.ts';
import { inventoryCsv } from '../../server/collect/formats/inventory-csv.ts';
import { inventoryJson } from '../../server/collect/formats/inventory-json.ts';
import { type InventoryFormat, readInventory } from '../../server/collect/inventory.ts';

function read(format: InventoryFormat, text: string) {
  const context: FormatContext = { zoneOffsetMinutes: 0, file: 'cells' };
  const { rows, rejections } = readInventory(format, text, context);
  return { cells: rows.map(({ cell }) => cell), rejections, notes: context.notes };
}
const csv = (...lines: string[]) => read(inventoryCsv, lines.join('\n'));
const json = (document: unknown) => read(inventoryJson, JSON.stringify(document));

const CELL = { id: 'pier-1', siteId: 'pier', radio: 'LTE', lat: 35.1, lon: 129.04 } as const;

describe('an inventory in CSV', () => {
  it.each([
    ['our own names', 'id,siteId,radio,lat,lon'],
    ['snake case', 'cell_id,site_id,radio,latitude_deg,lon_deg'],
    ['capitals, spaces and units', 'Cell ID,Site,RAT,Latitude [°],LONGITUDE (deg)'.replace('[°]', '')],
    ['short names', 'cell,site,tech,lat,lng'],
    ['Chinese names', '小区ID,基站ID,制式,纬度,经度'],
  ])('is read under %s', (_, header) => {
    const { cells, rejections, notes } = csv(header, 'pier-1,pier,4G,35.1,129.04');
    expect(rejections).toEqual([]);
    expect(notes).toBeUndefined();
    expect(cells).toEqual([CELL]);
  });

  it('fills every field it knows, in its unit', () => {
    const { cells, rejections } = csv(
      'id,site_id,sector_id,name,name_zh,aliases,cgi,vendor,radio,band,duplex,azimuth,height_m,tilt,frequency_mhz,bandwidth,power_dbm,role,scenario,valid_from,lat,lon',
      'pier-1,pier,A,Pier one,一号码头,DU=7|CU=7,460-00-1-1,Maker,5G,n78,tdd,120,31.5,-2,3500,100,46,Capacity,urban,2026-01-01,35.1,129.04',
    );
    expect(rejections).toEqual([]);
    expect(cells).toEqual([
      {
        ...CELL,
        radio: 'NR',
        sectorId: 'A',
        name: 'Pier one',
        nameZh: '一号码头',
        aliases: ['DU=7', 'CU=7'],
        cgi: '460-00-1-1',
        vendor: 'Maker',
        band: 'n78',
        duplex: 'TDD',
        azimuthDeg: 120,
        heightM: 31.5,
        tiltDeg: -2,
        frequencyMhz: 3500,
        bandwidthMhz: 100,
        powerDbm: 46,
        role: 'capacity',
        scenario: 'urban',
        validFrom: '2026-01-01',
      },
    ]);
  });

  it.each([
    ['tabs', 'id\tsite\tradio\tlat\tlon\npier-1\tpier\tLTE\t35.1\t129.04'],
    ['semicolons and decimal commas', 'id;site;radio;lat;lon\r\npier-1;pier;LTE;35,1;129,04\r\n'],
    [
      'quotes, blanks and a byte order mark',
      '\uFEFF"id","site","radio","lat","lon"\r\n\r\n "pier-1" ,"pier",LTE, 35.1 ,129.04\r\n,,,,\r\n'.replace(
        ' "pier-1" ',
        '"pier-1"',
      ),
    ],
  ])('comes with %s', (_, text) => {
    expect(read(inventoryCsv, text)).toMatchObject({ cells: [CELL], rejections: [] });
  });

  it('keeps delimiters, quotes and line breaks inside quotes, and still counts lines', () => {
    const { cells, rejections } = csv('id,site,radio,name', 'a,s,LTE,"Pier, ""old""\nend"', 'b,s,XXX,');
    expect(cells).toEqual([{ id: 'a', siteId: 's', radio: 'LTE', name: 'Pier, "old"\nend' }]);
    expect(rejections).toMatchObject([{ line: 4, index: 1, reason: 'unknown-radio', field: 'radio' }]);
  });

  it('lets a short row hurt no other, and refuses a row with too many fields', () => {
    const { cells, rejections } = csv(
      'id,site,radio,lat,lon',
      'a,s,LTE',
      'b,s,LTE,1,2',
      'c,s,LTE,1,2,3',
      'd,s,LTE,1,2,',
    );
    expect(cells.map(({ id }) => id)).toEqual(['a', 'b', 'd']);
    expect(rejections).toMatchObject([{ line: 4, reason: 'wrong-shape', excerpt: 'c,s,LTE,1,2,3' }]);
  });

  it('names the columns that it did not read', () => {
    expect(csv('id,site,radio,owner,height_ft', 'a,s,LTE,me,90').notes![0]).toContain('owner, height_ft');
  });

  it('takes a place from well-known text, longitude first', () => {
    expect(csv('id,site,radio,geom', 'pier-1,pier,LTE,POINT(129.04 35.1)').cells).toEqual([CELL]);
  });

  it.each([
    ['radio,mcc,net,area,cell,unit,lon,lat,range,samples,changeable,created,updated,averageSignal'],
    ['Unnamed: 0,radio,MCC,MNC,TAC,CID,unit,LON,LAT,RANGE,SAM'],
    [undefined],
  ])('of OpenCelliD is read under the header %s', (header) => {
    const rows = [
      ['LTE', 460, 0, 9, 256 * 77 + 3, -1, 129.04, 35.1, 1000, 2, 1, 1, 1, 0],
      ['NR', 460, 0, 9, 2 ** 14 * 5 + 1, 0, 129.04, 35.1, 1000, 2, 1, 1, 1, 0],
      ['UMTS', 460, 0, 9, 65536 * 3 + 1204, 0, 129.04, 35.1, 1000, 2, 1, 1, 1, 0],
      ['GSM', 460, 0, 9, 1205, 0, 129.04, 35.1, 1000, 2, 1, 1, 1, 0],
      ['LTE', 460, 0, 9, 268435455, 0, 129.04, 35.1, 1000, 2, 1, 1, 1, 0],
      ['CDMA', 460, 0, 9, 77, 0, 129.04, 35.1, 1000, 2, 1, 1, 1, 0],
    ];
    const indexed = header?.startsWith('Unnamed');
    const lines = rows.map((row, i) => (indexed ? [i, ...row.slice(0, 10)] : row).join(','));
    const { cells, rejections } = csv(...(header ? [header, ...lines] : lines));
    const place = { lat: 35.1, lon: 129.04 };
    expect(cells).toEqual([
      { id: '460-0-9-19715', cgi: '460-0-9-19715', siteId: '460-0-77', sectorId: '3', radio: 'LTE', ...place },
      { id: '460-0-9-81921', cgi: '460-0-9-81921', siteId: '460-0-5', sectorId: '1', radio: 'NR', ...place },
      { id: '460-0-9-197812', cgi: '460-0-9-197812', siteId: '460-0-9-120', sectorId: '4', radio: 'UMTS', ...place },
      { id: '460-0-9-1205', cgi: '460-0-9-1205', siteId: '460-0-9-120', sectorId: '5', radio: 'GSM', ...place },
    ]);
    const first = header ? 2 : 1;
    expect(rejections).toMatchObject([
      { line: first + 4, reason: 'out-of-range', field: 'cid', excerpt: '268435455' },
      { line: first + 5, reason: 'unknown-radio', field: 'radio', excerpt: 'CDMA' },
    ]);
  });

  it('in metres of a map projection is refused once, asking for degrees', () => {
    const { cells, rejections } = csv('Operateur;X;Y;4G', '20801;102980;6847973;1', '20801;102981;6847973;1');
    expect(cells).toEqual([]);
    expect(rejections).toMatchObject([{ reason: 'wrong-shape', line: 1 }]);
    expect(rejections[0]!.detail).toMatch(/WGS 84/);
  });

  it('of sites without cells is refused once, naming what is missing', () => {
    const { rejections } = csv('code_site,adresse,geom', 'T1,Quay 5,POINT(2.2 48.8)');
    expect(rejections).toHaveLength(1);
    expect(rejections[0]!.detail).toMatch(/list of sites.*id, radio/);
  });

  it('without a row, or without anything, is empty', () => {
    expect(csv('id,site,radio')).toMatchObject({ cells: [], rejections: [] });
    expect(csv('')).toMatchObject({ cells: [], rejections: [] });
  });
});

describe('an inventory in JSON', () => {
  it.each([
    ['{"cells":[…]}', { cells: [CELL] }],
    ['a bare list', [CELL]],
    [
      'snake case and numbers as text',
      { cells: [{ cell_id: 'pier-1', site_id: 'pier', radio: 'lte', latitude: '35.1', longitude: '129.04' }] },
    ],
    [
      'GeoJSON points',
      {
        type: 'FeatureCollection',
        features: [
          {
            type: 'Feature',
            id: 'pier-1',
            geometry: { type: 'Point', coordinates: [129.04, 35.1] },
            properties: { site: 'pier', radio: 'LTE' },
          },
        ],
      },
    ],
  ])('comes as %s', (_, document) => {
    expect(json(document)).toMatchObject({ cells: [CELL], rejections: [] });
  });

  it('with one broken record keeps the others', () => {
    const { cells, rejections } = json({ cells: [CELL, 'x', { ...CELL, id: 'b' }] });
    expect(cells.map(({ id }) => id)).toEqual(['pier-1', 'b']);
    expect(rejections).toMatchObject([{ index: 1, reason: 'wrong-shape' }]);
  });

  it('cut in the middle keeps the complete cells', () => {
    const text = JSON.stringify({ cells: [CELL, { ...CELL, id: 'b' }] });
    const { cells, rejections } = read(inventoryJson, text.slice(0, -9));
    expect(cells).toEqual([CELL]);
    expect(rejections).toMatchObject([{ reason: 'not-json', index: 1, line: 1 }]);
  });

  it('of lines instead of points, or in another projection, is refused', () => {
    const line = {
      type: 'Feature',
      geometry: {
        type: 'LineString',
        coordinates: [
          [1, 2],
          [3, 4],
        ],
      },
      properties: CELL,
    };
    expect(json({ type: 'FeatureCollection', features: [line] }).rejections).toMatchObject([
      { index: 0, reason: 'wrong-shape' },
    ]);
    const crs = { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::2154' } };
    expect(json({ type: 'FeatureCollection', crs, features: [line] }).rejections).toMatchObject([{ field: 'crs' }]);
  });
});

describe('a cell', () => {
  it.each([
    ['no id', { id: '' }, 'missing-field', 'id'],
    ['no site', { siteId: null }, 'missing-field', 'siteId'],
    ['no radio', { radio: undefined }, 'missing-field', 'radio'],
    ['an unknown radio', { radio: '6G' }, 'unknown-radio', 'radio'],
    ['half a place', { lat: undefined }, 'missing-field', 'lat'],
    ['a latitude in metres', { lat: 6847973 }, 'out-of-range', 'lat'],
    ['a longitude that is text', { lon: 'east' }, 'not-a-number', 'lon'],
    ['an azimuth beyond the circle', { azimuthDeg: 400 }, 'out-of-range', 'azimuthDeg'],
    ['a duplex mode of its own', { duplex: 'half' }, 'wrong-type', 'duplex'],
    ['a role of its own', { role: 'boss' }, 'wrong-type', 'role'],
    ['aliases that are no list', { aliases: 5 }, 'wrong-type', 'aliases'],
    ['a name that is a list', { name: ['a'] }, 'wrong-type', 'name'],
    ['a day that is none', { validTo: '2026-02-30' }, 'bad-time', 'validTo'],
  ])('with %s is refused, naming field and value', (_, change, reason, field) => {
    const { cells, rejections } = json({ cells: [{ ...CELL, ...change }] });
    expect(cells).toEqual([]);
    expect(rejections).toMatchObject([{ index: 0, reason, field, file: 'cells' }]);
    expect(rejections[0]!.detail).toContain(field);
  });

  it.each(['', '-', 'N/A', 'null', null])('takes %j as not known', (heightM) => {
    expect(json({ cells: [{ ...CELL, heightM, band: heightM }] }).cells).toEqual([CELL]);
  });

  it('that comes twice is taken as it came last, and the first is told of', () => {
    const { cells, rejections } = json({ cells: [CELL, { ...CELL, name: 'new' }] });
    expect(cells).toEqual([{ ...CELL, name: 'new' }]);
    expect(rejections).toMatchObject([{ index: 0, reason: 'duplicate', excerpt: 'pier-1' }]);
  });
});

describe.each([inventoryCsv, inventoryJson])('$name', (format) => {
  it('never throws, whatever the text', () => {
    const pieces = [
      'id',
      'site',
      'radio',
      'lat',
      ',',
      ';',
      '\t',
      '"',
      '\n',
      '\r',
      '{',
      '}',
      '[',
      ']',
      ':',
      '"cells":',
      'FeatureCollection',
      'POINT(1',
      '\uFEFF',
      'LTE,460,0,9,1,0,1,2,3,4,5,6,7,8',
    ];
    const noise = fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary' })), { maxLength: 40 });
    fc.assert(
      fc.property(noise, (parts) => {
        const { cells } = read(format, parts.join(''));
        for (const cell of cells) expect(cell.id && cell.siteId && cell.radio).toBeTruthy();
      }),
      { numRuns: 500 },
    );
  });
});
