// The store of radio samples on a real file: nothing twice, nothing averaged that was not measured, grouped by hexagon fast.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cellToParent, latLngToCell } from 'h3-js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SamplesRecord } from '../../server/model/journal.ts';
import type { Sample } from '../../server/model/sample.ts';
import type { TimingCount } from '../../server/model/timing-advance.ts';
import { type Database, openDatabase } from '../../server/storage/duckdb/database.ts';
import { parentSql } from '../../server/storage/duckdb/sample-queries.ts';
import { openDuckDb } from '../../server/storage/duckdb.ts';
import type { SliceQuery } from '../../server/storage/sample-store.ts';
import { type DuckDbSamples, openDuckDbSamples } from '../../server/storage/sample-store-duckdb.ts';
import { startThread } from '../../server/threads.ts';
import { batchOf, hexOf } from '../coverage/sample-batch.ts';

const T0 = Date.UTC(2026, 2, 17);
const LTE: SliceQuery = { operator: null, radio: 'LTE', kind: 'drive', from: 0, to: T0 * 2 };

const sample = (more: Partial<Sample> = {}): Sample => ({
  at: T0,
  lat: 14.7,
  lon: -17.45,
  cell: 'A',
  radio: 'LTE',
  kind: 'drive',
  rsrpDbm: -90,
  ...more,
});
const record = (seq: number, samples: Sample[], digest = `d${seq}`): SamplesRecord => ({
  seq,
  kind: 'samples',
  batch: batchOf(samples, { digest }),
});

describe('the store of radio samples', () => {
  let folder: string;
  let database: Database;
  let store: DuckDbSamples;
  const open = async () => {
    database = await openDatabase({ file: join(folder, 'cellstar.duckdb'), memoryLimitMb: 512 });
    store = await openDuckDbSamples(database);
  };
  const close = async () => {
    await store.close();
    database.close();
  };
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cellstar-samples-'));
    await open();
  });
  afterEach(async () => {
    await close();
    await rm(folder, { recursive: true });
  });
  const total = async () => (await store.slices()).reduce((sum, slice) => sum + slice.samples, 0);

  it('holds a record once, however often it comes, and knows its place after a restart', async () => {
    await store.append([record(3, [sample()]), record(5, [sample(), sample()])]);
    await store.append([record(3, [sample()]), record(5, [sample(), sample()])]);
    await close();
    await open();
    expect(await store.position()).toBe(5);
    expect(await total()).toBe(3);
  });

  it('counts the same delivery once, in the same handful and in a later one, and goes on behind it', async () => {
    await store.append([record(1, [sample()], 'same#0'), record(2, [sample()], 'same#0')]);
    await store.append([record(3, [sample()], 'same#0'), record(4, [sample()], 'other#0')]);
    expect(await total()).toBe(2);
    expect(await store.position()).toBe(4);
    expect((await store.known(['same#0', 'never', 'other#0'])).sort()).toEqual(['other#0', 'same#0']);
  });

  it('adds counts by distance and level up, counts a delivery once, and keeps them through new names', async () => {
    const count = (more: Partial<TimingCount> = {}): TimingCount => ({
      ...{ cell: 'A', dayEnd: T0, form: 'reports', ts: [16, 32], dbm: [null, -125], samples: 3, ...more },
    });
    const counted = (seq: number, timing: TimingCount[], digest?: string): SamplesRecord => {
      const one = record(seq, [], digest);
      return { ...one, batch: { ...one.batch, timing } };
    };
    const day = 86_400_000;
    const other = count({ cell: 'B', ts: undefined, dbm: [-60, null], form: 'statistics', samples: 5 });
    await store.append([counted(1, [count(), other], 'x#0'), counted(2, [count()], 'x#0')]);
    await store.append([counted(3, [count({ dayEnd: T0 + day, samples: 4 })])]);
    const bin = { form: 'reports', ts: [16, 32], dbm: [null, -125] };
    expect(await store.timing(['A', 'never'], T0 - day, T0 + day)).toEqual([['A', [{ ...bin, samples: 7 }]]]);
    expect(await store.timing(['A'], T0, T0 + 1)).toEqual([['A', [{ ...bin, samples: 4 }]]]);
    expect(await store.timing(['B'], 0, T0)).toEqual([['B', [{ form: 'statistics', dbm: [-60, null], samples: 5 }]]]);
    expect([await store.timingTo('A'), await store.timingTo('never')]).toEqual([T0 + day, undefined]);
    await store.append([{ seq: 4, kind: 'renamed', names: [['B', 'A']], joined: ['A'] }]);
    expect((await store.timing(['A'], 0, T0 * 2))[0]![1].map(({ samples }) => samples).sort()).toEqual([5, 7]);
    await store.forget(T0);
    expect(await store.timing(['A'], 0, T0 * 2)).toEqual([['A', [{ ...bin, samples: 4 }]]]);
  });

  it('tells operators, technologies and kinds apart, with what was not measured', async () => {
    await store.append([
      record(1, [
        sample({ band: '800' }),
        sample({ band: '1800' }),
        sample({ band: '1800', rsrpDbm: undefined, at: T0 + 5 }),
        sample({ radio: 'NR' }),
        sample({ operator: 'Rival' }),
        sample({ radio: undefined, kind: undefined }),
      ]),
    ]);
    const slices = await store.slices();
    expect(slices).toHaveLength(4);
    expect(slices[0]).toEqual({
      operator: null,
      ours: false,
      radio: 'LTE',
      kind: 'drive',
      bands: ['1800', '800'],
      samples: 3,
      unmeasured: 1,
      from: T0,
      to: T0 + 5,
    });
    expect(slices.find(({ radio }) => radio === null)?.kind).toBeNull();
  });

  it('groups by hexagon and cell: counts, share at or below the line, and medians of what was measured only', async () => {
    const levels = [-120, -110, -100, undefined, -90];
    await store.append([
      record(1, [
        ...levels.map((rsrpDbm, index) => sample({ rsrpDbm, sinrDb: index, at: T0 + index })),
        sample({ cell: 'B', rsrpDbm: undefined, dlMbps: 12 }),
        sample({ cell: undefined, rsrpDbm: -80 }),
      ]),
    ]);
    const found = await store.byHexagonAndCell(LTE, 10, -110);
    const of = (name: string | undefined) =>
      found.cell.findIndex((index) => (index < 0 ? undefined : found.cells[index]) === name);
    expect(found.hex.length).toBe(3);
    expect(BigInt(`0x${cellToParent(hexOf(sample()), 10)}`)).toBe(found.hex[0]);
    const a = of('A');
    expect([
      found.samples[a],
      found.unmeasured[a],
      found.weak[a],
      found.medianRsrpDbm[a],
      found.medianSinrDb[a],
    ]).toEqual([4, 1, 2, -105, 2]);
    expect(found.newest[a]).toBe(T0 + 4);
    expect(found.medianDlMbps[a]).toBeNaN();
    expect([found.samples[of('B')], found.medianRsrpDbm[of('B')], found.medianDlMbps[of('B')]]).toEqual([
      0,
      Number.NaN,
      12,
    ]);
    expect(found.samples[of(undefined)]).toBe(1);
  });

  it('keeps positions by timing advance at their own, coarser hexagon when a finer one is asked', async () => {
    await store.append([record(1, [sample({ kind: 'mr' })])]);
    const { hex } = await store.byHexagonAndCell({ ...LTE, kind: 'mr' }, 10, -110);
    expect([...hex]).toEqual([BigInt(`0x${latLngToCell(14.7, -17.45, 9)}`)]);
  });

  it('gives single samples in order of time, of the hexagons asked for, the newest when there are too many', async () => {
    const far = { lat: 14.8, lon: -17.4 };
    await store.append([
      record(
        1,
        [3, 1, 2].map((minute) => sample({ at: T0 + minute, rsrpDbm: -90 - minute })),
      ),
    ]);
    await store.append([record(2, [sample({ ...far, at: T0 }), sample({ ...far, rsrpDbm: undefined })])]);
    const near = [cellToParent(hexOf(sample()), 10)];
    expect([...(await store.samples(LTE, near, 100)).rsrpDbm]).toEqual([-91, -92, -93]);
    expect([...(await store.samples(LTE, undefined, 100)).rsrpDbm]).toEqual([-90, -91, -92, -93]);
    expect([...(await store.samples(LTE, undefined, 2)).rsrpDbm]).toEqual([-92, -93]);
    const mixed = [...near, hexOf(sample(far))];
    expect((await store.samples(LTE, mixed, 100)).at.length).toBe(4);
    expect((await store.samples(LTE, [], 100)).at.length).toBe(0);
    expect((await store.byHexagonAndCell(LTE, 12, -110, near)).hex.length).toBe(1);
  });

  it('keeps to window, band, place indoors and operator of a question; several names may be one operator', async () => {
    await store.append([
      record(1, [
        sample({ at: T0, band: '800', indoor: true }),
        sample({ at: T0 + 10, operator: 'Ours' }),
        sample({ at: T0 + 20, operator: 'Rival' }),
      ]),
    ]);
    const count = async (more: Partial<SliceQuery>) => {
      const { samples } = await store.byHexagonAndCell({ ...LTE, ...more }, 10, -110);
      return samples.reduce((sum, each) => sum + each, 0);
    };
    expect(await count({})).toBe(1);
    expect(await count({ operators: [null, 'Ours'] })).toBe(2);
    expect(await count({ operator: 'Rival' })).toBe(1);
    expect(await count({ operator: 'Nobody' })).toBe(0);
    expect(await count({ from: T0, operators: [null, 'Ours'] })).toBe(1);
    expect(await count({ band: '800' })).toBe(1);
    expect(await count({ band: '900' })).toBe(0);
    expect(await count({ indoor: false })).toBe(0);
  });

  it('forgets what is too old, and keeps areas with what was judged', async () => {
    await store.append([record(1, [sample(), sample({ at: T0 + 1 })])]);
    await store.forget(T0);
    expect(await total()).toBe(1);
    const area = { id: 'a', slice: 'LTE', hexagons: ['8a'], since: T0 };
    await store.saveAreas([area, { ...area, id: 'b' }], 7);
    await store.saveAreas([area], 8);
    expect(await store.areas()).toEqual({ areas: [area], judged: 8 });
  });

  it('finds the parent of a hexagon as H3 does, at every resolution', async () => {
    const connection = await database.connect();
    for (const [lat, lon] of [
      [14.7, -17.45],
      [-33.9, 151.2],
      [0, 0],
      [89.9, 10],
      [53.3, -6.2],
    ] as const) {
      const hex = latLngToCell(lat, lon, 12);
      for (let resolution = 0; resolution <= 13; resolution++) {
        const sql = `SELECT ${parentSql(`${BigInt(`0x${hex}`)}::UBIGINT`, resolution)} AS parent`;
        const [row] = await connection.rows(sql);
        const parent = resolution > 12 ? hex : cellToParent(hex, resolution);
        expect(BigInt(String(row!.parent)).toString(16)).toBe(parent);
      }
    }
    connection.close();
  });
});

describe('through its thread', () => {
  it('a million samples are kept in seconds and grouped well within two', { timeout: 60_000 }, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'cellstar-samples-'));
    const duckDb = await openDuckDb({
      file: join(folder, 'cellstar.duckdb'),
      memoryLimitMb: 1024,
      startThread,
      log: () => {},
    });
    const places = Array.from({ length: 5000 }, (_, index) =>
      hexOf(sample({ lat: 14.6 + index / 20_000, lon: -17.4 })),
    );
    const hexes = places.map((id) => BigInt(`0x${id}`));
    const part = batchOf(
      Array.from({ length: 10 }, (_, index) => sample({ cell: `cell ${index}` })),
      { digest: '' },
    );
    const rows = 100_000;
    const big = (seq: number): SamplesRecord => ({
      seq,
      kind: 'samples',
      batch: {
        ...part,
        digest: `d${seq}`,
        rows,
        at: Float64Array.from({ length: rows }, (_, row) => T0 + seq * rows + row),
        hex: BigUint64Array.from({ length: rows }, (_, row) => hexes[(row * 7) % hexes.length]!),
        cell: Int32Array.from({ length: rows }, (_, row) => row % 10),
        operator: new Int32Array(rows).fill(-1),
        band: new Int32Array(rows).fill(-1),
        radio: new Uint8Array(rows),
        kind: new Uint8Array(rows).fill(2),
        indoor: new Uint8Array(rows).fill(255),
        values: part.values.map((_, column) =>
          Float32Array.from({ length: rows }, (_, row) => (column > 2 ? Number.NaN : -120 + ((row * 13) % 60))),
        ),
      },
    });
    for (let seq = 1; seq <= 10; seq++) await duckDb.samples.append([big(seq)]);
    const began = performance.now();
    const found = await duckDb.samples.byHexagonAndCell(LTE, 10, -110);
    const took = performance.now() - began;
    expect(found.samples.reduce((sum, each) => sum + each, 0)).toBe(1_000_000);
    expect(took).toBeLessThan(2000);
    await duckDb.close();
    await rm(folder, { recursive: true });
  });
});
