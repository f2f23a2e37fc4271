// Readings into one batch: in whatever order they come, each key (cell, at, period) has one row with all its parts.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { BatchBuilder } from '../../server/intake/batch-builder.ts';
import type { ReadingBatch } from '../../server/model/reading.ts';

const part = fc.record({
  cell: fc.constantFrom('a', 'b', 'c'),
  at: fc.constantFrom(1_000, 2_000, 3_000),
  periodSeconds: fc.constantFrom(300, 900),
  kpi: fc.constantFrom('x', 'y'),
  value: fc.integer(),
});

interface Part {
  cell: string;
  at: number;
  periodSeconds: number;
  kpi: string;
  value: number;
}

function build(parts: readonly Part[]): ReadingBatch {
  const builder = new BatchBuilder();
  for (const { cell, at, periodSeconds, kpi, value } of parts) {
    const kpis = { kpiNames: [kpi], kpiValues: [value] };
    builder.add(cell, { at, periodSeconds, ...kpis, counterNames: [], counterValues: [], suspect: false });
  }
  return builder.build('test', 0);
}

const keyOf = ({ cell, at, periodSeconds }: Pick<Part, 'cell' | 'at' | 'periodSeconds'>) =>
  `${cell} ${at} ${periodSeconds}`;

function rowsOf({ rows, cells, cell, at, periodSeconds, kpis }: ReadingBatch) {
  return Array.from({ length: rows }, (_, row) => {
    const key = keyOf({ cell: cells[cell[row]!]!, at: at[row]!, periodSeconds: periodSeconds[row]! });
    const values = kpis
      .map(({ name, values }) => [name, values[row]!] as const)
      .filter(([, value]) => !Number.isNaN(value));
    return [key, Object.fromEntries(values)] as const;
  });
}

it('keeps one row a cell, time and period, in the order they first came, and the newest value of each KPI', () => {
  fc.assert(
    fc.property(fc.array(part, { maxLength: 60 }), (parts) => {
      const expected = new Map<string, Record<string, number>>();
      for (const one of parts) {
        expected.set(keyOf(one), { ...expected.get(keyOf(one)), [one.kpi]: one.value });
      }
      expect(rowsOf(build(parts))).toEqual([...expected]);
    }),
  );
});

it('loses nothing when a batch outgrows its first size', () => {
  const cells = Array.from({ length: 3_000 }, (_, i) => `cell-${i}`);
  const parts = cells.map((cell, value) => ({ cell, at: 1_000, periodSeconds: 900, kpi: 'x', value }));
  const batch = build(parts);
  expect(batch.cells).toEqual(cells);
  expect([...batch.kpis[0]!.values]).toEqual(parts.map(({ value }) => value));
});

it('gives each batch columns of its own: a later one changes nothing of it, and finds nothing of it', () => {
  const cells = Array.from({ length: 3_000 }, (_, i) => `cell-${i}`);
  const first = build(cells.map((cell) => ({ cell, at: 1_000, periodSeconds: 900, kpi: 'x', value: 1 })));
  const second = build(
    cells.map((cell, i) => ({ cell, at: 1_000, periodSeconds: 900, kpi: i < 1 ? 'x' : 'y', value: 2 })),
  );
  expect(first.kpis[0]!.values.every((value) => value === 1)).toBe(true);
  const of = (name: string) => second.kpis.find((column) => column.name === name)!.values;
  expect([of('x')[0], of('y')[0]]).toEqual([2, Number.NaN]);
  expect(of('x').subarray(1).every(Number.isNaN)).toBe(true);
});
