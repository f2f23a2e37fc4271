// Weak areas as a planner gets them: where they are, how weak, why, and what would mend them; from samples in a real store.

import * as fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { median } from '../../server/maths/median.ts';
import type { Sample } from '../../server/model/sample.ts';
import type { TimingCount } from '../../server/model/timing-advance.ts';
import {
  at,
  chance,
  disc,
  hexagonsIn,
  isIn,
  openTown,
  overlapOf,
  type Rectangle,
  T0,
  type Town,
} from './measured-town.ts';
import { batchOf, hexOf } from './sample-batch.ts';

const RECTANGLE: Rectangle = { west: 150, east: 750, south: -250, north: 200 };
/** Good everywhere, weak in the rectangle; every tenth is not measured. */
const rectangle = (east: number, north: number, random: () => number) => {
  if (random() < 0.1) return undefined;
  return isIn(RECTANGLE, east, north) ? -118 + 4 * random() : -95 + 10 * random();
};
const good = () => -90;

const site = { siteId: 'S', radio: 'LTE' as const };

describe('weak areas', () => {
  let town: Town;
  afterEach(() => town.close());

  it('are exactly the rectangle of weak samples in a disc of good ones, with its share and median', async () => {
    town = await openTown();
    const samples = disc(20_000, 1500, rectangle);
    await town.add(samples);
    const areas = await town.coverage.areas({});
    expect(areas).toHaveLength(1);
    const area = areas[0]!;
    expect(overlapOf(area.hexagons, hexagonsIn(RECTANGLE))).toBeGreaterThan(0.85);
    const inside = samples.filter((sample) => sample.rsrpDbm !== undefined && sample.rsrpDbm <= -110);
    const hexagons = hexagonsIn(RECTANGLE);
    const all = samples.filter((sample) => hexagons.has(hexOf(sample)));
    expect(area.weakShare).toBeGreaterThan(0.93);
    expect(area.samples / inside.length).toBeCloseTo(1, 1);
    expect(area.unmeasured / all.filter(({ rsrpDbm }) => rsrpDbm === undefined).length).toBeCloseTo(1, 0);
    expect(area.medianRsrpDbm).toBeCloseTo(median(inside.map(({ rsrpDbm }) => rsrpDbm!))!, 0);
    expect(distance(area.centre, at(450, -25))).toBeLessThan(30);
    expect(area.areaKm2).toBeCloseTo(0.6 * 0.45, 1);
    expect(area.rules).toEqual(['cluster', 'grid']);
    expect([area.weakShareLow < area.weakShare, area.weakShareHigh >= area.weakShare]).toEqual([true, true]);
    expect(area.geometry.coordinates.flat(2).every(([lon, lat]) => lon > 121 && lat < 32)).toBe(true);
  });

  it('are found where only a third of the samples is weak, and where samples are thin', async () => {
    town = await openTown();
    const third = (x: number, y: number, random: () => number) =>
      isIn(RECTANGLE, x, y) && random() < 0.35 ? -116 : -96 + random();
    await town.add(disc(12_000, 1500, third, { cell: undefined }));
    const [area, ...others] = await town.coverage.areas({});
    expect(others).toEqual([]);
    expect(overlapOf(area!.hexagons, hexagonsIn(RECTANGLE))).toBeGreaterThan(0.65);
    expect(area!.weakShare).toBeGreaterThan(0.28);
    expect(area!.weakShare).toBeLessThan(0.4);
    await town.add(disc(3000, 1500, rectangle, { radio: 'NR', cell: undefined }));
    const thin = await town.coverage.areas({ radio: 'NR' });
    expect(thin).toHaveLength(1);
    expect(overlapOf(thin[0]!.hexagons, hexagonsIn(RECTANGLE))).toBeGreaterThan(0.7);
  });

  it('are nowhere where samples are few, or where chance alone made some weak', async () => {
    town = await openTown();
    await town.add(disc(15, 60, () => -120));
    await town.add(disc(20_000, 1500, (_x, _y, random) => (random() < 0.04 ? -120 : -95), { radio: 'NR' }));
    expect(await town.coverage.areas({})).toEqual([]);
  });

  it('of two technologies in one place are two areas, and good samples of one do not hide the weak ones of the other', async () => {
    town = await openTown();
    await town.add([...disc(8000, 1000, rectangle), ...disc(30_000, 1000, good, { radio: 'NR' })]);
    expect((await town.coverage.areas({})).map(({ radio }) => radio)).toEqual(['LTE']);
    await town.add(disc(8000, 1000, rectangle, { radio: 'UMTS' }));
    const areas = await town.coverage.areas({});
    expect(areas.map(({ radio, weakDbm }) => [radio, weakDbm]).sort()).toEqual([
      ['LTE', -110],
      ['UMTS', -105],
    ]);
  });

  it('name the rival that is ten points better where it is, and nowhere else', async () => {
    town = await openTown();
    const share = (part: number) => (_x: number, _y: number, random: () => number) => (random() < part ? -113 : -95);
    // Both have 4 % weak everywhere; in the rectangle ours has 12 %, the rival 2 %.
    const ours = (x: number, y: number, random: () => number) =>
      share(isIn(RECTANGLE, x, y) ? 0.12 : 0.04)(x, y, random);
    const theirs = (x: number, y: number, random: () => number) =>
      share(isIn(RECTANGLE, x, y) ? 0.02 : 0.04)(x, y, random);
    await town.add(disc(60_000, 1500, ours, { seed: 3 }));
    await town.add(disc(60_000, 1500, theirs, { seed: 4, operator: 'Rival' }));
    await town.add(disc(60_000, 1500, good, { seed: 5, operator: 'Other', radio: 'NR' }));
    const areas = (await town.coverage.areas({})).filter(({ rival }) => rival);
    expect(areas.length).toBeGreaterThan(0);
    const hexagons = hexagonsIn(RECTANGLE, 10);
    for (const area of areas) {
      expect(area.rules).toContain('competitor');
      expect(area.rival?.operator).toBe('Rival');
      expect(area.rival?.difference).toBeGreaterThan(0.06);
      expect(distance(area.centre, at(450, -25))).toBeLessThan(400);
    }
    const found = areas.flatMap((area) => area.hexagons);
    expect(found.length).toBeGreaterThan(0);
    const map = await town.coverage.hexagons({ resolution: 10, most: 60_000 });
    const differences = map.id.map((id, row) => ({ id, difference: map.rivalDifference[row] ?? 0 }));
    const mean = (inside: boolean) => {
      const some = differences.filter(({ id }) => hexagons.has(id) === inside);
      return some.reduce((sum, { difference }) => sum + difference, 0) / some.length;
    };
    expect(mean(true)).toBeCloseTo(-0.1, 1);
    expect(mean(false)).toBeCloseTo(0, 1);
    expect((await town.coverage.areas({ operator: 'Rival' })).some(({ rival }) => rival)).toBe(false);
  });

  it('along a road are runs of more than 50 m, however many good samples lie beside', async () => {
    town = await openTown();
    const drive = (level: (metre: number) => number): Sample[] =>
      Array.from({ length: 400 }, (_, second) => ({
        at: T0 + second * 1000,
        ...at(second * 10 - 2000, 0),
        radio: 'LTE',
        kind: 'drive',
        rsrpDbm: level(second * 10 - 2000),
      }));
    await town.add(drive((metre) => (metre > 0 && metre < 600 ? -107 : -90)));
    const [area, ...others] = await town.coverage.areas({});
    expect(others).toEqual([]);
    expect(area!.rules).toEqual(['line']);
    expect(area!.weakDbm).toBe(-105);
    expect(distance(area!.centre, at(300, 0))).toBeLessThan(40);
  });

  it('blame a cell that was off air while the samples were taken, before anything else', async () => {
    const inventory = { A: { ...site, ...at(-3000, 0) } };
    town = await openTown({ inventory, siteList: [], outages: () => [{ cell: 'A', from: T0 - 1 }] });
    await town.add(disc(8000, 1000, rectangle));
    const [area] = await town.coverage.areas({});
    expect([area!.cause.kind, area!.remedy.kind]).toEqual(['fault', 'repair']);
    const map = await town.coverage.hexagons({ resolution: 10, most: 60_000 });
    expect(map.notJudged.every((each) => each === 1)).toBe(true);
    expect(await town.coverage.findings(1)).toEqual([]);
  });

  it('blame distance with the server and its distance, and ask for what the scenario needs', async () => {
    const inventory = { A: { ...site, name: 'Ferry Hill 9-B', ...at(-1500, 0) } };
    town = await openTown({ inventory, siteList: [{ name: 'Ferry Hill 9', ...at(-1500, 0) }] });
    await town.add(disc(8000, 1000, rectangle));
    const [area] = await town.coverage.areas({});
    expect([area!.cause.kind, area!.remedy.kind]).toEqual(['distance', 'new-site']);
    expect(area!.cause.why.values).toMatchObject({ cell: 'Ferry Hill 9-B', spacingM: 500 });
    expect(area!.cells[0]!.distanceM).toBeCloseTo(1950, -2);
    expect(area!.place).toMatchObject({ code: 'place-by-site', values: { siteName: 'Ferry Hill 9', bearing: 'east' } });
  });

  it('say what is not known: no cell, no place for it, or a server that is near', async () => {
    town = await openTown({ inventory: { A: { ...site, ...at(450, 0) } } });
    await town.add(disc(8000, 1000, rectangle));
    await town.add(disc(8000, 1000, rectangle, { radio: 'NR', cell: undefined }));
    await town.add(disc(8000, 1000, rectangle, { radio: 'UMTS', cell: 'nowhere' }));
    const why = new Map((await town.coverage.areas({})).map(({ radio, cause }) => [radio, cause.why.code]));
    expect(Object.fromEntries(why)).toEqual({ LTE: 'cause-near', NR: 'cause-no-cell', UMTS: 'cause-no-place' });
  });

  it('are put down to walls where the phones of a near server report weak levels from near', async () => {
    town = await openTown({ inventory: { A: { ...site, ...at(450, 0) } } });
    const timing: TimingCount[] = [
      { cell: 'A', dayEnd: T0 + 86_400_000, form: 'reports', ts: [32, 48], dbm: [-115, -110], samples: 300 },
      { cell: 'A', dayEnd: T0 + 86_400_000, form: 'reports', ts: [32, 48], dbm: [-95, -90], samples: 900 },
    ];
    await town.addBatches([{ ...batchOf(disc(8000, 1000, rectangle)), timing }]);
    const [area] = await town.coverage.areas({});
    expect([area!.cause.kind, area!.remedy.kind]).toEqual(['indoor', 'indoor-system']);
    expect(area!.cause.why.values).toMatchObject({ cell: 'A', sharePct: 25, samples: 1200, weakDbm: -110, nearM: 500 });
    expect(await town.coverage.timing('A')).toMatchObject({ verdict: 'indoor', samples: 1200, to: T0 + 86_400_000 });
    expect(await town.coverage.timing('B')).toMatchObject({ verdict: 'few', bins: [], to: undefined });
  });

  it('tell overlap, overshoot and load from weak levels', async () => {
    const near = { ...site, ...at(0, 0) };
    const inventory = { A: near, B: near, C: near, D: near, FAR: { ...site, ...at(-9000, 0) } };
    town = await openTown({ inventory, loadOf: (cell) => (cell === 'A' ? { prbUtilPct: 92, users: 60 } : null) });
    const cells = ['A', 'B', 'C', 'D'];
    const random = chance(9);
    await town.add(
      disc(8000, 600, good).map((sample) => ({ ...sample, cell: cells[Math.floor(random() * 4)], sinrDb: -6 })),
    );
    const [overlap] = await town.coverage.areas({ radio: 'LTE' });
    expect([overlap!.rule, overlap!.cause.kind, overlap!.remedy.kind]).toEqual(['overlap', 'overlap', 'tilt']);

    const home = disc(4000, 600, good, { radio: 'NR', cell: 'FAR' }).map((sample) => ({
      ...sample,
      lon: sample.lon - 0.0945,
    }));
    await town.add([...home, ...disc(500, 300, good, { radio: 'NR', cell: 'FAR' })]);
    const [overshoot] = await town.coverage.areas({ radio: 'NR' });
    expect([overshoot!.rule, overshoot!.cause.kind, overshoot!.remedy.kind]).toEqual([
      'overshoot',
      'overshoot',
      'tilt',
    ]);
    expect(overshoot!.cause.why.values.cell).toBe('FAR');

    const slow = disc(9000, 600, (x, y, chance) => (isIn(RECTANGLE, x, y) && chance() < 0.3 ? -113 : -100), {
      radio: 'UMTS',
      dlMbps: 2,
    });
    await town.add(slow);
    const [load] = await town.coverage.areas({ radio: 'UMTS' });
    expect([load!.cause.kind, load!.remedy.kind]).toEqual(['capacity', 'capacity']);
  });

  it('are of our own samples: by the name we go by, in any spelling, or by the only one that occurs', async () => {
    town = await openTown({ operator: 'Orange-SN' });
    await town.add(disc(4000, 1000, rectangle, { operator: 'orange sn' }));
    await town.add(disc(4000, 1000, rectangle, { seed: 2 }));
    await town.add(disc(4000, 1000, rectangle, { operator: 'Rival' }));
    const slices = await town.coverage.slices();
    expect(slices.map(({ ours, samples }) => [ours, samples])).toEqual([
      [true, 8000],
      [false, 4000],
    ]);
    expect((await town.coverage.areas({})).map(({ ours }) => ours)).toEqual([true]);
    expect((await town.coverage.areas({ operator: 'Rival' })).map(({ operator }) => operator)).toEqual(['Rival']);
  });

  it('do not depend on the order of samples, nor on good samples elsewhere', { timeout: 30_000 }, async () => {
    town = await openTown();
    const samples = disc(5000, 900, rectangle);
    await town.add(samples);
    const expected = (await town.coverage.areas({})).map(({ id: _, ...area }) => area);
    expect(expected).toHaveLength(1);
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.boolean(), async (seed, elsewhere) => {
        const other = await openTown();
        const random = chance(seed);
        const keys = new Map(samples.map((sample) => [sample, random()]));
        await other.add([...samples].sort((a, b) => keys.get(a)! - keys.get(b)!));
        if (elsewhere) {
          const far = disc(500, 500, good, { seed, cell: 'B' });
          await other.add(far.map((sample) => ({ ...sample, lat: sample.lat + 0.1, at: T0 })));
        }
        expect((await other.coverage.areas({})).map(({ id: _, ...area }) => area)).toEqual(expected);
        await other.close();
      }),
      { numRuns: 4 },
    );
  });
});

function distance(a: { lat: number; lon: number }, b: { lat: number; lon: number }): number {
  return Math.hypot(a.lat - b.lat, (a.lon - b.lon) * Math.cos((a.lat * Math.PI) / 180)) * 111_195;
}
