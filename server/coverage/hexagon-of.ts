// The hexagon that holds a place: H3, the index of which is a number of 64 bits.

import { latLngToCell } from 'h3-js';

/** H3 index of the hexagon of this resolution (0…15) that holds a place, degrees WGS 84 within their ranges. */
export function hexagonOf(lat: number, lon: number, resolution: number): bigint {
  return BigInt(`0x${latLngToCell(lat, lon, resolution)}`);
}
