// When a judgement is told: once it is likely, or likely enough while there is just time to act; and anew only when it has moved notably.

import { type FaultMode, LEAST_LEAD_MS, type PredictionEnd } from '../../../model/prediction.ts';
import type { Case, Judgement, ToldPrediction } from './case.ts';

/**
 * From here on it is told at once: of those that are told, seven in ten are to come true. From the second line on when
 * waiting would cost the time to act; below the last it is taken back. *Defaults.*
 */
const SURE = 0.7;
const LIKELY = 0.5;
const UNLIKELY = 0.25;
/** Waiting is over when so many times the least lead is left. */
const LAST_MOMENT = 3;
/** What is expected sooner is told as a fault before anybody has read a warning. */
const LEAST_LEFT_MS = 900_000;
/** An interval so many times as wide as the time left says nothing. */
const WIDEST = 4;
/** A date that has moved by this part of the time left, or a probability by so much, is told anew. */
const MOVED = 0.33;
const MOVED_PROBABILITY = 0.15;
/** A fault may be a little late. */
const GRACE = 0.25;

/**
 * Judgements in a row that must agree: who tells at the first that is sure enough picks the ones that chance made sure. A
 * battery leaves no time to ask twice. *Defaults*, by the training seeds.
 */
const AGREEING: Record<FaultMode, number> = {
  ...{ feeder: 3, optics: 3, cooling: 2, backhaul: 3, congestion: 3 },
  ...{ hardware: 2, battery: 1, clock: 1, other: 1 },
};

export type Verdict = { what: 'tell' | 'again' } | { what: 'end'; ending: PredictionEnd } | undefined;

/** What is to be said of a case, given a judgement of it; undefined: nothing. */
export function verdictOf(one: Case, judged: Judgement | undefined, at: number): Verdict {
  if (one.told) return verdictOfTold(one.told, judged, at);
  one.agreed = judged && isWorthTelling(one, judged, at) ? one.agreed + 1 : 0;
  return one.agreed >= AGREEING[one.mode] ? { what: 'tell' } : undefined;
}

function isWorthTelling({ mode, cameAt, most }: Case, judged: Judgement, at: number): boolean {
  if (cameAt !== undefined || most >= 1) return false;
  const left = judged.expectedAt - at;
  if (left < LEAST_LEFT_MS) return false;
  if (judged.latestAt - judged.earliestAt > WIDEST * Math.max(left, LEAST_LEAD_MS[mode])) return false;
  const isLast = left <= LAST_MOMENT * LEAST_LEAD_MS[mode];
  return judged.probability >= (isLast ? LIKELY : SURE);
}

function verdictOfTold(
  { prediction, firstLatestAt }: ToldPrediction,
  judged: Judgement | undefined,
  at: number,
): Verdict {
  const { expectedAt, latestAt, probability } = prediction;
  const span = firstLatestAt - (prediction.earliestAt - (expectedAt - prediction.earliestAt));
  if (at > Math.max(latestAt, firstLatestAt) + GRACE * Math.max(0, span)) return { what: 'end', ending: 'expired' };
  if (!judged) return undefined;
  if (judged.probability < UNLIKELY) return { what: 'end', ending: 'withdrawn' };
  const hasMoved = Math.abs(judged.expectedAt - expectedAt) > Math.max(900_000, MOVED * Math.abs(expectedAt - at));
  if (!hasMoved && Math.abs(judged.probability - probability) < MOVED_PROBABILITY) return undefined;
  return { what: 'again' };
}
