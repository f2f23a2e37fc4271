// The same pretend network told in each of its forms: the server ends up with the same values, however they came.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CellList } from '../../server/api/contract.ts';
import { Sender } from '../../simulators/sender.ts';
import type { ReadingForm } from '../../simulators/senders/delivery.ts';
import { type Made, MONDAY, make } from '../simulators/made.ts';
import { RunningServer } from './running-server.ts';

const HOUR = 3_600_000;
const SITES = 14;
const SEED = 7;

interface Told {
  server: RunningServer;
  said: string[];
  made: Made;
}

/** A server that has heard one Monday morning of the same network in these forms. */
async function told(forms: ReadingForm[]): Promise<Told> {
  const server = await RunningServer.start();
  const said: string[] = [];
  const made = make(SEED, { sites: SITES, days: 1, forms });
  const sender = new Sender({ server: server.url, say: (line) => said.push(line) });
  await sender.putInventory(made.city.cells.map(({ cell }) => cell));
  for (const { deliveries } of made.network.batches(MONDAY + 9 * HOUR)) {
    for (const delivery of deliveries) await sender.deliver(delivery);
  }
  await server.settled();
  return { server, said, made };
}

const valuesOf = async ({ server }: Told) =>
  new Map((await server.ask<CellList>('/api/cells?limit=1000')).body.cells.map((cell) => [cell.id, cell]));

describe('a network told in different forms', () => {
  let plain: Told;
  beforeAll(async () => {
    plain = await told(['ndjson']);
  });
  afterAll(() => plain.server.remove());

  it.each([[['pm']], [['line']], [['csv']], [['ndjson', 'pm', 'line', 'csv']]] as [ReadingForm[]][])(
    'gives the same KPIs of every cell when it sends %j',
    async (forms) => {
      const other = await told(forms);
      try {
        expect(other.said).toEqual([]);
        const [expected, got] = [await valuesOf(plain), await valuesOf(other)];
        expect(got.size).toBe(expected.size);
        for (const [id, { at, kpis }] of expected) {
          expect([id, got.get(id)!.at]).toEqual([id, at]);
          for (const [kpi, value] of Object.entries(kpis)) {
            const theirs = got.get(id)!.kpis[kpi];
            if (Math.abs((theirs ?? Number.NaN) - (value as number)) <= 1e-3 + 1e-3 * Math.abs(value as number))
              continue;
            if (theirs === value) continue;
            expect.fail(`${id} ${kpi}: ${theirs} instead of ${value}`);
          }
        }
      } finally {
        await other.server.remove();
      }
    },
    60_000,
  );
});
