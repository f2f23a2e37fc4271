// Numbers of people, stars and points as the page writes them; a small group stays unnumbered.

import type { PeopleCount } from '../../server/model/star.ts';
import type { Words } from './en.ts';
import { formatNumber, NOT_KNOWN } from './format.ts';

/** `4,212`, `<10`, `hidden`; `—` when nothing is known. */
export function formatPeople(count: PeopleCount | null | undefined, words: Words): string {
  if (count === null || count === undefined) return NOT_KNOWN;
  if (count === 'hidden') return words.stars.hidden;
  return typeof count === 'number' ? formatNumber(count) : count;
}

/** Why a number of people is not shown; undefined when it is. */
export function whyUnnumbered(count: PeopleCount | null | undefined, words: Words): string | undefined {
  if (count === null || count === undefined) return words.alerts.noSubscribers;
  if (count === 'hidden') return words.stars.hiddenHint;
  return count === '<10' ? words.stars.tooFew : undefined;
}

/** For comparing: what is too few to show counts as few, what is hidden as a little more. */
export function peopleForOrder(count: PeopleCount | null | undefined): number {
  if (typeof count === 'number') return count;
  if (count === 'hidden') return 10;
  return count === '<10' ? 5 : -1;
}

/** `3.6`, `—`. */
export function formatStars(stars: number | null | undefined): string {
  return stars === null || stars === undefined ? NOT_KNOWN : formatNumber(stars, 1);
}

/** Stars at risk: `312`, `4.2` while they are few. */
export function formatStarsAtRisk(stars: number | null | undefined): string {
  if (stars === null || stars === undefined) return NOT_KNOWN;
  return formatNumber(stars, stars > 0 && stars < 10 ? 1 : 0);
}

/** `+0.1`, `−1.7`, `0`. */
export function formatChange(change: number): string {
  const text = formatNumber(change, 1);
  if (text === '0.0') return '0';
  return change > 0 ? `+${text}` : text;
}

/** A tier's name in the reader's language where it is one of the common ones; else as the operator calls it. */
export function tierName(tier: string | null, words: Words): string {
  if (tier === null || tier === '') return words.stars.noTier;
  return words.stars.tiers[tier.toLowerCase()] ?? tier;
}

/** Common names of tiers, lowest first, as operators write them; several names of one tier stand in one line. */
const LOW_TO_HIGH: readonly (readonly string[])[] = [
  ['unrated', 'none', '0', '未评级'],
  ['standard', 'basic', '准星'],
  ['1', '1 star', '1-star', 'bronze', '1星', '一星', '1-2 stars'],
  ['2', '2 stars', '2-star', '2星', '二星'],
  ['3', '3 stars', '3-star', '3星', '三星'],
  ['4', '4 stars', '4-star', '4星', '四星'],
  ['5', '5 stars', '5-star', 'silver', '5星', '五星', '五星银', '银卡'],
  ['6', '6 stars', '6-star', 'gold', '6星', '六星', '五星金', '金卡'],
  ['7', '7 stars', '7-star', 'platinum', 'diamond', 'vip', '7星', '七星', '五星钻', '钻石卡'],
];

/** For sorting: −1 for a tier whose place is not known. */
export function tierRank(tier: string): number {
  return LOW_TO_HIGH.findIndex((names) => names.includes(tier.trim().toLowerCase()));
}
