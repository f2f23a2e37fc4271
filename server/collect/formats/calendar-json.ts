// A calendar as one JSON document: `{"days":[…]}`, a bare list, or one bare day.

import { areCalendarNames, calendarRecord, firstNames, noteUnread } from '../calendar-fields.ts';
import type { FormatContext } from '../format.ts';
import { jsonList } from '../json-list.ts';
import type { ParsedRecord, RecordFormat } from '../record-format.ts';

export const calendarJson: RecordFormat = {
  name: 'calendar-json',
  looksLike: (head) =>
    /^\uFEFF?\s*\{\s*"days"\s*:\s*\[/.test(head) ||
    (/^\uFEFF?\s*\[?\s*\{/.test(head) && areCalendarNames(firstNames(head))),
  parse,
};

function* parse(text: string, context: FormatContext): Generator<ParsedRecord> {
  const { file } = context;
  const unread = new Set<string>();
  for (const item of jsonList(text, 'days')) {
    if (item.kind === 'rejection') yield { kind: 'rejection', rejection: { ...item.rejection, file } };
    else yield calendarRecord(item.value, { index: item.index, line: item.line, file }, unread);
  }
  noteUnread(context, unread, 'fields');
}
