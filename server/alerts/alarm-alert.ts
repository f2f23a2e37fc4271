// The alert of what equipment says of itself: one for each cell or site, however many of its alarms stand.

import type { AlarmState, AlarmSubject, AlertAlarm } from '../model/alarm.ts';
import type { AlertRecord } from '../model/alert.ts';
import type { Said } from '../model/finding.ts';
import { isWorse, type Severity } from '../model/health.ts';
import { isStanding, severityOf } from './alarm-state.ts';
import { isActive, wasClearedByHand } from './alert-state.ts';
import type { Dealing } from './deal.ts';
import { recovered } from './ending.ts';
import { isNextSpell } from './flapping.ts';
import { raised, returned, type Sighting } from './lifecycle.ts';
import { type Places, placeValues, siteName } from './phrasing.ts';
import { worst } from './severity.ts';
import type { SubjectAlarms } from './subject-alarms.ts';

/** Alarms that an alert lists; those beyond stand in the fault history. */
export const MOST_LISTED_ALARMS = 100;
const NOTHING_MEASURED = { observed: null, expected: null, low: null, high: null, score: 1 };

/** Apart from what a detector finds on the same cell: the equipment ends this one, and nobody else. */
export function alarmSubject({ scope, id }: AlarmSubject): string {
  return `${scope === 'site' ? 'site.' : ''}${id}.alarm`;
}

export function isAlarmAlert(alert: AlertRecord): boolean {
  return alert.alarmsOn !== undefined;
}

type AlarmSighting = Sighting & Pick<AlertRecord, 'alarmsOn' | 'proposedRepair'>;

/** The worst of the alert's own alarms that stand. */
export function ownSeverity({ alarms = [] }: AlertRecord): Severity {
  return worst(alarms.filter(({ clearedAt }) => clearedAt === undefined).map(({ severity }) => severity));
}

/** Cells that the subject itself means. */
export function cellsOfSubject({ scope, id }: AlarmSubject, places: Places): string[] {
  return scope === 'cell' ? [id] : [...places.cellsOf(id)].sort();
}

/**
 * The alert after some alarms of its subject changed; the same object, or undefined, when that changes nothing: a clear
 * whose raise was never heard raises nothing.
 *
 * @param standing all alarms that stand on the subject now
 * @param changed those that just changed, cleared ones among them
 */
export function alarmAlert(
  before: AlertRecord | undefined,
  subject: AlarmSubject,
  standing: SubjectAlarms,
  changed: readonly AlarmState[],
  dealing: Dealing,
): AlertRecord | undefined {
  const isOpen = before !== undefined && isActive(before);
  const alarms = listed(isOpen ? (before.alarms ?? []) : [], standing, changed);
  if (standing.count === 0) {
    return isOpen ? recovered({ ...before, alarms }, lastCleared(alarms, before), dealing.wallMs) : before;
  }
  const { lead } = standing;
  // All that stand are in the ledger: the next message fetches them.
  if (!lead) return isOpen ? { ...before, alarms } : before;
  const seen = sightingOf(subject, standing, lead, dealing.places);
  if (isOpen) return updated(before, seen, alarms, changed);
  return raisedAgain(before, seen, alarms, changed, dealing);
}

/** Those that were listed and those that stand, as they are now. An alarm that was over before it was listed stays out. */
function listed(known: readonly AlertAlarm[], standing: SubjectAlarms, changed: readonly AlarmState[]): AlertAlarm[] {
  const all = new Map(known.map((each) => [each.key, each]));
  for (const state of [...standing.worst(MOST_LISTED_ALARMS), ...changed])
    if (isStanding(state) || all.has(state.key)) all.set(state.key, asListed(state));
  const inOrder = [...all.values()].sort((a, b) => a.raisedAt - b.raisedAt || (a.key < b.key ? -1 : 1));
  if (inOrder.length <= MOST_LISTED_ALARMS) return inOrder;
  // Those that are over go first, then the mildest.
  const rank = (each: AlertAlarm) => (each.clearedAt === undefined ? each.severity : 'cleared');
  return inOrder
    .sort((a, b) => (isWorse(rank(a), rank(b)) ? -1 : isWorse(rank(b), rank(a)) ? 1 : 0))
    .slice(0, MOST_LISTED_ALARMS);
}

/** An alarm as an alert lists it: with the severity that it has, or had before it was over. */
export function asListed(state: AlarmState): AlertAlarm {
  const { key, raisedAt, clearedAt, alarm, steps } = state;
  const { condition, problem, cause, object, text } = alarm;
  const lastBad = steps.findLast(({ severity }) => severity !== 'cleared')?.severity;
  return { key, condition, problem, cause, object, text, severity: lastBad ?? 'cleared', raisedAt, clearedAt };
}

function lastCleared(alarms: readonly AlertAlarm[], { changedAt }: AlertRecord): number {
  const ends = alarms.flatMap(({ clearedAt }) => (clearedAt === undefined ? [] : [clearedAt]));
  return ends.length > 0 ? Math.max(...ends) : changedAt;
}

/** Its cells and severity follow from all that stands behind it: `arrange.ts`. */
function updated(
  before: AlertRecord,
  seen: AlarmSighting,
  alarms: AlertAlarm[],
  changed: readonly AlarmState[],
): AlertRecord {
  const known = new Set(before.alarms?.map(({ key }) => key));
  const added = alarms.filter(({ key }) => !known.has(key)).length;
  const changedAt = Math.max(before.changedAt, ...changed.map(({ steps }) => steps.at(-1)!.at));
  const { title, why, wouldClear, proposedRepair } = seen;
  return { ...before, alarms, title, why, wouldClear, proposedRepair, changedAt, count: before.count + added };
}

/** Nothing was open: raised, or returned where it ended only a little before. What a person cleared stays so until a new alarm comes. */
function raisedAgain(
  before: AlertRecord | undefined,
  seen: AlarmSighting,
  alarms: AlertAlarm[],
  changed: readonly AlarmState[],
  { flapMs, wallMs }: Dealing,
): AlertRecord | undefined {
  const known = new Set(before?.alarms?.map(({ key }) => key));
  const isByHand = before !== undefined && wasClearedByHand(before);
  const fresh = changed.filter((state) => isStanding(state) && !known.has(state.key));
  if (isByHand && fresh.length === 0) return before;
  const at = isByHand ? Math.min(...fresh.map(({ raisedAt }) => raisedAt)) : seen.at;
  const more = { alarms, alarmsOn: seen.alarmsOn, proposedRepair: seen.proposedRepair };
  const spells = isByHand ? [] : before?.spells;
  const anew = { ...raised({ ...seen, at }, wallMs, spells), ...more, count: alarms.length };
  const endedAt = before?.clearedAt ?? Number.NEGATIVE_INFINITY;
  const isBack = before !== undefined && (before.id === anew.id || at - endedAt <= flapMs || isNextSpell(spells, at));
  if (!isBack) return anew;
  const changedAt = Math.max(at, before.changedAt);
  const count = before.count + alarms.filter(({ key }) => !known.has(key)).length;
  return { ...returned(before, { ...seen, at: changedAt }, wallMs, spells), ...more, count };
}

function sightingOf(
  subject: AlarmSubject,
  { since, count }: SubjectAlarms,
  lead: AlarmState,
  places: Places,
): AlarmSighting {
  return {
    kind: 'fault',
    scope: subject.scope,
    subject: alarmSubject(subject),
    alarmsOn: subject,
    cells: cellsOfSubject(subject, places),
    siteId: subject.siteId,
    phase: 'begins',
    ...{ at: since, since },
    audience: 'noc',
    severity: severityOf(lead),
    evidence: NOTHING_MEASURED,
    ...sentences(subject, lead, count, places),
    proposedRepair: lead.alarm.proposedRepair,
    detector: 'alarms@1',
  };
}

function sentences(
  subject: AlarmSubject,
  { alarm, raisedAt }: AlarmState,
  alarms: number,
  places: Places,
): Pick<Sighting, 'title' | 'why' | 'wouldClear'> {
  const { condition, problem, cause, object, text, element } = alarm;
  const place = placeOf(subject, places);
  const told = Object.entries({ problem, cause, object, text }).filter(([, value]) => value !== undefined);
  const values: Said['values'] = { condition, alarms, at: raisedAt };
  return {
    title: { code: 'title-alarm', values: { ...values, ...place } },
    why: {
      code: 'equipment-alarm',
      values: { ...values, ...(Object.fromEntries(told) as Said['values']), element, sinceMs: raisedAt },
    },
    wouldClear: { code: 'alarm-cleared', values: { alarms } },
  };
}

function placeOf({ scope, id }: AlarmSubject, places: Places): Said['values'] {
  if (scope === 'cell') {
    const cell = places.cell(id);
    return placeValues('place', cell?.name ?? id, cell?.nameZh);
  }
  const cells = places.cellsOf(id);
  return placeValues('place', siteName(cells, places, 'name') ?? id, siteName(cells, places, 'nameZh'));
}
