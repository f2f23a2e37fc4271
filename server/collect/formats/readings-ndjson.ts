// Readings as NDJSON: one reading a line; a bad line never hurts another.

import type { Parsed, Where } from '../../model/sent.ts';
import { excerpt } from '../excerpt.ts';
import type { Format, FormatContext } from '../format.ts';
import { ndjsonLines } from '../ndjson-lines.ts';
import { PlainLines } from '../plain-lines.ts';
import { readingRecord } from '../reading-record.ts';

export const readingsNdjson: Format = {
  name: 'readings-ndjson',
  looksLike: (head) => /^\uFEFF?\s*\{[^\n]*"(?:cell|at|kpis)"\s*:/.test(head),
  parse,
};

function* parse(text: string, { file }: FormatContext): Generator<Parsed> {
  const plain = new PlainLines();
  for (const { from, end, where } of ndjsonLines(text, file)) {
    const line = text.slice(from, end);
    const reading = plain.read(line, where);
    yield reading ? { kind: 'reading', reading } : readLine(line, where, plain);
  }
}

function readLine(line: string, where: Where, plain: PlainLines): Parsed {
  let record: unknown;
  try {
    record = JSON.parse(line);
  } catch {
    const detail = `line ${where.line} is no JSON; write one whole reading a line, {"cell":…,"at":…,"kpis":{…}}`;
    return { kind: 'rejection', rejection: { ...where, reason: 'not-json', detail, excerpt: excerpt(line.trim()) } };
  }
  plain.learn(line);
  return readingRecord(record, where);
}
