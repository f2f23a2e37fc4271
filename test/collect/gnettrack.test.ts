// Logs of G-NetTrack, in the form in which phones write them; all rows here are made up.

import { describe, expect, it } from 'vitest';
import { gnettrack } from '../../server/collect/formats/gnettrack.ts';
import { readRecords } from './records.ts';

const TAB_HEAD =
  'Timestamp\tLongitude\tLatitude\tOperatorname\tOperator\tCellname\tNode\tCellID\tLAC\tNetworkTech\tLevel\tQual\tSNR\tBAND';
const CSV_HEAD =
  'Timestamp,Longitude,Latitude,Operatorname,CellID,NetworkMode,RSRP,RSRQ,SNR,DL_bitrate,UL_bitrate,State,PINGAVG,NODEHEX,LACHEX,RAWCELLID,NRxRSRP,NRxRSRQ';
const tab = (...rows: string[]) => [TAB_HEAD, ...rows].map((row) => `${row}\t`).join('\r\n');
const csv = (...rows: string[]) => [CSV_HEAD, ...rows].join('\n');
const read = (text: string) => readRecords(gnettrack, text);
const four = (level: string, snr: string) =>
  `2031.05.06_07.08.09\t10.5\t-20.25\tAcme\t00102\t\t300\t5\t77\t4G\t${level}\t-9\t${snr}\tL3`;
const five = (mode: string, rest: string) => `2031.05.06_07.08.09,10.5,-20.25,B,5,${mode},${rest}`;

describe('a log of G-NetTrack', () => {
  it('has longitude first, local time, and a cell whose names inventories may know', () => {
    expect(read(tab(four('-90', '4.0'))).records).toEqual([
      {
        at: '2031-05-06T07:08:09',
        lat: '-20.25',
        lon: '10.5',
        operator: 'Acme',
        kind: 'drive',
        cell: ['1-2-77-76805', '001-02-77-76805', '1-2-76805', '001-02-76805'],
        radio: 'LTE',
        band: 'L3',
        rsrpDbm: '-90',
        rsrqDb: '-9',
        sinrDb: '4.0',
      },
    ]);
  });

  it('with an SNR that is 0.0 wherever it stands has none, and says so', () => {
    const { records, notes } = read(tab(four('-90', '0.0'), four('-91', '-'), four('-92', '0.0')));
    expect(records.every((record) => !('sinrDb' in record))).toBe(true);
    expect(notes).toEqual([expect.stringContaining('2 rows')]);
    expect(read(tab(four('-90', '0.0'), four('-91', '3.0'))).records.map(({ sinrDb }) => sinrDb)).toEqual([
      '0.0',
      '3.0',
    ]);
  });

  it('keeps of 3G the level alone: no quality, no SNR, no leftover of another technology', () => {
    const [record] = read(csv(five('HSPA+', '-71,-2,5.0,100,50,D,-,C,1A,70000,-51.0,-24.0'))).records;
    expect(record).toMatchObject({
      radio: 'UMTS',
      rsrpDbm: '-71',
      dlMbps: 0.1,
      ulMbps: 0.05,
      cell: ['26-70000', '70000'],
    });
    expect(record).not.toHaveProperty('rsrqDb');
    expect(record).not.toHaveProperty('sinrDb');
  });

  it('gives of 5G with an LTE anchor two samples, each with its own level, and the rates once', () => {
    const { records, rejections, notes } = read(csv(five('5G', '-85,-10,7.0,2500,100,D,31,A,1A,2565,-101.0,-12.0')));
    expect(rejections).toEqual([]);
    const place = { at: '2031-05-06T07:08:09', lat: '-20.25', lon: '10.5', operator: 'B', kind: 'drive' };
    expect(records).toEqual([
      { ...place, radio: 'LTE', cell: ['26-2565', '2565'], rsrpDbm: '-85', rsrqDb: '-10', sinrDb: '7.0' },
      { ...place, radio: 'NR', rsrpDbm: '-101.0', rsrqDb: '-12.0', dlMbps: 2.5, ulMbps: 0.1, latencyMs: '31' },
    ]);
    expect(notes).toEqual([expect.stringContaining('1 row of 5G')]);
  });

  it('reads in rows of LTE no level of NR, for there the column is a neighbour', () => {
    const { records } = read(csv(five('LTE', '-85,-10,7.0,-,-,D,-,A,1A,2565,-101.0,-12.0')));
    expect(records).toMatchObject([{ radio: 'LTE', rsrpDbm: '-85' }]);
  });

  it('counts no rate while nothing is loaded', () => {
    const [record] = read(csv(five('LTE', '-85,-10,7.0,0,0,I,-,A,1A,2565,-,-'))).records;
    expect(record).not.toHaveProperty('dlMbps');
  });

  it('knows no cell by numbers that mean "unknown"', () => {
    const [record] = read(csv(five('LTE', '-85,-10,7.0,0,0,I,-,-,FFFF,268435455,-,-'))).records;
    expect(record).not.toHaveProperty('cell');
  });

  it('that was cut off loses only its last row, which is named', () => {
    const { records, rejections } = read(tab(four('-90', '-'), '2031.05.06_07.0'));
    expect(records).toHaveLength(1);
    expect(rejections).toMatchObject([{ reason: 'wrong-shape', line: 3 }]);
  });

  it('is not its list of events, which is refused with the file to send instead', () => {
    const text =
      'Timestamp\tLongitude\tLatitude\tCellID\tNetworkTech\tLevel\tEventType\tEventDetails\r\n2031.05.06_07.08.09\t1\t2\t3\t4G\t-90\t\tSTART CALL';
    expect(gnettrack.looksLike(text)).toBe(true);
    const { records, rejections } = read(text);
    expect(records).toEqual([]);
    expect(rejections).toMatchObject([{ reason: 'wrong-shape', detail: expect.stringContaining('events') }]);
  });
});
