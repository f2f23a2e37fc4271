// A network in which nothing is wrong, but whose delays now and then wander off by chance, farther the rarer.

import { seeded } from '../detect/synthetic-network.ts';
import { START } from './network.ts';

const HOUR_MS = 3_600_000;
export const RESTLESS_CELLS = 80;
export const RESTLESS_DAYS = 14;

/** Share of days of a cell with a wave, and how fast waves get rarer with their height: strength 1 is a fifth more than usual. */
const WAVES = 0.6;
const LEAST_STRENGTH = 0.6;
const MEAN_BEYOND = 0.12;

/** Hourly delays of all cells; each wave lasts two hours. */
export function restlessReadings() {
  const random = seeded(7);
  return Array.from({ length: RESTLESS_CELLS }, (_, i) => {
    const waves = Array.from({ length: RESTLESS_DAYS }, () => ({
      from: random() < WAVES ? 1 + Math.floor(21 * random()) : -9,
      strength: LEAST_STRENGTH - MEAN_BEYOND * Math.log(1 - random()),
    }));
    return Array.from({ length: 24 * RESTLESS_DAYS }, (_, hour) => {
      const { from, strength } = waves[Math.floor(hour / 24)]!;
      const since = (hour % 24) - from;
      const wave = since === 0 || since === 1 ? 1.2 ** strength : 1;
      const kpis = { latency_ms: 20 * wave * (1 + 0.01 * (random() - 0.5)) };
      return { cell: `restless-${i}`, at: START + (hour + 1) * HOUR_MS, periodSeconds: 3600, kpis };
    });
  })
    .flat()
    .sort((a, b) => a.at - b.at);
}
