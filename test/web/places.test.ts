// Where cells stand on the map, which one the pointer means, and what is drawn on top.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CellRow } from '../../server/api/contract.ts';
import { HEALTHS, healthCode } from '../../server/model/health.ts';
import { createNetwork, RANKS } from '../../web/data/network.ts';
import { chain, placesOf, splitTitle } from '../../web/pages/map/callouts.ts';
import { createHexagonGrid, resolutionAt } from '../../web/parts/map/hexagon-grid.ts';
import {
  boundsOf,
  cellsAt,
  cellTowards,
  createPlaces,
  mercatorX,
  mercatorY,
  nearestPlace,
  worstOf,
} from '../../web/parts/map/places.ts';
import { orderByRank } from '../../web/parts/map/ranked-order.ts';
import { scaleAt } from '../../web/parts/map/scale.ts';
import { spread } from '../../web/parts/map/spread.ts';
import { readView, writeView } from '../../web/parts/map/view.ts';
import { sampleAlert } from './sample-alert.ts';

function row(index: number, change: Partial<CellRow> = {}): CellRow {
  return {
    id: `c${index}`,
    index,
    siteId: 'a',
    radio: 'LTE',
    lat: 36,
    lon: 120,
    health: 'ok',
    at: null,
    kpis: {},
    ...change,
  };
}

const network = createNetwork(
  [
    row(0, { azimuthDeg: 350, frequencyMhz: 700 }),
    row(1, { azimuthDeg: 5, frequencyMhz: 3500, health: 'minor' }),
    row(2, { azimuthDeg: 120, health: 'critical' }),
    row(3, { siteId: 'b', lat: 36.1 }),
    row(4, { siteId: 'b', lat: null, lon: null }),
  ],
  null,
);
const places = createPlaces(network);

describe('the places of a network', () => {
  it('gather cells by site and leave out those without a position', () => {
    expect(places.siteIds).toEqual(['a', 'b']);
    expect([...cellsAt(places, 0)].sort()).toEqual([0, 1, 2]);
    expect([...cellsAt(places, 1)]).toEqual([3]);
    expect(places.placeOfSlot[4]).toBe(-1);
  });

  it('put carriers of one direction into rings of one sector, the lowest band outside, north included', () => {
    const ring = (slot: number) => [places.ring[places.wedgeOfSlot[slot]!], places.rings[places.wedgeOfSlot[slot]!]];
    expect(ring(0)).toEqual([1, 2]);
    expect(ring(1)).toEqual([0, 2]);
    expect(ring(2)).toEqual([0, 1]);
  });

  it('show the worst cell of a site', () => {
    const byWedge = Uint8Array.from(places.cells, (slot) => network.health[slot]!);
    expect(HEALTHS[worstOf(places, 0, byWedge)]).toBe('critical');
    expect(HEALTHS[worstOf(places, 1, byWedge)]).toBe('ok');
  });

  it('know their bounds', () => {
    expect(boundsOf(network.rows)).toEqual({ west: 120, south: 36, east: 120, north: 36.1 });
    expect(boundsOf([])).toBeNull();
  });
});

describe('the pointer', () => {
  const [x, y] = [mercatorX(120), mercatorY(36)];

  it('means the nearest site within reach', () => {
    expect(nearestPlace(places, x, y, 1e-4)).toBe(0);
    expect(nearestPlace(places, x + 0.1, y, 1e-4)).toBe(-1);
  });

  it('means the worst cell that sends its way', () => {
    expect(cellTowards(places, 0, 0, -10, network.health)).toBe(1);
    expect(cellTowards(places, 0, 10, 6, network.health)).toBe(2);
  });
});

describe('the order of drawing', () => {
  it('has every thing that is not ok once, the worst last', () => {
    fc.assert(
      fc.property(fc.uint8Array({ max: HEALTHS.length - 1, maxLength: 50 }), fc.boolean(), (health, withOk) => {
        const order = new Uint32Array(health.length);
        const count = orderByRank(health, order, withOk);
        const drawn = [...order.subarray(0, count)];
        const expected = [...health.keys()].filter((i) => withOk || health[i] !== healthCode('ok'));
        expect([...drawn].sort((a, b) => a - b)).toEqual(expected);
        const ranks = drawn.map((i) => RANKS[health[i]!]!);
        expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
      }),
    );
  });
});

describe('the far view', () => {
  it('counts each placed cell in one hexagon', () => {
    const grid = createHexagonGrid(places, 3);
    expect(grid.cells.reduce((sum, count) => sum + count, 0)).toBe(4);
    expect(grid.hexagonOfPlace[0]).toBe(grid.hexagonOfPlace[1]);
  });

  it('uses larger hexagons from farther away', () => {
    expect(resolutionAt(7.9)).toBe(5);
    expect(resolutionAt(5)).toBeLessThan(resolutionAt(7));
    expect(resolutionAt(0)).toBe(1);
  });
});

describe('what is written on the map', () => {
  it('names a place by what stands before the colon, in both scripts', () => {
    expect(splitTitle('Old Harbour 7-B: calls drop')).toEqual({ place: 'Old Harbour 7-B', what: 'calls drop' });
    expect(splitTitle('老港 7-B：掉话')).toEqual({ place: '老港 7-B', what: '掉话' });
    expect(splitTitle('No colon')).toEqual({ place: 'No colon', what: '' });
  });

  it('stands where the cells of an alert are, each place once', () => {
    const alert = sampleAlert({ cells: ['c0', 'c2', 'c3', 'c4', 'unheard of'] });
    expect(placesOf(alert, network.slotOfId, places)).toEqual([0, 1]);
  });

  it('never lies on another label, nor on the callout, and is limited', () => {
    const at = (x: number) => ({ x, box: { x, y: 0, width: 50, height: 20 } });
    expect(spread([at(0), at(30), at(60), at(120)], [], 7).map(({ x }) => x)).toEqual([0, 60, 120]);
    expect(spread([at(0), at(60)], [{ x: 10, y: 5, width: 5, height: 5 }], 7).map(({ x }) => x)).toEqual([60]);
    expect(spread([at(0), at(60), at(120)], [], 2)).toHaveLength(2);
  });

  it('joins the sites of one cause by a path that visits each once', () => {
    const points = [10, 0, 30, 20].map((x) => ({ x, y: 0 }));
    expect(chain(points).map(({ x }) => x)).toEqual([0, 10, 20, 30]);
  });
});

describe('a view', () => {
  it('is kept in the address and read back', () => {
    expect(readView(writeView({ zoom: 11.5, lat: 36.0671, lon: 120.38 }))).toEqual({
      zoom: 11.5,
      lat: 36.0671,
      lon: 120.38,
    });
  });

  it('that makes no sense is not followed', () => {
    for (const text of [null, '', 'a/b/c', '11/95/0', '11/36']) expect(readView(text)).toBeNull();
  });

  it('has a scale bar of a round length', () => {
    const { pixels, label } = scaleAt(36, 12);
    expect(label).toMatch(/^[125]0* k?m$/);
    expect(pixels).toBeLessThanOrEqual(90);
  });
});
