// Binary frames of cell states: what is read is what was written, and nothing else is taken for a frame.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CellFrame, decodeCellFrame, encodeCellFrame } from '../../server/model/cell-frame.ts';

const frame: fc.Arbitrary<CellFrame> = fc
  .record({
    seq: fc.maxSafeNat(),
    dataAt: fc.nat(2 ** 31).map((seconds) => seconds * 1000),
    whole: fc.boolean(),
    cells: fc.array(fc.tuple(fc.nat(2 ** 32 - 1), fc.nat(65_535), fc.nat(7)), { maxLength: 50 }),
  })
  .map(({ cells, ...head }) => ({
    ...head,
    index: Uint32Array.from(cells, ([index]) => index),
    ageMinutes: Uint16Array.from(cells, ([, age]) => age),
    health: Uint8Array.from(cells, ([, , health]) => health),
  }));

const bufferOf = (bytes: Uint8Array) => bytes.slice().buffer as ArrayBuffer;

describe('a frame of cell states', () => {
  it('arrives as it was sent, at 7 bytes a cell', () => {
    fc.assert(
      fc.property(frame, (sent) => {
        const bytes = encodeCellFrame(sent);
        expect(bytes.length).toBe(32 + 7 * sent.index.length);
        expect(decodeCellFrame(bufferOf(bytes))).toEqual(sent);
      }),
    );
  });

  it('is refused with a RangeError when it is cut, longer, or something else', () => {
    fc.assert(
      fc.property(frame, fc.nat(), (sent, at) => {
        const bytes = encodeCellFrame(sent);
        expect(() => decodeCellFrame(bufferOf(bytes.subarray(0, at % bytes.length)))).toThrow(RangeError);
        expect(() => decodeCellFrame(bufferOf(Uint8Array.of(...bytes, 0)))).toThrow(RangeError);
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (noise) => {
        expect(() => decodeCellFrame(bufferOf(noise))).toThrow(RangeError);
      }),
    );
  });
});
