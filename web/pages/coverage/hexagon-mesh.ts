// Hexagons as triangles for the graphics card: corners as a flat list, each with its place within its hexagon.

import { cellToBoundary, cellToLatLng } from 'h3-js';
import type { GeoBounds } from '../../data/coverage.ts';
import { mercatorX, mercatorY } from '../../parts/map/places.ts';

export interface HexagonMesh {
  /** Subtracted before 32-bit numbers are made, for these are too coarse for the whole world. */
  originX: number;
  originY: number;
  /** x, y minus origin, Mercator units, by vertex. */
  positions: Float32Array<ArrayBuffer>;
  /** Place within the hexagon by vertex: 0 at its centre, 127 at a corner. */
  local: Int8Array<ArrayBuffer>;
  /** First vertex by hexagon, and the end. */
  starts: Uint32Array;
  indices: Uint32Array<ArrayBuffer>;
}

/** A hexagon is drawn a little smaller than it is, so that a line of ground parts it from the next. */
const SHRINK = 0.94;
/** At the edges of the icosahedron a hexagon has corners in between. */
const MOST_CORNERS = 10;

export function createMesh(ids: readonly string[]): HexagonMesh {
  const [lat, lon] = ids[0] === undefined ? [0, 0] : cellToLatLng(ids[0]);
  const mesh = {
    originX: mercatorX(lon),
    originY: mercatorY(lat),
    positions: new Float32Array(ids.length * MOST_CORNERS * 2),
    local: new Int8Array(ids.length * MOST_CORNERS * 2),
    starts: new Uint32Array(ids.length + 1),
    indices: new Uint32Array(ids.length * (MOST_CORNERS - 2) * 3),
  };
  let index = 0;
  for (let i = 0; i < ids.length; i++) index = addHexagon(mesh, i, ids[i]!, index);
  const vertices = mesh.starts[ids.length]!;
  return {
    ...mesh,
    positions: mesh.positions.slice(0, vertices * 2),
    local: mesh.local.slice(0, vertices * 2),
    indices: mesh.indices.slice(0, index),
  };
}

/** Adds a hexagon's corners as a fan around the first of them; returns how many indices there are now. */
function addHexagon(mesh: HexagonMesh, hexagon: number, id: string, index: number): number {
  const corners = cellToBoundary(id);
  const [centreX, centreY, xs, ys] = centred(corners);
  const first = mesh.starts[hexagon]!;
  const far = Math.hypot(xs[0]!, ys[0]!);
  for (let c = 0; c < corners.length; c++) {
    const at = (first + c) * 2;
    mesh.positions[at] = centreX + xs[c]! * SHRINK - mesh.originX;
    mesh.positions[at + 1] = centreY + ys[c]! * SHRINK - mesh.originY;
    // A corner in between is never farther out than the first by much: bounded, for a byte.
    mesh.local[at] = Math.max(-127, Math.min(127, Math.round((xs[c]! / far) * 120)));
    mesh.local[at + 1] = Math.max(-127, Math.min(127, Math.round((ys[c]! / far) * 120)));
    if (c < 2) continue;
    mesh.indices[index++] = first;
    mesh.indices[index++] = first + c - 1;
    mesh.indices[index++] = first + c;
  }
  mesh.starts[hexagon + 1] = first + corners.length;
  return index;
}

/** The middle of some corners and each corner's distance from it; a hexagon over the date line stays in one piece. */
function centred(corners: readonly (readonly [number, number] | number[])[]): [number, number, number[], number[]] {
  const firstX = mercatorX(corners[0]![1]!);
  const xs = corners.map(([, lon]) => {
    const x = mercatorX(lon!);
    return x - Math.round(x - firstX);
  });
  const ys = corners.map(([lat]) => mercatorY(lat!));
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(xs), mean(ys)];
  return [x, y, xs.map((corner) => corner - x), ys.map((corner) => corner - y)];
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
