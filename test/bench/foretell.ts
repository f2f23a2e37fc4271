// Foretelling by itself, on sound equipment: how long a period of a large network takes, and bytes a cell.

import { EquipmentForeteller } from '../../server/detect/foretellers/equipment.ts';
import type { ReadingBatch } from '../../server/model/reading.ts';
import { type Bench, bestInTurns, resultOf } from './measuring.ts';

const PERIOD_MS = 900_000;
const START = Date.UTC(2026, 2, 2);
const CELLS_A_SITE = 3;

export const foretell: Bench = {
  name: 'foretell',
  async run({ small, say }) {
    const [cells, periods] = small ? [300, 8] : [100_000, 4];
    const foreteller = new EquipmentForeteller({ zone: 'UTC' });
    const ids = Array.from({ length: cells }, (_, i) => `cell-${i}`);
    foreteller.know(ids.map((id, i) => ({ id, siteId: `site-${Math.floor(i / CELLS_A_SITE)}`, radio: 'LTE' })));
    let period = 0;
    const live = (count: number) => {
      for (let i = 0; i < count; i++) foreteller.observe(madePeriod(ids, ++period));
    };
    live(small ? 8 : 24);
    say('foretell: what is usual is learned');
    const best = await bestInTurns(
      small ? 1 : 3,
      () => live(periods),
      () => barePass(ids, periods),
    );
    const { bytes } = foreteller.size();
    return [
      resultOf({
        ...{ bench: 'foretell-period', value: best.act / periods, unit: 'ms a period' },
        ...{ baseline: best.baseline / periods, baselineIs: 'making the same readings' },
        target: { of: 'value', is: '≤', figure: 2_000 },
      }),
      resultOf({
        ...{ bench: 'foretell-memory', value: bytes / cells, unit: 'bytes a cell' },
        ...{
          baseline: CELLS_A_SITE * 168 * 2 * 4,
          baselineIs: 'mean and scale of each hour of the week of three sensors',
        },
        target: { of: 'value', is: '≤', figure: 800 },
      }),
    ];
  },
};

function barePass(ids: string[], periods: number): void {
  for (let period = 1; period <= periods; period++) madePeriod(ids, period);
}

function madePeriod(cells: string[], period: number): ReadingBatch {
  const rows = cells.length;
  const column = (name: string, of: (row: number) => number) => ({
    name,
    values: Float64Array.from({ length: rows }, (_, row) => of(row)),
  });
  const wobble = (row: number) => ((row * 7919 + period * 104_729) % 1000) / 1000 - 0.5;
  return {
    ...{ source: 'bench', receivedAt: 0, rows, cells, counters: [] },
    cell: Uint32Array.from({ length: rows }, (_, row) => row),
    at: new Float64Array(rows).fill(START + period * PERIOD_MS),
    periodSeconds: new Uint32Array(rows).fill(900),
    suspect: new Uint8Array(rows),
    kpis: [
      column('vswr_ratio', (row) => 1.2 + 0.04 * wobble(row)),
      column('temperature_c', (row) => 28 + wobble(row)),
      column('optical_rx_dbm', (row) => -9 + 0.3 * wobble(row)),
      column('supply_voltage_v', (row) => 53.5 + 0.1 * wobble(row)),
      column('mains_on', () => 1),
    ],
  };
}
