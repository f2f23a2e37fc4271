// The memory of equipment as bytes: what is written is read again, wherever the bytes lie, and what is cut short is refused.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packed, unpacked } from '../../../server/detect/foretellers/equipment/memory.ts';

const number = fc.double({ noDefaultInfinity: true });
const columns = fc.dictionary(
  fc.string().map((name) => `battery.${name}`),
  fc.oneof(
    fc.array(number).map((values) => Float64Array.from(values)),
    fc.array(number).map((values) => Float32Array.from(values)),
  ),
);

/** As a small file is read: in the middle of a pool that others write into too. */
function inPool(bytes: Uint8Array, before: number): Buffer {
  const pool = Buffer.alloc(before + bytes.length + 4, 0xa5);
  pool.set(bytes, before);
  return pool.subarray(before, before + bytes.length);
}

test('a memory reads as it was written, also from the middle of a buffer', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 2 }), columns, fc.nat(40), (rest, saved, before) => {
      const read = unpacked(inPool(packed(rest, saved), before));
      expect(read.rest).toEqual(JSON.parse(JSON.stringify(rest)));
      expect(Object.entries(read.columns)).toEqual(Object.entries(saved));
    }),
  );
});

test('a memory that is cut short is refused', () => {
  const whole = packed({ version: 'a@1' }, { level: Float64Array.of(1, 2, 3) });
  for (let length = 0; length < whole.length; length++) expect(() => unpacked(whole.subarray(0, length))).toThrow();
});
