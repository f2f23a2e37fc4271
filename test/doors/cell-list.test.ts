// The list of cells: letter by letter what JSON.stringify would give, whatever cells and values there are.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { rowOf } from '../../server/doors/answers.ts';
import { CellListText } from '../../server/doors/cell-list.ts';
import { Live } from '../../server/live/live.ts';
import { TextBytes } from '../../server/maths/text-bytes.ts';
import type { Cell } from '../../server/model/cell.ts';

const PERIOD_MS = 900_000;
const NOW = Date.UTC(2026, 2, 1);
const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString();

const thousandths = fc.integer({ min: -2e9, max: 2e9 }).map((value) => value / 1000);
const number = fc.oneof(thousandths, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer());

it('writes every number as JSON does', () => {
  const write = (value: number) => {
    const out = new TextBytes(1);
    out.number(value);
    return textOf(out.end());
  };
  fc.assert(
    fc.property(number, (value) => {
      expect(write(value)).toBe(JSON.stringify(value));
    }),
    { numRuns: 2000 },
  );
  for (const value of [0, -0, 0.001, -0.1, 999_999.999, 1e6, 1e21, 5e-324])
    expect(write(value)).toBe(JSON.stringify(value));
});

const cell: fc.Arbitrary<Cell> = fc.record(
  {
    id: fc.constantFrom('a', 'b', 'c', 'Ünïcödé', '基站-1', 'quo"te'),
    siteId: fc.string({ minLength: 1 }),
    radio: fc.constantFrom('LTE' as const, 'NR' as const),
    name: fc.string({ unit: 'grapheme' }),
    nameZh: fc.constantFrom('北京一号'),
    band: fc.string(),
    lat: fc.double({ min: -90, max: 90, noNaN: true }),
    lon: fc.double({ min: -180, max: 180, noNaN: true }),
    azimuthDeg: fc.integer({ min: 0, max: 360 }),
  },
  { requiredKeys: ['id', 'siteId', 'radio'] },
);
const reading = fc.record({
  cell: fc.constantFrom('a', 'b', 'c', 'd', 'Ünïcödé', '基站-1', 'quo"te'),
  kpi: fc.constantFrom('drop_rate_pct', 'traffic_gb', 'x.5qi1', '7'),
  value: number,
  period: fc.integer({ min: 1, max: 3 }),
});
const step = fc.oneof(
  cell.map((one) => (live: Live) => live.directory.put(one)),
  fc.constantFrom('a', 'b').map((id) => (live: Live) => live.directory.retire(id)),
  fc
    .constantFrom({ from: 'a', to: 'new-a' }, { from: 'b', to: 'c' })
    .map((one) => (live: Live) => void live.directory.rename({ merged: [], renamed: [one] })),
  reading.map((one) => (live: Live) => {
    const at = NOW + one.period * PERIOD_MS;
    const columns = { cell: Uint32Array.of(0), at: Float64Array.of(at), periodSeconds: Uint32Array.of(900) };
    const kpis = [{ name: one.kpi, values: Float64Array.of(one.value) }];
    const batch = { source: 's', receivedAt: at, rows: 1, cells: [one.cell], suspect: Uint8Array.of(0), counters: [] };
    live.take({ seq: live.position + 1, kind: 'readings', batch: { ...batch, ...columns, kpis } });
  }),
);

it('gives the same bytes as its rows made into JSON, page by page, while cells come, go and change', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), fc.integer({ min: 1, max: 4 }), (steps, limit) => {
      const live = new Live();
      const list = new CellListText(live.directory, live.present);
      for (const take of steps) {
        take(live);
        live.present.sweep(NOW);
        const rows = Array.from(live.directory.cells(), (known) => rowOf(known, live.present));
        expect(pages(list, limit)).toBe(JSON.stringify(rows));
      }
    }),
    { numRuns: 200 },
  );
});

/** The rows of all pages, one behind the other, as they were written. */
function pages(list: CellListText, limit: number): string {
  const rows: string[] = [];
  for (let cursor: string | undefined; ; ) {
    const text = textOf(list.page({ limit, cursor }));
    const { cells, nextCursor } = JSON.parse(text);
    expect(cells.length).toBeLessThanOrEqual(limit);
    const written = text.slice('{"cells":['.length, text.lastIndexOf(']'));
    if (cells.length > 0) rows.push(written);
    if (nextCursor === undefined) return `[${rows.join()}]`;
    expect(text.endsWith(`],"nextCursor":"${nextCursor}"}`)).toBe(true);
    cursor = nextCursor;
  }
}
