// What never changes about the wedges, three times over: one triangle each, without an index.

import type { Places } from './places.ts';

/** x, y minus origin. */
export function positionsByVertex(places: Places): Float32Array<ArrayBuffer> {
  const positions = new Float32Array(places.cells.length * 6);
  for (let place = 0; place < places.x.length; place++) {
    const [x, y] = [places.x[place]! - places.originX, places.y[place]! - places.originY];
    for (let i = places.first[place]! * 3; i < places.first[place + 1]! * 3; i++) {
      positions[i * 2] = x;
      positions[i * 2 + 1] = y;
    }
  }
  return positions;
}

/** Degrees from north, or all around. */
export function azimuthsByVertex({ azimuth }: Places): Int16Array<ArrayBuffer> {
  const into = new Int16Array(azimuth.length * 3);
  for (let i = 0; i < azimuth.length; i++) into.fill(azimuth[i]!, i * 3, i * 3 + 3);
  return into;
}

/** Which ring of how many. */
export function ringsByVertex(places: Places): Uint8Array<ArrayBuffer> {
  const rings = new Uint8Array(places.cells.length * 6);
  for (let i = 0; i < rings.length; i += 2) {
    const wedge = Math.floor(i / 6);
    rings[i] = places.ring[wedge]!;
    rings[i + 1] = places.rings[wedge]!;
  }
  return rings;
}
