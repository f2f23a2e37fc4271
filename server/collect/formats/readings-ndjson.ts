// Readings as NDJSON: one reading a line; a bad line never hurts another.

import { excerpt } from '../excerpt.ts';
import type { Format, FormatContext, Parsed, Where } from '../format.ts';
import { ndjsonLines } from '../ndjson-lines.ts';
import { readingRecord } from '../reading-record.ts';

export const readingsNdjson: Format = {
  name: 'readings-ndjson',
  looksLike: (head) => /^\uFEFF?\s*\{[^\n]*"(?:cell|at|kpis)"\s*:/.test(head),
  parse,
};

function* parse(text: string, { file }: FormatContext): Generator<Parsed> {
  for (const { record, where } of ndjsonLines(text, file)) yield readLine(record, where);
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
