// Capacity carriers that sleep at night, when few people are awake.

import { ASLEEP } from '../effects.ts';
import { DAY, HOUR } from '../era.ts';
import type { Nuisance } from '../faults/happening.ts';
import { Random } from '../random.ts';
import type { City } from '../world/city.ts';

/** Usual hours of the day (UTC); each carrier some minutes earlier or later. */
const FROM_HOUR = 0.5;
const TO_HOUR = 5.5;
const SHIFT_HOURS = 0.4;

/** Milliseconds of the day at which a carrier falls asleep and wakes. */
export function sleepOf(seed: number, cellId: string): { from: number; to: number } {
  const shift = new Random(seed, `sleep:${cellId}`).between(-SHIFT_HOURS, SHIFT_HOURS);
  return { from: (FROM_HOUR + shift) * HOUR, to: (TO_HOUR + shift) * HOUR };
}

/** Every night; undefined where there is no capacity carrier. */
export function energySaving(seed: number, { cells }: City, from: number, until: number): Nuisance | undefined {
  const sleepers = cells.flatMap(({ carrier }, index) => (carrier.role === 'capacity' ? [index] : []));
  if (sleepers.length === 0) return undefined;
  const nights = sleepers.map((index) => sleepOf(seed, cells[index]!.cell.id));
  return {
    id: '',
    nature: 'nuisance',
    kind: 'energy-saving',
    cells: sleepers,
    from,
    until,
    upsetsUntil: until,
    apply: (effects, middle) => {
      const time = middle % DAY;
      for (let i = 0; i < sleepers.length; i++) {
        if (time >= nights[i]!.from && time < nights[i]!.to) effects.setState(sleepers[i]!, ASLEEP);
      }
    },
  };
}
