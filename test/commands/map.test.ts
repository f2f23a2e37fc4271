// The map command: what matches nothing is listed and proposed, surely where it is sure, and the file it writes can be used.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readMapping } from '../../server/collect/mapping.ts';
import { SectionError, withSection } from '../../server/commands/map/document.ts';
import { CellGuesses, looksLikeCells } from '../../server/commands/map/proposals.ts';
import { proposeMapping } from '../../server/commands/map/table.ts';
import { mapFiles } from '../../server/commands/map.ts';
import { readCounters } from '../../server/config/counters.ts';
import { readConfigFile } from '../../server/config/file.ts';
import { readObjects } from '../../server/config/objects.ts';
import { readConfig } from '../../server/config.ts';
import type { Cell } from '../../server/model/cell.ts';
import { measData, measInfo, pmFile } from '../collect/measured.ts';
import { zipOf } from '../collect/packed.ts';

const CELLS: Cell[] = [
  { id: 'quay-7-1', siteId: 'quay-7', name: 'Quay 7-1', radio: 'LTE' },
  { id: 'quay-7-2', siteId: 'quay-7', aliases: ['ENB-7/LTE/Two'], radio: 'LTE' },
];

describe('map', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cellstar-map-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function map(files: Record<string, string | Uint8Array>, options: { cells?: Cell[]; existing?: string } = {}) {
    const paths = await Promise.all(
      Object.entries(files).map(async ([name, text]) => {
        await writeFile(join(folder, name), text);
        return join(folder, name);
      }),
    );
    const log: string[] = [];
    let text = '';
    const isClean = await mapFiles({
      files: paths,
      existing: options.existing,
      out: undefined,
      config: readConfig({}),
      known: { cells: options.cells ?? CELLS, from: 'the test' },
      log: (line) => void log.push(line),
      print: (result) => {
        text = result;
      },
    });
    const sections = readConfigFile(text, 'written').map();
    return {
      isClean,
      log: log.join('\n'),
      text,
      counters: readCounters(sections.get('counters'), () => false),
      objects: readObjects(sections.get('objects')),
    };
  }

  const huawei = (values: string[]) =>
    pmFile(
      measData(
        'ENB-7',
        measInfo(['1526726658', '1526726659', '1526728261', '77'], {
          'ENB-7/Cell:eNodeB Function Name=ENB-7, Local Cell ID=1, Cell Name=Quay_7-1, eNodeB ID=7': values,
          'ENB-7/Board:Cabinet No.=0, Slot No.=1': values,
        }),
      ),
    );

  it('proposes what vendors’ public tables say, what is spelt otherwise, and classes that are none of cells', async () => {
    const { isClean, counters, objects, log } = await map({ 'h.xml': huawei(['40', '38', '8000', '1']) });
    expect(isClean).toBe(true);
    expect(counters).toEqual([
      { sent: '1526726658', name: 'RRC.ConnEstabAtt', scale: 1 },
      { sent: '1526726659', name: 'RRC.ConnEstabSucc', scale: 1 },
      { sent: '1526728261', name: 'DRB.PdcpSduVolumeDL', scale: 0.001 },
    ]);
    expect([...objects.classes]).toEqual([['Board', 'none']]);
    expect(objects.names.map(({ cell }) => cell)).toEqual(['quay-7-1']);
    expect(log).toContain('77 1×, e.g. 1');
  });

  it('proposes nothing for what formulas and the inventory know', async () => {
    const known = measData(
      'ENB-7',
      measInfo(['RRC.ConnEstabAtt.sum', 'drop_rate_pct'], { 'EUtranCellFDD=Two': ['1', '2'] }),
    );
    const { text, log } = await map(
      { 'k.xml': pmFile(known) },
      { cells: [{ ...CELLS[1]!, aliases: ['EUtranCellFDD=Two'] }] },
    );
    expect(text.split('\n').filter((line) => !line.startsWith('#') && line !== '')).toEqual([]);
    expect(log).toContain('1 reading of known cells, 2 counters that formulas know');
  });

  it('writes guesses behind a #, and two counters of one vendor that claim one name are guesses', async () => {
    const info = measInfo(['L.RRC.ConnReq.Att', '1526726658', 'M8012C20', 'RRCConnEstabAttempts'], {
      'EUtranCellFDD=1': ['1', '2', '3', '4'],
    });
    const { counters, text } = await map({ 'g.xml': pmFile(measData('E', info)) });
    expect(counters).toEqual([]);
    expect(text).toMatch(/# 'M8012C20': \{name: DRB\.PdcpSduVolumeDL, scale: 8\} # guess/);
    expect(text).toMatch(/# '1526726658': RRC\.ConnEstabAtt # several counters claim/);
  });

  it('adds to a file that is there, keeps all that stands in it, and says nothing twice', async () => {
    const existing = `# ours\nobjects: # of Maker\n    Beam: none\n\n# formulas\ncounters:\n  '1526726658': RRC.ConnEstabAtt.sum\n\nkpis:\n`;
    const first = await map({ 'h.xml': huawei(['40', '38', '8000', '1']) }, { existing });
    expect(first.counters.map(({ sent }) => sent)).toEqual(['1526726658', '1526726659', '1526728261']);
    expect([...first.objects.classes.keys()]).toEqual(['Beam', 'Board']);
    for (const line of existing.split('\n')) expect(first.text.split('\n')).toContain(line);
    const again = await map({ 'h.xml': huawei(['40', '38', '8000', '1']) }, { existing: first.text });
    expect(again.text).toBe(first.text);
  });

  it('tells of files that hold no measurements, and of what was refused, and reads the others', async () => {
    const { isClean, log, counters } = await map({
      'a.txt': 'nothing',
      'b.xml': `${huawei(['40', '38', '1', '1']).slice(0, -40)}`,
      'c.csv': 'id,siteId,radio\na,b,LTE\n',
    });
    expect(isClean).toBe(false);
    expect(log).toContain('a.txt: 1 refused; unknown-format');
    expect(log).toContain('not-xml');
    expect(log).toContain('c.csv: 1 refused; unknown-format: it holds inventory');
    expect(counters).toHaveLength(3);
  });

  it('reads what is in an archive, and tells of what in it cannot be read', async () => {
    const files = { 'a.xml': huawei(['40', '38', '1', '1']), 'b.txt': 'nothing' };
    const { log, counters } = await map({ 'day.zip': zipOf(files) });
    expect(log).toContain('day.zip: 1 refused; unknown-format');
    expect(counters).toHaveLength(3);
  });

  it('proposes a mapping for the first sheet of a spreadsheet', async () => {
    const cells = (...texts: string[]) => texts.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join('');
    const day = (i: number) => cells(`2026-03-0${i} 00:00`, 'Quay 7-1', `99.${i}`);
    const sheet = [cells('Moment', 'Station', 'Cell availability rate'), ...[1, 2, 3, 4].map(day)];
    const { text } = await map({
      'kpi.xlsx': zipOf({
        '[Content_Types].xml': '<Types/>',
        'xl/_rels/workbook.xml.rels':
          '<Relationships><Relationship Id="r0" Target="worksheets/s.xml"/></Relationships>',
        'xl/workbook.xml': '<workbook xmlns:r="r"><sheets><sheet name="A" r:id="r0"/></sheets></workbook>',
        'xl/worksheets/s.xml': `<worksheet><sheetData>${sheet.map((row) => `<row>${row}</row>`).join('')}</sheetData></worksheet>`,
      }),
    });
    expect(readMapping(text)).toMatchObject({ kind: 'readings', columns: { cell: 'Station', at: 'Moment' } });
  });
});

describe('map of a table with headings of its own', () => {
  const rows = (count: number) =>
    Array.from({ length: count }, (_, i) => `4/${i + 9}/2019,Q7,"1,465,743.77",99.${i}`).join('\n');

  it('proposes a mapping that can be used, with hints for what is only alike', () => {
    const text = `Table 1,,,\nWeek,Station,Payload (MB),Cell availability rate (%)\n${rows(10)}`;
    const proposal = proposeMapping(text, (name) => name === 'Q7', expect.fail)!;
    expect(readMapping(proposal.json)).toMatchObject({
      kind: 'readings',
      columns: { cell: 'Station', at: 'Week' },
      timeFormat: 'm/d/yyyy',
      constants: { periodSeconds: 86_400 },
    });
    expect(proposal.hints.join()).toContain('availability_pct');
  });

  it.each([
    ['Customer ID,Tenure in months,Plan type,Churn\n7,3,M,No\n', 'subscribers', ['subscriber', 'plan', 'left']],
    ['Datum,Latitude,Longitude,RSRP (dBm)\n1,51.1,8.2,-90\n', 'samples', ['lat', 'lon', 'rsrpDbm']],
    ['Cell ID,Site code,RAT,Latitude,Longitude,Owner\na,b,LTE,51,8,x\n', 'inventory', ['id', 'siteId', 'radio']],
    ['Operator,Rating,Latitude,Longitude,State Name\nx,4,12.6,78.6,T\n', 'surveys', ['score', 'lat', 'lon']],
    ['timestamp,value\n2026-01-01 00:00,1\n2026-01-01 00:05,2\n', 'readings', ['at', 'value']],
  ])('is of the kind that its headings fit best, and says what is missing: %j', (text, kind, fields) => {
    const proposal = proposeMapping(text, () => false, expect.fail, 'machine-1')!;
    const mapping = readMapping(proposal.json);
    expect(mapping.kind).toBe(kind);
    expect(Object.keys(mapping.columns)).toEqual(expect.arrayContaining(fields));
    if (kind === 'samples' || kind === 'surveys') expect(proposal.hints.join()).toContain('no column is known as at');
    if (kind === 'readings') expect(mapping.constants).toEqual({ cell: 'machine-1', periodSeconds: 300 });
    if (kind === 'inventory') expect(proposal.hints.join()).toContain('not read: Owner');
  });

  it.each([
    ['1,2,3\n4,5,6\n', 'heading'],
    ['clock,cell,x,y\n10:45,a,1,2\n', 'time of day'],
    ['at,colour,x\n2026-01-01 00:00,red,1\n', 'names of cells'],
    ['at,cell,x\n2026-01-01 00:00,red,blue\n', 'numbers'],
  ])('says why there is none: %j', (text, reason) => {
    let said = '';
    const why = (sentence: string) => {
      said = sentence;
    };
    expect(proposeMapping(text, () => false, why)).toBeUndefined();
    expect(said).toContain(reason);
  });

  it('never throws, and what it proposes is always a mapping', () => {
    const text = fc.array(
      fc.constantFrom('a', 'cell', 'at', ',', ';', '\n', '2026-01-01 00:00', '1.5', '"', '(%)', '__proto__'),
    );
    fc.assert(
      fc.property(text, (pieces) => {
        const proposal = proposeMapping(
          pieces.join(''),
          () => true,
          () => undefined,
        );
        if (proposal) readMapping(proposal.json);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the written file', () => {
  it('can be read back, whatever the names', () => {
    const name = fc.string({ unit: 'binary', minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(fc.uniqueArray(name, { maxLength: 5 }), name, (keys, why) => {
        const lines = keys.map((key) => ({ key, value: 'none', why, isGuess: false }));
        const text = withSection('a: 1\n', 'objects', lines);
        const written = readConfigFile(text, 'written').map().get('objects');
        expect((written?.entries() ?? []).map(([key]) => key)).toEqual(keys);
      }),
      { numRuns: 100 },
    );
  });

  it('is not written into a section on one line', () => {
    const line = { key: 'A', value: 'none', why: '', isGuess: false };
    expect(() => withSection('objects: {B: none}\n', 'objects', [line])).toThrow(SectionError);
    expect(withSection('objects:\n  B: none', 'objects', [line])).toBe("objects:\n  B: none\n  'A': none # \n");
  });
});

describe('guesses of cells', () => {
  it('are by spelling, else by likeness, and none where two are spelt alike', () => {
    const unknown = (name: string) => ({ names: [name], object: undefined, count: 1, example: name });
    const guesses = new CellGuesses([...CELLS, { id: 'quay_7_1', siteId: 'x', radio: 'LTE' }], 1);
    expect(guesses.propose(unknown('ENB-7/lte/two'))).toMatchObject({ cell: 'quay-7-2', confidence: 'likely' });
    expect(guesses.propose(unknown('quay-7-3x'))).toMatchObject({ confidence: 'guess' });
    expect(guesses.propose(unknown('Quay71'))?.confidence).not.toBe('likely');
    expect(guesses.propose(unknown('nowhere'))).toBeUndefined();
  });

  it.each([
    ['NbIotCell', true],
    ['EUtranCellRelation', false],
    ['Board', false],
  ])('of the class %s: %s', (objectClass, expected) => {
    expect(looksLikeCells(objectClass)).toBe(expected);
  });
});
