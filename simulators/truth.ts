// The answer key: what was made to go wrong, where, and from when to when, and where coverage is weak; detectors are scored against it.

import type { Era, Happening } from './faults.ts';
import type { City } from './world/city.ts';
import { toDegrees } from './world/places.ts';
import { WEAK_PLACES } from './world/terrain.ts';

/** The file that `--truth` writes. Times are ISO 8601, UTC; cells go by their first id, see `renames`. */
export interface Truth {
  seed: number;
  scenario: string;
  periodSeconds: number;
  /** Start of the first period. */
  from: string;
  liveFrom: string;
  /** END of the last period that is planned. */
  until: string;
  /** Number of cells. */
  cells: number;
  faults: TruthFault[];
  /** What looks like the beginning of a fault and ends well. */
  falsePrecursors: TruthSpan[];
  nuisances: TruthSpan[];
  weakPlaces: { name: string; southWest: { lat: number; lon: number }; northEast: { lat: number; lon: number } }[];
  /** Cells that change their id on the way; faults and nuisances name cells by their first id. */
  renames: { from: string; to: string; at: string }[];
  /** What an observer of perfect judgement could do. */
  ceiling: Ceiling;
}

export interface TruthFault {
  id: string;
  kind: string;
  cells: string[];
  siteId: string;
  /** When it breaks. */
  onset: string;
  /** When people are first hurt by it; null: never. */
  hurtsFrom: string | null;
  repair: string;
  /** When its signs begin to show, before the onset; null: it comes without a sign. */
  precursorFrom: string | null;
  hurts: boolean;
}

/** Of `of` faults, so many have an effect that can be seen, and so many a precursor that stands out of the noise. */
export interface Ceiling {
  detectable: number;
  foretellable: number;
  of: number;
}

/** `cells` is `['*']` where it is the whole network. */
export interface TruthSpan {
  id: string;
  kind: string;
  cells: string[];
  from: string;
  until: string;
}

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
