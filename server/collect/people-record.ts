// Turns one JSON record about a person into a raw record, and tells by its names what kind of record it is.

import { PEOPLE_KINDS, type PeopleKind } from '../model/person.ts';
import type { Where } from '../model/sent.ts';
import { isRecord } from './json-list.ts';
import { isAbsent, kindOfNames, listKeys, personField } from './people-fields.ts';
import type { ParsedRecord, RawRecord } from './record-format.ts';

/** Names that mean nothing are put into `unread`; a field under its own name wins over another name for it. */
export function personRecord(value: unknown, kind: PeopleKind, where: Where, unread: Set<string>): ParsedRecord {
  if (!isRecord(value)) {
    const detail = `a record of ${kind} is an object {"subscriber":…}`;
    return { kind: 'rejection', rejection: { ...where, reason: 'wrong-shape', detail } };
  }
  const record: RawRecord = {};
  for (const name in value) {
    const field = personField(kind, name);
    if (field === undefined) {
      if (unread.size < MOST_UNREAD) unread.add(name);
    } else if (!isAbsent(value[name]) && (!Object.hasOwn(record, field) || name === field)) record[field] = value[name];
  }
  return { kind: 'record', record, where };
}

/** Names that are counted; a delivery of ever new ones must not fill the memory. */
const MOST_UNREAD = 1000;

/** The kind by the name of a document's list, `{"surveys":[`. */
export function wrappedKind(head: string): PeopleKind | undefined {
  return PEOPLE_KINDS.find((kind) =>
    new RegExp(`^\\uFEFF?\\s*\\{[^[]*"(?:${listKeys(kind).join('|')})"\\s*:\\s*\\[`).test(head),
  );
}

/** The kind by the names of the fields that stand in the beginning of a document. */
export function namesIn(head: string): PeopleKind | undefined {
  return kindOfNames(Array.from(head.matchAll(/"((?:[^"\\]|\\.)*)"\s*:/g), ([, name]) => name!));
}
