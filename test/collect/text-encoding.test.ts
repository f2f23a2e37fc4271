// Texts in other encodings than UTF-8: read as declared, else only where nothing is left to doubt.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAboutPeople } from '../../server/collect/private-file.ts';
import { decodeText } from '../../server/collect/text-encoding.ts';

/** `小区,时间,掉话率（%）` and a row of cell `码头`, as a Chinese spreadsheet writes them. */
const GB18030_TABLE = Buffer.from(
  `d0a1c7f82ccab1bce42cb5f4bbb0c2caa3a825a3a90ac2ebcdb72c323032362d30332d31372032313a34352c302e340a`,
  'hex',
);
const TABLE = '小区,时间,掉话率（%）\n码头,2026-03-17 21:45,0.4\n';
const latin = (text: string) => Buffer.from(text, 'latin1');

describe('a text that is no UTF-8', () => {
  it.each(['gb18030', 'GBK', 'gb2312', 'cp936'])('is read as %s where its sender declares that', (declared) => {
    expect(decodeText(GB18030_TABLE, { declared })).toEqual({ kind: 'text', text: TABLE });
  });

  it('is read as windows-1252, also where it is called Latin 1, with the signs of Windows', () => {
    const text = { kind: 'text', text: 'Débit “€”' };
    const bytes = latin('D\xe9bit \x93\x80\x94');
    for (const declared of ['windows-1252', 'iso-8859-1', 'latin1'])
      expect(decodeText(bytes, { declared })).toEqual(text);
  });

  it('is read as UTF-16 by its mark, as declared, or since zeros stand between its letters', () => {
    const bytes = Buffer.from(TABLE, 'utf16le');
    expect(decodeText(Buffer.concat([Buffer.from([0xff, 0xfe]), bytes]))).toEqual({ kind: 'text', text: TABLE });
    expect(decodeText(bytes, { declared: 'utf-16le' })).toEqual({ kind: 'text', text: TABLE });
    const plain = Buffer.from('cell,at,drop_rate_pct\n', 'utf16le');
    expect(decodeText(plain)).toMatchObject({
      text: 'cell,at,drop_rate_pct\n',
      note: expect.stringContaining('UTF-16LE'),
    });
  });

  it('is read as GB18030 without being told where its headings in Chinese are known, and says so', () => {
    expect(decodeText(GB18030_TABLE)).toEqual({
      kind: 'text',
      text: TABLE,
      note: expect.stringContaining('read as GB18030; declare charset=gb18030'),
    });
  });

  it('is never guessed where it could be another: the refusal says how to declare it', () => {
    const onlyValues = Buffer.concat([
      latin('cell,at,drop_rate_pct\n'),
      GB18030_TABLE.subarray(22, 26),
      latin(',1,2\n'),
    ]);
    for (const bytes of [latin('Débit;Qualité\n1;2\n'), onlyValues, latin('\xd0\xa1\xc7')]) {
      const decoded = decodeText(bytes);
      expect(decoded).toMatchObject({ rejection: { reason: 'not-utf8' } });
      expect(JSON.stringify(decoded)).toMatch(/no UTF-8.*charset=gb18030.*CELLSTAR_CHARSET/);
    }
    expect(decodeText(onlyValues, { standard: 'gb18030' })).toMatchObject({ text: expect.stringContaining('码头') });
  });

  it('is refused where it is not what was declared, and where nobody knows what was declared', () => {
    expect(decodeText(GB18030_TABLE, { declared: 'utf-8' })).toMatchObject({ rejection: { line: 1 } });
    expect(decodeText(GB18030_TABLE, { declared: 'klingon' })).toMatchObject({
      rejection: { detail: expect.stringContaining('"klingon" is not known') },
    });
  });

  it('never throws, whatever the bytes and whatever is declared', () => {
    const names = fc.option(fc.constantFrom('gb18030', 'utf-16le', 'utf-8', 'windows-1252', 'x'), { nil: undefined });
    fc.assert(
      fc.property(fc.uint8Array(), names, names, (bytes, declared, standard) => {
        expect(['text', 'rejection']).toContain(decodeText(bytes, { declared, standard }).kind);
      }),
    );
  });

  it('and is about people is known as that, so that no copy of it is kept', () => {
    // 用户号码,score in GB18030, and subscriber,score in UTF-16 without a mark.
    expect(isAboutPeople(Buffer.concat([Buffer.from('d3c3bba7bac5c2eb', 'hex'), latin(',score\n1,2\n')]))).toBe(true);
    expect(isAboutPeople(Buffer.from('subscriber,score\n1,2\n', 'utf16le'))).toBe(true);
    expect(isAboutPeople(GB18030_TABLE)).toBe(false);
  });
});
