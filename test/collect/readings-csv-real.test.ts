// The real tables of CELLSTAR_SAMPLES, each with the mapping file that it needs, checked against a second reading of the same bytes.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { archiveMembers } from '../../server/collect/archive.ts';
import { readingsJson } from '../../server/collect/formats/readings-json.ts';
import { detectFormat } from '../../server/collect/formats.ts';
import { mapTable } from '../../server/collect/mapped-table.ts';
import { readMapping } from '../../server/collect/mapping.ts';
import { keptOf, takenCsv } from './table-readings.ts';

/** Folder of real files; without it these tests are left out, and the runner says so. */
const samples = process.env.CELLSTAR_SAMPLES;
const file = (name: string) => join(samples!, 'kpi', name);

async function takenBy(mapping: object, text: string) {
  const { documents, rejections, notes } = mapTable(text, readMapping(JSON.stringify(mapping)));
  const parsed = documents.flatMap((document) => [...readingsJson.parse(document.text, { zoneOffsetMinutes: 0 })]);
  return { ...(await keptOf(parsed)), leftOut: rejections, notes };
}

describe.skipIf(!samples)('the weekly table of one site', () => {
  const MAPPING = {
    kind: 'readings',
    columns: {
      cell: 'SITE',
      at: 'Time',
      prb_util_pct: '4G_PRB_Util_Rate_PDSCH_Avg_IR(#)',
      traffic_gb: '4G_PAYLOAD_TOTAL_MBYTE_IR(MB)',
      availability_pct: '4G_CELL_AVAIL_IR(%)',
      active_users: '4G_Users_RRC_Connected_Avg_IR',
    },
    units: { prb_util_pct: '%' },
    constants: { periodSeconds: 604_800 },
    timeOf: 'start',
  };

  it('goes in whole under its title, with months before days and thousands apart', async () => {
    const text = readFileSync(file('weekly_prb.csv'), 'utf8');
    const { readings, receipt, leftOut } = await takenBy(MAPPING, text);
    const rows = text
      .trim()
      .split(/\r?\n/)
      .slice(2)
      .map((line) => line.replace(/"([^"]*)"/g, (_, quoted: string) => quoted.replaceAll(',', '')).split(','));
    expect([receipt.accepted, receipt.rejected, leftOut]).toEqual([rows.length, 0, []]);
    const expected = rows.map((fields) => {
      const [month, day, year] = fields[0]!.split('/').map(Number) as [number, number, number];
      const [prb, mb, availability, users] = fields.slice(5).map(Number) as [number, number, number, number];
      const values = { prb_util_pct: prb, traffic_gb: mb / 1000, availability_pct: availability, active_users: users };
      return {
        cell: fields[1],
        at: new Date(Date.UTC(year, month - 1, day + 7)).toISOString(),
        periodSeconds: 604_800,
        values,
      };
    });
    expect(readings).toEqual(expected.sort((a, b) => (a.at < b.at ? -1 : 1)));
  });

  it('is refused without a mapping file, since no column of it names a cell', async () => {
    const { receipt, rejections } = await takenCsv(readFileSync(file('weekly_prb.csv'), 'utf8'));
    expect(receipt.accepted).toBe(0);
    expect(rejections).toMatchObject([{ reason: 'missing-field', detail: expect.stringContaining('mapping file') }]);
  });
});

describe.skipIf(!samples)('the hourly drop rate of a network, a sheet a year', () => {
  const MAPPING = {
    kind: 'readings',
    columns: { at: 'DT', drop_rate_pct: 'E_RAB_DR' },
    units: { drop_rate_pct: '%' },
    constants: { cell: 'network', periodSeconds: 3600 },
    timeOf: 'start',
  };

  it('goes in sheet by sheet, every hour in its place, and the hours without a value are refused as such', async () => {
    const path = file('lte-network-hourly/E_RAB_DR_LTE.xlsx');
    const rows: Record<string, number> = {};
    let sheet = 0;
    for await (const { name, bytes } of archiveMembers('book.xlsx', path, 'xlsx')) {
      const { readings, receipt, leftOut, rejections } = await takenBy(MAPPING, Buffer.from(bytes).toString());
      const second = await byPatterns(path, ++sheet);
      const kept = second.filter(([, value]) => value !== undefined);
      expect([leftOut, receipt.accepted, receipt.rejected]).toEqual([[], kept.length, second.length - kept.length]);
      expect(new Set(rejections.map(({ reason }) => reason)).size).toBeLessThanOrEqual(1);
      const values = new Map(kept.map(([at, value]) => [at, value]));
      expect(readings.map(({ at, values: { drop_rate_pct: value } }) => [at, value])).toEqual([...values].sort());
      rows[name] = second.length;
    }
    const sizes = { 2016: 8761, 2017: 8751, 2018: 8663, 2019: 8773 };
    expect(rows).toEqual(
      Object.fromEntries(Object.entries(sizes).map(([year, size]) => [`book.xlsx/${year}.csv`, size])),
    );
  });

  /** END of each hour and its value, from the sheet's XML by plain patterns. */
  async function byPatterns(path: string, sheet: number): Promise<[string, number | undefined][]> {
    let xml = '';
    for await (const { name, bytes } of archiveMembers('', path, 'zip'))
      if (name === `/xl/worksheets/sheet${sheet}.xml`) xml = Buffer.from(bytes).toString();
    const rows = [...xml.matchAll(/<row r="\d+"[^>]*>(.*?)<\/row>/g)].slice(1);
    return rows.map(([, row = '']) => {
      const of = (column: string) => new RegExp(`<c r="${column}\\d+"[^>]*><v>([^<]*)`).exec(row)?.[1];
      const hour = Math.round((Number(of('A')) - 25_569) * 24) + 1;
      return [new Date(hour * 3_600_000).toISOString(), of('B') === undefined ? undefined : Number(of('B'))];
    });
  }
});

describe.skipIf(!samples)('the table of cells without dates', () => {
  it('is known as readings, and all of it refused as one: its times belong to no day', async () => {
    const text = readFileSync(file('ml-matt_train_first8000.csv'), 'utf8');
    expect(detectFormat(text)?.format.name).toBe('readings-csv');
    const { receipt, rejections } = await takenCsv(text);
    expect(receipt).toMatchObject({ accepted: 0, rejected: 8000 });
    expect(rejections).toMatchObject([
      { reason: 'bad-time', line: 2, count: 8000, detail: expect.stringContaining('without a date') },
    ]);
  });
});

describe.skipIf(!samples)('real tables of another kind', () => {
  it.each([
    'cells/opencellid-lesotho/LesothoCellTowersData.csv',
    'cells/arcep_2018_L93_first5000.csv',
    'cells/paris_antennes_clean.csv',
    'coverage/gnettrack-senegal/raw_logs/Orange_log.txt',
    'coverage/gnettrack-senegal/raw_logs/Orange_log_events.txt',
    'customers/cell2cell_first5000.csv',
    'customers/trai-mycall/MyCall_Data_September_2019.csv',
    'nab/data/realTweets/Twitter_volume_AAPL.csv',
  ])('are not taken for readings: %s', (name) => {
    expect(detectFormat(readFileSync(join(samples!, name), 'utf8'))?.kind).not.toBe('readings');
  });
});
