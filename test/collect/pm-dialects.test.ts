// PM files of vendors: whatever the dialect, every value stands under its object, its counter and the END of its period.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from '../../server/collect/formats/pm-xml.ts';
import { describeObject } from '../../server/collect/managed-object.ts';
import { DIALECTS, measured } from './dialects.ts';
import { measData, measInfo, pmFile, readPm } from './measured.ts';

const AT = Date.UTC(2026, 2, 17, 21, 45);

describe.each(DIALECTS)('a file with the root $root', ({ write, knowsSuspect }) => {
  it('gives back what was written', () => {
    fc.assert(
      fc.property(measured, (all) => {
        const { readings, rejections } = readPm(write(all));
        expect(rejections).toEqual([]);
        const { at, periodSeconds } = all;
        expect(readings).toHaveLength(all.objects.length);
        for (const [i, { name, values, suspect }] of all.objects.entries()) {
          expect(readings[i]).toMatchObject({ at, periodSeconds, suspect: knowsSuspect && suspect });
          expect(readings[i]!.cell.name.replace('LNCEL-', '')).toBe(name);
          expect(readings[i]!.cell.element.replace('MRBTS-', '')).toBe(all.element);
          const expected = values.map((one) => (one === '' ? null : one.includes(',') ? one : Number(one)));
          expect(all.counters.map((counter) => readings[i]!.counters[counter])).toEqual(expected);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('says the same in pieces of any size', () => {
    fc.assert(
      fc.property(measured, fc.integer({ min: 1, max: 3000 }), (all, chunk) => {
        const text = write(all);
        const context = { zoneOffsetMinutes: 0 };
        expect([...parse(text, context, chunk)]).toEqual([...parse(text, context)]);
      }),
      { numRuns: 200 },
    );
  });

  it('cut anywhere tells the break and throws nothing', () => {
    fc.assert(
      fc.property(measured, fc.nat({ max: 2000 }), (all, length) => {
        const text = write(all);
        const cut = text.slice(0, Math.min(length, text.length - 1));
        const { readings, rejections } = readPm(cut);
        expect(rejections.filter(({ reason }) => reason === 'not-xml')).toHaveLength(1);
        expect(readings.length).toBeLessThanOrEqual(all.objects.length);
      }),
      { numRuns: 200 },
    );
  });
});

describe('the older form mdc', () => {
  const file = (info: string) => `<mdc><md><neid><nedn>MeContext=RNC-1</nedn></neid><mi>${info}</mi></md></mdc>`;

  it('joins by p where there is one, and refuses only the object whose results fit no names', () => {
    const { readings, rejections } = readPm(
      file(`<mts>20260317214500Z</mts><gp>900</gp><mt p="2">B</mt><mt p="1">A</mt>
      <mv><moid>UtranCell=1</moid><r p="1">1</r><r p="2">2</r></mv><mv><moid>UtranCell=2</moid><r>1</r></mv>
      <mv><moid>UtranCell=3</moid><r>1</r><r>2</r><sf>TRUE</sf></mv>`),
    );
    expect(readings.map(({ at, cell, counters, suspect }) => ({ at, name: cell.name, ...counters, suspect }))).toEqual([
      { at: AT, name: '1', A: 1, B: 2, suspect: false },
      { at: AT, name: '3', B: 1, A: 2, suspect: true },
    ]);
    expect(rejections).toMatchObject([{ reason: 'wrong-shape' }]);
    expect(rejections[0]!.detail).toContain('UtranCell=2');
  });

  it('takes a time without an offset in the zone of the network, and says so', () => {
    const { readings, context } = readPm(
      file('<mts>20260318054500</mts><gp>900</gp><mt>A</mt><mv><moid>UtranCell=1</moid><r>1</r></mv>'),
      { zoneOffsetMinutes: 480 },
    );
    expect(readings[0]).toMatchObject({ at: AT, periodSeconds: 900 });
    expect(context.notes!.join()).toContain('CELLSTAR_ZONE');
  });
});

describe('a file of Nokia', () => {
  const setup = (results: string, start = 'startTime="2026-03-17T15:30:00.000-06:00:00" interval="15"') =>
    `<OMeS xmlns="pm/cnf_rnc_nsn.6.0.xsd"><PMSetup ${start}>${results}</PMSetup></OMeS>`;
  const result = (mo: string, values: string) =>
    `<PMMOResult>${mo}<PMTarget measurementType="T">${values}</PMTarget></PMMOResult>`;

  it('ends its period at the start and the minutes of its interval', () => {
    const { readings } = readPm(
      setup(result('<MO><DN><![CDATA[PLMN-PLMN/RNC-19/WBTS-2/WCEL-5]]></DN></MO>', '<M1C5>2.5</M1C5>')),
    );
    expect(readings).toMatchObject([
      {
        at: AT,
        periodSeconds: 900,
        counters: { M1C5: 2.5 },
        cell: { element: 'RNC-19/WBTS-2', objectClass: 'WCEL', name: 'WCEL-5' },
      },
    ]);
  });

  it('joins the measurement types of one object, and finds its name in two halves', () => {
    const name = '<MO><baseId>NE-MRBTS-66</baseId><localMoid>DN:NE-LNBTS-66/LNCEL-1</localMoid></MO>';
    const { readings } = readPm(setup(result(name, '<M1C1>1</M1C1>') + result(name, '<M2C1>2</M2C1>')));
    expect(readings).toHaveLength(1);
    expect({ ...readings[0]!.counters }).toEqual({ M1C1: 1, M2C1: 2 });
    expect(readings[0]!.cell).toMatchObject({
      element: 'MRBTS-66',
      name: 'LNCEL-1',
      aliases: ['MRBTS-66/LNBTS-66/LNCEL-1', 'LNBTS-66/LNCEL-1'],
    });
  });

  it('keeps what two operators share apart as subcounters, and drops the name of a lone one', () => {
    const seenBy = (mnc: string) =>
      `<MO><DN>PLMN-PLMN/MRBTS-6/LNBTS-6/LNCEL-1</DN></MO><MO><DN>PLMN-PLMN/MCC-724/MNC-${mnc}</DN></MO>`;
    const lone = readPm(setup(result(seenBy('1'), '<M1C1>1</M1C1>'))).readings;
    expect(lone.map(({ counters }) => ({ ...counters }))).toEqual([{ M1C1: 1 }]);
    const shared = setup(result(seenBy('1'), '<M1C1>1</M1C1>') + result(seenBy('2'), '<M1C1>4</M1C1>'));
    expect(readPm(shared).readings.map(({ counters }) => ({ ...counters }))).toEqual([
      { 'M1C1.724-1': 1, 'M1C1.724-2': 4 },
    ]);
  });

  it('takes no relation of a cell for the cell', () => {
    const relation = '<MO><DN>PLMN-PLMN/MRBTS-6/LNBTS-6/LNCEL-1/LNREL-2</DN></MO>';
    expect(readPm(setup(result(relation, '<M1C1>1</M1C1>'))).readings[0]!.cell.objectClass).toBe('LNREL');
  });

  it('without a length of its periods hands on an empty one, to be refused', () => {
    const cell = '<MO><DN>PLMN-PLMN/MRBTS-6/LNCEL-1</DN></MO>';
    const { readings } = readPm(setup(result(cell, '<M1C1>1</M1C1>'), 'startTime="2026-03-17T15:30:00Z"'));
    expect(readings[0]).toMatchObject({ periodSeconds: '' });
  });
});

describe('the name of an object', () => {
  it.each([
    [
      'ENB-7/Cell:eNodeB Function Name=ENB-7, Local Cell ID=2, Cell Name=Pier-2, eNodeB ID=77, Cell FDD TDD indication=CELL_FDD',
      { element: 'ENB-7', objectClass: 'Cell', name: 'Pier-2', radio: 'LTE', aliases: ['77-2'] },
    ],
    [
      'ENB-7/小区:eNodeB名称=ENB-7, 本地小区标识=2, 小区名称=码头-2, eNodeB标识=77',
      { element: 'ENB-7', objectClass: '小区', name: '码头-2', radio: 'LTE', aliases: ['77-2'] },
    ],
    [
      'RNC-1/ULoCell:NodeB Function Name=NB-1, Local Cell ID=11, Cell Name=N/A',
      { element: 'RNC-1', objectClass: 'ULoCell', name: '11', radio: 'UMTS' },
    ],
    [
      'GNB-7/NRDUCell:gNodeB Function Name=GNB-7, NR DU Cell ID=1, NR DU Cell Name=Pier-5G',
      { element: 'GNB-7', objectClass: 'NRDUCell', name: 'Pier-5G', radio: 'NR' },
    ],
    ['PLMN-PLMN/MRBTS-7/NRBTS-7/NRCELL-3', { element: 'MRBTS-7', objectClass: 'NRCELL', name: 'NRCELL-3' }],
    ['SubNetwork=1,MEID=7,ENBFunctionFDD=7,CellTDD=3', { objectClass: 'CellTDD', name: '3' }],
  ])('%s', (ldn, expected) => {
    expect(describeObject('', undefined, ldn)).toMatchObject(expected);
  });

  it('of a megabyte is looked at in seconds, not minutes', () => {
    const started = performance.now();
    for (const piece of ['/a:b', 'A-1/', 'a=b,', '/', ':']) describeObject('', undefined, piece.repeat(300_000));
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describe('what is worth a word', () => {
  it('is a time that lies far from the file’s header; it is kept', () => {
    const period = '<granPeriod duration="PT900S" endTime="2021-03-17T21:45:00Z"/>';
    const { readings, context } = readPm(pmFile(measData('E', measInfo(['A'], { 'X=1': ['1'] }, { period }))));
    expect(readings[0]!.at).toBe(Date.UTC(2021, 2, 17, 21, 45));
    expect(context.notes!.join()).toContain('2021-03-17T21:45:00Z');
  });

  it('is nothing in an ordinary file', () => {
    expect(readPm(pmFile(measData('E', measInfo(['A'], { 'X=1': ['1'] })))).context.notes).toBeUndefined();
  });
});
