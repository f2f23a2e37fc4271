// The pure parts of the planner's page: filters and addresses, which hexagons a view needs, how each is drawn, figures.

import fc from 'fast-check';
import { cellToBoundary, getHexagonAreaAvg, gridDisk, latLngToCell, UNITS } from 'h3-js';
import { describe, expect, it } from 'vitest';
import type { CoverageHexagons } from '../../server/api/contract.ts';
import { reportAddress } from '../../web/data/coverage.ts';
import { boundsOfArea, cornerOf } from '../../web/pages/coverage/area-shapes.ts';
import { formatCount, formatDates, formatPeople, formatShare, formatSpan } from '../../web/pages/coverage/area-text.ts';
import { chooseSlice, questionOf, readFilters, type Slice } from '../../web/pages/coverage/filters.ts';
import { boundsOfHexagons, createMesh } from '../../web/pages/coverage/hexagon-mesh.ts';
import {
  boundsOfSteps,
  codesOf,
  countUnknown,
  NOT_JUDGED_CODE,
  NOT_KNOWN_CODE,
} from '../../web/pages/coverage/hexagon-steps.ts';
import { holds, meets, resolutionFor, withMargin } from '../../web/pages/coverage/hexagon-view.ts';
import { mercatorX, mercatorY } from '../../web/parts/map/places.ts';
import { address, parseRoute } from '../../web/routes.ts';
import { en } from '../../web/text/en.ts';
import { zh } from '../../web/text/zh.ts';

const DAY = 86_400_000;

function slice(changes: Partial<Slice>): Slice {
  return {
    operator: null,
    ours: true,
    radio: 'LTE',
    kind: 'mr',
    bands: ['B3'],
    samples: 1000,
    unmeasured: 0,
    from: '2026-03-01T00:00:00.000Z',
    to: '2026-03-17T00:00:00.000Z',
    ...changes,
  };
}

const OURS = slice({});
const DRIVE = slice({ kind: 'drive', samples: 200 });
const NR = slice({ radio: 'NR', samples: 500 });
const RIVAL = slice({ operator: 'Rival', ours: false, samples: 9000 });
const UNNAMED = slice({ radio: null, kind: null, samples: 5 });
const SLICES = [RIVAL, OURS, NR, DRIVE, UNNAMED];

const filtersOf = (text: string) => readFilters(new URLSearchParams(text));

describe('what is judged', () => {
  it('is at first our samples of the kind of which there are most', () => {
    expect(chooseSlice(SLICES, filtersOf(''))).toBe(OURS);
    expect(chooseSlice([RIVAL], filtersOf(''))).toBe(RIVAL);
    expect(chooseSlice([], filtersOf(''))).toBeUndefined();
  });

  it('is what the address says, and the nearest to it where there is none such', () => {
    expect(chooseSlice(SLICES, filtersOf('kind=drive'))).toBe(DRIVE);
    expect(chooseSlice(SLICES, filtersOf('radio=NR'))).toBe(NR);
    expect(chooseSlice(SLICES, filtersOf('radio=none&kind=none'))).toBe(UNNAMED);
    expect(chooseSlice(SLICES, filtersOf('operator=Rival&kind=drive'))).toBe(RIVAL);
    expect(chooseSlice(SLICES, filtersOf('kind=nonsense&radio=6G&show=x'))).toBe(OURS);
  });

  it('is asked of the server by name, with null as none', () => {
    expect(questionOf(OURS, filtersOf('band=B3&indoor=1'))).toEqual({
      operator: 'ours',
      radio: 'LTE',
      kind: 'mr',
      band: 'B3',
      indoor: true,
    });
    expect(questionOf(UNNAMED, filtersOf('band=B7'))).toEqual({ operator: 'ours', radio: 'none', kind: 'none' });
  });

  it('counts a span back from the newest sample, never before the oldest, and a range of the address first', () => {
    const newest = Date.parse(OURS.to);
    expect(questionOf(OURS, filtersOf('span=7d'))).toMatchObject({ from: newest - 7 * DAY, to: newest });
    expect(questionOf(OURS, filtersOf('span=28d')).from).toBe(Date.parse(OURS.from) - 1);
    expect(questionOf(OURS, filtersOf('span=all')).from).toBe(Date.parse(OURS.from) - 1);
    const range = filtersOf('span=7d&from=2026-03-02T00:00:00Z');
    expect(questionOf(OURS, range)).toMatchObject({ from: Date.parse('2026-03-02T00:00:00Z'), to: undefined });
  });

  it('comes back from an address as it went in', () => {
    const names = fc.record({
      operator: fc.string({ minLength: 1 }),
      band: fc.string({ minLength: 1 }),
      kind: fc.constantFrom('mr', 'mdt', 'drive', 'app', 'none'),
      radio: fc.constantFrom('LTE', 'NR', 'GSM', 'UMTS', 'none'),
      show: fc.constantFrom('weak', 'level', 'samples', 'rival'),
      span: fc.constantFrom('24h', '7d', '28d', 'all'),
    });
    fc.assert(
      fc.property(names, (chosen) => {
        const route = parseRoute(address('coverage', undefined, chosen));
        expect(route.page).toBe('coverage');
        expect(readFilters(route.query)).toMatchObject(chosen);
      }),
    );
  });

  it('is the same in the report as on the page', () => {
    const question = questionOf(OURS, filtersOf('band=B3&indoor=0&span=7d'));
    const url = new URL(reportAddress('csv', question, 'zh'), 'http://localhost');
    expect(url.pathname).toBe('/api/coverage/report.csv');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      operator: 'ours',
      radio: 'LTE',
      kind: 'mr',
      band: 'B3',
      indoor: 'false',
      from: '2026-03-10T00:00:00.000Z',
      to: '2026-03-17T00:00:00.000Z',
      lang: 'zh',
    });
  });
});

describe('the hexagons of a view', () => {
  it('become finer as one goes nearer: 8 up to zoom 11, 9 to 12.5, then 10 and on', () => {
    expect([10.9, 11, 12.4, 12.5, 14, 17].map((zoom) => resolutionFor(zoom, 'drive'))).toEqual([8, 9, 9, 10, 11, 12]);
  });

  it('are never finer than timing advance can tell', () => {
    expect(resolutionFor(17, 'mr')).toBe(9);
  });

  it('are never more than sixty thousand on the reference screen, were it measured everywhere and at the equator', () => {
    fc.assert(
      fc.property(fc.double({ min: 4, max: 17, noNaN: true }), (zoom) => {
        const metresPerPixel = 40_075_017 / (512 * 2 ** zoom);
        const { west, south, east, north } = withMargin({ west: 0, south: 0, east: 0.88, north: 0.956 });
        const margins = ((east - west) / 0.88) * ((north - south) / 0.956);
        const area = 880 * 956 * metresPerPixel ** 2 * margins;
        expect(area / getHexagonAreaAvg(resolutionFor(zoom, 'drive'), UNITS.m2)).toBeLessThan(60_000);
      }),
    );
  });

  const view = { west: 10, south: 50, east: 11, north: 50.5 };

  it('are fetched with room around the view, so that a small move needs nothing new', () => {
    const wide = withMargin(view);
    expect(holds(wide, view)).toBe(true);
    expect(holds(wide, { west: 10.2, south: 50.1, east: 11.2, north: 50.6 })).toBe(true);
    expect(holds(wide, { west: 10.5, south: 50, east: 11.5, north: 50.5 })).toBe(false);
    expect(meets(view, { west: 10.9, south: 50.4, east: 12, north: 51 })).toBe(true);
    expect(meets(view, { west: 12, south: 50, east: 13, north: 51 })).toBe(false);
  });

  it('stay inside the world, however far out one is', () => {
    const world = withMargin({ west: -200, south: -89, east: 200, north: 89 });
    expect(world).toEqual({ west: -180, south: -85, east: 180, north: 85 });
    expect(holds(world, { west: -400, south: -90, east: 400, north: 90 })).toBe(true);
  });
});

function hexagons(rows: Partial<Record<'samples' | 'weak' | 'median' | 'fault' | 'rival', number | null>>[]) {
  return {
    resolution: 9,
    weakDbm: -110,
    leastSamples: 20,
    id: rows.map((_, i) => String(i)),
    samples: rows.map((row) => row.samples ?? 100),
    weakShare: rows.map((row) => row.weak ?? 0),
    medianRsrpDbm: rows.map((row) => (row.median === undefined ? -90 : row.median)),
    notJudged: rows.map((row) => row.fault ?? 0),
    rivalDifference: rows.map((row) => row.rival ?? null),
    cut: false,
  } satisfies CoverageHexagons;
}

describe('a hexagon', () => {
  it('has one of six steps by its weak share, each beginning at the number of the legend', () => {
    const shares = [0, 0.049, 0.05, 0.1, 0.2, 0.35, 0.5, 1];
    expect([...codesOf(hexagons(shares.map((weak) => ({ weak }))), 'weak')]).toEqual([0, 0, 1, 2, 3, 4, 5, 5]);
    expect(boundsOfSteps('weak', -110)).toEqual([5, 10, 20, 35, 50]);
  });

  it('is stronger the lower its level, and weak from the line on', () => {
    const medians = [-80, -95, -109, -110, -114, -115];
    expect([...codesOf(hexagons(medians.map((median) => ({ median }))), 'level')]).toEqual([0, 1, 3, 4, 4, 5]);
    expect(boundsOfSteps('level', -110)).toEqual([-95, -100, -105, -110, -115]);
  });

  it('is ground where neither is ahead, and stronger the farther the rival is', () => {
    const differences = [0.2, 0.07, 0, -0.04, -0.05, -0.1, -0.2];
    expect([...codesOf(hexagons(differences.map((rival) => ({ rival }))), 'rival')]).toEqual([0, 1, 2, 2, 3, 4, 5]);
    expect([...codesOf(hexagons([{ rival: null }]), 'rival')]).toEqual([NOT_KNOWN_CODE]);
  });

  it('with few samples, or none measured, is not known and never good', () => {
    const few = hexagons([{ samples: 19 }, { samples: 20 }, { median: null }]);
    expect([...codesOf(few, 'weak')]).toEqual([NOT_KNOWN_CODE, 0, NOT_KNOWN_CODE]);
    expect([...codesOf(few, 'samples')]).toEqual([0, 1, 2]);
    expect(countUnknown(few)).toBe(1);
  });

  it('where a fault speaks is not judged, whatever was measured', () => {
    const fault = hexagons([{ fault: 1, weak: 0.9 }]);
    for (const show of ['weak', 'level', 'rival'] as const)
      expect([...codesOf(fault, show)]).toEqual([NOT_JUDGED_CODE]);
  });

  it('is cut out of a triangle that lies around it, at any place of the earth, over the date line too', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -70, max: 70, noNaN: true }),
        fc.double({ min: -180, max: 180, noNaN: true }),
        fc.integer({ min: 5, max: 12 }),
        (lat, lon, resolution) => {
          const id = latLngToCell(lat, lon, resolution);
          const corners = cellToBoundary(id);
          fc.pre(corners.length === 6);
          const { originX, originY, positions } = createMesh([id]);
          const vertex = (i: number) => [positions[(i % 3) * 2]!, positions[(i % 3) * 2 + 1]!] as const;
          const at = ([north, east]: number[]) => [mercatorX(east!) - originX, mercatorY(north!) - originY] as const;
          // The same place once around the world.
          const apart = (x: number, y: number) => Math.hypot(x - Math.round(x), y);
          const size = apart(...at(corners[0]!));
          corners.forEach((corner, c) => {
            // The corners of the hexagon cut the sides of the triangle in three.
            const [near, far] = [vertex(Math.floor(c / 2)), vertex(Math.floor(c / 2) + (c % 2 === 0 ? 2 : 1))];
            const cut = [0, 1].map((axis) => (2 * near[axis]! + far[axis]!) / 3);
            const [x, y] = at(corner);
            expect(apart(cut[0]! - x, cut[1]! - y)).toBeLessThan(size * 0.1);
          });
        },
      ),
    );
  });

  it('with others has a box around it', () => {
    expect(boundsOfHexagons([])).toBeNull();
    const box = boundsOfHexagons(gridDisk(latLngToCell(36, 120, 8), 2))!;
    expect(box.west).toBeLessThan(120);
    expect(box.north).toBeGreaterThan(36);
  });
});

describe('the outline of an area', () => {
  const ring: [number, number][] = [
    [10, 50],
    [11, 50],
    [11, 51],
    [10, 51],
    [10, 50],
  ];
  const area = { id: 'a', geometry: { type: 'MultiPolygon' as const, coordinates: [[ring]] } };

  it('carries its number at its upper left corner', () => {
    expect(cornerOf(area)).toEqual([10, 51]);
    expect(boundsOfArea(area)).toEqual({ west: 10, south: 50, east: 11, north: 51 });
  });

  it('that is empty has neither', () => {
    const none = { id: 'a', geometry: { type: 'MultiPolygon' as const, coordinates: [] } };
    expect(cornerOf(none)).toBeNull();
    expect(boundsOfArea(none)).toBeNull();
  });
});

describe('figures of coverage', () => {
  it('are short where they are large, and exact where they are small', () => {
    expect(formatCount(12_300, en.coverage)).toBe('12,300');
    expect(formatCount(1_920_000, en.coverage)).toBe('1.92 M');
    expect(formatCount(1_920_000, zh.coverage)).toBe('192 万');
    expect(formatShare(0.38)).toBe('38\u00a0%');
    expect(formatShare(0.021)).toBe('2.1\u00a0%');
    expect(formatSpan(0, 17 * DAY, en.coverage)).toBe('17 days');
    expect(formatSpan(0, 5 * 3_600_000, zh.coverage)).toBe('5 小时');
  });

  it('never show how many people a small group has, nor none where they are not known', () => {
    expect(formatPeople('<10')).toBe('<10');
    expect(formatPeople('hidden')).toBe('—');
    expect(formatPeople(undefined)).toBe('—');
    expect(formatPeople(0)).toBe('0');
  });

  it('name days once', () => {
    const [first, seventeenth] = [Date.parse('2026-03-01T12:00:00Z'), Date.parse('2026-03-17T12:00:00Z')];
    expect(formatDates(first, seventeenth, 'UTC', 'en', seventeenth)).toBe('1–17 Mar');
    expect(formatDates(first - 2 * DAY, seventeenth, 'UTC', 'en', seventeenth)).toBe('27 Feb – 17 Mar');
    expect(formatDates(first, first, 'UTC', 'en', seventeenth)).toBe('1 Mar');
    expect(formatDates(first, seventeenth, 'UTC', 'zh', seventeenth)).toBe('3月1日至3月17日');
  });
});
