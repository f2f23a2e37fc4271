// Foretelling of full cells by itself: how long a day of a cell takes with all its weeks remembered, and bytes a cell of a large network.

import { linearRegression } from 'simple-statistics';
import { CongestionForeteller } from '../../server/detect/foretellers/congestion.ts';
import type { ReadingBatch } from '../../server/model/reading.ts';
import { type Bench, bestInTurns, resultOf } from './measuring.ts';

const START = Date.UTC(2026, 2, 2);
const HOUR_MS = 3_600_000;
const HOURS = 24;
const CELLS = 100_000;
/** Common tools look back four weeks. */
const LOOK_DAYS = 28;

export const foretellCapacity: Bench = {
  name: 'foretell-capacity',
  async run({ small, say }) {
    // Days cost the same each by itself: time is taken on some cells, memory on all.
    const [cells, days] = small ? [30, 30] : [1000, 98];
    const { foreteller, live } = network(cells);
    live(days);
    say(`foretell-capacity: ${days} days are learned`);
    const peaks = Float64Array.from({ length: LOOK_DAYS }, (_, day) => 50 + (day % 7) + 0.1 * day);
    const best = await bestInTurns(
      small ? 1 : 3,
      () => live(1),
      () => straightLines(cells, peaks),
    );
    const all = small ? { foreteller, cells } : { foreteller: network(CELLS).live(2), cells: CELLS };
    const { bytes } = all.foreteller.size();
    return [
      resultOf({
        ...{ bench: 'foretell-capacity-day', value: (1000 * best.act) / cells, unit: 'µs a cell and day' },
        ...{
          baseline: (1000 * best.baseline) / cells,
          baselineIs: 'a straight line through four weeks of daily peaks',
        },
        under: `hourly readings; ${CELLS.toLocaleString('en')} cells: ${((best.act * CELLS) / cells / 1000).toFixed(0)} s a day`,
        target: { of: 'value', is: '≤', figure: 1000 },
      }),
      resultOf({
        ...{ bench: 'foretell-capacity-memory', value: bytes / all.cells, unit: 'bytes a cell' },
        ...{ baseline: 98 * HOURS * 4, baselineIs: 'as many days of hours as they came' },
        target: { of: 'value', is: '≤', figure: 1200 },
      }),
    ];
  },
};

function network(cells: number) {
  const foreteller = new CongestionForeteller({ zone: 'UTC' });
  const ids = Array.from({ length: cells }, (_, i) => `cell-${i}`);
  let hour = 0;
  const live = (days: number) => {
    for (const until = hour + days * HOURS; hour < until; ) foreteller.observe(madeHour(ids, hour++));
    return foreteller;
  };
  return { foreteller, live };
}

/** One cell in three grows: only of these is it asked when they will be full. */
function madeHour(cells: string[], hour: number): ReadingBatch {
  const rows = cells.length;
  const day = Math.floor(hour / HOURS);
  const shape = 0.3 + 0.7 * Math.exp(-((((hour % HOURS) - 19) / 5) ** 2));
  const wobble = (row: number) => 0.1 * (((row * 7919 + hour * 104_729) % 1000) / 1000 - 0.5);
  const users = Float64Array.from({ length: rows }, (_, row) => {
    const growth = row % 3 === 0 ? 1.012 ** day : 1;
    return 60 * growth * shape * (1 + wobble(row));
  });
  return {
    ...{ source: 'bench', receivedAt: 0, rows, cells, counters: [] },
    cell: Uint32Array.from({ length: rows }, (_, row) => row),
    at: new Float64Array(rows).fill(START + (hour + 1) * HOUR_MS),
    periodSeconds: new Uint32Array(rows).fill(3600),
    suspect: new Uint8Array(rows),
    kpis: [
      { name: 'active_users', values: users },
      { name: 'prb_util_pct', values: users.map((each) => 100 * (1 - Math.exp(-each / 120))) },
    ],
  };
}

function straightLines(cells: number, peaks: Float64Array): number {
  let sum = 0;
  for (let cell = 0; cell < cells; cell++) {
    const { m, b } = linearRegression(Array.from(peaks, (peak, day): [number, number] => [day, peak + cell * 1e-6]));
    sum += (89 - b) / m;
  }
  return sum;
}
