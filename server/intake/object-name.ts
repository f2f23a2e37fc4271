// Which cell a PM object is: the inventory's own name for it, else one made of element, radio and name.

import type { Radio } from '../model/cell.ts';
import type { ManagedObject } from '../model/sent.ts';
import { ObjectMeanings } from './object-rules.ts';

/** Where a deployment says nothing. */
const NOTHING_SAID = new ObjectMeanings();

/**
 * Classes that are cells, in small letters, and their radio; null where only the object's name tells it. 3GPP TS 28.541,
 * 28.658, 28.652, 28.655; what vendors call theirs.
 */
const CELL_CLASSES: ReadonlyMap<string, Radio | null> = new Map([
  ...classes('NR', 'NRCellDU', 'NRCellCU', 'NRCell'),
  ...classes('LTE', 'EUtranCellFDD', 'EUtranCellTDD', 'EUtranGenericCell', 'EUtranCell'),
  ...classes('UMTS', 'UtranCell', 'UtranCellFDD', 'UtranCellTDDLcr', 'UtranCellTDDHcr', 'UtranGenericCell'),
  ...classes('GSM', 'GsmCell'),
  // Ericsson.
  ...classes('GSM', 'GeranCell'),
  // Nokia.
  ...classes('LTE', 'LNCEL'),
  ...classes('UMTS', 'WCEL'),
  ...classes('GSM', 'BTS'),
  // Huawei.
  ...classes(null, 'Cell', '小区'),
  ...classes('NR', 'NRDUCell'),
  ...classes('UMTS', 'ULoCell', 'UCell', 'BSC6900UCell', 'BSC6910UCell'),
  ...classes('GSM', 'GCell'),
  // ZTE.
  ...classes('LTE', 'CellFDD', 'CellTDD', 'CUEUtranCellFDDLTE', 'CUEUtranCellTDDLTE'),
]);

function classes(radio: Radio | null, ...names: string[]): [string, Radio | null][] {
  return names.map((name) => [name.toLowerCase(), radio]);
}

export interface NamedCell {
  id: string;
  siteId: string;
  /** Null where the object names no class. */
  radio: Radio | null;
}

/** The radio of a class of cells, null where it is not told; undefined when the class is none of cells. */
export function radioOfObject(
  { objectClass, radio }: ManagedObject,
  meanings: ObjectMeanings,
): Radio | null | undefined {
  const meaning = meanings.meaningOf(objectClass);
  if (meaning !== undefined) return meaning === 'none' ? undefined : meaning;
  if (objectClass === '') return radio ?? null;
  const known = CELL_CLASSES.get(objectClass.toLowerCase());
  return known === null ? (radio ?? null) : known;
}

/**
 * `element/radio/name`, the radio taken from the object's class, so that NRCellDU=1 and NRCellCU=1 of one element are
 * one NR cell. An object without any class (a bare name) cannot be told from a cell and is kept as `element/name`.
 * `given`: the name that the deployment gives it. Undefined when the class says that the object is no cell.
 */
export function nameOfObject(object: ManagedObject, meanings = NOTHING_SAID, given?: string): NamedCell | undefined {
  const radio = radioOfObject(object, meanings);
  // The deployment says which cell it is: then it is one, whatever its class.
  if (given !== undefined) return { id: given, siteId: lastValue(object.element) || given, radio: radio ?? null };
  if (radio === undefined) return undefined;
  const element = lastValue(object.element);
  const name = object.name || object.ldn;
  const id = [element, radio, name].filter((part) => part !== null).join('/');
  // A piece of the id: one of the element would keep the whole file in memory for as long as the cell is known.
  return { id, siteId: id.slice(0, element.length), radio };
}

/**
 * The names under which an inventory may know the object, most exact first. The bare name comes last and only for what may
 * be a cell: `Beam=1` must not become the cell "1".
 */
export function aliasesOfObject(object: ManagedObject, meanings = NOTHING_SAID): string[] {
  const element = lastValue(object.element);
  const mayBeCell = radioOfObject(object, meanings) !== undefined;
  return [
    `${object.element},${object.ldn}`,
    object.ldn,
    `${element}/${object.objectClass}/${object.name}`,
    `${element}/${object.name}`,
    ...(object.aliases ?? []),
    ...(mayBeCell ? [object.name] : []),
  ];
}

/** `SubNetwork=1,ManagedElement=RNC-1` → `RNC-1`; a name without `=` is itself. */
function lastValue(distinguishedName: string): string {
  return distinguishedName.slice(distinguishedName.lastIndexOf('=') + 1);
}
