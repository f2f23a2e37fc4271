// Cuts line protocol into its lines: a line break inside a quoted string ends none.

import { SPACE, unescapedPlace } from './line-key.ts';

const QUOTE = 34;
const BACKSLASH = 92;

/** Walks through `text`: after each `next()` that says true, a line stands from `from` up to `to`, without its line break. */
export class LineCutter {
  from = 0;
  to = 0;
  /** Of the line's beginning, from 1. */
  line = 0;
  private after: number;
  private nextLine = 1;
  /** The first quote that is not yet passed; the text's end when there is none. */
  private quote = -1;

  constructor(private readonly text: string) {
    this.after = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  }

  next(): boolean {
    const { text } = this;
    if (this.after >= text.length) return false;
    this.from = this.after;
    this.line = this.nextLine++;
    const firstEnd = this.lineBreak(this.from);
    const end = this.quoteFrom(this.from) < firstEnd ? this.endBehindStrings(firstEnd) : firstEnd;
    this.after = end + 1;
    this.to = text.charCodeAt(end - 1) === 13 && end > this.from ? end - 1 : end;
    return true;
  }

  /** A string whose closing quote is followed by something else than the next field or the time is none: the line ends at its break. */
  private endBehindStrings(firstEnd: number): number {
    const { text } = this;
    let end = firstEnd;
    let at = this.fieldsFrom(firstEnd);
    while (at < end) {
      const open = this.quoteFrom(at);
      if (open >= end) break;
      at = open + 1;
      if (text[open - 1] !== '=') continue;
      const close = closingQuote(text, at);
      if (close < 0) break;
      at = close + 1;
      if (close < end) continue;
      if (at < text.length && !', \r\n'.includes(text[at]!)) break;
      const longer = this.lineBreak(at);
      for (let i = end; i < longer; i++) if (text.charCodeAt(i) === 10) this.nextLine++;
      end = longer;
    }
    return end;
  }

  /** Quotes in names and tags are letters as others are: strings begin behind the first space. */
  private fieldsFrom(end: number): number {
    const space = unescapedPlace(this.text, SPACE, this.from, end);
    return space < 0 ? end : space;
  }

  private lineBreak(from: number): number {
    const found = this.text.indexOf('\n', from);
    return found < 0 ? this.text.length : found;
  }

  private quoteFrom(from: number): number {
    if (this.quote >= from) return this.quote;
    const found = this.text.indexOf('"', from);
    this.quote = found < 0 ? this.text.length : found;
    return this.quote;
  }
}

/** Place of the quote that closes a string which begins at `from`; -1 when none does. */
export function closingQuote(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === BACKSLASH) i++;
    else if (code === QUOTE) return i;
  }
  return -1;
}
