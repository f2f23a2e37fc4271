// What the import command prints of a file: counts, what was refused and where, and what to do with a file that nobody knows.

import { describe, expect, it } from 'vitest';
import { unknownFile } from '../../server/collect/unknown-file.ts';
import { receiptLines } from '../../server/commands/receipt-lines.ts';
import type { Rejection } from '../../server/model/rejection.ts';

const row = (line: number, more: Partial<Rejection> = {}): Rejection => ({
  ...{ line, field: 'lat', reason: 'out-of-range', detail: `lat is ${line}` },
  ...more,
});

describe('the lines of a receipt', () => {
  it('show the first few of rows that are refused alike, and count the others', () => {
    const rejections = [...Array.from({ length: 100 }, (_, i) => row(i + 2)), row(7, { field: 'id', detail: 'no id' })];
    expect(receiptLines({ accepted: 2, rejected: 5000, rejections, late: 1, notes: ['read as UTC'] }, 'a.csv')).toEqual(
      [
        '2 accepted, 5000 refused, 1 late',
        'line 2: out-of-range: lat is 2',
        'line 3: out-of-range: lat is 3',
        'line 4: out-of-range: lat is 4',
        'line 7: out-of-range: no id',
        '… and 4996 more: GET /api/rejections lists what was refused',
        'note: read as UTC',
      ],
    );
  });

  it('name the member of an archive, and how many one line stands for', () => {
    const rejections = [row(2, { file: 'b.zip/a.xml', count: 14 }), row(3, { file: 'b.zip' })];
    expect(receiptLines({ accepted: 0, rejected: 15, rejections }, 'b.zip').slice(1)).toEqual([
      'b.zip/a.xml: line 2: out-of-range: lat is 2 (14×)',
      'line 3: out-of-range: lat is 3',
    ]);
  });
});

describe('a file in no known format', () => {
  it.each([
    'Table 1,,,\nTime,SITE,Users\n4/1/2019,Q7,1\n',
    'DT,E_RAB\n2016-01-01 00:00:00,0.3\n',
    'a\tb\n1\t2\n',
    'Ort;Wert;x\r\nA;1;2\r\n',
  ])('is told to need a mapping where it is a table: %j', (text) =>
    expect(unknownFile(text)).toContain('cellstar map FILE'),
  );

  it.each([
    'nothing',
    '<html><a>,,,</a></html>',
    '{"a":1,"b":2}\n{"a":1,"b":2}',
    'Dear colleagues, hello.\nThe files\nare late\n',
  ])('is told to be looked at where it is none: %j', (text) =>
    expect(unknownFile(text)).toContain('look at how it begins'),
  );

  it('is told to be empty', () => {
    expect(unknownFile('\uFEFF \n')).toContain('is empty');
  });
});
