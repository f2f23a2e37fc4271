// The lines of an NDJSON text that are not blank, one after another, without a list of them all.

import type { Where } from './format.ts';

/** `index` counts the records from 0, `line` all lines from 1. */
export function* ndjsonLines(text: string, file: string | undefined): Generator<{ record: string; where: Where }> {
  let index = 0;
  let line = 0;
  for (let from = text.charCodeAt(0) === 0xfeff ? 1 : 0; from < text.length; ) {
    const newline = text.indexOf('\n', from);
    const end = newline < 0 ? text.length : newline;
    const record = text.slice(from, end);
    line++;
    from = end + 1;
    if (!isBlank(record)) yield { record, where: { index: index++, line, file } };
  }
}

/** A first brace settles it for all but odd lines. */
function isBlank(line: string): boolean {
  return line.charCodeAt(0) !== 0x7b && line.trim() === '';
}
