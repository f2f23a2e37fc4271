// The plan of what goes wrong, made before anything is sent: two kinds of fault and one planned work, with onset and repair.

import { Random } from './random.ts';
import type { City } from './world/city.ts';

export type HappeningKind = 'power-loss' | 'interference' | 'planned-work';

/** Something that happens to cells. `onset` and `repair` are epoch milliseconds on period boundaries. */
export interface Happening {
  kind: HappeningKind;
  /** Indexes into `City.cells`. */
  cells: number[];
  onset: number;
  repair: number;
  /** Interference: how far the uplink noise is lifted. */
  liftDb: number;
  /** Power loss: true when the cabinet still reports (only the radios are dark), false when it falls silent. */
  reports: boolean;
}

export interface Era {
  /** Start of the first period that is sent, epoch milliseconds. */
  from: number;
  /** Start of the first live period. */
  liveFrom: number;
  periodSeconds: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** One fault every so many days of history. */
const HISTORY_FAULT_EVERY = 4 * DAY;
/** No fault of the history is younger than this when live begins: the map starts calm. */
const CALM_BEFORE_LIVE = 12 * HOUR;
/** How long the plan reaches; a demo that runs longer is a quiet one. */
const LIVE_DAYS = 30;

/** All happenings from the first period to a month after live begins, by onset. The same seed and era give the same plan. */
export function planHappenings(seed: number, city: City, era: Era): Happening[] {
  const random = new Random(seed, 'faults');
  const all = [...history(random, city, era), ...opening(random, city, era), ...later(random, city, era)];
  const boundary = (time: number) => Math.round(time / (1000 * era.periodSeconds)) * 1000 * era.periodSeconds;
  return all
    .map((event) => ({ ...event, onset: boundary(event.onset), repair: boundary(event.repair) }))
    .filter(({ onset, repair }) => repair > onset && onset >= era.from)
    .sort((a, b) => a.onset - b.onset);
}

/** Faults of the past, all repaired, the two kinds in turn. */
function* history(random: Random, city: City, { from, liveFrom }: Era): Generator<Happening> {
  const until = liveFrom - CALM_BEFORE_LIVE;
  let isPower = false;
  for (let slot = from + 2 * DAY; slot < until; slot += HISTORY_FAULT_EVERY) {
    const onset = slot + random.between(0, HISTORY_FAULT_EVERY - DAY / 2);
    const lasts = random.between(40 * MINUTE, 4 * HOUR);
    const fault = isPower
      ? powerLoss(random, anySite(random, city), onset, lasts)
      : interference(random, anyCell(random, city), onset, lasts);
    isPower = !isPower;
    if (fault.repair < until) yield fault;
  }
}

/** The first hours of live, chosen so that a person who just started the demo sees each state come and go. */
function opening(random: Random, city: City, { liveFrom, periodSeconds }: Era): Happening[] {
  const period = 1000 * periodSeconds;
  const works = { ...powerLoss(random, siteIn(random, city, 'University'), liveFrom - HOUR, 5 * HOUR) };
  return [
    { ...works, kind: 'planned-work', reports: true },
    { ...interference(random, cellIn(random, city, 'Old Harbour'), liveFrom + 5 * period, 2.5 * HOUR), liftDb: 17 },
    {
      ...powerLoss(random, siteIn(random, city, 'Lighthouse Point'), liveFrom + 18 * period, 2 * HOUR),
      reports: false,
    },
  ];
}

/** From then on a fault every one to three hours, for as long as anyone will watch. */
function* later(random: Random, city: City, { liveFrom }: Era): Generator<Happening> {
  let onset = liveFrom + 4 * HOUR;
  while (onset < liveFrom + LIVE_DAYS * DAY) {
    const lasts = random.between(30 * MINUTE, 100 * MINUTE);
    if (random.uniform() < 0.4) yield powerLoss(random, anySite(random, city), onset, lasts);
    else yield interference(random, anyCell(random, city), onset, lasts);
    onset += lasts + random.between(20 * MINUTE, 100 * MINUTE);
  }
}

function powerLoss(random: Random, cells: number[], onset: number, lasts: number): Happening {
  return { kind: 'power-loss', cells, onset, repair: onset + lasts, liftDb: 0, reports: random.uniform() < 0.5 };
}

function interference(random: Random, cell: number, onset: number, lasts: number): Happening {
  const liftDb = Math.round(random.between(10, 18));
  return { kind: 'interference', cells: [cell], onset, repair: onset + lasts, liftDb, reports: true };
}

function anySite(random: Random, { sites }: City): number[] {
  return sites[random.below(sites.length)]!.cells;
}

/** A coverage cell: a capacity carrier may be asleep, and a fault that nobody can see is no fair question. */
function anyCell(random: Random, { cells }: City): number {
  const awake = cells.flatMap(({ carrier }, index) => (carrier.role === 'coverage' ? [index] : []));
  return awake[random.below(awake.length)]!;
}

/** A site of the named district, or any where the city is too small to have it. */
function siteIn(random: Random, city: City, district: string): number[] {
  const sites = city.sites.filter((site) => site.district.en === district);
  return anySite(random, sites.length > 0 ? { ...city, sites } : city);
}

function cellIn(random: Random, city: City, district: string): number {
  const cells = siteIn(random, city, district).filter((index) => city.cells[index]!.carrier.role === 'coverage');
  return cells[random.below(cells.length)]!;
}
