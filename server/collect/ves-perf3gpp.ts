// Turns a VES perf3gpp event into the readings that a 3GPP PM file of the same words would give (TS 28.550).

import type { CounterValue } from '../model/sent.ts';
import { readCounterValue } from './counter-value.ts';
import type { EventContext, EventItem } from './event-format.ts';
import { JoinedReadings } from './joined-readings.ts';
import { isRecord } from './json-list.ts';
import { describeObject } from './managed-object.ts';
import { refusal, textOf, type VesHeader } from './ves-header.ts';

type Values = Record<string, unknown>;

export function* readPerf3gpp(event: Values, header: VesHeader, context: EventContext): Generator<EventItem> {
  const { where } = header;
  const collection = isRecord(event.perf3gppFields) ? event.perf3gppFields.measDataCollection : undefined;
  if (!isRecord(collection) || !Array.isArray(collection.measInfoList)) {
    const detail = 'give perf3gppFields.measDataCollection with a measInfoList';
    yield { kind: 'rejection', rejection: refusal(where, event)('missing-field', 'measInfoList', detail) };
    return;
  }
  const element = textOf(collection.measuredEntityDn) || header.sourceName;
  const joined = new JoinedReadings(context);
  const granularity = collection.granularityPeriod;
  const periodSeconds = typeof granularity === 'number' ? granularity : textOf(granularity) || undefined;
  for (const info of collection.measInfoList) {
    if (isRecord(info)) addInfo(info, joined, { at: header.lastMicros / 1000, periodSeconds });
    else joined.refuse('wrong-shape', 'an item of measInfoList is no object', 0);
  }
  joined.flush((ldn) => describeObject(element, textOf(collection.measuredEntityUserName) || undefined, ldn));
  for (const one of joined.drain()) {
    // Lines are those of PM files: an event has its place in the delivery.
    if (one.kind === 'reading') yield { kind: 'reading', reading: { ...one.reading, where } };
    else yield { kind: 'rejection', rejection: { ...one.rejection, line: undefined, ...where } };
  }
}

/** Values of one group of counters. */
function addInfo(info: Values, joined: JoinedReadings, period: Parameters<JoinedReadings['add']>[1]): void {
  const names = typesOf(info.measTypes);
  const list = info.measValuesList ?? info.measValues;
  if (!Array.isArray(list)) {
    joined.refuse('missing-field', 'a measInfo has no measValuesList: its counters have no values', 0);
    return;
  }
  for (const value of list) {
    if (isRecord(value) && Array.isArray(value.measResults)) addValue(value, value.measResults, names, joined, period);
    else joined.refuse('wrong-shape', 'an item of measValuesList has no measResults', 0);
  }
}

function addValue(
  { measObjInstId, suspectFlag }: Values,
  results: unknown[],
  types: readonly string[],
  joined: JoinedReadings,
  period: Parameters<JoinedReadings['add']>[1],
): void {
  const ldn = textOf(measObjInstId);
  const names: string[] = [];
  const values: CounterValue[] = [];
  let stray = 0;
  for (const [index, result] of results.entries()) {
    // `p` counts the types from 1; without it only the order is left.
    const p = isRecord(result) && result.p !== undefined ? Number(result.p) : index + 1;
    const name = types[p - 1];
    if (!isRecord(result) || !name) stray++;
    else {
      names.push(name);
      values.push(measuredOf(result));
    }
  }
  joined.add({ ldn, line: 0, names, values, suspect: String(suspectFlag).toLowerCase() === 'true' }, period);
  if (stray > 0) {
    const detail = `${stray} measResults of "${ldn}" have a p that no measType has, so their counters are unknown; the others were kept`;
    joined.refuse('wrong-shape', detail, 0, undefined, stray);
  }
}

/** Names of counters, or numbers that stand for them. */
function typesOf(types: unknown): string[] {
  const list = isRecord(types) ? (types.sMeasTypesList ?? types.iMeasTypesList) : types;
  return Array.isArray(list) ? list.map(textOf) : [];
}

/** One of sValue, iValue, rValue and isNull. */
function measuredOf({ sValue, iValue, rValue, value, isNull }: Values): CounterValue {
  if (isNull === true || isNull === 'true') return null;
  const given = rValue ?? iValue ?? sValue ?? value;
  return typeof given === 'number' ? given : typeof given === 'string' ? readCounterValue(given) : null;
}
