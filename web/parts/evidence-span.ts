// What the picture of an alert's evidence shows: the last hours, or, of what creeps, all days from a week before it began.

import type { Alert, Series } from '../../server/api/contract.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const HOURS_SHOWN = 5;
const DAYS_BEFORE = 7;
const DAY_SECONDS = 86_400;

export interface EvidenceSpan {
  /** Epoch milliseconds of data time. */
  from: number;
  to: number;
  /** By days, where hours would show nothing: as many. */
  days?: number;
  /** Undefined: as the server finds best. */
  stepSeconds?: number;
}

export function evidenceSpan({ changedAt, creepsSince }: Pick<Alert, 'changedAt' | 'creepsSince'>): EvidenceSpan {
  const to = Date.parse(changedAt);
  if (creepsSince === undefined) return { from: to - HOURS_SHOWN * HOUR_MS, to };
  const from = Date.parse(creepsSince) - DAYS_BEFORE * DAY_MS;
  return { from, to, days: Math.round((to - from) / DAY_MS), stepSeconds: DAY_SECONDS };
}

/** What creeps is held against the usual of before, which the band of today is no more. */
export function withUsual(series: Series, alert: Pick<Alert, 'changedAt' | 'creepsSince' | 'evidence'>): Series {
  const { low, high } = alert.evidence;
  if (alert.creepsSince === undefined || low === null || high === null) return series;
  const { from, to } = evidenceSpan(alert);
  return {
    ...series,
    band: [
      [from, low, high],
      [to, low, high],
    ],
  };
}
