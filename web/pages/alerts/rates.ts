// How many a day, as people say it: `0.42 a day`, and where that is too seldom to imagine `1 in 250 days`.

import type { DetectionAnswer } from '../../../server/api/contract.ts';
import type { Words } from '../../text/en.ts';
import { formatNumber } from '../../text/format.ts';

/** Below, nobody can imagine a share of one. */
const SELDOM = 0.095;

export function formatRate(perDay: number, w: Words): string {
  if (perDay <= 0) return w.detection.none;
  if (perDay < SELDOM) return w.detection.oneIn(formatNumber(1 / perDay));
  const decimals = perDay < 0.995 ? 2 : perDay < 9.95 ? 1 : 0;
  return w.detection.aDay(formatNumber(perDay, Number.isInteger(perDay) ? 0 : decimals));
}

/** Rates once they are known. Chance cannot have brought more than began. */
export function knownRates({ begunPerDay, expectedByChancePerDay, allowedPerDay, met }: DetectionAnswer['budget']) {
  if (met === null || begunPerDay === null || expectedByChancePerDay === null) return null;
  return { met, allowed: allowedPerDay, begun: begunPerDay, chance: Math.min(begunPerDay, expectedByChancePerDay) };
}
