// Counter values as PM files write them, and texts that are only meant to take long.

import { describe, expect, it } from 'vitest';
import { readCounterValue } from '../../server/collect/counter-value.ts';

describe('a counter value', () => {
  it('of a million digits that end in a letter is text, and is read at once', () => {
    const text = `${'1'.repeat(1 << 20)}x`;
    const started = performance.now();
    expect(readCounterValue(text)).toBe(text);
    expect(performance.now() - started).toBeLessThan(500);
  });

  it.each([
    ['12', 12],
    [' -1.5e3 ', -1500],
    ['NIL', null],
    ['1,2', '1,2'],
  ])('%j is %j', (text, value) => expect(readCounterValue(text)).toBe(value));
});
