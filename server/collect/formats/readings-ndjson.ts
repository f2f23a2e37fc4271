// Readings as NDJSON: one reading a line; a bad line never hurts another.

import { excerpt } from '../excerpt.ts';
import type { Format, FormatContext, Parsed, Where } from '../format.ts';
import { readingRecord } from '../reading-record.ts';

export const readingsNdjson: Format = {
  name: 'readings-ndjson',
  looksLike: (head) => /^\uFEFF?\s*\{[^\n]*"(?:cell|at|kpis)"\s*:/.test(head),
  parse,
};

function* parse(text: string, context: FormatContext): Generator<Parsed> {
  const { file } = context;
  let index = 0;
  let line = 0;
  for (let from = text.charCodeAt(0) === 0xfeff ? 1 : 0; from < text.length; ) {
    const newline = text.indexOf('\n', from);
    const end = newline < 0 ? text.length : newline;
    const record = text.slice(from, end);
    line++;
    from = end + 1;
    if (!isBlank(record)) yield readLine(record, { index: index++, line, file });
  }
}

function readLine(text: string, where: Where): Parsed {
  let record: unknown;
  try {
    record = JSON.parse(text);
  } catch {
    const detail = `line ${where.line} is no JSON; write one whole reading a line, {"cell":…,"at":…,"kpis":{…}}`;
    return { kind: 'rejection', rejection: { ...where, reason: 'not-json', detail, excerpt: excerpt(text.trim()) } };
  }
  return readingRecord(record, where);
}

/** A first brace settles it for all but odd lines. */
function isBlank(line: string): boolean {
  return line.charCodeAt(0) !== 0x7b && line.trim() === '';
}
