// The formats that can be read, in the order in which they are tried on a file whose kind nobody named.

import type { Format } from './format.ts';
import { inventoryCsv } from './formats/inventory-csv.ts';
import { inventoryJson } from './formats/inventory-json.ts';
import { pmXml } from './formats/pm-xml.ts';
import { readingsJson } from './formats/readings-json.ts';
import { readingsNdjson } from './formats/readings-ndjson.ts';
import type { InventoryFormat } from './inventory.ts';

const FORMAT_BY_NAME = { 'pm-xml': pmXml, 'readings-json': readingsJson, 'readings-ndjson': readingsNdjson };
export const FORMATS: readonly Format[] = Object.values(FORMAT_BY_NAME);
export const INVENTORY_FORMATS: readonly InventoryFormat[] = [inventoryJson, inventoryCsv];
/** How much of a file is looked at to tell what it is. */
const HEAD_CHARACTERS = 4096;

/** The format that a door or a content type has named. */
export function formatNamed(name: keyof typeof FORMAT_BY_NAME): Format {
  return FORMAT_BY_NAME[name];
}

export type Detected = { kind: 'readings'; format: Format } | { kind: 'inventory'; format: InventoryFormat };

/** The format of a file by its content alone; undefined when it looks like none. `head` may be longer than is needed. */
export function detectFormat(head: string): Detected | undefined {
  const format = detectReadingsFormat(head);
  if (format) return { kind: 'readings', format };
  const inventory = detectInventoryFormat(head);
  return inventory && { kind: 'inventory', format: inventory };
}

export function detectReadingsFormat(head: string): Format | undefined {
  return FORMATS.find((format) => format.looksLike(head.slice(0, HEAD_CHARACTERS)));
}

export function detectInventoryFormat(head: string): InventoryFormat | undefined {
  return INVENTORY_FORMATS.find((format) => format.looksLike(head.slice(0, HEAD_CHARACTERS)));
}
