// The pretend city: the right size, on dry land of common world maps, and believed by the inventory.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import { describe, expect, it } from 'vitest';
import { CELL_NUMBER_RANGES } from '../../server/model/cell.ts';
import { buildCity, MAX_SITES } from '../../simulators/world/bay-city.ts';

type Ring = number[][];

/** Rings of the coast around the city, as on the offline map. */
function coast(): Ring[] {
  const file = createRequire(import.meta.url).resolve('world-atlas/land-50m.json');
  const topology = JSON.parse(readFileSync(file, 'utf8')) as Topology<{ land: GeometryCollection }>;
  const { features } = feature(topology, topology.objects.land);
  const polygons = features.flatMap(({ geometry }) =>
    geometry.type === 'MultiPolygon' ? geometry.coordinates : geometry.type === 'Polygon' ? [geometry.coordinates] : [],
  );
  return polygons.flat().filter((ring) => ring.some(([lon, lat]) => Math.hypot(lon! + 8.25, lat! - 51.86) < 1));
}

/** Even-odd rule over all rings. */
function isInside(rings: readonly Ring[], lon: number, lat: number): boolean {
  let inside = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [x, y] = ring[i] as [number, number];
      const [px, py] = ring[j] as [number, number];
      if (y > lat !== py > lat && lon < x + ((px - x) * (lat - y)) / (py - y)) inside = !inside;
    }
  }
  return inside;
}

describe('the pretend city', () => {
  it('has sixty sites of three sectors and about two hundred cells in three scenarios', () => {
    const { sites, cells } = buildCity(1, 60);
    expect(sites).toHaveLength(60);
    expect(cells.length).toBeGreaterThanOrEqual(180);
    expect(cells.length).toBeLessThanOrEqual(240);
    expect(new Set(cells.map(({ cell }) => cell.scenario))).toEqual(new Set(['dense-urban', 'suburb', 'rural']));
    for (const { cells: own } of sites) expect(new Set(own.map((c) => cells[c]?.cell.sectorId)).size).toBe(3);
  });

  it('stands on land of the map that is shown, whatever the seed and size', () => {
    const rings = coast();
    expect(isInside(rings, -8.25, 51.7)).toBe(false); // the open sea before the bay
    for (const [seed, sites] of [
      [1, 60],
      [2, 60],
      [99, 60],
      [1, MAX_SITES],
    ] as const) {
      const wet = buildCity(seed, sites).cells.filter(({ cell }) => !isInside(rings, cell.lon!, cell.lat!));
      expect(wet.map(({ cell }) => cell.name)).toEqual([]);
    }
  });

  it('gives each cell an id of its own, both names, and values within the ranges that an inventory believes', () => {
    const cells = buildCity(7, 60).cells.map(({ cell }) => cell);
    expect(new Set(cells.map(({ id }) => id)).size).toBe(cells.length);
    expect(new Set(cells.map(({ cgi }) => cgi)).size).toBe(cells.length);
    expect(cells.find(({ id }) => id === 'old-harbour-7-b')).toMatchObject({
      siteId: 'old-harbour-7',
      name: 'Old Harbour 7-B',
      nameZh: '老港 7-B',
      area: 'Old Harbour',
      areaZh: '老港',
    });
    for (const cell of cells) {
      expect(cell.id).toMatch(/^[a-z0-9-]+$/);
      for (const [field, [low, high]] of Object.entries(CELL_NUMBER_RANGES)) {
        const value = cell[field as keyof typeof CELL_NUMBER_RANGES];
        expect(value, `${cell.id} ${field}`).toBeGreaterThanOrEqual(low);
        expect(value, `${cell.id} ${field}`).toBeLessThanOrEqual(high);
      }
    }
  });

  it('points its sectors in different directions', () => {
    const azimuths = new Set(buildCity(1, 60).cells.map(({ cell }) => cell.azimuthDeg));
    expect(azimuths.size).toBeGreaterThan(100);
  });

  it('can be as small as one site', () => {
    expect(buildCity(1, 1).cells.length).toBeGreaterThanOrEqual(3);
  });
});
