// Figures as people read them.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clock, duration, listing, number, range, roughly, times } from '../../server/words/figures.ts';

test('an estimate carries two significant figures', () => {
  expect([1473.2, 146, 46.4, 3.46, 0.42, 0].map(roughly)).toEqual(['1,500', '150', '46', '3.5', '0.4', '0']);
});

describe('a number', () => {
  test.each([
    [0, '0'],
    [2.083, '2.1'],
    [99.27, '99.3'],
    [1824, '1,824'],
    [1_234_567, '1,234,567'],
    [-98.4, '−98.4'],
    [0.034, '0.03'],
    [0.0041, '0.004'],
    [-0.0001, '−0.0001'],
    [5, '5'],
  ])('%s reads %s', (value, text) => expect(number(value)).toBe(text));

  test('is never a false zero, and never carries a hyphen for a minus', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: -1e12, max: 1e12 }), (value) => {
        const text = number(value);
        expect(text).toMatch(/^−?[\d,]+(\.\d+)?$/);
        if (Math.abs(value) > 1e-9) expect(text).toMatch(/[1-9]/);
      }),
    );
  });
});

describe('a range', () => {
  test.each([
    [0.2, 0.5, '%', '0.2–0.5 %', '0.2–0.5 %'],
    [-112, -108, 'dBm', '−112 to −108 dBm', '−112 至 −108 dBm'],
    [18, 26, 'Mbit/s', '18–26 Mbit/s', '18–26 Mbit/s'],
    [0.501, 0.502, '%', '0.5 %', '0.5 %'],
  ])('%s to %s %s', (low, high, unit, en, zh) => {
    expect([range('en', low, high, unit), range('zh', low, high, unit)]).toEqual([en, zh]);
  });
});

describe('a span of time', () => {
  test.each([
    [40, '40 s', '40 秒'],
    [540, '9 min', '9 分钟'],
    [3600, '1 h', '1 小时'],
    [5400, '1.5 h', '1.5 小时'],
    [7200, '2 h', '2 小时'],
    [259_200, '3 d', '3 天'],
  ])('of %s seconds', (seconds, en, zh) => {
    expect([duration('en', seconds), duration('zh', seconds)]).toEqual([en, zh]);
  });

  test('at midnight begins with 00, not with 24', () => {
    expect(clock('en', 'UTC', Date.UTC(2026, 0, 1))).toBe('00:00');
  });
});

describe('a time', () => {
  const at = Date.UTC(2019, 2, 17, 13, 2);
  const read = (reader: number) => [clock('en', 'UTC', at, at, reader), clock('zh', 'UTC', at, at, reader)];

  test('stands alone on its day, with its date later, and with its year in another one', () => {
    expect(read(at + 3_600_000)).toEqual(['13:02', '13:02']);
    expect(read(at + 86_400_000)).toEqual(['Sun 17 Mar 13:02', '3 月 17 日 13:02']);
    expect(read(Date.UTC(2026, 0, 1))).toEqual(['Sun 17 Mar 2019 13:02', '2019 年 3 月 17 日 13:02']);
  });
});

test('a multiple is whole from three on', () =>
  expect([times(5.2), times(1.52), times(12.7)]).toEqual(['5', '1.5', '13']));

test('a list is joined as people do', () => {
  expect([listing('en', ['a', 'b', 'c']), listing('zh', ['甲', '乙', '丙']), listing('en', ['a'])]).toEqual([
    'a, b and c',
    '甲、乙和丙',
    'a',
  ]);
});
