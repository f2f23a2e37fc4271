// Files of measurement reports: what was measured reads back, neighbours count nothing twice, and nobody is named.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FormatContext } from '../../server/collect/format.ts';
import { mrXml, parse } from '../../server/collect/formats/mr-xml.ts';
import { detectFormat } from '../../server/collect/formats.ts';
import { isAboutPeople } from '../../server/collect/private-file.ts';
import type { ReportItem } from '../../server/collect/report-format.ts';
import type { RawReport } from '../../server/model/measurement-report.ts';
import { type Phone, reportFile, statisticsFile } from './report-files.ts';

const LTE = ['MR.LteScRSRP', 'MR.LteNcRSRP', 'MR.LteScRSRQ', 'MR.LteScTadv', 'MR.LteScAOA', 'MR.LteScSinrUL'];
const AT = '2026-03-17T12:00:05.440';
const phone = (rows: Phone['rows'], more: Partial<Phone> = {}): Phone => ({
  id: '1',
  at: AT,
  phone: '419517741',
  rows,
  ...more,
});

function read(text: string, chunk?: number) {
  const context: FormatContext = { zoneOffsetMinutes: () => 0 };
  const items: ReportItem[] = [...parse(text, context, chunk)];
  const reports = items.flatMap((item) => (item.kind === 'report' ? [item.report] : []));
  const statistics = items.flatMap((item) => (item.kind === 'statistics' ? [item.statistics] : []));
  const rejections = items.flatMap((item) => (item.kind === 'rejection' ? [item.rejection] : []));
  return { items, reports, statistics, rejections, notes: context.notes ?? [] };
}

describe('single reports', () => {
  it('become dBm, dB, steps and degrees by the tables of 3GPP, once however many neighbours were heard', () => {
    const row = { 'MR.LteScRSRP': 45, 'MR.LteScRSRQ': 25, 'MR.LteScTadv': 5, 'MR.LteScAOA': 179, 'MR.LteScSinrUL': 34 };
    const rows = [54, 45, 40].map((neighbour) => ({ ...row, 'MR.LteNcRSRP': neighbour }));
    const { reports, rejections, notes } = read(reportFile(LTE, [phone(rows)]));
    expect(reports).toEqual([
      {
        ...{ node: '123456', object: '1', radio: 'LTE', at: AT, where: { line: 8 } },
        ...{ rsrpDbm: -95, rsrqDb: -7.5, timingAdvance: 5, arrivalDeg: 270.25 },
      },
    ]);
    expect([rejections, notes]).toEqual([[], []]);
  });

  it('of NR have tables of their own', () => {
    const columns = ['MR.NRScSSRSRP', 'MR.NRScSSRSRQ', 'MR.NRScSSSINR', 'MR.NRScTadv', 'MR.hAOA'];
    const row = { 'MR.NRScSSRSRP': 70, 'MR.NRScSSRSRQ': 60, 'MR.NRScSSSINR': 66, 'MR.NRScTadv': 12 };
    const { reports } = read(reportFile(columns, [phone([row])], { element: 'gNB', node: '501' }));
    expect(reports).toMatchObject([
      { radio: 'NR', node: '501', rsrpDbm: -86, rsrqDb: -13, sinrDb: 10, timingAdvance: 12 },
    ]);
  });

  it('count once where a sender writes one object a neighbour, and twice where two phones said the same', () => {
    const one = phone([{ 'MR.LteScRSRP': 45, 'MR.LteNcRSRP': 40 }]);
    const same = phone([{ 'MR.LteScRSRP': 45, 'MR.LteNcRSRP': 38 }]);
    const other = phone([{ 'MR.LteScRSRP': 45, 'MR.LteNcRSRP': 38 }], { phone: '7' });
    expect(read(reportFile(LTE, [one, same, other, { ...one, at: '2026-03-17T12:00:10.560' }])).reports).toHaveLength(
      3,
    );
  });

  it('are left out with a word where an event made the phone speak, or no level is there', () => {
    const event = phone([{ 'MR.LteScRSRP': 20 }], { event: 'A2' });
    const nothing = phone([{ 'MR.LteNcRSRP': 20 }], { phone: '3' });
    const { reports, notes, rejections } = read(reportFile(LTE, [event, nothing]));
    expect([reports, rejections]).toEqual([[], []]);
    expect(notes.join('\n')).toMatch(/1 report was sent on an event.*\n?.*/);
    expect(notes.join('\n')).toMatch(/1 report holds no level/);
  });

  it('keep the good ones beside rows that cannot be read, which are told once each kind and without their text', () => {
    const good = reportFile(LTE, [phone([{ 'MR.LteScRSRP': 45 }])]);
    const bad = phone([{ 'MR.LteScRSRP': 'weak' }], { phone: '460001234567890' });
    const text = reportFile(LTE, [
      bad,
      { ...bad, at: 'later' },
      phone([{ 'MR.LteScRSRP': 99, 'MR.LteScTadv': 4 }], { phone: '5' }),
    ]);
    const short = text.replace(
      '</measurement>',
      `<object id="2" MmeUeS1apId="460009999999999"><v>1 2</v></object></measurement>`,
    );
    const { rejections, notes } = read(short);
    expect(read(good).reports).toHaveLength(1);
    expect(rejections.map(({ reason }) => reason)).toEqual(['not-a-number', 'not-a-number', 'wrong-shape']);
    expect(JSON.stringify([rejections, notes])).not.toMatch(/46000/);
    expect(notes.join()).toMatch(/MR.LteScRSRP: 1 codes that it cannot hold/);
  });

  it('name unknown columns and tables that are not read', () => {
    const text = reportFile([...LTE, 'MR.Wonder'], [phone([{ 'MR.LteScRSRP': 45 }])]);
    const more = text.replace(
      '</eNB>',
      '<measurement><smr>MR.LteScRIP0</smr><object id="1:38:2"><v>30</v></object></measurement></eNB>',
    );
    const { notes, rejections } = read(more);
    expect(notes).toEqual(['columns that mean nothing here: MR.Wonder', 'tables that are not read: MR.LteScRIP']);
    expect(rejections).toEqual([]);
  });

  it('in a broken file: what came before is kept, and no word repeats the text', () => {
    const text = reportFile(LTE, [phone([{ 'MR.LteScRSRP': 45 }], { phone: '460001234567890' })]);
    for (const cut of [
      text.replace('</object>', '</objekt>'),
      text.slice(0, -60),
      text.replace('MmeCode="1"', '&x460001;'),
    ]) {
      const { rejections } = read(cut);
      expect(rejections).toHaveLength(1);
      expect(rejections[0]!.reason).toBe('not-xml');
      expect(JSON.stringify(rejections)).not.toMatch(/46000/);
    }
  });

  it('written in any number read back the same, whatever the chunks', () => {
    const nil = { nil: null };
    const row = fc.record({
      'MR.LteScRSRP': fc.integer({ min: 0, max: 97 }),
      'MR.LteScRSRQ': fc.option(fc.integer({ min: 0, max: 34 }), nil),
      'MR.LteScTadv': fc.option(fc.integer({ min: 0, max: 1282 }), nil),
      'MR.LteScAOA': fc.option(fc.integer({ min: 0, max: 719 }), nil),
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 30 }), fc.integer({ min: 1, max: 300 }), (rows, chunk) => {
        const text = reportFile(
          LTE,
          rows.map((one, i) => phone([one, one], { phone: String(i) })),
        );
        const { reports } = read(text, chunk);
        expect(reports.map(codesOf)).toEqual(rows);
      }),
      { numRuns: 60 },
    );
  });
});

const codesOf = ({ rsrpDbm, rsrqDb, timingAdvance, arrivalDeg }: RawReport) => ({
  'MR.LteScRSRP': rsrpDbm! + 140,
  'MR.LteScRSRQ': rsrqDb === undefined ? null : (rsrqDb + 20) * 2,
  'MR.LteScTadv': timingAdvance ?? null,
  'MR.LteScAOA': arrivalDeg === undefined ? null : 719.5 - 2 * arrivalDeg,
});

describe('statistics of the network', () => {
  const two = (n: number) => String(n).padStart(2, '0');

  it('of distance and level together are bins of both', () => {
    const columns = Array.from({ length: 11 }, (_, d) =>
      Array.from({ length: 12 }, (_, l) => `MR.Tadv${two(d)}Rsrp${two(l)}`),
    ).flat();
    const counts = columns.map(
      (name) => ({ 'MR.Tadv00Rsrp00': 7, 'MR.Tadv01Rsrp03': 5, 'MR.Tadv10Rsrp11': 2 })[name] ?? 0,
    );
    const { statistics } = read(statisticsFile('MR.TadvRsrp', columns, { '31604737': counts }));
    expect(statistics).toMatchObject([{ object: '31604737', at: '2026-03-17T12:15:00.000' }]);
    expect(statistics[0]!.bins).toEqual([
      { form: 'statistics', ts: [0, 48], dbm: [null, -110], samples: 7 },
      { form: 'statistics', ts: [48, 96], dbm: [-100, -95], samples: 5 },
      { form: 'statistics', ts: [384, null], dbm: [-60, null], samples: 2 },
    ]);
  });

  it('of level or distance alone are bins of one, on the edges of the specification', () => {
    const level = Array.from({ length: 48 }, (_, i) => `MR.RSRP.${two(i)}`);
    const levels = read(
      statisticsFile('MR.RSRP', level, { '1': level.map((_, i) => Number([0, 1, 2, 6, 7, 47].includes(i))) }),
    );
    expect(levels.statistics[0]!.bins.map(({ dbm }) => dbm)).toEqual([
      [null, -120],
      [-120, -115],
      [-115, -110],
      [-115, -110],
      [-110, -105],
      [-60, null],
    ]);
    const distance = Array.from({ length: 45 }, (_, i) => `MR.Tadv.${two(i)}`);
    const distances = read(
      statisticsFile('MR.Tadv', distance, { '1': distance.map((_, i) => Number([0, 12, 38, 44].includes(i))) }),
    );
    expect(distances.statistics[0]!.bins.map(({ ts }) => ts)).toEqual([
      [0, 16],
      [192, 224],
      [1024, 1280],
      [4096, null],
    ]);
  });

  it('of other things are named, and counts that are none are refused', () => {
    expect(read(statisticsFile('MR.PowerHeadRoom', ['MR.PowerHeadRoom.00'], { '1': [3] })).notes).toEqual([
      'tables that are not read: MR.PowerHeadRoom',
    ]);
    expect(read(statisticsFile('MR.RSRP', ['MR.RSRP.00'], { '1': [-3] })).rejections).toMatchObject([
      { reason: 'not-a-number' },
    ]);
  });
});

describe('any text', () => {
  const words = [
    '<bulkPmMrDataFile>',
    '<eNB id="1">',
    '<measurement>',
    '<smr>MR.LteScRSRP MR.LteScTadv</smr>',
    '<object id="1">',
    '<v>',
    '45 3',
    'NIL',
    '</v>',
    '</object>',
    '</measurement>',
    '&',
    '<!--',
    ']]>',
    '\u0000',
    '\ud800',
    '</eNB>',
    '</bulkPmMrDataFile>',
  ];

  it('never throws, and tells at most one fault of form', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(...words), fc.string()), { maxLength: 40 }), (parts) => {
        const { rejections } = read(parts.join(''));
        expect(rejections.filter(({ reason }) => reason === 'not-xml').length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 500 },
    );
  });

  it('is known for reports by its root, before other XML, and no copy of it is kept', () => {
    const text = reportFile(LTE, []);
    expect(detectFormat(text)).toMatchObject({ kind: 'reports', format: mrXml });
    expect(isAboutPeople(new TextEncoder().encode(text))).toBe(true);
    expect(detectFormat('<measCollecFile/>')).toMatchObject({ kind: 'readings' });
    expect(read('<bulkPmMrDataFile/>').notes).toEqual(['the file holds no measurement reports']);
  });
});
