// How long after the END of their periods a sender's readings arrive, and what that tells of its clock.

import type { ClockJudgement, SourceStatus } from '../model/source.ts';

/** Deliveries that the delay is read from, and the least of them that a judgement takes. */
const DELAYS_KEPT = 64;
const LEAST_DELAYS = 4;
/** Readings cannot arrive before their period has ended: this much may be rounding (*default*). */
const AHEAD_SECONDS = 30;
/** A delay is steady when 90 % of the deliveries lie within this (*default*): a replay's is not. */
const STEADY_SECONDS = 600;
const HOUR_SECONDS = 3600;
/** PM files come up to 20 minutes after their period; what is over a whole hour by no more is a question of zones. */
const USUAL_SECONDS = 1500;
/** No place on earth is further from UTC. */
const MOST_ZONE_HOURS = 14;

/** The newest delays, seconds, in order of arrival. */
export type Delays = number[];

export const withDelay = (delays: Delays, seconds: number): Delays => [...delays, seconds].slice(-DELAYS_KEPT);

export function delayOf(delays: Delays): SourceStatus['delaySeconds'] {
  const sorted = [...delays].sort((a, b) => a - b);
  return sorted.length === 0 ? null : { p50: quantile(sorted, 0.5), p95: quantile(sorted, 0.95) };
}

/** `periodSeconds`: a sender may take as long as one of its periods to tell of it. */
export function judgeClock(delays: Delays, periodSeconds: number): ClockJudgement {
  if (delays.length < LEAST_DELAYS) return { skewSeconds: 0, verdict: 'unknown' };
  const sorted = [...delays].sort((a, b) => a - b);
  const middle = quantile(sorted, 0.5);
  if (middle < -AHEAD_SECONDS) return { skewSeconds: Math.round(-middle), verdict: 'ahead' };
  const isSteady = quantile(sorted, 0.95) - quantile(sorted, 0.05) <= STEADY_SECONDS;
  if (!isSteady || middle <= Math.max(HOUR_SECONDS - AHEAD_SECONDS, periodSeconds))
    return { skewSeconds: 0, verdict: 'ok' };
  const hours = Math.floor((middle + AHEAD_SECONDS) / HOUR_SECONDS);
  const isZone = hours <= MOST_ZONE_HOURS && middle - hours * HOUR_SECONDS <= USUAL_SECONDS;
  return isZone
    ? { skewSeconds: -hours * HOUR_SECONDS, verdict: 'zone?' }
    : { skewSeconds: -Math.round(middle), verdict: 'behind' };
}

/** `sorted` is not empty. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
}
