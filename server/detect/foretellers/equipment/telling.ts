// When a judgement is told: once it is likely, or likely enough while there is just time to act; and anew only when it has moved notably.

import { type FaultMode, LEAST_LEAD_MS, type PredictionEnd } from '../../../model/prediction.ts';
import type { Case, Judgement, ToldPrediction } from './case.ts';

const HOUR_MS = 3_600_000;

/**
 * From here on it is told at once; from the second line on when waiting would cost the time to act. Who tells at lower odds
 * earlier is wrong more often, and hardly sooner where it counts. Below the last it is taken back. *Defaults*, by the training
 * seeds: so three in four come true, and four in five are told in time.
 */
const SURE = 0.85;
const LIKELY = 0.6;
/** What alarms announce is counted and shrunk already, and there is no later word to wait for. */
const SURE_OF_ALARMS = 0.7;
/** A battery leaves no time to become surer, and a site that goes dark hurts everybody on it. */
const LIKELY_OF_BATTERIES = 0.5;
const UNLIKELY = 0.25;

/**
 * With so many hours left waiting is over: half as much again as the least lead, of a battery most of a period
 * of readings more; a unit that restarts is swapped by day.
 */
const HOURS_TO_ACT: Record<FaultMode, number> = {
  ...{ battery: 0.9, cooling: 3, feeder: 36, optics: 36, backhaul: 36, congestion: 21 * 24 },
  ...{ hardware: 24, interference: 36, clock: 3, other: 3 },
};
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
 * battery leaves no time to ask twice, and light that fades wavers little. *Defaults*, by the training seeds.
 */
const AGREEING: Record<FaultMode, number> = {
  ...{ feeder: 3, interference: 3, cooling: 2, backhaul: 3, congestion: 3, hardware: 2 },
  ...{ optics: 1, battery: 1, clock: 1, other: 1 },
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
  const isLast = left <= HOURS_TO_ACT[mode] * HOUR_MS;
  return judged.probability >= (isLast ? likely(mode) : sure(mode));
}

const sure = (mode: FaultMode) => (mode === 'other' ? SURE_OF_ALARMS : SURE);
const likely = (mode: FaultMode) => (mode === 'battery' ? LIKELY_OF_BATTERIES : LIKELY);

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
