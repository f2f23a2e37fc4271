// Readings as CSV: what people and vendors export goes in as it is meant, and what cannot be told is refused with what to do.

import { describe, expect, it } from 'vitest';
import { localDays } from '../../server/maths/local-days.ts';
import { localOffset } from '../../server/maths/zone-offset.ts';
import { takenCsv } from './table-readings.ts';

const AT = '2026-03-17T21:45:00.000Z';

describe('a table of readings', () => {
  it('goes in with cell, end of period, length, KPIs and counters', async () => {
    const { readings, receipt } = await takenCsv(
      'cell,at,period_seconds,drop_rate_pct,ERAB.RelActNbr\nA,2026-03-17T21:45:00Z,300,0.4,17\nB,2026-03-17T21:45:00Z,,0.5,\n',
    );
    expect(receipt).toMatchObject({ accepted: 2, rejected: 0 });
    expect(readings).toEqual([
      {
        cell: 'A',
        at: AT,
        periodSeconds: 300,
        values: { drop_rate_pct: 0.4, 'ERAB.RelActNbr': 17, abnormal_releases: 17 },
      },
      { cell: 'B', at: AT, periodSeconds: 900, values: { drop_rate_pct: 0.5 } },
    ]);
  });

  it.each([
    ['semicolons and decimal commas', 'Cell;Time;Traffic (MB)\r\nA;17.03.2026 21:45;1.234,5\r\n'],
    ['tabs and thousands by spaces', 'Cell\tTime\tTraffic (MB)\nA\t2026/03/17 21:45\t1 234,5\n'],
    [
      'bars, a title and a byte order mark',
      '\uFEFFHourly report|\n\nCell|Time|Traffic (MB)\nA|2026-03-17 21:45|1234.5\n',
    ],
    ['quotes everywhere', '"Cell","Time","Traffic (MB)"\n"A","2026-03-17T21:45:00Z","1,234.5"\n'],
    ['a heading of two lines', 'CELL,time,"Traffic\n(MB)"\nA,20260317214500,1234.5\n'],
    ['a row of units', 'cell,at,Traffic\n,,MB\nA,1773783900,1234.5\n'],
    ['Chinese headings', '小区,结束时间,流量（MB）\nA,2026年3月17日 21:45,1234.5\n'],
    ['another unit', 'ECI,End Time,traffic_gb [kB]\nA,1773783900000,1234500\n'],
    ['old line breaks and a serial day', 'cell,time,traffic_mb\rA,46098.90625,1234.5\r'],
    ['noon and midnight', 'cell,timestamp,traffic_mb\nA,3/17/2026 9:45 PM,1234.5\n'],
    ['the day apart', 'date,time,cell name,traffic_mb\n17-Mar-2026,21:45:00,A,1234.5\n'],
    ['the begin of the period', 'cell,begin time,granularity (min),traffic_mb\nA,2026-03-17 21:30,15,1234.5\n'],
    ['begin and end', 'cell,start time,end time,traffic_mb\nA,2026-03-17 21:30,2026-03-17 21:45,1234.5\n'],
    ['the day apart, without hyphens', 'day,time,cell,traffic_mb\n20260317,21:45,A,1234.5\n'],
    ['the day apart, as a spreadsheet counts', 'day,time,cell,traffic_mb\n46098,0.90625,A,1234.5\n'],
    ['the day apart, in American', 'day,time,cell,traffic_mb\n3/17/2026,9:45 PM,A,1234.5\n'],
    ['one KPI a row', 'cell,at,kpi,value,unit\nA,2026-03-17T21:45:00Z,Traffic,1234.5,MB\n'],
    ['places and names beside', 'City,cell,lat,lon,at,traffic_mb\nCork,A,51.9,-8.3,2026-03-17 21:45,1234.5\n'],
  ])('is understood with %s', async (_, text) => {
    const { readings, rejections } = await takenCsv(text);
    expect(rejections).toEqual([]);
    expect(readings).toEqual([{ cell: 'A', at: AT, periodSeconds: 900, values: { traffic_gb: 1.2345 } }]);
  });

  it('takes times without an offset by the clocks of the network, summer and winter', async () => {
    const { localOffset } = await import('../../server/maths/zone-offset.ts');
    const zone = localOffset('Europe/Berlin');
    const rows = ['15.01.2026 12:00', '15.07.2026 12:00', '2026-07-15T12:00:00Z'];
    const { readings } = await takenCsv(`cell;at;drop_rate_pct\n${rows.map((at) => `A;${at};1`).join('\n')}\n`, zone);
    expect(readings.map(({ at }) => at.slice(0, 16))).toEqual([
      '2026-01-15T11:00',
      '2026-07-15T10:00',
      '2026-07-15T12:00',
    ]);
    const apart = await takenCsv('cell,date,time,drop_rate_pct\nA,2026-03-29,12:00,1\n', zone);
    expect(apart.readings[0]!.at).toBe('2026-03-29T10:00:00.000Z');
  });

  it('knows nothing of what was not measured', async () => {
    const rows = ['NaN', 'NA', '-', '', 'null', '#DIV/0!', 'N/A', 'NIL'].map(
      (value, i) => `C${i},2026-03-17 21:45,${value},1`,
    );
    const { readings, rejections } = await takenCsv(`cell,at,drop_rate_pct,active_users\n${rows.join('\n')}\n`);
    expect(rejections).toEqual([]);
    expect(readings.map(({ values }) => values)).toEqual(rows.map(() => ({ active_users: 1 })));
  });

  it('refuses a bad value with line, field and text, and keeps the rows beside it', async () => {
    const { readings, rejections } = await takenCsv(
      'cell,at,Drop rate (%)\nA,2026-03-17 21:45,0.4\nB,2026-03-17 21:45,much\nC,yesterday,0.4\nD,2026-03-17 21:45,140\n-,2026-03-17 21:45,1\nE,2026-03-17 21:45,1,2\nF,2026-03-17 21:45,0.4\n',
    );
    expect(readings.map(({ cell }) => cell)).toEqual(['A', 'F']);
    expect(rejections).toMatchObject([
      { reason: 'not-a-number', line: 3, field: 'drop_rate_pct', excerpt: 'B,2026-03-17 21:45,much' },
      { reason: 'bad-time', line: 4 },
      { reason: 'out-of-range', line: 5 },
      { reason: 'missing-field', line: 6, field: 'cell' },
      { reason: 'wrong-shape', line: 7 },
    ]);
  });

  it('converts a declared unit, and never guesses at fractions under per cent', async () => {
    const rows = Array.from({ length: 6 }, (_, i) => `C${i},2026-03-17 21:45,0.${i + 1},0.${i + 1}`).join('\n');
    const { readings, notes } = await takenCsv(`cell,at,Drop rate (%),Setup success [fraction]\n${rows}\n`);
    expect(readings[1]!.values).toEqual({ drop_rate_pct: 0.2, setup_success_pct: 20 });
    expect(notes.filter((note) => note.includes('fraction'))).toEqual([expect.stringContaining('"Drop rate (%)"')]);
  });

  it('refuses a column whose unit measures something else, and reads the others', async () => {
    const { readings, rejections } = await takenCsv(
      'cell,at,Drop rate (kbit/s),latency_us\nA,2026-03-17 21:45,1,1500\n',
    );
    expect(rejections).toMatchObject([{ reason: 'wrong-type', line: 1, field: 'drop_rate_pct' }]);
    expect(readings[0]!.values).toEqual({ latency_ms: 1.5 });
  });

  it('never makes one cell of the first cells of all sites', async () => {
    const rows = 'S1,1,Harbour 1,2026-03-17 21:45,1\nS2,1,Mill 1,2026-03-17 21:45,2\n';
    const cells = async (heading: string) => (await takenCsv(`${heading}\n${rows}`)).readings.map(({ cell }) => cell);
    expect(await cells('eNodeB ID,Cell ID,Cell name,at,active_users')).toEqual(['Harbour 1', 'Mill 1']);
    expect(await cells('eNodeB ID,Cell ID,City,at,active_users')).toEqual(['S1-1', 'S2-1']);
    expect(await cells('eNodeB ID,cell,City,at,active_users')).toEqual(['1']);
  });

  it('refuses a row of nothing but dashes that has no time, and does not take it for units', async () => {
    const { rejections } = await takenCsv('cell,at,drop_rate_pct\nA,soon,-\nB,2026-03-17 21:45,1\n');
    expect(rejections).toMatchObject([{ reason: 'bad-time', line: 2 }]);
  });

  it('refuses two columns of one KPI but for the first', async () => {
    const { readings, rejections } = await takenCsv('cell,at,drop_rate_pct,掉话率\nA,2026-03-17 21:45,1,2\n');
    expect(rejections).toMatchObject([{ reason: 'duplicate', field: 'drop_rate_pct' }]);
    expect(readings[0]!.values).toEqual({ drop_rate_pct: 1 });
  });
});

describe('days and months', () => {
  const table = (...days: string[]) => `cell,at,drop_rate_pct\n${days.map((day) => `A,${day} 10:00,1`).join('\n')}\n`;

  it('are told apart by the whole column', async () => {
    const { readings } = await takenCsv(table('3/4/2026', '3/25/2026'));
    expect(readings.map(({ at }) => at.slice(0, 10))).toEqual(['2026-03-04', '2026-03-25']);
    const other = await takenCsv(table('3/4/2026', '25/3/2026'));
    expect(other.readings.map(({ at }) => at.slice(0, 10))).toEqual(['2026-03-25', '2026-04-03']);
  });

  it('that nothing tells apart are refused once, with how to declare them, and taken when the heading declares them', async () => {
    const { readings, rejections } = await takenCsv(table('3/4/2026', '5/6/2026', '2026-01-02', '7/7/2026'));
    expect(rejections).toMatchObject([
      { reason: 'bad-time', line: 2, count: 2, detail: expect.stringContaining('d/m/yyyy') },
    ]);
    expect(readings.map(({ at }) => at.slice(0, 10))).toEqual(['2026-01-02', '2026-07-07']);
    const told = await takenCsv(table('3/4/2026').replace(',at,', ',at (m/d/yyyy),'));
    expect(told.readings[0]!.at).toBe('2026-03-04T10:00:00.000Z');
  });

  it('go on past midnight where begin and end stand under one date', async () => {
    const { readings } = await takenCsv(
      'date,start time,end time,cell,drop_rate_pct\n2026-03-17,23:45,00:00,A,1\n2026-03-17,00:00,00:15,A,1\n',
    );
    expect(readings.map(({ at, periodSeconds }) => [at.slice(0, 16), periodSeconds])).toEqual([
      ['2026-03-17T00:15', 900],
      ['2026-03-18T00:00', 900],
    ]);
  });

  it('without a time of day are the period that begins with them', async () => {
    const { readings, notes } = await takenCsv('cell,date,drop_rate_pct\nA,2026-03-17,1\n');
    expect(readings).toMatchObject([{ at: '2026-03-18T00:00:00.000Z', periodSeconds: 86_400 }]);
    expect(notes).toEqual([expect.stringContaining('1 row names a day'), expect.anything()].slice(0, notes.length));
  });

  describe('of a day where clocks change', () => {
    const midnights = (zone: string, days: string[], text: (day: string) => string, heading: string) => {
      const offset = localOffset(zone);
      let asked = 0;
      const counted = (localMs: number) => {
        asked++;
        return offset(localMs);
      };
      const inZone = localDays(zone);
      return takenCsv(`${heading}\n${days.map(text).join('\n')}\n`, counted).then(({ readings }) => ({
        asked,
        lengths: readings.map(({ periodSeconds }) => periodSeconds),
        ends: readings.map(({ at }) => Date.parse(at)),
        buckets: readings.map(
          ({ at }) => inZone.numberOf(Date.parse(at)) - inZone.numberOf(Date.parse(readings[0]!.at)),
        ),
      }));
    };

    it.each([
      ['Europe/Dublin', ['2026-03-28', '2026-03-29', '2026-03-30']],
      ['Europe/Dublin', ['2025-10-25', '2025-10-26', '2025-10-27']],
      ['Africa/Cairo', ['2025-04-24', '2025-04-25', '2025-04-26']],
      ['Atlantic/Azores', ['2025-10-25', '2025-10-26', '2025-10-27']],
      ['America/Havana', ['2025-11-01', '2025-11-02', '2025-11-03']],
      ['Asia/Shanghai', ['2026-03-28', '2026-03-29', '2026-03-30']],
    ])('in %s each lasts to the next midnight, and counts as one day', async (zone, days) => {
      const told = [
        midnights(zone, days, (day) => `A,${day},1`, 'cell,date,drop_rate_pct'),
        midnights(zone, days, (day) => `A,${day} 00:00,86400,1`, 'cell,start time,period_seconds,drop_rate_pct'),
      ];
      for (const { asked, lengths, buckets, ends } of await Promise.all(told)) {
        expect(lengths).toEqual([86_400, 86_400, 86_400]);
        expect(buckets).toEqual([0, 1, 2]);
        expect(ends.map((end) => localDays(zone).of(end).to)).toEqual(ends);
        expect(asked).toBe(3);
      }
    });

    it('that are told with begin and end are a day long, too', async () => {
      const { readings } = await takenCsv(
        'cell,begin time,end time,drop_rate_pct\nA,2026-03-29 00:00,2026-03-30 00:00,1\n',
        localOffset('Europe/Dublin'),
      );
      expect(readings).toMatchObject([{ at: '2026-03-29T23:00:00.000Z', periodSeconds: 86_400 }]);
    });
  });

  it('are missed where only a time of day is given: all rows are refused as one', async () => {
    const { rejections, receipt } = await takenCsv('Time,CellName,drop_rate_pct\n10:45,A,1\n9:45,B,1\n11:15,C,2\n');
    expect(receipt).toMatchObject({ accepted: 0, rejected: 3 });
    expect(rejections).toMatchObject([
      { reason: 'bad-time', line: 2, count: 3, detail: expect.stringContaining('without a date') },
    ]);
  });

  it.each(['1899-12-31 10:00', '31.12.1899 10:00', '2999-01-01 00:00', '1/30/2999 10:00'])(
    'of %s are refused as what they are',
    async (at) => {
      const { rejections } = await takenCsv(`cell,at,drop_rate_pct\nA,${at},1\n`);
      expect(rejections).toMatchObject([{ reason: at.includes('1899') ? 'ancient-time' : 'future-time', line: 2 }]);
    },
  );
});

describe('a comma or point before three digits', () => {
  const values = async (delimiter: string, ...texts: string[]) => {
    const rows = texts.map((text, i) => [`C${i}`, '2026-03-17 21:45', `"${text}"`].join(delimiter));
    const { readings, rejections } = await takenCsv(
      `${['cell', 'at', 'active_users'].join(delimiter)}\n${rows.join('\n')}\n`,
    );
    return [...readings.map((reading) => reading.values.active_users), ...rejections.map(({ reason }) => reason)];
  };

  it('is what the rest of its column says, else what the delimiter says', async () => {
    expect(await values(',', '1,234', '0.5')).toEqual([1234, 0.5]);
    expect(await values(',', '1.234', '0,5')).toEqual([1234, 0.5]);
    expect(await values(';', '1,234', '12,5')).toEqual([1.234, 12.5]);
    expect(await values(';', '1,234', '1,234,567')).toEqual([1234, 1_234_567]);
    expect(await values(';', '1,234')).toEqual([1.234]);
    expect(await values(',', '1,234')).toEqual([1234]);
    expect(await values(',', '1.234')).toEqual([1.234]);
  });

  it('is refused where the column writes both ways', async () => {
    expect(await values(',', '1,234', '0.5', '0,5')).toEqual([0.5, 0.5, 'not-a-number']);
  });
});

describe('a broken table', () => {
  it('loses the line of an open quote, and nothing else', async () => {
    const { readings, rejections } = await takenCsv(
      'cell,at,drop_rate_pct\nA,2026-03-17 21:45,1\n"B,2026-03-17 21:45,1\nC,2026-03-17 21:45,1\nD,"2026-03-17 21:45",1\nE,2026-03-17 21:45,1\n',
    );
    expect(rejections).toMatchObject([{ reason: 'wrong-shape', line: 3, excerpt: '"B,2026-03-17 21:45,1' }]);
    expect(readings.map(({ cell }) => cell)).toEqual(['A', 'C', 'D', 'E']);
  });

  it('with thousands of bad lines has each of them counted, and the good ones kept', async () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => (i % 2 ? `"C${i},1` : `C${i},2026-03-17 21:45,1`));
    const { receipt } = await takenCsv(`cell,at,drop_rate_pct\n${rows.join('\n')}\n`);
    expect([receipt.accepted, receipt.rejected]).toEqual([10_000, 10_000]);
  });

  it('loses a line that never ends, and the row within which the text ends', async () => {
    const { readings, rejections } = await takenCsv(
      `cell,at,drop_rate_pct\nA,2026-03-17 21:45,1\n${'B,'.repeat(1_000_000)}\nC,2026-03-17 21:45,1\nD,2026-03-17`,
    );
    expect(rejections).toMatchObject([
      { reason: 'too-long', line: 3 },
      { reason: 'wrong-shape', line: 5, detail: expect.stringContaining('cut off') },
    ]);
    expect(readings.map(({ cell }) => cell)).toEqual(['A', 'C']);
  });

  it.each([
    [
      '100,000 columns',
      `cell,at,${Array.from({ length: 100_000 }, (_, i) => `c${i}`).join(',')}\nA,2026-03-17,1\n`,
      'too-long',
    ],
    ['no cell', 'time,drop_rate_pct\n2026-03-17 21:45,1\n', 'missing-field'],
    ['no time', 'cell,drop_rate_pct\nA,1\n', 'missing-field'],
    ['no heading', 'A,2026-03-17 21:45,1\n', 'missing-field'],
    ['a megabyte of nothing', 'x'.repeat(1 << 20), 'missing-field'],
  ])('is refused as one with %s', async (_, text, reason) => {
    const { rejections, readings } = await takenCsv(text);
    expect(readings).toEqual([]);
    expect(rejections).toMatchObject([{ reason, line: 1 }]);
    expect(rejections[0]!.excerpt!.length).toBeLessThanOrEqual(200);
  });

  it('is sent to the doors of people, and nothing of it repeated, where it names persons under a title', async () => {
    const { rejections, readings } = await takenCsv(
      'Complaints\nsubscriber,at,category,cell\n353871234567,2026-03-17 21:45,slow,A\n',
    );
    expect(readings).toEqual([]);
    expect(rejections).toMatchObject([
      { reason: 'wrong-shape', detail: expect.stringContaining('/ingest/complaints') },
    ]);
    expect(JSON.stringify(rejections)).not.toContain('3538');
  });

  it('refuses the rows that are written with another delimiter, and leaves out headings in between', async () => {
    const { readings, rejections, notes } = await takenCsv(
      'cell,at,drop_rate_pct\nA,2026-03-17 21:45,1\nB;2026-03-17 21:45;1\ncell,at,drop_rate_pct\nC,2026-03-17 21:45,1\n',
    );
    expect(readings.map(({ cell }) => cell)).toEqual(['A', 'C']);
    expect(rejections).toMatchObject([{ line: 3 }]);
    expect(notes).toContainEqual(expect.stringContaining('the heading stands again'));
  });
});
