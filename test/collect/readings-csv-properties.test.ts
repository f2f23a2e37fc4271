// Readings as CSV, whatever is in them: nothing throws, what is written can be read back, and the order of rows changes nothing.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readingsCsv } from '../../server/collect/formats/readings-csv.ts';
import { plainNumber } from '../../server/collect/table-numbers.ts';
import { readTableTime } from '../../server/collect/table-times.ts';
import { parsedCsv } from './table-readings.ts';

const HEADINGS = [
  'cell,at,drop_rate_pct,x',
  'cell;date;time;Traffic (MB)',
  'cell\tstart\tend\tkpi\tvalue',
  '小区|时间|掉话率（%）',
];

interface Style {
  delimiter: string;
  decimal: '.' | ',';
  thousands: string;
  quotesAll: boolean;
  lineBreak: string;
  time: 'iso' | 'german' | 'american' | 'epoch' | 'seconds' | 'serial';
  title: boolean;
}

const styles: fc.Arbitrary<Style> = fc
  .record({
    delimiter: fc.constantFrom(',', ';', '\t', '|'),
    decimal: fc.constantFrom('.' as const, ',' as const),
    thousands: fc.constantFrom('', 'other', ' ', '\u00a0', "'"),
    quotesAll: fc.boolean(),
    lineBreak: fc.constantFrom('\n', '\r\n', '\r'),
    time: fc.constantFrom(
      'iso' as const,
      'german' as const,
      'american' as const,
      'epoch' as const,
      'seconds' as const,
      'serial' as const,
    ),
    title: fc.boolean(),
  })
  .map((style) => ({
    ...style,
    thousands: style.thousands === 'other' ? (style.decimal === '.' ? ',' : '.') : style.thousands,
  }));

const START = Date.UTC(2026, 0, 1);
const cellName = fc
  .string({ minLength: 1, maxLength: 12, unit: fc.constantFrom(...'abcXYZ019 -_/.,;|"\'小区') })
  .map((name) => `c${name}c`);
const value = fc.oneof(
  fc.constant(null),
  fc.nat(9_999_999).map((n) => n / 100),
  fc.nat(9_999_999),
  fc.integer({ min: -9_999_999, max: 9_999_999 }).map((n) => n / 1000),
);
const row = fc.record({ cell: cellName, minute: fc.nat(525_000), values: fc.tuple(value, value) });
const rowsOnce = fc.uniqueArray(row, {
  minLength: 1,
  maxLength: 20,
  selector: ({ cell, minute }) => `${minute} ${cell}`,
});
type Row = { cell: string; minute: number; values: readonly (number | null)[] };

function timeOf(minute: number, { time }: Style): string {
  const at = new Date(START + minute * 60_000);
  const [year = '', month = '', day = '', clock = ''] = at.toISOString().split(/[-T]/);
  if (time === 'german') return `${day}.${month}.${year} ${clock.slice(0, 5)}`;
  if (time === 'american')
    return `${Number(month)}/${Number(day)}/${year} ${((at.getUTCHours() + 11) % 12) + 1}:${clock.slice(3, 5)} ${at.getUTCHours() < 12 ? 'AM' : 'PM'}`;
  if (time === 'epoch') return String(at.getTime());
  if (time === 'seconds') return String(at.getTime() / 1000);
  return time === 'serial' ? String(25_569 + at.getTime() / 86_400_000) : at.toISOString();
}

function written(number: number | null, { decimal, thousands }: Style): string {
  if (number === null) return '';
  const [whole = '', rest] = String(Math.abs(number)).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, thousands);
  return `${number < 0 ? '-' : ''}${grouped}${rest === undefined ? '' : decimal + rest}`;
}

function fieldOf(text: string, { delimiter, quotesAll }: Style): string {
  return quotesAll || text.includes(delimiter) || text.includes('"') ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A first row that proves the decimal sign of both columns and the order of day and month, as any long table has one. */
const PROOF: Row = { cell: 'proof', minute: 30 * 1440, values: [0.5, 0.25] };

function tableOf(rows: readonly Row[], style: Style): string {
  const line = (fields: string[]) => fields.map((field) => fieldOf(field, style)).join(style.delimiter);
  const lines = rows.map(({ cell, minute, values }) =>
    line([cell, timeOf(minute, style), ...values.map((one) => written(one, style))]),
  );
  const title = style.title ? ['Hourly table', ''] : [];
  return `\uFEFF${[...title, line(['cell', 'at', 'counter.A', 'counter B']), ...lines].join(style.lineBreak)}${style.lineBreak}`;
}

function readBack(text: string) {
  return parsedCsv(text).parsed.map((one) => {
    if (one.kind === 'rejection') return one.rejection;
    const { cell, at, kpis } = one.reading;
    return { cell, at, values: Object.values(kpis as Record<string, number | null>) };
  });
}

describe('readings as CSV', () => {
  it('never throw, and tell of every row of any text', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom('"', '\n', ',', ';', 'A,2026-03-17 21:45,1', '\r', '1/2/2026', '0,5', '\uFEFF', '12:00'),
    );
    const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(text, fc.constantFrom('', ...HEADINGS), (body, heading) => {
        const { parsed } = parsedCsv(`${heading}\n${body}`);
        for (const one of parsed)
          expect(one.kind === 'reading' ? one.reading.where.line : one.rejection.detail).toBeTruthy();
        readingsCsv.looksLike(body);
        readTableTime(body, 0);
      }),
      { numRuns: 500 },
    );
  });

  it('can be read back, however they are written', () => {
    fc.assert(
      fc.property(rowsOnce, styles, (rows, style) => {
        const all = [PROOF, ...rows];
        const expected = all.map(({ cell, minute, values }) => ({
          cell: cell.trim(),
          at: START + minute * 60_000,
          values,
        }));
        expect(readBack(tableOf(all, style))).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('are the same in every order of rows', () => {
    const shuffled = rowsOnce.chain((rows) =>
      fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })),
    );
    const key = (one: object) => JSON.stringify({ ...one, line: 0, index: 0, excerpt: '' });
    fc.assert(
      fc.property(shuffled, styles, ([rows, other], style) => {
        const sorted = (list: readonly Row[]) => readBack(tableOf(list, style)).map(key).sort();
        expect(sorted(other)).toEqual(sorted(rows));
      }),
      { numRuns: 300 },
    );
  });

  it('hold numbers that are exactly those of a careful reader', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e15 + 1, max: 1e15 - 1 }), fc.nat(14), (digits, places) => {
        const text = String(Math.abs(digits)).padStart(places + 1, '0');
        const whole = text.slice(0, text.length - places);
        const written = `${digits < 0 ? '-' : ''}${places === 0 ? whole : `${whole}.${text.slice(text.length - places)}`}`;
        const read = plainNumber(written);
        if (!Number.isNaN(read)) expect(read).toBe(Number(written));
      }),
      { numRuns: 2000 },
    );
  });
});
