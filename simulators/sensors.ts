// Which equipment readings a cell sends: not every cabinet has every sensor, and without one there is no early sign.

import { Random } from './random.ts';
import type { City } from './world/city.ts';

/** 1 where the cell sends it, in the order of `City.cells`. All cells of a site share the cabinet's. */
export interface Sensors {
  /** Mains and supply voltage. */
  power: Uint8Array;
  /** Light at the optical receiver of the backhaul; the others hang on microwave. */
  optical: Uint8Array;
  vswr: Uint8Array;
  temperature: Uint8Array;
  /** Whether the clock has its reference: told by cells that need one (TDD). */
  sync: Uint8Array;
}

export type Sensor = keyof Sensors;

const SHARE_OF_SITES = { power: 0.85, optical: 0.75, vswr: 0.9, temperature: 1 } as const;

/** Drawn by the site's name alone. */
export function sensorsOf(seed: number, { sites, cells }: Pick<City, 'sites' | 'cells'>): Sensors {
  const none = () => new Uint8Array(cells.length);
  const sensors: Sensors = { power: none(), optical: none(), vswr: none(), temperature: none(), sync: none() };
  for (const site of sites) {
    const random = new Random(seed, `sensors:${site.id}`);
    for (const [name, share] of Object.entries(SHARE_OF_SITES)) {
      const has = random.uniform() < share ? 1 : 0;
      for (const cell of site.cells) sensors[name as Sensor][cell] = has;
    }
    for (const cell of site.cells) sensors.sync[cell] = cells[cell]!.carrier.duplex === 'TDD' ? 1 : 0;
  }
  return sensors;
}
