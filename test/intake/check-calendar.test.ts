// Special days as planning departments write them: every way of writing is taken, and what is wrong is told with its place.

import { describe, expect, it } from 'vitest';
import { calendarFormat, detectFormat } from '../../server/collect/formats.ts';
import { checkCalendar, checkDay } from '../../server/intake/check-calendar.ts';

const read = (type: string, text: string, file?: string) =>
  checkCalendar(calendarFormat(type, text).parse(text, { zoneOffsetMinutes: 0, file }));
const csv = (text: string) => read('text/csv', text);

describe('a calendar', () => {
  it('is the same as CSV, as JSON and as NDJSON', () => {
    const days = [
      { date: '2026-10-01', type: 'holiday', name: 'National Day' },
      { date: '2026-10-10', type: 'workday' },
      { date: '2026-10-10', type: 'event', area: 'Old Harbour, west' },
    ];
    const table =
      'date,type,area,name\n2026-10-01,holiday,,National Day\n2026-10-10,workday,,\n2026-10-10,event,"Old Harbour, west",\n';
    const lines = days.map((day) => JSON.stringify(day)).join('\n');
    const answers = [
      csv(table),
      csv(`\uFEFF${table.replaceAll('\n', '\r\n')}`),
      read('application/json', JSON.stringify({ days })),
      read('application/json', JSON.stringify(days)),
      read('application/json', lines),
      read('application/x-ndjson', lines),
    ];
    for (const { days: found, accepted, rejections } of answers) {
      expect(found).toEqual(days);
      expect([accepted, rejections.total]).toEqual([3, 0]);
    }
  });

  it('is read with Chinese headings and words, in any order and with any delimiter', () => {
    const { days } = csv('名称;类型;日期\n国庆节;节假日;2026年10月1日\n;补班;2026/9/20\n球赛;活动;20261010\n');
    expect(days).toEqual([
      { date: '2026-10-01', type: 'holiday', name: '国庆节' },
      { date: '2026-09-20', type: 'workday' },
      { date: '2026-10-10', type: 'event', name: '球赛' },
    ]);
  });

  it.each([
    ['2026-02-30', 'holiday', 'bad-time', 'there is no such day'],
    ['2026-13-01', 'holiday', 'bad-time', 'there is no such day'],
    ['next Monday', 'holiday', 'bad-time', 'give a local day as 2026-10-01'],
    ['2026-10-01T00:00:00Z', 'holiday', 'bad-time', 'without a time'],
    ['1999-12-31', 'holiday', 'out-of-range', '2000 to 2100'],
    ['', 'holiday', 'missing-field', 'give "date"'],
    ['2026-10-01', '', 'missing-field', 'give "type", one of holiday, workday, event'],
    ['2026-10-01', 'party', 'wrong-type', '"type" is "party": give one of holiday, workday, event'],
  ])('refuses %s %s as %s', (date, type, reason, detail) => {
    const { days, rejections } = csv(`date,type\n2026-10-02,holiday\n${date},${type}\n2026-10-03,holiday\n`);
    expect(days.map((day) => day.date)).toEqual(['2026-10-02', '2026-10-03']);
    expect(rejections.kept).toEqual([expect.objectContaining({ reason, line: 3, index: 1 })]);
    expect(rejections.kept[0]!.detail).toContain(detail);
  });

  it.each([
    [{ date: '2026-10-01', type: 'holiday', area: { a: 1 } }, 'wrong-type', 'area'],
    [{ date: '2026-10-01', type: 'holiday', name: 'x'.repeat(201) }, 'too-long', 'name'],
    [{ date: '2026-10-01', type: 'holiday', area: 'a\u0000b' }, 'too-long', 'area'],
    [{ date: { year: 2026 }, type: 'holiday' }, 'bad-time', 'date'],
    [{ date: ['2026-10-01'], type: 'holiday' }, 'bad-time', 'date'],
    [{ date: '2026-10-01', type: ['holiday'] }, 'wrong-type', 'type'],
  ])('refuses %j', (record, reason, field) => {
    expect(checkDay(record)).toEqual(expect.objectContaining({ reason, field }));
  });

  it('says which of two days that contradict each other holds; the same day twice is no harm', () => {
    const { days, accepted, rejections } = csv(
      'date,type,area\n2026-10-01,holiday,\n2026-10-01,holiday,\n2026-10-01,event,Saltmarsh\n2026-10-01,workday,\n',
    );
    expect(days).toEqual([
      { date: '2026-10-01', type: 'event', area: 'Saltmarsh' },
      { date: '2026-10-01', type: 'workday' },
    ]);
    expect(accepted).toBe(2);
    expect(rejections.total).toBe(2);
    expect(rejections.kept[0]).toMatchObject({ reason: 'duplicate', line: 3, count: 2 });
    expect(rejections.kept[0]!.detail).toContain('comes again at line 5');
  });

  it('tells what the heading lacks, and goes on past a broken line of NDJSON', () => {
    expect(csv('day,kind\n2026-10-01,holiday\n').rejections.kept).toEqual([
      expect.objectContaining({
        reason: 'wrong-shape',
        line: 1,
        detail: expect.stringContaining('no column for type'),
      }),
    ]);
    const lines = '{"date":"2026-10-01","type":"holiday"}\n{"date":\n{"date":"2026-10-02","type":"holiday"}\n';
    const { days, rejections } = read('application/x-ndjson', lines);
    expect(days).toHaveLength(2);
    expect(rejections.kept).toEqual([expect.objectContaining({ reason: 'not-json', line: 2 })]);
  });

  it('keeps a bounded list of what it refuses, and counts all of it', () => {
    const { rejections } = csv(`date,type\n${'no day,holiday\n'.repeat(5000)}`);
    expect(rejections.total).toBe(5000);
    expect(rejections.kept.length).toBeLessThan(1100);
  });
});

describe('a file whose kind nobody named', () => {
  it.each([
    ['calendar-csv', 'date,type,area\n2026-10-01,holiday,\n'],
    ['calendar-csv', '日期,类型,区域\n2026-10-01,节假日,\n'],
    ['calendar-json', '{"days":[{"date":"2026-10-01","type":"holiday"}]}'],
    ['calendar-json', '[{"date":"2026-10-01","type":"holiday"}]'],
    ['calendar-ndjson', '{"date":"2026-10-01","type":"holiday"}\n{"date":"2026-10-02","type":"holiday"}\n'],
  ])('is a calendar as %s', (name, text) => {
    expect(detectFormat(text)).toMatchObject({ kind: 'calendar', format: { name } });
  });

  it.each([
    'date,type,cell,traffic_gb\n2026-10-01,LTE,A,1\n',
    'date,time,cell,drop_rate_pct\n2026-10-01,10:00,A,1\n',
    'id,site_id,radio,type\nA,S,LTE,macro\n',
    'subscriber,day,type\n1,2026-10-01,x\n',
  ])('is no calendar when it begins with %j', (text) => {
    expect(detectFormat(text)?.kind).not.toBe('calendar');
  });
});
