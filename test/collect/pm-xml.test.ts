// 3GPP PM XML: every value under its object and counter.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measData, measInfo, PERIOD, pmFile, readPm } from './measured.ts';

const CELL = 'ManagedElement=1,ENodeBFunction=1,EUtranCellFDD=Pier-2';
const AT = Date.UTC(2026, 2, 17, 21, 45);

describe('a PM file', () => {
  it('gives each object one reading with the END of its period', () => {
    const file = pmFile(
      measData('Harbour-1', measInfo(['RRC.ConnEstabAtt', 'RRC.ConnEstabSucc'], { [CELL]: ['40', '38'] })),
    );
    const { readings, rejections, context } = readPm(file);
    expect(rejections).toEqual([]);
    expect(context.sender).toBe('Harbour-1');
    expect(readings).toHaveLength(1);
    expect(readings[0]).toMatchObject({ at: AT, periodSeconds: 900, suspect: false });
    expect({ ...readings[0]!.counters }).toEqual({ 'RRC.ConnEstabAtt': 40, 'RRC.ConnEstabSucc': 38 });
    expect(readings[0]!.cell).toEqual({
      element: 'Harbour-1',
      elementLabel: 'Old harbour',
      ldn: CELL,
      objectClass: 'EUtranCellFDD',
      name: 'Pier-2',
    });
    expect(file.split('\n')[readings[0]!.where.line! - 1]).toContain('measValue');
  });

  it('joins values to names by p, over gaps and in any order', () => {
    const info = `<measInfo>${PERIOD}<measType p="3">C</measType><measType p="1">A</measType><measType p="7">G</measType>
      <measValue measObjLdn="${CELL}"><r p="7">70</r><r p="1">10</r></measValue></measInfo>`;
    const { readings, rejections } = readPm(pmFile(measData('E', info)));
    expect({ ...readings[0]!.counters }).toEqual({ G: 70, A: 10 });
    expect(rejections).toEqual([]);
  });

  it('tells of values whose p has no name, and keeps the others', () => {
    const info = `<measInfo>${PERIOD}<measType p="1">A</measType>
      <measValue measObjLdn="X=1"><r p="1">1</r><r p="2">2</r></measValue>
      <measValue measObjLdn="X=2"><r p="1">1</r><r p="2">2</r></measValue></measInfo>`;
    const { readings, rejections } = readPm(pmFile(measData('E', info)));
    expect(readings.map(({ counters }) => ({ ...counters }))).toEqual([{ A: 1 }, { A: 1 }]);
    expect(rejections).toHaveLength(1);
    expect(rejections[0]).toMatchObject({ reason: 'wrong-shape', count: 2 });
    expect(rejections[0]!.detail).toContain('p="2"');
  });

  it('reads the list form, broken over lines too', () => {
    const info = `<measInfo>${PERIOD}<measTypes>A B
        C	D</measTypes><measValue measObjLdn="${CELL}"><measResults>1 NIL
        3.5 4,5,6</measResults><suspect>true</suspect></measValue></measInfo>`;
    const { readings } = readPm(pmFile(measData('E', info)));
    expect({ ...readings[0]!.counters }).toEqual({ A: 1, B: null, C: 3.5, D: '4,5,6' });
    expect(readings[0]!.suspect).toBe(true);
  });

  it('refuses a list whose results do not match its names in number, and only that object', () => {
    const info = `<measInfo>${PERIOD}<measTypes>A B</measTypes><measValue measObjLdn="X=1"><measResults>1</measResults></measValue>
      <measValue measObjLdn="X=2"><measResults>1 2</measResults></measValue></measInfo>`;
    const { readings, rejections } = readPm(pmFile(measData('E', info)));
    expect(readings.map(({ cell }) => cell.ldn)).toEqual(['X=2']);
    expect(rejections).toMatchObject([{ reason: 'wrong-shape', excerpt: '1' }]);
  });

  it.each([
    ['12', 12],
    [' 12 ', 12],
    ['-3.5', -3.5],
    ['1.5E3', 1500],
    ['123456789012345678', 123456789012345680],
    ['', null],
    ['  ', null],
    ['NIL', null],
    ['null', null],
    ['NaN', null],
    ['1,2,3', '1,2,3'],
    ['3,5', '3,5'],
    ['0x10', '0x10'],
    ['Infinity', 'Infinity'],
    ['abc', 'abc'],
    ['1 2', '1 2'],
  ])('reads the value "%s" as %j', (text, expected) => {
    const { readings } = readPm(pmFile(measData('E', measInfo(['A'], { 'X=1': [text] }))));
    expect(readings[0]!.counters.A).toBe(expected);
  });

  it('merges all that it says of one object and period, and lets no empty value replace one', () => {
    const first = measInfo(['A', 'B'], { [CELL]: ['1', '2'] });
    const second = measInfo(['B', 'C'], { [CELL]: ['', '3'] }, { suspect: '<suspect>true</suspect>' });
    const { readings } = readPm(pmFile(measData('E', first, second)));
    expect(readings.map(({ counters, suspect }) => ({ ...counters, suspect }))).toEqual([
      { A: 1, B: 2, C: 3, suspect: true },
    ]);
  });

  it('keeps periods of one object apart', () => {
    const hour = '<granPeriod duration="PT1H" endTime="2026-03-17T22:00:00Z"/>';
    const infos = [measInfo(['A'], { [CELL]: ['1'] }), measInfo(['A'], { [CELL]: ['9'] }, { period: hour })];
    const { readings } = readPm(pmFile(measData('E', ...infos)));
    expect(readings.map(({ periodSeconds, counters }) => [periodSeconds, counters.A])).toEqual([
      [900, 1],
      [3600, 9],
    ]);
  });

  it('tells objects of one name under several elements apart', () => {
    const info = measInfo(['A'], { same: ['1'] });
    const { readings } = readPm(pmFile(measData('E1', info), measData('E2', info)));
    expect(readings.map(({ cell }) => [cell.element, cell.ldn])).toEqual([
      ['E1', 'same'],
      ['E2', 'same'],
    ]);
  });

  it('reads TS 28.532, whose header and footer also hold elements called measData', () => {
    const { readings, context } =
      readPm(`<measDataFile><fileHeader><fileSender senderName="Quay"/><measData beginTime="x"/></fileHeader>
      <measData><measEntity localDn="Quay-7"/>${measInfo(['A'], { 'NRCellDU=1': ['5'] })}</measData>
      <fileFooter><measData endTime="x"/></fileFooter></measDataFile>`);
    expect(context.sender).toBe('Quay');
    expect(context.notes).toBeUndefined();
    expect(readings.map(({ cell, counters }) => [cell.element, cell.objectClass, counters.A])).toEqual([
      ['Quay-7', 'NRCellDU', 5],
    ]);
  });

  it.each([
    ['2026-03-17T22:45:00+0100', 0],
    ['2026-03-17T16:45:00-05:00:00', 0],
    ['2026-03-17T23:45:00+02:00', 480],
    ['2026-03-18T05:45:00', 480],
  ])('takes the end of period %s in a zone %d minutes east', (endTime, zoneOffsetMinutes) => {
    const period = `<granPeriod duration="PT15M" endTime="${endTime}"/>`;
    const { readings } = readPm(pmFile(measData('E', measInfo(['A'], { 'X=1': ['1'] }, { period }))), {
      zoneOffsetMinutes,
    });
    expect(readings[0]).toMatchObject({ at: AT, periodSeconds: 900 });
  });

  it('hands on a time and a period that are none as they came, for intake to refuse', () => {
    const period = '<granPeriod duration="soon" endTime="later"/>';
    const { readings } = readPm(pmFile(measData('E', measInfo(['A'], { 'X=1': ['1'] }, { period }))));
    expect(readings[0]).toMatchObject({ at: 'later', periodSeconds: 'soon' });
  });

  it('reads names with prefixes, comments, CDATA, references, a byte order mark and no declaration', () => {
    const { readings, rejections } =
      readPm(`\uFEFF<!-- licence --><?xml-stylesheet href="x.xsl"?><m:measCollecFile xmlns:m="x"><m:measData>
      <m:managedElement localDn="A &amp; B"/><m:measInfo>${PERIOD.replaceAll('<', '<m:')}<m:measType p="1"><![CDATA[A<1]]></m:measType>
      <m:measValue measObjLdn="X=1"><m:r p="1">1<!-- no -->2</m:r></m:measValue></m:measInfo></m:measData></m:measCollecFile>`);
    expect(rejections).toEqual([]);
    expect(readings[0]!.cell.element).toBe('A & B');
    expect({ ...readings[0]!.counters }).toEqual({ 'A<1': 12 });
  });

  it('reads a result the same in every form that XML allows, on the line where it stands', () => {
    const results = ['1', '', ' 2 ', '3,4', '\n5\n', '&#54;', '7<!-- no -->', '<![CDATA[8]]>', '9]', 'NIL', '10'];
    const info = measInfo(
      results.map((_, i) => `C${i}`),
      { 'X=1': results, 'X=2': results },
    );
    const plain = pmFile(measData('E', info));
    const { readings, rejections } = readPm(plain);
    expect(rejections).toEqual([]);
    expect(Object.values(readings[0]!.counters)).toEqual([1, null, 2, '3,4', 5, 6, 7, 8, '9]', null, 10]);
    expect(plain.split('\n')[readings[1]!.where.line! - 1]).toContain('X=2');
    for (const [, rewritten] of [
      ['blanks in the tag', plain.replaceAll('<r p', '<r  p')],
      ['single quotes', plain.replaceAll(/<r p="(\d+)"/g, "<r p='$1'")],
      ['self-closing tags', plain.replaceAll(/<r p="(\d+)"><\/r>/g, '<r p="$1"/>')],
      ['CRLF', plain.replaceAll('\n', '\r\n')],
    ] as const) {
      expect(readPm(rewritten)).toEqual(readPm(plain));
    }
  });

  it('keeps a counter with the name of a property that every object has', () => {
    const { readings } = readPm(pmFile(measData('E', measInfo(['__proto__', 'constructor'], { 'X=1': ['1', '2'] }))));
    expect(Object.entries(readings[0]!.counters)).toEqual([
      ['__proto__', 1],
      ['constructor', 2],
    ]);
  });

  it('names the cell of a vendor that writes class and attributes', () => {
    const ldn = 'Pier/Cell:eNodeB Function Name=Pier, Local Cell ID=2, Cell Name=Pier-2, eNodeB ID=77';
    const { readings } = readPm(pmFile(measData('Pier', measInfo(['1526728227'], { [ldn]: ['0'] }))));
    expect(readings[0]!.cell).toMatchObject({ objectClass: 'Cell', name: 'Pier-2' });
  });

  it('takes an empty object name as the element itself', () => {
    const { readings } = readPm(pmFile(measData('Net=1,ManagedElement=Pier', measInfo(['A'], { '': ['1'] }))));
    expect(readings[0]!.cell).toMatchObject({ objectClass: 'ManagedElement', name: 'Pier' });
  });

  it('does not split a name at a comma that is escaped', () => {
    const { readings } = readPm(pmFile(measData('E', measInfo(['A'], { 'X=1,EUtranCellFDD=Pier\\, east': ['1'] }))));
    expect(readings[0]!.cell).toMatchObject({ objectClass: 'EUtranCellFDD', name: 'Pier\\, east' });
  });

  it('without measData is no fault, but is worth a word', () => {
    const { readings, rejections, context } = readPm(pmFile());
    expect([readings, rejections]).toEqual([[], []]);
    expect(context.notes).toHaveLength(1);
  });
});

describe('a broken PM file', () => {
  const names = ['A', 'B'];
  const WHOLE = pmFile(
    measData('E1', measInfo(names, { 'X=1': ['11', '12'], 'X=2': ['21', '22'] })),
    measData('E2', measInfo(names, { 'X=3': ['31', '32'] }), measInfo(['C'], { 'X=3': ['33'] })),
  );

  it('cut anywhere keeps the objects that were complete and tells one thing: the line of the break', () => {
    const complete = readPm(WHOLE).readings.map(({ cell, counters }) => [`${cell.ldn}`, { ...counters }] as const);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: WHOLE.trimEnd().length - 1 }), (length) => {
        const cut = WHOLE.slice(0, length);
        const { readings, rejections } = readPm(cut);
        expect(rejections).toHaveLength(1);
        expect(rejections[0]).toMatchObject({ reason: 'not-xml', line: cut.split('\n').length });
        for (const { cell, counters } of readings) {
          expect(complete.find(([ldn]) => ldn === cell.ldn)![1]).toMatchObject({ ...counters });
        }
        const whole = (ldn: string) =>
          cut.includes('</measValue>', cut.indexOf(`"${ldn}"`)) && cut.includes(`"${ldn}"`);
        expect(readings.map(({ cell }) => cell.ldn)).toEqual(['X=1', 'X=2', 'X=3'].filter(whole));
      }),
      { numRuns: 300 },
    );
  });

  it('of any text never throws and tells at most one fault of form', () => {
    const pieces = [
      '<',
      '>',
      '/',
      '&',
      '&amp;',
      '&#x110000;',
      ']]>',
      '<!DOCTYPE',
      '[',
      '"',
      'measCollecFile',
      '<measData>',
      '<r p="1">',
      '</r>',
      '\r\n',
      '\uD800',
      '\uFFFF',
      '<?',
      '<!--',
      '-->',
      '&constructor;',
      '<![',
    ];
    const noise = fc
      .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary', maxLength: 4 })), { maxLength: 30 })
      .map((parts) => parts.join(''));
    const text = fc.oneof(
      noise,
      fc.tuple(noise, fc.nat({ max: WHOLE.length })).map(([piece, at]) => WHOLE.slice(0, at) + piece + WHOLE.slice(at)),
    );
    fc.assert(
      fc.property(text, (any) => {
        const { rejections } = readPm(any);
        expect(rejections.filter(({ reason }) => reason === 'not-xml').length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 300, examples: [['<![\ud800']] },
    );
  });

  it('with entities of its own is refused before one is expanded', () => {
    const levels = Array.from({ length: 20 }, (_, i) => `<!ENTITY e${i + 1} "${`&e${i};`.repeat(10)}">`).join('');
    const bomb = `<?xml version="1.0"?><!DOCTYPE measCollecFile [<!ENTITY e0 "boom">${levels}]><measCollecFile><measData>&e20;</measData></measCollecFile>`;
    const { readings, rejections } = readPm(bomb);
    expect(readings).toEqual([]);
    expect(rejections).toMatchObject([{ reason: 'wrong-shape', line: 1 }]);
    expect(rejections[0]!.detail).toContain('entities');
  });

  it('with a DOCTYPE that names another file is read without it, and an entity from there is refused', () => {
    const doctype = '<!DOCTYPE measCollecFile SYSTEM "http://example.invalid/x.dtd">';
    const file = WHOLE.replace('?>', `?>${doctype}`);
    expect(readPm(file).readings).toHaveLength(3);
    expect(readPm(file.replace('>11<', '>&outside;<')).rejections).toMatchObject([{ reason: 'not-xml' }]);
  });

  it('nested without end is refused instead of filling memory', () => {
    const { rejections } = readPm(`<measCollecFile>${'<a>'.repeat(100_000)}`);
    expect(rejections).toMatchObject([{ reason: 'wrong-shape' }]);
  });

  it('that is another kind of document is refused by its root', () => {
    const { rejections } = readPm('<html><body>Login</body></html>');
    expect(rejections).toMatchObject([{ reason: 'wrong-shape', line: 1 }]);
    expect(rejections[0]!.detail).toContain('<html>');
  });
});
