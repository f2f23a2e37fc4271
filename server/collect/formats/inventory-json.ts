// Inventories as JSON: `{"cells":[…]}`, a bare list, or a GeoJSON FeatureCollection of points.

import type { Where } from '../../model/sent.ts';
import { cellField } from '../cell-fields.ts';
import { excerpt, jsonText } from '../excerpt.ts';
import { type FormatContext, note } from '../format.ts';
import type { InventoryFormat, ParsedCell, RawCell } from '../inventory.ts';
import { isRecord, jsonList } from '../json-list.ts';

export const inventoryJson: InventoryFormat = {
  name: 'inventory-json',
  looksLike: (head) =>
    /^\uFEFF?\s*\{[^[]*"cells"\s*:|"FeatureCollection"|^\uFEFF?\s*\[\s*\{[^}]*"(?:siteId|site_id|site|lat|latitude|radio)"\s*:/.test(
      head,
    ),
  parse,
};

function* parse(text: string, context: FormatContext): Generator<ParsedCell> {
  const { file } = context;
  const unused = new Set<string>();
  // A collection says what it is before it lists its features; so does the head of a broken one.
  const isGeoJson = /"FeatureCollection"/.test(text.slice(0, 4096)) || /"features"\s*:\s*\[/.test(text.slice(0, 4096));
  const projection = isGeoJson ? foreignProjection(text) : undefined;
  if (projection) {
    const detail = `the coordinates are given in ${projection}; GeoJSON (RFC 7946) and this door take degrees of WGS 84 only`;
    yield {
      kind: 'rejection',
      rejection: { file, reason: 'wrong-shape', detail, field: 'crs', excerpt: excerpt(projection) },
    };
    return;
  }
  for (const item of jsonList(text, isGeoJson ? 'features' : 'cells')) {
    if (item.kind === 'rejection') {
      yield { kind: 'rejection', rejection: { ...item.rejection, file } };
      continue;
    }
    const where: Where = { index: item.index, line: item.line, file };
    yield isGeoJson ? cellOfFeature(item.value, where, unused) : cellOfRecord(item.value, where, unused);
  }
  if (unused.size > 0)
    note(context, `fields that mean nothing here and were not read: ${excerpt([...unused].join(', '))}`);
}

/** Name of a coordinate system other than WGS 84 that the collection declares (the `crs` member of old GeoJSON). */
function foreignProjection(text: string): string | undefined {
  const name = /"crs"\s*:\s*\{[^}]*"properties"\s*:\s*\{\s*"name"\s*:\s*"([^"]*)"/.exec(text)?.[1];
  return name === undefined || /CRS84|4326|WGS ?84/i.test(name) ? undefined : name;
}

function cellOfRecord(value: unknown, where: Where, unused: Set<string>): ParsedCell {
  if (!isRecord(value)) return refuse(where, 'a cell is an object {"id":…,"siteId":…,"radio":…}', value);
  return { kind: 'cell', cell: readFields(value, unused), where };
}

function cellOfFeature(value: unknown, where: Where, unused: Set<string>): ParsedCell {
  if (!isRecord(value)) return refuse(where, 'a feature is an object with geometry and properties', value);
  const { geometry, properties, id } = value;
  const cell = readFields(isRecord(properties) ? properties : {}, unused);
  cell.id ??= id;
  if (geometry === null || geometry === undefined) return { kind: 'cell', cell, where };
  const point = isRecord(geometry) && geometry.type === 'Point' ? geometry.coordinates : undefined;
  if (!Array.isArray(point) || point.length < 2)
    return refuse(where, 'a cell stands on a Point with [lon, lat]', geometry);
  [cell.lon, cell.lat] = point;
  return { kind: 'cell', cell, where };
}

/** A field under its own name wins over another name for it. */
function readFields(record: Record<string, unknown>, unused: Set<string>): RawCell {
  const cell: RawCell = {};
  for (const [name, value] of Object.entries(record)) {
    const field = cellField(name);
    if (!field) unused.add(name);
    else if (cell[field] === undefined || name === field) cell[field] = value;
  }
  return cell;
}

function refuse(where: Where, detail: string, value: unknown): ParsedCell {
  return {
    kind: 'rejection',
    rejection: { ...where, reason: 'wrong-shape', detail, excerpt: excerpt(jsonText(value)) },
  };
}
