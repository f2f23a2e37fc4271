// The sentence on top of the stars: what moved and where, computed from the groups; or that nothing did.

import type { StarSummary } from '../../../server/api/contract.ts';
import type { Words } from '../../text/en.ts';
import { formatStars } from '../../text/people.ts';

type Moved = Pick<StarSummary, 'stars' | 'meanScore' | 'before' | 'groups' | 'moved'>;

/** Points of 100 by which the whole must have moved to be worth a word while its stars round to the same. */
const LEAST_POINTS = 1;
/** Stars by which a group must have moved to be named. */
const LEAST_CHANGE = 0.1;
const MOST_NAMES = 2;
/** A dimension is the reason when it makes up at least this part of all that went the same way. */
const LEAST_PART = 0.5;

/** `Stars fell to 3.6 this week. Lighthouse Point and Saltmarsh lost most, and the network is the reason`. */
export function headline(summary: Moved, words: Words): string {
  const w = words.stars.overview;
  const stars = formatStars(summary.stars);
  const sign = direction(summary);
  if (sign === null) return w.stands(stars);
  const first = opening(summary, sign, stars, words);
  const names = namesOf(summary.groups, sign || -1);
  if (names.length === 0) return sign === 0 ? w.join(first, w.nothingMoved) : first + reasonFor(summary, sign, words);
  const said = (sign || -1) < 0 ? w.lostMost(names.join(w.and)) : w.gainedMost(names.join(w.and));
  return w.join(first, said + (sign === 0 ? '' : reasonFor(summary, sign, words)));
}

/** −1 fell, 1 rose, 0 held; null when a week earlier is not known. */
function direction({ stars, meanScore, before }: Moved): -1 | 0 | 1 | null {
  if (!before || stars === null || meanScore === null) return null;
  const points = meanScore - before.meanScore;
  if (formatStars(stars) === formatStars(before.stars) && Math.abs(points) < LEAST_POINTS) return 0;
  return points < 0 ? -1 : 1;
}

function opening({ stars, before }: Moved, sign: -1 | 0 | 1, shown: string, words: Words): string {
  const w = words.stars.overview;
  if (sign === 0) return w.held(shown);
  const sameStars = before !== null && formatStars(stars) === formatStars(before.stars);
  if (sign < 0) return sameStars ? w.slipped(shown) : w.fell(shown);
  return sameStars ? w.climbed(shown) : w.rose(shown);
}

/** Groups that went this way most; those too small to be shown have no change. */
function namesOf(groups: Moved['groups'], sign: -1 | 1): string[] {
  return groups
    .filter(({ change }) => change !== null && change * sign >= LEAST_CHANGE - 1e-9)
    .sort((a, b) => Math.abs(b.change!) - Math.abs(a.change!))
    .slice(0, MOST_NAMES)
    .map(({ name }) => name);
}

function reasonFor({ moved }: Moved, sign: -1 | 1, words: Words): string {
  const same = moved.filter(({ points }) => points * sign > 0).sort((a, b) => Math.abs(b.points) - Math.abs(a.points));
  const all = same.reduce((sum, { points }) => sum + Math.abs(points), 0);
  const [first] = same;
  if (!first || Math.abs(first.points) < LEAST_PART * all) return '';
  return words.stars.overview.reason(words.stars.theDimension[first.id]);
}
