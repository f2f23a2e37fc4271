// Which hexagons a view of the map needs: of what size, and within which bounds.

import type { SampleKind } from '../../../server/model/sample.ts';
import type { GeoBounds } from '../../data/coverage.ts';

/** Zoom from which each H3 resolution is shown, coarsest first; about 20 to 50 pixels a hexagon. */
const FROM_ZOOM = [
  [0, 4],
  [5.2, 5],
  [6.6, 6],
  [8, 7],
  [9.5, 8],
  [11, 9],
  [12.5, 10],
  [14, 11],
  [15.5, 12],
] as const;
/** Positions by timing advance are no finer. */
const FINEST_OF_REPORTS = 9;
/** Share of a view's size that is fetched beyond each of its edges. */
const MARGIN = 0.3;
const MOST_LATITUDE = 85;

/** The H3 resolution for a zoom and a kind of samples. */
export function resolutionFor(zoom: number, kind: SampleKind | 'none' | undefined): number {
  const [, resolution] = FROM_ZOOM.findLast(([from]) => zoom >= from) ?? FROM_ZOOM[0];
  return kind === 'mr' ? Math.min(resolution, FINEST_OF_REPORTS) : resolution;
}

export const COARSEST = FROM_ZOOM[0][1];

/** A view with room around it, so that small moves need nothing new. */
export function withMargin({ west, south, east, north }: GeoBounds): GeoBounds {
  const [across, up] = [(east - west) * MARGIN, (north - south) * MARGIN];
  return {
    west: Math.max(-180, west - across),
    south: Math.max(-MOST_LATITUDE, south - up),
    east: Math.min(180, east + across),
    north: Math.min(MOST_LATITUDE, north + up),
  };
}

/** True when all of the inner bounds lie in the outer ones. */
export function holds(outer: GeoBounds, inner: GeoBounds): boolean {
  return (
    outer.west <= Math.max(-180, inner.west) &&
    outer.east >= Math.min(180, inner.east) &&
    outer.south <= Math.max(-MOST_LATITUDE, inner.south) &&
    outer.north >= Math.min(MOST_LATITUDE, inner.north)
  );
}

export function meets(a: GeoBounds, b: GeoBounds): boolean {
  return a.west <= b.east && b.west <= a.east && a.south <= b.north && b.south <= a.north;
}
