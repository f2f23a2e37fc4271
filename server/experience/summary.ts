// Stars of many people by group: means, their change within a week and four weeks of history, with small groups hidden.

import type { PeopleCount } from '../model/star.ts';
import { shownList, shownTable } from './suppression.ts';

/** Everybody parted into groups: the group of each person by number, −1 for those who are not counted. */
export interface Parted {
  keys: readonly string[];
  of: Int32Array;
}

/** Scores of 100 by person at one time; NaN where nothing is known. */
export type Scores = Float32Array;

export interface SummaryInput {
  groups: Parted;
  /** The second key. */
  across: Parted;
  now: Scores;
  /** A week earlier. */
  before: Scores | undefined;
  /** One a local day, oldest first. */
  days: readonly (Scores | undefined)[];
}

export interface GroupSummary {
  key: string;
  people: PeopleCount;
  /** Null where the group is too small to be shown, or nothing is known of it. */
  meanScore: number | null;
  stars: number | null;
  change: number | null;
  history: (number | null)[];
  across: { key: string; people: PeopleCount; stars: number | null }[];
}

export interface Summary {
  people: number;
  meanScore: number | null;
  stars: number | null;
  before: { meanScore: number; stars: number } | null;
  /** Worst mean first; those without one last. */
  groups: GroupSummary[];
}

/** More groups than this are put together under `OTHERS`, smallest first. */
export const MOST_GROUPS = 500;
export const OTHERS = '*other';
const POINTS_A_STAR = 20;

/** One pass over everybody; a person of no key goes to the group of the empty key, one of undefined is not counted. */
export function partBy(size: number, keyOf: (person: number) => string | null | undefined): Parted {
  const numbers = new Map<string, number>();
  const of = new Int32Array(size).fill(-1);
  for (let person = 0; person < size; person++) {
    const given = keyOf(person);
    if (given === undefined) continue;
    const key = given ?? '';
    let number = numbers.get(key);
    if (number === undefined) {
      number = numbers.size;
      numbers.set(key, number);
    }
    of[person] = number;
  }
  return limited({ keys: [...numbers.keys()], of });
}

function limited(parted: Parted): Parted {
  const { keys, of } = parted;
  if (keys.length <= MOST_GROUPS) return parted;
  const counts = countsOf(parted);
  const bySize = keys.map((_, i) => i).sort((a, b) => counts[b]! - counts[a]!);
  const kept = bySize.slice(0, MOST_GROUPS - 1);
  const newNumber = new Int32Array(keys.length).fill(kept.length);
  for (const [number, old] of kept.entries()) newNumber[old] = number;
  return { keys: [...kept.map((old) => keys[old]!), OTHERS], of: of.map((old) => newNumber[old] ?? -1) };
}

export function countsOf({ keys, of }: Parted): Int32Array {
  const counts = new Int32Array(keys.length);
  for (const group of of) if (group >= 0) counts[group]!++;
  return counts;
}

/** Mean of each group; NaN for a group of which nothing is known. */
export function meansOf({ keys, of }: Parted, scores: Scores): Float64Array {
  const sums = new Float64Array(keys.length);
  const known = new Uint32Array(keys.length);
  for (let person = 0; person < of.length; person++) {
    const [score, group] = [scores[person]!, of[person]!];
    if (Number.isNaN(score) || group < 0) continue;
    sums[group]! += score;
    known[group]!++;
  }
  return sums.map((sum, group) => sum / known[group]!);
}

/** Of everybody who is counted; null where nothing is known. */
function meanOf({ of }: Parted, scores: Scores | undefined): number | null {
  if (!scores) return null;
  return number(meansOf({ keys: ['all'], of: of.map((group) => Math.min(group, 0)) }, scores)[0]);
}

export function summarise(input: SummaryInput): Summary {
  const [mean, before] = [meanOf(input.groups, input.now), meanOf(input.groups, input.before)];
  return {
    people: countsOf(input.groups).reduce((sum, count) => sum + count, 0),
    meanScore: rounded(mean, 1),
    stars: starsOf(mean),
    before: before === null ? null : { meanScore: rounded(before, 1)!, stars: starsOf(before)! },
    groups: groupsOf(input),
  };
}

function groupsOf(input: SummaryInput): GroupSummary[] {
  const { groups, across } = input;
  const shown = shownCounts(groups, across);
  const now = meansOf(groups, input.now);
  const before = input.before && meansOf(groups, input.before);
  const days = input.days.map((scores) => scores && meansOf(groups, scores));
  const crossed = across === groups ? undefined : meansOf(crossing(groups, across), input.now);
  const rows = groups.keys.map((key, g): GroupSummary => {
    const isShown = typeof shown.rows[g] === 'number';
    const mean = isShown ? number(now[g]) : null;
    const earlier = isShown ? number(before?.[g]) : null;
    return {
      key,
      people: shown.rows[g]!,
      meanScore: rounded(mean, 1),
      stars: starsOf(mean),
      change: mean === null || earlier === null ? null : rounded((mean - earlier) / POINTS_A_STAR, 1),
      history: days.map((day) => (isShown ? rounded(perStar(number(day?.[g])), 2) : null)),
      across: !crossed
        ? []
        : across.keys.map((other, a) => {
            const people = shown.cells[g]![a]!;
            const cell = typeof people === 'number' ? number(crossed[g * across.keys.length + a]) : null;
            return { key: other, people, stars: starsOf(cell) };
          }),
    };
  });
  return rows.sort((a, b) => (a.meanScore ?? 101) - (b.meanScore ?? 101) || (a.key < b.key ? -1 : 1));
}

/** Whether the second key is asked for or not, the same groups are hidden: two answers laid together tell no more. */
function shownCounts(groups: Parted, across: Parted): { rows: PeopleCount[]; cells: PeopleCount[][] } {
  if (across === groups) return { rows: shownList([...countsOf(groups)]).counts, cells: [] };
  const width = across.keys.length;
  const counts = [...countsOf(crossing(groups, across))];
  const { rows, cells } = shownTable(groups.keys.map((_, g) => counts.slice(g * width, (g + 1) * width)));
  return { rows, cells };
}

function crossing(groups: Parted, across: Parted): Parted {
  const width = across.keys.length;
  const of = groups.of.map((group, person) => (group < 0 ? -1 : group * width + across.of[person]!));
  return { keys: groups.keys.flatMap((row) => across.keys.map((column) => `${row} ${column}`)), of };
}

/**
 * Points of 100 by which the mean of all who are counted moved through one dimension: its weight times its own movement,
 * person by person; nothing for those of whom it is not known at both times.
 */
export function movedBy(counted: Parted, weights: Scores, now: Scores, before: Scores): number {
  let [sum, people] = [0, 0];
  for (let person = 0; person < now.length; person++) {
    if (counted.of[person]! < 0) continue;
    people++;
    const points = weights[person]! * (now[person]! - before[person]!);
    if (!Number.isNaN(points)) sum += points;
  }
  return people === 0 ? 0 : rounded(sum / people, 1)!;
}

const number = (value: number | undefined) => (value === undefined || Number.isNaN(value) ? null : value);
const perStar = (score: number | null) => (score === null ? null : score / POINTS_A_STAR);

export function starsOf(score: number | null): number | null {
  return rounded(perStar(score), 1);
}

function rounded(value: number | null, decimals: number): number | null {
  return value === null ? null : Math.round(value * 10 ** decimals) / 10 ** decimals;
}
