// Foreign tables by a mapping file: what becomes of their columns, what is left out, and what is wrong with a mapping.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { peopleJson } from '../../server/collect/formats/people-json.ts';
import { mapTable } from '../../server/collect/mapped-table.ts';
import { readMapping } from '../../server/collect/mapping.ts';
import { acceptPeople } from '../../server/intake/people.ts';
import { pseudonyms } from '../../server/intake/pseudonym.ts';
import type { PeopleKind } from '../../server/model/person.ts';

const samples = process.env.CELLSTAR_SAMPLES;

const mappingOf = (mapping: object) => readMapping(JSON.stringify(mapping, null, 2));

/** All records of a table, as the doors get them. */
function recordsOf(table: string, mapping: object) {
  const { documents, rejections } = mapTable(table, mappingOf(mapping));
  const records = documents.flatMap(({ text }) => Object.values(JSON.parse(text) as Record<string, unknown[]>)[0]!);
  return { records, rejections, lines: documents.flatMap(({ lines }) => lines) };
}

describe('a mapping file', () => {
  it('takes columns, sums, constants and words of a table to our own, and leaves out what was not measured', () => {
    const table = 'Kunde;Monate;Ein;Aus;Weg;Tarif\n17;12;3,5;4;ja;M\n\n18;-1;2;NA;nein;S\n';
    const { records, lines } = recordsOf(table.replaceAll(',', '.'), {
      kind: 'subscribers',
      columns: { subscriber: 'kunde', tenure_months: 'Monate', left: 'Weg', plan: 'Tarif' },
      compute: { calls: ['Ein', 'Aus'] },
      constants: { month: '2026-03' },
      values: { left: { ja: true, nein: false } },
      notMeasured: { tenure_months: ['-1'] },
    });
    expect(records).toEqual([
      { subscriber: '17', tenure_months: '12', left: true, plan: 'M', calls: 7.5, month: '2026-03' },
      { subscriber: '18', left: false, plan: 'S', month: '2026-03' },
    ]);
    expect(lines).toEqual([2, 4]);
  });

  it('makes each row a person of its own where the table names none, and counts exact doubles', () => {
    const table = 'Stars,Place\n5,here\n1,there\n5,here\n5,here\n';
    const { records, rejections } = recordsOf(table, {
      kind: 'surveys',
      columns: { score: 'Stars' },
      constants: { at: '2019-09-15', scale: 'csat' },
      distinct: true,
      rowAsSubscriber: 'call-',
    });
    expect(records).toEqual([
      { subscriber: 'call-1', at: '2019-09-15', scale: 'csat', score: '5' },
      { subscriber: 'call-2', at: '2019-09-15', scale: 'csat', score: '1' },
    ]);
    expect(rejections).toMatchObject([{ reason: 'duplicate', line: 4, count: 2 }]);
  });

  it('also translates readings, whose KPIs and counters have any name', () => {
    const { records } = recordsOf('Zelle,Zeit,Drops\nA,2026-03-01T00:15:00Z,0.4\n', {
      kind: 'readings',
      columns: { cell: 'Zelle', at: 'Zeit', drop_rate_pct: 'Drops' },
    });
    expect(records).toEqual([{ cell: 'A', at: Date.UTC(2026, 2, 1, 0, 15), kpis: { drop_rate_pct: 0.4 } }]);
  });

  it('declares units, the form of times and the begin of a period; titles may stand above the heading', () => {
    const { records, rejections, lines } = recordsOf(
      'Week report;;;\n\nSITE;Week;Drops;Payload (MB)\nS1;3/4/2026;0,01;1.500,5\nS2;3/4/2026;n/a;lots\n',
      {
        kind: 'readings',
        columns: { cell: 'site', at: 'week', drop_rate_pct: 'Drops', traffic_gb: 'payload (mb)' },
        units: { drop_rate_pct: 'fraction' },
        constants: { periodSeconds: 'PT168H', 'Vendor.Counter': 7 },
        values: { cell: { S1: 'A' }, traffic_gb: { lots: 1000 } },
        timeFormat: 'm/d/yyyy',
        timeOf: 'start',
      },
    );
    const common = { at: Date.UTC(2026, 2, 11), periodSeconds: 604_800 };
    expect(rejections).toEqual([]);
    expect(records).toEqual([
      { cell: 'A', ...common, kpis: { drop_rate_pct: 1, traffic_gb: 1.5005, 'Vendor.Counter': 7 } },
      { cell: 'S2', ...common, kpis: { drop_rate_pct: null, traffic_gb: 1, 'Vendor.Counter': 7 } },
    ]);
    expect(lines).toEqual([4, 5]);
  });

  it('puts the day and the time of day together, and adds up columns of readings', () => {
    const { records } = recordsOf('A,B,C,X,Y\nc1,17.03.2026,21:30,"1,000",2\nc2,17.03.2026,21:30,-,2\n', {
      kind: 'readings',
      columns: { cell: 'A', date: 'B', time: 'C' },
      compute: { active_users: ['X', 'Y'] },
      constants: { period_seconds: 900 },
      timeOf: 'start',
    });
    const common = { at: Date.UTC(2026, 2, 17, 21, 45), periodSeconds: 900 };
    expect(records).toEqual([
      { cell: 'c1', ...common, kpis: { active_users: 1002 } },
      { cell: 'c2', ...common, kpis: { active_users: null } },
    ]);
  });

  it('names the line of its table that holds the heading, and the delimiter, where they are not found by themselves', () => {
    const table = 'A|B\nx|y,z\nA|B\n5|1\n';
    const mapping = { kind: 'surveys', columns: { subscriber: 'A', score: 'B' }, delimiter: '|', headerLine: 3 };
    expect(recordsOf(table, mapping).records).toEqual([{ subscriber: '5', score: '1' }]);
    expect(recordsOf(table, { ...mapping, headerLine: 2 }).rejections).toMatchObject([
      { reason: 'missing-field', line: 2 },
    ]);
  });

  it('of readings refuses a bad row by its line, and keeps the rows beside it', () => {
    const { records, rejections } = recordsOf(
      'A,B,C\nc1,2026-03-17 21:45,1\nc2,2026-03-17 21:45,x\n"c3,2026-03-17 21:45,1\nc4,2026-03-17 21:45,1\n',
      {
        kind: 'readings',
        columns: { cell: 'A', at: 'B', drop_rate_pct: 'C' },
      },
    );
    expect(records).toHaveLength(2);
    expect(rejections).toMatchObject([
      { reason: 'not-a-number', line: 3, field: 'drop_rate_pct' },
      { reason: 'wrong-shape', line: 4 },
    ]);
  });

  it('of which the table lacks a column reads nothing and names the column', () => {
    const { records, rejections } = recordsOf('A,B\n1,2\n', { kind: 'subscribers', columns: { subscriber: 'C' } });
    expect(records).toEqual([]);
    expect(rejections).toMatchObject([{ reason: 'missing-field', detail: expect.stringContaining('"C"') }]);
  });

  it.each([
    ['{\n "kind": "subscribers",\n "columns": {"subscriber": "A"},,\n}', 'line 3: this is no JSON'],
    ['[]', 'line 1: a mapping is one object'],
    ['{\n "kind": "people"\n}', 'line 2: "kind" must be one of subscribers'],
    ['{"kind": "surveys",\n "columns": {},\n "colour": 1}', 'line 3: "colour" is not known'],
    ['{"kind": "surveys",\n "columns": {\n "stars": "Rating"}}', 'line 3: "stars" is no field of surveys'],
    ['{"kind": "surveys", "columns": {"score": 7}}', '"score" in columns must be the name of a column'],
    ['{"kind": "surveys"}', '"columns" names no column'],
    ['{"kind": "surveys", "columns": {"score": "A"}, "constants": {"score": 5}}', '"score" is filled twice'],
    ['{"kind": "surveys", "columns": {"score": "A"}, "values": {"scale": {"x": "nps"}}}', '"scale" stands in values'],
    ['{"kind": "surveys", "columns": {"score": "A"}, "distinct": "yes"}', '"distinct" must be true or false'],
    ['{"kind": "samples", "columns": {"lat": "A"}, "rowAsSubscriber": "x"}', 'is for people, not for samples'],
    ['{"kind": "surveys", "columns": {"subscriber": "A"}, "rowAsSubscriber": "x"}', 'leave subscriber out'],
    ['{"kind": "surveys", "columns": {"score": "A"}, "delimiter": "and"}', '"delimiter" must be'],
    ['{"kind": "surveys", "columns": {"score": "A"}, "headerLine": 0}', '"headerLine" must be'],
    ['{"kind": "surveys", "columns": {"score": "A"},\n"timeOf": "start"}', 'line 2: "timeOf" is for readings'],
    ['{"kind": "readings", "columns": {"at": "A", "x": "B"}}', 'must name the column of the cell'],
    ['{"kind": "readings", "columns": {"cell": "A", "x": "B"}}', 'must name the column of "at"'],
    ['{"kind": "readings", "columns": {"cell": "A", "at": "B"}}', 'names no KPI and no counter'],
    ['{"kind": "readings", "columns": {"cell": "A", "at": "B", "time": "C", "x": "D"}}', '"time" stands beside "at"'],
    [
      '{"kind": "readings", "columns": {"cell": "A", "at": "B", "drop_rate_pct": "C"},\n"units": {"drop_rate_pct": "MB"}}',
      '"drop_rate_pct" in units is "MB", which is none that drop_rate_pct (%)',
    ],
    [
      '{"kind": "readings", "columns": {"cell": "A", "at": "B", "x": "C"}, "units": {"x": "MB"}}',
      '"x" in units is no KPI',
    ],
    [
      '{"kind": "readings", "columns": {"cell": "A", "at": "B", "x": "C"}, "timeFormat": "at noon"}',
      '"timeFormat" must be m/d/yyyy',
    ],
    ['{"kind": "readings", "columns": {"cell": "A", "at": "B", "x": "C"}, "timeOf": "middle"}', 'start or end'],
  ])('that is wrong is refused with the place and the rule: %s', (text, sentence) => {
    expect(() => readMapping(text)).toThrow(sentence);
  });

  it('is read or refused with a sentence, whatever it holds; and no table makes it fail', () => {
    const mapping = mappingOf({
      kind: 'surveys',
      columns: { score: 'a' },
      compute: { lat: ['a', 'b'] },
      distinct: true,
    });
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), fc.string(), (text, table) => {
        try {
          readMapping(text);
        } catch (error) {
          expect((error as Error).message).toMatch(/^line \d+: /);
        }
        mapTable(table, mapping);
        mapTable(`a,b\n${table}`, mapping);
      }),
    );
  });
});

const pseudonymOf = pseudonyms(new Uint8Array(32));

async function readIn(kind: PeopleKind, file: string, mapping: object) {
  const { documents, rejections } = mapTable(
    readFileSync(join(samples!, 'customers', file), 'utf8'),
    mappingOf(mapping),
  );
  const taken = await Promise.all(
    documents.map(({ text }) =>
      acceptPeople(
        peopleJson.parse(text, kind, { zoneOffsetMinutes: 0 }),
        kind,
        { pseudonymOf, cellIdOf: () => undefined },
        { now: Date.UTC(2026, 0, 1), zoneOffsetMinutes: 0 },
      ),
    ),
  );
  const people = taken.flatMap(({ deliveries }) => deliveries);
  return {
    subscribers: people.flatMap((one) => one.subscribers),
    surveys: people.flatMap((one) => one.surveys),
    leftOut: rejections,
    refused: taken.flatMap((one) => one.rejections),
    shown: JSON.stringify(taken),
  };
}

/** The table read a second time by other means. */
function rowsOf(file: string): string[][] {
  const text = readFileSync(join(samples!, 'customers', file), 'utf8');
  return text
    .trimEnd()
    .split(/\r?\n/)
    .map((line) => line.replaceAll('"', '').split(','));
}

const mean = (values: readonly (number | undefined)[]) => {
  const known = values.filter((value) => value !== undefined);
  return known.reduce((sum, value) => sum + value, 0) / known.length;
};

describe.skipIf(!samples)('real customers', () => {
  it('of a churn set go in as subscribers, with their use, dropped calls and whether they left', async () => {
    const file = 'cell2cell_first5000.csv';
    const { subscribers, refused, leftOut, shown } = await readIn('subscribers', file, {
      kind: 'subscribers',
      columns: {
        subscriber: 'CustomerID',
        tenure_months: 'MonthsInService',
        monthly_spend: 'MonthlyRevenue',
        minutes: 'MonthlyMinutes',
        dropped_calls: 'DroppedCalls',
        left: 'Churn',
      },
      compute: { calls: ['PeakCallsInOut', 'OffPeakCallsInOut'] },
      values: { left: { Yes: true, No: false } },
    });
    const [header, ...rows] = rowsOf(file);
    const column = (name: string) => rows.map((row) => row[header!.indexOf(name)]!);
    expect(leftOut).toEqual([]);
    // One customer has more calls dropped than were made: the columns contradict each other.
    expect(refused.map(({ field, reason }) => [field, reason])).toEqual([['droppedCalls', 'out-of-range']]);
    expect(subscribers).toHaveLength(4999);
    expect(new Set(subscribers.map(({ subscriber }) => subscriber)).size).toBe(4999);
    expect(subscribers.filter(({ left }) => left).length / 4999).toBeCloseTo(0.286, 2);
    expect(subscribers.filter(({ monthlySpend }) => monthlySpend === undefined)).toHaveLength(10);
    const spends = column('MonthlyRevenue')
      .filter((text) => /\d/.test(text))
      .map(Number);
    expect(mean(subscribers.map(({ monthlySpend }) => monthlySpend))).toBeCloseTo(mean(spends), 1);
    const ids = new Set(column('CustomerID'));
    // Hexadecimal digits of a pseudonym may look like an id.
    const numbers = shown.replaceAll(/p-[0-9a-f]{16}/g, '').match(/\d{7,}/g) ?? [];
    expect(numbers.filter((number) => ids.has(number))).toEqual([]);
  });

  it('of a call survey go in as answers with a place, each once', async () => {
    const { surveys, refused, leftOut } = await readIn('surveys', 'trai-mycall/MyCall_Data_September_2019.csv', {
      kind: 'surveys',
      columns: { score: 'Rating', lat: 'Latitude', lon: 'Longitude' },
      constants: { at: '2019-09-15', scale: 'csat' },
      notMeasured: { lat: ['-1'], lon: ['-1'] },
      distinct: true,
      rowAsSubscriber: 'mycall-',
    });
    expect(leftOut).toMatchObject([{ reason: 'duplicate', count: 11_271 }]);
    expect(refused).toEqual([]);
    expect(surveys).toHaveLength(13_345);
    const [, ...rows] = rowsOf('trai-mycall/MyCall_Data_September_2019.csv');
    const distinct = [...new Set(rows.map((row) => row.join(',')))].map((row) => row.split(','));
    expect(mean(surveys.map(({ score }) => score))).toBeCloseTo(mean(distinct.map((row) => Number(row[3]))), 9);
    expect(surveys.filter(({ lat }) => lat === undefined)).toHaveLength(
      distinct.filter((row) => row[5] === '-1').length,
    );
  });
});
