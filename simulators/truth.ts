// The answer key: what was made to go wrong, where, and from when to when, and where coverage is weak; detectors are scored against it.

import { type Ceiling, ceilingOf } from './ceiling.ts';
import { Disturbed } from './disturbed.ts';
import type { Era } from './era.ts';
import { type Fault, type Happening, isFault, isNuisance, type Nuisance } from './faults/happening.ts';
import { endOf } from './faults/plan.ts';
import type { Reception } from './radio/reception.ts';
import type { NamedScenario } from './scenarios/named-scenario.ts';
import type { City } from './world/city.ts';
import { toDegrees } from './world/places.ts';

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
  /** Cells that must serve its users as guests, or hear more of their neighbours for that: what is told of them is its consequence. */
  disturbs: string[];
}

/** `cells` is `['*']` where it is the whole network. */
export interface TruthSpan {
  id: string;
  kind: string;
  cells: string[];
  from: string;
  until: string;
  /** As with a fault. */
  disturbs: string[];
}

const iso = (time: number) => new Date(time).toISOString();

/** What a run is made of, as far as it can be told before it begins. */
export interface Run {
  seed: number;
  scenario: NamedScenario;
  city: City;
  era: Era;
  plan: readonly Happening[];
  /** Who takes over from whom, and what all hear of it; without it nobody is said to be disturbed. */
  reception?: Pick<Reception, 'takeover' | 'users'>;
}

/** Faults, false precursors and nuisances apart; the text of a JSON file. The same run gives the same bytes. */
export function answerKey({ seed, scenario, city, era, plan, reception }: Run): string {
  const disturbed = reception && new Disturbed(city, reception);
  const disturbs = (event: Happening) => disturbed?.by(event).map((cell) => city.cells[cell]!.cell.id) ?? [];
  const span = (event: Happening, until = event.until): TruthSpan => {
    const { id, kind, from } = event;
    return { id, kind, cells: idsOf(event, city), from: iso(from), until: iso(until), disturbs: disturbs(event) };
  };
  const faults = plan.filter(isFault);
  const key: Truth = {
    ...{ seed, scenario: scenario.name, periodSeconds: era.periodSeconds },
    ...{ from: iso(era.from), liveFrom: iso(era.liveFrom), until: iso(endOf(era, scenario)), cells: city.cells.length },
    faults: faults.map((fault) => ({ ...describeFault(fault, city), disturbs: disturbs(fault) })),
    falsePrecursors: plan.filter(({ nature }) => nature === 'false-precursor').map((event) => span(event)),
    nuisances: plan.filter(isNuisance).map((event) => span(event, event.upsetsUntil)),
    weakPlaces: city.weakPlaces.map(({ name, patch: { west, south, east, north } }) => ({
      name,
      southWest: toDegrees({ eastKm: west, northKm: south }, city.origin),
      northEast: toDegrees({ eastKm: east, northKm: north }, city.origin),
    })),
    renames: plan.filter(isNuisance).flatMap((event) => renamesOf(event, city)),
    ceiling: ceilingOf(faults),
  };
  return `${JSON.stringify(key, null, 2)}\n`;
}

function renamesOf({ changes = [], from }: Nuisance, city: City): Truth['renames'] {
  return changes.flatMap(({ cell, set }) =>
    set.id === undefined ? [] : [{ from: city.cells[cell]!.cell.id, to: set.id, at: iso(from) }],
  );
}

function describeFault(fault: Fault, city: City): Omit<TruthFault, 'disturbs'> {
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
