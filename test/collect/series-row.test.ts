// One line of a CSV of a single series: times in every declared form, values, and what is refused with its reason.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seriesLines } from '../../server/collect/series-lines.ts';
import { readSeriesRow, seriesColumns } from '../../server/collect/series-row.ts';

const COLUMNS = { timestamp: 0, value: 1 };
const read = (text: string) => readSeriesRow(text, 7, COLUMNS);

describe('a row of a series', () => {
  test.each([
    ['2026-03-17T21:45:00Z', '2026-03-17T21:45:00Z'],
    ['2026-03-17T21:45:00+08:00', '2026-03-17T13:45:00Z'],
    ['2026-03-17 21:45:00', '2026-03-17T21:45:00Z'],
    ['2026-03-17 21:45:00.250', '2026-03-17T21:45:00.250Z'],
    ['2026-03-17', '2026-03-17T00:00:00Z'],
    ['1773755100', '2026-03-17T13:45:00Z'],
    ['1773755100.5', '2026-03-17T13:45:00.500Z'],
    ['1773755100000', '2026-03-17T13:45:00Z'],
    ['"2026-03-17T21:45:00Z"', '2026-03-17T21:45:00Z'],
  ])('%s is understood and kept as it came', (timestamp, iso) => {
    expect(read(`${timestamp},3`)).toEqual({ timestamp, value: '3', at: Date.parse(iso), measured: 3 });
  });

  test.each(['', 'NaN', 'null', '"-"', ' NA '])(
    'a value of [%s] means that nothing was measured, and is no mistake',
    (value) => {
      expect(read(`1773755100,${value}`)).toMatchObject({ value, measured: Number.NaN });
    },
  );

  test.each([
    ['yesterday,3', 'timestamp', 'bad-time'],
    ['2026-02-30 00:00:00,3', 'timestamp', 'bad-time'],
    ['1773755100,three', 'value', 'not-a-number'],
    ['1773755100,1e999', 'value', 'not-a-number'],
    ['1773755100', 'value', 'missing-field'],
  ])('%s is refused with its line, its field and what to do', (text, field, reason) => {
    expect(read(text)).toMatchObject({
      rejection: { line: 7, field, reason, detail: expect.stringMatching(/[;,] (write|leave|line)|write/) },
    });
  });

  test('a line with an open quote is refused and can still be written back as one field', () => {
    expect(read('"2026,3')).toMatchObject({ timestamp: '"""2026,3"', rejection: { reason: 'not-csv' } });
  });

  test('a heading names its columns in any order, case and company; labels beside them are not looked at', () => {
    expect(seriesColumns('"Label","Value","TimeStamp"')).toEqual({ timestamp: 2, value: 1 });
    expect(readSeriesRow('1,5,1773755100', 2, { timestamp: 2, value: 1 })).toMatchObject({ measured: 5 });
    expect(seriesColumns('time,value')).toBeUndefined();
  });

  test('no text makes it throw, and nothing comes out that is neither a row nor a reason', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const row = read(text);
        expect('rejection' in row || Number.isFinite(row.at)).toBe(true);
      }),
    );
  });

  test('numbers survive whatever their notation', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        // Nobody writes a negative zero: it reads 0.
        expect(read(`1773755100,${value}`)).toMatchObject({ measured: value + 0 });
      }),
    );
  });
});

describe('lines that arrive in pieces', () => {
  async function linesOf(pieces: string[]): Promise<string[]> {
    const all: string[] = [];
    for await (const lines of seriesLines(toAsync(pieces))) all.push(...lines);
    return all;
  }

  test('are whole wherever the pieces are cut, with LF and CRLF', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom('a', '\r\n', '\n', 'bc', ',')), async (pieces) => {
        expect(await linesOf(pieces)).toEqual(await linesOf([pieces.join('')]));
      }),
    );
  });

  test('must end some time: a file without line breaks is refused before it fills the memory', async () => {
    await expect(linesOf(['x'.repeat(700_000), 'x'.repeat(700_000)])).rejects.toThrow('no line break');
  });
});

async function* toAsync(pieces: string[]) {
  yield* pieces;
}
