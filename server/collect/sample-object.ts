// A radio sample as a JSON object: its keys to the fields of a sample, and a look at whether objects are samples at all.

import type { Where } from '../model/sent.ts';
import { excerpt, jsonText } from './excerpt.ts';
import { type FormatContext, note } from './format.ts';
import { isRecord } from './json-list.ts';
import type { ParsedRecord } from './record-format.ts';
import { areSampleNames, type SampleField, sampleField, sampleRecord } from './sample-fields.ts';

/** Keys that are remembered while a document is read; a document of ever new keys is read without memory. */
const MOST_KEYS = 1000;

/** Reads the objects of one document, and tells at its end which keys meant nothing. */
export class SampleObjects {
  private readonly fields = new Map<string, SampleField | undefined>();

  read(value: unknown, where: Where): ParsedRecord {
    if (!isRecord(value)) {
      const detail = 'a sample is an object {"at":…,"lat":…,"lon":…,"rsrpDbm":…}';
      const rejection = { ...where, reason: 'wrong-shape' as const, detail, excerpt: excerpt(jsonText(value)) };
      return { kind: 'rejection', rejection };
    }
    const fields = Object.keys(value).map((key) => this.fieldOf(key));
    return { kind: 'record', record: sampleRecord(fields, Object.values(value)), where };
  }

  private fieldOf(key: string): SampleField | undefined {
    if (this.fields.has(key)) return this.fields.get(key);
    const field = sampleField(key);
    if (this.fields.size < MOST_KEYS) this.fields.set(key, field);
    return field;
  }

  tellUnused(context: FormatContext): void {
    const unused = [...this.fields].filter(([, field]) => !field).map(([key]) => key);
    if (unused.length > 0)
      note(context, `fields that mean nothing here and were not read: ${excerpt(unused.join(', '))}`);
  }
}

/** True when the first object of `head` has the keys of a sample. */
export function beginsWithSample(head: string): boolean {
  const first = /\{[^{}]*/.exec(head)?.[0] ?? '';
  const keys = Array.from(first.matchAll(/"([^"\\]{1,40})"\s*:/g), ([, key]) => key!);
  return areSampleNames(keys);
}
