// The contract of an inventory format, and what makes a raw record a cell: every field checked, everything refused told.

import { parseTime } from '../maths/parse-time.ts';
import { CELL_NUMBER_RANGES, CELL_TEXT_FIELDS, type Cell, RADIOS, type Radio } from '../model/cell.ts';
import type { Rejection, RejectionReason } from '../model/rejection.ts';
import type { Where } from '../model/sent.ts';
import { excerpt, jsonText } from './excerpt.ts';
import type { FormatContext } from './format.ts';

/** Values by the fields of `Cell`, as the sender wrote them. */
export type RawCell = { [field in keyof Cell]?: unknown };

export type ParsedCell = { kind: 'cell'; cell: RawCell; where: Where } | { kind: 'rejection'; rejection: Rejection };

export interface InventoryFormat {
  /** File name of the part. */
  name: string;
  /** True when the beginning of a file looks like this format (after unzipping); `head` holds up to 4 KiB of text. */
  looksLike(head: string): boolean;
  /** Never throws, whatever the text. Columns that mean nothing to us are named in `context.notes`. */
  parse(text: string, context: FormatContext): Iterable<ParsedCell>;
}

export interface Inventory {
  /** In order of the file, one a cell id. */
  rows: { cell: Cell; where: Where }[];
  rejections: Rejection[];
}

/**
 * Reads and checks a whole inventory. A cell id that comes twice: the later record holds, as in a list of changes, and
 * the earlier is refused as `duplicate`.
 */
export function readInventory(format: InventoryFormat, text: string, context: FormatContext): Inventory {
  const byId = new Map<string, { cell: Cell; where: Where }>();
  const rejections: Rejection[] = [];
  for (const parsed of format.parse(text, context)) {
    const checked = parsed.kind === 'cell' ? checkCell(parsed.cell, parsed.where) : parsed;
    if (checked.kind === 'rejection') {
      rejections.push(checked.rejection);
      continue;
    }
    const { cell, where } = checked;
    const earlier = byId.get(cell.id);
    if (earlier) rejections.push(duplicate(cell.id, earlier.where, where));
    byId.delete(cell.id);
    byId.set(cell.id, { cell, where });
  }
  return { rows: [...byId.values()], rejections };
}

function duplicate(id: string, earlier: Where, later: Where): Rejection {
  const place = later.line === undefined ? `record ${later.index}` : `line ${later.line}`;
  const detail = `cell "${id}" comes again at ${place}; the later record was taken`;
  return { ...earlier, reason: 'duplicate', field: 'id', detail, excerpt: excerpt(id) };
}

type Checked = { kind: 'cell'; cell: Cell; where: Where } | { kind: 'rejection'; rejection: Rejection };

/** What is wrong with one field; thrown inside this file only, so that each check stands on its own. */
interface Wrong {
  field: string;
  reason: RejectionReason;
  detail: string;
  value?: unknown;
}

/** A cell with all its fields in their units and ranges, or the first thing that is wrong with it. */
export function checkCell(raw: RawCell, where: Where): Checked {
  const cell: Partial<Cell> = {};
  const wrong =
    checkTexts(raw, cell) ??
    checkNumbers(raw, cell) ??
    checkChoices(raw, cell) ??
    checkAliases(raw, cell) ??
    checkWhole(cell);
  if (!wrong) return { kind: 'cell', cell: cell as Cell, where };
  const { value, ...rest } = wrong;
  const piece = value === undefined ? undefined : excerpt(quote(value));
  return { kind: 'rejection', rejection: { ...where, ...rest, excerpt: piece } };
}

/** The words by which inventories say that they do not know. */
function isAbsent(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    (typeof value === 'string' && /^\s*(?:|-|--|n\/?a|null|none|nan|unknown)\s*$/i.test(value))
  );
}

function quote(value: unknown): string {
  return typeof value === 'string' ? value : jsonText(value);
}

function checkTexts(raw: RawCell, cell: Partial<Cell>): Wrong | undefined {
  for (const field of CELL_TEXT_FIELDS) {
    const value = raw[field];
    if (isAbsent(value)) continue;
    if (typeof value !== 'string' && typeof value !== 'number') {
      return { field, reason: 'wrong-type', detail: `${field} is ${quote(value)}; it must be text`, value };
    }
    cell[field] = String(value).trim();
  }
  return undefined;
}

function checkNumbers(raw: RawCell, cell: Partial<Cell>): Wrong | undefined {
  for (const field of Object.keys(CELL_NUMBER_RANGES) as (keyof typeof CELL_NUMBER_RANGES)[]) {
    const value = raw[field];
    if (isAbsent(value)) continue;
    const number = typeof value === 'string' ? Number(value) : value;
    if (typeof number !== 'number' || !Number.isFinite(number)) {
      return { field, reason: 'not-a-number', detail: `${field} is ${quote(value)}; it must be a number`, value };
    }
    const [low, high] = CELL_NUMBER_RANGES[field];
    if (number < low || number > high) {
      const hint =
        field === 'lat' || field === 'lon' ? '; degrees of WGS 84 are needed, not metres of a map projection' : '';
      return { field, reason: 'out-of-range', detail: `${field} is ${number}, outside ${low}…${high}${hint}`, value };
    }
    cell[field] = number;
  }
  return undefined;
}

const RADIO_BY_NAME = new Map<string, Radio>([
  ...RADIOS.map((radio) => [radio, radio] as const),
  ...(['4G', 'EUTRAN', 'EUTRA', 'LTEFDD', 'LTETDD', 'FDDLTE', 'TDDLTE', 'TDLTE'] as const).map(
    (name) => [name, 'LTE'] as const,
  ),
  ...(['5G', 'NR5G', '5GNR', 'NRSA', 'NRNSA'] as const).map((name) => [name, 'NR'] as const),
  ...(['3G', 'WCDMA', 'UTRAN', 'UTRA'] as const).map((name) => [name, 'UMTS'] as const),
  ...(['2G', 'GERAN'] as const).map((name) => [name, 'GSM'] as const),
]);

function checkChoices(raw: RawCell, cell: Partial<Cell>): Wrong | undefined {
  const { radio, duplex, role } = raw;
  if (!isAbsent(radio)) {
    cell.radio = RADIO_BY_NAME.get(
      quote(radio)
        .toUpperCase()
        .replaceAll(/[^A-Z0-9]/g, ''),
    );
    if (!cell.radio) {
      return {
        field: 'radio',
        reason: 'unknown-radio',
        detail: `radio is ${quote(radio)}; it must be one of ${RADIOS.join(', ')}`,
        value: radio,
      };
    }
  }
  if (!isAbsent(duplex)) {
    cell.duplex = (['FDD', 'TDD'] as const).find((mode) => mode === quote(duplex).trim().toUpperCase());
    if (!cell.duplex)
      return {
        field: 'duplex',
        reason: 'wrong-type',
        detail: `duplex is ${quote(duplex)}; it must be FDD or TDD`,
        value: duplex,
      };
  }
  if (!isAbsent(role)) {
    cell.role = (['coverage', 'capacity'] as const).find((one) => one === quote(role).trim().toLowerCase());
    if (!cell.role)
      return {
        field: 'role',
        reason: 'wrong-type',
        detail: `role is ${quote(role)}; it must be coverage or capacity`,
        value: role,
      };
  }
  return undefined;
}

function checkAliases(raw: RawCell, cell: Partial<Cell>): Wrong | undefined {
  const { aliases } = raw;
  if (isAbsent(aliases)) return undefined;
  const list = typeof aliases === 'string' ? aliases.split('|') : aliases;
  if (!Array.isArray(list) || list.some((alias) => typeof alias !== 'string')) {
    return {
      field: 'aliases',
      reason: 'wrong-type',
      detail: `aliases is ${quote(aliases)}; it must be a list of texts`,
      value: aliases,
    };
  }
  cell.aliases = list.map((alias: string) => alias.trim()).filter((alias) => alias !== '');
  return undefined;
}

/** What holds between fields: the three that every cell has, a place that is whole, times that are times. */
function checkWhole(cell: Partial<Cell>): Wrong | undefined {
  for (const field of ['id', 'siteId', 'radio'] as const) {
    if (cell[field] === undefined)
      return {
        field,
        reason: 'missing-field',
        detail: `${field} is missing; every cell has an id, a siteId and a radio`,
      };
  }
  if ((cell.lat === undefined) !== (cell.lon === undefined)) {
    const field = cell.lat === undefined ? 'lat' : 'lon';
    return {
      field,
      reason: 'missing-field',
      detail: `${field} is missing; a place needs both lat and lon, a cell without a place neither`,
    };
  }
  for (const field of ['validFrom', 'validTo'] as const) {
    const value = cell[field];
    if (value === undefined || parseTime(value) !== undefined || parseTime(`${value}T00:00Z`) !== undefined) continue;
    return {
      field,
      reason: 'bad-time',
      detail: `${field} is "${value}"; it must be a day such as 2026-03-17 or a time in ISO 8601`,
      value,
    };
  }
  return undefined;
}
