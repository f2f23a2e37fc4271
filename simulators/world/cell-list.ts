// A network out of a real list of cells with the columns of OpenCelliD, also renamed: where its sites are and what hangs there.

import type { Radio } from '../../server/model/cell.ts';
import { type Degrees, fromDegrees, type Point } from './places.ts';

/** A row of the list. */
export interface ListedCell {
  /** `mcc-mnc-area-cell`, as an inventory names it that was made of the same list. */
  id: string;
  siteId: string;
  radio: Radio;
  cid: number;
  place: Point;
}

export interface CellList {
  origin: Degrees;
  /** In the order of sites, and of numbers within one. */
  cells: ListedCell[];
  /** Rows without a place, a number or a known radio. */
  leftOut: number;
}

const NAMES = {
  radio: ['radio'],
  mcc: ['mcc'],
  net: ['net', 'mnc'],
  area: ['area', 'tac', 'lac'],
  cell: ['cell', 'cid', 'cellid'],
  lon: ['lon', 'longitude'],
  lat: ['lat', 'latitude'],
} as const;
type Column = keyof typeof NAMES;
const COLUMNS = Object.keys(NAMES) as Column[];
/** The header that files by country lack. */
const USUAL_HEADER = 'radio,mcc,net,area,cell,unit,lon,lat,range'.split(',');
/** All ones: the phone did not know (GSM 16 bits, else 28; NR 36). */
const UNKNOWN: Record<Radio, number> = { GSM: 0xffff, UMTS: 0xfffffff, LTE: 0xfffffff, NR: 0xfffffffff };
/** Cells to a number of a site: eNodeB 20 bits (TS 23.003 19.6), gNodeB 22; the older ones by custom differ in the last digit. */
const CELLS_A_SITE: Record<Radio, number> = { LTE: 256, NR: 16_384, UMTS: 10, GSM: 10 };

/** Undefined where the text has not these columns, or nothing of use in them. */
export function readCellList(text: string): CellList | undefined {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const header = splitLine(lines[0] ?? '').map((name) => name.toLowerCase());
  const isHeader = header.includes('radio');
  const at = placesOf(isHeader ? header : USUAL_HEADER);
  if (!at) return undefined;
  const rows = lines.slice(isHeader ? 1 : 0).map((line) => readRow(splitLine(line), at));
  const good = rows.filter((row) => row !== undefined);
  if (good.length === 0) return undefined;
  const origin = { lat: mean(good.map(({ lat }) => lat)), lon: mean(good.map(({ lon }) => lon)) };
  const byId = new Map(
    good.map(({ lat, lon, ...cell }) => [cell.id, { ...cell, place: fromDegrees({ lat, lon }, origin) }]),
  );
  const cells = [...byId.values()].sort((a, b) => order(a.siteId, b.siteId) || a.cid - b.cid || order(a.id, b.id));
  return { origin, cells, leftOut: rows.length - good.length };
}

function placesOf(header: readonly string[]): Record<Column, number> | undefined {
  const found = COLUMNS.map((column) => {
    return [column, header.findIndex((name) => (NAMES[column] as readonly string[]).includes(name))] as const;
  });
  return found.some(([, place]) => place < 0) ? undefined : (Object.fromEntries(found) as Record<Column, number>);
}

function readRow(fields: readonly string[], at: Record<Column, number>) {
  const value = (column: Column) => fields[at[column]] ?? '';
  const [mcc, net, area, cid] = (['mcc', 'net', 'area', 'cell'] as const).map((column) => wholeOf(value(column)));
  const radio = value('radio').toUpperCase() as Radio;
  const [lat, lon] = [degreesOf(value('lat'), 90), degreesOf(value('lon'), 180)];
  if (mcc === undefined || net === undefined || area === undefined || !cid) return undefined;
  if (lat === undefined || lon === undefined || !(radio in UNKNOWN) || cid >= UNKNOWN[radio]) return undefined;
  const number = Math.floor((radio === 'UMTS' ? cid % 65_536 : cid) / CELLS_A_SITE[radio]);
  const network = CELLS_A_SITE[radio] === 10 ? `${mcc}-${net}-${area}` : `${mcc}-${net}`;
  return { id: `${mcc}-${net}-${area}-${cid}`, siteId: `${network}-${number}`, radio, cid, lat, lon };
}

function splitLine(line: string): string[] {
  return line.split(',').map((field) => field.trim().replace(/^"(.*)"$/, '$1'));
}

function wholeOf(text: string): number | undefined {
  return /^\d{1,11}$/.test(text) ? Number(text) : undefined;
}

function degreesOf(text: string, most: number): number | undefined {
  const value = text === '' ? Number.NaN : Number(text);
  return Math.abs(value) <= most && value !== 0 ? value : undefined;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
