// Inventories as CSV: our own columns in many spellings, and those of OpenCelliD.

import { CELL_NUMBER_RANGES } from '../../model/cell.ts';
import type { Where } from '../../model/sent.ts';
import { cellField, isGeometryName, parsePoint, plain } from '../cell-fields.ts';
import { type CsvRow, csvRows, type Delimiter, sniffDelimiter } from '../csv-rows.ts';
import { excerpt } from '../excerpt.ts';
import { type FormatContext, note } from '../format.ts';
import type { InventoryFormat, ParsedCell, RawCell } from '../inventory.ts';
import { OPEN_CELL_ID_HEADER, openCellIdCell, openCellIdColumns } from '../open-cell-id.ts';

export const inventoryCsv: InventoryFormat = { name: 'inventory-csv', looksLike, parse };

/** A readings file has times; an inventory has a site or a radio, or places of what has a name or an antenna. */
function looksLike(head: string): boolean {
  if (/^\uFEFF?\s*[<{[]/.test(head)) return false;
  const delimiter = sniffDelimiter(head);
  const [first] = csvRows(head, delimiter);
  const header = first?.fields ?? [];
  if (isHeadless(header)) return true;
  const names = header.map(plain);
  if (names.includes('at') || names.includes('timestamp')) return false;
  return (
    header.length > 1 &&
    (names.some((name) => name === 'x') || header.some(isGeometryName) || arePlacesOfCells(header.map(cellField)))
  );
}

/** Anything may have a latitude: surveys and complaints have one too. */
const ANYTHINGS: readonly (keyof RawCell | undefined)[] = ['lat', 'lon', 'area', 'areaZh', undefined];

function arePlacesOfCells(fields: readonly (keyof RawCell | undefined)[]): boolean {
  if (fields.includes('siteId') || fields.includes('radio')) return true;
  return (fields.includes('lat') || fields.includes('lon')) && fields.some((field) => !ANYTHINGS.includes(field));
}

/** OpenCelliD's files by country have no header. */
function isHeadless(fields: readonly string[]): boolean {
  return (
    fields.length === OPEN_CELL_ID_HEADER.length &&
    /^(?:GSM|UMTS|LTE|NR|CDMA)$/.test(fields[0] ?? '') &&
    /^\d+$/.test(fields[1] ?? '')
  );
}

function* parse(text: string, context: FormatContext): Generator<ParsedCell> {
  const delimiter = sniffDelimiter(text);
  const rows = csvRows(text, delimiter);
  const first = rows.next();
  if (first.done) return;
  const headless = isHeadless(first.value.fields);
  const header = headless ? OPEN_CELL_ID_HEADER : first.value.fields;
  const readRow = rowReader(header, delimiter, context);
  if (typeof readRow === 'string') {
    yield refuseFile(readRow, first.value, context);
    return;
  }
  if (headless) yield readRow(first.value.fields, whereOf(first.value, 0, context));
  let index = headless ? 1 : 0;
  for (const row of rows) yield readRow(row.fields, whereOf(row, index++, context));
}

function whereOf(row: CsvRow, index: number, context: FormatContext): Where {
  return { index, line: row.line, file: context.file };
}

function refuseFile(detail: string, header: CsvRow, context: FormatContext): ParsedCell {
  const piece = excerpt(header.fields.join(','));
  return {
    kind: 'rejection',
    rejection: { reason: 'wrong-shape', detail, line: header.line, file: context.file, excerpt: piece },
  };
}

type RowReader = (fields: readonly string[], where: Where) => ParsedCell;

/** How to read the rows under `header`, or the sentence that says why they cannot be read. */
function rowReader(header: readonly string[], delimiter: Delimiter, context: FormatContext): RowReader | string {
  const openCellId = openCellIdColumns(header);
  if (openCellId) return (fields, where) => openCellIdCell(fields, openCellId, where);
  const columns = header.map(cellField);
  const geometry = header.findIndex(isGeometryName);
  const refusal = whyUnreadable(header, columns, geometry >= 0);
  if (refusal) return refusal;
  const unused = header.filter((name, i) => name !== '' && !columns[i] && i !== geometry);
  if (unused.length > 0)
    note(context, `columns that mean nothing here and were not read: ${excerpt(unused.join(', '))}`);
  return (fields, where) => cellOfRow(fields, columns, geometry, delimiter, header.length, where);
}

function whyUnreadable(
  header: readonly string[],
  columns: readonly (string | undefined)[],
  hasGeometry: boolean,
): string | undefined {
  const names = header.map(plain);
  const placed = hasGeometry || (columns.includes('lat') && columns.includes('lon'));
  if (!placed && names.includes('x') && names.includes('y')) {
    return 'the places stand in columns X and Y, metres of a map projection (Lambert-93, UTM, Gauss-Krüger); give columns lat and lon in degrees of WGS 84 instead';
  }
  const missing = ['id', 'siteId', 'radio'].filter((field) => !columns.includes(field));
  if (missing.length > 0) {
    const sites = missing.includes('id') && columns.includes('siteId') ? 'this is a list of sites, not of cells: ' : '';
    return `${sites}no column for ${missing.join(', ')}; every cell needs an id, a site_id and a radio (${header.length} columns were found)`;
  }
  return undefined;
}

function cellOfRow(
  fields: readonly string[],
  columns: readonly (keyof RawCell | undefined)[],
  geometry: number,
  delimiter: Delimiter,
  width: number,
  where: Where,
): ParsedCell {
  if (fields.length > width && fields.slice(width).some((field) => field !== '')) {
    const detail = `line ${where.line} has ${fields.length} fields under ${width} columns; put text that holds the delimiter into quotes`;
    return {
      kind: 'rejection',
      rejection: { ...where, reason: 'wrong-shape', detail, excerpt: excerpt(fields.join(delimiter)) },
    };
  }
  const cell: RawCell = {};
  columns.forEach((field, i) => {
    if (field) cell[field] = readField(fields[i] ?? '', field, delimiter);
  });
  if (geometry >= 0 && cell.lat === undefined && cell.lon === undefined)
    Object.assign(cell, parsePoint(fields[geometry] ?? ''));
  return { kind: 'cell', cell, where };
}

/** Where `;` separates columns, a comma is the decimal sign. */
function readField(text: string, field: keyof RawCell, delimiter: Delimiter): string {
  const decimalComma = delimiter === ';' && field in CELL_NUMBER_RANGES && /^-?\d+,\d+$/.test(text);
  return decimalComma ? text.replace(',', '.') : text;
}
