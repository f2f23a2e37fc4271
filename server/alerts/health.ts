// What alerts say about the health of a cell: the worst of its active alerts.

import type { AlertRecord } from '../model/alert.ts';
import type { Health, Severity } from '../model/health.ts';
import { ownSeverity } from './alarm-alert.ts';
import { isForetold } from './predictions.ts';
import { wideSeverity } from './severity.ts';
import { isWideMove } from './wide.ts';

/** Worst first; a known fault weighs more than not knowing. */
const RANK: readonly Health[] = ['critical', 'major', 'minor', 'warning', 'unknown'];

const OF_SEVERITY: Record<Severity, Health> = {
  critical: 'critical',
  major: 'major',
  minor: 'minor',
  warning: 'warning',
  indeterminate: 'warning',
  cleared: 'ok',
};

/** One unheard cell, or any number behind a quiet sender, are unknown; a whole site unheard at once is more than that. */
function toHealth(cell: string, alert: AlertRecord): Health {
  const { alarmsOn, calm } = alert;
  // Well for now, and not yet trusted; what stands behind it says itself how bad it is.
  if (calm) return 'warning';
  // What stands behind an alarm's alert says itself how its cells are.
  if (alarmsOn) return OF_SEVERITY[alarmsOn.scope === 'cell' && alarmsOn.id !== cell ? 'cleared' : ownSeverity(alert)];
  // Nor is a region's cell worse than the region for what another one does beyond that.
  if (isWideMove(alert)) return OF_SEVERITY[wideSeverity(alert.kpi)];
  const unheard = alert.kind === 'source-silent' || (alert.kind === 'silent' && alert.scope === 'cell');
  return unheard ? 'unknown' : OF_SEVERITY[alert.severity];
}

/**
 * Undefined when no active alert concerns the cell. Cells that have left a site's trouble are well again. What mutes hold back
 * is nobody's concern now: the cell counts as in planned works, as it does while `isPlanned` says that they are on.
 */
export function healthFrom(cell: string, active: readonly AlertRecord[], isPlanned = false): Health | undefined {
  const health = worstOf(
    cell,
    active.filter(({ mutedBy }) => mutedBy === undefined),
  );
  if (health !== undefined) return health;
  return isPlanned || worstOf(cell, active) !== undefined ? 'planned' : undefined;
}

/** A place that a cell serves badly is the planner's matter, and what is foretold is still to come: the cell itself is well. */
const leavesWell = ({ kind }: AlertRecord) => kind === 'weak-coverage' || isForetold(kind);

function worstOf(cell: string, active: readonly AlertRecord[]): Health | undefined {
  const said = active
    .filter((alert) => !leavesWell(alert) && !alert.recovered?.includes(cell))
    .map((alert) => toHealth(cell, alert));
  return RANK.find((health) => said.includes(health));
}
