// Who else covers the place of a cell, by the inventory: other carriers of its sector, and the nearest cells of other sites that face it.

import type { Cell } from '../../../model/cell.ts';

/** What is kept of each cell of the inventory. */
interface Placed {
  siteId: string;
  sectorId: string | undefined;
  /** NaN: not known where it stands. */
  lat: number;
  lon: number;
  azimuthDeg: number | undefined;
  area: string | undefined;
}

export interface Neighbour {
  cell: string;
  /** Another carrier of the same sector, or a cell of another site. */
  by: 'sector' | 'site';
}

/** Squares of the grid, degrees: about two kilometres. */
const SQUARE_DEG = 0.02;
const NEAR_KM = 3;
const MOST_OF_OTHER_SITES = 6;
const KM_PER_DEGREE = 111.2;
/** A cell that looks this far past a place does not cover it. */
const FACES_DEG = 75;

export class Neighbours {
  private readonly cells = new Map<string, Placed>();
  private readonly squares = new Map<string, Set<string>>();

  know(cells: readonly Cell[]): void {
    for (const { id, siteId, sectorId, lat = Number.NaN, lon = Number.NaN, azimuthDeg, area } of cells) {
      this.forget(id);
      this.cells.set(id, { siteId, sectorId, lat, lon, azimuthDeg, area });
      if (Number.isNaN(lat + lon)) continue;
      const square = squareOf(lat, lon, 0, 0);
      const there = this.squares.get(square);
      if (there) there.add(id);
      else this.squares.set(square, new Set([id]));
    }
  }

  forget(id: string): void {
    const known = this.cells.get(id);
    if (!known) return;
    this.cells.delete(id);
    this.squares.get(squareOf(known.lat, known.lon, 0, 0))?.delete(id);
  }

  rename(names: ReadonlyMap<string, string>): void {
    const moving = [...names].map(([from, to]) => ({ to, known: this.cells.get(from), from }));
    for (const { from } of moving) this.forget(from);
    this.know(moving.flatMap(({ to, known }) => (known ? [asCell(to, known)] : [])));
  }

  /** All that is known, as cells; which radio they have is not kept. */
  list(): Cell[] {
    return [...this.cells].map(([id, known]) => asCell(id, known));
  }

  areaOf(id: string): string | undefined {
    return this.cells.get(id)?.area;
  }

  /** Whether the cell is one of several sectors: only then can it be split by direction. */
  isSector(id: string): boolean {
    return this.cells.get(id)?.azimuthDeg !== undefined;
  }

  /** Nearest first, those of its own sector before all others. */
  of(id: string): Neighbour[] {
    const own = this.cells.get(id);
    if (!own || Number.isNaN(own.lat)) return [];
    const around = [-1, 0, 1].flatMap((north) => [-1, 0, 1].map((east) => squareOf(own.lat, own.lon, north, east)));
    const others = around.flatMap((square) => [...(this.squares.get(square) ?? [])]).filter((other) => other !== id);
    const sector = others.filter((other) => isOfSector(this.cells.get(other)!, own)).sort();
    const sites = others
      .map((other) => ({ other, km: kmTo(own, this.cells.get(other)!), placed: this.cells.get(other)! }))
      .filter(({ placed, km }) => placed.siteId !== own.siteId && km <= NEAR_KM && faces(placed, own))
      .sort((a, b) => a.km - b.km || (a.other < b.other ? -1 : 1))
      .slice(0, MOST_OF_OTHER_SITES);
    return [
      ...sector.map((cell): Neighbour => ({ cell, by: 'sector' })),
      ...sites.map(({ other }): Neighbour => ({ cell: other, by: 'site' })),
    ];
  }
}

const asCell = (id: string, { siteId, sectorId, lat, lon, azimuthDeg, area }: Placed): Cell => ({
  ...{ id, siteId, radio: 'LTE' },
  ...(sectorId !== undefined && { sectorId }),
  ...(!Number.isNaN(lat + lon) && { lat, lon }),
  ...(azimuthDeg !== undefined && { azimuthDeg }),
  ...(area !== undefined && { area }),
});

function isOfSector(other: Placed, own: Placed): boolean {
  if (other.siteId !== own.siteId) return false;
  if (own.sectorId !== undefined && other.sectorId !== undefined) return own.sectorId === other.sectorId;
  return own.azimuthDeg !== undefined && own.azimuthDeg === other.azimuthDeg;
}

const squareOf = (lat: number, lon: number, north: number, east: number): string =>
  `${Math.floor(lat / SQUARE_DEG) + north} ${Math.floor(lon / SQUARE_DEG) + east}`;

function offset(from: Placed, to: Placed): { eastKm: number; northKm: number } {
  const eastKm = (to.lon - from.lon) * KM_PER_DEGREE * Math.cos((from.lat * Math.PI) / 180);
  return { eastKm, northKm: (to.lat - from.lat) * KM_PER_DEGREE };
}

function kmTo(from: Placed, to: Placed): number {
  const { eastKm, northKm } = offset(from, to);
  return Math.hypot(eastKm, northKm);
}

/** An antenna without a direction looks everywhere. */
function faces(antenna: Placed, place: Placed): boolean {
  if (antenna.azimuthDeg === undefined) return true;
  const { eastKm, northKm } = offset(antenna, place);
  const bearing = (Math.atan2(eastKm, northKm) * 180) / Math.PI;
  const away = Math.abs(((bearing - antenna.azimuthDeg + 540) % 360) - 180);
  return away <= FACES_DEG;
}
