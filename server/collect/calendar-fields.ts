// Which column or key of a calendar means which field of a day, and whether names like these are a calendar's at all.

import type { CalendarDay } from '../model/calendar.ts';
import type { Where } from '../model/sent.ts';
import { cellField, plain } from './cell-fields.ts';
import { excerpt, jsonText } from './excerpt.ts';
import { type FormatContext, note } from './format.ts';
import { isRecord } from './json-list.ts';
import type { ParsedRecord, RawRecord } from './record-format.ts';

export type CalendarField = keyof CalendarDay;

/** As `plain` writes them. */
const FIELD_BY_NAME = new Map<string, CalendarField>([
  ...['date', 'day', '日期'].map((name) => [name, 'date'] as const),
  ...['type', 'daytype', '类型', '日期类型'].map((name) => [name, 'type'] as const),
  ...['area', 'district', 'region', '区域', '片区', '区县'].map((name) => [name, 'area'] as const),
  ...['name', 'label', 'holiday', '名称', '节日', '说明'].map((name) => [name, 'name'] as const),
]);

export function calendarField(name: string): CalendarField | undefined {
  return FIELD_BY_NAME.get(plain(name));
}

/** A date and a type, and nothing that says which cell or site it is about. */
export function areCalendarNames(names: readonly string[]): boolean {
  const fields = new Set(names.map(calendarField));
  const isOfCells = names.some((name) => ['id', 'siteId'].includes(cellField(name) ?? ''));
  return fields.has('date') && fields.has('type') && !isOfCells;
}

/** Values under the fields that their names mean; a field under its own name wins over another name for it. */
export function calendarRecord(value: unknown, where: Where, unread: Set<string>): ParsedRecord {
  if (!isRecord(value)) {
    const detail = 'a day is an object {"date":…,"type":…}';
    const rejection = { ...where, reason: 'wrong-shape' as const, detail, excerpt: excerpt(jsonText(value)) };
    return { kind: 'rejection', rejection };
  }
  const record: RawRecord = {};
  for (const [name, one] of Object.entries(value)) {
    const field = calendarField(name);
    if (field === undefined) unread.add(name);
    else if (record[field] === undefined || name === field) record[field] = one;
  }
  return { kind: 'record', record, where };
}

/** The names of the first object in the beginning of a document. */
export function firstNames(head: string): string[] {
  const first = /\{[^{}]*/.exec(head)?.[0] ?? '';
  return Array.from(first.matchAll(/"([^"\\]{1,40})"\s*:/g), ([, name]) => name!);
}

export function noteUnread(context: FormatContext, unread: Iterable<string>, what: 'columns' | 'fields'): void {
  const names = [...unread].filter((name) => name !== '');
  if (names.length > 0) note(context, `${what} that mean nothing here and were not read: ${excerpt(names.join(', '))}`);
}
