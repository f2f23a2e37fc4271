// What comes late and what comes again is told apart, whatever the order and the cut of the deliveries.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ArrivedPeriods } from '../../server/live/arrived-periods.ts';
import { Directory } from '../../server/live/directory.ts';
import { batchOf } from '../batch.ts';

const at = (period: number, seconds = 900) => Date.UTC(2026, 0, 1) + period * seconds * 1000;
type Row = { cell: string; period: number; seconds?: number; kpis?: Record<string, number> };

function watching() {
  const directory = new Directory();
  const arrived = new ArrivedPeriods(directory);
  const hear = (...rows: Row[]) => {
    const batch = batchOf(
      rows.map(({ cell, period, seconds = 900, kpis = { latency_ms: 1 } }) => ({
        cell,
        at: at(period, seconds),
        periodSeconds: seconds,
        kpis,
      })),
    );
    const late = [...(arrived.late(batch) ?? new Uint8Array(batch.rows))];
    const indexes = batch.cells.map((cell) => directory.ensure(cell)!.index);
    return { late, doubled: arrived.take(batch, indexes) };
  };
  return { directory, arrived, hear };
}

describe('a reading', () => {
  it('is late after a newer one of its cell and length, not after one of another cell or length', () => {
    const { hear } = watching();
    expect(hear({ cell: 'a', period: 5 })).toEqual({ late: [0], doubled: 0 });
    expect(hear({ cell: 'a', period: 3 }, { cell: 'b', period: 3 }, { cell: 'a', period: 1, seconds: 3600 })).toEqual({
      late: [1, 0, 0],
      doubled: 0,
    });
  });

  it('is doubled when it comes again, and is not late then', () => {
    const { hear } = watching();
    for (const period of [1, 2, 3, 130]) hear({ cell: 'a', period });
    expect(hear({ cell: 'a', period: 3 }, { cell: 'a', period: 130 }, { cell: 'a', period: 4 })).toEqual({
      late: [0, 0, 1],
      doubled: 2,
    });
  });

  it('is doubled also where months come again, gaps and all, and none of it is late', () => {
    const { hear } = watching();
    const file = Array.from({ length: 8640 }, (_, period) => ({ cell: 'a', period })).filter(
      ({ period }) => period % 30 > 2,
    );
    expect(hear(...file).doubled).toBe(0);
    const again = hear(...file);
    expect(again.doubled).toBe(file.length);
    expect(again.late).not.toContain(1);
    expect(hear({ cell: 'a', period: 2 })).toEqual({ late: [1], doubled: 0 });
  });

  it('is late, not doubled, where so much was missing since that nobody knows', () => {
    const { hear } = watching();
    for (let period = 0; period < 10_000; period += 2) hear({ cell: 'a', period });
    expect(hear({ cell: 'a', period: 9998 }, { cell: 'a', period: 0 })).toEqual({ late: [0, 1], doubled: 1 });
  });

  it('is no double when it is another part of the same period', () => {
    const { hear } = watching();
    hear({ cell: 'a', period: 5, kpis: { latency_ms: 1 } });
    expect(hear({ cell: 'a', period: 5, kpis: { traffic_gb: 1 } })).toEqual({ late: [0], doubled: 0 });
    expect(hear({ cell: 'a', period: 4, kpis: { traffic_gb: 1 } })).toEqual({ late: [1], doubled: 0 });
  });

  it('is told by the same rule as a plain list of all that came', () => {
    const row = fc.record({ cell: fc.constantFrom('a', 'b'), period: fc.integer({ min: 0, max: 120 }) });
    fc.assert(
      fc.property(fc.array(fc.array(row, { minLength: 1, maxLength: 6 }), { maxLength: 20 }), (deliveries) => {
        const { hear } = watching();
        const came: Row[] = [];
        for (const rows of deliveries) {
          const distinct = [...new Map(rows.map((one) => [`${one.cell}${one.period}`, one])).values()];
          const known = ({ cell, period }: Row) => came.some((one) => one.cell === cell && one.period === period);
          const newest = (cell: string) =>
            Math.max(-1, ...came.filter((one) => one.cell === cell).map((one) => one.period));
          const late = distinct.map((one) => (one.period < newest(one.cell) && !known(one) ? 1 : 0));
          const doubled = distinct.filter(known).length;
          expect(hear(...distinct)).toEqual({ late, doubled });
          came.push(...distinct);
        }
      }),
    );
  });

  it('is told the same after a restart, though its cell has another number', () => {
    const before = watching();
    for (const cell of ['x', 'a']) before.hear({ cell, period: 5 }, { cell, period: 3 });
    const after = watching();
    after.directory.ensure('a');
    after.arrived.load(before.arrived.save(), ['x', 'a']);
    expect(after.hear({ cell: 'a', period: 4 }, { cell: 'a', period: 3 })).toEqual({ late: [1, 0], doubled: 1 });
  });
});
