// The formats: which file is which, by content.

import { describe, expect, it } from 'vitest';
import { detectFormat, FORMATS, formatNamed, inventoryFormat } from '../../server/collect/formats.ts';
import { unknownFile } from '../../server/collect/unknown-file.ts';

/** Ratings of calls by anybody: with places, but of no cells. */
const MY_CALL = 'Operator,In Out Travelling,Network Type,Rating,Call Drop Category,Latitude,Longitude,State Name\n';

describe('the kind of a file', () => {
  it.each([
    ['pm-xml', '<?xml version="1.0"?><measCollecFile/>'],
    ['pm-xml', `\uFEFF <!--${'licence '.repeat(1000)}--><measDataFile/>`],
    ['readings-json', '{"readings":[]}'],
    ['readings-json', '{\n  "source": "lab",\n  "readings": [\n'],
    ['readings-json', '[{"cell":"a","at":1,"kpis":{"rsrp_dbm":-90}}]'],
    ['readings-json', '[\n  {\n    "at": 1,\n    "cell": "a"\n'],
    ['readings-ndjson', '{"cell":"a","at":1,"kpis":{}}\n{"cell":"b"'],
    ['readings-ndjson', '{"at":1,"cell":"a","rsrp_dbm":-90}'],
    ['readings-csv', 'cell,at,rsrp_dbm\na,1,-90'],
    ['readings-csv', 'Table 1;;\n\nDatum;;\nCell name;End time;Drop rate (%)\n'],
    ['readings-csv', '小区,时间,掉话率\n'],
    ['readings-csv', 'cell|at|kpi|value\n'],
    ['samples-csv', 'at,lat,lon,cell,rsrp_dbm\n'],
    ['people-csv', 'subscriber,at,category,cell\n'],
    ['inventory-json', '{"cells":[{"id":"a"}]}'],
    ['inventory-json', '{"mode":"full","cells":[{"id":"a"}]}'],
    ['inventory-json', '[{"id":"a","siteId":"s","radio":"LTE"}]'],
    ['inventory-json', '[{"cell":"a","site":"s","lat":1,"lon":2}]'],
    ['inventory-json', '{"type":"FeatureCollection","features":[]}'],
    ['inventory-csv', 'id,site_id,radio,lat,lon\n'],
    ['inventory-csv', 'Unnamed: 0,radio,MCC,MNC,TAC,CID,unit,LON,LAT'],
    ['inventory-csv', 'LTE,460,0,9,19715,-1,129.04,35.1,1000,2,1,1,1,0'],
    ['inventory-csv', 'Operateur;X;Y;2G;3G;4G\r\n'],
  ])('is %s for %j', (name, head) => expect(detectFormat(head)?.format.name).toBe(name));

  it.each([
    '',
    'hello',
    '\u0000\u0001',
    '17',
    '{}',
    'Title\nsubscriber,at,category,cell\n',
    'timestamp,value\n',
    MY_CALL,
  ])('is none for %j', (head) => expect(detectFormat(head)).toBeUndefined());

  it('is told what it lacks at the door of inventories, and elsewhere which kinds a mapping can make of it', () => {
    const [parsed] = inventoryFormat(MY_CALL)!.parse(MY_CALL, { zoneOffsetMinutes: 0 });
    expect(parsed).toMatchObject({ rejection: { detail: expect.stringContaining('no column for id, siteId, radio') } });
    expect(unknownFile(`${MY_CALL}x,Indoor,4G,4,ok,12.6,78.6,T\n`)).toMatch(
      /surveys, samples, readings.*cellstar map.*--map/,
    );
  });

  it('can be named', () => {
    expect(FORMATS.map(({ name }) => formatNamed(name as 'pm-xml').name)).toEqual([
      'pm-xml',
      'readings-json',
      'readings-ndjson',
      'line-protocol',
      'readings-csv',
    ]);
  });
});
