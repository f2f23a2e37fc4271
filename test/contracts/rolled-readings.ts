// What every store of readings must do with hours and days: pool them truly, pool them again when late data comes, and let go in order.

import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bucketEnd } from '../../server/maths/bucket-end.ts';
import { localDays } from '../../server/maths/local-days.ts';
import { DAY_MS, HOUR_MS } from '../../server/maths/local-time.ts';
import type { Reading } from '../../server/model/reading.ts';
import type { KpiStore } from '../../server/storage/kpi-store.ts';
import type { RolledLevel } from '../../server/storage/levels.ts';
import { recordOf, type StorePlace } from './kpi-store.ts';
import { rollByHand } from './rolled-by-hand.ts';

/** A zone whose days begin at half past an hour of UTC. */
export const ROLLED_ZONE = 'Asia/Kolkata';
const days = localDays(ROLLED_ZONE);
/** The first day of the tests. */
const DAY = days.of(Date.UTC(2026, 2, 17, 12));
const FOREVER = Date.UTC(2100, 0, 1);
const QUARTER_MS = 900_000;
const KPIS = ['drop_rate_pct', 'session_releases', 'active_users', 'latency_ms', 'temperature_c', 'supply_voltage_v'];

const someReading: fc.Arbitrary<Reading> = fc
  .record({
    cell: fc.constantFrom('A', 'B'),
    quarter: fc.integer({ min: 1, max: 3 * 96 }),
    periodSeconds: fc.constantFrom(900, 900, 900, 3600),
    suspect: fc.boolean().map((is) => is || undefined),
    kpis: fc.dictionary(fc.constantFrom(...KPIS), fc.integer({ min: 0, max: 50 }), { minKeys: 1, maxKeys: 6 }),
  })
  .map(({ quarter, suspect, ...rest }) => ({
    ...rest,
    at: DAY.from + quarter * QUARTER_MS,
    ...(suspect && quarter % 3 === 0 ? { suspect } : {}),
  }));

/** Readings a handful at a time; after each it may be that days are pooled. Few quarters, so that many come again. */
const deliveries = fc.array(
  fc.record({ readings: fc.array(someReading, { minLength: 1, maxLength: 30 }), rolls: fc.boolean() }),
  { minLength: 1, maxLength: 5 },
);

/** `makePlace` gives an empty place whose days are those of ROLLED_ZONE. */
export function rolledReadingsContract(name: string, makePlace: () => Promise<StorePlace>, runs: number): void {
  describe(`hours and days in the ${name} store`, () => {
    let place: StorePlace;
    let opened: Awaited<ReturnType<StorePlace['open']>>;
    let store: KpiStore;
    let seq: number;

    const open = async () => {
      place = await makePlace();
      opened = await place.open();
      store = opened.store;
      seq = 0;
    };
    const close = async () => {
      await opened.close();
      await place.remove();
    };
    beforeEach(open);
    afterEach(close);

    const append = (...readings: Reading[]) => store.append([recordOf(++seq, ...readings)]);
    const roll = async (clock = FOREVER) => {
      let pooled = 0;
      while (await store.rollUp(clock)) pooled++;
      return pooled;
    };
    const rolled = async (level: RolledLevel, kpi: string, cell = 'A') => {
      const columns = await store.rolled(level, { cell, kpi, from: 0, to: FOREVER });
      return Array.from(columns.at, (at, i) => ({
        at,
        value: columns.value[i]!,
        weight: columns.weight[i]!,
        low: columns.low[i]!,
        high: columns.high[i]!,
      }));
    };
    const quarter = (n: number, kpis: Record<string, number>, more: Partial<Reading> = {}): Reading => ({
      ...{ cell: 'A', at: DAY.from + n * QUARTER_MS, periodSeconds: 900, kpis },
      ...more,
    });

    it('are what one gets by hand, with late, doubled, suspect and mixed periods in any order', async () => {
      const check = async (batches: { readings: Reading[]; rolls: boolean }[]) => {
        for (const { readings, rolls } of batches) {
          await append(...readings);
          if (rolls) await roll();
        }
        await roll();
        const all = batches.flatMap(({ readings }) => readings);
        for (const level of ['hourly', 'daily'] as const) {
          const endOf = bucketEnd(level === 'hourly' ? HOUR_MS : DAY_MS, days);
          for (const cell of ['A', 'B']) {
            for (const kpi of KPIS) {
              const found = (await rolled(level, kpi, cell)).filter(({ weight }) => weight > 0);
              const expected = rollByHand(all, cell, kpi, endOf);
              expect(found.map(({ at, low, high }) => [at, low, high])).toEqual(
                expected.map(({ at, low, high }) => [at, low, high]),
              );
              for (const [i, { value, weight }] of found.entries()) {
                // Kept with four digits more than are shown.
                expect(value).toBeCloseTo(expected[i]!.value, 3);
                expect(weight).toBeCloseTo(expected[i]!.weight, 8);
              }
            }
          }
        }
        expect(await store.stale('A', 0, FOREVER)).toEqual([]);
      };
      await fc.assert(
        fc.asyncProperty(deliveries, async (batches) => {
          await check(batches);
          await close();
          await open();
        }),
        { numRuns: runs },
      );
    }, 120_000);

    it('are pooled once the network is beyond the day, and are said to be lacking until then', async () => {
      await append(quarter(4, { traffic_gb: 1 }), quarter(5, { traffic_gb: 2 }));
      expect(await store.stale('A', DAY.from, DAY.to)).toEqual([DAY]);
      expect(await store.stale('A', DAY.to, DAY.to + DAY_MS)).toEqual([]);
      expect(await roll(DAY.to)).toBe(0);
      expect(await rolled('hourly', 'traffic_gb')).toEqual([]);
      expect(await roll(DAY.to + QUARTER_MS)).toBe(1);
      expect(await store.stale('A', DAY.from, DAY.to)).toEqual([]);
      expect((await rolled('hourly', 'traffic_gb')).map(({ at, value }) => [at, value])).toEqual([
        [DAY.from + HOUR_MS, 1],
        [DAY.from + 2 * HOUR_MS, 2],
      ]);
      expect(await rolled('daily', 'traffic_gb')).toEqual([{ at: DAY.to, value: 3, weight: 2, low: 1, high: 2 }]);
    });

    it('are pooled again, of that cell, when something comes late', async () => {
      await append(quarter(4, { traffic_gb: 1 }), quarter(4, { traffic_gb: 7 }, { cell: 'B' }));
      await roll();
      await append(quarter(4, { traffic_gb: 5 }), quarter(3, { traffic_gb: 1 }));
      expect(await store.stale('A', DAY.from, DAY.to)).toEqual([DAY]);
      await roll();
      expect(await rolled('daily', 'traffic_gb')).toMatchObject([{ value: 6, weight: 2 }]);
      expect(await rolled('daily', 'traffic_gb', 'B')).toMatchObject([{ value: 7 }]);
    });

    it('answer for `from < END <= to`, and have nothing to say of what they have not heard of', async () => {
      await append(...[4, 8, 12].map((n) => quarter(n, { traffic_gb: n })));
      await roll();
      const between = { cell: 'A', kpi: 'traffic_gb', from: DAY.from + HOUR_MS, to: DAY.from + 2 * HOUR_MS };
      expect([...(await store.rolled('hourly', between)).value]).toEqual([8]);
      expect((await store.rolled('hourly', { ...between, cell: 'Z' })).at).toHaveLength(0);
      expect((await store.rolled('hourly', { ...between, kpi: 'rsrp_dbm' })).at).toHaveLength(0);
      expect((await store.rolled('hourly', { ...between, from: -Infinity, to: Infinity })).at).toHaveLength(3);
    });

    it('outlive the raw readings, which go by whole days and never before they are pooled', async () => {
      const nextDay = (n: number) => quarter(96 + n, { traffic_gb: n });
      await append(quarter(1, { traffic_gb: 1 }), quarter(96, { traffic_gb: 2 }), nextDay(1), nextDay(2));
      await store.forget('raw', FOREVER);
      expect(await store.readings('A', 0, FOREVER)).toHaveLength(4);
      await roll();
      // In the middle of the second day: only the first one goes.
      await store.forget('raw', DAY.to + 2 * QUARTER_MS);
      expect((await store.readings('A', 0, FOREVER)).map(({ at }) => at)).toEqual([nextDay(1).at, nextDay(2).at]);
      expect((await store.keptAfter()).raw).toBe(DAY.to);
      expect((await rolled('daily', 'traffic_gb')).map(({ value }) => value)).toEqual([3, 3]);
      expect((await store.kept()).daily.oldestAt).toBe(DAY.to);
    });

    it('stay as they are when something comes for a day whose raw readings are gone, but take cells that they lack', async () => {
      await append(quarter(1, { traffic_gb: 1 }), quarter(2, { traffic_gb: 2 }));
      await roll();
      await store.forget('raw', DAY.to);
      await append(quarter(3, { traffic_gb: 100 }), quarter(3, { traffic_gb: 5 }, { cell: 'B' }));
      await roll();
      expect((await rolled('daily', 'traffic_gb')).map(({ value }) => value)).toEqual([3]);
      expect((await rolled('daily', 'traffic_gb', 'B')).map(({ value }) => value)).toEqual([5]);
      await store.forget('raw', DAY.to);
      expect(await store.readings('A', 0, FOREVER)).toEqual([]);
    });

    it('go themselves when told so, hours before days', async () => {
      await append(quarter(1, { traffic_gb: 1 }), quarter(97, { traffic_gb: 2 }));
      await roll();
      await store.forget('hourly', DAY.to);
      expect((await rolled('hourly', 'traffic_gb')).map(({ value }) => value)).toEqual([2]);
      expect((await rolled('daily', 'traffic_gb')).map(({ value }) => value)).toEqual([1, 2]);
      await store.forget('daily', DAY.to);
      expect((await rolled('daily', 'traffic_gb')).map(({ value }) => value)).toEqual([2]);
      expect(await store.keptAfter()).toEqual({ raw: -1, hourly: DAY.to, daily: DAY.to });
    });
  });
}
