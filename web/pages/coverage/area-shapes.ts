// The outlines of weak areas: as the map takes them, and where the number of each stands.

import type { CoverageArea } from '../../../server/api/contract.ts';
import type { GeoBounds } from '../../data/coverage.ts';

type Shape = Pick<CoverageArea, 'id' | 'geometry'>;

const cornersOf = ({ geometry }: Shape): [number, number][] => geometry.coordinates.flat(2);

export function outlinesOf(areas: readonly Shape[]): GeoJSON.FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: areas.map(({ id, geometry }) => ({ type: 'Feature', properties: { id }, geometry })),
  };
}

/** Longitude and latitude of the corner of an outline that lies farthest up and left; null for an empty outline. */
export function cornerOf(area: Shape): [number, number] | null {
  let best: [number, number] | null = null;
  let most = Number.NEGATIVE_INFINITY;
  for (const corner of cornersOf(area)) {
    const [lon, lat] = corner;
    const up = lat - lon * Math.cos((lat * Math.PI) / 180);
    if (up > most) [best, most] = [corner, up];
  }
  return best;
}

/** The box around an outline; null for an empty one. */
export function boundsOfArea(area: Shape): GeoBounds | null {
  const bounds = { west: 180, south: 90, east: -180, north: -90 };
  for (const [lon, lat] of cornersOf(area)) {
    bounds.west = Math.min(bounds.west, lon);
    bounds.east = Math.max(bounds.east, lon);
    bounds.south = Math.min(bounds.south, lat);
    bounds.north = Math.max(bounds.north, lat);
  }
  return bounds.west <= bounds.east ? bounds : null;
}
