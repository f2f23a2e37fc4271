// Turns a VES measurement event into readings: one of its source, and one of each cell or object that it names within.

import { findKpi } from '../model/catalogue.ts';
import type { ManagedObject } from '../model/sent.ts';
import type { EventContext, EventItem } from './event-format.ts';
import { isRecord } from './json-list.ts';
import { objectNamed } from './managed-object-of.ts';
import { refusal, textOf, type VesHeader } from './ves-header.ts';

type Values = Record<string, unknown>;

/** Fields of measurementFields that are no measurements. */
const NOT_MEASURED = new Set(['measurementInterval', 'measurementFieldsVersion']);
/** Such fields name the item of a list: `cpuIdentifier`, `nicIdentifier`, `vmIdentifier`, … */
const IDENTIFIER = /Identifier$|^name$/;

export function* readMeasurement(event: Values, header: VesHeader, context: EventContext): Generator<EventItem> {
  const fields = event.measurementFields;
  const { where } = header;
  if (!isRecord(fields)) {
    const refuse = refusal(where, event);
    yield { kind: 'rejection', rejection: refuse('missing-field', 'measurementFields', 'give measurementFields') };
    return;
  }
  const { own, objects } = sorted(fields, header, context);
  const { at, periodSeconds } = { at: header.lastMicros / 1000, periodSeconds: periodOf(fields.measurementInterval) };
  const suspect = isSuspect(fields);
  const reading = (cell: unknown, values: Values): EventItem => ({
    kind: 'reading',
    reading: { cell, at, periodSeconds, ...parted(values), suspect, where },
  });
  for (const [name, values] of objects) yield reading(objectOf(name, header, context), values);
  if (Object.keys(own).length > 0 || objects.size === 0) yield reading(sourceOf(header, context), own);
}

/** Values of the source itself, and of each object that a map names. */
function sorted(
  fields: Values,
  header: VesHeader,
  context: EventContext,
): { own: Values; objects: Map<string, Values> } {
  const own: Values = Object.create(null);
  const objects = new Map<string, Values>();
  addOwn(own, fields);
  const maps = [...namedMaps(fields)];
  const areAlike = !context.isCell?.(header.sourceName) && haveSameKeys(maps);
  for (const { name, values } of maps) {
    const isObject = areAlike || namesObject(name, header, context);
    const into = isObject ? (objects.get(name) ?? Object.create(null)) : own;
    if (isObject) objects.set(name, into);
    addNumbers(into, values);
  }
  return { own, objects };
}

/** The cell that the event is about: its source, by name or by id. */
function sourceOf({ sourceName, sourceId }: VesHeader, { isCell }: EventContext): string | ManagedObject {
  const known = [sourceName, sourceId].find((name) => name !== '' && isCell?.(name));
  return known ?? (sourceName.includes('=') ? objectNamed(sourceName, sourceName) : sourceName);
}

function objectOf(name: string, { sourceName }: VesHeader, { isCell }: EventContext): string | ManagedObject {
  return isCell?.(name) ? name : objectNamed(sourceName, name);
}

/**
 * The name of a map is that of an object (a cell, a port), or only heads a group of values of the source. It is an
 * object when it is a distinguished name, when a cell is known by it, or when several maps hold the same values.
 */
function namesObject(name: string, { sourceName }: VesHeader, { isCell }: EventContext): boolean {
  return name.includes('=') || isCell?.(name) === true || isCell?.(`${sourceName}/${name}`) === true;
}

function haveSameKeys(maps: readonly NamedMap[]): boolean {
  const keys = maps.flatMap(({ values }) => Object.keys(values));
  return new Set(keys).size < keys.length;
}

interface NamedMap {
  name: string;
  values: Values;
}

function* namedMaps({ additionalMeasurements }: Values): Generator<NamedMap> {
  if (!Array.isArray(additionalMeasurements)) return;
  for (const one of additionalMeasurements) {
    if (isRecord(one) && isRecord(one.hashMap)) yield { name: textOf(one.name), values: one.hashMap };
  }
}

/** Plain numbers, the additional fields, and the lists of what the machine itself does: `cpuUsage.cpu0.percentUsage`. */
function addOwn(own: Values, fields: Values): void {
  for (const [field, value] of Object.entries(fields)) {
    if (NOT_MEASURED.has(field) || field === 'additionalMeasurements') continue;
    if (field === 'additionalFields' && isRecord(value)) addNumbers(own, value);
    else if (typeof value === 'number') own[field] = value;
    else if (Array.isArray(value)) addItems(own, field.replace(/Array$/, ''), value);
  }
}

function addItems(own: Values, list: string, items: unknown[]): void {
  for (const [index, item] of items.entries()) {
    if (!isRecord(item)) continue;
    const named = Object.entries(item).find(([field, value]) => IDENTIFIER.test(field) && textOf(value) !== '');
    const prefix = `${list}.${named ? textOf(named[1]).replace(/\s+/g, ' ') : index}`;
    for (const [field, value] of Object.entries(item)) if (typeof value === 'number') own[`${prefix}.${field}`] = value;
  }
}

/** Maps hold texts: those that are numbers, and whatever bears the name of a KPI, so that a mistyped one is refused by name. */
function addNumbers(into: Values, values: Values): void {
  for (const [name, value] of Object.entries(values)) {
    const isNumber = typeof value === 'number' || (typeof value === 'string' && isNumeric(value));
    if (isNumber || findKpi(name)) into[name] = value;
  }
}

const isNumeric = (text: string) => text.trim() !== '' && text.length < 64 && Number.isFinite(Number(text));

function parted(values: Values): { kpis: Values; counters: Values } {
  const [kpis, counters]: [Values, Values] = [Object.create(null), Object.create(null)];
  for (const [name, value] of Object.entries(values)) (findKpi(name) ? kpis : counters)[name] = value;
  return { kpis, counters };
}

function periodOf(interval: unknown): unknown {
  const seconds = typeof interval === 'string' && isNumeric(interval) ? Number(interval) : interval;
  return typeof seconds === 'number' ? Math.round(seconds) : (seconds ?? undefined);
}

/** One part that is suspect taints the whole. */
function isSuspect(fields: Values): boolean {
  const says = (one: unknown) => isRecord(one) && String(one.valuesAreSuspect).toLowerCase() === 'true';
  return says(fields) || Object.values(fields).some((list) => Array.isArray(list) && list.some(says));
}
