// Puts alerts into the groups that say what a person must do, in the order in which to do it.

import type { Alert } from '../../server/api/contract.ts';
import { SEVERITIES, type Severity } from '../../server/model/health.ts';

export const GROUPS = ['needsSomeone', 'beingWorked', 'foretold', 'clearedNotAcknowledged'] as const;
export type GroupName = (typeof GROUPS)[number];

export interface AlertGroup {
  name: GroupName;
  alerts: Alert[];
}

/** Only these severities; empty means all. */
export type SeverityFilter = ReadonlySet<Severity>;

const FORETOLD_KINDS: ReadonlySet<string> = new Set(['fault-predicted', 'congestion-forecast']);

export function isForetold(alert: Alert): boolean {
  return FORETOLD_KINDS.has(alert.kind);
}

/** The group an alert stands in, or null when it has left the list (cleared and acknowledged), or a mute holds it back. */
export function groupOf(alert: Alert): GroupName | null {
  if (alert.mutedBy) return null;
  if (alert.state === 'cleared')
    return alert.acknowledgedBy === undefined && !wasAcknowledged(alert) ? 'clearedNotAcknowledged' : null;
  if (isForetold(alert)) return 'foretold';
  return alert.state === 'acknowledged' || alert.assignedTo ? 'beingWorked' : 'needsSomeone';
}

/** An acknowledgement counts without a name too. */
function wasAcknowledged(alert: Alert): boolean {
  const last = alert.history.findLastIndex((event) => event.what === 'acknowledged');
  return last >= 0 && last >= alert.history.findLastIndex((event) => event.what === 'returned');
}

function byUrgency(a: Alert, b: Alert): number {
  const severity = SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity);
  return severity || b.raisedAt.localeCompare(a.raisedAt) || a.id.localeCompare(b.id);
}

/** What alerts are ordered by within a group: how bad it is, or what it does to people. */
export const ORDERS = ['severity', 'impact'] as const;
export type Order = (typeof ORDERS)[number];

/** The server's own rank: total loss without other cover first, then severity and people by tier. Without people it has none. */
function byImpact(a: Alert, b: Alert): number {
  const rank = (alert: Alert) => alert.impact?.rank ?? Number.NEGATIVE_INFINITY;
  const [of, other] = [rank(a), rank(b)];
  return of === other ? byUrgency(a, b) : other - of;
}

const COMPARE: Record<Order, (a: Alert, b: Alert) => number> = { severity: byUrgency, impact: byImpact };

/** Only what the control room is called for: weak coverage and congestion foretold wait for the day. */
export function forControlRoom(alerts: Iterable<Alert>): Alert[] {
  return [...alerts].filter((alert) => alert.audience === 'noc' && !alert.mutedBy);
}

/** What planners have to do with, the most urgent first; parts of wider ones stand behind them, whoever these are for. */
export function plannersAlerts(
  alerts: Iterable<Alert>,
  filter: SeverityFilter = new Set(),
  order: Order = 'severity',
): Alert[] {
  const active = [...alerts].filter((alert) => alert.state !== 'cleared' && !alert.mutedBy);
  const ids = new Set(active.map(({ id }) => id));
  return active
    .filter((alert) => alert.audience === 'planner' && !(alert.partOf && ids.has(alert.partOf)))
    .filter((alert) => filter.size === 0 || filter.has(alert.severity))
    .sort(COMPARE[order]);
}

/** What mutes hold back now; parts of wider ones stand behind them. */
export function mutedAlerts(
  alerts: Iterable<Alert>,
  filter: SeverityFilter = new Set(),
  order: Order = 'severity',
): Alert[] {
  const held = [...alerts].filter((alert) => alert.mutedBy && alert.state !== 'cleared');
  const ids = new Set(held.map(({ id }) => id));
  return held
    .filter((alert) => !(alert.partOf && ids.has(alert.partOf)))
    .filter((alert) => filter.size === 0 || filter.has(alert.severity))
    .sort(COMPARE[order]);
}

/** The control room's list. An alert that is part of a listed one is left out; its row counts it. */
export function groupAlerts(
  alerts: Iterable<Alert>,
  filter: SeverityFilter = new Set(),
  order: Order = 'severity',
): AlertGroup[] {
  const all = forControlRoom(alerts);
  const listed = new Map(all.filter((alert) => groupOf(alert) !== null).map((alert) => [alert.id, alert]));
  const shown = [...listed.values()].filter(
    (alert) => !(alert.partOf && listed.has(alert.partOf)) && (filter.size === 0 || filter.has(alert.severity)),
  );
  return GROUPS.map((name) => ({
    name,
    alerts: shown.filter((alert) => groupOf(alert) === name).sort(COMPARE[order]),
  })).filter((group) => group.alerts.length > 0);
}

/** The events of a story worth a line: of several changes of severity within one second, which say no more than one, the last. */
export function eventsToTell(history: Alert['history']): Alert['history'] {
  const changes = (event: Alert['history'][number] | undefined) =>
    event?.what === 'worsened' || event?.what === 'eased';
  const second = (event: Alert['history'][number]) => Math.floor(Date.parse(event.at) / 1000);
  return history.filter((event, i) => {
    const next = history[i + 1];
    return !(changes(event) && next && changes(next) && second(event) === second(next));
  });
}

/** What stands behind each alert, worst first; what is over no longer does. */
export function partsByWhole(alerts: Iterable<Alert>): Map<string, Alert[]> {
  const parts = new Map<string, Alert[]>();
  for (const alert of alerts) {
    if (!alert.partOf || alert.state === 'cleared') continue;
    const known = parts.get(alert.partOf);
    if (known) known.push(alert);
    else parts.set(alert.partOf, [alert]);
  }
  for (const list of parts.values()) list.sort(byUrgency);
  return parts;
}

/** Alerts that a person still has to do with, parts not counted twice. */
export function countListed(alerts: Iterable<Alert>): number {
  return groupAlerts(alerts).reduce((sum, group) => sum + group.alerts.length, 0);
}

/** Minutes to acknowledge, by severity: the levels that control rooms commonly run by (practice, not a standard). */
const ACKNOWLEDGE_WITHIN_MINUTES: Partial<Record<Severity, number>> = {
  critical: 15,
  major: 20,
  minor: 60,
  warning: 60,
};

/** Milliseconds left to acknowledge at this wall time, negative when overdue; null where no level is set. */
export function timeToAcknowledge(alert: Alert, wallNow: number): number | null {
  const minutes = ACKNOWLEDGE_WITHIN_MINUTES[alert.severity];
  // Planners are called at no hour.
  if (alert.mutedBy || alert.audience !== 'noc' || alert.state !== 'open' || minutes === undefined || !alert.toldAt)
    return null;
  return Date.parse(alert.toldAt) + minutes * 60_000 - wallNow;
}

/** Acknowledged or cleared by nobody yet, and bad enough to pulse on the map. */
export function pulses(alert: Alert): boolean {
  return (
    alert.state === 'open' &&
    !alert.mutedBy &&
    (alert.severity === 'critical' || alert.severity === 'major') &&
    !isForetold(alert)
  );
}
