// What a trouble does to people: how many are usually served there, of which tier, and the stars at risk if it lasts a day.

import type { AlertRecord } from '../model/alert.ts';
import type { Severity } from '../model/health.ts';
import type { Impact } from '../model/star.ts';
import { shownCount, shownList } from './suppression.ts';
import { NO_TIER, tierWeight } from './tier-weight.ts';

/** What is kept of an alert for its impact: the cells, whether it is a total loss, how bad. */
export type Hurting = Pick<AlertRecord, 'kind' | 'severity' | 'cells' | 'recovered' | 'why' | 'title'>;

/** People by number, from 0. */
export interface Crowd {
  readonly size: number;
  tierOf(person: number): string | null;
  /** Weight of the network dimension in this person's score, 0…1. */
  networkWeightOf(person: number): number;
  /** Share of the person's use that falls on cells which are no longer in the network, 0…1: they cover nobody. */
  shareGone?(person: number): number;
  /** Everybody who is usually served by the cell, with its share of that person's use, 0…1. */
  eachOn(cell: string, visit: (person: number, share: number) => void): void;
}

/** Experience on a cell, 0…100; null where nothing is known. */
export interface CellScores {
  /** What it usually is at this hour. */
  usual(cell: string): number | null;
  /** Of the present hour. */
  present(cell: string): number | null;
}

/** A cell, the part of its use that is hurt, 0…1, and the points of 100 that this part loses while it lasts. */
export interface HurtCell {
  cell: string;
  part: number;
  points: number;
  /** Nothing works there. */
  isDark: boolean;
}

export interface Hurt {
  people: number;
  byTier: Map<string, number>;
  stars: number;
  /** Stars, each counted by the weight of its person's tier. */
  weightedStars: number;
  /** People of whom no usual cell works. */
  noOtherCover: number;
  /** People, each by the part of use that is hurt. */
  whole: number;
  wholeByTier: Map<string, number>;
}

/** Days weigh half as much after three days more: so one bad day is this part of the whole, 1 − 2^(−1/3). */
export const ONE_DAY = 1 - 2 ** (-1 / 3);
const POINTS_A_STAR = 20;
/** What an unknown cell usually gives: shares of a day are lost from a good one. *Default.* */
const USUAL_SCORE = 80;
/** Shares are kept with little precision. */
const ALL_OF_IT = 0.995;

/** So far apart that a bad case of a step rarely passes a mild one of the next without many people. *Default.* */
const SEVERITY_VALUE: Record<Severity, number> = {
  critical: 1000,
  major: 300,
  minor: 100,
  warning: 30,
  indeterminate: 10,
  cleared: 0,
};
/** More than all people's stars together can be. */
const NO_COVER_VALUE = 1e9;

/** Rank of an alert of which nobody's part is known. */
export function severityRank(severity: Severity): number {
  return SEVERITY_VALUE[severity];
}

/** Off air, asleep, or a whole site unheard: nothing works there as far as is known. */
export function isTotalLoss({ title, why }: Pick<Hurting, 'title' | 'why'>): boolean {
  return title.code === 'title-down' || title.code === 'title-asleep' || why.code === 'site-silent';
}

/** Undefined while no people are known, or for a trouble of no cells. */
export function impactOn(alert: Hurting, crowd: Crowd, scores: CellScores): Impact | undefined {
  const cells = hurtCells(alert, scores);
  if (crowd.size === 0 || cells.length === 0) return undefined;
  const hurt = hurtBy(cells, crowd);
  // Of a weak area nobody knows who is in it: people count by the part of their use that may be there.
  const byTier = alert.kind === 'weak-coverage' ? roundedCounts(hurt.wholeByTier) : hurt.byTier;
  const tiers = [...byTier.keys()].sort();
  const shown = shownList(tiers.map((tier) => byTier.get(tier)!));
  return {
    subscribers: shown.total,
    byTier: Object.fromEntries(tiers.map((tier, i) => [tier, shown.counts[i]!])),
    starsAtRisk: Math.round(hurt.stars * 10) / 10,
    ...(isTotalLoss(alert) && { noOtherCover: shownCount(hurt.noOtherCover) }),
    rank: rankOf(alert.severity, hurt),
  };
}

const roundedCounts = (counts: ReadonlyMap<string, number>) =>
  new Map([...counts].map(([tier, count]) => [tier, Math.round(count)]));

/** Total loss without other cover above all, then severity, and on it people by tier: more of them never lower it. */
function rankOf(severity: Severity, hurt: Hurt): number {
  const rank = (hurt.noOtherCover > 0 ? NO_COVER_VALUE : 0) + severityRank(severity) + hurt.weightedStars;
  return Math.round(rank * 1000) / 1000;
}

/** The cells of an alert that are not well again, with what each loses. */
export function hurtCells(alert: Hurting, scores: CellScores): HurtCell[] {
  if (alert.kind === 'weak-coverage') return weakCells(alert, scores);
  const isDark = isTotalLoss(alert);
  const recovered = new Set(alert.recovered);
  return alert.cells
    .filter((cell) => !recovered.has(cell))
    .map((cell) => {
      const usual = scores.usual(cell) ?? USUAL_SCORE;
      const troubled = isDark ? 0 : (scores.present(cell) ?? usual);
      return { cell, part: 1, points: Math.max(0, usual - troubled), isDark };
    });
}

/**
 * Only the part of each cell's use that lies in the weak area counts, and of it the weak share as if nothing worked there.
 * What a finding does not say is taken as all of the use.
 */
function weakCells({ cells, why }: Hurting, scores: CellScores): HurtCell[] {
  const parts = String(why.values.useParts ?? '')
    .split(' ')
    .map(Number);
  const weakShare = within(Number(why.values.sharePct ?? 0) / 100);
  return cells.toSorted().map((cell, i) => ({
    cell,
    part: parts.length === cells.length ? within(parts[i]!) : 1,
    points: weakShare * (scores.usual(cell) ?? USUAL_SCORE),
    isDark: false,
  }));
}

const within = (share: number) => (Number.isFinite(share) ? Math.min(1, Math.max(0, share)) : 0);

/**
 * Sums over everybody who is usually served by one of the cells; each person counts once. Works in columns that are
 * kept from call to call, all zero between them: a site's tens of thousands cost milliseconds, a small cell's dozens nothing.
 */
export function hurtBy(cells: readonly HurtCell[], crowd: Crowd): Hurt {
  makeRoom(crowd.size);
  const people: number[] = [];
  for (const { cell, part, points, isDark } of cells) {
    crowd.eachOn(cell, (person, share) => {
      if (isIn[person] === 0) people.push(person);
      isIn[person] = 1;
      lost[person]! += share * part * points;
      if (isDark) dark[person]! += share;
      used[person]! += share * part;
    });
  }
  const hurt = summed(people, crowd);
  for (const person of people) {
    isIn[person] = 0;
    lost[person] = 0;
    dark[person] = 0;
    used[person] = 0;
  }
  return hurt;
}

let isIn = new Uint8Array(0);
/** Points of network experience, share of use that is dark, and share that is hurt, by person. */
let lost = new Float32Array(0);
let dark = new Float32Array(0);
let used = new Float32Array(0);

function makeRoom(size: number): void {
  if (isIn.length >= size) return;
  isIn = new Uint8Array(2 * size);
  lost = new Float32Array(2 * size);
  dark = new Float32Array(2 * size);
  used = new Float32Array(2 * size);
}

interface TierSum {
  people: number;
  stars: number;
  whole: number;
}

function summed(people: readonly number[], crowd: Crowd): Hurt {
  const tiers = new Map<string | null, TierSum>();
  let noOtherCover = 0;
  for (const person of people) {
    const tier = crowd.tierOf(person);
    let sums = tiers.get(tier);
    if (!sums) {
      sums = { people: 0, stars: 0, whole: 0 };
      tiers.set(tier, sums);
    }
    sums.people += 1;
    sums.stars += (lost[person]! * ONE_DAY * crowd.networkWeightOf(person)) / POINTS_A_STAR;
    sums.whole += used[person]!;
    if (dark[person]! > 0 && isUncovered(dark[person]!, person, crowd)) noOtherCover += 1;
  }
  return { ...addedUp(tiers), people: people.length, noOtherCover };
}

function isUncovered(darkShare: number, person: number, crowd: Crowd): boolean {
  return darkShare >= ALL_OF_IT || darkShare >= ALL_OF_IT * (1 - (crowd.shareGone?.(person) ?? 0));
}

function addedUp(tiers: ReadonlyMap<string | null, TierSum>): Omit<Hurt, 'people' | 'noOtherCover'> {
  const sum = {
    byTier: new Map<string, number>(),
    wholeByTier: new Map<string, number>(),
    stars: 0,
    weightedStars: 0,
    whole: 0,
  };
  for (const [tier, { people, stars, whole }] of tiers) {
    const name = tier ?? NO_TIER;
    sum.byTier.set(name, (sum.byTier.get(name) ?? 0) + people);
    sum.wholeByTier.set(name, (sum.wholeByTier.get(name) ?? 0) + whole);
    sum.stars += stars;
    sum.weightedStars += stars * tierWeight(tier);
    sum.whole += whole;
  }
  return sum;
}
