// The formats that can be read, in the order in which they are tried on a file whose kind nobody named.

import type { PeopleKind } from '../model/person.ts';
import type { EventFormat } from './event-format.ts';
import type { Format } from './format.ts';
import { calendarCsv } from './formats/calendar-csv.ts';
import { calendarJson } from './formats/calendar-json.ts';
import { calendarNdjson } from './formats/calendar-ndjson.ts';
import { gnettrack } from './formats/gnettrack.ts';
import { inventoryCsv } from './formats/inventory-csv.ts';
import { inventoryJson } from './formats/inventory-json.ts';
import { lineProtocol } from './formats/line-protocol.ts';
import { mrXml } from './formats/mr-xml.ts';
import { peopleCsv } from './formats/people-csv.ts';
import { peopleJson } from './formats/people-json.ts';
import { peopleNdjson } from './formats/people-ndjson.ts';
import { pmXml } from './formats/pm-xml.ts';
import { readingsCsv } from './formats/readings-csv.ts';
import { readingsJson } from './formats/readings-json.ts';
import { readingsNdjson } from './formats/readings-ndjson.ts';
import { samplesCsv } from './formats/samples-csv.ts';
import { samplesJson } from './formats/samples-json.ts';
import { samplesNdjson } from './formats/samples-ndjson.ts';
import { ves } from './formats/ves.ts';
import type { InventoryFormat } from './inventory.ts';
import type { PeopleFormat, RecordFormat } from './record-format.ts';
import type { ReportFormat } from './report-format.ts';

const FORMAT_BY_NAME = {
  'pm-xml': pmXml,
  'readings-json': readingsJson,
  'readings-ndjson': readingsNdjson,
  'line-protocol': lineProtocol,
  'readings-csv': readingsCsv,
};
export const FORMATS: readonly Format[] = Object.values(FORMAT_BY_NAME);
export const INVENTORY_FORMATS: readonly InventoryFormat[] = [inventoryJson, inventoryCsv];
export const SAMPLE_FORMATS: readonly RecordFormat[] = [gnettrack, samplesJson, samplesNdjson, samplesCsv];
export const CALENDAR_FORMATS: readonly RecordFormat[] = [calendarNdjson, calendarJson, calendarCsv];
const PEOPLE_FORMATS: readonly PeopleFormat[] = [peopleNdjson, peopleJson, peopleCsv];
/** How much of a file is looked at to tell what it is. */
const HEAD_CHARACTERS = 4096;

/** The format that a door or a content type has named. */
export function formatNamed(name: keyof typeof FORMAT_BY_NAME): Format {
  return FORMAT_BY_NAME[name];
}

/** What a media type says of content that does not tell by itself; undefined for types that may be anything. */
export function formatOfType(type: string | undefined): Detected | undefined {
  if (type === 'application/xml' || type === 'text/xml') return { kind: 'readings', format: pmXml };
  if (type === 'application/x-ndjson') return { kind: 'readings', format: readingsNdjson };
  if (type === 'text/csv') return { kind: 'readings', format: readingsCsv };
  return type === 'application/json' ? { kind: 'readings', format: readingsJson } : undefined;
}

/** The format of people behind a door of theirs: by the type, and by content where lines were sent as one document. */
export function peopleFormat(type: string, text: string): PeopleFormat {
  if (type === 'text/csv') return peopleCsv;
  return type === 'application/x-ndjson' || isNdjson(text) ? peopleNdjson : peopleJson;
}

export type Detected =
  | { kind: 'people'; format: PeopleFormat; people: PeopleKind }
  | { kind: 'readings'; format: Format }
  | { kind: 'inventory'; format: InventoryFormat }
  | { kind: 'samples'; format: RecordFormat }
  | { kind: 'calendar'; format: RecordFormat }
  | { kind: 'events'; format: EventFormat }
  | { kind: 'reports'; format: ReportFormat };

/** The format of a file by its content alone; undefined when it looks like none. `head` may be longer than is needed. */
export function detectFormat(head: string): Detected | undefined {
  // First, since exposure names cells and complaints have times and places: whatever names a person is about people.
  const people = detectPeople(head);
  if (people) return people;
  // Events bring readings within: they are told by their own heading.
  if (ves.looksLike(head.slice(0, HEAD_CHARACTERS))) return { kind: 'events', format: ves };
  // Before all other XML, which is taken for performance files.
  if (isOfReports(head)) return { kind: 'reports', format: mrXml };
  // A heading of days has a date, as readings have, and nothing of cells.
  const calendar = CALENDAR_FORMATS.find((format) => format.looksLike(head.slice(0, HEAD_CHARACTERS)));
  if (calendar) return { kind: 'calendar', format: calendar };
  // Samples first: they have a cell and a time as readings do, and a place as inventories do.
  const samples = detectSamplesFormat(head);
  if (samples) return { kind: 'samples', format: samples };
  const format = detectReadingsFormat(head);
  if (format) return { kind: 'readings', format };
  const inventory = detectInventoryFormat(head);
  return inventory && { kind: 'inventory', format: inventory };
}

export function detectReadingsFormat(head: string): Format | undefined {
  return FORMATS.find((format) => format.looksLike(head.slice(0, HEAD_CHARACTERS)));
}

export function detectSamplesFormat(head: string): RecordFormat | undefined {
  return SAMPLE_FORMATS.find((format) => format.looksLike(head.slice(0, HEAD_CHARACTERS)));
}

/** The format of samples behind a door that takes nothing else: by the type, and by content where the type leaves it open. */
export function samplesFormat(type: string, text: string): RecordFormat {
  if (type === 'application/x-ndjson') return samplesNdjson;
  const start = /^\uFEFF?\s*([[{])/.exec(text.slice(0, HEAD_CHARACTERS))?.[1];
  if (start === '{' && isNdjson(text)) return samplesNdjson;
  if (start !== undefined || type === 'application/json') return samplesJson;
  return gnettrack.looksLike(text.slice(0, HEAD_CHARACTERS)) ? gnettrack : samplesCsv;
}

/** The format of a calendar behind its own door: by the type, and by content where lines were sent as one document. */
export function calendarFormat(type: string, text: string): RecordFormat {
  if (type === 'application/x-ndjson' || (type !== 'text/csv' && isNdjson(text))) return calendarNdjson;
  return type === 'text/csv' ? calendarCsv : calendarJson;
}

/** Several objects, one after another, each whole on its own line. */
function isNdjson(text: string): boolean {
  return /^\uFEFF?\s*\{[^\r\n]{0,10000}\}[ \t]*\r?\n\s*\{/.test(text.slice(0, 5 * HEAD_CHARACTERS));
}

export function detectInventoryFormat(head: string): InventoryFormat | undefined {
  return INVENTORY_FORMATS.find((format) => format.looksLike(head.slice(0, HEAD_CHARACTERS)));
}

/** The format of an inventory behind its own door, where a table of any headings is told what it lacks. */
export function inventoryFormat(text: string): InventoryFormat | undefined {
  const isTable = /^\uFEFF?\s*[^\s<{[\r\n][^\r\n]*[,;\t|]/.test(text.slice(0, HEAD_CHARACTERS));
  return detectInventoryFormat(text) ?? (isTable ? inventoryCsv : undefined);
}

/** Whether a file holds measurement reports: ids of subscribers stand in it, so that no copy of it is kept. */
export function isOfReports(head: string): boolean {
  return mrXml.looksLike(head.slice(0, HEAD_CHARACTERS));
}

/** Whatever names a person by a field `subscriber` is about people, however broken it is otherwise. */
export function detectPeople(head: string): Extract<Detected, { kind: 'people' }> | undefined {
  for (const format of PEOPLE_FORMATS) {
    const people = format.kindOf(head.slice(0, HEAD_CHARACTERS));
    if (people) return { kind: 'people', format, people };
  }
  return undefined;
}
