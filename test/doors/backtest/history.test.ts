// What a backtest asks of the store: nothing that is not there.

import { expect, it } from 'vitest';
import { readerOf, windowsOf } from '../../../server/doors/backtest/history.ts';
import { DAY_MS } from '../../../server/maths/local-time.ts';
import type { Reading } from '../../../server/model/reading.ts';

const SPAN = { from: 0, to: 40 * DAY_MS };
const STORED: Reading[] = [5, 6, 12].map((day) => ({
  ...{ cell: 'a', at: day * DAY_MS, periodSeconds: 900 },
  kpis: { latency_ms: day },
}));

/** Keeps what it was asked for. */
function storeOf(readings: readonly Reading[]) {
  const asked: string[] = [];
  const within = (cell: string, from: number, to: number) => {
    asked.push(cell);
    return readings.filter((one) => one.cell === cell && one.at > from && one.at <= to);
  };
  return {
    asked,
    readings: async (cell: string, from: number, to: number, limit = 1000) => within(cell, from, to).slice(-limit),
    series: async ({ cell, kpi, from, to }: { cell: string; kpi: string; from: number; to: number }) =>
      within(cell, from, to).map(({ at, periodSeconds, kpis }) => ({ at, periodSeconds, value: kpis[kpi] ?? null })),
  };
}

it('reads all that is stored, a stretch after the other, and asks once for a cell of which nothing is', async () => {
  for (const kpis of [undefined, ['latency_ms']]) {
    const store = storeOf(STORED);
    const read = readerOf(store, SPAN);
    const found: Reading[] = [];
    for (const stretch of windowsOf(SPAN.from, SPAN.to, 500))
      for (const cell of ['a', 'b']) found.push(...(await read(cell, stretch, kpis)));
    expect(found).toEqual(STORED);
    expect(store.asked.filter((cell) => cell === 'b')).toHaveLength(1);
    // Twelve days, and once for the newest.
    expect(store.asked.filter((cell) => cell === 'a')).toHaveLength(13);
  }
});
