// The satisfaction dimension: what a person said in surveys, the newest weighing most.

import { DAY_MS } from '../../maths/local-time.ts';
import { SURVEY_SCALES, type Survey } from '../../model/person.ts';
import type { StarReason } from '../../model/star.ts';
import type { StarProfile } from '../profile.ts';

export function surveysAt(surveys: readonly Survey[], at: number, activatedAt: number): Survey[] {
  return surveys.filter((survey) => survey.at <= at && survey.at >= activatedAt);
}

/** 0…100; null without a survey. */
export function satisfactionScore(surveys: readonly Survey[], at: number, profile: StarProfile): number | null {
  let [points, weights] = [0, 0];
  for (const survey of surveys) {
    const weight = weightOf(survey, at, profile);
    const [low, high] = SURVEY_SCALES[survey.scale];
    points += (weight * 100 * (survey.score - low)) / (high - low);
    weights += weight;
  }
  return weights > 0 ? Math.min(100, Math.max(0, points / weights)) : null;
}

/** How much of the newest answer still counts as news: 1 fresh, ½ after one half-life. */
export function freshness(surveys: readonly Survey[], at: number, profile: StarProfile): number {
  return Math.max(0, ...surveys.map((survey) => weightOf(survey, at, profile)));
}

function weightOf(survey: Survey, at: number, { surveyHalfLifeDays }: StarProfile): number {
  return 2 ** (-(at - survey.at) / DAY_MS / surveyHalfLifeDays);
}

export function satisfactionReasons(surveys: readonly Survey[], at: number): StarReason[] {
  const newest = surveys.toSorted((a, b) => b.at - a.at)[0];
  if (!newest) return [{ why: { code: 'star-no-survey', values: {} } }];
  const [, most] = SURVEY_SCALES[newest.scale];
  const values = { score: newest.score, most, surveyMs: newest.at, count: surveys.length, at };
  return [{ why: { code: 'star-survey', values }, from: newest.at, to: newest.at }];
}
