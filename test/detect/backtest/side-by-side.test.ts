// What would have fired stands beside what did: nothing is lost, nothing is taken for what it is not.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Stretch, sideBySide } from '../../../server/detect/backtest/side-by-side.ts';

const stretch = (from: number, to: number | null, kind = 'fault', cell = 'a'): Stretch => ({ cell, kind, from, to });
const outcomes = (would: Stretch[], did: Stretch[], byKind = true) =>
  sideBySide(would, did, { byKind, slackMs: 10 }).map(({ outcome }) => outcome);

describe('side by side', () => {
  test('one trouble is on both sides where the two overlap or nearly touch', () => {
    expect(outcomes([stretch(0, 100)], [stretch(50, 150)])).toEqual(['both']);
    expect(outcomes([stretch(0, 100)], [stretch(110, 150)])).toEqual(['both']);
    expect(outcomes([stretch(0, 100)], [stretch(111, 150)])).toEqual(['only-would', 'only-did']);
    expect(outcomes([stretch(0, null)], [stretch(500, null)])).toEqual(['both']);
  });

  test('another cell is another trouble, and so is another kind unless kinds are not compared', () => {
    expect(outcomes([stretch(0, 100)], [stretch(0, 100, 'fault', 'b')])).toEqual(['only-would', 'only-did']);
    expect(outcomes([stretch(0, 100)], [stretch(0, 100, 'silent')])).toEqual(['only-would', 'only-did']);
    expect(outcomes([stretch(0, 100)], [stretch(0, 100, 'silent')], false)).toEqual(['both']);
  });

  test('one that covers several stands beside each of them', () => {
    expect(outcomes([stretch(0, 900)], [stretch(10, 20), stretch(400, 420), stretch(2000, 2100)])).toEqual([
      'both',
      'both',
      'only-did',
    ]);
  });

  test('each of both sides stands somewhere, and alone only where nothing is beside it', () => {
    const any = fc
      .record({
        cell: fc.constantFrom('a', 'b'),
        kind: fc.constantFrom('fault', 'silent'),
        from: fc.nat(500),
        length: fc.nat(80),
      })
      .map(({ from, length, ...rest }) => ({ ...rest, from, to: length === 0 ? null : from + length }));
    fc.assert(
      fc.property(fc.array(any), fc.array(any), fc.boolean(), (would, did, byKind) => {
        const pairs = sideBySide(would, did, { byKind, slackMs: 10 });
        expect(new Set(pairs.flatMap((pair) => pair.would ?? []))).toEqual(new Set(would));
        expect(new Set(pairs.flatMap((pair) => pair.did ?? []))).toEqual(new Set(did));
        for (const alone of pairs.filter(({ outcome }) => outcome === 'only-would'))
          expect(pairs.filter((pair) => pair.would === alone.would)).toHaveLength(1);
        for (const { outcome, ...pair } of pairs)
          expect(outcome).toBe(pair.would && pair.did ? 'both' : pair.would ? 'only-would' : 'only-did');
      }),
    );
  });
});
