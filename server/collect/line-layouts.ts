// Reads the fields of lines that name the same as an earlier line, nothing but plain numbers changing, without an object of each.

import type { PlainNames, PlainValues } from '../model/reading.ts';
import { SPACE } from './line-key.ts';

/** A field that holds a value, as it is written up to its equals sign. */
export interface ValueField {
  raw: string;
  name: string;
  role: 'kpis' | 'counters';
}

interface Layout {
  /** What stands before each number: a comma, but before the first, and the field with its equals sign. */
  literals: readonly string[];
  /** Where each number belongs among the values. */
  places: readonly number[];
  names: PlainNames;
  /** As many doubles as there are values: a copy takes numbers of every kind in without being made anew. */
  blank: readonly number[];
}

/** Senders of several technologies write a few kinds of lines; one of another kind is read field by field. */
const MOST_LAYOUTS = 8;
const MOST_FIELDS = 4096;
/** Lines looked at for a layout; where they all name something else, looking is given up. */
const MOST_LOOKS = 64;
/** Digits of a number that are exact in a double, as is the power of ten that divides them: one division rounds once. */
const MOST_EXACT_DIGITS = 15;
const POWERS_OF_TEN = Array.from({ length: MOST_EXACT_DIGITS + 1 }, (_, i) => 10 ** i);
const [MINUS, POINT, ZERO, INTEGER, UNSIGNED] = [45, 46, 48, 105, 117] as const;

export class LineLayouts {
  /** Place after the fields that were read last. */
  end = 0;
  /** The one that matched last stands first. */
  private readonly layouts: Layout[] = [];
  private looks = 0;

  /** Undefined when the line is like none before: another may still read it. */
  read(text: string, from: number, to: number): PlainValues | undefined {
    for (let i = 0; i < this.layouts.length; i++) {
      const layout = this.layouts[i]!;
      const values = this.follow(layout, text, from, to);
      if (!values) continue;
      if (i > 0) this.layouts.unshift(...this.layouts.splice(i, 1));
      return { names: layout.names, values };
    }
    return undefined;
  }

  /** Remembers how a line was written. A name that comes twice means its last value: that is not for us to repeat. */
  learn(fields: readonly ValueField[]): void {
    if (fields.length > MOST_FIELDS || this.layouts.length >= MOST_LAYOUTS || this.looks++ >= MOST_LOOKS) return;
    if (new Set(fields.map(({ name }) => name)).size < fields.length) return;
    const namesOf = (role: string) => fields.filter((field) => field.role === role).map(({ name }) => name);
    const names = { kpis: namesOf('kpis'), counters: namesOf('counters') };
    const order = [...names.kpis, ...names.counters];
    this.layouts.unshift({
      literals: fields.map(({ raw }, i) => (i === 0 ? raw : `,${raw}`)),
      places: fields.map(({ name }) => order.indexOf(name)),
      names,
      blank: new Array<number>(fields.length).fill(Number.NaN),
    });
  }

  private follow({ literals, places, blank }: Layout, text: string, from: number, to: number): number[] | undefined {
    const values = blank.slice();
    this.end = from;
    for (let i = 0; i < literals.length; i++) {
      const literal = literals[i]!;
      if (!text.startsWith(literal, this.end)) return undefined;
      this.end += literal.length;
      const value = this.number(text, to);
      if (value === undefined) return undefined;
      values[places[i]!] = value;
    }
    return this.end === to || text.charCodeAt(this.end) === SPACE ? values : undefined;
  }

  /** A number without exponent, read digit by digit as exactly as `Number` would; `1i` and `1u` too. */
  private number(text: string, to: number): number | undefined {
    const isNegative = text.charCodeAt(this.end) === MINUS;
    const first = isNegative ? this.end + 1 : this.end;
    let at = first;
    let point = -1;
    let digits = 0;
    for (; at < to; at++) {
      const digit = text.charCodeAt(at) - ZERO;
      if (digit >= 0 && digit <= 9) digits = digits * 10 + digit;
      else if (digit === POINT - ZERO && point < 0) point = at;
      else break;
    }
    const length = at - first - (point < 0 ? 0 : 1);
    if (length === 0 || length > MOST_EXACT_DIGITS) return undefined;
    const suffix = text.charCodeAt(at);
    this.end = point < 0 && (suffix === INTEGER || suffix === UNSIGNED) ? at + 1 : at;
    const value = point < 0 ? digits : digits / POWERS_OF_TEN[at - point - 1]!;
    return isNegative ? -value : value;
  }
}
