// Accepts alarms: their times and lengths are checked, and each gets the cell or site that it is about.

import type { Alarm, AlarmSubject, Beat } from '../model/alarm.ts';
import type { Rejection } from '../model/rejection.ts';
import { isManagedObject, type ManagedObject, type RawAlarm, type RawBeat } from '../model/sent.ts';
import { type CheckContext, checkTime, isRefusal, quote, type Refusal } from './check-reading.ts';

/** The inventory as alarms need it. */
export interface AlarmPlaces {
  /** The id of the cell that has this id or alias. */
  find(name: string): string | undefined;
  /** The cell that the object is, where one is known. */
  knownCell(object: ManagedObject): string | undefined;
  get(cell: string): { siteId: string } | undefined;
  /** Ids of the cells that stand on a site. */
  cellsOf(siteId: string): readonly string[];
}

const LONGEST_ID = 300;
/** Longer texts are cut: alarms are headlines, the log stays with the equipment. */
const LONGEST_TEXT = 1000;

export function checkAlarm(raw: RawAlarm, places: AlarmPlaces, context: CheckContext): Alarm | Rejection {
  const { where, about, ...told } = raw;
  const refuse = (refusal: Refusal): Rejection => ({ ...where, ...refusal });
  for (const field of ['element', 'alarmId'] as const) {
    if (raw[field].length > LONGEST_ID) return refuse(tooLong(field, raw[field]));
  }
  const at = checkMoment(raw.at, 'lastEpochMicrosec', context);
  if (typeof at !== 'number') return refuse(at);
  const raisedAt = checkMoment(raw.raisedAt, 'startEpochMicrosec', context);
  if (typeof raisedAt !== 'number') return refuse(raisedAt);
  return {
    ...told,
    ...{ at, raisedAt },
    condition: cut(raw.condition) ?? '',
    problem: cut(raw.problem),
    cause: cut(raw.cause),
    object: cut(raw.object),
    text: cut(raw.text),
    proposedRepair: cut(raw.proposedRepair),
    subject: subjectOf(raw, places),
  };
}

export function checkBeat({ where, ...beat }: RawBeat, context: CheckContext): Beat | Rejection {
  const at = checkMoment(beat.at, 'lastEpochMicrosec', context);
  return typeof at === 'number' ? { ...beat, at } : { ...where, ...at };
}

/** The reason names the sender's own field. */
function checkMoment(ms: number, field: string, context: CheckContext): number | Refusal {
  const at = checkTime(ms, context);
  if (!(typeof at === 'object' && isRefusal(at))) return at;
  const told = Number.isFinite(ms) && Math.abs(ms) < 8.64e15 ? new Date(ms).toISOString() : quote(ms);
  const hint = at.reason === 'future-time' ? 'more than an hour ahead of this server' : 'no time since 2000';
  return { reason: at.reason, field, detail: `"${field}" comes to ${told}, ${hint}: check the sender's clock` };
}

function tooLong(field: string, text: string): Refusal {
  return { reason: 'too-long', field, detail: `"${field}" has ${text.length} characters: at most ${LONGEST_ID}` };
}

/** One line without control characters. */
function cut(text: string | undefined): string | undefined {
  const line = text
    ?.slice(0, 4 * LONGEST_TEXT)
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
  if (!line) return undefined;
  return line.length <= LONGEST_TEXT ? line : `${line.slice(0, LONGEST_TEXT - 1)}…`;
}

/** The most exact thing that is known by name; else the element stands for its own site, so that the alarm is kept and told. */
function subjectOf({ about, element }: RawAlarm, places: AlarmPlaces): AlarmSubject {
  for (const one of about) {
    const cell = typeof one === 'string' ? places.find(one) : places.knownCell(one);
    if (cell !== undefined) return { scope: 'cell', id: cell, siteId: places.get(cell)?.siteId ?? cell };
  }
  const names = [...about.flatMap((one) => (typeof one === 'string' ? [one] : siteNamesOf(one))), element];
  const site = names.find((name) => places.cellsOf(name).length > 0) ?? siteNamedBy(about) ?? element;
  return { scope: 'site', id: site, siteId: site };
}

/** The element within the first distinguished name, by which its counters would name the site. */
function siteNamedBy(about: RawAlarm['about']): string | undefined {
  return about.filter(isManagedObject).map((object) => siteNamesOf(object)[0])[0];
}

/** `SubNetwork=1,ManagedElement=RNC-1` and `NRSector=2` → RNC-1, 2: the element, then the parts of the object's name. */
function siteNamesOf({ element, ldn }: ManagedObject): string[] {
  const lastName = (part: string) => part.slice(part.lastIndexOf('=') + 1).trim();
  return [lastName(element), ...ldn.split(',').map(lastName)].filter((name) => name !== '');
}
