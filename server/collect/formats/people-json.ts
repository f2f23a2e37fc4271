// People as one JSON document: `{"subscribers":[…]}` and so on, a bare list, or one bare record. Nothing of it is ever quoted.

import type { PeopleKind } from '../../model/person.ts';
import type { FormatContext } from '../format.ts';
import { jsonList } from '../json-list.ts';
import { listKeys, noteUnread } from '../people-fields.ts';
import { namesIn, personRecord, wrappedKind } from '../people-record.ts';
import type { ParsedRecord, PeopleFormat } from '../record-format.ts';

export const peopleJson: PeopleFormat = { name: 'people-json', kindOf, parse };

function kindOf(head: string): PeopleKind | undefined {
  return /^\uFEFF?\s*[{[]/.test(head) ? (wrappedKind(head) ?? namesIn(head)) : undefined;
}

function* parse(text: string, kind: PeopleKind, context: FormatContext): Generator<ParsedRecord> {
  const { file } = context;
  const unread = new Set<string>();
  for (const item of jsonList(text, keyIn(text, kind))) {
    if (item.kind === 'item') {
      yield personRecord(item.value, kind, { index: item.index, line: item.line, file }, unread);
      continue;
    }
    const { excerpt: _, ...rejection } = item.rejection;
    yield { kind: 'rejection', rejection: { ...rejection, file } };
  }
  noteUnread(context, unread, 'field');
}

/** The name of the list that the document uses, the first one when it uses none. */
function keyIn(text: string, kind: PeopleKind): string {
  const keys = listKeys(kind);
  return keys.find((key) => new RegExp(`"${key}"\\s*:\\s*\\[`).test(text)) ?? keys[0]!;
}
