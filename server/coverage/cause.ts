// Why a place is weak: faults are ruled out first, then distance, overshoot, overlap and load; else what is known is said.

import { bearingDeg, turnDeg } from '../maths/ground.ts';
import type { CoverageCause, CoverageRule, ServingCell } from '../model/coverage.ts';
import type { Said } from '../model/finding.ts';
import { type CellDirectory, type CellLoad, isPlacedCell, nameValues } from './inventory.ts';
import type { Outage } from './outage.ts';
import { type Profile, scenarioOf } from './profile.ts';
import type { Reach } from './rules/interference.ts';
import type { TimingJudgement } from './timing-advance.ts';

/** What is known of a place when its cause is looked for. */
export interface CauseAsk {
  rules: readonly CoverageRule[];
  isWeak: boolean;
  scenario: string;
  centre: { lat: number; lon: number };
  weakDbm: number;
  weakShare: number;
  medianRsrpDbm: number;
  medianSinrDb: number | null;
  medianDlMbps: number | null;
  cells: readonly ServingCell[];
  /** Cells alike in its hexagons, most often first. */
  alike: readonly string[];
  /** The outage during which most of it was measured. */
  outage: Outage | undefined;
  reach: ReadonlyMap<string, Reach>;
  rival: { operator: string; difference: number } | undefined;
  /** What reports by distance say of the cell that serves most of it. */
  timing: TimingJudgement | undefined;
}

export interface Cause {
  kind: CoverageCause;
  why: Said;
  /** What the remedy goes by. */
  server: { cell: string; distanceM: number | null } | undefined;
  /** The place lies beside the direction of the antenna that serves it. */
  isBeside: boolean;
}

interface Around {
  profile: Profile;
  cells: CellDirectory;
  loadOf(cell: string): CellLoad | null;
}

type Finder = (ask: CauseAsk, around: Around) => { kind: CoverageCause; why: Said } | undefined;

/** In the order in which they are ruled out. */
const FINDERS: readonly Finder[] = [byFault, byDistance, byOvershoot, byIndoor, byOverlap, byCapacity];

export function causeOf(ask: CauseAsk, around: Around): Cause {
  const main = ask.cells[0];
  const server = main && { cell: main.cell, distanceM: main.distanceM };
  const isBeside = main !== undefined && liesBeside(main.cell, ask, around);
  for (const find of FINDERS) {
    const found = find(ask, around);
    if (found) return { ...found, server, isBeside };
  }
  return { kind: 'unknown', why: unknown(ask, around, isBeside), server, isBeside };
}

function byFault({ outage }: CauseAsk, { cells }: Around): ReturnType<Finder> {
  if (!outage) return undefined;
  const name = nameValues('cell', outage.cell, cells.cell(outage.cell));
  const until: Said['values'] = outage.to === undefined ? {} : { untilMs: outage.to };
  return { kind: 'fault', why: { code: 'cause-fault', values: { ...name, sinceMs: outage.from, ...until } } };
}

/** Weak and far. Noise tells level from interference, where it was measured. */
function byDistance(ask: CauseAsk, { profile, cells }: Around): ReturnType<Finder> {
  const main = ask.cells[0];
  const { scenario } = scenarioOf(profile, ask.scenario);
  if (!ask.isWeak || main?.distanceM == null || main.distanceM <= scenario.spacingM) return undefined;
  const sinr: Said['values'] =
    ask.medianSinrDb === null ? {} : { sinrDb: ask.medianSinrDb, poorSinrDb: scenario.poorSinrDb };
  const values = {
    ...nameValues('cell', main.cell, cells.cell(main.cell)),
    distanceM: Math.round(main.distanceM),
    spacingM: scenario.spacingM,
    scenario: ask.scenario,
    levelDbm: ask.medianRsrpDbm,
    ...sinr,
  };
  return { kind: 'distance', why: { code: 'cause-distance', values } };
}

function byOvershoot(ask: CauseAsk, { cells }: Around): ReturnType<Finder> {
  if (!ask.rules.includes('overshoot')) return undefined;
  const far = ask.cells.find(({ cell, distanceM }) => {
    const reach = ask.reach.get(cell);
    return reach !== undefined && distanceM !== null && distanceM > 0.8 * reach.tooFarM;
  });
  if (!far) return undefined;
  const values = {
    ...nameValues('cell', far.cell, cells.cell(far.cell)),
    distanceM: Math.round(far.distanceM!),
    meanM: Math.round(ask.reach.get(far.cell)!.meanM),
    samples: far.samples,
  };
  return { kind: 'overshoot', why: { code: 'cause-overshoot', values } };
}

/** Weak although near and in front of the antenna, and so are many who use the cell from near. */
function byIndoor(ask: CauseAsk, around: Around): ReturnType<Finder> {
  const [main] = ask.cells;
  if (!ask.isWeak || main?.distanceM == null || ask.timing?.verdict !== 'indoor') return undefined;
  if (liesBeside(main.cell, ask, around)) return undefined;
  const { weakNear, weakDbm, nearM, samples } = ask.timing;
  const values = {
    ...nameValues('cell', main.cell, around.cells.cell(main.cell)),
    ...{ distanceM: Math.round(main.distanceM), levelDbm: ask.medianRsrpDbm, weakDbm, nearM, samples },
    sharePct: Math.round(100 * weakNear.share),
  };
  return { kind: 'indoor', why: { code: 'cause-indoor', values } };
}

/** A good level, and too many cells alike; noise, where it was measured, agrees. */
function byOverlap(ask: CauseAsk, { profile, cells }: Around): ReturnType<Finder> {
  if (ask.alike.length <= profile.overlap.neighbours || ask.medianRsrpDbm <= ask.weakDbm) return undefined;
  const { poorSinrDb } = scenarioOf(profile, ask.scenario).scenario;
  if (ask.medianSinrDb !== null && ask.medianSinrDb > poorSinrDb && !ask.rules.includes('overlap')) return undefined;
  const first = ask.alike[0]!;
  const sinr: Said['values'] = ask.medianSinrDb === null ? {} : { sinrDb: ask.medianSinrDb, poorSinrDb };
  const values = {
    ...nameValues('cell', first, cells.cell(first)),
    cells: ask.alike.length,
    withinDb: profile.overlap.withinDb,
    levelDbm: ask.medianRsrpDbm,
    ...sinr,
  };
  return { kind: 'overlap', why: { code: 'cause-overlap', values } };
}

/** A level that would do, a low rate, and a server that is full. */
function byCapacity(ask: CauseAsk, { profile, cells, loadOf }: Around): ReturnType<Finder> {
  const { busyPrbPct, slowMbps } = profile.capacity;
  if (ask.medianRsrpDbm <= ask.weakDbm || ask.medianDlMbps === null || ask.medianDlMbps > slowMbps) return undefined;
  for (const { cell } of ask.cells) {
    const load = loadOf(cell);
    if ((load?.prbUtilPct ?? 0) < busyPrbPct) continue;
    const users: Said['values'] = load?.users === undefined ? {} : { users: Math.round(load.users) };
    const values = {
      ...nameValues('cell', cell, cells.cell(cell)),
      prbPct: Math.round(load!.prbUtilPct!),
      dlMbps: ask.medianDlMbps,
      levelDbm: ask.medianRsrpDbm,
      ...users,
    };
    return { kind: 'capacity', why: { code: 'cause-capacity', values } };
  }
  return undefined;
}

/** What is known, and what would have to be known. */
function unknown(ask: CauseAsk, { profile, cells }: Around, isBeside: boolean): Said {
  const main = ask.cells[0];
  if (!ask.isWeak && ask.rival) {
    const values = { operator: ask.rival.operator, points: Math.round(100 * ask.rival.difference) };
    return { code: 'cause-rival', values: { ...values, levelDbm: ask.medianRsrpDbm } };
  }
  if (!main) return { code: 'cause-no-cell', values: { levelDbm: ask.medianRsrpDbm } };
  const name = nameValues('cell', main.cell, cells.cell(main.cell));
  if (main.distanceM === null) return { code: 'cause-no-place', values: { ...name, levelDbm: ask.medianRsrpDbm } };
  const spacingM = scenarioOf(profile, ask.scenario).scenario.spacingM;
  const values = { ...name, distanceM: Math.round(main.distanceM), spacingM, levelDbm: ask.medianRsrpDbm };
  return { code: isBeside ? 'cause-beside' : 'cause-near', values };
}

function liesBeside(cell: string, { centre }: CauseAsk, { cells, profile }: Around): boolean {
  const known = cells.cell(cell);
  if (!isPlacedCell(known) || known.azimuthDeg === undefined) return false;
  return turnDeg(bearingDeg(known, centre), known.azimuthDeg) > profile.besideDeg;
}
