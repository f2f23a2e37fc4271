// Which cell a PM object is: the inventory's own name for it, else one made of element, radio and name.

import type { Radio } from '../model/cell.ts';

/** The object of a PM file, as collect/ hands it over. */
export interface PmObject {
  element: string;
  ldn: string;
  objectClass: string;
  name: string;
}

/** Information object classes that are cells (3GPP TS 28.541, 28.658, 28.652, 28.655), and their radio. */
const CELL_CLASSES: Readonly<Record<string, Radio>> = {
  NRCellDU: 'NR',
  NRCellCU: 'NR',
  NRCell: 'NR',
  EUtranCellFDD: 'LTE',
  EUtranCellTDD: 'LTE',
  EUtranGenericCell: 'LTE',
  EUtranCell: 'LTE',
  UtranCell: 'UMTS',
  UtranCellFDD: 'UMTS',
  UtranCellTDDLcr: 'UMTS',
  UtranCellTDDHcr: 'UMTS',
  UtranGenericCell: 'UMTS',
  GsmCell: 'GSM',
};

export function isPmObject(value: unknown): value is PmObject {
  return typeof value === 'object' && value !== null && 'ldn' in value && 'objectClass' in value;
}

export interface NamedCell {
  id: string;
  siteId: string;
  /** Null where the object names no class. */
  radio: Radio | null;
}

/**
 * `element/radio/name`, the radio taken from the object's class, so that NRCellDU=1 and NRCellCU=1 of one element are
 * one NR cell. An object without any class (a bare name) cannot be told from a cell and is kept as `element/name`.
 * Undefined when the class says that the object is no cell.
 */
export function nameOfObject(object: PmObject): NamedCell | undefined {
  const element = lastValue(object.element);
  if (object.objectClass === '') return { id: `${element}/${object.name || object.ldn}`, siteId: element, radio: null };
  const radio = CELL_CLASSES[object.objectClass];
  return radio && { id: `${element}/${radio}/${object.name}`, siteId: element, radio };
}

/**
 * The names under which an inventory may know the object, most exact first. The bare name comes last and only for what may
 * be a cell: `Beam=1` must not become the cell "1".
 */
export function aliasesOfObject(object: PmObject): string[] {
  const element = lastValue(object.element);
  const mayBeCell = object.objectClass === '' || object.objectClass in CELL_CLASSES;
  return [
    `${object.element},${object.ldn}`,
    object.ldn,
    `${element}/${object.objectClass}/${object.name}`,
    `${element}/${object.name}`,
    ...(mayBeCell ? [object.name] : []),
  ];
}

/** `SubNetwork=1,ManagedElement=RNC-1` → `RNC-1`; a name without `=` is itself. */
function lastValue(distinguishedName: string): string {
  return distinguishedName.slice(distinguishedName.lastIndexOf('=') + 1);
}
