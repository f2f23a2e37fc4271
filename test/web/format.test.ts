// Numbers, ranges and times are written as people write them, in both languages.

import { describe, expect, it } from 'vitest';
import { en } from '../../web/text/en.ts';
import {
  formatDay,
  formatDuration,
  formatExactDuration,
  formatKpi,
  formatNumber,
  formatPercent,
  formatRange,
  formatTime,
  formatWhen,
  formatZone,
  unbroken,
  zoneOffsetMinutes,
} from '../../web/text/format.ts';
import { zh } from '../../web/text/zh.ts';

const AT = Date.parse('2026-03-17T13:45:00.000Z');
const MINUTE = 60_000;

describe('numbers', () => {
  it('carry commas, a true minus, and never a minus before zero', () => {
    expect(formatNumber(1284)).toBe('1,284');
    expect(formatNumber(-98)).toBe('−98');
    expect(formatNumber(-0.2)).toBe('0');
  });

  it('of a KPI carry its unit and say when nothing was measured', () => {
    expect(formatKpi('drop_rate_pct', 2.08)).toBe('2.1\u00a0%');
    expect(formatKpi('ul_interference_dbm', -98)).toBe('−98\u00a0dBm');
    expect(formatKpi('drop_rate_pct', null)).toBe('—');
    expect(formatKpi('drop_rate_pct', 0)).toBe('0\u00a0%');
  });

  it('that form a range stand with an en dash, or with a word when one is negative', () => {
    expect(formatRange('drop_rate_pct', 0.2, 0.5, 'en')).toBe('0.2–0.5');
    expect(formatRange('ul_interference_dbm', -112, -108, 'en')).toBe('−112 to −108');
    expect(formatRange('ul_interference_dbm', -112, -108, 'zh')).toBe('−112 至 −108');
    expect(formatRange('availability_pct', 100, 100, 'en')).toBe('100');
  });
});

describe('a figure and its unit', () => {
  it('stay together at the end of a line, in what the page writes and in sentences of the server', () => {
    expect(formatPercent(0.974)).toBe('97\u00a0%');
    expect(formatPercent(0.0123, 1)).toBe('1.2\u00a0%');
    expect(unbroken('Ferry Hill 1: too hot about 15:45, 97 %')).toBe('Ferry Hill 1: too hot about 15:45, 97\u00a0%');
    expect(unbroken('3 periods in a row (45 min), 8 °C above; 4 more cells')).toBe(
      '3 periods in a row (45\u00a0min), 8\u00a0°C above; 4 more cells',
    );
    expect(unbroken('最近 45 分钟，3 个小区')).toBe('最近 45\u00a0分钟，3 个小区');
    expect(unbroken('站点 3 小时内恢复')).toBe('站点 3\u00a0小时内恢复');
  });
});

describe('durations', () => {
  it('use the largest unit that fits', () => {
    expect(formatDuration(8_000, en)).toBe('8\u00a0s');
    expect(formatDuration(9 * MINUTE, en)).toBe('9\u00a0min');
    expect(formatDuration(119 * MINUTE, en)).toBe('1\u00a0h');
    expect(formatDuration(3 * 24 * 60 * MINUTE, en)).toBe('3\u00a0d');
    expect(formatDuration(9 * MINUTE, zh)).toBe('9\u00a0分');
  });

  it('are told to the second where seconds count', () => {
    expect(formatExactDuration(4 * MINUTE + 12_000, en)).toBe('4\u00a0min 12\u00a0s');
    expect(formatExactDuration(2 * MINUTE, zh)).toBe('2\u00a0分');
  });

  it('never run backwards', () => {
    expect(formatDuration(-5_000, en)).toBe('0\u00a0s');
  });
});

describe('times', () => {
  it('stand in the zone of the network, on a 24-hour clock', () => {
    expect(formatTime(AT, 'Asia/Shanghai')).toBe('21:45');
    expect(formatTime(AT, 'UTC')).toBe('13:45');
    expect(formatTime(Date.parse('2026-03-17T16:00:00.000Z'), 'Asia/Shanghai')).toBe('00:00');
  });

  it('name the day in the reader’s language', () => {
    expect(formatDay(AT, 'Asia/Shanghai', 'en')).toBe('Tue 17 Mar');
    expect(formatDay(AT, 'Asia/Shanghai', 'zh')).toMatch(/3月17日.*周二/);
  });

  it('name the day only when it is another one, and the year only when it is another one', () => {
    expect(formatWhen(AT, 'UTC', 'en', AT + 60 * MINUTE)).toBe('13:45');
    expect(formatWhen(AT, 'UTC', 'en', AT + 24 * 60 * MINUTE)).toBe('Tue 17 Mar 13:45');
    expect(formatWhen(AT, 'UTC', 'en', AT + 400 * 24 * 60 * MINUTE)).toBe('Tue 17 Mar 2026 13:45');
  });

  it('say how far the zone is from UTC, halves of hours and summer time included', () => {
    expect(formatZone('Asia/Shanghai', AT)).toBe('UTC+8');
    expect(formatZone('UTC', AT)).toBe('UTC');
    expect(formatZone('Asia/Kolkata', AT)).toBe('UTC+5:30');
    expect(formatZone('America/St_Johns', AT)).toBe('UTC−2:30');
    expect(zoneOffsetMinutes('Europe/Berlin', Date.parse('2026-07-01T00:00:00Z'))).toBe(120);
    expect(zoneOffsetMinutes('Europe/Berlin', Date.parse('2026-01-01T00:00:00Z'))).toBe(60);
  });
});
