// The lines of an NDJSON text that are not blank, one after another, without a list of them all.

import type { Where } from '../model/sent.ts';

/** A line is `text` from `from` to `end`; `index` counts the records from 0, `line` all lines from 1. */
export function* ndjsonLines(text: string, file: string | undefined) {
  let index = 0;
  let line = 0;
  for (let from = text.charCodeAt(0) === 0xfeff ? 1 : 0; from < text.length; ) {
    const newline = text.indexOf('\n', from);
    const end = newline < 0 ? text.length : newline;
    line++;
    const where: Where = { index, line, file };
    if (!isBlank(text, from, end)) {
      yield { from, end, where };
      index++;
    }
    from = end + 1;
  }
}

/** A first brace settles it for all but odd lines. */
function isBlank(text: string, from: number, end: number): boolean {
  return text.charCodeAt(from) !== 0x7b && text.slice(from, end).trim() === '';
}
