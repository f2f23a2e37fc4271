// One cause, one alert: neighbouring sites that fail together become an area's alert, and leave it site by site.

import type { AlertRecord } from '../model/alert.ts';
import { isActive, withSeverity } from './alert-state.ts';
import { sinceOf, TOGETHER_PERIODS } from './correlate.ts';
import { recovered } from './ending.ts';
import { type AreaCause, areaSentences, type Places } from './phrasing.ts';
import { worst } from './severity.ts';
import { joined, widened } from './widening.ts';

/** So many sites next to each other make an area. *Default.* */
const LEAST_SITES = 3;
/** So many sites around one that has lost its clock, for their noise to be its doing. *Default.* */
const LEAST_AROUND_CLOCK = 2;
/** So many sites are looked at for one finding. */
const MOST_LOOKED_AT = 64;

/** What areas need to know of the alerts in memory, and of where sites stand. */
export interface AreaRooms {
  get(id: string): AlertRecord | undefined;
  /** Active alerts of a site. */
  ofSite(siteId: string): AlertRecord[];
  /** Active parts of an alert. */
  partsOf(id: string): AlertRecord[];
  /** Sites next to a site. */
  near(siteId: string): readonly string[];
  places: Places;
}

export interface AreaEvent {
  /** END of the period, data time. */
  at: number;
  periodSeconds: number;
  /** Alerts of one site that it has just changed, as they are now. */
  changed: readonly AlertRecord[];
}

const OFF_AIR = ['title-down', 'title-partly-down', 'title-silent'];
/** What a bad link to the core shows; and what radio, equipment and people do, so that it is not the link. */
const LINK_KPIS = ['latency_ms', 'rtt_ms', 'packet_loss_pct'];
const OTHER_REASONS = [
  ...['ul_interference_dbm', 'sinr_db', 'rsrp_dbm', 'vswr_ratio', 'temperature_c'],
  ...['prb_util_pct', 'active_users', 'traffic_gb'],
];
export const NOISE = 'ul_interference_dbm';
const CLOCK = 'sync_ok';

/** True of an area's alert that began as a cell's. */
export function isGatheredArea(alert: AlertRecord | undefined): alert is AlertRecord {
  return alert !== undefined && alert.scope === 'area' && alert.siteId !== undefined;
}

/**
 * What is gathered after some alerts of a site changed: at least three sites next to each other in the same trouble that
 * began together, or noise around a site that has lost its clock. The first one's alert widens, the others join it. Fewer
 * stay alone: the smallest scope that explains.
 *
 * @returns changed alerts only, the area's with cells and words still to be put right by `followed`; deterministic
 */
export function gatheredToArea(event: AreaEvent, rooms: AreaRooms, wallMs: number): AlertRecord[] {
  const fresh = event.changed.filter((alert) => isHead(alert, rooms) && alert.partOf === undefined);
  for (const head of fresh) {
    const group = aroundClock(head, event, rooms) ?? sameTrouble(head, event, rooms);
    if (group) return joinedTo(group, wallMs);
  }
  return [];
}

/** Areas that the changed alerts are, or are part of. */
export function areasOf(changed: readonly AlertRecord[], rooms: Pick<AreaRooms, 'get'>): AlertRecord[] {
  const areas = changed.flatMap((alert) => [rooms.get(alert.id), rooms.get(alert.partOf ?? '')].filter(isGatheredArea));
  return [...new Map(areas.filter(isActive).map((area) => [area.id, area])).values()];
}

/** The area's alert as its sites are now; over with the last of them. The same object where nothing changed. */
export function followed(area: AlertRecord, at: number, { partsOf, places }: AreaRooms, wallMs: number): AlertRecord {
  const isOwn = (cell: string) => (places.cell(cell)?.siteId ?? area.siteId) === area.siteId;
  const parts = partsOf(area.id).filter(({ siteId }) => siteId !== area.siteId);
  const bad = new Set([...stillBad(area).filter(isOwn), ...parts.flatMap(stillBad)]);
  const cells = [...new Set([...area.cells, ...bad])].sort();
  const back = cells.filter((cell) => !bad.has(cell));
  const isSame = cells.join() === area.cells.join() && back.join() === area.recovered?.join();
  const next = isSame ? area : { ...area, cells, recovered: back, ...wordsFor({ ...area, cells }, bad, places) };
  if (bad.size === 0) return recovered(next, at, wallMs);
  return withSeverity(next, worst([next.severity, ...parts.map(({ severity }) => severity)]), wallMs);
}

/** What is over is told by its full extent. */
function wordsFor(area: AlertRecord, bad: ReadonlySet<string>, places: Places) {
  return areaSentences(area, bad.size > 0 ? [...bad] : area.cells, causeOf(area), places);
}

interface Group {
  leader: AlertRecord;
  others: AlertRecord[];
  cause: AreaCause;
}

/** What the group itself says of the cause; else that of the first that has one. */
const AREA_CAUSES: Partial<Record<AreaCause, string>> = { link: 'transport', clock: 'clock' };

function joinedTo({ leader, others, cause }: Group, wallMs: number): AlertRecord[] {
  const wide = leader.scope === 'area' ? leader : widened(leader, leader.siteId!, wallMs, 'area');
  const why = { code: `area-${cause}`, values: wide.why.values };
  const code = AREA_CAUSES[cause] ?? [leader, ...others].find((one) => one.cause)?.cause?.code;
  const told = code && {
    cause: { code, values: { areaCells: [leader, ...others].flatMap(({ cells }) => cells).length } },
  };
  const area = leader.scope === 'area' ? wide : { ...wide, why, ...told };
  return [area, ...others.map((each) => joined(each, wide, wallMs))];
}

/** It speaks for its site: no part of anything but an area, and what equipment itself says stands apart. */
function isHead(alert: AlertRecord, { get }: AreaRooms): boolean {
  const { kind, scope, siteId, partOf, alarmsOn, calm } = alert;
  const isOfSite = siteId !== undefined && (scope === 'cell' || scope === 'site' || isGatheredArea(alert));
  if (!isActive(alert) || !isOfSite || alarmsOn || calm || !['fault', 'silent', 'anomaly'].includes(kind)) return false;
  return partOf === undefined || isGatheredArea(get(partOf));
}

/** Of what was raised by then: a replay after a crash meets alerts of later. */
const headsOf = (siteId: string, { at }: AreaEvent, rooms: AreaRooms) =>
  rooms.ofSite(siteId).filter((alert) => alert.raisedAt <= at && isHead(alert, rooms));

/**
 * Alerts of sites next to each other, and so on, that are in the same trouble since about the same time: as this one, or as
 * one of those beside it, so that it does not matter which of them was told last.
 */
function sameTrouble(head: AlertRecord, event: AreaEvent, rooms: AreaRooms): Group | undefined {
  const beside = alikeTo(head, event, rooms);
  const trouble = troubleOf(head, rooms);
  const group = groupOf(beside, trouble, rooms);
  // Many sites need no other centre; of few there are few to look from.
  if (group || sitesOf(beside) >= LEAST_SITES) return group;
  for (const centre of beside) {
    const wider = groupOf(alikeTo(centre, event, rooms), trouble, rooms);
    if (wider) return wider;
  }
  return undefined;
}

const sitesOf = (heads: readonly AlertRecord[]) => new Set(heads.map(({ siteId }) => siteId)).size;

/** Itself among them, in the order in which they began. */
function alikeTo(head: AlertRecord, event: AreaEvent, rooms: AreaRooms): AlertRecord[] {
  const key = troubleOf(head, rooms);
  const isAlike = (other: AlertRecord) => isTogether(head, other, event) && troubleOf(other, rooms) === key;
  const found: AlertRecord[] = [];
  const looked = new Set([head.siteId!]);
  for (const siteId of looked) {
    const heads = headsOf(siteId, event, rooms).filter(isAlike);
    if (heads.length === 0) continue;
    found.push(...heads);
    for (const next of rooms.near(siteId)) if (looked.size < MOST_LOOKED_AT) looked.add(next);
  }
  return found.sort(byBeginning);
}

/** An area that some are part of takes in the others; else the first becomes one, where there are enough sites. */
function groupOf(heads: readonly AlertRecord[], trouble: string, rooms: AreaRooms): Group | undefined {
  const area = heads.map((each) => (each.scope === 'area' ? each : rooms.get(each.partOf ?? ''))).find(isGatheredArea);
  if (!area && sitesOf(heads) < LEAST_SITES) return undefined;
  const leader = area ?? heads[0]!;
  const others = heads.filter(({ id, partOf }) => id !== leader.id && partOf === undefined);
  return others.length === 0 ? undefined : { leader, others, cause: causeByTrouble(trouble) };
}

function isTogether(a: AlertRecord, b: AlertRecord, { periodSeconds }: AreaEvent): boolean {
  return Math.abs(sinceOf(a) - sinceOf(b)) <= TOGETHER_PERIODS * periodSeconds * 1000;
}

function byBeginning(a: AlertRecord, b: AlertRecord): number {
  return sinceOf(a) - sinceOf(b) || a.raisedAt - b.raisedAt || (a.id < b.id ? -1 : 1);
}

/** The same word for what has the same cause where it comes at once: off the air, noise and what follows from it, a bad link, or one KPI. */
function troubleOf(alert: AlertRecord, rooms: AreaRooms): string {
  const { kind, title, kpi = '', why } = alert;
  if (why.code === 'area-link') return 'link';
  if (kind !== 'anomaly') return OFF_AIR.includes(title.code) ? 'off-air' : title.code;
  const moved = [kpi, ...[alert, ...rooms.partsOf(alert.id)].flatMap(alsoOf)];
  if (moved.includes(NOISE)) return NOISE;
  const isLink = moved.some((one) => LINK_KPIS.includes(one)) && !moved.some((one) => OTHER_REASONS.includes(one));
  return isLink ? 'link' : kpi;
}

const causeByTrouble = (trouble: string): AreaCause =>
  trouble === 'link' ? 'link' : trouble.startsWith('title-') || trouble === 'off-air' ? 'down' : 'worse';

const causeOf = ({ why }: AlertRecord) => why.code.replace(/^area-/, '') as AreaCause;

/** KPIs that are out of line as well. */
export const alsoOf = ({ why }: Pick<AlertRecord, 'why'>) => String(why.values.also ?? '').split(/[\s,]+/);

const stillBad = ({ cells, recovered: back = [] }: AlertRecord) => cells.filter((cell) => !back.includes(cell));

/** Noise on TDD sites around one whose clock is lost: that one leads, whichever was told first. */
function aroundClock(head: AlertRecord, event: AreaEvent, rooms: AreaRooms): Group | undefined {
  const isNoise = (one: AlertRecord) =>
    (one.kpi === NOISE || alsoOf(one).includes(NOISE)) && one.cells.some((id) => rooms.places.cell(id)?.isTdd);
  const isClock = (one: AlertRecord) => one.kpi === CLOCK || alsoOf(one).includes(CLOCK) || causeOf(one) === 'clock';
  const nearHeads = (siteId: string) => rooms.near(siteId).flatMap((other) => headsOf(other, event, rooms));
  const centres = isClock(head) ? [head] : isNoise(head) ? nearHeads(head.siteId!).filter(isClock) : [];
  for (const leader of centres.sort(byBeginning)) {
    const begun = sinceOf(leader) - TOGETHER_PERIODS * event.periodSeconds * 1000;
    const noisy = nearHeads(leader.siteId!).filter((one) => !isClock(one) && isNoise(one) && sinceOf(one) >= begun);
    if (new Set(noisy.map(({ siteId }) => siteId)).size < LEAST_AROUND_CLOCK) continue;
    const tops = noisy.map((one) => rooms.get(one.partOf ?? '') ?? one).filter(({ partOf }) => partOf === undefined);
    const others = [...new Map(tops.map((one) => [one.id, one])).values()].filter(({ id }) => id !== leader.id);
    if (others.length > 0 && leader.partOf === undefined) return { leader, others, cause: 'clock' };
  }
  return undefined;
}
