// A made story for tests of prediction: two sites on mains, then one on battery until it is dark.

import { CELL_IDS, CELLS, DAY, ordinary } from './network.ts';
import type { RunningServer } from './running-server.ts';

export const SITES: Record<string, string[]> = {
  'harbour-7': CELL_IDS.filter((id) => id.startsWith('harbour-7')),
  'ferry-2': ['ferry-2-A'],
};
/** Mains fails in this period; the battery carries the site for so many, then it is dark. */
export const FAILS = 2 * DAY + 20;
export const CARRIES = 32;
/** After so many it is clear enough to be foretold. */
export const TOLD = 29;
export const ON_MAINS = { mains_on: 1, supply_voltage_v: 53.5, temperature_c: 24 };

/** Volts of a lead battery by the part of its charge that is used. */
const VOLTS = [50.8, 50.55, 50.3, 50.05, 49.8, 49.45, 49.1, 48.5, 47.5, 45.9, 43.2];

export function onBattery(periods: number) {
  const used = (10 * (periods + 1)) / CARRIES;
  const [low, high] = [VOLTS[Math.floor(used)]!, VOLTS[Math.min(10, Math.floor(used) + 1)]!];
  return { mains_on: 0, supply_voltage_v: low + (used % 1) * (high - low), temperature_c: 24 };
}

function reading(cell: string, period: number, power: object) {
  const { kpis, ...rest } = ordinary(cell, period);
  return { ...rest, kpis: { ...kpis, ...power } };
}

/** The sites for some periods: how each is powered, or that it is dark. */
export async function live(
  server: RunningServer,
  from: number,
  to: number,
  power: (site: string, period: number) => object | undefined,
): Promise<void> {
  const periods = Array.from({ length: to - from }, (_, i) => from + i);
  const rows = periods.flatMap((period) =>
    Object.entries(SITES).flatMap(([site, cells]) => {
      const now = power(site, period);
      return now ? cells.map((cell) => reading(cell, period, now)) : [];
    }),
  );
  await server.post(rows);
  await server.settled();
}

/** The network with four days of its life, up to the period in which mains fails. */
export async function begin(server: RunningServer): Promise<void> {
  await server.putCells(CELLS);
  await live(server, 0, FAILS, () => ON_MAINS);
}

/** The ferry's site is on battery from `FAILS` on; the harbour goes on, so that its silence is its own. */
export const ferryOnBattery = (site: string, period: number) =>
  site === 'ferry-2' ? onBattery(period - FAILS) : ON_MAINS;
export const ferryDark = (site: string) => (site === 'ferry-2' ? undefined : ON_MAINS);
