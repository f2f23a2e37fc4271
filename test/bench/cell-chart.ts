// One cell's chart of 24 hours through the door, with days of a network in the store.

import { RunningServer } from '../flow/running-server.ts';
import { cellId, madeBatch, ndjsonBodies } from './made-network.ts';
import { type Bench, quantile, resultOf, timed } from './measuring.ts';
import { postAll } from './posting.ts';

const ROWS_A_BODY = 5_000;

export const cellChart: Bench = {
  name: 'cell-chart',
  async run({ small, say }) {
    const [cells, periods, charts] = small ? [20, 96, 3] : [1_000, 3 * 96, 100];
    const server = await RunningServer.start();
    try {
      for (let from = 0; from < periods; from += 96) {
        const bodies = Array.from({ length: 96 }, (_, i) => ndjsonBodies(madeBatch(cells, from + i), ROWS_A_BODY));
        await postAll(`${server.url}/ingest/readings?source=bench`, 'application/x-ndjson', bodies.flat());
      }
      await server.settled();
      say(`cell-chart: ${cells} cells have lived for ${periods / 96} days`);
      const [chart, bare]: [number[], number[]] = [[], []];
      for (let i = 0; i < charts; i++) {
        const cell = cellId(Math.floor((i * cells) / charts));
        bare.push(await timed(() => server.ask('/api/sources')));
        chart.push(await timed(() => server.series(cell, 'dl_throughput_mbps', '&from=now-24h')));
      }
      return [
        resultOf({
          ...{ bench: 'cell-chart-p50', value: quantile(chart, 0.5), unit: 'ms', baseline: quantile(bare, 0.5) },
          baselineIs: 'GET /api/sources, the smallest answer of the same server',
          target: { of: 'value', is: '≤', figure: 50 },
        }),
      ];
    } finally {
      await server.remove();
    }
  },
};
