// Rows and columns of the matrix of stars: which are shown, in which order.

import type { StarGroup } from '../../../server/api/contract.ts';
import { peopleForOrder } from '../../text/people.ts';

export const SORTS = ['worst', 'name', 'people', 'change'] as const;
/** One of these, or `tier:` and a tier's key. */
export type Sort = string;

/** A page is read, not scrolled through: the rest is found by name. */
export const MOST_ROWS = 100;
/** More columns than these would leave no room for their numbers. */
export const MOST_TIERS = 9;

/** Tiers in the order of the answer; one that only some groups have stands before the next that all have. */
export function tiersOf(groups: readonly StarGroup[]): string[] {
  const tiers: string[] = [];
  for (const { across } of groups) {
    let before = tiers.length;
    for (const { key } of (across ?? []).toReversed()) {
      const at = tiers.indexOf(key);
      if (at < 0) tiers.splice(before, 0, key);
      else before = at;
    }
  }
  return tiers;
}

/** Where there are more tiers than columns: those of most people, still in their order. */
export function largestTiers(groups: readonly StarGroup[], most: number): string[] {
  const people = new Map<string, number>();
  for (const { across } of groups) {
    for (const { key, people: count } of across ?? []) {
      people.set(key, (people.get(key) ?? 0) + Math.max(0, peopleForOrder(count)));
    }
  }
  const kept = new Set(
    [...people]
      .sort(([, a], [, b]) => b - a)
      .slice(0, most)
      .map(([key]) => key),
  );
  return tiersOf(groups).filter((key) => kept.has(key));
}

const LAST = Number.POSITIVE_INFINITY;
const NO_CHANGE = 0;

function sortValue(group: StarGroup, sort: Sort): number {
  if (sort === 'people') return -peopleForOrder(group.people);
  if (sort === 'change') return group.change ?? NO_CHANGE;
  const tier = /^tier:(.*)$/s.exec(sort)?.[1];
  if (tier === undefined) return group.stars ?? LAST;
  return group.across?.find(({ key }) => key === tier)?.stars ?? LAST;
}

/** The worst first unless asked otherwise; groups without a number last, equals by name. */
export function orderRows(groups: readonly StarGroup[], sort: Sort, text: string): StarGroup[] {
  const wanted = text.trim().toLowerCase();
  const found = groups.filter(({ name, key }) => `${name} ${key}`.toLowerCase().includes(wanted));
  const byName = (a: StarGroup, b: StarGroup) => a.name.localeCompare(b.name) || a.key.localeCompare(b.key);
  if (sort === 'name') return found.sort(byName);
  return found.sort((a, b) => {
    const [of, other] = [sortValue(a, sort), sortValue(b, sort)];
    return of === other ? byName(a, b) : of < other ? -1 : 1;
  });
}

/** The span of all histories, at least one star high, so that small ripples stay small. */
export function spanOf(groups: readonly StarGroup[]): { low: number; high: number } {
  const values = groups.flatMap(({ history }) => history.filter((value) => value !== null));
  if (values.length === 0) return { low: 0, high: 5 };
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const spare = Math.max(0, 1 - (high - low)) / 2;
  return { low: low - spare, high: high + spare };
}
