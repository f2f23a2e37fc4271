// What the detector keeps: over a restart, at the cost promised, and only what it should.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SeasonalDetector } from '../../server/detect/detectors/seasonal.ts';
import type { ReadingBatch } from '../../server/model/reading.ts';
import { memoryOfSeasonal3, SAVED_AT } from './memory-of-seasonal-3.ts';
import { memoryOfSeasonal4 } from './memory-of-seasonal-4.ts';
import { batchOf, DAY_MS, type Row, START, type TestRow } from './synthetic-network.ts';
import { begun, newDetector, only, Watched } from './watched.ts';

const PERIOD_MS = 900_000;

/** Batches of a few cells with gaps, garbage, late and doubtful rows, outages and odd values. */
const anyRow = fc.record({
  cell: fc.constantFrom('a', 'b', 'c'),
  step: fc.integer({ min: -3, max: 3 }),
  suspect: fc.boolean(),
  periodSeconds: fc.constantFrom(900, 900, 900, 300),
  row: fc.record(
    {
      latency_ms: fc.constantFrom(20, 21, 22, 500, Number.NaN, Number.POSITIVE_INFINITY),
      active_users: fc.constantFrom(0, 20, 25, 30),
      drop_rate_pct: fc.constantFrom(0, 0.2, 40, Number.NaN),
      session_releases: fc.constantFrom(0, 9, 400, Number.NaN),
      fault_unavail_s: fc.constantFrom(0, 900),
      saving_s: fc.constantFrom(0, 900),
    },
    { requiredKeys: [] },
  ),
});
const anyBatches = fc.array(fc.array(anyRow, { minLength: 1, maxLength: 8 }), { minLength: 2, maxLength: 12 });

/** From the middle of a warm detector's life on. */
function batchesOf(shape: typeof anyBatches extends fc.Arbitrary<infer T> ? T : never, from: number): ReadingBatch[] {
  return shape.map((rows, i) =>
    batchOf(
      rows.map(({ step, row, ...rest }) => ({ ...rest, row: row as Row, at: from + (i + 4 + step) * PERIOD_MS })),
    ),
  );
}

function warmMemory(): { memory: Uint8Array; at: number } {
  const detector = newDetector();
  let at = START;
  for (let i = 0; i < 10 * 96; i++) {
    at += PERIOD_MS;
    const row = (k: number) => ({
      latency_ms: 20 + ((i * 7 + k) % 5),
      active_users: 25 + ((i + k) % 6),
      drop_rate_pct: 0.2,
      session_releases: 400,
    });
    detector.observe(batchOf(['a', 'b', 'c'].map((cell, k) => ({ cell, at, row: row(k) }))));
  }
  return { memory: detector.save(), at };
}

const warm = warmMemory();

describe('the memory of the detector', () => {
  it('saved and loaded at any moment changes nothing of what is found afterwards', () => {
    fc.assert(
      fc.property(anyBatches, fc.nat(), (shape, cut) => {
        const batches = batchesOf(shape, warm.at);
        const whole = newDetector(warm.memory);
        const first = newDetector(warm.memory);
        const at = cut % batches.length;
        const expected = batches.map((batch) => whole.observe(batch));
        const before = batches.slice(0, at).map((batch) => first.observe(batch));
        const second = newDetector(first.save());
        const after = batches.slice(at).map((batch) => second.observe(batch));
        expect([...before, ...after]).toEqual(expected);
        expect(second.save()).toEqual(whole.save());
      }),
      { numRuns: 60 },
    );
  });

  it('is the same for the same readings of one period, however they are cut into batches', () => {
    fc.assert(
      fc.property(anyBatches, (shape) => {
        const together = newDetector(warm.memory);
        const apart = newDetector(warm.memory);
        const periods = shape.map((rows, i) => {
          const firstOfEach = rows.filter((row, k) => rows.findIndex((other) => other.cell === row.cell) === k);
          return firstOfEach.map(({ cell, row }) => ({ cell, row: row as Row, at: warm.at + (i + 1) * PERIOD_MS }));
        });
        for (const rows of periods) {
          const found = rows.flatMap((row) => apart.observe(batchOf([row])));
          const expected = together.observe(batchOf(rows));
          const key = (f: (typeof found)[number]) => JSON.stringify(f);
          expect(
            found
              .filter((f) => f.kind !== 'silent')
              .map(key)
              .sort(),
          ).toEqual(
            expected
              .filter((f) => f.kind !== 'silent')
              .map(key)
              .sort(),
          );
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is refused when it is cut short, of another kind or of another profile', () => {
    expect(() => newDetector(warm.memory.subarray(0, warm.memory.length - 1))).toThrow(RangeError);
    expect(() => newDetector(new Uint8Array(100))).toThrow(RangeError);
    const text = new TextDecoder('latin1').decode(warm.memory.subarray(0, 60));
    const other = Uint8Array.from(warm.memory);
    other[text.indexOf('seasonal@5') + 'seasonal@'.length] = '0'.charCodeAt(0);
    expect(() => newDetector(other)).toThrow(/seasonal@0/);
  });

  it.each([
    ['seasonal@3', memoryOfSeasonal3],
    ['seasonal@4', memoryOfSeasonal4],
  ])('of %s goes on: what was usual is, and what it had heard is not judged again', (_, memory) => {
    const detector = newDetector(memory());
    const [usual] = detector.usual('cell-0', 'latency_ms', [SAVED_AT + 3_600_000]);
    expect(usual!.mid).toBeCloseTo(20, 0);
    const tell = (at: number, latency: number) =>
      detector.observe(batchOf([{ cell: 'cell-0', at, row: { latency_ms: latency } }], 3600));
    expect(tell(SAVED_AT, 900)).toEqual([]);
    expect(begun(tell(SAVED_AT + 3_600_000, 900))).toMatchObject([{ kpi: 'latency_ms', detector: 'seasonal@5' }]);
    expect(newDetector(detector.save()).save()).toEqual(detector.save());
  });

  it('takes at most 800 bytes a series', () => {
    const network = new Watched(300);
    // Over midnight, when the nights are noted.
    network.at = START + DAY_MS - 2 * PERIOD_MS;
    network.live(4);
    const { series, bytes, cells } = network.detector.size();
    expect(cells).toBe(300);
    expect(series).toBe(300 * 12);
    expect(bytes / series).toBeLessThanOrEqual(800);
  });

  it('reuses the place of cells that left', () => {
    const network = new Watched(40);
    network.live(4);
    const { bytes } = network.detector.size();
    network.detector.forget(Array.from({ length: 40 }, (_, i) => `cell-${i}`));
    expect(network.detector.size()).toMatchObject({ series: 0, cells: 0 });
    const later = new Watched(40, 900, 9);
    later.detector = network.detector;
    later.live(4);
    expect(network.detector.size().bytes).toBe(bytes);
  });

  it('watches no more cells than its profile allows, and counts the others', async () => {
    const { SEASONAL_5 } = await import('../../server/detect/detectors/seasonal/profile.ts');
    const profile = { ...SEASONAL_5, mostCells: 2 };
    const detector = new SeasonalDetector({ zone: 'UTC', profile });
    const rows = ['a', 'b', 'c', 'd'].map((cell) => ({ cell, at: START, row: { latency_ms: 20 } }));
    detector.observe(batchOf(rows));
    expect(detector.size()).toMatchObject({ cells: 2, unwatched: 2 });
  });

  it('keeps no more sources than its profile allows; cells of others are judged, but not for silence', async () => {
    const { SEASONAL_5 } = await import('../../server/detect/detectors/seasonal/profile.ts');
    const options = { zone: 'UTC', profile: { ...SEASONAL_5, mostSources: 1 } };
    let detector = new SeasonalDetector(options);
    const rows = (cells: string[], i: number) =>
      cells.map((cell) => ({ cell, at: START + i * PERIOD_MS, row: { fault_unavail_s: 0 } }));
    const tell = (cells: string[], i: number, source: string) => detector.observe(batchOf(rows(cells, i), 900, source));
    for (let i = 1; i <= 5; i++) {
      tell(['a', 'b'], i, 'known');
      tell(['c', 'd'], i, 'beyond');
    }
    detector = new SeasonalDetector({ ...options, memory: detector.save() });
    for (let i = 6; i <= 7; i++)
      for (const source of ['known', 'beyond']) expect(tell([source === 'known' ? 'a' : 'c'], i, source)).toEqual([]);
    expect(tell(['c'], 8, 'beyond')).toEqual([]);
    expect(tell(['a'], 8, 'known').map(({ kind, subject }) => [kind, subject.id])).toEqual([['silent', 'b']]);
    expect(tell(['b'], 9, 'beyond').map(({ kind, phase }) => [kind, phase])).toEqual([['silent', 'ends']]);
    expect(detector.forget(['b', 'c'])).toEqual([]);
    const fault = detector.observe(
      batchOf([{ cell: 'd', at: START + 10 * PERIOD_MS, row: { fault_unavail_s: 900 } }], 900, 'beyond'),
    );
    expect(fault.map(({ kind }) => kind)).toEqual(['fault']);
  });
});

describe('a replay of thirty days in one breath', () => {
  it('leaves the detector as well trained as living through them period by period', () => {
    const lived = new Watched(4);
    const replayed = new Watched(4);
    lived.liveDays(30);
    const rows: TestRow[] = [];
    while (replayed.at < lived.at) {
      const { batch, at } = { batch: replayed.next(), at: replayed.at };
      batch.cells.forEach((cell, i) => {
        const row = Object.fromEntries(batch.kpis.map(({ name, values }) => [name, values[i]!]));
        rows.push({ cell, at, row });
      });
    }
    const found = replayed.detector.observe(batchOf(rows));
    expect(begun(found)).toEqual([]);
    expect(replayed.detector.save()).toEqual(lived.detector.save());
  });

  it('tells the usual of the busy hour from that of the night', () => {
    const network = new Watched(1);
    network.liveDays(30);
    const evening = network.usual('active_users', 'cell-0', network.at + 20.5 * 3_600_000)!;
    const night = network.usual('active_users', 'cell-0', network.at + 4.5 * 3_600_000)!;
    expect(evening.mid).toBeGreaterThan(night.mid * 5);
    expect(evening.low).toBeLessThan(evening.mid);
    expect(evening.high).toBeGreaterThan(evening.mid);
  });
});

describe('what is never learned nor judged', () => {
  it.each([
    ['doubtful rows', (at: number, row: Row) => [{ cell: 'cell-0', at: at + PERIOD_MS, row, suspect: true }]],
    ['rows of a period already judged', (at: number, row: Row) => [{ cell: 'cell-0', at, row }]],
    ['late rows', (at: number, row: Row) => [{ cell: 'cell-0', at: at - 5 * PERIOD_MS, row }]],
    [
      'hourly rows of a cell that tells quarters of an hour',
      (at: number, row: Row) => [{ cell: 'cell-0', at: at + PERIOD_MS, row, periodSeconds: 3600 }],
    ],
    [
      'values that are no numbers',
      (at: number) => [
        { cell: 'cell-0', at: at + PERIOD_MS, row: { latency_ms: Number.NaN, rtt_ms: Number.POSITIVE_INFINITY } },
      ],
    ],
  ])('%s', (_what, rowsAt) => {
    const network = new Watched(2);
    network.liveDays(8);
    const at = network.at + 7 * 24 * 3_600_000;
    const before = network.usual('latency_ms', 'cell-0', at);
    const terrible: Row = { latency_ms: 9000, session_releases: 900, drop_rate_pct: 90, fault_unavail_s: 900 };
    for (let i = 0; i < 5; i++) expect(network.detector.observe(batchOf(rowsAt(network.at, terrible)))).toEqual([]);
    expect(network.usual('latency_ms', 'cell-0', at)).toEqual(before);
  });

  it('a sender whose clock jumps back: nothing is judged until it has caught up', () => {
    const network = new Watched(2);
    network.liveDays(8);
    network.at -= 2 * 3_600_000;
    expect(
      network.live(
        8,
        only('cell-0', (row) => ({ ...row, latency_ms: 9000 })),
      ),
    ).toEqual([]);
    expect(
      begun(
        network.live(
          1,
          only('cell-0', (row) => ({ ...row, latency_ms: 9000 })),
        ),
      ),
    ).toHaveLength(1);
  });

  it('the future: what is found in a period does not depend on what comes after', () => {
    const short = new Watched(3);
    const long = new Watched(3);
    const spoil = only('cell-1', (row, at) => {
      const day = (at - START) / 86_400_000;
      return day > 8.4 && day < 8.6 ? { ...row, latency_ms: 400 } : row;
    });
    const first = short.liveDays(9, spoil);
    const all = long.liveDays(12, spoil);
    expect(all.filter((finding) => finding.at <= short.at)).toEqual(first);
    expect(first.length).toBeGreaterThan(0);
  });
});
