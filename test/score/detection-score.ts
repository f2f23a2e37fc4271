// Scores what is said to be wrong: faults found and how late, false alerts, duplicates, one alert for one site, nuisances.

import {
  alertsDuring,
  type Extent,
  isCounted,
  isScored,
  type Telling,
  tellingsByFault,
  type Window,
} from './matching.ts';
import { isDetection, type ScoredAlert } from './scored-alert.ts';
import { beginOf, type Fault, type Spell, type Truth } from './truth.ts';

const DAY = 24 * 3_600_000;

/** Faults of one kind. Counts and lists, so that runs can be added up. */
export interface KindTally {
  faults: number;
  found: number;
  /** Periods from the onset to the first alert, one for each fault found; below 0 when a precursor was told as trouble. */
  afterOnset: number[];
  /** Periods from when people are hurt, for those found that hurt; below 0: found before. */
  afterHurt: number[];
}

export interface NuisanceTally {
  /** Cells times nuisances. */
  cells: number;
  /** Of these, with a false alert while it lasted. */
  fooled: number;
}

export interface DetectionTally {
  byKind: Record<string, KindTally>;
  /** Days of cells that were watched for false alerts. */
  cellDays: number;
  alerts: number;
  falseAlerts: number;
  /** Of these, those about a sign that led nowhere, and of the rest those that a nuisance explains. */
  atFalsePrecursors: number;
  atNuisances: number;
  /** Further alerts about a fault that is told already, and those about who must serve its users meanwhile. */
  duplicates: number;
  /** Faults of several cells of one site that were found, and of these, those that came as one alert. */
  siteFaults: number;
  siteFaultsAsOne: number;
  nuisances: Record<string, NuisanceTally>;
}

/** Alerts raised before `window.from` are neither right nor wrong; nor are those about faults that are not scored. */
export function scoreDetection(truth: Truth, alerts: readonly ScoredAlert[], window: Window): DetectionTally {
  const told = alerts.filter(isDetection);
  const tellings = tellingsByFault(truth, told);
  const scored = [...tellings].filter(([fault]) => isScored(fault, window));
  const right = new Set([...tellings.values()].flat().map(({ alert }) => alert));
  const firsts = new Set([...tellings.values()].flatMap((each) => each.slice(0, 1)).map(({ alert }) => alert));
  const counted = told.filter((alert) => isCounted(alert, window));
  const others = counted.filter((alert) => !right.has(alert));
  const consequences = new Set(truth.faults.flatMap((fault) => alertsDuring(atGuests(fault), others, truth)));
  const wrong = others.filter((alert) => !consequences.has(alert));
  const explained = explain(truth, wrong);
  const again = counted.filter((alert) => right.has(alert) && !firsts.has(alert));
  const ofSites = scored.filter(([fault, each]) => isOfSite(fault, truth) && each.length > 0);
  return {
    byKind: tallyByKind(scored, truth.periodMs),
    cellDays: cellDaysOf(truth, window),
    alerts: counted.length,
    falseAlerts: wrong.length,
    atFalsePrecursors: explained.filter(({ spell }) => truth.falsePrecursors.includes(spell)).length,
    atNuisances: explained.filter(({ spell }) => truth.nuisances.includes(spell)).length,
    duplicates: again.length + consequences.size,
    siteFaults: ofSites.length,
    siteFaultsAsOne: ofSites.filter(([fault, each]) => isToldAsOne(fault, each)).length,
    nuisances: tallyNuisances(truth, explained, window),
  };
}

export function cellDaysOf({ cells }: Truth, { from, until }: Window): number {
  return (cells.length * (until - from)) / DAY;
}

function tallyByKind(scored: readonly (readonly [Fault, readonly Telling[]])[], periodMs: number) {
  const byKind: DetectionTally['byKind'] = {};
  for (const [fault, [first]] of scored) {
    byKind[fault.kind] ??= { faults: 0, found: 0, afterOnset: [], afterHurt: [] };
    const tally = byKind[fault.kind]!;
    tally.faults++;
    if (!first) continue;
    tally.found++;
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

/** False alerts with what lay behind them: a sign that led nowhere, else the shortest nuisance of that moment. */
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

/** By kind: of the cells that a nuisance touched, how many a false alert was raised about because of it. */
function tallyNuisances(truth: Truth, explained: readonly Explained[], window: Window): DetectionTally['nuisances'] {
  const nuisances: DetectionTally['nuisances'] = {};
  const tally = (kind: string, spell: Spell) => {
    if (spell.until < window.from || spell.from > window.until) return;
    nuisances[kind] ??= { cells: 0, fooled: 0 };
    const own = explained.filter((one) => one.spell === spell);
    const touched = new Set(own.flatMap(({ alert }) => alert.cells));
    nuisances[kind]!.cells += spell.cells.length;
    nuisances[kind]!.fooled += spell.cells.filter((cell) => touched.has(cell)).length;
  };
  for (const spell of truth.nuisances) tally(spell.kind, spell);
  for (const spell of truth.falsePrecursors) tally(`false precursor: ${spell.kind}`, spell);
  return nuisances;
}
