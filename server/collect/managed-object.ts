// Names the managed object of a PM file: the class and the name in the last part of its distinguished name.

import type { ManagedObject } from './format.ts';

/** `…/Cell:eNodeB Function Name=A, Local Cell ID=1, Cell Name=B`: the form of one vendor instead of a TS 32.300 name. */
const CLASS_AND_ATTRIBUTES = /(?:^|\/)([^/:=,]+):([^=]+=.*)$/;

/**
 * `ldn` is `measObjLdn` as written; when it is empty the object is the element itself (TS 32.435: the name is relative
 * to the element's). A name without a class, such as `objLdn`, has the class ''.
 */
export function describeObject(element: string, elementLabel: string | undefined, ldn: string): ManagedObject {
  const dn = ldn.trim() === '' ? element : ldn;
  return { element, elementLabel, ldn, ...classAndName(dn.trim()) };
}

function classAndName(dn: string): { objectClass: string; name: string } {
  const attributes = CLASS_AND_ATTRIBUTES.exec(dn);
  if (attributes) return namedAttribute(attributes[1] ?? '', attributes[2] ?? '');
  const last = dn.slice(lastComma(dn) + 1).trim();
  const equals = last.indexOf('=');
  if (equals < 0) return { objectClass: '', name: last };
  return { objectClass: last.slice(0, equals).trim(), name: last.slice(equals + 1).trim() };
}

/** Place of the last comma that no backslash escapes (TS 32.300 7.2), -1 without one. */
function lastComma(dn: string): number {
  let at = dn.lastIndexOf(',');
  while (at > 0 && dn[at - 1] === '\\') at = dn.lastIndexOf(',', at - 1);
  return at;
}

function namedAttribute(objectClass: string, list: string): { objectClass: string; name: string } {
  const pairs = list.split(',').map((pair) => pair.split('='));
  const attribute = (key: string) => pairs.find(([k]) => k?.trim().toLowerCase() === key)?.[1]?.trim();
  const name = attribute(`${objectClass.toLowerCase()} name`) ?? attribute('cell name') ?? list.trim();
  return { objectClass: objectClass.trim(), name };
}
