// Radio samples as NDJSON: one sample a line; a bad line never hurts another.

import type { Where } from '../../model/sent.ts';
import { excerpt } from '../excerpt.ts';
import type { FormatContext } from '../format.ts';
import { ndjsonLines } from '../ndjson-lines.ts';
import type { ParsedRecord, RecordFormat } from '../record-format.ts';
import { beginsWithSample, SampleObjects } from '../sample-object.ts';

export const samplesNdjson: RecordFormat = {
  name: 'samples-ndjson',
  looksLike: (head) => /^\uFEFF?\s*\{/.test(head) && beginsWithSample(head),
  parse,
};

function* parse(text: string, context: FormatContext): Generator<ParsedRecord> {
  const objects = new SampleObjects();
  for (const { from, end, where } of ndjsonLines(text, context.file)) {
    yield readLine(text.slice(from, end), where, objects);
  }
  objects.tellUnused(context);
}

function readLine(text: string, where: Where, objects: SampleObjects): ParsedRecord {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const detail = `line ${where.line} is no JSON; write one whole sample a line, {"at":…,"lat":…,"lon":…,"rsrpDbm":…}`;
    return { kind: 'rejection', rejection: { ...where, reason: 'not-json', detail, excerpt: excerpt(text.trim()) } };
  }
  return objects.read(value, where);
}
