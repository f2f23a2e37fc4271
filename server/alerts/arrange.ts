// One cause, one alert: what is found on cells whose equipment raised an alarm becomes part of that alarm's alert.

import type { AlertRecord } from '../model/alert.ts';
import { cellsOfSubject, isAlarmAlert, ownSeverity } from './alarm-alert.ts';
import { isActive, withSeverity } from './alert-state.ts';
import type { Places } from './phrasing.ts';
import { worst } from './severity.ts';
import { joined, parted } from './widening.ts';

/**
 * Trouble has an alarm's cause when it began so long before or after it, in data time: a period is told at its END, and
 * periods last up to an hour. *Default.*
 */
const BEFORE_MS = 30 * 60_000;
const AFTER_MS = 90 * 60_000;
/** Kinds that the equipment's trouble can show as. */
const EFFECTS = new Set<AlertRecord['kind']>(['fault', 'silent', 'anomaly']);

/**
 * What changes among a site's active alerts so that each stands behind the alarm that explains it. An alarm's alert spans
 * what stands behind it and is never milder; a site's or a wider one takes in the alarms of its cells.
 *
 * @returns changed alerts only; deterministic, for ties are broken by time and id
 */
export function arranged(active: readonly AlertRecord[], places: Places, wallMs: number): AlertRecord[] {
  const now = new Map(
    active.filter((each) => isActive(each) && !each.calm && each.scope !== 'area').map((alert) => [alert.id, alert]),
  );
  const leaders = () => [...now.values()].filter(isAlarmAlert).sort(byReach);
  if (leaders().length === 0) return [];
  for (const alert of [...now.values()].sort(byReach)) {
    if (isAlarmAlert(alert) || !EFFECTS.has(alert.kind) || standsBehindMore(alert, now)) continue;
    const leader = leaders().find((each) => explains(each, alert));
    if (leader) now.set(alert.id, joined(alert, leader, wallMs));
  }
  for (const { id } of leaders()) now.set(id, faced(now.get(id)!, [...now.values()], places, wallMs));
  for (const alarm of leaders()) {
    if (now.has(alarm.partOf ?? '')) continue;
    const leader = leaders().find((each) => each.partOf === undefined && takesIn(each, alarm));
    if (leader) now.set(alarm.id, joined(alarm, leader, wallMs));
  }
  for (const { id } of leaders()) now.set(id, faced(now.get(id)!, [...now.values()], places, wallMs));
  return active
    .map(({ id }) => now.get(id))
    .filter((alert, i) => alert !== undefined && alert !== active[i]) as AlertRecord[];
}

/** The alarm is over: what stood behind it and lasts stands for itself again. */
export function released(over: AlertRecord, active: readonly AlertRecord[], wallMs: number): AlertRecord[] {
  return active.filter((each) => isActive(each) && each.partOf === over.id).map((part) => parted(part, wallMs));
}

/** It has its place behind an alarm or its site; not so behind what merely came first on its own cell. */
function standsBehindMore({ partOf = '', cells }: AlertRecord, now: ReadonlyMap<string, AlertRecord>): boolean {
  const wider = now.get(partOf);
  return wider !== undefined && (isAlarmAlert(wider) || wider.scope !== 'cell' || wider.cells.join() !== cells.join());
}

/** Sites first, then what stands longest. */
function byReach(a: AlertRecord, b: AlertRecord): number {
  const wide = Number(b.scope === 'site') - Number(a.scope === 'site');
  return wide || a.raisedAt - b.raisedAt || (a.id < b.id ? -1 : 1);
}

function explains(leader: AlertRecord, alert: AlertRecord): boolean {
  return leader.cells.some((cell) => alert.cells.includes(cell)) && areTogether(leader, alert);
}

/** A wider alert takes in the alarms of its cells, and of two alike the earlier one the later. */
function takesIn(leader: AlertRecord, alarm: AlertRecord): boolean {
  if (leader.id === alarm.id || leader.scope !== 'site' || alarm.cells.length === 0) return false;
  if (alarm.scope === 'site' && byReach(leader, alarm) > 0) return false;
  return alarm.cells.every((cell) => leader.cells.includes(cell)) && areTogether(leader, alarm);
}

function areTogether({ alarms = [] }: AlertRecord, { since, raisedAt }: AlertRecord): boolean {
  const began = since ?? raisedAt;
  return alarms.some((each) => began >= each.raisedAt - BEFORE_MS && began <= each.raisedAt + AFTER_MS);
}

/** An alarm's alert with the cells and the severity of all that stands behind it. */
function faced(leader: AlertRecord, all: readonly AlertRecord[], places: Places, wallMs: number): AlertRecord {
  const parts = all.filter((each) => each.partOf === leader.id);
  const own = leader.alarmsOn!;
  const cells = [...new Set([...cellsOfSubject(own, places), ...parts.flatMap(stillBad)])].sort();
  const isWide = own.scope === 'site' || parts.some(({ scope }) => scope === 'site');
  const scope: AlertRecord['scope'] = isWide ? 'site' : 'cell';
  const same = scope === leader.scope && cells.join() === leader.cells.join();
  const next = same ? leader : { ...leader, scope, cells };
  return withSeverity(next, worst([ownSeverity(leader), ...parts.map(({ severity }) => severity)]), wallMs);
}

const stillBad = ({ cells, recovered = [] }: AlertRecord) => cells.filter((cell) => !recovered.includes(cell));
