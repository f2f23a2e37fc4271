// What goes wrong in the demo: a calm month with a few faults, and first hours of live that show each state come and go.

import { DAY, type Era, HOUR, LIVE_DAYS, MINUTE } from '../era.ts';
import { plannedWork } from '../nuisances/planned-work.ts';
import type { Random } from '../random.ts';
import type { City } from '../world/city.ts';
import { growingCell } from './congestion-growth.ts';
import { COOLING_FAILURE } from './cooling-failure.ts';
import { Draft, type FaultMaker, type Material, type Sign } from './draft.ts';
import { FEEDER_DECAY } from './feeder-decay.ts';
import type { Fault, Happening } from './happening.ts';
import { interference } from './interference.ts';
import { powerLoss } from './power-loss.ts';

/** One fault every so many days of history. */
const HISTORY_FAULT_EVERY = 4 * DAY;
/** No fault of the history is younger than this when live begins: the map starts calm. */
const CALM_BEFORE_LIVE = 12 * HOUR;

/** What announces itself, by days before live begins (below zero: after): long enough ago for the usual to be known, so that live begins with a record of what was foretold. */
const ANNOUNCED: readonly { daysAgo: number; sign: Sign; maker: FaultMaker }[] = [
  { daysAgo: 16, sign: 'true', maker: COOLING_FAILURE },
  { daysAgo: 12, sign: 'true', maker: FEEDER_DECAY },
  { daysAgo: 9, sign: 'false', maker: COOLING_FAILURE },
  { daysAgo: 7, sign: 'true', maker: COOLING_FAILURE },
  { daysAgo: 4, sign: 'true', maker: FEEDER_DECAY },
  { daysAgo: -0.2, sign: 'true', maker: COOLING_FAILURE },
  { daysAgo: -1.5, sign: 'true', maker: FEEDER_DECAY },
];

/** Days: growth that has lasted three weeks when live begins, after one week of the usual, and fills its cell before long. */
const FILLING = { since: 21, fullAfter: 12 };

export function* demoPlan(random: Random, material: Material, era: Era): Generator<Happening> {
  const boundary = (time: number) => Math.round(time / material.periodMs) * material.periodMs;
  const draft: At = (onset, sign = 'none') => new Draft(material, random, boundary(onset), sign);
  yield* history(random, material.city, era, draft);
  yield* opening(random, material.city, era, draft);
  yield* later(random, material.city, era, draft);
  yield* announced(era, draft);
  yield* filling(era, draft);
}

type At = (onset: number, sign?: Sign) => Draft;

/** Faults of the past, all repaired, the two kinds in turn. */
function* history(random: Random, city: City, { from, liveFrom }: Era, at: At): Generator<Fault> {
  const until = liveFrom - CALM_BEFORE_LIVE;
  let isPower = false;
  for (let slot = from + 2 * DAY; slot < until; slot += HISTORY_FAULT_EVERY) {
    const draft = at(slot + random.between(0, HISTORY_FAULT_EVERY - DAY / 2));
    const fault = someFault(draft, city, isPower, random.between(40 * MINUTE, 4 * HOUR));
    isPower = !isPower;
    if (fault.repair < until) yield fault;
  }
}

/** The first hours of live, chosen so that a person who just started the demo sees each state come and go. */
function* opening(random: Random, city: City, { liveFrom, periodSeconds }: Era, at: At): Generator<Happening> {
  const period = 1000 * periodSeconds;
  const work = at(liveFrom - HOUR);
  yield plannedWork(work, siteIn(random, city, 'Gull Cliffs'), work.whole(5 * HOUR));
  const heard = at(liveFrom + 5 * period);
  yield interference(heard, [cellIn(random, city, 'Old Harbour')], 17, heard.whole(2.5 * HOUR));
  const dark = at(liveFrom + 18 * period);
  yield powerLoss(dark, siteIn(random, city, 'Lighthouse Point'), 0, dark.whole(2 * HOUR), false);
}

/** From then on a fault every one to three hours, for as long as anyone will watch. */
function* later(random: Random, city: City, { liveFrom }: Era, at: At): Generator<Fault> {
  let onset = liveFrom + 4 * HOUR;
  while (onset < liveFrom + LIVE_DAYS * DAY) {
    const lasts = random.between(30 * MINUTE, 100 * MINUTE);
    yield someFault(at(onset), city, random.uniform() < 0.4, lasts);
    onset += lasts + random.between(20 * MINUTE, 100 * MINUTE);
  }
}

/** Equipment that fails slowly; a network without the sensors for it has none. */
function* announced({ from, liveFrom }: Era, at: At): Generator<Happening> {
  for (const { daysAgo, sign, maker } of ANNOUNCED) {
    const happening = maker.make(at(liveFrom - daysAgo * DAY, sign));
    if (happening && happening.from >= from) yield happening;
  }
}

/** One cell that fills up, so that planners see a date; a shorter history has none. */
function* filling({ from, liveFrom }: Era, at: At): Generator<Happening> {
  const fault = growingCell(at(liveFrom + FILLING.fullAfter * DAY, 'true'), (FILLING.since + FILLING.fullAfter) * DAY);
  if (fault && fault.from >= from) yield fault;
}

function someFault(draft: Draft, city: City, isPower: boolean, lasts: number): Fault {
  const { random } = draft;
  if (isPower) return powerLoss(draft, anySite(random, city), 0, draft.whole(lasts), random.uniform() < 0.5);
  return interference(draft, [draft.awake()!], Math.round(random.between(10, 18)), draft.whole(lasts));
}

function anySite(random: Random, { sites }: Pick<City, 'sites'>): number[] {
  return sites[random.below(sites.length)]!.cells;
}

/** A site of the named district, or any where the city is too small to have it. */
function siteIn(random: Random, city: City, district: string): number[] {
  const sites = city.sites.filter((site) => site.district.en === district);
  return anySite(random, sites.length > 0 ? { sites } : city);
}

function cellIn(random: Random, city: City, district: string): number {
  const cells = siteIn(random, city, district).filter((index) => city.cells[index]!.carrier.role === 'coverage');
  return cells[random.below(cells.length)]!;
}
