// Scores what is said to be wrong: faults found and how late, false alerts by whom they wake, duplicates, sites, nuisances.

import {
  alertsDuring,
  type Extent,
  isCounted,
  isScored,
  type Telling,
  tellingsByFault,
  type Window,
} from './matching.ts';
import { isDetection, isForNight, isWide, type ScoredAlert } from './scored-alert.ts';
import { beginOf, type Fault, type Spell, type Truth } from './truth.ts';

const DAY = 24 * 3_600_000;

/** Faults of one kind. Counts and lists, so that runs can be added up. */
export interface KindTally {
  faults: number;
  found: number;
  /** Of the faults, those that hurt people. */
  hurting: number;
  /** Found no later than two periods after people are hurt, or after the onset where they never are. */
  inTime: number;
  /** Periods from the onset to the first alert, one for each fault found; below 0 when a precursor was told as trouble. */
  afterOnset: number[];
  /** Periods from when people are hurt, for those found that hurt; below 0: found before. */
  afterHurt: number[];
}

export interface NuisanceTally {
  /** Cells times nuisances. */
  cells: number;
  /** Of these, with a false alert on the night list while it lasted. */
  fooled: number;
  /** Of these, told to planners as what many cells do together. */
  named: number;
  /** The strict figure: with any alert about them, whoever it is for and whatever it says. */
  touched: number;
}

export interface DetectionTally {
  byKind: Record<string, KindTally>;
  /** Days of cells that were watched for false alerts. */
  cellDays: number;
  /** The night list. */
  alerts: number;
  falseAlerts: number;
  /** The strict figure: alerts for anybody that no fault explains, with those that name a nuisance as such. */
  falseForAnybody: number;
  /** Alerts for planners, and of these, those that neither a fault explains nor name a nuisance as such. */
  forPlanners: number;
  wrongForPlanners: number;
  /** Of the false alerts on the night list, those about a sign that led nowhere, and of the rest those that a nuisance explains. */
  atFalsePrecursors: number;
  atNuisances: number;
  /** Further alerts about a fault that is told already, and those about who must serve its users meanwhile. */
  duplicates: number;
  /** Faults of several cells of one site that were found, and of these, those that came as one alert. */
  siteFaults: number;
  siteFaultsAsOne: number;
  nuisances: Record<string, NuisanceTally>;
}

/** Late is what comes more than this after people are hurt. */
const IN_TIME_PERIODS = 2;

/**
 * Alerts raised before `window.from` are neither right nor wrong; nor are those about faults that are not scored.
 *
 * False alerts are those of the night list: what only planners are told wakes nobody and is counted apart. Of a nuisance,
 * an alert for planners about an area, of which at least 80 % of the cells are the nuisance's, names it as such: many do
 * the same together, and nothing is broken. What nobody is spared stands beside: `falseForAnybody`, `touched`.
 */
export function scoreDetection(truth: Truth, alerts: readonly ScoredAlert[], window: Window): DetectionTally {
  const { counted, tellings, duplicates, wrong, explained } = judge(truth, alerts, window);
  const scored = [...tellings].filter(([fault]) => isScored(fault, window));
  const ofSites = scored.filter(([fault, each]) => isOfSite(fault, truth) && each.length > 0);
  const misled = explained.filter(({ alert }) => isForNight(alert));
  const [forNight, falseAlerts] = [counted.filter(isForNight).length, wrong.filter(isForNight).length];
  return {
    byKind: tallyByKind(scored, truth.periodMs),
    cellDays: cellDaysOf(truth, window),
    ...{ alerts: forNight, falseAlerts, falseForAnybody: wrong.length, forPlanners: counted.length - forNight },
    wrongForPlanners: wrong.length - falseAlerts - explained.filter((one) => isNamed(one, truth)).length,
    atFalsePrecursors: misled.filter(({ spell }) => truth.falsePrecursors.includes(spell)).length,
    atNuisances: misled.filter(({ spell }) => truth.nuisances.includes(spell)).length,
    duplicates,
    siteFaults: ofSites.length,
    siteFaultsAsOne: ofSites.filter(([fault, each]) => isToldAsOne(fault, each)).length,
    nuisances: tallyNuisances(truth, explained, window),
  };
}

/** Alerts told apart by what lies behind them. */
interface Judged {
  counted: ScoredAlert[];
  tellings: Map<Fault, Telling[]>;
  duplicates: number;
  /** No fault explains them; and of these, those that something else explains. */
  wrong: ScoredAlert[];
  explained: Explained[];
}

export function judge(truth: Truth, alerts: readonly ScoredAlert[], window: Window): Judged {
  const told = alerts.filter(isDetection);
  const tellings = tellingsByFault(truth, told);
  const right = new Set([...tellings.values()].flat().map(({ alert }) => alert));
  const firsts = new Set([...tellings.values()].flatMap((each) => each.slice(0, 1)).map(({ alert }) => alert));
  const counted = told.filter((alert) => isCounted(alert, window));
  const others = counted.filter((alert) => !right.has(alert));
  const consequences = new Set(truth.faults.flatMap((fault) => alertsDuring(atGuests(fault), others, truth)));
  const wrong = others.filter((alert) => !consequences.has(alert));
  const again = counted.filter((alert) => right.has(alert) && !firsts.has(alert));
  const duplicates = again.length + consequences.size;
  return { counted, tellings, duplicates, wrong, explained: explain(truth, wrong) };
}

export function cellDaysOf({ cells }: Truth, { from, until }: Window): number {
  return (cells.length * (until - from)) / DAY;
}

export const noFaults = (): KindTally => ({
  ...{ faults: 0, found: 0, hurting: 0, inTime: 0 },
  ...{ afterOnset: [], afterHurt: [] },
});

function tallyByKind(scored: readonly (readonly [Fault, readonly Telling[]])[], periodMs: number) {
  const byKind: DetectionTally['byKind'] = {};
  for (const [fault, [first]] of scored) {
    byKind[fault.kind] ??= noFaults();
    const tally = byKind[fault.kind]!;
    tally.faults++;
    if (fault.hurtsFrom !== null) tally.hurting++;
    if (!first) continue;
    tally.found++;
    if (first.at - (fault.hurtsFrom ?? fault.onset) <= IN_TIME_PERIODS * periodMs) tally.inTime++;
    tally.afterOnset.push((first.at - fault.onset) / periodMs);
    if (fault.hurtsFrom !== null) tally.afterHurt.push((first.at - fault.hurtsFrom) / periodMs);
  }
  return byKind;
}

/** Where and while others serve the users of a fault. */
function atGuests(fault: Fault): Extent {
  return { cells: fault.disturbs, from: beginOf(fault), until: fault.repair };
}

function isOfSite({ cells }: Fault, { sites }: Truth): boolean {
  return cells.length > 1 && cells.every((cell) => sites.get(cell) === sites.get(cells[0]!));
}

/** One alert, and it names at least half of the cells. */
function isToldAsOne({ cells }: Fault, tellings: readonly Telling[]): boolean {
  const alerts = new Set(tellings.map(({ alert }) => alert));
  const [only] = alerts;
  if (!only || alerts.size > 1) return false;
  return cells.filter((cell) => only.cells.includes(cell)).length >= cells.length / 2;
}

interface Explained {
  alert: ScoredAlert;
  spell: Spell;
}

/** Says of a nuisance what it is, to those who want to know. */
function isNamed({ alert, spell }: Explained, { nuisances }: Truth): boolean {
  return isWide(alert) && alert.kind === 'anomaly' && !isForNight(alert) && nuisances.includes(spell);
}

/** Alerts that no fault explains with what lay behind them: a sign that led nowhere, else the shortest nuisance of that moment. */
function explain(truth: Truth, wrong: readonly ScoredAlert[]): Explained[] {
  const shortestFirst = (a: Spell, b: Spell) => a.until - a.from - (b.until - b.from);
  const all = [...truth.falsePrecursors.toSorted(shortestFirst), ...truth.nuisances.toSorted(shortestFirst)];
  const explained = new Map<ScoredAlert, Spell>();
  for (const spell of all) {
    const extent = { ...spell, cells: [...spell.cells, ...spell.disturbs] };
    for (const alert of alertsDuring(extent, wrong, truth)) if (!explained.has(alert)) explained.set(alert, spell);
  }
  return [...explained].map(([alert, spell]) => ({ alert, spell }));
}

/** By kind: of the cells that a nuisance touched, how many were told of because of it, and how. */
function tallyNuisances(truth: Truth, explained: readonly Explained[], window: Window): DetectionTally['nuisances'] {
  const nuisances: DetectionTally['nuisances'] = {};
  const tally = (kind: string, spell: Spell) => {
    if (spell.until < window.from || spell.from > window.until) return;
    nuisances[kind] ??= { cells: 0, fooled: 0, named: 0, touched: 0 };
    const own = explained.filter((one) => one.spell === spell);
    const told = (by: readonly Explained[]) => {
      const cells = new Set(by.flatMap(({ alert }) => alert.cells));
      return spell.cells.filter((cell) => cells.has(cell)).length;
    };
    nuisances[kind]!.cells += spell.cells.length;
    nuisances[kind]!.fooled += told(own.filter(({ alert }) => isForNight(alert)));
    nuisances[kind]!.named += told(own.filter((one) => isNamed(one, truth)));
    nuisances[kind]!.touched += told(own);
  };
  for (const spell of truth.nuisances) tally(spell.kind, spell);
  for (const spell of truth.falsePrecursors) tally(`false precursor: ${spell.kind}`, spell);
  return nuisances;
}
