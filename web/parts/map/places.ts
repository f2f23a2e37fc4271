// Where the cells stand: sites and wedges as flat arrays in Mercator units, ready for the graphics card.

import KDBush from 'kdbush';
import type { CellRow } from '../../../server/api/contract.ts';
import { type Network, RANKS } from '../../data/network.ts';

/** A cell that sends all around, or whose direction is not known. */
export const ALL_AROUND = -1;
/** Carriers whose azimuths differ by less belong to one sector. */
const SAME_SECTOR_DEGREES = 30;

export interface Places {
  /** Subtracted before 32-bit numbers are made, for these are too coarse for the whole world. */
  originX: number;
  originY: number;
  /** Places by Mercator x, y (0…1); one place is one site at one position. */
  x: Float64Array;
  y: Float64Array;
  siteIds: string[];
  /** The cells of place i are `cells[first[i]] … cells[first[i + 1] - 1]`, as slots of the network. */
  first: Uint32Array;
  cells: Uint32Array;
  /** Place by slot; −1 for cells without a position. */
  placeOfSlot: Int32Array;
  /** Wedge number by slot: its position in `cells`; −1 as above. */
  wedgeOfSlot: Int32Array;
  /** By wedge: degrees from north or ALL_AROUND; which carrier of how many in its sector, lowest band last. */
  azimuth: Int16Array;
  ring: Uint8Array;
  rings: Uint8Array;
  index: KDBush;
}

export function mercatorX(lon: number): number {
  return (lon + 180) / 360;
}

export function mercatorY(lat: number): number {
  const bounded = Math.max(-85.05, Math.min(85.05, lat));
  return 0.5 - Math.log(Math.tan(Math.PI / 4 + (bounded * Math.PI) / 360)) / (2 * Math.PI);
}

/** Sorts the placed cells of a network by place and sector. */
export function createPlaces(network: Pick<Network, 'rows'>): Places {
  const groups = groupByPlace(network.rows);
  const count = groups.length;
  const wedges = groups.reduce((sum, slots) => sum + slots.length, 0);
  const places: Places = {
    originX: 0,
    originY: 0,
    x: new Float64Array(count),
    y: new Float64Array(count),
    siteIds: [],
    first: new Uint32Array(count + 1),
    cells: new Uint32Array(wedges),
    placeOfSlot: new Int32Array(network.rows.length).fill(-1),
    wedgeOfSlot: new Int32Array(network.rows.length).fill(-1),
    azimuth: new Int16Array(wedges).fill(ALL_AROUND),
    ring: new Uint8Array(wedges),
    rings: new Uint8Array(wedges),
    index: new KDBush(count),
  };
  let wedge = 0;
  groups.forEach((slots, place) => {
    const row = network.rows[slots[0]!]!;
    places.siteIds.push(row.siteId);
    places.x[place] = mercatorX(row.lon!);
    places.y[place] = mercatorY(row.lat!);
    places.index.add(places.x[place]!, places.y[place]!);
    places.first[place] = wedge;
    for (const cell of sectorsOf(slots, network.rows)) {
      places.cells[wedge] = cell.slot;
      places.placeOfSlot[cell.slot] = place;
      places.wedgeOfSlot[cell.slot] = wedge;
      places.azimuth[wedge] = network.rows[cell.slot]!.azimuthDeg ?? ALL_AROUND;
      places.ring[wedge] = cell.ring;
      places.rings[wedge] = cell.rings;
      wedge += 1;
    }
  });
  places.first[count] = wedge;
  places.index.finish();
  if (count > 0) {
    places.originX = places.x.reduce((sum, x) => sum + x, 0) / count;
    places.originY = places.y.reduce((sum, y) => sum + y, 0) / count;
  }
  return places;
}

function groupByPlace(rows: readonly CellRow[]): number[][] {
  const groups = new Map<string, number[]>();
  rows.forEach((row, slot) => {
    if (row.lat === null || row.lon === null) return;
    const key = `${row.siteId} ${row.lat} ${row.lon}`;
    const group = groups.get(key);
    if (group) group.push(slot);
    else groups.set(key, [slot]);
  });
  return [...groups.values()];
}

/** The cells of one place with their ring: within a sector the highest band is innermost. */
function sectorsOf(
  slots: readonly number[],
  rows: readonly CellRow[],
): { slot: number; ring: number; rings: number }[] {
  const sectors: { azimuth: number; slots: number[] }[] = [];
  for (const slot of slots) {
    const azimuth = rows[slot]!.azimuthDeg ?? ALL_AROUND;
    const sector = sectors.find((one) => isSameSector(one.azimuth, azimuth));
    if (sector) sector.slots.push(slot);
    else sectors.push({ azimuth, slots: [slot] });
  }
  return sectors.flatMap((sector) => {
    const byBand = sector.slots.sort((a, b) => (rows[b]!.frequencyMhz ?? 0) - (rows[a]!.frequencyMhz ?? 0));
    return byBand.map((slot, ring) => ({ slot, ring: Math.min(255, ring), rings: Math.min(255, byBand.length) }));
  });
}

function isSameSector(a: number, b: number): boolean {
  if (a === ALL_AROUND || b === ALL_AROUND) return a === b;
  const apart = Math.abs(a - b) % 360;
  return Math.min(apart, 360 - apart) < SAME_SECTOR_DEGREES;
}

/** The health code of the worst cell of a place; `health` by wedge, so that a place's cells lie side by side. */
export function worstOf(places: Places, place: number, health: Uint8Array): number {
  const end = places.first[place + 1]!;
  let worst = 0;
  let worstRank = 0;
  for (let wedge = places.first[place]!; wedge < end; wedge++) {
    const rank = RANKS[health[wedge]!]!;
    if (rank > worstRank) {
      worstRank = rank;
      worst = health[wedge]!;
    }
  }
  return worst;
}

/** Slots of the cells of one place. */
export function cellsAt(places: Places, place: number): Uint32Array {
  return places.cells.subarray(places.first[place]!, places.first[place + 1]!);
}

export interface Bounds {
  west: number;
  south: number;
  east: number;
  north: number;
}

/** The box around all placed cells; null when there are none. */
export function boundsOf(rows: readonly CellRow[]): Bounds | null {
  const bounds = { west: 180, south: 90, east: -180, north: -90 };
  for (const { lat, lon } of rows) {
    if (lat === null || lon === null) continue;
    bounds.west = Math.min(bounds.west, lon);
    bounds.east = Math.max(bounds.east, lon);
    bounds.south = Math.min(bounds.south, lat);
    bounds.north = Math.max(bounds.north, lat);
  }
  return bounds.west <= bounds.east ? bounds : null;
}

/** The place nearest to a Mercator position within a distance, −1 when there is none. */
export function nearestPlace(places: Places, x: number, y: number, within: number): number {
  let nearest = -1;
  let least = Number.POSITIVE_INFINITY;
  for (const place of places.index.within(x, y, within)) {
    const distance = (places.x[place]! - x) ** 2 + (places.y[place]! - y) ** 2;
    if (distance < least) [nearest, least] = [place, distance];
  }
  return nearest;
}

/** The slot of the cell of a place that sends towards a direction (screen offsets in pixels, y down): the worst of those that do. */
export function cellTowards(places: Places, place: number, dx: number, dy: number, health: Uint8Array): number {
  const direction = ((Math.atan2(dx, -dy) * 180) / Math.PI + 360) % 360;
  let best = -1;
  let bestScore = Number.NEGATIVE_INFINITY;
  for (let i = places.first[place]!; i < places.first[place + 1]!; i++) {
    const slot = places.cells[i]!;
    const azimuth = places.azimuth[i]!;
    const apart = azimuth === ALL_AROUND ? 0 : Math.abs(((direction - azimuth + 540) % 360) - 180);
    const score = RANKS[health[slot]!]! - (apart < 60 ? 0 : 100 + apart);
    if (score > bestScore) [best, bestScore] = [slot, score];
  }
  return best;
}
