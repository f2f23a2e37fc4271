// Stars of many people: everybody scored for four weeks of days, and one person's page through the door.

import { RunningServer } from '../flow/running-server.ts';
import { type Bench, quantile, resultOf, timed } from './measuring.ts';
import { postAll } from './posting.ts';

const START = Date.UTC(2026, 2, 1);
const HOUR = 3_600_000;
const DAYS = 30;
const CELLS = 300;
const CELLS_A_PERSON = 3;
const ROWS_A_BODY = 20_000;

export const stars: Bench = {
  name: 'stars',
  async run({ small, say }) {
    const [people, pages] = small ? [500, 3] : [100_000, 50];
    const server = await RunningServer.start();
    try {
      const ndjson = 'application/x-ndjson';
      await postAll(`${server.url}/ingest/readings?source=bench`, ndjson, bodies(CELLS * DAYS * 24, readingAt));
      await postAll(`${server.url}/ingest/subscribers`, ndjson, bodies(people, subscriberAt));
      await postAll(`${server.url}/ingest/exposure`, ndjson, bodies(people * CELLS_A_PERSON, exposureAt));
      await server.settled();
      say(`stars: ${people} people on ${CELLS} cells have lived for ${DAYS} days`);
      const scored = await timed(() => server.ask('/api/stars/summary?by=tier'));
      const bare = await timed(() => bareSum(people));
      const [page, least]: [number[], number[]] = [[], []];
      for (let i = 0; i < pages; i++) {
        const id = subscriberAt(Math.floor((i * people) / pages)).subscriber;
        least.push(await timed(() => server.ask('/api/sources')));
        page.push(await timed(() => server.ask(`/api/subscribers/${id}/star`)));
      }
      const count = people.toLocaleString('en');
      return [
        resultOf({
          ...{ bench: 'stars-scored', value: scored, unit: 'ms', baseline: bare },
          baselineIs: 'the same many products of share and hour, summed up bare',
          target: { of: 'value', is: '≤', figure: 5000 },
          under: `first summary of ${count} people, 28 days of five dimensions`,
        }),
        resultOf({
          ...{ bench: 'star-page-p50', value: quantile(page, 0.5), unit: 'ms', baseline: quantile(least, 0.5) },
          baselineIs: 'GET /api/sources, the smallest answer of the same server',
          target: { of: 'value', is: '≤', figure: 50 },
          under: `one of ${count} people, with reasons and ${DAYS} days of history`,
        }),
      ];
    } finally {
      await server.remove();
    }
  },
};

const readingAt = (i: number) => {
  const cell = i % CELLS;
  const hour = Math.floor(i / CELLS);
  const kpis = { availability_pct: 100, dl_throughput_mbps: 4 + ((cell * 7 + hour) % 20), latency_ms: 30 };
  return { cell: `cell-${cell}`, at: START + (hour + 1) * HOUR, periodSeconds: 3600, kpis };
};

const subscriberAt = (i: number) => ({
  ...{ subscriber: `99${String(i).padStart(9, '0')}`, tier: `${i % 6}`, plan: `plan-${i % 9}` },
  ...{ price: 50, monthly_spend: 40 + (i % 30), tenure_months: i % 120, minutes: 300, data_gb: 12 },
});

const exposureAt = (i: number) => {
  const person = Math.floor(i / CELLS_A_PERSON);
  const nth = i % CELLS_A_PERSON;
  const cell = `cell-${(person * 13 + nth * 101) % CELLS}`;
  return { subscriber: subscriberAt(person).subscriber, cell, share: [0.6, 0.3, 0.1][nth]! };
};

function bodies(count: number, rowAt: (i: number) => object): Uint8Array[] {
  return Array.from({ length: Math.ceil(count / ROWS_A_BODY) }, (_, n) => {
    const length = Math.min(ROWS_A_BODY, count - n * ROWS_A_BODY);
    return Buffer.from(Array.from({ length }, (_, i) => JSON.stringify(rowAt(n * ROWS_A_BODY + i))).join('\n'));
  });
}

/** Every person, day, cell and hour once, without any order of memory to help. */
function bareSum(people: number): number {
  const hours = new Uint8Array(CELLS * 24 * DAYS).fill(180);
  let sum = 0;
  for (let person = 0; person < people; person++) {
    for (let day = 0; day < DAYS; day++) {
      for (let nth = 0; nth < CELLS_A_PERSON; nth++) {
        const first = (day * CELLS + ((person * 13 + nth * 101) % CELLS)) * 24;
        for (let hour = 0; hour < 24; hour++) sum += 0.3 * hours[first + hour]!;
      }
    }
  }
  return sum;
}
