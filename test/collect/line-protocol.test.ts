// Line protocol: what InfluxDB's senders write becomes readings, and what is refused says where and why.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineProtocol, lineProtocolIn } from '../../server/collect/formats/line-protocol.ts';
import { detectFormat } from '../../server/collect/formats.ts';
import type { LinePrecision } from '../../server/model/line-protocol.ts';
import type { Rejection } from '../../server/model/rejection.ts';
import type { RawReading } from '../../server/model/sent.ts';
import { writeLines } from '../../server/storage/influx/lines.ts';
import { batchOf } from '../batch.ts';

const ARRIVED = Date.UTC(2026, 2, 17);
const AT = Date.UTC(2024, 0, 1, 0, 15);

/** However its values were read. */
function withObjects({ plain, ...reading }: RawReading): RawReading {
  if (!plain) return reading;
  const { kpis, counters } = plain.names;
  const objectOf = (names: readonly string[], from: number) =>
    names.length === 0 ? undefined : Object.fromEntries(names.map((name, i) => [name, plain.values[from + i]]));
  return { ...reading, kpis: objectOf(kpis, 0), counters: objectOf(counters, kpis.length), suspect: false };
}

function read(text: string, precision?: LinePrecision) {
  const format = precision ? lineProtocolIn(precision) : lineProtocol;
  const readings: RawReading[] = [];
  const rejections: Rejection[] = [];
  for (const one of format.parse(text, { zoneOffsetMinutes: () => 0, arrivedAt: ARRIVED })) {
    if (one.kind === 'reading') readings.push(withObjects(one.reading));
    else rejections.push(one.rejection);
  }
  return { readings, rejections };
}

const only = (text: string, precision?: LinePrecision) => {
  const { readings, rejections } = read(text, precision);
  expect(rejections).toEqual([]);
  expect(readings).toHaveLength(1);
  return readings[0]!;
};

describe('a line', () => {
  it('of every kind of number is a reading', () => {
    expect(only(`cell_kpi,cell=A,period=900 a=1,b=2i,c=3u,d=-4.5e-1,e=true,f=F,g=.5,h=1. ${AT}000000`)).toMatchObject({
      cell: 'A',
      at: AT,
      periodSeconds: 900,
      kpis: { a: 1, b: 2, c: 3, d: -0.45, e: 1, f: 0, g: 0.5, h: 1 },
      suspect: false,
      where: { line: 1 },
    });
  });

  it('may escape spaces, commas and equals signs in names, and hold anything in a name between', () => {
    const one = only(
      'cell_kpi,cell=Old\\ Harbour\\,\\ 1\\=2,host=é"x drop\\ rate\\,a\\=b=1,a\\b=2,"q"=3 1704068100000000000',
    );
    expect(one).toMatchObject({
      cell: 'Old Harbour, 1=2',
      sender: 'é"x',
      kpis: { 'drop rate,a=b': 1, 'a\\b': 2, '"q"': 3 },
    });
  });

  it('counts its time in the precision that was told, else by its size', () => {
    for (const [text, precision] of [
      ['1704068100000000000', 'ns'],
      ['1704068100000000', 'us'],
      ['1704068100000', 'ms'],
      ['1704068100', 's'],
      ['28401135', 'm'],
    ] as const) {
      expect(only(`cell_kpi,cell=A x=1 ${text}`, precision).at).toBe(AT);
      if (precision !== 'm') expect(only(`cell_kpi,cell=A x=1 ${text}`).at).toBe(AT);
    }
  });

  it('without a time was measured when it arrived', () => {
    expect(only('cell_kpi,cell=A x=1').at).toBe(ARRIVED);
  });

  it('without a time is refused where nobody knows when it was measured', () => {
    const [one] = lineProtocol.parse('cell_kpi,cell=A x=1', { zoneOffsetMinutes: () => 0 });
    expect(one).toMatchObject({ kind: 'rejection', rejection: { reason: 'missing-field', field: 'at', line: 1 } });
  });

  it('before 2000 or in the wrong precision is refused with a hint at the precision', () => {
    const { readings, rejections } = read(
      'cell_kpi,cell=A x=1 -5\ncell_kpi,cell=A x=1 1704068100\ncell_kpi,cell=A x=1 1x',
      'ns',
    );
    expect(readings).toEqual([]);
    expect(rejections.map(({ reason, line }) => [reason, line])).toEqual([
      ['ancient-time', 1],
      ['ancient-time', 2],
      ['bad-time', 3],
    ]);
    expect(rejections[1]!.detail).toContain('precision');
  });

  it('names its sender by the tag source, else host', () => {
    expect(only('cell_kpi,cell=A,host=h x=1').sender).toBe('h');
    expect(only('cell_kpi,cell=A,host=h,source=s x=1').sender).toBe('s');
  });

  it('may give its period as a tag, as a duration, or as a field', () => {
    expect(only('cell_kpi,cell=A,period=PT15M x=1').periodSeconds).toBe(900);
    expect(only('cell_kpi,cell=A x=1,period=300i').periodSeconds).toBe(300);
  });

  it('with suspect=true is doubted by its sender', () => {
    expect(only('cell_kpi,cell=A x=1,suspect=true').suspect).toBe(true);
    expect(only('cell_kpi,cell=A x=1,suspect=false').suspect).toBe(false);
  });
});

describe('what is no reading', () => {
  it('is passed over where it is blank or a comment, with any line breaks', () => {
    expect(
      read('\uFEFF\r\n# note "x\r\n  \n\ncell_kpi,cell=A x=1\r\n').readings.map(({ where }) => where.line),
    ).toEqual([5]);
  });

  it('is counted once for each measurement that is none of ours', () => {
    const text = 'cpu,host=a usage=1 1\nmem used=2i 1\ncpu,host=b usage=3 1\ncell_kpi,cell=A x=1';
    const { readings, rejections } = read(text);
    expect(readings).toHaveLength(1);
    expect(rejections.map(({ reason, field, line, count }) => [reason, field, line, count])).toEqual([
      ['not-a-cell', 'cpu', 1, 2],
      ['not-a-cell', 'mem', 2, 1],
    ]);
  });

  it('is refused by itself where a field holds text, and counted by field', () => {
    const text =
      'cell_kpi,cell=A x=1,note="a, \\"b\\" c=d e"\ncell_kpi,cell=B note="z",x=2,y=abc\ncell_kpi,cell=C note="only"';
    const { readings, rejections } = read(text);
    expect(readings.map(({ cell, kpis }) => [cell, kpis])).toEqual([
      ['A', { x: 1 }],
      ['B', { x: 2 }],
    ]);
    expect(rejections.map(({ field, count, line }) => [field, count, line])).toEqual([
      ['note', 3, 1],
      ['y', 1, 2],
    ]);
  });

  it('is refused with its line where the line is broken, and the good ones beside it are kept', () => {
    const broken = [
      'cell_kpi,cell=A',
      ',cell=A x=1',
      'cell_kpi,cell x=1',
      'cell_kpi,cell=A x',
      'cell_kpi,cell=A x="open',
      'cell_kpi,cell=A x=1,,y=2',
      'cell_kpi,cell=A x="a"b 1',
    ];
    const text = broken.flatMap((line, i) => [line, `cell_kpi,cell=good-${i} x=1`]).join('\n');
    const { readings, rejections } = read(text);
    expect(readings.map(({ cell }) => cell)).toEqual(broken.map((_, i) => `good-${i}`));
    expect(rejections.map(({ line }) => line)).toEqual(broken.map((_, i) => 2 * i + 1));
    for (const { detail, excerpt } of rejections)
      expect([detail.length > 10, excerpt!.length > 3]).toEqual([true, true]);
  });
});

describe('a string', () => {
  it('may hold line breaks, and what looks like a reading inside it is none', () => {
    const text = 'syslog message="first\ncell_kpi,cell=forged x=1\nlast",n=1 1\ncell_kpi,cell=A x=1';
    const { readings, rejections } = read(text);
    expect(readings.map(({ cell, where }) => [cell, where.line])).toEqual([['A', 4]]);
    expect(rejections).toMatchObject([{ field: 'syslog', count: 1 }]);
  });

  it('that is never closed costs no more than its line, however many there are', () => {
    const started = performance.now();
    const { readings, rejections } = read(
      Array.from({ length: 50_000 }, (_, i) => `cell_kpi,cell=${i} x=1,s="\\"\\"`).join('\n'),
    );
    expect(readings.length + rejections.reduce((sum, { count = 1 }) => sum + count, 0)).toBe(50_000);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describe('any text', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      'cell_kpi,cell=A',
      'cell_kpi',
      ',',
      ' ',
      '=',
      '"',
      '\\',
      '\n',
      '\r\n',
      '#',
      'x=1',
      'period=',
      '1i',
      '1e999',
      'cpu',
      'suspect=',
      'true',
      '__proto__=1',
    ),
    fc.string({ unit: 'binary', maxLength: 8 }),
  );

  it('is read without an error, and every line of it is a reading, counted, blank or a comment', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const { readings, rejections } = read(pieces.join(''));
        for (const { kpis, counters } of readings) {
          for (const value of Object.values({ ...(kpis as object), ...(counters as object) }))
            expect(Number.isFinite(value)).toBe(true);
        }
        for (const { detail, reason } of rejections) expect(detail && reason).toBeTruthy();
      }),
      { numRuns: 2000 },
    );
  });

  it('of a megabyte in one line is refused with a short piece of it', () => {
    const { rejections } = read(`cell_kpi,cell=${'a'.repeat(1 << 20)}`);
    expect(rejections[0]!.excerpt!.length).toBeLessThanOrEqual(200);
    expect(rejections[0]!.detail.length).toBeLessThan(300);
  });
});

describe('what our own store writes', () => {
  const name = fc.string({ unit: 'binary', minLength: 1, maxLength: 12 });
  const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((one) => one + 0);
  const values = fc.dictionary(name, number, { minKeys: 1, maxKeys: 5 });

  it('is read back equal: cell, time, period, doubt, KPIs and counters', () => {
    const reading = fc.record({
      cell: name,
      at: fc.integer({ min: Date.UTC(2000, 0, 1), max: 4e12 }),
      periodSeconds: fc.constantFrom(60, 900, 3600),
      kpis: values,
      counters: values,
      suspect: fc.boolean(),
    });
    fc.assert(
      fc.property(reading, (one) => {
        const lines: string[] = [];
        writeLines(batchOf([one]), (_, line) => lines.push(line));
        const back = only(lines[0]!, 'ms');
        expect({ cell: back.cell, at: back.at, periodSeconds: back.periodSeconds, suspect: back.suspect }).toEqual({
          cell: one.cell,
          at: one.at,
          periodSeconds: one.periodSeconds,
          suspect: one.suspect,
        });
        expect(Object.entries(back.kpis as object).sort()).toEqual(Object.entries(one.kpis).sort());
        expect(Object.entries(back.counters as object).sort()).toEqual(Object.entries(one.counters).sort());
      }),
      { numRuns: 500 },
    );
  });
});

describe('lines that name the same', () => {
  const number = fc.oneof(
    fc.constantFrom(
      '1i',
      '2u',
      '0',
      '-0',
      '.5',
      '7.',
      '1e3',
      '-12.5',
      '123456789012345',
      '1234567890123456',
      'true',
      '1.5i',
      'x',
      '"s"',
      '',
    ),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  );
  const line = fc.tuple(
    fc.constantFrom('a=#,b=#', 'b=#,a=#', 'a=#', 'c:a=#,a\\ b=#', 'a=#,a=#', 'a=#,suspect=true'),
    number,
    number,
    fc.constantFrom(' 1704068100', '', ' 1704068100 ', ',', 'x'),
  );

  it('are read as each would be alone, in any order', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        const texts = lines.map(
          ([fields, x, y, end]) => `cell_kpi,cell=A ${fields.replace('#', x).replace('#', y)}${end}`,
        );
        const together = read(texts.join('\n'));
        const alone = texts.map((text) => read(text));
        const bare = ({ kpis, counters, at, suspect }: RawReading) => ({ kpis, counters, at, suspect });
        expect(together.readings.map(bare)).toEqual(alone.flatMap(({ readings }) => readings.map(bare)));
        const count = (rejections: Rejection[]) => rejections.reduce((sum, one) => sum + (one.count ?? 1), 0);
        expect(count(together.rejections)).toBe(alone.reduce((sum, { rejections }) => sum + count(rejections), 0));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a file', () => {
  it('is known by its content, comments before it or not', () => {
    for (const text of ['cell_kpi,cell=A x=1 1', '# export\n\ncell_kpi,cell=A x=1', 'cpu x=1\ncell_kpi,cell=A x=1']) {
      expect(detectFormat(text)).toMatchObject({ kind: 'readings', format: { name: 'line-protocol' } });
    }
    expect(detectFormat('cell_kpis,x\n1,2')).not.toMatchObject({ format: { name: 'line-protocol' } });
  });
});
