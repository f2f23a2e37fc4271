// Reads the fields of one line of line protocol: numbers under names, and what is refused of them.

import { LATE_FIELD, readField, SUSPECT_FIELD } from '../model/line-protocol.ts';
import type { PlainValues } from '../model/reading.ts';
import { closingQuote } from './line-cutter.ts';
import { COMMA, EQUALS, plainName, quoted, SPACE, unescapedPlace } from './line-key.ts';
import { LineLayouts, type ValueField } from './line-layouts.ts';

/** What a field is to us. `own`: written by our own store for itself. */
type Role = 'kpis' | 'counters' | 'suspect' | 'period' | 'own' | 'taken';

type Field = Omit<ValueField, 'role'> & { role: Role };

export interface LineValues {
  kpis: Record<string, number> | undefined;
  counters: Record<string, number> | undefined;
  suspect: boolean;
  /** A field `period`, for senders that have no tag. */
  periodSeconds: number | undefined;
  /** Fields that are refused by themselves. */
  refused: { field: string; why: 'text' | 'not-a-number' | 'taken'; value: string }[];
}

const QUOTE = 34;
const MOST_REMEMBERED_NAMES = 50_000;
const LONGEST_NUMBER = 400;
const NUMBER = /^[+-]?(?:\d+[iu]|(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)$/i;
const TRUE = new Set(['t', 'T', 'true', 'True', 'TRUE']);
const FALSE = new Set(['f', 'F', 'false', 'False', 'FALSE']);

/** `plain` where the line names the same as an earlier one, and holds numbers alone; `broken` says why the line cannot be read; else `end` is the place after its fields. */
export type FieldsRead =
  | { kind: 'plain'; plain: PlainValues; end: number }
  | { kind: 'values'; values: LineValues; fields: Field[]; end: number }
  | { kind: 'broken'; detail: string };

export class LineFields {
  private readonly known = new Map<string, Field>();
  private readonly layouts = new LineLayouts();

  read(text: string, from: number, to: number): FieldsRead {
    const plain = this.layouts.read(text, from, to);
    if (plain) return { kind: 'plain', plain, end: this.layouts.end };
    const read = this.readEach(text, from, to);
    if (read.kind === 'values' && read.values.refused.length === 0 && read.fields.every(isValue)) {
      this.layouts.learn(read.fields);
    }
    return read;
  }

  private readEach(text: string, from: number, to: number): FieldsRead {
    const values: LineValues = {
      ...{ kpis: undefined, counters: undefined, suspect: false, periodSeconds: undefined },
      refused: [],
    };
    const fields: Field[] = [];
    for (let at = from; ; ) {
      const field = this.fieldAt(text, at, to);
      if (!field) return { kind: 'broken', detail: `${quoted(text.slice(at, to))} is no field=value` };
      const valueFrom = at + field.raw.length;
      const end = endOfValue(text, valueFrom, to);
      if (end === undefined)
        return { kind: 'broken', detail: `the text of field ${quoted(field.name)} ends in no quote` };
      take(values, field, text.slice(valueFrom, end));
      fields.push(field);
      if (end >= to || text.charCodeAt(end) === SPACE) return { kind: 'values', values, end, fields };
      at = end + 1;
    }
  }

  private fieldAt(text: string, at: number, to: number): Field | undefined {
    const equals = unescapedPlace(text, EQUALS, at, to);
    if (equals <= at || equals + 1 >= to || hasSeparator(text, at, equals)) return undefined;
    return this.named(text.slice(at, equals + 1));
  }

  private named(raw: string): Field {
    const known = this.known.get(raw);
    if (known) return known;
    if (this.known.size >= MOST_REMEMBERED_NAMES) this.known.clear();
    const written = plainName(raw.slice(0, -1));
    const read = readField(written);
    const field = { raw, name: read?.name ?? written, role: read ? GROUPS[read.kind] : roleOfTaken(written) };
    this.known.set(raw, field);
    return field;
  }
}

function isValue(field: Field): field is ValueField {
  return field.role === 'kpis' || field.role === 'counters';
}

const GROUPS = { kpi: 'kpis', counter: 'counters' } as const;

function roleOfTaken(name: string): Role {
  if (name === SUSPECT_FIELD) return 'suspect';
  if (name === LATE_FIELD) return 'own';
  return name === 'period' ? 'period' : 'taken';
}

/** A name holds no comma and no space that is not escaped. */
function hasSeparator(text: string, from: number, to: number): boolean {
  return unescapedPlace(text, COMMA, from, to) >= 0 || unescapedPlace(text, SPACE, from, to) >= 0;
}

/** Place of the comma or space after a value, or the end; undefined for a string that is not closed or has something behind it. */
function endOfValue(text: string, from: number, to: number): number | undefined {
  if (text.charCodeAt(from) === QUOTE) {
    const end = closingQuote(text, from + 1) + 1;
    const isWhole = end > 0 && end <= to && (end === to || text[end] === ',' || text[end] === ' ');
    return isWhole ? end : undefined;
  }
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    if (code === COMMA || code === SPACE) return i;
  }
  return to;
}

function take(values: LineValues, { name, role }: Field, text: string): void {
  const number = readNumber(text);
  if (typeof number === 'string') values.refused.push({ field: name, why: number, value: text });
  else if (role === 'kpis') values.kpis = put(values.kpis, name, number);
  else if (role === 'counters') values.counters = put(values.counters, name, number);
  else if (role === 'suspect') values.suspect ||= number !== 0;
  else if (role === 'period') values.periodSeconds = number;
  else if (role === 'taken') values.refused.push({ field: name, why: 'taken', value: text });
}

function put(values: Record<string, number> | undefined, name: string, value: number): Record<string, number> {
  const into = values ?? {};
  // Assigned plainly, this one name would vanish.
  if (name === '__proto__') Object.defineProperty(into, name, { value, enumerable: true, writable: true });
  else into[name] = value;
  return into;
}

/** True and false count 1 and 0. */
function readNumber(text: string): number | 'text' | 'not-a-number' {
  if (text.startsWith('"')) return 'text';
  if (TRUE.has(text)) return 1;
  if (FALSE.has(text)) return 0;
  if (text.length > LONGEST_NUMBER || !NUMBER.test(text)) return 'not-a-number';
  const number = Number(/[iu]$/i.test(text) ? text.slice(0, -1) : text);
  return Number.isFinite(number) ? number : 'not-a-number';
}
