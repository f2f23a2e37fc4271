// The answer key: what was made to go wrong, where, and from when to when, and where coverage is weak; detectors are scored against it.

import { ceilingOf } from './ceiling.ts';
import { DAY, type Era, LIVE_DAYS } from './era.ts';
import { type Fault, type Happening, isFault } from './faults/happening.ts';
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

export interface Ceiling {
  /** Faults with an effect that can be seen … */
  detectable: number;
  /** … of so many. */
  of: number;
  /** Faults that hurt and whose precursor stands out of the noise as long before as is asked of its kind … */
  foretellable: number;
  /** … of so many that hurt. */
  ofHurting: number;
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

/** Faults, false precursors and nuisances apart; the text of a JSON file. The same seed and era give the same bytes. */
export function answerKey(
  seed: number,
  city: City,
  era: Era,
  plan: readonly Happening[],
  scenario = 'demo',
  until = era.liveFrom + LIVE_DAYS * DAY,
): string {
  const faults = plan.filter(isFault);
  const span = (event: Happening): TruthSpan => ({
    ...{ id: event.id, kind: event.kind, cells: idsOf(event, city) },
    ...{ from: iso(event.from), until: iso(event.until) },
  });
  const key: Truth = {
    ...{ seed, scenario, periodSeconds: era.periodSeconds },
    ...{ from: iso(era.from), liveFrom: iso(era.liveFrom), until: iso(until), cells: city.cells.length },
    faults: faults.map((fault) => describeFault(fault, city)),
    falsePrecursors: plan.filter(({ nature }) => nature === 'false-precursor').map(span),
    nuisances: plan.filter(({ nature }) => nature === 'nuisance').map(span),
    weakPlaces: WEAK_PLACES.map(({ name, patch: { west, south, east, north } }) => ({
      name,
      southWest: toDegrees({ eastKm: west, northKm: south }),
      northEast: toDegrees({ eastKm: east, northKm: north }),
    })),
    renames: [],
    ceiling: ceilingOf(faults),
  };
  return `${JSON.stringify(key, null, 2)}\n`;
}

function describeFault(fault: Fault, city: City): TruthFault {
  const { id, kind, onset, hurtsFrom, repair, precursorFrom } = fault;
  return {
    ...{ id, kind, cells: idsOf(fault, city), siteId: city.cells[fault.cells[0]!]!.cell.siteId },
    ...{ onset: iso(onset), hurtsFrom: hurtsFrom === null ? null : iso(hurtsFrom), repair: iso(repair) },
    ...{ precursorFrom: precursorFrom === null ? null : iso(precursorFrom), hurts: hurtsFrom !== null },
  };
}

function idsOf({ cells }: Happening, city: City): string[] {
  return cells.length === city.cells.length ? ['*'] : cells.map((index) => city.cells[index]!.cell.id);
}
