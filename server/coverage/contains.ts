// Whether a place lies in a set of hexagons.

import { getResolution, latLngToCell } from 'h3-js';

export function isInHexagons(hexagons: readonly string[]): (lat: number, lon: number) => boolean {
  const known = new Set(hexagons);
  const resolutions = [...new Set(hexagons.map((id) => getResolution(id)))];
  return (lat, lon) => resolutions.some((resolution) => known.has(latLngToCell(lat, lon, resolution)));
}
