// ONAP VES 7 events: one event, a batch, or one event a line; measurements, alarms and signs of life.

import type { RawBeat, Where } from '../../model/sent.ts';
import type { EventContext, EventFormat, EventItem, SentEvent } from '../event-format.ts';
import { excerpt, jsonText } from '../excerpt.ts';
import { isRecord, jsonList } from '../json-list.ts';
import { ndjsonLines } from '../ndjson-lines.ts';
import { readAlarmNotification, readFault } from '../ves-alarm.ts';
import { readHeader, refusal, textOf, type VesHeader } from '../ves-header.ts';
import { readMeasurement } from '../ves-measurement.ts';
import { readPerf3gpp } from '../ves-perf3gpp.ts';

type Values = Record<string, unknown>;
type Reader = (event: Values, header: VesHeader, context: EventContext) => Generator<EventItem>;

/** Events within batches within lines. */
const MAX_DEPTH = 4;

export const ves: EventFormat = {
  name: 'ves',
  looksLike: (head) => /^\uFEFF?\s*[[{]/.test(head) && /"commonEventHeader"\s*:|"eventList"\s*:/.test(head),
  parse,
};

const READERS: Readonly<Record<string, Reader>> = {
  measurement: readMeasurement,
  perf3gpp: readPerf3gpp,
  fault: readFault,
  stndDefined: readStandard,
  heartbeat: readHeartbeat,
};

function* parse(text: string, context: EventContext): Generator<SentEvent> {
  for (const item of itemsOf(text, context)) {
    if (item.kind === 'rejection') yield { kind: 'rejection', rejection: { ...item.rejection, file: context.file } };
    else yield* readItem(item.value, item.where, context, MAX_DEPTH);
  }
}

type Item = { kind: 'item'; value: unknown; where: Where } | Extract<EventItem, { kind: 'rejection' }>;

function* itemsOf(text: string, { file }: EventContext): Generator<Item> {
  if (/^\uFEFF?\s*\{[^\r\n]*\}[ \t]*\r?\n\s*\{/.test(text.slice(0, 100_000))) {
    for (const { from, end, where } of ndjsonLines(text, file)) yield lineOf(text.slice(from, end), where);
    return;
  }
  for (const item of jsonList(text, 'eventList')) {
    if (item.kind === 'rejection') yield item;
    else yield { kind: 'item', value: item.value, where: { index: item.index, line: item.line, file } };
  }
}

function lineOf(record: string, where: Where): Item {
  try {
    return { kind: 'item', value: JSON.parse(record), where };
  } catch {
    const detail = `line ${where.line} is no JSON; write one whole event a line`;
    return { kind: 'rejection', rejection: { ...where, reason: 'not-json', detail, excerpt: excerpt(record.trim()) } };
  }
}

/** `{"event":{…}}`, a bare event, or a batch where a single event was to be. */
function* readItem(value: unknown, where: Where, context: EventContext, depth: number): Generator<SentEvent> {
  if (isRecord(value) && Array.isArray(value.eventList) && depth > 0) {
    for (const one of value.eventList) yield* readItem(one, where, context, depth - 1);
    return;
  }
  const event = isRecord(value) && 'event' in value ? value.event : value;
  if (isRecord(event)) {
    yield* readEvent(event, where, context);
    return;
  }
  const detail = 'an event is an object {"commonEventHeader":{…},…}; send {"event":{…}} or {"eventList":[…]}';
  yield {
    kind: 'rejection',
    rejection: { ...where, reason: 'wrong-shape', detail, excerpt: excerpt(jsonText(value)) },
  };
}

function* readEvent(event: Values, where: Where, context: EventContext): Generator<SentEvent> {
  const header = readHeader(event, where);
  if ('reason' in header) {
    yield { kind: 'rejection', rejection: header };
    return;
  }
  const { domain, sender } = header;
  const read = Object.hasOwn(READERS, domain) ? READERS[domain] : undefined;
  if (read) for (const item of read(event, header, context)) yield { ...item, sender };
  else yield { ...unknownDomain(event, header), sender };
}

function unknownDomain(event: Values, { domain, where }: VesHeader): EventItem {
  const known = Object.keys(READERS).join(', ');
  const detail = `events of domain "${excerpt(domain)}" are not read: ${known} are`;
  return {
    kind: 'rejection',
    rejection: refusal(where, event)('unknown-event', 'domain', detail),
    group: `domain ${domain}`,
  };
}

/** What 3GPP defines, by its namespace (TS 28.532). The schema that an event names is not fetched. */
function* readStandard(event: Values, header: VesHeader, context: EventContext): Generator<EventItem> {
  const fields = event.stndDefinedFields;
  const refuse = refusal(header.where, fields ?? event);
  const data = isRecord(fields) ? fields.data : undefined;
  const { namespace } = header;
  if (!isRecord(data)) {
    yield { kind: 'rejection', rejection: refuse('missing-field', 'data', 'give stndDefinedFields.data, an object') };
  } else if (/^3GPP-FaultSupervision/i.test(namespace)) yield* readAlarmNotification(data, header, context);
  else if (/^3GPP-Heartbeat/i.test(namespace)) yield beatOf(header, data.heartbeatNtfPeriod);
  else yield unknownNamespace(data, header);
}

function unknownNamespace(data: Values, { namespace, where }: VesHeader): EventItem {
  const isFileReady = /^notifyFileReady$/i.test(textOf(data.notificationType));
  const detail = isFileReady
    ? 'the file that notifyFileReady names is not fetched: put it into the inbox, or post it to /ingest/pm'
    : `stndDefinedNamespace "${excerpt(namespace)}" is not read: 3GPP-FaultSupervision and 3GPP-Heartbeat are`;
  const rejection = refusal(where, data)('unknown-event', 'stndDefinedNamespace', detail);
  return { kind: 'rejection', rejection, group: `namespace ${namespace} ${isFileReady}` };
}

function* readHeartbeat(event: Values, header: VesHeader): Generator<EventItem> {
  const fields = event.heartbeatFields;
  yield beatOf(header, isRecord(fields) ? fields.heartbeatInterval : undefined);
}

function beatOf({ lastMicros, where }: VesHeader, interval: unknown): EventItem {
  const everySeconds = Number(textOf(interval));
  const beat: RawBeat = { at: lastMicros / 1000, where };
  return { kind: 'beat', beat: everySeconds > 0 && everySeconds <= 86_400 ? { ...beat, everySeconds } : beat };
}
