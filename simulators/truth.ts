// The answer key: what was made to go wrong, where, and from when to when, and where coverage is weak; detectors are scored against it.

import type { City } from './city.ts';
import type { Era, Happening } from './faults.ts';
import { toDegrees } from './places.ts';
import { WEAK_PLACES } from './terrain.ts';

const iso = (time: number) => new Date(time).toISOString();

/** Faults and nuisances apart; the text of a JSON file. The same seed and era give the same bytes. */
export function answerKey(seed: number, city: City, era: Era, plan: readonly Happening[]): string {
  const describe = ({ kind, cells, onset, repair, liftDb, reports }: Happening) => ({
    kind,
    cells: cells.map((index) => city.cells[index]!.cell.id),
    siteId: city.cells[cells[0]!]!.cell.siteId,
    onset: iso(onset),
    repair: iso(repair),
    // Neither kind gives a warning; both hurt people from the first second on.
    ...(kind === 'planned-work' ? {} : { hurtsFrom: iso(onset), precursorFrom: null }),
    ...(kind === 'interference' ? { liftDb } : {}),
    ...(kind === 'power-loss' ? { silent: !reports } : {}),
  });
  const asleep = city.cells.filter(({ carrier }) => carrier.role === 'capacity').map(({ cell }) => cell.id);
  const key = {
    seed,
    periodSeconds: era.periodSeconds,
    from: iso(era.from),
    liveFrom: iso(era.liveFrom),
    faults: plan.filter(({ kind }) => kind !== 'planned-work').map(describe),
    nuisances: [
      ...plan.filter(({ kind }) => kind === 'planned-work').map(describe),
      { kind: 'energy-saving', cells: asleep, everyNight: true },
    ],
    weakPlaces: WEAK_PLACES.map(({ name, patch: { west, south, east, north } }) => ({
      name,
      southWest: toDegrees({ eastKm: west, northKm: south }),
      northEast: toDegrees({ eastKm: east, northKm: north }),
    })),
  };
  return `${JSON.stringify(key, null, 2)}\n`;
}
