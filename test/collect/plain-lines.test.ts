// NDJSON read without building objects: whatever a sender writes, the same readings as by the parser of JSON.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readingsNdjson } from '../../server/collect/formats/readings-ndjson.ts';
import { readingRecord } from '../../server/collect/reading-record.ts';
import type { Parsed, RawReading } from '../../server/model/sent.ts';

const read = (text: string): Parsed[] => [...readingsNdjson.parse(text, { zoneOffsetMinutes: 0 })];

function readingsOf(text: string): RawReading[] {
  return read(text).flatMap((one) => (one.kind === 'reading' ? [one.reading] : []));
}

/** A reading as objects, whichever way it was read. */
function asObjects({ plain, ...reading }: RawReading) {
  if (!plain) return { ...reading, kpis: reading.kpis ?? {}, counters: reading.counters ?? {} };
  const { kpis, counters } = plain.names;
  const objectOf = (names: readonly string[], from: number) =>
    Object.fromEntries(names.map((name, i) => [name, plain.values[from + i]!]));
  return { ...reading, kpis: objectOf(kpis, 0), counters: objectOf(counters, kpis.length) };
}

/** NaN is how a plain reading says null. */
const nullAsNaN = (values: unknown) =>
  Object.fromEntries(Object.entries((values ?? {}) as object).map(([name, value]) => [name, value ?? Number.NaN]));

function byParser(line: string, index: number) {
  const parsed = readingRecord(JSON.parse(line), { index, line: index + 1, file: undefined });
  if (parsed.kind !== 'reading') throw new Error('no reading');
  const { kpis, counters, ...rest } = parsed.reading;
  return { ...rest, kpis: nullAsNaN(kpis), counters: nullAsNaN(counters) };
}

const LINE = '{"cell":"pier-1","at":1773755100000,"periodSeconds":900,"kpis":{"drop_rate_pct":0.4,"rsrp_dbm":-95}}';

describe('lines that are written like an earlier one', () => {
  it('are read without the parser, blanks and CRLF as the sender has them', () => {
    const lines = [0.1, 0.25, 12.75].map((rate) => LINE.replace('0.4', String(rate)).replace(/,"/g, ' , "'));
    const readings = readingsOf(lines.join('\r\n'));
    expect(readings.map(({ plain }) => plain?.values)).toEqual([undefined, [0.25, -95], [12.75, -95]]);
    expect(readings.map(({ where }) => where.line)).toEqual([1, 2, 3]);
  });

  it('share the names of their values, so that these are looked up once', () => {
    const [, second, third] = readingsOf([LINE, LINE, LINE].join('\n'));
    expect(second!.plain!.names).toBe(third!.plain!.names);
    expect(second!.plain!.names).toEqual({ kpis: ['drop_rate_pct', 'rsrp_dbm'], counters: [] });
  });

  it('come as one kind a technology, in turns', () => {
    const other =
      '{"at":"2026-03-17T21:45:00Z","cell":"pier-2","counters":{"RRC.ConnEstabAtt":12,"RRC.ConnEstabSucc":null}}';
    const readings = readingsOf([LINE, other, LINE, other, LINE].join('\n'));
    expect(readings.map(({ plain }) => plain !== undefined)).toEqual([false, false, true, true, true]);
    expect(readings[3]).toMatchObject({
      cell: 'pier-2',
      at: '2026-03-17T21:45:00Z',
      plain: { values: [12, Number.NaN] },
    });
  });

  it.each([
    ['a number of more digits than a double holds', '0.12345678901234567'],
    ['an exponent', '4e-1'],
    ['a text', '"0.4"'],
    ['true', 'true'],
  ])('are left to the parser when one holds %s', (_, value) => {
    const [, second] = readingsOf([LINE, LINE.replace('0.4', value)].join('\n'));
    expect(second!.plain).toBeUndefined();
    expect(second!.kpis).toEqual({ drop_rate_pct: JSON.parse(value), rsrp_dbm: -95 });
  });

  it.each(['00.4', '.4', '0.', '-', '+1', '0x4', '4 4', ''])(
    'are refused for %j, which is no number in JSON',
    (value) => {
      expect(read([LINE, LINE.replace('0.4', value)].join('\n'))[1]).toMatchObject({ kind: 'rejection' });
    },
  );

  it('are the same readings as by the parser, whatever is written', () => {
    const number = fc.oneof(
      fc.integer({ min: -1_000_000, max: 1_000_000 }).map((n) => n / 1000),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer(),
      fc.constant(null),
    );
    const name = fc.constantFrom('drop_rate_pct', 'rsrp_dbm', 'L.Traffic', 'a b', 'ü', '__proto__', '"', '1');
    const record = fc.record(
      {
        cell: fc.oneof(fc.string(), fc.constantFrom('pier-1', 'mole\\2', '小区"3')),
        at: fc.oneof(fc.integer({ min: 0 }), fc.constant('2026-03-17T21:45:00+08:00')),
        periodSeconds: fc.constantFrom(900, 300),
        period_seconds: fc.constantFrom(60, 'PT15M'),
        kpis: fc.dictionary(name, number, { maxKeys: 4 }),
        counters: fc.dictionary(name, number, { maxKeys: 2 }),
        suspect: fc.boolean(),
      },
      { requiredKeys: ['cell'] },
    );
    // Each twice or more, so that the second one meets a template.
    const lines = fc
      .array(record, { minLength: 1, maxLength: 4 })
      .map((some) => [...some, ...some, ...some].map((one) => JSON.stringify(one)));
    fc.assert(
      fc.property(lines, (all) => {
        expect(readingsOf(all.join('\n')).map(withoutProto)).toEqual(all.map(byParser).map(withoutProto));
      }),
      { numRuns: 500 },
    );
    function withoutProto<T extends { kpis?: unknown; counters?: unknown }>(one: T) {
      const { kpis, counters, ...rest } = 'plain' in one ? asObjects(one as unknown as RawReading) : one;
      return { ...rest, kpis: nullAsNaN(kpis), counters: nullAsNaN(counters) };
    }
  });
});
