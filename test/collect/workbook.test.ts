// Spreadsheet files: each sheet goes in as a table, as a person sees it, and a broken file is told as one.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { archiveKind, archiveMembers } from '../../server/collect/archive.ts';
import { zipOf } from './packed.ts';

const NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const rel = (id: string, target: string) => `<Relationship Id="${id}" Target="${target}"/>`;

/** A workbook as spreadsheet programs write it: shared strings, styles by number, sheets by relation. */
function workbook(sheets: Record<string, string>, { book = '' } = {}): Uint8Array {
  const names = Object.keys(sheets);
  const files = Object.fromEntries(
    names.map((name, i) => [
      `xl/worksheets/sheet${i + 1}.xml`,
      `<worksheet ${NS}><sheetData>${sheets[name]}</sheetData></worksheet>`,
    ]),
  );
  return zipOf({
    '[Content_Types].xml': '<Types/>',
    'xl/_rels/workbook.xml.rels': `<Relationships>${names.map((_, i) => rel(`r${i}`, `worksheets/sheet${i + 1}.xml`)).join('')}</Relationships>`,
    'xl/sharedStrings.xml': `<sst ${NS}><si><t>cell</t></si><si><r><t>Drop </t></r><r><t>rate, %</t></r><rPh><t>aloud</t></rPh></si></sst>`,
    'xl/styles.xml': `<styleSheet ${NS}><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy\\ hh:mm"/><numFmt numFmtId="165" formatCode="0.00&quot; days&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="20"/></cellXfs></styleSheet>`,
    'xl/workbook.xml': `<workbook ${NS} xmlns:r="r">${book}<sheets>${names.map((name, i) => `<sheet name="${name}" r:id="r${i}"/>`).join('')}</sheets></workbook>`,
    ...files,
  });
}

async function sheetsIn(bytes: Uint8Array) {
  const members = [];
  for await (const { name, bytes: text, rejection } of archiveMembers('book.xlsx', bytes, 'xlsx'))
    members.push({ name, text: Buffer.from(text).toString(), reason: rejection?.reason });
  return members;
}

describe('a spreadsheet file', () => {
  it('is known by its name, or by what it holds', () => {
    const bytes = workbook({ A: '' });
    expect([
      archiveKind('a.xlsx', bytes),
      archiveKind('download', bytes),
      archiveKind('a.docx', zipOf({ 'word/x': '' })),
    ]).toEqual(['xlsx', 'xlsx', undefined]);
  });

  it('gives each sheet as CSV: texts, numbers, days and hours as they are shown, rows in their places', async () => {
    const rows =
      '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row>' +
      '<row r="3"><c r="A3" t="inlineStr"><is><t>say "hi"</t></is></c><c r="B3" s="2"><v>46098.90625</v></c><c r="C3"><v>0.5</v></c></row>' +
      '<row><c s="1"><v>46098</v></c><c s="4"><v>0.90625</v></c><c s="3"><v>46098.5</v></c><c t="b"><v>1</v></c><c t="e"><v>#DIV/0!</v></c></row>';
    expect(await sheetsIn(workbook({ 'March 2026': rows, Empty: '' }))).toEqual([
      {
        name: 'book.xlsx/March 2026.csv',
        text: 'cell,,"Drop rate, %"\n\n"say ""hi""",2026-03-17 21:45:00,0.5\n2026-03-17,21:45:00,46098.5,true,#DIV/0!\n',
        reason: undefined,
      },
    ]);
  });

  it('that counts days from 1904 means the same days', async () => {
    const rows = '<row><c s="1"><v>44636</v></c></row>';
    const [sheet] = await sheetsIn(workbook({ A: rows }, { book: '<workbookPr date1904="1"/>' }));
    expect(sheet!.text).toBe('2026-03-17\n');
  });

  it('that lies in an archive is opened there', async () => {
    const names = [];
    const zip = zipOf({ 'march.xlsx': workbook({ A: '<row><c><v>1</v></c></row>' }) });
    for await (const { name } of archiveMembers('all.zip', zip, 'zip')) names.push(name);
    expect(names).toEqual(['all.zip/march.xlsx/A.csv']);
  });

  it('of which one sheet breaks off loses that sheet, with the reason', async () => {
    const members = await sheetsIn(workbook({ A: '<row><c><v>1</v></row', B: '<row><c><v>2</v></c></row>' }));
    expect(members.map(({ name, reason }) => [name, reason])).toEqual([
      ['book.xlsx/A.csv', 'not-xml'],
      ['book.xlsx/B.csv', undefined],
    ]);
  });

  it('is never larger inside than its bounds: a cell in the last column of every row is refused', async () => {
    const rows = Array.from(
      { length: 20_000 },
      (_, i) => `<row r="${i + 1}"><c r="XFD${i + 1}"><v>1</v></c></row>`,
    ).join('');
    expect((await sheetsIn(workbook({ A: rows }))).map(({ reason }) => reason)).toEqual(['too-long']);
  });

  it('that is broken anywhere is told, and never throws', async () => {
    const whole = workbook({ A: '<row><c t="s"><v>0</v></c></row>' });
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(255), fc.nat(whole.length), async (at, byte, length) => {
        const bytes = whole.slice(0, length);
        if (at < length) bytes[at] = byte;
        for (const { name, reason } of await sheetsIn(bytes)) expect(reason ?? name).toBeTypeOf('string');
      }),
    );
  });
});
