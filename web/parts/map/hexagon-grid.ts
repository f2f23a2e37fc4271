// Bins places into hexagons for the far view: which hexagon each place lies in, and the corners of each.

import { cellToBoundary, cellToLatLng, latLngToCell } from 'h3-js';
import { mercatorX, mercatorY, type Places } from './places.ts';

export interface HexagonGrid {
  resolution: number;
  /** Hexagon number by place. */
  hexagonOfPlace: Uint32Array;
  /** Cells in each hexagon. */
  cells: Uint32Array;
  /** Centre and corners of each hexagon, Mercator minus origin. */
  centres: Float32Array<ArrayBuffer>;
  corners: number[][];
}

/** A hexagon is drawn a little smaller than it is, so that a line of ground parts it from the next. */
const SHRINK = 0.93;
const COARSEST = 1;
const FINEST = 5;

/** The H3 resolution whose hexagons are about 20 pixels wide at a zoom; each step is √7 in width, 1.4 in zoom. */
export function resolutionAt(zoom: number): number {
  return Math.max(COARSEST, Math.min(FINEST, FINEST + Math.floor((zoom - 6.6) / 1.4)));
}

function latitudeOf(y: number): number {
  return (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;
}

export function createHexagonGrid(places: Places, resolution: number): HexagonGrid {
  const numbers = new Map<string, number>();
  const hexagonOfPlace = new Uint32Array(places.x.length);
  const cells: number[] = [];
  for (let place = 0; place < places.x.length; place++) {
    const id = latLngToCell(latitudeOf(places.y[place]!), places.x[place]! * 360 - 180, resolution);
    let number = numbers.get(id);
    if (number === undefined) {
      number = numbers.size;
      numbers.set(id, number);
      cells.push(0);
    }
    hexagonOfPlace[place] = number;
    cells[number]! += places.first[place + 1]! - places.first[place]!;
  }
  const centres = new Float32Array(numbers.size * 2);
  const corners: number[][] = [];
  for (const [id, number] of numbers) {
    const [lat, lon] = cellToLatLng(id);
    const [x, y] = [mercatorX(lon), mercatorY(lat)];
    centres[number * 2] = x - places.originX;
    centres[number * 2 + 1] = y - places.originY;
    corners[number] = cornersOf(id, x, y, places);
  }
  return { resolution, hexagonOfPlace, cells: Uint32Array.from(cells), centres, corners };
}

/** x, y pairs, shrunk towards the centre; a hexagon over the date line stays in one piece. */
function cornersOf(id: string, x: number, y: number, places: Places): number[] {
  return cellToBoundary(id).flatMap(([lat, lon]) => {
    let cornerX = mercatorX(lon);
    if (cornerX - x > 0.5) cornerX -= 1;
    if (x - cornerX > 0.5) cornerX += 1;
    return [x + (cornerX - x) * SHRINK - places.originX, y + (mercatorY(lat) - y) * SHRINK - places.originY];
  });
}
