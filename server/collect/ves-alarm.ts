// Turns VES fault events and 3GPP alarm notifications (TS 28.532, carried as stndDefined) into alarms.

import { parseTime } from '../maths/parse-time.ts';
import { SEVERITIES, type Severity } from '../model/health.ts';
import type { ManagedObject, RawAlarm } from '../model/sent.ts';
import type { EventContext, EventItem } from './event-format.ts';
import { isRecord } from './json-list.ts';
import { objectNamed } from './managed-object-of.ts';
import { refusal, textOf, type VesHeader } from './ves-header.ts';

type Values = Record<string, unknown>;

/** Keys of additional information under which senders name the object, the cell or the site. */
const ABOUT =
  /^(?:object|objectinstance|managedobject(?:instance)?|mo|dn|ldn|cell(?:_?(?:id|name))?|site(?:_?(?:id|name))?)$/i;

export function* readFault(event: Values, header: VesHeader): Generator<EventItem> {
  const fields = event.faultFields;
  const refuse = refusal(header.where, fields ?? event);
  if (!isRecord(fields)) {
    yield { kind: 'rejection', rejection: refuse('missing-field', 'faultFields', 'a fault has faultFields') };
    return;
  }
  const severity = severityOf(fields.eventSeverity);
  const condition = firstText(fields.alarmCondition, fields.specificProblem, header.eventName);
  if (header.eventId === '') {
    const detail = 'give "eventId": raise, change and clear of one alarm share it';
    yield { kind: 'rejection', rejection: refuse('missing-field', 'eventId', detail) };
  } else if (!severity)
    yield { kind: 'rejection', rejection: refuse(...wrongSeverity('eventSeverity', fields.eventSeverity)) };
  else yield { kind: 'alarm', alarm: faultAlarm(fields, header, severity, condition) };
}

function faultAlarm(fields: Values, header: VesHeader, severity: Severity, condition: string): RawAlarm {
  const additional = isRecord(fields.alarmAdditionalInformation) ? fields.alarmAdditionalInformation : {};
  const { sourceName, startMicros, lastMicros } = header;
  const object = textOf(fields.alarmInterfaceA);
  return {
    element: sourceName,
    alarmId: header.eventId,
    startedMicros: startMicros,
    sequence: header.sequence,
    at: lastMicros / 1000,
    raisedAt: startMicros / 1000,
    ...{ severity, condition },
    problem: otherThan(condition, fields.specificProblem),
    cause: textOf(additionalOf(additional, /^probable_?cause$/i)) || undefined,
    object: object || undefined,
    text: textOf(additionalOf(additional, /^additional_?text$/i)) || undefined,
    proposedRepair: textOf(additionalOf(additional, /^proposed_?repair(?:_?actions?)?$/i)) || undefined,
    about: aboutOf(header, [...namesIn(additional), object, textOf(fields.eventSourceType)]),
    where: header.where,
  };
}

/** Alarm notifications that raise, change or clear; those that only tell of acknowledgement or comments do not. */
const ALARM_NOTIFICATIONS = /^notify(?:New|Changed|Cleared)Alarm(?:General)?$/i;

export function* readAlarmNotification(data: Values, header: VesHeader, context: EventContext): Generator<EventItem> {
  const refuse = refusal(header.where, data);
  const type = textOf(data.notificationType);
  if (!ALARM_NOTIFICATIONS.test(type)) {
    const detail = `notifications of type "${type}" change no alarm: notifyNewAlarm, notifyChangedAlarm and notifyClearedAlarm are read`;
    yield { kind: 'rejection', rejection: refuse('unknown-event', 'notificationType', detail), group: `type ${type}` };
    return;
  }
  const clears = /Cleared/i.test(type);
  const severity = clears ? 'cleared' : severityOf(data.perceivedSeverity);
  if (textOf(data.alarmId) === '') {
    yield { kind: 'rejection', rejection: refuse('missing-field', 'alarmId', 'give "alarmId", the key of the alarm') };
  } else if (!severity) {
    yield { kind: 'rejection', rejection: refuse(...wrongSeverity('perceivedSeverity', data.perceivedSeverity)) };
  } else yield { kind: 'alarm', alarm: notifiedAlarm(data, header, severity, context) };
}

/** Here the id alone is the key, and notifications are ordered by their times: each has its own start. */
function notifiedAlarm(data: Values, header: VesHeader, severity: Severity, context: EventContext): RawAlarm {
  const told = parseTime(textOf(data.eventTime) || undefined, context.zoneOffsetMinutes);
  const at = told ?? header.lastMicros / 1000;
  const object = firstText(data.objectInstance, data.href, data.uri);
  const condition = firstText(data.specificProblem, data.probableCause, data.alarmType, header.eventName);
  const cause = otherThan(condition, data.probableCause);
  const additional = isRecord(data.additionalInformation) ? data.additionalInformation : {};
  return {
    element: header.sourceName,
    alarmId: textOf(data.alarmId),
    startedMicros: 0,
    sequence: 0,
    at,
    raisedAt: parseTime(textOf(data.alarmRaisedTime) || undefined, context.zoneOffsetMinutes) ?? at,
    ...{ severity, condition, cause },
    problem: undefined,
    object: object || undefined,
    text: textOf(data.additionalText) || undefined,
    proposedRepair: textOf(data.proposedRepairActions) || undefined,
    about: aboutOf(header, [object, ...namesIn(additional), textOf(data.systemDN)]),
    where: header.where,
  };
}

/** NORMAL and CLEARED both end an alarm. */
function severityOf(value: unknown): Severity | undefined {
  const text = textOf(value).toLowerCase();
  return text === 'normal' ? 'cleared' : SEVERITIES.find((severity) => severity === text);
}

function wrongSeverity(field: string, value: unknown) {
  const given = value === undefined ? 'missing' : `"${textOf(value)}"`;
  const detail = `"${field}" is ${given}: give CRITICAL, MAJOR, MINOR, WARNING, INDETERMINATE, or NORMAL for a clear`;
  return [value === undefined ? 'missing-field' : 'wrong-type', field, detail] as const;
}

/** Most exact first: what the alarm itself names, then the element. */
function aboutOf({ sourceName, sourceId }: VesHeader, names: readonly string[]): (ManagedObject | string)[] {
  const all = [...new Set([...names, sourceName, sourceId])].filter((name) => name !== '');
  return all.map((name) => (name.includes('=') ? objectNamed(sourceName, name) : name));
}

function namesIn(additional: Values): string[] {
  return Object.entries(additional).flatMap(([key, value]) => (ABOUT.test(key) ? [textOf(value)] : []));
}

function additionalOf(additional: Values, key: RegExp): unknown {
  return Object.entries(additional).find(([name]) => key.test(name))?.[1];
}

function firstText(...values: unknown[]): string {
  return values.map(textOf).find((text) => text !== '') ?? '';
}

/** What only repeats the condition tells nothing. */
function otherThan(condition: string, value: unknown): string | undefined {
  const text = textOf(value);
  return text === '' || text === condition ? undefined : text;
}
