// A sender's clock goes with its cells, whatever one of them believes the time to be.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SourceClock } from '../../server/maths/source-clock.ts';

const PERIOD_MS = 900_000;
const at = (period: number) => Date.UTC(2024, 0, 1) + period * PERIOD_MS;
const hear = (clock: SourceClock, rows: readonly (readonly [string, number])[]) =>
  clock.hear(
    rows.map(([cell]) => cell),
    Uint32Array.from(rows, (_, i) => i),
    Float64Array.from(rows, ([, time]) => time),
  );

describe('a sender’s clock', () => {
  it('stands where its cells stand after each period, while one of them has any clock at all', () => {
    const network = fc.record({
      right: fc.integer({ min: 2, max: 60 }),
      wrong: fc.array(fc.integer({ min: -500_000, max: 500_000 }), { minLength: 1, maxLength: 12 }),
      batch: fc.integer({ min: 1, max: 20 }),
      order: fc.infiniteStream(fc.nat()),
    });
    fc.assert(
      fc.property(network, ({ right, wrong, batch, order }) => {
        const clock = new SourceClock();
        for (const [period, offset] of wrong.entries()) {
          const rows = Array.from({ length: right }, (_, i) => [`c${i}`, at(period)] as const);
          const mixed = [...rows, ['wrong', at(period + offset)] as const]
            .map((row) => ({ row, key: order.next().value ?? 0 }))
            .sort((a, b) => a.key - b.key)
            .map(({ row }) => row);
          for (let i = 0; i < mixed.length; i += batch) hear(clock, mixed.slice(i, i + batch));
          expect(clock.at).toBe(at(period));
        }
      }),
    );
  });

  it('never goes back, nor beyond any time it was told of, whatever comes', () => {
    const rows = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 0, max: 20 })), { maxLength: 5 });
    fc.assert(
      fc.property(fc.array(rows, { maxLength: 20 }), (deliveries) => {
        const clock = new SourceClock();
        let newest = 0;
        for (const delivery of deliveries) {
          const before = clock.at;
          const times = delivery.map(([cell, period]) => [cell, at(period)] as const);
          newest = Math.max(newest, ...times.map(([, time]) => time));
          expect(hear(clock, times)).toBeGreaterThanOrEqual(before);
          expect(clock.at).toBeLessThanOrEqual(newest);
        }
      }),
    );
  });

  it('goes after the last cell that still speaks, so that the others can be missed', () => {
    const clock = new SourceClock();
    hear(clock, [
      ['a', at(1)],
      ['b', at(1)],
    ]);
    expect([2, 3, 4, 5, 6].map((period) => hear(clock, [['b', at(period)]]))).toEqual([1, 1, 1, 5, 6].map(at));
    // The other is back: the two of them say what time it is again.
    hear(clock, [['a', at(6)]]);
    expect(hear(clock, [['b', at(900)]])).toBe(at(6));
    expect(hear(clock, [['a', at(7)]])).toBe(at(7));
  });

  it('does not run ahead of the moment at which its cells were heard', () => {
    const clock = new SourceClock();
    const cells = ['a', 'b'];
    const early = Float64Array.of(at(5), at(5));
    expect(clock.hear(cells, Uint32Array.of(0, 1), early, at(4))).toBe(at(4));
  });

  it('goes on after it was saved and loaded anywhere as if nothing had been', () => {
    const rows = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.integer({ min: 1, max: 400 })), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(fc.array(fc.tuple(rows, fc.boolean()), { maxLength: 30 }), (deliveries) => {
        const whole = new SourceClock();
        let broken = new SourceClock();
        for (const [delivery, restarts] of deliveries) {
          if (restarts) {
            const state = JSON.parse(JSON.stringify(broken.save()));
            broken = new SourceClock();
            broken.load(state);
          }
          const times = delivery.map(([cell, period]) => [cell, at(period)] as const);
          expect(hear(broken, times)).toBe(hear(whole, times));
        }
      }),
    );
  });

  it('forgets cells that were not heard for a day, so that those that are left tell the time', () => {
    const clock = new SourceClock();
    const of = (count: number, period: number) =>
      Array.from({ length: count }, (_, i) => [`c${i}`, at(period)] as const);
    // One in twenty of 400 is 20; ten alone are too few, until the others are forgotten.
    hear(clock, of(400, 0));
    for (let period = 1; period <= 110; period++) hear(clock, of(10, period));
    expect(clock.size).toBe(10);
    expect(hear(clock, of(2, 111))).toBe(at(111));
  });

  it('counts no more cells than its bound, whatever is sent to it', () => {
    const clock = new SourceClock();
    for (let n = 0; n < 60; n++) {
      hear(
        clock,
        Array.from({ length: 500 }, (_, i) => [`c${n * 500 + i}`, at(0)] as const),
      );
    }
    expect(clock.size).toBe(20_000);
    expect(JSON.stringify(clock.save()).length).toBeLessThan(700_000);
  });
});
