// How many alerts there are, by how they stand.

import type { AlertRecord } from '../model/alert.ts';
import type { Severity } from '../model/health.ts';
import { isActive } from './alert-state.ts';

/** Without those that mutes hold back, which are counted by themselves. */
export interface AlertCounts {
  open: number;
  acknowledged: number;
  muted: number;
  bySeverity: Partial<Record<Severity, number>>;
  /** Cleared alerts in memory. */
  cleared: number;
  /** Findings that would have raised an alert beyond the maximum. */
  refused: number;
  /** Cleared alerts that had to leave the list before anybody acknowledged them. */
  letGo: number;
}

/** Of those in memory. */
export function countsOf(alerts: Iterable<AlertRecord>, lost: Pick<AlertCounts, 'refused' | 'letGo'>): AlertCounts {
  const counts: AlertCounts = { open: 0, acknowledged: 0, muted: 0, bySeverity: {}, cleared: 0, ...lost };
  for (const alert of alerts) {
    const isMuted = isActive(alert) && alert.mutedBy !== undefined;
    counts[isMuted ? 'muted' : alert.state] += 1;
    if (isActive(alert) && !isMuted) counts.bySeverity[alert.severity] = (counts.bySeverity[alert.severity] ?? 0) + 1;
  }
  return counts;
}
