// One cause, one alert: cells of a site that fail together become the site's alert, and leave it one by one.

import { type AlertKind, type AlertRecord, isCreeping } from '../model/alert.ts';
import { isWorse } from '../model/health.ts';
import { isActive, withSeverity } from './alert-state.ts';
import { recovered } from './ending.ts';
import { leadOf, type Places, siteSentences } from './phrasing.ts';
import { siteSeverity } from './severity.ts';
import { joined, widened } from './widening.ts';

/** A cell that is off air and a neighbour that is unheard may well have one cause; one that serves badly has another. */
type Family = 'outage' | 'service';
const FAMILY: Partial<Record<AlertKind, Family>> = { fault: 'outage', silent: 'outage', anomaly: 'service' };

/** Cells fail together when their troubles began within so many periods of each other. */
export const TOGETHER_PERIODS = 2;

export interface SiteEvent {
  kind: AlertKind;
  cell: string;
  siteId: string;
  /** END of the period, data time. */
  at: number;
  periodSeconds: number;
  /** The cell's own finding of this kind has ended. */
  ended: boolean;
}

/**
 * What changes among a site's alerts after one of its cells failed or recovered.
 *
 * @param alerts the site's active alerts (cells' and site's), the cell's own already up to date
 * @returns changed alerts only; deterministic, for ties are broken by time and id
 */
export function correlated(
  event: SiteEvent,
  alerts: readonly AlertRecord[],
  places: Places,
  wallMs: number,
): AlertRecord[] {
  const family = FAMILY[event.kind];
  // What equipment itself says stands apart: `arrange.ts` puts the two together.
  const kin = alerts.filter((each) => isActive(each) && !each.calm && FAMILY[each.kind] === family && !each.alarmsOn);
  const wide = kin.find((each) => each.scope === 'site' || each.scope === 'area');
  if (!family) return [];
  if (wide) return event.ended ? left(wide, kin, event, places, wallMs) : grown(wide, kin, event, places, wallMs);
  return event.ended ? [] : gathered(kin, alerts, event, places, wallMs);
}

/** True when the site's or area's alert, not the cell, must be asked whether it is over. */
export function outlivesItsCell(alert: AlertRecord | undefined): boolean {
  const isWide = alert?.scope === 'site' || (alert?.scope === 'area' && alert.siteId !== undefined);
  return alert !== undefined && isWide && isActive(alert);
}

/** At least half of the site's cells, and two or more, in trouble that began together: the first one's alert widens. */
function gathered(
  kin: readonly AlertRecord[],
  alerts: readonly AlertRecord[],
  event: SiteEvent,
  places: Places,
  wallMs: number,
): AlertRecord[] {
  const own = kin.find((each) => each.kind === event.kind && each.subject === event.cell);
  if (!own) return [];
  const reach = TOGETHER_PERIODS * event.periodSeconds * 1000;
  const group = kin.filter((each) => Math.abs(sinceOf(each) - sinceOf(own)) <= reach);
  const cells = distinctCells(group);
  if (cells.length < Math.max(2, places.cellsOf(event.siteId).length / 2)) return [];
  const [first, ...others] = [...group].sort(
    (a, b) => sinceOf(a) - sinceOf(b) || a.raisedAt - b.raisedAt || (a.id < b.id ? -1 : 1),
  );
  if (!first) return [];
  // What spoke for the site in an area goes on to, with the whole site behind it.
  const isInArea = first.partOf !== undefined && !alerts.some(({ id }) => id === first.partOf);
  const partOf = isInArea ? first.partOf : undefined;
  const wide = { ...widened(first, event.siteId, wallMs, 'site'), cells, partOf };
  const parts = others.map((each) => joined(each, wide, wallMs));
  return [faced(wide, [first, ...parts], places, wallMs), ...parts];
}

/** One more cell of a site that is already in trouble. */
function grown(
  wide: AlertRecord,
  kin: readonly AlertRecord[],
  event: SiteEvent,
  places: Places,
  wallMs: number,
): AlertRecord[] {
  const own = kin.find((each) => each.kind === event.kind && each.subject === event.cell);
  if (!own) return [];
  // What stands behind an area already is told there, and over there.
  const isElsewhere =
    own.partOf !== undefined && own.partOf !== wide.partOf && !kin.some(({ id }) => id === own.partOf);
  // What creeps has begun long before, and outlasts what is sudden by weeks.
  const isAnother = own.partOf === undefined && own.id !== wide.id && isCreeping(own) !== isCreeping(wide);
  if ((isElsewhere && own.id !== wide.id) || isAnother) return [];
  const parts = own.id !== wide.id && own.partOf !== wide.id ? [joined(own, wide, wallMs)] : [];
  const known = wide.cells.includes(event.cell) && !wide.recovered?.includes(event.cell);
  // What had broken only creeps by now.
  const isMilder = isCreeping(own) && !isCreeping(wide);
  if (known && !isMilder) return parts;
  const cells = [...new Set([...wide.cells, event.cell])].sort();
  const back = (wide.recovered ?? []).filter((cell) => cell !== event.cell);
  const members = kin.map((each) => parts.find((part) => part.id === each.id) ?? each);
  return [faced({ ...wide, cells, recovered: back }, members, places, wallMs), ...parts];
}

/** One cell is well again: the site's alert tells how many are left, and clears with the last. */
function left(
  wide: AlertRecord,
  kin: readonly AlertRecord[],
  event: SiteEvent,
  places: Places,
  wallMs: number,
): AlertRecord[] {
  const already = wide.recovered ?? [];
  const stillBad = kin.some((each) => each.id !== wide.id && each.subject === event.cell);
  if (stillBad || !wide.cells.includes(event.cell) || already.includes(event.cell)) return [];
  const back = [...already, event.cell].sort();
  const next = { ...wide, recovered: back };
  if (back.length < wide.cells.length) return [faced(next, kin, places, wallMs)];
  // What is over is told by its full extent, not by the last cell that was left.
  const whole = faced({ ...wide, recovered: [] }, kin, places, wallMs);
  return [recovered({ ...whole, recovered: back }, event.at, wallMs)];
}

/** The site's alert with sentences and severity for the cells that are in trouble now. */
function faced(wide: AlertRecord, members: readonly AlertRecord[], places: Places, wallMs: number): AlertRecord {
  // An area is told by all its sites: `area.ts`.
  if (wide.scope === 'area') return wide;
  const failing = wide.cells.filter((cell) => !wide.recovered?.includes(cell));
  const now = members.filter((each) => failing.includes(each.subject));
  const lead = leadOf(now) ?? wide;
  const siteId = wide.siteId ?? wide.subject;
  const sentences = siteSentences(lead, failing.length, siteId, sinceOf(wide), places);
  const whole = failing.length >= places.cellsOf(siteId).length;
  const severity = siteSeverity(lead.title.code, whole, now);
  // A KPI and figures of another one would say nonsense together. What was foretold has its cause from there.
  const isKept = lead.kpi === wide.kpi || wide.foretoldBy !== undefined;
  const cause = (isKept && wide.cause) || lead.cause || wide.cause;
  const next = { ...wide, ...sentences, kpi: lead.kpi, evidence: lead.evidence, cause };
  // What serves badly does not look better because one of its cells stepped aside, but where what is left only creeps.
  const onlyCreeps = now.length > 0 && now.every(isCreeping);
  const looksBetter = wide.kind === 'anomaly' && isWorse(wide.severity, severity) && !onlyCreeps;
  return looksBetter ? next : withSeverity(next, severity, wallMs);
}

/** When the present spell of trouble began, data time. */
export function sinceOf(alert: AlertRecord): number {
  return alert.since ?? alert.raisedAt;
}

function distinctCells(alerts: readonly AlertRecord[]): string[] {
  return [...new Set(alerts.flatMap((each) => each.cells))].sort();
}
