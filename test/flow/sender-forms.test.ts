// The same pretend network told in each of its forms: the server ends up with the same values, however they came.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CellList } from '../../server/api/contract.ts';
import { type Effects, SILENT } from '../../simulators/effects.ts';
import type { Happening } from '../../simulators/faults/happening.ts';
import { Network } from '../../simulators/network.ts';
import { SENT } from '../../simulators/readings.ts';
import { Sender } from '../../simulators/sender.ts';
import { Alarms } from '../../simulators/senders/alarms.ts';
import type { ReadingForm } from '../../simulators/senders/delivery.ts';
import { sensorsOf } from '../../simulators/sensors.ts';
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

/** What a form that sends KPIs rounds off, and counters do not. */
const roundingOf = (kpi: string) => 0.5 * 10 ** -(SENT.find((one) => one.kpi === kpi)?.decimals ?? 3) + 1e-3;

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
            const away = Math.abs((theirs ?? Number.NaN) - (value as number));
            if (away <= roundingOf(kpi) + 1e-3 * Math.abs(value as number)) continue;
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

/** Mains fails at six; half an hour later the battery is empty; at eight all is well. */
function powerLoss(cells: number[]): Happening {
  const [from, dark, until] = [6, 6.5, 8].map((hour) => MONDAY + hour * HOUR) as [number, number, number];
  const apply = (effects: Effects, at: number) => {
    for (const cell of cells) {
      effects.mainsOn[cell] = 0;
      if (at >= dark) effects.setState(cell, SILENT);
    }
  };
  return {
    ...{
      nature: 'fault',
      kind: 'power-loss',
      id: 'power-loss-1',
      cells,
      from,
      until,
      precursorFrom: from,
      onset: dark,
    },
    ...{ hurtsFrom: dark, repair: until, hurt: 1, isHidden: false, apply },
  };
}

describe('a network whose equipment tells its alarms', () => {
  it('has the loss of mains as an alert at once, before any reading shows it, and cleared when all is well', async () => {
    const server = await RunningServer.start();
    try {
      const said: string[] = [];
      const { city, era } = make(SEED, { sites: SITES, days: 1 });
      const sensors = sensorsOf(SEED, city);
      const site = city.sites.find(({ cells }) => sensors.power[cells[0]!] === 1)!;
      const alarms = new Alarms(SEED, city, sensors, era.periodSeconds);
      const network = new Network(SEED, city, [powerLoss(site.cells)], era, { alarms });
      const sender = new Sender({ server: server.url, say: (line) => said.push(line) });
      await sender.putInventory(city.cells.map(({ cell }) => cell));
      for (const { deliveries } of network.batches(MONDAY + 9 * HOUR)) {
        for (const delivery of deliveries) await sender.deliver(delivery);
      }
      await server.settled();
      expect(said).toEqual([]);
      const alerts = (await server.alerts()).filter(({ cells }) => cells.includes(city.cells[site.cells[0]!]!.cell.id));
      // What a site tells is one alert, whatever it tells.
      const told = alerts.filter(({ kind }) => kind === 'fault');
      expect(told).toMatchObject([
        { state: 'cleared', title: expect.stringContaining('ElementUnreachable and 1 more') },
      ]);
      const after = Date.parse(told[0]!.raisedAt) - MONDAY - 6 * HOUR;
      expect(after).toBeGreaterThan(0);
      expect(after).toBeLessThan(60_000);
      expect(alerts.filter(({ state }) => state === 'open')).toEqual([]);
    } finally {
      await server.remove();
    }
  }, 60_000);
});
