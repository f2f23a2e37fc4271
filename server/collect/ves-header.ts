// Reads the commonEventHeader of an ONAP VES 7 event: who, when, and what kind of event it is.

import type { Rejection, RejectionReason } from '../model/rejection.ts';
import type { Where } from '../model/sent.ts';
import { excerpt, jsonText } from './excerpt.ts';
import { isRecord } from './json-list.ts';

export interface VesHeader {
  domain: string;
  eventId: string;
  eventName: string;
  sourceName: string;
  sourceId: string;
  /** Who reports: the sender. */
  sender: string;
  /** 0: not numbered. */
  sequence: number;
  /** Epoch microseconds. */
  startMicros: number;
  lastMicros: number;
  namespace: string;
  where: Where;
}

/** Templates stand with `@names@` where values belong, until they are filled. */
const PLACEHOLDER = /@[A-Za-z]\w*@/;
/** Fields lie at most so deep in real events; what lies deeper is not looked at for placeholders. */
const DEEPEST = 12;
const MICROS_2000 = Date.UTC(2000, 0, 1) * 1000;
/** Event headers 4.x belong to VES 7.x. */
const VERSIONS = { version: '4', vesEventListenerVersion: '7' } as const;

export function readHeader(event: Record<string, unknown>, where: Where): VesHeader | Rejection {
  const fields = event.commonEventHeader;
  const refuse = refusal(where, fields ?? event);
  if (!isRecord(fields)) return refuse('missing-field', 'commonEventHeader', 'an event has a commonEventHeader object');
  const placeholder = placeholderIn(event, DEEPEST);
  if (placeholder) {
    const detail = `"${placeholder}" stands for a value: this is a template that nobody filled; send the event with its values`;
    return refuse('wrong-shape', placeholder, detail);
  }
  for (const [field, major] of Object.entries(VERSIONS)) {
    const version = textOf(fields[field]);
    if (version === '' || version.split('.')[0] === major) continue;
    return refuse('wrong-shape', field, `"${field}" is ${version}: ${major}.x is read here (VES 7)`);
  }
  for (const field of ['domain', 'sourceName']) {
    if (textOf(fields[field]) === '') return refuse('missing-field', field, `give "${field}" in commonEventHeader`);
  }
  return withTimes(fields, where, refuse);
}

type Refuse = (reason: RejectionReason, field: string, detail: string) => Rejection;

/** Without one of its times an event has but one moment. */
function withTimes(fields: Record<string, unknown>, where: Where, refuse: Refuse): VesHeader | Rejection {
  const start = fields.startEpochMicrosec ?? fields.lastEpochMicrosec;
  const last = fields.lastEpochMicrosec ?? fields.startEpochMicrosec;
  const startMicros = readMicros(start, 'startEpochMicrosec', refuse);
  if (typeof startMicros !== 'number') return startMicros;
  const lastMicros = readMicros(last, 'lastEpochMicrosec', refuse);
  if (typeof lastMicros !== 'number') return lastMicros;
  const sourceName = textOf(fields.sourceName);
  const sequence = Number(fields.sequence ?? 0);
  if (!Number.isSafeInteger(sequence) || sequence < 0) {
    return refuse('wrong-type', 'sequence', '"sequence" is a whole number, 0 where events are not numbered');
  }
  return {
    domain: textOf(fields.domain),
    eventId: textOf(fields.eventId),
    eventName: textOf(fields.eventName),
    sourceName,
    sourceId: textOf(fields.sourceId),
    sender: textOf(fields.reportingEntityName) || sourceName,
    namespace: textOf(fields.stndDefinedNamespace),
    ...{ sequence, startMicros, lastMicros, where },
  };
}

/** Epoch microseconds, also as digits in a text. What is plainly in another unit is named. */
function readMicros(value: unknown, field: string, refuse: Refuse): number | Rejection {
  const isDigits = typeof value === 'string' && /^\s*\d{1,17}(?:\.\d{1,9})?\s*$/.test(value);
  const micros = isDigits ? Number(value) : value;
  if (typeof micros !== 'number' || !Number.isFinite(micros)) {
    if (value === undefined) return refuse('missing-field', field, `give "${field}", in epoch microseconds`);
    return refuse('bad-time', field, `"${field}" is ${excerpt(jsonText(value))}: give epoch microseconds`);
  }
  if (micros >= MICROS_2000) return Math.round(micros);
  const unit = unitOf(micros);
  if (unit) return refuse('bad-time', field, `"${field}" is ${micros}, which looks like ${unit}: give microseconds`);
  return refuse('ancient-time', field, `"${field}" is ${micros}, before 2000: check the sender's clock`);
}

/** The unit in which a number would be a time since 2000. */
function unitOf(number: number): string | undefined {
  if (number * 1e3 >= MICROS_2000 && number * 1e3 < 10 * MICROS_2000) return 'milliseconds';
  return number * 1e6 >= MICROS_2000 && number * 1e6 < 10 * MICROS_2000 ? 'seconds' : undefined;
}

function placeholderIn(value: unknown, depth: number): string | undefined {
  if (typeof value === 'string') return PLACEHOLDER.exec(value)?.[0];
  if (typeof value !== 'object' || value === null || depth === 0) return undefined;
  for (const one of Object.values(value)) {
    const found = placeholderIn(one, depth - 1);
    if (found) return found;
  }
  return undefined;
}

/** Refuses one event, with a piece of what stands at fault. */
export function refusal(where: Where, offending: unknown): Refuse {
  return (reason, field, detail) => ({ ...where, reason, field, detail, excerpt: excerpt(jsonText(offending)) });
}

/** Text, or a number as text; nothing else. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';
}
