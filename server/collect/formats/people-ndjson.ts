// People as NDJSON: one record a line; a bad line never hurts another, and nothing of it is ever quoted.

import type { PeopleKind } from '../../model/person.ts';
import type { FormatContext } from '../format.ts';
import { ndjsonLines } from '../ndjson-lines.ts';
import { noteUnread } from '../people-fields.ts';
import { namesIn, personRecord, wrappedKind } from '../people-record.ts';
import type { ParsedRecord, PeopleFormat } from '../record-format.ts';

export const peopleNdjson: PeopleFormat = { name: 'people-ndjson', kindOf, parse };

/** More than one line, each of them a whole object. */
function kindOf(head: string): PeopleKind | undefined {
  if (!/^\uFEFF?\s*\{[^\n]*\}[ \t\r]*\n/.test(head) || wrappedKind(head)) return undefined;
  return namesIn(head);
}

function* parse(text: string, kind: PeopleKind, context: FormatContext): Generator<ParsedRecord> {
  const unread = new Set<string>();
  for (const { from, end, where } of ndjsonLines(text, context.file)) {
    const record = text.slice(from, end);
    const value = parsed(record);
    if (value !== undefined) yield personRecord(value, kind, where, unread);
    else {
      const detail = 'the line is no JSON; write one whole record a line, {"subscriber":…}';
      yield { kind: 'rejection', rejection: { ...where, reason: 'not-json', detail } };
    }
  }
  noteUnread(context, unread, 'field');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
