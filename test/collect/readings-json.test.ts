// Readings as JSON and NDJSON.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Format } from '../../server/collect/format.ts';
import { readingsJson } from '../../server/collect/formats/readings-json.ts';
import { readingsNdjson } from '../../server/collect/formats/readings-ndjson.ts';
import type { Rejection } from '../../server/model/rejection.ts';
import type { RawReading } from '../../server/model/sent.ts';

function read(format: Format, text: string) {
  const readings: RawReading[] = [];
  const rejections: Rejection[] = [];
  for (const parsed of format.parse(text, { zoneOffsetMinutes: 0 })) {
    if (parsed.kind === 'reading') readings.push(parsed.reading);
    else rejections.push(parsed.rejection);
  }
  return { readings, rejections };
}

const reading = (i: number) => ({
  cell: `pier-${i}`,
  at: '2026-03-17T21:45:00Z',
  periodSeconds: 300,
  kpis: { drop_rate_pct: i / 100 },
});
const HUNDRED = Array.from({ length: 100 }, (_, i) => reading(i));

describe('readings in JSON', () => {
  it.each([
    ['{"readings":[…]}', JSON.stringify({ source: 'lab', readings: HUNDRED })],
    ['a bare list', JSON.stringify(HUNDRED, null, 2)],
    ['a list after a byte order mark', `\uFEFF${JSON.stringify(HUNDRED)}`],
  ])('come as %s', (_, text) => {
    const { readings, rejections } = read(readingsJson, text);
    expect(rejections).toEqual([]);
    expect(readings.map(({ cell }) => cell)).toEqual(HUNDRED.map(({ cell }) => cell));
    expect(readings[7]).toMatchObject({ ...HUNDRED[7], where: { index: 7 } });
  });

  it('may be a single one', () => {
    expect(read(readingsJson, JSON.stringify(reading(1))).readings).toMatchObject([{ cell: 'pier-1' }]);
  });

  it('may be none', () => {
    expect(read(readingsJson, '{"readings":[]}')).toEqual({ readings: [], rejections: [] });
  });

  it('with one among a hundred that is no object: 99 and one rejection that says which', () => {
    const { readings, rejections } = read(
      readingsJson,
      JSON.stringify({ readings: HUNDRED.with(41, 'oops' as never) }),
    );
    expect(readings).toHaveLength(99);
    expect(rejections).toMatchObject([{ index: 41, reason: 'wrong-shape', excerpt: '"oops"' }]);
  });

  it('that stand in something else than a list are refused', () => {
    expect(read(readingsJson, '{"readings":{"a":1}}').rejections).toMatchObject([{ reason: 'wrong-shape' }]);
    expect(read(readingsJson, '17').rejections).toMatchObject([{ reason: 'wrong-shape' }]);
  });

  it('cut anywhere keep all that were complete, and tell the line of the break', () => {
    const text = JSON.stringify({ readings: HUNDRED.slice(0, 5) }, null, 1);
    fc.assert(
      fc.property(fc.nat({ max: text.length - 1 }), (length) => {
        const cut = text.slice(0, length);
        const { readings, rejections } = read(readingsJson, cut);
        expect(rejections).toMatchObject([{ reason: 'not-json', index: readings.length }]);
        expect(rejections[0]!.line).toBeLessThanOrEqual(cut.split('\n').length);
        // The last brace of a reading is the fourth-deep one; after it the reading is whole.
        expect(readings).toHaveLength(cut.split(/\n {2}\}/).length - 1);
      }),
    );
  });

  it('take periods and KPIs as people write them', () => {
    const at = '2026-03-17T21:45:00Z';
    const of = (record: object) => read(readingsJson, JSON.stringify([record])).readings[0]!;
    expect(of({ cell: 'a', at, period_seconds: 300 }).periodSeconds).toBe(300);
    expect(of({ cell: 'a', at, periodSeconds: 'PT15M' }).periodSeconds).toBe(900);
    expect(of({ cell: 'a', at, periodSeconds: '60' }).periodSeconds).toBe(60);
    expect(of({ cell: 'a', at, periodSeconds: 'soon' }).periodSeconds).toBe('soon');
    expect(of({ cell: 'a', at }).periodSeconds).toBeUndefined();
    expect(of({ cell: 'a', at, drop_rate_pct: 0.4, vendor: 'x' }).kpis).toEqual({ drop_rate_pct: 0.4 });
    expect(of({ cell: 'a', at, drop_rat_pct: 0.4 }).kpis).toEqual({ drop_rat_pct: 0.4 });
    expect(of({ cell: 'a', at, drop_rate_pct: 'high' }).kpis).toEqual({ drop_rate_pct: 'high' });
    expect(of({ cell: 'a', at, rsrp_dbm: -90, kpis: { sinr_db: 3 } }).kpis).toEqual({ rsrp_dbm: -90, sinr_db: 3 });
    expect(of({ cell: 'a', at, rsrp_dbm: -90, kpis: 'none' }).kpis).toBe('none');
  });
});

describe('readings in NDJSON', () => {
  const lines = HUNDRED.map((one) => JSON.stringify(one));

  it('come one a line, with blank lines, CRLF and without a last line break', () => {
    const { readings, rejections } = read(
      readingsNdjson,
      `\uFEFF${lines.slice(0, 2).join('\r\n')}\r\n\r\n  \n${lines[2]}`,
    );
    expect(rejections).toEqual([]);
    expect(readings.map(({ cell, where }) => [cell, where.index, where.line])).toEqual([
      ['pier-0', 0, 1],
      ['pier-1', 1, 2],
      ['pier-2', 2, 5],
    ]);
  });

  it('with one bad line among a hundred: 99 and one rejection with line and index', () => {
    const { readings, rejections } = read(readingsNdjson, lines.with(41, '{"cell":"pier-41",').join('\n'));
    expect(readings.map(({ cell }) => cell)).toEqual(HUNDRED.map(({ cell }) => cell).toSpliced(41, 1));
    expect(rejections).toMatchObject([{ index: 41, line: 42, reason: 'not-json', excerpt: '{"cell":"pier-41",' }]);
  });

  it('keep an excerpt of an endless line short', () => {
    expect(read(readingsNdjson, 'x'.repeat(1_000_000)).rejections[0]!.excerpt!.length).toBeLessThanOrEqual(200);
  });

  it('cut anywhere lose at most the last line', () => {
    const text = `${lines.slice(0, 5).join('\n')}\n`;
    fc.assert(
      fc.property(fc.nat({ max: text.length }), (length) => {
        const cut = text.slice(0, length);
        const { readings, rejections } = read(readingsNdjson, cut);
        const whole = cut.split('\n').filter((line) => lines.includes(line)).length;
        expect(readings).toHaveLength(whole);
        expect(rejections).toHaveLength(cut.split('\n').filter((line) => line !== '').length - whole);
      }),
    );
  });
});

describe.each([readingsJson, readingsNdjson])('$name', (format) => {
  it('never throws, and answers every text with readings or a reason', () => {
    const pieces = [
      '{',
      '}',
      '[',
      ']',
      '"readings"',
      ':',
      ',',
      '"',
      '\\',
      '\n',
      'null',
      '{"cell":"a"}',
      '1e999',
      '\uD800',
    ];
    const noise = fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary' })), { maxLength: 30 });
    fc.assert(
      fc.property(noise, (parts) => {
        const text = parts.join('');
        const { readings, rejections } = read(format, text);
        if (text.replaceAll(/[\uFEFF\s]/g, '') !== '' && !/^\W*(?:\[\W*\]|"readings"\W*:\W*\[\W*\])/.test(text)) {
          expect(readings.length + rejections.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 500 },
    );
  });
});
