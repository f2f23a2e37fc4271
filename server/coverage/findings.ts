// From areas to findings: one that is new begins, one that grew or got worse lasts, one where enough good samples came ends.

import type { WeakArea } from '../model/coverage.ts';
import type { Finding } from '../model/finding.ts';
import type { StoredArea } from '../model/sample-columns.ts';
import type { Ground } from './ground.ts';
import type { NamedArea } from './identity.ts';
import type { Profile } from './profile.ts';
import { isSurelyWeak } from './rules/level.ts';

export interface Told {
  findings: Finding[];
  /** What is to be kept once the findings are dealt with. */
  areas: StoredArea[];
}

/**
 * Of one slice, `at` being the data time of its newest sample. Where a fault is the cause its own alert tells of it: such
 * an area is kept, untold, until it is judged without.
 */
export function tellSlice(
  now: readonly NamedArea[],
  before: readonly StoredArea[],
  around: { slice: string; at: number; ground: Ground; profile: Profile },
): Told {
  const told: Told = { findings: [], areas: [] };
  for (const one of now) {
    const next = tellArea(one, around);
    if (next.finding) told.findings.push(next.finding);
    told.areas.push(next.kept);
  }
  const gone = before.filter((one) => one.slice === around.slice && !now.some(({ area }) => area.id === one.id));
  for (const one of gone) {
    const isOver = isGoodNow(one, around) || now.some(({ coarse }) => overlaps(one.hexagons, coarse));
    if (!isOver) told.areas.push(one);
    else if (one.told) told.findings.push(ending(one, around.at));
  }
  return told;
}

function tellArea(
  { area, coarse, stored }: NamedArea,
  { slice, at, profile }: { slice: string; at: number; profile: Profile },
) {
  const kept: StoredArea = { id: area.id, slice, hexagons: coarse, since: area.since, told: stored?.told };
  if (area.cause.kind === 'fault') return { kept };
  const before = stored?.told;
  const hasMoved = before && (grew(coarse.length, before.hexagons, profile) || moved(area, before.weakShare, profile));
  if (before && (!hasMoved || at <= before.at)) return { kept };
  const since = before ? (stored?.since ?? area.since) : area.since;
  return {
    kept: { ...kept, told: { hexagons: coarse.length, weakShare: area.weakShare, at } },
    finding: finding(area, before ? 'lasts' : 'begins', at, since),
  };
}

const grew = (now: number, before: number, { growth }: Profile) =>
  now >= growth.hexagons * before || now * growth.hexagons <= before;

const moved = (area: WeakArea, before: number, { growth }: Profile) =>
  Math.abs(area.weakShare - before) >= growth.points;

/** Enough samples there, and they are not weak; where none came, nothing is known and nothing ends. */
function isGoodNow({ hexagons }: StoredArea, { ground, profile }: { ground: Ground; profile: Profile }): boolean {
  const sum = { samples: 0, weak: 0 };
  for (const id of hexagons) {
    sum.samples += ground.get(id)?.samples ?? 0;
    sum.weak += ground.get(id)?.weak ?? 0;
  }
  return sum.samples >= profile.leastSamples && !isSurelyWeak(sum.weak, sum.samples, profile);
}

/** What is over in one place but goes on in a neighbour that took its hexagons in. */
function overlaps(hexagons: readonly string[], others: readonly string[]): boolean {
  const known = new Set(others);
  return hexagons.some((id) => known.has(id));
}

const PERCENT = 100;
/** The alarm line of a score; how weak a place is fills the other half. */
const ALARM = 0.5;

function finding(area: WeakArea, phase: Finding['phase'], at: number, since: number): Finding {
  const { values: place } = area.place;
  const share = PERCENT * area.weakShare;
  return {
    kind: 'weak-coverage',
    subject: { scope: 'area', id: area.id },
    cells: area.cells.map(({ cell }) => cell),
    phase,
    at,
    since,
    periodSeconds: 900,
    evidence: {
      observed: share,
      expected: null,
      low: PERCENT * area.weakShareLow,
      high: PERCENT * area.weakShareHigh,
      score: ALARM + (1 - ALARM) * area.weakShare,
      attempts: area.samples,
    },
    why: {
      code: 'weak-area',
      values: {
        ...place,
        rule: area.rule,
        cause: area.cause.kind,
        sharePct: share,
        shareLowPct: PERCENT * area.weakShareLow,
        shareHighPct: PERCENT * area.weakShareHigh,
        samples: area.samples,
        weakDbm: area.weakDbm,
        levelDbm: area.medianRsrpDbm,
        areaKm2: area.areaKm2,
        radio: area.radio ?? '',
        useParts: usePartsOf(area),
        ...(area.rival ? { operator: area.rival.operator, points: Math.round(PERCENT * area.rival.difference) } : {}),
      },
    },
    wouldClear: { code: 'area-good-again', values: { weakDbm: area.weakDbm } },
    detector: 'coverage@1',
  };
}

/** By cell in the order of ids: what part of its samples, and so about of its use, lies in the area. */
function usePartsOf({ cells }: WeakArea): string {
  const inOrder = cells.toSorted((a, b) => (a.cell < b.cell ? -1 : 1));
  return inOrder.map(({ samples, allSamples }) => (samples / allSamples).toPrecision(3)).join(' ');
}

function ending({ id, since }: StoredArea, at: number): Finding {
  return {
    kind: 'weak-coverage',
    subject: { scope: 'area', id },
    cells: [],
    phase: 'ends',
    at,
    since,
    periodSeconds: 900,
    evidence: { observed: null, expected: null, low: null, high: null, score: 0 },
    why: { code: 'weak-area', values: {} },
    wouldClear: { code: 'area-good-again', values: {} },
    detector: 'coverage@1',
  };
}
