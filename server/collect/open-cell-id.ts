// Reads rows of the OpenCelliD and Mozilla cell lists: a cell is its global identity, its site follows from its number.

import type { Radio } from '../model/cell.ts';
import type { Rejection } from '../model/rejection.ts';
import type { Where } from '../model/sent.ts';
import { plain } from './cell-fields.ts';
import { excerpt } from './excerpt.ts';
import type { ParsedCell } from './inventory.ts';

/** The columns that we read; `names` as `plain` writes them, the file's own and those of renamed copies. */
const COLUMNS = {
  radio: ['radio'],
  mcc: ['mcc'],
  mnc: ['net', 'mnc'],
  area: ['area', 'tac', 'lac'],
  cid: ['cell', 'cid', 'cellid'],
  lon: ['lon', 'longitude'],
  lat: ['lat', 'latitude'],
} as const;
type Column = keyof typeof COLUMNS;
export type OpenCellIdColumns = Record<Column, number>;

/** Order of the files without a header that the project hands out by country. */
export const OPEN_CELL_ID_HEADER =
  'radio,mcc,net,area,cell,unit,lon,lat,range,samples,changeable,created,updated,averageSignal'.split(',');

/** Where the columns stand, or undefined when `header` is of another kind of file. */
export function openCellIdColumns(header: readonly string[]): OpenCellIdColumns | undefined {
  const names = header.map(plain);
  const places = Object.entries(COLUMNS).map(
    ([column, wanted]) => [column, names.findIndex((name) => (wanted as readonly string[]).includes(name))] as const,
  );
  if (places.some(([, place]) => place < 0)) return undefined;
  return Object.fromEntries(places) as OpenCellIdColumns;
}

/** "All ones" is how a phone says that it does not know: 16 bits in GSM, 28 in UMTS and LTE, 36 in NR. */
const MAX_CID: Record<Radio, number> = { GSM: 0xffff, UMTS: 0xfffffff, LTE: 0xfffffff, NR: 0xfffffffff };

/**
 * The cell of one row. Its id and cgi are `mcc-mnc-area-cid`; range, unit and signal are left out: they are the
 * crowd's, not the operator's. The place is the middle of where phones heard it, often some hundred metres off.
 */
export function openCellIdCell(fields: readonly string[], columns: OpenCellIdColumns, where: Where): ParsedCell {
  const value = (column: Column) => fields[columns[column]]?.trim() ?? '';
  const radio = value('radio').toUpperCase();
  const numbers = (['mcc', 'mnc', 'area', 'cid'] as const).map((column) => [column, value(column)] as const);
  for (const [field, text] of numbers) {
    if (!/^\d+$/.test(text))
      return refuse(where, field, text, `${field} is "${text}"; it must be a whole number`, 'not-a-number');
  }
  const [mcc, mnc, area, cid] = numbers.map(([, text]) => Number(text)) as [number, number, number, number];
  const max = MAX_CID[radio as Radio];
  if (max === undefined) {
    return refuse(where, 'radio', radio, `radio is "${radio}"; it must be GSM, UMTS, LTE or NR`, 'unknown-radio');
  }
  if (cid >= max || cid === 0) {
    const detail = `cell id ${cid} is no cell: ${radio} counts from 1 to ${max - 1}, and all ones means that the phone did not know`;
    return refuse(where, 'cid', String(cid), detail, 'out-of-range');
  }
  const id = `${mcc}-${mnc}-${area}-${cid}`;
  const lat = value('lat');
  const lon = value('lon');
  return {
    kind: 'cell',
    cell: { id, cgi: id, radio, lat, lon, ...siteAndSector(radio as Radio, mcc, mnc, area, cid) },
    where,
  };
}

function refuse(where: Where, field: string, text: string, detail: string, reason: Rejection['reason']): ParsedCell {
  return { kind: 'rejection', rejection: { ...where, reason, field, detail, excerpt: excerpt(text) } };
}

/**
 * LTE: the upper 20 of 28 bits are the eNodeB (TS 23.003 19.6). NR: the upper 22 of 36 bits are the gNodeB, the length
 * that TS 38.413 calls the shortest and most networks use (default). UMTS and GSM name no site: operators commonly
 * number sectors by the last digit, so cells of one area that differ in it alone are taken as one site (default).
 */
function siteAndSector(radio: Radio, mcc: number, mnc: number, area: number, cid: number) {
  const per = radio === 'LTE' ? 2 ** 8 : radio === 'NR' ? 2 ** 14 : 10;
  // The upper 12 of UMTS's 28 bits are the controller, not part of the operator's own number.
  const number = radio === 'UMTS' ? cid % 2 ** 16 : cid;
  const site = Math.floor(number / per);
  const network = per === 10 ? `${mcc}-${mnc}-${area}` : `${mcc}-${mnc}`;
  return { siteId: `${network}-${site}`, sectorId: String(number % per) };
}
