// The shape of an area: outline, middle and size of its hexagons.

import { cellArea, cellsToMultiPolygon, cellToLatLng } from 'h3-js';
import { distanceM, type GroundPoint } from '../maths/ground.ts';
import type { WeakArea } from '../model/coverage.ts';

export interface AreaShape extends Pick<WeakArea, 'geometry' | 'centre' | 'areaKm2'> {
  /** From the middle to the farthest hexagon, metres. */
  radiusM: number;
}

export function shapeOf(hexagons: readonly string[]): AreaShape {
  const places = hexagons.map((id) => {
    const [lat, lon] = cellToLatLng(id);
    return { lat, lon };
  });
  const centre = middleOf(places);
  return {
    geometry: { type: 'MultiPolygon', coordinates: cellsToMultiPolygon([...hexagons], true) as [number, number][][][] },
    centre,
    areaKm2: hexagons.reduce((sum, id) => sum + cellArea(id, 'km2'), 0),
    radiusM: places.reduce((most, place) => Math.max(most, distanceM(centre, place)), 0),
  };
}

/** Longitudes are counted from the first one, so that an area across 180° has its middle where it lies. */
function middleOf(places: readonly GroundPoint[]): GroundPoint {
  const first = places[0]!;
  const turn = (lon: number) => ((((lon - first.lon + 180) % 360) + 360) % 360) - 180;
  const lat = places.reduce((sum, place) => sum + place.lat, 0) / places.length;
  const lon = first.lon + places.reduce((sum, place) => sum + turn(place.lon), 0) / places.length;
  return { lat, lon: ((((lon + 180) % 360) + 360) % 360) - 180 };
}
