// The coast of the world, from a file we serve ourselves: no borders and no names, for those differ by country.

import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import address from 'world-atlas/land-50m.json?url';

let coast: Promise<GeoJSON.FeatureCollection> | undefined;

/** Land as one GeoJSON collection (Natural Earth 1:50 million, public domain); fetched once. */
export function fetchCoast(): Promise<GeoJSON.FeatureCollection> {
  coast ??= readCoast().catch((error: unknown) => {
    coast = undefined;
    throw error;
  });
  return coast;
}

async function readCoast(): Promise<GeoJSON.FeatureCollection> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`the coast could not be loaded (${response.status})`);
  const world = (await response.json()) as Topology<{ land: GeometryCollection }>;
  return feature(world, world.objects.land);
}
