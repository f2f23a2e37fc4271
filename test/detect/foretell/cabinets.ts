// A made-up network of sites with sensors: three cells each, with a course that a test bends for one of them.

import { EquipmentForeteller } from '../../../server/detect/foretellers/equipment.ts';
import { voltsAt } from '../../../server/detect/foretellers/first-passage/battery.ts';
import { seededRandom } from '../../../server/maths/seeded-random.ts';
import type { Finding } from '../../../server/model/finding.ts';
import type { ReadingBatch } from '../../../server/model/reading.ts';
import { batchOf, START } from '../synthetic-network.ts';

export const PERIOD_MS = 900_000;
export const HOUR_MS = 4 * PERIOD_MS;

export type Sensors = Partial<
  Record<
    | 'vswr_ratio'
    | 'temperature_c'
    | 'supply_voltage_v'
    | 'mains_on'
    | 'optical_rx_dbm'
    | 'sync_ok'
    | 'ul_interference_dbm',
    number
  >
>;
/** What is other than usual on a cell, so many hours after the start. */
export type Story = (cell: string, site: number, hour: number) => Sensors;

const SECTORS = ['a', 'b', 'c'];
export const siteOf = (site: number) => `site-${site}`;
export const cellsOf = (site: number) => SECTORS.map((sector) => `${siteOf(site)}-${sector}`);

export const inventory = (sites: number) =>
  Array.from({ length: sites }, (_, site) =>
    cellsOf(site).map((id) => ({ id, siteId: siteOf(site), radio: 'LTE' as const })),
  ).flat();

/** One batch a period. The same arguments give the same batches. */
export function batchesOf(story: Story, hours: number, sites = 4, fromHour = 0): ReadingBatch[] {
  return Array.from({ length: 4 * (hours - fromHour) }, (_, i) => {
    const period = 4 * fromHour + i + 1;
    const at = START + period * PERIOD_MS;
    const random = seededRandom(period);
    const rows = Array.from({ length: sites }, (_, site) =>
      cellsOf(site).map((cell) => ({ cell, at, row: { ...usual(at, random), ...story(cell, site, period / 4) } })),
    );
    return batchOf(rows.flat());
  });
}

/** °C: 28 and 6 more or less by the hour. */
export const usualWarmth = (at: number) => 28 + 6 * Math.sin((2 * Math.PI * at) / (24 * HOUR_MS));

/** dBm: quiet at night, louder by day. */
export const usualNoise = (at: number) => -115 + 1.5 * Math.sin((2 * Math.PI * (at / HOUR_MS - 9)) / 24);

function usual(at: number, random: () => number) {
  const noise = () => random() - 0.5;
  return {
    vswr_ratio: 1.2 + 0.06 * noise(),
    temperature_c: usualWarmth(at) + noise(),
    supply_voltage_v: 53.5 + 0.3 * noise(),
    mains_on: 1,
    optical_rx_dbm: -9 + 0.4 * noise(),
    sync_ok: 1,
    ul_interference_dbm: usualNoise(at) + 2 * noise(),
  };
}

/** A site on battery from an hour on: it would last for so many hours. */
export const onBattery = (used: number): Sensors => ({ mains_on: 0, supply_voltage_v: voltsAt(Math.min(1, used)) });

export function newForeteller(sites = 4, memory?: Uint8Array): EquipmentForeteller {
  const foreteller = new EquipmentForeteller({ zone: 'UTC', ...(memory && { memory }) });
  if (!memory) foreteller.know(inventory(sites));
  return foreteller;
}

export function told(story: Story, hours: number, sites = 4, foreteller = newForeteller(sites)): Finding[] {
  return batchesOf(story, hours, sites).flatMap((batch) => foreteller.observe(batch));
}

export const hoursFrom = (at: number) => (at - START) / HOUR_MS;
