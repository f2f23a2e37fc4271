// A calendar as NDJSON: one day a line; a bad line never hurts another.

import type { Where } from '../../model/sent.ts';
import { areCalendarNames, calendarRecord, firstNames, noteUnread } from '../calendar-fields.ts';
import { excerpt } from '../excerpt.ts';
import type { FormatContext } from '../format.ts';
import { ndjsonLines } from '../ndjson-lines.ts';
import type { ParsedRecord, RecordFormat } from '../record-format.ts';

export const calendarNdjson: RecordFormat = {
  name: 'calendar-ndjson',
  looksLike: (head) => /^\uFEFF?\s*\{[^\r\n]*\}[ \t]*\r?\n\s*\{/.test(head) && areCalendarNames(firstNames(head)),
  parse,
};

function* parse(text: string, context: FormatContext): Generator<ParsedRecord> {
  const unread = new Set<string>();
  for (const { from, end, where } of ndjsonLines(text, context.file)) {
    yield readLine(text.slice(from, end), where, unread);
  }
  noteUnread(context, unread, 'fields');
}

function readLine(text: string, where: Where, unread: Set<string>): ParsedRecord {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const detail = `line ${where.line} is no JSON; write one whole day a line, {"date":…,"type":…}`;
    return { kind: 'rejection', rejection: { ...where, reason: 'not-json', detail, excerpt: excerpt(text.trim()) } };
  }
  return calendarRecord(value, where, unread);
}
