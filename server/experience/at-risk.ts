// Who may fall below two stars: what the score comes to if the present lasts a week, and what would help most where.

import type { AlertRecord } from '../model/alert.ts';
import type { PeopleCount } from '../model/star.ts';
import { type CellScores, type Crowd, type HurtCell, type Hurting, hurtCells } from './impact.ts';
import { type Parted, partBy, type Scores } from './summary.ts';
import { shownTable } from './suppression.ts';
import { HIGH_TIER_WEIGHT, tierWeight } from './tier-weight.ts';

export interface RiskPeople extends Crowd {
  /** Every cell that usually serves the person, with its share of use. */
  eachCellOf(person: number, visit: (cell: string, share: number) => void): void;
}

export type OpenAlert = Hurting & Pick<AlertRecord, 'id'>;

export interface Outlook {
  /** Score of 100 by person; NaN where nothing is known. */
  scores: Scores;
  /** Points of network experience that each open alert takes, by cell. */
  hurting: { alert: OpenAlert; cells: HurtCell[] }[];
  /** The worst of them by cell. */
  points: ReadonlyMap<string, number>;
}

export interface RiskGroup {
  key: string;
  people: PeopleCount;
  highTier: PeopleCount;
  /** The open alert that costs these people most. */
  worst: OpenAlert | undefined;
}

export interface PersonAtRisk {
  person: number;
  outlookScore: number;
  /** The cell that costs this person most, what it gives now, and its share of use. */
  cell: string | undefined;
  cellScore: number;
  share: number;
}

export const TWO_STARS = 40;
export const MOST_AT_RISK = 500;
const MOST_AREAS = 50;
/** What a week weighs when days count half as much after three days more: 1 − 2^(−7/3). */
const ONE_WEEK = 1 - 2 ** (-7 / 3);
const USUAL_SCORE = 80;

/** Scores a week on, if open troubles last; nobody gains by a trouble. */
export function outlookOf(
  now: { total: Scores; network: Scores },
  people: RiskPeople,
  cellScores: CellScores,
  open: readonly OpenAlert[],
): Outlook {
  // Coverage that is weak was so before: it is in the score as far as it is felt, and makes nothing worse within a week.
  const worsening = open.filter(({ kind }) => kind !== 'weak-coverage');
  const hurting = worsening.map((alert) => ({ alert, cells: hurtCells(alert, cellScores) }));
  const points = worstPoints(hurting);
  const lost = lostBy(points, people);
  const scores = now.total.slice();
  for (const [person, by] of lost) {
    const network = now.network[person]!;
    if (by <= 0 || Number.isNaN(network)) continue;
    let usual = 0;
    people.eachCellOf(person, (cell, share) => {
      usual += share * (cellScores.usual(cell) ?? USUAL_SCORE);
    });
    const later = network + ONE_WEEK * (Math.max(0, usual - by) - network);
    scores[person]! -= people.networkWeightOf(person) * Math.max(0, network - later);
  }
  return { scores, hurting, points };
}

/** A cell that several alerts name loses what the worst of them says. */
function worstPoints(hurting: Outlook['hurting']): Map<string, number> {
  const worst = new Map<string, number>();
  for (const { cells } of hurting) {
    for (const { cell, part, points } of cells) worst.set(cell, Math.max(worst.get(cell) ?? 0, part * points));
  }
  return worst;
}

function lostBy(worst: ReadonlyMap<string, number>, people: Crowd): Map<number, number> {
  const lost = new Map<number, number>();
  for (const [cell, points] of worst) {
    people.eachOn(cell, (person, share) => lost.set(person, (lost.get(person) ?? 0) + share * points));
  }
  return lost;
}

export interface RiskSummary {
  people: PeopleCount;
  /** Most people first. */
  groups: RiskGroup[];
  /** By number, in no order. */
  atRisk: number[];
}

/** @param areas everybody by area */
export function atRiskBy(areas: Parted, outlook: Outlook, people: Crowd): RiskSummary {
  const isAtRisk = (person: number) => outlook.scores[person]! < TWO_STARS && areas.of[person]! >= 0;
  const atRisk = [...outlook.scores.keys()].filter(isAtRisk);
  const there = partBy(atRisk.length, (i) => areas.keys[areas.of[atRisk[i]!]!]);
  const counts = there.keys.map(() => [0, 0]);
  for (const [i, person] of atRisk.entries()) {
    counts[there.of[i]!]![tierWeight(people.tierOf(person)) >= HIGH_TIER_WEIGHT ? 1 : 0]!++;
  }
  const shown = shownTable(counts);
  const help = worstBy(there, atRisk, outlook, people);
  const order = counts.map((_, group) => group).sort((a, b) => sum(counts[b]!) - sum(counts[a]!));
  const groups = order.slice(0, MOST_AREAS).map((group) => ({
    key: there.keys[group]!,
    people: shown.rows[group]!,
    highTier: shown.cells[group]![1]!,
    worst: help[group],
  }));
  return { people: shown.total, groups, atRisk };
}

const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0);

/** By group, the alert that takes most from its people at risk. */
function worstBy(groups: Parted, atRisk: readonly number[], { hurting }: Outlook, people: Crowd) {
  const groupOf = new Map(atRisk.map((person, i) => [person, groups.of[i]!]));
  const most = new Float64Array(groups.keys.length);
  const worst: (OpenAlert | undefined)[] = groups.keys.map(() => undefined);
  for (const { alert, cells } of hurting) {
    const taken = new Float64Array(groups.keys.length);
    for (const { cell, part, points } of cells) {
      people.eachOn(cell, (person, share) => {
        const group = groupOf.get(person);
        if (group !== undefined) taken[group]! += share * part * points;
      });
    }
    for (const [group, points] of taken.entries()) {
      if (points <= most[group]!) continue;
      most[group] = points;
      worst[group] = alert;
    }
  }
  return worst;
}

/** The cell of a person's that is worst by its share. */
export function worstCellOf(person: number, outlook: Outlook, people: RiskPeople, scores: CellScores): PersonAtRisk {
  const found: PersonAtRisk = {
    ...{ person, outlookScore: outlook.scores[person]!, cell: undefined, cellScore: Number.NaN, share: 0 },
  };
  let most = -1;
  people.eachCellOf(person, (cell, share) => {
    const usual = scores.usual(cell) ?? USUAL_SCORE;
    const now = usual - (outlook.points.get(cell) ?? 0);
    const lost = share * (100 - now);
    if (lost <= most) return;
    most = lost;
    Object.assign(found, { cell, share, cellScore: now });
  });
  return found;
}
