// A table of readings written by a formula, for tests of detectors that look at tables.

import { at, PERIOD } from './made-truth.ts';
import { ReadingsTable } from './readings-table.ts';

type Kpis = Record<string, number>;

/** Cells `a`, `b`, …; `kpis` gives a cell's values in a period, undefined where no reading comes. */
export function madeTable(cells: number, periods: number, kpis: (cell: number, period: number) => Kpis | undefined) {
  const placed = Array.from({ length: cells }, (_, i) => ({ id: 'abcdefgh'[i]!, radio: 'LTE' as const }));
  const table = new ReadingsTable(placed, at(0), at(periods), PERIOD);
  const lines: string[] = [];
  for (let period = 0; period < periods; period++) {
    for (let cell = 0; cell < cells; cell++) {
      const values = kpis(cell, period);
      if (values) lines.push(JSON.stringify({ cell: placed[cell]!.id, at: at(period + 1), kpis: values }));
    }
  }
  table.addNdjson(new TextEncoder().encode(`${lines.join('\n')}\n`));
  table.derive();
  return table;
}

/** Between −1 and 1, the same for the same numbers, and without a rhythm. */
export function ripple(cell: number, period: number): number {
  const x = Math.sin(12.9898 * (period + 1) + 78.233 * (cell + 1)) * 43_758.5453;
  return 2 * (x - Math.floor(x)) - 1;
}

/** Quiet at night, busy by day: −1 … 1. */
export const dayWave = (period: number) => Math.sin(((period / 96 - 0.375) % 1) * 2 * Math.PI);
