// Sequences of alarms as precursors: how often, and how soon, a fault of the site follows an alarm, or an alarm after another.

import type { FollowedCount, SequenceParameters } from '../../model/learning.ts';

const HOUR_MS = 3_600_000;
/** A fault that comes sooner was there already, or came with the alarm. *Default.* */
export const FOLLOWS_AFTER_MS = HOUR_MS;
/** A fault that comes later is no consequence. *Default.* */
export const FOLLOWS_WITHIN_MS = 48 * HOUR_MS;
/** An alarm that came so long before still belongs to the same trouble. *Default.* */
export const TOGETHER_MS = 24 * HOUR_MS;
/** So many of them at most, the newest: a site that floods says no more by more. */
export const MOST_TOGETHER = 16;
/** Of what is seldom seen is believed what is known of the more general: as by so many sightings. *Default.* */
const SHRINKAGE = 6;
/** Signs that are counted: the most frequent ones. */
const MOST_SIGNS = 2000;
/** Of a network of which nothing is known. *Default.* */
export const SHIPPED_BASE = 0.1;
const MOST = 0.97;

/** An alarm as it is raised; times in epoch milliseconds. */
export interface RaisedAlarm {
  at: number;
  siteId: string;
  /** What is wrong, in the equipment's own words. */
  condition: string;
}

/** Service that broke on a site. */
export interface SiteFault {
  at: number;
  siteId: string;
}

/** An alarm with what stood before it, and whether a fault followed. */
export interface FollowedAlarm {
  /** From the most general to the most special: the alarm, then each alarm before it with it. */
  signs: string[];
  /** Data time at which it was known what followed. */
  endedAt: number;
  came: boolean;
  leadHours: number | null;
}

/** The alarm alone, then after each other that came within a day before it, newest first. */
export function signsOf(condition: string, before: readonly string[]): string[] {
  const others = [...new Set(before)].filter((one) => one !== condition);
  return [condition, ...others.map((one) => `${one} → ${condition}`)];
}

/** Alarms whose horizon is over, in the order of time. What is raised while the site is already broken, or a fault brings with it, foretells nothing. */
export function followedAlarms(
  alarms: readonly RaisedAlarm[],
  faults: readonly (SiteFault & { endedAt: number | null })[],
  now: number,
): FollowedAlarm[] {
  const ofSite = grouped(faults);
  return [...grouped(alarms)].flatMap(([siteId, own]) => followedOn(own, ofSite.get(siteId) ?? [], now));
}

/** Both in the order of time. */
function followedOn(
  alarms: readonly RaisedAlarm[],
  faults: readonly (SiteFault & { endedAt: number | null })[],
  now: number,
): FollowedAlarm[] {
  let [begun, brokenUntil] = [0, Number.NEGATIVE_INFINITY];
  return alarms.flatMap(({ at, condition }, i) => {
    for (; begun < faults.length && faults[begun]!.at <= at; begun++)
      brokenUntil = Math.max(brokenUntil, faults[begun]!.endedAt ?? now);
    if (brokenUntil >= at) return [];
    const next = faults[begun];
    if (next && next.at - at < FOLLOWS_AFTER_MS) return [];
    const came = next !== undefined && next.at - at <= FOLLOWS_WITHIN_MS;
    if (!came && at + FOLLOWS_WITHIN_MS > now) return [];
    const before = alarms
      .slice(Math.max(0, i - MOST_TOGETHER), i)
      .filter((one) => one.at > at - TOGETHER_MS)
      .map((one) => one.condition);
    const signs = signsOf(condition, before.reverse());
    const leadHours = came ? (next.at - at) / HOUR_MS : null;
    return [{ signs, endedAt: came ? next.at : at + FOLLOWS_WITHIN_MS, came, leadHours }];
  });
}

function grouped<T extends { at: number; siteId: string }>(all: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of [...all].sort((a, b) => a.at - b.at)) {
    const own = groups.get(one.siteId);
    if (own) own.push(one);
    else groups.set(one.siteId, [one]);
  }
  return groups;
}

export function sequenceFit(alarms: readonly FollowedAlarm[]): SequenceParameters {
  const counts = new Map<string, FollowedCount>();
  for (const { signs, came, leadHours } of alarms) {
    for (const sign of signs) {
      const count = counts.get(sign) ?? [sign, 0, 0, 0, 0];
      counts.set(sign, count);
      count[1] += 1;
      if (!came) continue;
      const log = Math.log(Math.max(0.1, leadHours!));
      count[2] += 1;
      count[3] += log;
      count[4] += log * log;
    }
  }
  const came = alarms.filter((one) => one.came).length;
  const base = (came + SHRINKAGE * SHIPPED_BASE) / (alarms.length + SHRINKAGE);
  const kept = [...counts.values()].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, MOST_SIGNS);
  return { base, counts: kept };
}

/** What is known of signs: how likely a fault follows, by the likeliest of them, and how often that was seen. */
export interface Following {
  probability: number;
  sign: string;
  times: number;
  followed: number;
  /** Hours, logarithmic: middle and spread; null where none ever followed. */
  lead: { middle: number; spread: number } | null;
}

/** Each sign shrunk towards the alarm alone, and that towards all alarms. */
export function followingOf(parameters: SequenceParameters, signs: readonly string[]): Following {
  return followingIn({ base: parameters.base, counts: indexOf(parameters) }, signs);
}

export const indexOf = ({ counts }: SequenceParameters): ReadonlyMap<string, FollowedCount> =>
  new Map(counts.map((count) => [count[0], count]));

/** The same for who asks often. */
export function followingIn(
  { base, counts: known }: { base: number; counts: ReadonlyMap<string, FollowedCount> },
  signs: readonly string[],
): Following {
  const at = (sign: string, towards: number): Following => {
    const [, times, followed, sum, squares] = known.get(sign) ?? [sign, 0, 0, 0, 0];
    const probability = (followed + SHRINKAGE * towards) / (times + SHRINKAGE);
    const middle = sum / followed;
    const lead =
      followed > 0 ? { middle, spread: Math.max(0.5, Math.sqrt(Math.max(0, squares / followed - middle ** 2))) } : null;
    return { probability: Math.min(MOST, Math.max(1 - MOST, probability)), sign, times, followed, lead };
  };
  const alone = at(signs[0]!, base);
  const pairs = signs.slice(1).map((sign) => at(sign, alone.probability));
  // What was seen more often than it was believed in says most, in either direction.
  return pairs.reduce((best, one) => (one.times > 0 && one.probability > best.probability ? one : best), alone);
}

const indexes = new WeakMap<SequenceParameters, ReadonlyMap<string, FollowedCount>>();

export function followedScores({ signs, came }: FollowedAlarm, parameters: SequenceParameters) {
  const counts = indexes.get(parameters) ?? indexOf(parameters);
  indexes.set(parameters, counts);
  const { probability } = followingIn({ base: parameters.base, counts }, signs);
  return { logScore: -Math.log(came ? probability : 1 - probability), brier: (probability - Number(came)) ** 2 };
}
