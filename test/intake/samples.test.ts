// Intake of radio samples: what is kept, what is not measured, what is refused, and how it stands in batches.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hexagonOf } from '../../server/coverage/hexagon-of.ts';
import type { RawSample } from '../../server/intake/check-sample.ts';
import { MOST_ROWS_A_PART, type ParsedSample, SampleIntake } from '../../server/intake/samples.ts';
import { RADIOS } from '../../server/model/cell.ts';
import { NOT_NAMED, SAMPLE_KINDS, SAMPLE_VALUES, type SampleBatch } from '../../server/model/sample.ts';

const NOW = Date.UTC(2026, 2, 17, 12);
const AT = NOW - 60_000;
const place = { at: AT, lat: 51.9, lon: -8.47 };

const intake = new SampleIntake({
  names: { find: (name) => ({ 'pier-1': 'pier-1', 'old-pier': 'pier-1' })[name] },
  radioOf: (cell) => (cell === 'pier-1' ? 'NR' : undefined),
  hexOf: hexagonOf,
  dayEndOf: (at) => at,
});

async function take(records: Iterable<RawSample>) {
  const batches: SampleBatch[] = [];
  const parsed = function* (): Generator<ParsedSample> {
    let index = 0;
    for (const record of records) yield { kind: 'record', record, where: { index, line: ++index } };
  };
  const head = { source: 'samples/van', digest: 'abc' };
  const { receipt } = await intake.accept(parsed(), head, { now: NOW, zoneOffsetMinutes: 60 }, async (batch) => {
    batches.push(batch);
  });
  return { batches, receipt };
}

const levelOf = async (record: RawSample) => (await take([{ ...place, ...record }])).batches[0]!.values[0]![0]!;

describe('a sample that is well', () => {
  it('stands in the columns of its batch', async () => {
    const sample = {
      ...{ ...place, cell: ' rival-9 ', operator: ' North Tel ', radio: 'LTE', band: 'B3', kind: 'app', indoor: 'yes' },
      ...{ rsrpDbm: '-97.5', rsrqDb: -11, sinrDb: 4, dlMbps: 12.5, ulMbps: 0, latencyMs: 31 },
    };
    const { batches, receipt } = await take([sample, place]);
    expect(receipt).toMatchObject({ accepted: 2, rejected: 0, rejections: [] });
    const [batch] = batches;
    expect(batch).toMatchObject({ source: 'samples/van', receivedAt: NOW, digest: 'abc#0', rows: 2 });
    expect(batch).toMatchObject({ cells: ['rival-9'], operators: ['North Tel'], bands: ['B3'] });
    expect([...batch!.at]).toEqual([AT, AT]);
    expect([...batch!.cell, ...batch!.operator, ...batch!.band]).toEqual([0, -1, 0, -1, 0, -1]);
    expect([...batch!.radio]).toEqual([RADIOS.indexOf('LTE'), NOT_NAMED]);
    expect([...batch!.kind]).toEqual([SAMPLE_KINDS.indexOf('app'), NOT_NAMED]);
    expect([...batch!.indoor]).toEqual([1, NOT_NAMED]);
    expect(batch!.values.map(([first]) => first)).toEqual([-97.5, -11, 4, 12.5, 0, 31]);
    expect(batch!.values.map((column) => column[1])).toEqual(SAMPLE_VALUES.map(() => Number.NaN));
  });

  it('is of the cell that the inventory knows by any of its names, and of its technology', async () => {
    const { batches } = await take([
      { ...place, cell: ['7-7', 'old-pier'] },
      { ...place, cell: ['7-7', '8-8'] },
    ]);
    expect(batches[0]!.cells).toEqual(['pier-1', '7-7']);
    expect([...batches[0]!.radio]).toEqual([RADIOS.indexOf('NR'), NOT_NAMED]);
  });

  it('lies in a hexagon of twenty metres, or of hundreds where timing advance gave the place', async () => {
    const { batches } = await take([place, { ...place, kind: 'mr' }]);
    expect([...batches[0]!.hex]).toEqual([hexagonOf(51.9, -8.47, 12), hexagonOf(51.9, -8.47, 9)]);
  });

  it('has a time without an offset in the zone of the network', async () => {
    const { batches } = await take([{ ...place, at: '2026-03-17 12:00:00' }]);
    expect([...batches[0]!.at]).toEqual([Date.UTC(2026, 2, 17, 11)]);
  });
});

describe('a level that cannot have been measured', () => {
  it.each([
    ['LTE', -140, -44, [-141, -164, -200, -340, 0, -1, -43, -24]],
    ['NR', -156, -31, [-157, -204, 0, -1]],
    ['UMTS', -120, -25, [-121, -24, 0, -1]],
    ['GSM', -110, -48, [-200, 0, -1]],
    [undefined, -156, -25, [-157, -24, 0, -1]],
  ] as const)('of %s is not kept as a number', async (radio, low, high, impossible) => {
    for (const level of [low, high]) expect(await levelOf({ radio, rsrpDbm: level })).toBe(level);
    for (const level of impossible) expect(await levelOf({ radio, rsrpDbm: level })).toBeNaN();
  });

  it('is counted by what stood there, and its sample is kept', async () => {
    const levels = [-90, -164, -164, undefined, -200, Number.NaN];
    const { batches, receipt } = await take(levels.map((rsrpDbm) => ({ ...place, radio: 'LTE', rsrpDbm })));
    expect(receipt).toMatchObject({ accepted: 6, rejected: 0 });
    expect(receipt.notes).toEqual([
      '5 of 6 samples have no level (−164 2×, not given 2×, −200 1×): not measured, kept without a level',
    ]);
    expect(batches[0]!.rows).toBe(6);
    expect([...batches[0]!.values[0]!].filter((level) => !Number.isNaN(level))).toEqual([-90]);
  });

  it('holds of quality, SINR, rates and latency too', async () => {
    const { batches, receipt } = await take([
      { ...place, radio: 'NR', rsrpDbm: -90, rsrqDb: -204, sinrDb: -30, dlMbps: -1, ulMbps: -5, latencyMs: 0 },
    ]);
    expect(batches[0]!.values.slice(1).map(([value]) => value)).toEqual([NaN, NaN, NaN, NaN, NaN]);
    expect(receipt.notes).toHaveLength(5);
    expect(receipt.notes![0]).toContain('−204 1×');
  });

  it('never survives, whatever stood there', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            radio: fc.constantFrom('LTE', 'NR', 'UMTS', 'GSM', undefined),
            rsrpDbm: fc.oneof(fc.double(), fc.integer({ min: -400, max: 20 }), fc.constantFrom(undefined, null)),
            rsrqDb: fc.oneof(fc.double(), fc.constantFrom(-204, 0, undefined)),
          }),
          { maxLength: 30 },
        ),
        async (samples) => {
          const { batches, receipt } = await take(samples.map((sample) => ({ ...place, ...sample })));
          expect(receipt.accepted).toBe(samples.length);
          const levels = batches.flatMap(({ values }) => [...values[0]!]).filter((level) => !Number.isNaN(level));
          expect(levels.every((level) => level >= -156 && level <= -25)).toBe(true);
          const said = Number(/^([\d,]+) of/.exec(receipt.notes?.find((one) => one.includes('level')) ?? '0 of')![1]);
          expect(said + levels.length).toBe(samples.length);
        },
      ),
      { numRuns: 200 },
    ));
});

describe('a sample that is refused', () => {
  it.each([
    [{ at: undefined }, 'missing-field', 'at'],
    [{ at: 'noon' }, 'bad-time', 'at'],
    [{ at: NOW + 3_700_000 }, 'future-time', 'at'],
    [{ at: '1999-12-31T23:00:00Z' }, 'ancient-time', 'at'],
    [{ lat: undefined }, 'missing-field', 'lat'],
    [{ lon: null }, 'missing-field', 'lon'],
    [{ lat: 'north' }, 'not-a-number', 'lat'],
    [{ lat: 91 }, 'out-of-range', 'lat'],
    [{ lon: 6_500_000 }, 'out-of-range', 'lon'],
    [{ lat: 0, lon: 0 }, 'out-of-range', 'lat'],
    [{ lat: '-1', lon: '-1' }, 'out-of-range', 'lat'],
    [{ radio: '6G' }, 'unknown-radio', 'radio'],
    [{ kind: 'guess' }, 'wrong-type', 'kind'],
    [{ indoor: 'perhaps' }, 'wrong-type', 'indoor'],
    [{ cell: {} }, 'wrong-type', 'cell'],
    [{ cell: 'x'.repeat(301) }, 'wrong-type', 'cell'],
    [{ operator: 'a\u0000b' }, 'wrong-type', 'operator'],
    [{ rsrpDbm: 'strong' }, 'not-a-number', 'rsrpDbm'],
    [{ dlMbps: [1] }, 'not-a-number', 'dlMbps'],
  ])('for %j says what and where, and those beside it are kept', async (wrong, reason, field) => {
    const { batches, receipt } = await take([place, { ...place, ...wrong }, place]);
    expect(receipt).toMatchObject({ accepted: 2, rejected: 1, rejections: [{ reason, field, index: 1, line: 2 }] });
    expect(receipt.rejections[0]!.detail.length).toBeGreaterThan(20);
    expect(batches[0]!.rows).toBe(2);
  });
});

describe('a delivery', () => {
  it('that is long comes in parts of bounded size, each with its own digest, and lets others have their turn', async () => {
    const count = 2 * MOST_ROWS_A_PART + 5;
    let turns = 0;
    const timer = setInterval(() => turns++, 0);
    const { batches, receipt } = await take(Array.from({ length: count }, (_, i) => ({ ...place, at: AT - i })));
    clearInterval(timer);
    expect(receipt.accepted).toBe(count);
    expect(batches.map(({ rows, digest }) => [rows, digest])).toEqual([
      [MOST_ROWS_A_PART, 'abc#0'],
      [MOST_ROWS_A_PART, 'abc#1'],
      [5, 'abc#2'],
    ]);
    expect(turns).toBeGreaterThan(5);
  });

  it('gives the same samples in whatever order and pieces it comes', () =>
    fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(
          Array.from({ length: 12 }, (_, i) => i),
          { minLength: 12 },
        ),
        fc.integer({ min: 1, max: 11 }),
        async (order, cut) => {
          const samples = Array.from({ length: 12 }, (_, i) => ({
            ...{ ...place, at: AT - i, cell: i % 3 ? `c${i % 3}` : undefined, radio: RADIOS[i % 4] },
            ...{ rsrpDbm: -60 - 10 * i, operator: i % 2 ? 'N' : undefined },
          }));
          const shuffled = order.map((i) => samples[i]!);
          const pieces = [await take(shuffled.slice(0, cut)), await take(shuffled.slice(cut))];
          const rows = (batches: SampleBatch[]) =>
            batches
              .flatMap((one) =>
                Array.from(one.at, (at, i) =>
                  [
                    at,
                    one.hex[i],
                    one.cells[one.cell[i]!],
                    one.operators[one.operator[i]!],
                    one.radio[i],
                    one.values[0]![i],
                  ].join(),
                ),
              )
              .sort();
          expect(rows(pieces.flatMap(({ batches }) => batches))).toEqual(rows((await take(samples)).batches));
        },
      ),
      { numRuns: 50 },
    ));

  it('of rows that are two samples each counts the rows, and both samples are kept', async () => {
    const batches: SampleBatch[] = [];
    const rows = [place, place, { ...place, lat: 0, lon: 0 }];
    const parsed = rows.flatMap((record, index) =>
      ['LTE', 'NR'].map((radio) => ({ kind: 'record' as const, record: { ...record, radio }, where: { index } })),
    );
    const head = { source: 's', digest: 'd' };
    const { receipt } = await intake.accept(parsed, head, { now: NOW, zoneOffsetMinutes: 0 }, async (batch) => {
      batches.push(batch);
    });
    expect(receipt).toMatchObject({ accepted: 2, rejected: 1 });
    expect(batches[0]!.rows).toBe(4);
  });

  it('that cannot be written on says so, and what was taken stays taken', async () => {
    const records = Array.from({ length: MOST_ROWS_A_PART + 1 }, () => ({
      ...{ kind: 'record' as const, record: place, where: {} },
    }));
    const full = intake.accept(records, { source: 's', digest: 'd' }, { now: NOW, zoneOffsetMinutes: 0 }, async () => {
      throw new Error('full');
    });
    await expect(full).rejects.toThrow('full');
  });
});
