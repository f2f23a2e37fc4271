// The plan of a run: all that happens from its first period to its last, made before anything is sent.

import { DAY, type Era, LIVE_DAYS } from '../era.ts';
import { energySaving } from '../nuisances/energy-saving.ts';
import { Random } from '../random.ts';
import { sensorsOf } from '../sensors.ts';
import type { City } from '../world/city.ts';
import { demoPlan } from './demo-plan.ts';
import type { Happening } from './happening.ts';

/** In the order of `from`. The same seed, city and era give the same plan. */
export function planHappenings(seed: number, city: City, era: Era): Happening[] {
  const ground = { seed, city, sensors: sensorsOf(seed, city), periodMs: 1000 * era.periodSeconds };
  const all: Happening[] = [...demoPlan(new Random(seed, 'faults'), ground, era)];
  const saving = energySaving(seed, city, era.from, era.liveFrom + LIVE_DAYS * DAY);
  if (saving) all.push(saving);
  return named(all.filter(({ from, until }) => until > from && from >= era.from).sort((a, b) => a.from - b.from));
}

/** Gives each its id: the kind and a number in the order of time. */
function named(plan: Happening[]): Happening[] {
  const counts = new Map<string, number>();
  return plan.map((event) => {
    const name = event.nature === 'false-precursor' ? `false-${event.kind}` : event.kind;
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return { ...event, id: `${name}-${count}` };
  });
}
