// How many alerts were open, quarter hour by quarter hour, over a day of data time.

import type { Alert } from '../../server/api/contract.ts';

export interface Bucket {
  /** END of the quarter hour, epoch milliseconds. */
  at: number;
  critical: number;
  major: number;
  other: number;
}

export const BUCKET_MS = 15 * 60_000;

/** Buckets that end between `now - span` and `now`, oldest first. An alert counts in each that it was open in; parts of another do not. */
export function openOverTime(alerts: Iterable<Alert>, now: number, spanMs = 24 * 3_600_000): Bucket[] {
  const count = Math.round(spanMs / BUCKET_MS);
  const first = now - (count - 1) * BUCKET_MS;
  const buckets: Bucket[] = Array.from({ length: count }, (_, i) => ({
    at: first + i * BUCKET_MS,
    critical: 0,
    major: 0,
    other: 0,
  }));
  for (const alert of alerts) {
    if (alert.partOf) continue;
    const from = Math.ceil((Date.parse(alert.raisedAt) - first) / BUCKET_MS);
    const to = alert.clearedAt ? Math.ceil((Date.parse(alert.clearedAt) - first) / BUCKET_MS) : count - 1;
    const kind = alert.severity === 'critical' || alert.severity === 'major' ? alert.severity : 'other';
    for (let i = Math.max(0, from); i <= Math.min(count - 1, to); i++) buckets[i]![kind] += 1;
  }
  return buckets;
}

/** Alerts raised and cleared in the hour before `now`, parts of others not counted. */
export function lastHour(alerts: Iterable<Alert>, now: number): { opened: number; cleared: number } {
  const inHour = (time: string | undefined) =>
    time !== undefined && Date.parse(time) > now - 3_600_000 && Date.parse(time) <= now;
  let opened = 0;
  let cleared = 0;
  for (const alert of alerts) {
    if (alert.partOf) continue;
    if (inHour(alert.raisedAt)) opened += 1;
    if (inHour(alert.clearedAt)) cleared += 1;
  }
  return { opened, cleared };
}
