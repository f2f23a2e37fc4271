// The coast of the world, from a file we serve ourselves: no borders and no names, for those differ by country.

import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import address from 'world-atlas/land-50m.json?url';
import { coastLines, unwrapped } from './seam.ts';

export interface Coast {
  land: GeoJSON.MultiPolygon;
  lines: GeoJSON.MultiLineString;
}

let coast: Promise<Coast> | undefined;

/** Land and its coast (Natural Earth 1:50 million, public domain); fetched once. */
export function fetchCoast(): Promise<Coast> {
  coast ??= readCoast().catch((error: unknown) => {
    coast = undefined;
    throw error;
  });
  return coast;
}

async function readCoast(): Promise<Coast> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`the coast could not be loaded (${response.status})`);
  const world = (await response.json()) as Topology<{ land: GeometryCollection }>;
  const polygons = feature(world, world.objects.land).features.flatMap(({ geometry }) => {
    if (geometry.type === 'Polygon') return [geometry.coordinates];
    return geometry.type === 'MultiPolygon' ? geometry.coordinates : [];
  });
  const land = polygons.map((rings) => rings.map(unwrapped));
  return {
    land: { type: 'MultiPolygon', coordinates: land },
    lines: { type: 'MultiLineString', coordinates: land.flat().flatMap(coastLines) },
  };
}
