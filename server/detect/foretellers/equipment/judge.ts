// What is thought of a case: a course by its first passage, a battery by its drain, signs by how long leads last; how likely, says the model of its mode.

import { seededRandom } from '../../../maths/seeded-random.ts';
import { textHash } from '../../../maths/text-hash.ts';
import type { CaseParameters } from '../../../model/learning.ts';
import { asCourse, type CourseState, newestX } from '../first-passage/course-book.ts';
import { drainOf } from '../first-passage/drain.ts';
import { type Manner, passageOf, trendOf } from '../first-passage/passage.ts';
import type { Signal } from '../first-passage/signals.ts';
import { logit, probabilityOf } from '../hazard/mode-model.ts';
import { remainingHours, type SignMode, type SignRule, signFeatures } from '../hazard/signs.ts';
import type { Case, Judgement } from './case.ts';

const HOUR_MS = 3_600_000;
/** At this part of the way its bend is believed by half. *Default.* */
const HARDLY_BEGUN = 0.2;
/** More than so much of a battery is not taken to be used beyond what its voltage shows. */
const UNSEEN = 0.2;
/** How courses of a mode go on: see `Signal`. */
export type CourseRule = Pick<Signal, 'horizonMs' | 'harmlessMs' | keyof Manner>;

const held = (value: number, most: number) => Math.max(-most, Math.min(most, value));

/** Undefined while there is no trend, or none that meets its limit within the horizon. */
export function judgeCourse(one: Case, at: number, rule: CourseRule, model: CaseParameters): Judgement | undefined {
  const trend = one.course && trendOf(asCourse(one.course));
  if (!trend) return undefined;
  const random = seededRandom(textHash(`${one.mode} ${one.subject.id} ${at}`));
  const { earliest, expected, latest, chance } = passageOf(trend, rule.horizonMs / HOUR_MS, random, rule);
  if (!Number.isFinite(expected)) return undefined;
  const x = newestX(one.course!);
  const features = [
    1,
    x,
    x * x,
    logit(chance) / 2,
    // Of a course that has hardly begun nobody knows how it bends.
    held(trend.bend * trend.ageHours, 3) * (x / (Math.max(x, 0) + HARDLY_BEGUN)),
    held(Math.log((expected + 0.1) / (trend.ageHours + 0.1)), 3),
    held(Math.log(trend.ageHours + 0.1), 6),
  ];
  // A reading tells of its whole period: the newest point lies a little before now.
  const newestAt = one.course!.from + one.course!.hours.at(-1)! * HOUR_MS;
  const after = (hours: number) => Math.max(at, newestAt + hours * HOUR_MS + rule.harmlessMs);
  return {
    features,
    // Never surer than the paths that meet the limit at all.
    probability: Math.min(probabilityOf(model, features), chance),
    ...{ earliestAt: after(earliest), expectedAt: after(expected), latestAt: after(latest) },
  };
}

export function judgeBattery(course: CourseState, at: number, model: CaseParameters): Judgement {
  const { earliest, expected, latest } = drainOf(asCourse(course));
  const partOfLife = (at - course.from) / HOUR_MS / expected;
  const features = batteryFeatures(Math.min(1, partOfLife, newestX(course, 1) + UNSEEN));
  const after = (hours: number) => Math.max(at, course.from + hours * HOUR_MS);
  return {
    features,
    probability: probabilityOf(model, features),
    ...{ earliestAt: after(earliest), expectedAt: after(expected), latestAt: after(latest) },
  };
}

/** Mains may be back until the battery is empty; beyond a third of it, each further part makes that less likely. */
function batteryFeatures(used: number): number[] {
  const beyond = Math.max(0, used - 0.35);
  return [1, beyond, beyond * beyond];
}

export function judgeSigns(
  one: Case & { mode: SignMode },
  at: number,
  rule: SignRule,
  model: CaseParameters,
): Judgement {
  const features = signFeatures(one.mode, at, one.since, one.times);
  const ageHours = (at - one.since) / HOUR_MS;
  const after = (part: number) => at + remainingHours(ageHours, rule, part) * HOUR_MS;
  return {
    features,
    probability: probabilityOf(model, features),
    ...{ earliestAt: after(0.1), expectedAt: after(0.5), latestAt: after(0.9) },
  };
}
