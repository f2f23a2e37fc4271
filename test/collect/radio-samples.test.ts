// Radio samples as JSON, NDJSON and CSV: what is read, what is noted, what is refused.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { samplesCsv } from '../../server/collect/formats/samples-csv.ts';
import { samplesJson } from '../../server/collect/formats/samples-json.ts';
import { samplesNdjson } from '../../server/collect/formats/samples-ndjson.ts';
import { detectFormat, SAMPLE_FORMATS, samplesFormat } from '../../server/collect/formats.ts';
import { readRecords } from './records.ts';

const SAMPLE = { at: '2026-03-17T21:45:00Z', lat: 51.5, lon: -8.25, cell: 'pier-1', rsrpDbm: -97 };

describe('radio samples in JSON', () => {
  it.each([
    ['{"samples":[…]}', JSON.stringify({ source: 'van', samples: [SAMPLE, SAMPLE] })],
    ['a bare list', JSON.stringify([SAMPLE, SAMPLE], null, 2)],
  ])('come as %s', (_, text) => {
    expect(readRecords(samplesJson, text)).toEqual({ records: [SAMPLE, SAMPLE], rejections: [], notes: undefined });
  });

  it('may name their fields with underscores, and have null where nothing was measured', () => {
    const text = JSON.stringify([
      { at: 1, lat: 1, lon: 2, rsrp_dbm: -90, sinr_db: null, dl_mbps: '-', latency_ms: 20 },
    ]);
    expect(readRecords(samplesJson, text).records).toEqual([{ at: 1, lat: 1, lon: 2, rsrpDbm: -90, latencyMs: 20 }]);
  });

  it('tell which fields meant nothing', () => {
    expect(readRecords(samplesJson, JSON.stringify([{ ...SAMPLE, colour: 'red' }])).notes).toEqual([
      expect.stringContaining('colour'),
    ]);
  });

  it('that are cut off give what is whole, and the line of the break', () => {
    const text = `{"samples":[\n${JSON.stringify(SAMPLE)},\n{"at":"2026-0`;
    const { records, rejections } = readRecords(samplesJson, text);
    expect(records).toEqual([SAMPLE]);
    expect(rejections).toMatchObject([{ reason: 'not-json', line: 3 }]);
  });

  it('line by line: a bad line does not hurt another', () => {
    const text = `${JSON.stringify(SAMPLE)}\n{oops\n\n[1]\n${JSON.stringify(SAMPLE)}`;
    const { records, rejections } = readRecords(samplesNdjson, text);
    expect(records).toEqual([SAMPLE, SAMPLE]);
    expect(rejections).toMatchObject([
      { reason: 'not-json', line: 2, index: 1 },
      { reason: 'wrong-shape', line: 4, index: 2 },
    ]);
  });
});

describe('radio samples in CSV', () => {
  it('have their columns in any order and in the spellings of many tools', () => {
    const text =
      'Longitude;Latitude;Timestamp;Level;Cell ID;Network;weather\n-8,25;51,5;2026-03-17 21:45:00;-97,5;7;North Tel;rain\n';
    expect(readRecords(samplesCsv, text)).toEqual({
      records: [
        { at: '2026-03-17 21:45:00', lat: '51.5', lon: '-8.25', rsrpDbm: '-97.5', cell: '7', operator: 'North Tel' },
      ],
      rejections: [],
      notes: [expect.stringContaining('weather')],
    });
  });

  it('keep a level with the technology that its column names', () => {
    const text =
      'at,lat,lon,rat,rsrp,ss_rsrp,rscp\n1,1,2,5G,-80,-95,\n1,1,2,LTE,-80,-95,\n1,1,2,WCDMA,,,-70\n1,1,2,,,-95,\n1,1,2,HSPA+,,-95,\n';
    expect(readRecords(samplesCsv, text).records.map(({ radio, rsrpDbm }) => [radio, rsrpDbm])).toEqual([
      ['NR', '-95'],
      ['LTE', '-80'],
      ['UMTS', '-70'],
      ['NR', '-95'],
      ['UMTS', undefined],
    ]);
  });

  it('read kbit/s as Mbit/s, and a network column that holds technologies as such', () => {
    const text = 'time\tlat\tlng\tnetwork\tdl_bitrate\tul_kbps\n1\t1\t2\t4G\t1500\t-1\n';
    expect(readRecords(samplesCsv, text).records).toEqual([
      { at: '1', lat: '1', lon: '2', radio: 'LTE', dlMbps: 1.5, ulMbps: '-1' },
    ]);
  });

  it.each([
    ['at,lat,rsrp\n1,2,-90', 'no column for lon'],
    ['at,lat,lon\n1,2,3', 'no column holds a measurement'],
    ['hello', 'no column for at, lat, lon'],
  ])('without what they need are refused as a whole: %j', (text, detail) => {
    const { records, rejections } = readRecords(samplesCsv, text);
    expect(records).toEqual([]);
    expect(rejections).toMatchObject([{ reason: 'wrong-shape', line: 1, detail: expect.stringContaining(detail) }]);
  });

  it('with a row of too many fields: that row is refused, with its line', () => {
    const { records, rejections } = readRecords(samplesCsv, 'at,lat,lon,rsrp\n1,2,3,-90,\n1,2,3,-90,oops\n1,2,3,-91');
    expect(records).toHaveLength(2);
    expect(rejections).toMatchObject([{ reason: 'wrong-shape', line: 3, index: 1 }]);
  });
});

describe('a file whose kind nobody named', () => {
  const g = 'Timestamp\tLongitude\tLatitude\tOperatorname\tCellID\tNetworkTech\tLevel\t\n';
  it.each([
    ['samples-json', '{"samples":[]}'],
    ['samples-json', '[{"at":1,"lat":1,"lon":2,"rsrp_dbm":-90}]'],
    ['samples-ndjson', '{"at":1,"lat":1,"lon":2,"cell":"a","rsrp_dbm":-90}\n{"at"'],
    ['samples-csv', 'at,lat,lon,rsrp_dbm\n1,2,3,-90'],
    ['samples-csv', '\uFEFFtimestamp;latitude;longitude;cell_id;signal\r\n'],
    ['gnettrack', g],
    ['inventory-json', '[{"id":"a","site":"s","lat":1,"lon":2,"rsrp_dbm":-90}]'],
    ['inventory-csv', 'radio,mcc,net,area,cell,unit,lon,lat,range,samples,changeable,created,updated,averageSignal'],
    ['readings-ndjson', '{"at":1,"cell":"a","rsrp_dbm":-90}'],
    ['readings-json', '[{"at":1,"cell":"a","rsrp_dbm":-90}]'],
  ])('is %s by %j', (name, head) => expect(detectFormat(head)?.format.name).toBe(name));

  it.each([
    '{"subscriber":"a","at":1,"lat":1,"lon":2,"latency":3}',
    'subscriber,at,category,text,cell,lat,lon,rsrp\n',
    'at,lat,lon\n',
  ])('is no sample by %j', (head) => expect(detectFormat(head)?.kind).not.toBe('samples'));
});

describe('the door of samples', () => {
  it.each([
    ['application/json', '{"samples":[]}', 'samples-json'],
    ['application/json', '{"at":1,"lat":1,"lon":2}\n{"at":1,"lat":1,"lon":2}\n', 'samples-ndjson'],
    ['application/json', '{"at":1,\n"lat":1,"lon":2}', 'samples-json'],
    ['application/json', 'at,lat', 'samples-json'],
    ['application/x-ndjson', '{"samples":[]}', 'samples-ndjson'],
    ['text/csv', 'at,lat,lon,rsrp', 'samples-csv'],
    ['text/csv', 'Timestamp,Longitude,Latitude,CellID,NetworkMode,RSRP', 'gnettrack'],
    ['text/plain', '[{"at":1}]', 'samples-json'],
  ])('reads %s %j as %s', (type, text, name) => expect(samplesFormat(type, text).name).toBe(name));
});

describe('any text at all', () => {
  const pieces = fc.constantFrom(
    ...[
      'at',
      'lat',
      'lon',
      'rsrp',
      ',',
      ';',
      '\t',
      '\n',
      '\r\n',
      '"',
      '""',
      '{',
      '}',
      '[',
      ']',
      ':',
      '-',
      '--',
      '-200',
    ],
    ...[
      'Timestamp',
      'Longitude',
      'Latitude',
      'CellID',
      'NetworkMode',
      'RSRP',
      '5G',
      'NaN',
      '1',
      '\uFEFF',
      '{"samples":[',
    ],
  );
  const texts = fc.oneof(
    fc.string(),
    fc.array(pieces, { maxLength: 60 }).map((list) => list.join('')),
  );
  it.each(SAMPLE_FORMATS.map((format) => [format.name, format] as const))('%s never throws', (_, format) =>
    fc.assert(
      fc.property(texts, (text) => {
        format.looksLike(text);
        const { records, rejections } = readRecords(format, text);
        for (const record of records) expect(Object.values(record)).not.toContain('-');
        for (const { detail } of rejections) expect(detail.length).toBeGreaterThan(10);
      }),
      { numRuns: 400 },
    ),
  );

  it('of a megabyte without an end is read in no time', () => {
    const long = ' '.repeat(1 << 20);
    const started = performance.now();
    for (const text of [`{"at":1,"lat":"${long}x"}`, `at,lat,lon,rsrp\n1,1,1,"${long}`, `{${'"a":1,'.repeat(1e5)}`])
      for (const format of SAMPLE_FORMATS) readRecords(format, text);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
