// Readings in a table: in their place, late or twice or not, with ratios made as the product makes them.

import { describe, expect, it } from 'vitest';
import { at, PERIOD } from './made-truth.ts';
import { ReadingsTable } from './readings-table.ts';

const bytes = (...lines: object[]) =>
  new TextEncoder().encode(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
const empty = () =>
  new ReadingsTable(
    [
      { id: 'a', radio: 'LTE' },
      { id: 'b', radio: 'NR' },
    ],
    at(0),
    at(3),
    PERIOD,
  );

describe('a table of readings', () => {
  it('has a value for each cell and period, and none where none came', () => {
    const table = empty();
    table.addNdjson(
      bytes({ cell: 'b', at: at(2), kpis: { latency_ms: 12 } }, { cell: 'a', at: at(1), kpis: { latency_ms: 9 } }),
    );
    expect([...table.column('latency_ms')]).toEqual([9, Number.NaN, Number.NaN, 12, Number.NaN, Number.NaN]);
    expect([...table.heard]).toEqual([1, 0, 0, 1, 0, 0]);
  });

  it('merges what comes twice, and leaves out other cells and times', () => {
    const table = empty();
    table.addNdjson(bytes({ cell: 'a', at: at(3), kpis: { latency_ms: 12, traffic_gb: 1 } }));
    const late = [
      { cell: 'a', at: new Date(at(3)).toISOString(), kpis: { latency_ms: 13 } },
      { cell: 'c', at: at(1), kpis: {} },
    ];
    table.addNdjson(bytes(...late, { cell: 'a', at: at(4), kpis: { latency_ms: 1 } }));
    expect(table.column('latency_ms')[4]).toBe(13);
    expect(table.column('traffic_gb')[4]).toBe(1);
    expect(table.heard.reduce((sum, one) => sum + one)).toBe(1);
  });

  it('goes by the first id of a cell, whatever it is called later', () => {
    const table = new ReadingsTable([{ id: 'a', radio: 'LTE' }], at(0), at(2), PERIOD, new Map([['a2', 'a']]));
    table.addNdjson(bytes({ cell: 'a', at: at(1), kpis: { latency_ms: 9 } }));
    table.addNdjson(bytes({ cell: 'a2', at: at(2), kpis: { latency_ms: 8 } }));
    expect([...table.column('latency_ms')]).toEqual([9, 8]);
  });

  it('makes ratios of counts', () => {
    const table = empty();
    table.addNdjson(bytes({ cell: 'a', at: at(1), kpis: { setup_attempts: 200, setup_successes: 190 } }));
    table.derive();
    expect(table.column('setup_success_pct')[0]).toBe(95);
    expect(table.column('setup_success_pct')[1]).toBeNaN();
  });
});
