// Hexagons for the graphics card: one triangle around each, in flat arrays; the shader cuts the hexagon out of it.

import { cellToBoundary, cellToLatLng } from 'h3-js';
import type { GeoBounds } from '../../data/coverage.ts';
import { mercatorX, mercatorY } from '../../parts/map/places.ts';

export interface HexagonMesh {
  /** Subtracted before 32-bit numbers are made, for these are too coarse for the whole world. */
  originX: number;
  originY: number;
  /** x, y minus origin, Mercator units, of three vertices a hexagon. */
  positions: Float32Array<ArrayBuffer>;
}

const CORNERS = 6;
export const VERTICES = 3;

export function createMesh(ids: readonly string[]): HexagonMesh {
  const [lat, lon] = ids[0] === undefined ? [0, 0] : cellToLatLng(ids[0]);
  const [originX, originY] = [mercatorX(lon), mercatorY(lat)];
  const positions = new Float32Array(ids.length * VERTICES * 2);
  const [x, y] = [new Float64Array(CORNERS), new Float64Array(CORNERS)];
  for (let i = 0; i < ids.length; i++) {
    readCorners(ids[i]!, x, y);
    const [middleX, middleY] = [mean(x), mean(y)];
    for (let vertex = 0; vertex < VERTICES; vertex++) {
      // Every second edge, drawn on, meets the next of them at the sum of the two corners between.
      const [a, b] = [vertex * 2, vertex * 2 + 1];
      positions[(i * VERTICES + vertex) * 2] = x[a]! + x[b]! - middleX - originX;
      positions[(i * VERTICES + vertex) * 2 + 1] = y[a]! + y[b]! - middleY - originY;
    }
  }
  return { originX, originY, positions };
}

/** The corners of a hexagon; it stays in one piece over the date line. Pentagons, and hexagons bent at an edge of H3's solid, nearly fit. */
function readCorners(id: string, x: Float64Array, y: Float64Array): void {
  const corners = cellToBoundary(id);
  for (let c = 0; c < CORNERS; c++) {
    const [lat, lon] = corners[Math.floor((c * corners.length) / CORNERS)]!;
    const east = mercatorX(lon!);
    x[c] = c === 0 ? east : east - Math.round(east - x[0]!);
    y[c] = mercatorY(lat!);
  }
}

function mean(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** The box around hexagons; null when there are none. */
export function boundsOfHexagons(ids: readonly string[]): GeoBounds | null {
  const bounds = { west: 180, south: 90, east: -180, north: -90 };
  for (const id of ids) {
    const [lat, lon] = cellToLatLng(id);
    bounds.west = Math.min(bounds.west, lon);
    bounds.east = Math.max(bounds.east, lon);
    bounds.south = Math.min(bounds.south, lat);
    bounds.north = Math.max(bounds.north, lat);
  }
  return ids.length === 0 ? null : bounds;
}
