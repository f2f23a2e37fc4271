// Makes a stretch of the pretend network's life for tests, and reads it back as a receiver would.

import type { Era } from '../../simulators/era.ts';
import type { Happening } from '../../simulators/faults/happening.ts';
import { planHappenings } from '../../simulators/faults/plan.ts';
import { Network } from '../../simulators/network.ts';
import type { ReadingForm } from '../../simulators/senders/delivery.ts';
import { buildCity } from '../../simulators/world/bay-city.ts';
import type { City } from '../../simulators/world/city.ts';

export interface SentReading {
  cell: string;
  at: number;
  periodSeconds: number;
  kpis: Record<string, number>;
}

export interface Made {
  city: City;
  era: Era;
  plan: Happening[];
  network: Network;
}

/** Monday 2026-03-02 00:00 UTC. */
export const MONDAY = Date.UTC(2026, 2, 2);
export const DAY = 24 * 3_600_000;

export function make(
  seed: number,
  {
    sites = 12,
    days = 14,
    periodSeconds = 900,
    plan = undefined as Happening[] | undefined,
    forms = undefined as ReadingForm[] | undefined,
  } = {},
): Made {
  const city = buildCity(seed, sites);
  const era = { from: MONDAY, liveFrom: MONDAY + days * DAY, periodSeconds };
  const happenings = plan ?? planHappenings(seed, city, era);
  return { city, era, plan: happenings, network: new Network(seed, city, happenings, era, { forms }) };
}

export function readings(network: Network, until: number): SentReading[] {
  const decoder = new TextDecoder();
  return [...network.batches(until)].flatMap(({ deliveries }) =>
    deliveries
      .filter(({ door }) => door === 'readings')
      .map(({ body }) => decoder.decode(body))
      .join('')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as SentReading),
  );
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
