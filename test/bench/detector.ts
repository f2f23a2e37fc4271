// The detector by itself: values a second on one core, and bytes a series, after it has lived through a week.

import { SeasonalDetector } from '../../server/detect/detectors/seasonal.ts';
import { inlineMore } from '../../server/detect/inlining.ts';
import type { ReadingBatch } from '../../server/model/reading.ts';
import { KPI_COUNT, madeBatch } from './made-network.ts';
import { type Bench, bestInTurns, resultOf } from './measuring.ts';

const WEEK_PERIODS = 7 * 96;
const WEEK_MS = 7 * 86_400_000;
/** One mean and one scale for each hour of the week, as float32: what a plain seasonal baseline would hold. */
const PLAIN_BYTES = 168 * 2 * 4;

export const detector: Bench = {
  name: 'detector',
  async run({ small, say }) {
    inlineMore();
    const [cells, periods] = small ? [50, 96] : [1_000, WEEK_PERIODS];
    const seasonal = new SeasonalDetector({ zone: 'UTC' });
    const weeks = Array.from({ length: periods }, (_, period) => madeBatch(cells, period));
    const live = () => {
      for (const batch of weeks) {
        seasonal.observe(batch);
        batch.at.fill(batch.at[0]! + WEEK_MS);
        batch.receivedAt += WEEK_MS;
      }
    };
    live();
    say('detector: the first week is learned');
    const values = cells * periods * KPI_COUNT;
    const best = await bestInTurns(small ? 1 : 3, live, () => barePass(weeks));
    const { series, bytes } = seasonal.size();
    return [
      resultOf({
        ...{ bench: 'detector-speed', value: (values * 1000) / best.act, unit: 'values/s a core' },
        ...{ baseline: (values * 1000) / best.baseline, baselineIs: 'one running mean a series over the same columns' },
        target: { of: 'value', is: '≥', figure: 5_000_000 },
      }),
      resultOf({
        ...{ bench: 'detector-memory', value: bytes / series, unit: 'bytes a series' },
        ...{ baseline: PLAIN_BYTES, baselineIs: 'mean and scale of each hour of the week as float32' },
        target: { of: 'value', is: '≤', figure: 800 },
      }),
    ];
  },
};

/** The least that any streaming detector does: look at each value once and move a number of its series. */
function barePass(batches: readonly ReadingBatch[]): Float64Array[] {
  const { cells, kpis } = batches[0]!;
  const means = kpis.map(() => new Float64Array(cells.length));
  for (const batch of batches) {
    for (const [k, { values }] of batch.kpis.entries()) {
      const mean = means[k]!;
      for (let row = 0; row < batch.rows; row++)
        mean[batch.cell[row]!]! += 0.01 * (values[row]! - mean[batch.cell[row]!]!);
    }
  }
  return means;
}
