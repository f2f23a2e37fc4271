// Reads the fields of one line of line protocol: numbers under names, and what is refused of them.

import { LATE_FIELD, readField, SUSPECT_FIELD } from '../model/line-protocol.ts';
import { closingQuote } from './line-cutter.ts';
import { COMMA, EQUALS, plainName, quoted, SPACE, unescapedPlace } from './line-key.ts';

/** What a field is to us. `own`: written by our own store for itself. */
type Role = 'kpis' | 'counters' | 'suspect' | 'period' | 'own' | 'taken';

interface Field {
  /** As written, with the equals sign behind it. */
  raw: string;
  name: string;
  role: Role;
}

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
/** Digits of a number that are exact in a double, as is the power of ten that divides them: one division rounds once. */
const MOST_EXACT_DIGITS = 15;
const POWERS_OF_TEN = Array.from({ length: MOST_EXACT_DIGITS + 1 }, (_, i) => 10 ** i);

/** `broken` says why the line cannot be read; else `end` is the place after its fields. */
export type FieldsRead = { kind: 'values'; values: LineValues; end: number } | { kind: 'broken'; detail: string };

export class LineFields {
  private readonly known = new Map<string, Field>();
  /** The fields of the line before, in order: nearly all lines of a sender name the same. */
  private readonly usual: Field[] = [];

  read(text: string, from: number, to: number): FieldsRead {
    const values: LineValues = {
      kpis: undefined,
      counters: undefined,
      suspect: false,
      periodSeconds: undefined,
      refused: [],
    };
    let at = from;
    for (let n = 0; ; n++) {
      const field = this.fieldAt(text, at, to, n);
      if (!field) return { kind: 'broken', detail: `${quoted(text.slice(at, to))} is no field=value` };
      const valueFrom = at + field.raw.length;
      const end = endOfValue(text, valueFrom, to);
      if (end === undefined)
        return { kind: 'broken', detail: `the text of field ${quoted(field.name)} ends in no quote` };
      take(values, field, text, valueFrom, end);
      if (end >= to || text.charCodeAt(end) === SPACE) return { kind: 'values', values, end };
      at = end + 1;
    }
  }

  private fieldAt(text: string, at: number, to: number, n: number): Field | undefined {
    const usual = this.usual[n];
    if (usual && text.startsWith(usual.raw, at) && at + usual.raw.length < to) return usual;
    const equals = unescapedPlace(text, EQUALS, at, to);
    if (equals <= at || equals + 1 >= to || hasSeparator(text, at, equals)) return undefined;
    const field = this.named(text.slice(at, equals + 1));
    this.usual[n] = field;
    return field;
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

function take(values: LineValues, { name, role }: Field, text: string, from: number, end: number): void {
  const number = readNumber(text, from, end);
  if (typeof number === 'string') values.refused.push({ field: name, why: number, value: text.slice(from, end) });
  else if (role === 'kpis') values.kpis = put(values.kpis, name, number);
  else if (role === 'counters') values.counters = put(values.counters, name, number);
  else if (role === 'suspect') values.suspect ||= number !== 0;
  else if (role === 'period') values.periodSeconds = number;
  else if (role === 'taken') values.refused.push({ field: name, why: 'taken', value: text.slice(from, end) });
}

function put(values: Record<string, number> | undefined, name: string, value: number): Record<string, number> {
  const into = values ?? {};
  // Assigned plainly, this one name would vanish.
  if (name === '__proto__') Object.defineProperty(into, name, { value, enumerable: true, writable: true });
  else into[name] = value;
  return into;
}

/** Plain decimals are read digit by digit, exactly as `Number` would read them; true and false count 1 and 0. */
function readNumber(text: string, from: number, end: number): number | 'text' | 'not-a-number' {
  let digits = 0;
  let decimals = -1;
  for (let i = from; i < end; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit >= 0 && digit <= 9) {
      digits = digits * 10 + digit;
      if (decimals >= 0) decimals++;
    } else if (digit === -2 && decimals < 0 && i > from) decimals = 0;
    else return readRareNumber(text.slice(from, end));
  }
  const length = end - from;
  if (length === 0 || length > MOST_EXACT_DIGITS) return readRareNumber(text.slice(from, end));
  return decimals > 0 ? digits / POWERS_OF_TEN[decimals]! : digits;
}

function readRareNumber(text: string): number | 'text' | 'not-a-number' {
  if (text.startsWith('"')) return 'text';
  if (TRUE.has(text)) return 1;
  if (FALSE.has(text)) return 0;
  if (text.length > LONGEST_NUMBER || !NUMBER.test(text)) return 'not-a-number';
  const number = Number(/[iu]$/i.test(text) ? text.slice(0, -1) : text);
  return Number.isFinite(number) ? number : 'not-a-number';
}
