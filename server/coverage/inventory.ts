// What coverage needs to know of our cells and sites, and of what happened to them; app.ts hands it in.

import type { Radio } from '../model/cell.ts';

export interface CoverageCell {
  siteId: string;
  name?: string;
  nameZh?: string;
  lat?: number;
  lon?: number;
  azimuthDeg?: number;
  band?: string;
  scenario?: string;
  radio?: Radio | null;
}

export interface CoverageSite {
  name: string;
  nameZh?: string;
  lat: number;
  lon: number;
}

/** Our cells, by the id that samples carry. */
export interface CellDirectory {
  /** Rises with each change. */
  readonly version: number;
  cell(id: string): CoverageCell | undefined;
  /** Sites with a place. */
  sites(): readonly CoverageSite[];
}

/** How full a cell is in its busy time, as far as is known. */
export interface CellLoad {
  prbUtilPct?: number;
  users?: number;
}

export const isPlacedCell = (cell: CoverageCell | undefined): cell is CoverageCell & { lat: number; lon: number } =>
  cell?.lat !== undefined && cell.lon !== undefined;

/** Its name, or the id where the inventory has none. */
export function nameValues(key: string, id: string, cell: CoverageCell | undefined): Record<string, string> {
  const name = { [key]: cell?.name ?? id };
  return cell?.nameZh === undefined ? name : { ...name, [`${key}Zh`]: cell.nameZh };
}
