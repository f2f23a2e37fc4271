// Lists of records in JSON, whole or broken.

import { describe, expect, it } from 'vitest';
import { jsonList } from '../../server/collect/json-list.ts';

const RECORDS = 40_000;
const record = JSON.stringify({ cell: 'A', note: 'x'.repeat(180) });

/** A list of about 8 MB that breaks off in its last record. */
const cutList = (between: string) => `[${Array(RECORDS).fill(record).join(between)},{"cell":`;

function read(text: string): { items: number; rejections: number; ms: number } {
  const began = performance.now();
  const kinds = [...jsonList(text, 'readings')].map(({ kind }) => kind);
  const items = kinds.filter((kind) => kind === 'item').length;
  return { items, rejections: kinds.length - items, ms: performance.now() - began };
}

describe('a long list that is cut off', () => {
  it('is read as quickly on one line as on many', () => {
    read(cutList(',\n'));
    const lines = read(cutList(',\n'));
    const oneLine = read(cutList(','));
    expect(oneLine).toMatchObject({ items: RECORDS, rejections: 1 });
    expect(lines).toMatchObject({ items: RECORDS, rejections: 1 });
    // Looking through the rest of the text for every record takes tens of times as long.
    expect(oneLine.ms / lines.ms).toBeLessThan(10);
  });
});
