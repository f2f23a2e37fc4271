// Reads NDJSON lines that are written like an earlier one, nothing but numbers changing, without building an object of each.

import type { PlainNames } from '../model/reading.ts';
import type { RawReading, Where } from '../model/sent.ts';

/**
 * One sender writes all its lines alike: the same keys in the same order with the same blanks. A template is such a line
 * cut at what changes, the slots; another line matches when all that stands between its slots is the same, letter by letter.
 */
interface Template {
  /** What stands before each slot, and after the last: one more than slots; as codes of characters. */
  literals: Uint16Array[];
  slots: Slot[];
  names: PlainNames;
  /** As many doubles as there are values: a copy takes numbers of every kind in without being made anew. */
  blank: readonly number[];
}

type Field = 'cell' | 'at' | 'periodSeconds';
/** The slot of a field, or the place of a number among the values. */
type Slot = { field: Field } | { value: number };

/** Senders of several technologies write a few kinds of lines; a line of another kind is simply parsed. */
const MOST_TEMPLATES = 8;
/** Characters; a longer line is parsed. */
const LONGEST_LINE = 16_384;
/** Lines looked at for a template; where they are all written differently, looking is given up. */
const MOST_LOOKS = 64;
const FIELDS: Readonly<Record<string, Field>> = {
  cell: 'cell',
  at: 'at',
  periodSeconds: 'periodSeconds',
  period_seconds: 'periodSeconds',
};

export class PlainLines {
  /** The one that matched last stands first. */
  private readonly templates: Template[] = [];
  /** Made for the first line that may match: most deliveries of a single reading never need one. */
  private cursor: Cursor | undefined;
  private looks = 0;

  /** The reading in a line; undefined when the line matches no earlier one. Equals what JSON.parse would give. */
  read(line: string, where: Where): RawReading | undefined {
    if (this.templates.length === 0 || line.length > LONGEST_LINE) return undefined;
    this.cursor ??= new Cursor();
    this.cursor.load(line);
    for (const [i, template] of this.templates.entries()) {
      const reading = this.cursor.match(template, where);
      if (!reading) continue;
      if (i > 0) this.templates.unshift(...this.templates.splice(i, 1));
      return reading;
    }
    return undefined;
  }

  /** Remembers how a line is written that was parsed and found to be a reading. */
  learn(line: string): void {
    if (line.length > LONGEST_LINE || this.templates.length >= MOST_TEMPLATES || this.looks++ >= MOST_LOOKS) return;
    const template = new TemplateMaker(line).make();
    if (template) this.templates.unshift(template);
  }
}

/** Follows a template along a line, over the codes of its characters: asking a string for each of them takes thrice as long. */
class Cursor {
  private readonly codes = new Uint16Array(LONGEST_LINE + 1);
  private readonly bytes = Buffer.from(this.codes.buffer);
  private line = '';
  private at = 0;
  private end = 0;
  private readonly fields: { [field in Field]: string | number | undefined } = {
    cell: undefined,
    at: undefined,
    periodSeconds: undefined,
  };

  load(line: string): void {
    this.line = line;
    this.end = line.length;
    this.bytes.write(line, 'utf16le');
    // No code of JSON: whatever looks beyond the end finds nothing there.
    this.codes[this.end] = 0;
  }

  match({ literals, slots, names, blank }: Template, where: Where): RawReading | undefined {
    this.at = 0;
    const values = blank.slice();
    this.fields.periodSeconds = undefined;
    this.fields.at = undefined;
    for (let i = 0; i < slots.length; i++) {
      if (!this.skip(literals[i]!)) return undefined;
      const slot = slots[i]!;
      if ('value' in slot) {
        const value = this.number();
        if (value === undefined) return undefined;
        values[slot.value] = value;
      } else if (!this.field(slot.field)) return undefined;
    }
    if (!this.skip(literals[slots.length]!) || !this.isBlankToEnd()) return undefined;
    const { cell, at, periodSeconds } = this.fields;
    return { cell, at, periodSeconds, plain: { names, values }, where };
  }

  private field(field: Field): boolean {
    const isText = field !== 'periodSeconds' && this.codes[this.at] === QUOTE;
    const value = isText ? this.string() : this.number();
    this.fields[field] = value;
    return value !== undefined && !Number.isNaN(value);
  }

  private skip(literal: Uint16Array): boolean {
    const { codes, at } = this;
    for (let i = 0; i < literal.length; i++) if (codes[at + i] !== literal[i]) return false;
    this.at = at + literal.length;
    return true;
  }

  private isBlankToEnd(): boolean {
    while (isBlank(this.codes[this.at]!)) this.at++;
    return this.at === this.end;
  }

  /** Escapes, and what JSON forbids in a string, are left to the parser. */
  private string(): string | undefined {
    const start = ++this.at;
    for (; this.at < this.end; this.at++) {
      const code = this.codes[this.at]!;
      if (code === QUOTE) return this.line.slice(start, this.at++);
      if (code === BACKSLASH || code < BLANK) return undefined;
    }
    return undefined;
  }

  /**
   * A number as JSON writes it, without exponent; NaN for null. Digits beyond 15, where a double can no longer hold the
   * digits as a whole number, are left to the parser: below that one division rounds as exactly as it would.
   */
  private number(): number | undefined {
    const { codes } = this;
    const isNegative = codes[this.at] === MINUS;
    if (isNegative) this.at++;
    const start = this.at;
    const whole = this.digits(0);
    let digits = this.at - start;
    if (digits === 0) return !isNegative && this.skip(NULL) ? Number.NaN : undefined;
    if (codes[start] === ZERO && digits > 1) return undefined;
    let value = whole;
    if (codes[this.at] === POINT) {
      const first = ++this.at;
      const all = this.digits(whole);
      const decimals = this.at - first;
      digits += decimals;
      if (decimals === 0 || digits > MOST_DIGITS) return undefined;
      value = all / TEN_TO[decimals]!;
    }
    if (digits > MOST_DIGITS || (codes[this.at]! | 0x20) === LETTER_E) return undefined;
    return isNegative ? -value : value;
  }

  private digits(start: number): number {
    let value = start;
    for (; ; this.at++) {
      const digit = this.codes[this.at]! - ZERO;
      if (digit < 0 || digit > 9) return value;
      value = value * 10 + digit;
    }
  }
}

const codesOf = (text: string) => Uint16Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
const NULL = Uint16Array.from([110, 117, 108, 108]);
const MOST_DIGITS = 15;
const TEN_TO = Array.from({ length: MOST_DIGITS + 1 }, (_, i) => 10 ** i);
const [QUOTE, BACKSLASH, BLANK, MINUS, POINT, ZERO, LETTER_E] = [34, 92, 32, 45, 46, 48, 101] as const;

function isBlank(code: number): boolean {
  return code === 32 || code === 13 || code === 9;
}

const KEY = /[ \t]*"([^"\\\p{Cc}]*)"[ \t]*:[ \t]*/uy;
const STRING = /"[^"\\\p{Cc}]*"/uy;
const NUMBER = /null|-?\d+(?:\.\d+)?(?![\d.eE])/y;
const BETWEEN = /[ \t]*,/y;
const CLOSE = /[ \t]*\}[ \t\r]*/y;

/** Cuts one line, which is known to be JSON, into a template; gives up at whatever is out of the ordinary. */
class TemplateMaker {
  private at = 0;
  private literalFrom = 0;
  private readonly literals: string[] = [];
  private readonly slots: ({ field: Field } | { group: 'kpis' | 'counters'; name: string })[] = [];

  constructor(private readonly line: string) {}

  make(): Template | undefined {
    const isWhole = this.members((key) => this.member(key)) && this.at === this.line.length;
    if (!isWhole) return undefined;
    this.literals.push(this.line.slice(this.literalFrom).trimEnd());
    const nameOf = (group: string) =>
      this.slots.flatMap((slot) => ('name' in slot && slot.group === group ? [slot.name] : []));
    const names = { kpis: nameOf('kpis'), counters: nameOf('counters') };
    if (!this.isUnambiguous(names)) return undefined;
    const blank = new Array<number>(names.kpis.length + names.counters.length).fill(Number.NaN);
    return { literals: this.literals.map(codesOf), slots: this.placed(names), names, blank };
  }

  /** A key that comes twice means its last value to a parser; that is not for us to repeat. */
  private isUnambiguous({ kpis, counters }: PlainNames): boolean {
    const all = [...kpis, ...counters];
    const fields = this.slots.flatMap((slot) => ('field' in slot ? [slot.field] : []));
    return new Set(all).size === all.length && new Set(fields).size === fields.length && fields.includes('cell');
  }

  private placed({ kpis, counters }: PlainNames): Slot[] {
    return this.slots.map((slot) => {
      if ('field' in slot) return slot;
      const value = slot.group === 'kpis' ? kpis.indexOf(slot.name) : kpis.length + counters.indexOf(slot.name);
      return { value };
    });
  }

  private members(member: (key: string) => boolean): boolean {
    if (this.line[this.at] !== '{') return false;
    this.at++;
    do {
      const key = this.take(KEY);
      if (key === undefined || !member(key)) return false;
    } while (this.take(BETWEEN) !== undefined);
    return this.take(CLOSE) !== undefined;
  }

  private member(key: string): boolean {
    if (key === 'kpis' || key === 'counters') {
      return this.members((name) => this.slot({ group: key, name }, NUMBER));
    }
    const field = FIELDS[key];
    if (field === undefined) return false;
    return this.slot({ field }, field !== 'periodSeconds' && this.line[this.at] === '"' ? STRING : NUMBER);
  }

  private slot(slot: (typeof this.slots)[number], pattern: RegExp): boolean {
    this.literals.push(this.line.slice(this.literalFrom, this.at));
    if (this.take(pattern) === undefined) return false;
    this.literalFrom = this.at;
    this.slots.push(slot);
    return true;
  }

  /** What the pattern finds here, its first group where it has one; undefined when it does not fit. */
  private take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.line);
    if (!found) return undefined;
    this.at = pattern.lastIndex;
    return found[1] ?? found[0];
  }
}
